"""What goes out of a clearance: the choice made on a case, and the changes that it comes to. Pure, on rows read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.negotiation.vocabulary import Category, Outcome
from app.queries.cases import Case, Reading
from app.queries.changes import StoredChange, of_json, stored
from app.queries.resulting import Decided, result_of
from app.text.canonical import fingerprint_of, text_fingerprint
from app.text.changes import Change, Operation
from app.text.provision import Provision

SUBMITTED = "submitted."
"""Stands among the sponsors for what the delegation has submitted already. Other codes have no dot."""
_WORDED = (Operation.AMEND, Operation.DELETE, Operation.MOVE, Operation.NO_CHANGE)


@dataclass(frozen=True)
class Choice:
    """What the focal point made of a case.

    Attributes:
        taken: Ids of the readings taken; none, and nothing of one's own: the case is left out.
        own: The changes as worded by the delegation, in place of what the readings come to.
        why: The justification that goes out with it.
        on: Ids of the ministries' readings that it was made on.
    """

    taken: tuple[str, ...]
    own: tuple[StoredChange, ...] | None
    why: str
    on: tuple[str, ...]

    def columns(self) -> dict[str, Any]:
        """Return it as JSON values."""
        own = None if self.own is None else [change.columns() for change in self.own]
        return {"taken": list(self.taken), "own": own, "why": self.why, "on": list(self.on)}


def choice_of(value: Mapping[str, Any]) -> Choice:
    """Return what ``Choice.columns`` wrote."""
    own = None if value["own"] is None else tuple(of_json(change) for change in value["own"])
    return Choice(tuple(value["taken"]), own, value["why"], tuple(value["on"]))


@dataclass(frozen=True)
class GoingOut:
    """One change that goes out as a proposal of its own."""

    change: StoredChange
    why: str
    category: Category


@dataclass(frozen=True)
class ClearedCase:
    """A case of the clearance, with what was chosen and what comes of it.

    Attributes:
        choice: None where nothing is chosen, or its readings are no longer those it was made on.
        is_overtaken: Whether something was chosen, on readings that have changed since.
        out: What goes out; None where nothing is chosen.
    """

    case: Case
    choice: Choice | None
    is_overtaken: bool
    out: tuple[GoingOut, ...] | None
    seen: str

    @property
    def id(self) -> str:
        """As the case is called."""
        return self.case.id

    @property
    def is_left_out(self) -> bool:
        """Whether it was left out."""
        return self.out == ()

    def is_taken(self, reading: Reading) -> bool:
        """Whether a reading was taken."""
        return self.choice is not None and reading_id(reading) in self.choice.taken


def reading_id(reading: Reading) -> str:
    """Return what a reading is called in a choice: the same wish has the same name, whoever asks."""
    one = reading.stored
    said = one.wished if one.operation is Operation.COMMENT else {k: v for k, v in one.wished.items() if k != "comment"}
    what = [one.operation, one.language, one.key, one.place_parent, one.place_after, one.level, said]
    return fingerprint_of(what)[:16]


def reasons(readings: Sequence[Reading]) -> str:
    """Return the reasons given for readings; where the delegation has submitted one already, as it did."""
    found: list[str] = []
    for reading in readings:
        submitted = [s for s in reading.sources if s.proposal.delegation == SUBMITTED]
        found += [s.proposal.justification for s in submitted or reading.sources]
    return "\n".join(dict.fromkeys(filter(None, found)))


def cleared(case: Case, choice: Choice | None, base: Mapping[str, Provision], order: Sequence[str]) -> ClearedCase:
    """Return a case with what was chosen on it."""
    by_id = {reading_id(r): r for r in case.readings}
    asked = readings_asked(case)
    holds = choice is not None and choice.on == asked and set(choice.taken) <= by_id.keys()
    held = choice if holds else None
    out: tuple[GoingOut, ...] | None = None
    if held is not None:
        taken = [by_id[one] for one in held.taken]
        changes = held.own if held.own is not None else changes_of(taken, base, order)
        out = None if changes is None else tuple(_going(change, held.why, taken) for change in changes)
    seen = fingerprint_of([asked, choice.columns() if choice else None])
    return ClearedCase(case, held if out is not None else None, choice is not None and out is None, out, seen)


def readings_asked(case: Case) -> tuple[str, ...]:
    """Return the ids of the readings that ministries ask for."""
    return tuple(sorted(reading_id(r) for r in case.readings if set(r.sponsors) != {SUBMITTED}))


def changes_of(
    readings: Sequence[Reading], base: Mapping[str, Provision], order: Sequence[str]
) -> tuple[StoredChange, ...] | None:
    """Return what readings of a case come to when all are taken; None where they collide and need a person's words.

    Wishes on one provision that can all be had become one wish. Insertions and remarks stand side by side.
    """
    worded = [r for r in readings if r.stored.operation in _WORDED]
    others = tuple(r.stored for r in readings if r.stored.operation not in _WORDED)
    if len(worded) < 2:
        return (*(r.stored for r in worded), *others)
    first = worded[0].stored
    provision = base.get(first.key or "")
    if provision is None or any(r.stored.operation is Operation.NO_CHANGE for r in worded):
        return None
    decided = [Decided(r.change, reading_id(r), r.sponsors, Outcome.ACCEPTED) for r in worded]
    made = result_of(provision, decided, order)
    if made.obstacle is not None:
        return None
    if not made.exists:
        change = Change(Operation.DELETE, provision.key)
    elif made.place is not None:
        change = Change(Operation.MOVE, provision.key, made.parts, made.place, made.level)
    else:
        change = Change(Operation.AMEND, provision.key, made.parts or provision.parts, level=made.level)
    one = stored(
        change,
        version_id=first.version_id,
        language=first.language,
        comment="",
        fingerprint=text_fingerprint(provision),
    )
    return (one, *others)


def _going(change: StoredChange, why: str, taken: Sequence[Reading]) -> GoingOut:
    kept = [s.proposal.category for r in taken for s in r.sources if s.proposal.delegation == SUBMITTED]
    usual = Category.GENERAL if change.key is None else Category.SUBSTANTIVE
    # A remark says itself what it is about; its reason would say it twice.
    said = "" if why == change.comment else why
    return GoingOut(change, said, kept[0] if kept else usual)
