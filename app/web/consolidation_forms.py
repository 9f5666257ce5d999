"""The form of the consolidation desk: an outcome for each reading, and the resulting text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.negotiation.errors import N_, Missing
from app.negotiation.vocabulary import REASON_WANTED, Outcome
from app.queries.cases import Case, Reading, Source, supposing
from app.queries.consolidation import Consolidation
from app.queries.resulting import Holders, block_of
from app.services.decisions import NewDecision
from app.services.resolutions import NewResolution
from app.text.canonical import fingerprint_of
from app.text.provision import Content, Provision, States, without_empty
from app.web.consolidation_targets import Target
from app.web.proposal_names import outcome_name
from app.web.proposing_forms import Subject, part_order
from app.web.texts import note_labels
from app.web.typed import as_typed, from_typed

MECHANICAL = "mechanical"
OWN = "own"

KEYS: Mapping[str, Mapping[Outcome, str]] = {
    "en": {
        Outcome.ACCEPTED: "a",
        Outcome.ACCEPTED_AS_AMENDED: "p",
        Outcome.NOT_ACCEPTED: "n",
        Outcome.KEPT_IN_BRACKETS: "[",
        Outcome.COVERED: "c",
        Outcome.DEFERRED: "d",
        Outcome.NOTED: "o",
    },
    "ru": {
        Outcome.ACCEPTED: "у",
        Outcome.ACCEPTED_AS_AMENDED: "ч",
        Outcome.NOT_ACCEPTED: "н",
        Outcome.KEPT_IN_BRACKETS: "[",
        Outcome.COVERED: "д",
        Outcome.DEFERRED: "о",
        Outcome.NOTED: "с",
    },
}
"""Page's language to the letter that decides; other languages type those of English. A Russian layout types Russian."""
EDIT_KEYS = {"ru": "т"}
"""Page's language to the letter that goes to the text; else ``t``."""


class ResolveForm(FlaskForm):
    """The desk's form; its fields depend on the case."""

    language = HiddenField()


def form_of(about: Consolidation, case: Case, made: Sequence[Target], page_language: str) -> type[ResolveForm]:
    """Return the form with the fields of a case."""
    fields = {**dict(_outcome_fields(case)), **dict(_text_fields(about, made, page_language))}
    return type("CaseForm", (ResolveForm,), fields)


def _outcome_fields(case: Case) -> Iterator[tuple[str, Any]]:
    choices = [SelectChoice(str(outcome), outcome_name(outcome)) for outcome in Outcome]
    for reading in decidable(case):
        name = name_of(reading)
        # Of identical wishes some may be decided already: the others are offered the same.
        present = next((s.decision for s in reading.sources if s.decision is not None), None)
        label = gettext("Outcome of reading %(number)s", number=reading.number)
        yield (
            f"outcome_{name}",
            RadioField(label, choices=choices, validate_choice=False, default=str(present.outcome if present else "")),
        )
        yield f"reason_{name}", StringField(_("Reason"), default=present.reason if present else "")
        yield f"covered_{name}", StringField(_("No. of the proposal that covers it"))
        yield f"seen_{name}", HiddenField(default=_seen(reading))


def _text_fields(about: Consolidation, made: Sequence[Target], page_language: str) -> Iterator[tuple[str, Any]]:
    for target in made:
        choices = [
            SelectChoice(MECHANICAL, gettext("as the decisions make it")),
            SelectChoice(OWN, gettext("as worded below")),
        ]
        default = OWN if target.is_own else MECHANICAL
        yield f"wording_{target.name}", RadioField(_("Text of the next version"), choices=choices, default=default)
        yield f"gone_{target.name}", BooleanField(_("Leave it out"), default=not target.text.exists)
        if target.can_go_alone:
            yield f"alone_{target.name}", BooleanField(_("Keep what stands under it"), default=target.text.alone)
        yield f"lock_{target.name}", HiddenField(default=str(target.row.lock_version) if target.row else "")
        values = dict[str, Any]()
        shown = target.shown(target.text)
        for i, (subject, p) in enumerate(zip(target.subjects, shown, strict=True)):
            for j, part in enumerate(part_order(subject)):
                field, value = _part_field(about, subject, p, part, page_language)
                values[f"part_{target.name}_{i}_{j}"] = value
                yield f"part_{target.name}_{i}_{j}", field
        yield f"shown_{target.name}", HiddenField(default=_print(values, _going(target.text)))


def _part_field(about: Consolidation, subject: Subject, p: Provision, part: str, page_language: str) -> tuple[Any, Any]:
    """Return a field of the resulting text and what it is filled with."""
    content = p.parts.get(part, ())
    label = subject.part_label(part)
    if label == gettext("Proposed text"):
        label = gettext("Resulting text")
    if not subject.is_set(part):
        words: Any = () if isinstance(content, States) else content
        value = as_typed(words, note_labels(subject.edition), p.kind)
        return TextAreaField(label, default=value), value
    states = [d.code for d in about.people.states if d.active]
    codes = about.people.in_order((*states, *about.people.groups), page_language)
    members = sorted(content.members) if isinstance(content, States) else []
    choices = [SelectChoice(code, about.people.name(code, page_language)) for code in codes]
    return SelectMultipleField(label, choices=choices, default=members, validate_choice=False), members


def decidable(case: Case) -> tuple[Reading, ...]:
    """Return the readings something can be decided on."""
    return tuple(r for r in case.readings if r.is_decidable)


def name_of(reading: Reading) -> str:
    """Return what the fields of a reading are named by: its first change."""
    return reading.sources[0].change.id


def _seen(reading: Reading) -> str:
    made = ((s.change.id, s.decision.number if s.decision else 0) for s in reading.sources if s.is_decidable)
    return ";".join(f"{change}={number}" for change, number in made)


def outcomes_in(form: ResolveForm, case: Case) -> dict[str, Outcome]:
    """Return change id to the outcome chosen in the form."""
    found = {}
    for reading in decidable(case):
        chosen = form[f"outcome_{name_of(reading)}"].data
        if chosen in {str(outcome) for outcome in Outcome}:
            found.update({s.change.id: Outcome(chosen) for s in reading.sources if s.is_decidable})
    return found


def decisions_in(form: ResolveForm, about: Consolidation, case: Case) -> dict[str, NewDecision]:
    """Return change id to what the form decides anew; what it leaves as it is, is left out.

    Raises:
        Missing: What covers a change is not named, or is no proposal of the round.
    """
    chosen = outcomes_in(form, case)
    found = {}
    for reading in decidable(case):
        name = name_of(reading)
        reason = (form[f"reason_{name}"].data or "").strip()
        seen = dict(pair.split("=") for pair in (form[f"seen_{name}"].data or "").split(";") if "=" in pair)
        for source in reading.sources:
            outcome = chosen.get(source.change.id)
            if outcome is None:
                continue
            by = _covering(form[f"covered_{name}"].data or "", source, about) if outcome is Outcome.COVERED else None
            new = NewDecision(outcome, reason, by, int(seen.get(source.change.id, 0)))
            if _is_new(new, source):
                found[source.change.id] = new
    return found


def _is_new(new: NewDecision, source: Source) -> bool:
    made = source.decision
    if made is None:
        return True
    if new.outcome in REASON_WANTED and not new.reason and made.outcome == new.outcome:
        return False
    return (made.outcome, made.reason, made.covered_by) != (new.outcome, new.reason, new.covered_by)


def _covering(written: str, source: Source, about: Consolidation) -> str:
    number = written.strip().lstrip("№#").strip()
    made = source.decision
    if not number and made is not None and made.covered_by is not None:
        return made.covered_by
    found = [s for s in about.sources if str(s.proposal.number) == number and s.change.id != source.change.id]
    same = [s for s in found if s.change.stored.key == source.change.stored.key]
    if not found:
        raise Missing(N_("the number of the proposal that covers this one"))
    return (same or found)[0].change.id


def supposed(about: Consolidation, case: Case, made: Sequence[Target], form: ResolveForm) -> tuple[Target, ...]:
    """Return the targets with what the outcomes chosen in the form would make of them."""
    case = supposing(case, outcomes_in(form, case))
    by_number = {r.number: r for r in case.readings}
    language = form.language.data if form.language.data in about.editions else about.language
    found = []
    for target in made:
        if target.reading is None:
            found.append(replace(target, result=about.result(case, language)))
        elif language == about.language:
            reading = by_number[target.reading.number]
            found.append(replace(target, result=block_of(about.of_block(reading))))
        else:
            found.append(target)
    return tuple(found)


def typed(target: Target, form: ResolveForm) -> NewResolution:
    """Return the text as typed; places and levels come from the decisions."""
    provisions = []
    before = target.shown(target.text)
    for i, (subject, p) in enumerate(zip(target.subjects, before, strict=True)):
        parts: dict[str, Content] = dict(p.parts)
        for j, part in enumerate(part_order(subject)):
            value = form[f"part_{target.name}_{i}_{j}"].data
            if subject.is_set(part):
                parts[part] = States(frozenset(value or ()))
            else:
                old = p.parts.get(part, ())
                parts[part] = from_typed(() if isinstance(old, States) else old, value or "", p.kind)
        provisions.append(replace(p, parts=parts))
    gone = bool(form[f"gone_{target.name}"].data)
    r = target.result
    if target.reading is not None:
        return NewResolution(not gone, block=() if gone else tuple(provisions), holders=_holders(target, provisions))
    parts = dict(without_empty(provisions[0].parts))
    same = parts == without_empty(target.base[0].parts)
    held = _holders(target, provisions)
    alone = gone and _is_ticked(form, f"alone_{target.name}")
    return NewResolution(not gone, None if same else parts, r.place, r.level, holders=held, alone=alone)


def _is_ticked(form: ResolveForm, name: str) -> bool:
    return name in form and bool(form[name].data)


def _going(text: NewResolution) -> list[bool]:
    """Return what the boxes under a text say: whether it goes, and leaves what stands under it."""
    return [not text.exists, text.alone]


def _holders(target: Target, provisions: Sequence[Provision]) -> Mapping[str, Holders]:
    """Return who holds the brackets of a typed text: as in the text it was typed over, where that has as many."""
    known = dict(target.result.holders) | dict(target.text.holders)
    found = {}
    for p in provisions:
        for part, content in p.parts.items():
            name = f"{p.key}/{part}" if target.reading is not None else part
            if name in known and not isinstance(content, States):
                opened = sum(run.text.count("[") for run in content)
                if opened == len(known[name]):
                    found[name] = known[name]
    return found


def is_typed(target: Target, form: ResolveForm) -> bool:
    """Whether the officer chose their own words, or touched the text that the page showed."""
    if form[f"wording_{target.name}"].data == OWN:
        return True
    values = {name: form[name].data for name in _names(target)}
    shown = str(form[f"shown_{target.name}"].data)
    boxes = [_is_ticked(form, f"{box}_{target.name}") for box in ("gone", "alone")]
    return _print(values, boxes) != shown


def _names(target: Target) -> Iterator[str]:
    for i, subject in enumerate(target.subjects):
        for j, _part in enumerate(part_order(subject)):
            yield f"part_{target.name}_{i}_{j}"


def _print(values: Mapping[str, Any], going: Sequence[bool]) -> str:
    """Return a fingerprint of what stands in the fields of a text, line ends and spaces around it aside."""

    def spelled(value: Any) -> Any:
        return sorted(value) if isinstance(value, list) else (value or "").replace("\r\n", "\n").strip()

    return fingerprint_of([list(going), {name: spelled(value) for name, value in values.items()}])


def fill(form: ResolveForm, target: Target, text: NewResolution) -> None:
    """Put a text into the fields, to be worded by a person from there."""
    form[f"wording_{target.name}"].data = OWN
    form[f"gone_{target.name}"].data = not text.exists
    if target.can_go_alone:
        form[f"alone_{target.name}"].data = text.alone
    shown = target.shown(text)
    for i, (subject, p) in enumerate(
        zip(target.subjects, shown if len(shown) == len(target.base) else target.base, strict=True)
    ):
        for j, part in enumerate(part_order(subject)):
            content = p.parts.get(part, ())
            if isinstance(content, States) or subject.is_set(part):
                form[f"part_{target.name}_{i}_{j}"].data = sorted(_members(content))
            else:
                form[f"part_{target.name}_{i}_{j}"].data = as_typed(content, note_labels(subject.edition), p.kind)


def _members(content: Content) -> frozenset[str]:
    return content.members if isinstance(content, States) else frozenset()


def see_again(form: ResolveForm, case: Case, made: Sequence[Target]) -> None:
    """Let the form stand on what is recorded now: pressing again overwrites it, knowingly."""
    for reading in decidable(case):
        form[f"seen_{name_of(reading)}"].data = _seen(reading)
    for target in made:
        form[f"lock_{target.name}"].data = str(target.row.lock_version) if target.row else ""


def part_fields(form: ResolveForm, target: Target) -> tuple[tuple[Provision, tuple[Any, ...]], ...]:
    """Return each provision of a target with its fields, for the page."""
    rows = []
    for i, (subject, p) in enumerate(zip(target.subjects, target.base, strict=True)):
        order = part_order(subject)
        rows.append((p, tuple(form[f"part_{target.name}_{i}_{j}"] for j in range(len(order)))))
    return tuple(rows)
