"""The consolidation desk: one provision at a time, every reading, one act to decide and word it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.negotiation.errors import N_, EditedMeanwhile, Missing, Refused
from app.negotiation.permissions import may
from app.negotiation.vocabulary import PositionKind
from app.queries.cases import Case, CaseState, Reading
from app.queries.consolidation import Consolidation, load_consolidation
from app.services import decisions, resolutions
from app.services.resolutions import NewResolution
from app.text.changes import Operation
from app.text.differences import edits
from app.text.provision import Kind, Provision, States
from app.text.runs import Text
from app.text.tokens import tokens, untokenize
from app.web.access import STAFF, for_roles
from app.web.acting import current_actor, now
from app.web.consolidation_forms import (
    EDIT_KEYS,
    KEYS,
    ResolveForm,
    decisions_in,
    fill,
    form_of,
    is_typed,
    name_of,
    part_fields,
    see_again,
    supposed,
    typed,
)
from app.web.consolidation_targets import Target, targets
from app.web.errors import sentence, status
from app.web.languages import language as page_language
from app.web.texts import note_labels, provision_names, text_html

bp = Blueprint("consolidation", __name__)

NEAR = 60
"""Cases on each side of the one that is shown, in the bar that tells how far the work is."""
PATH = "/documents/<slug>/rounds/<int:number>/desk"


@dataclass(frozen=True)
class Page:
    """A case as the page shows it."""

    about: Consolidation
    case: Case
    language: str
    targets: tuple[Target, ...]
    form: ResolveForm


@bp.get(PATH)
@for_roles(*STAFF)
def show(slug: str, number: int) -> ResponseReturnValue:
    """Show all cases with their state, general remarks first."""
    about = load_consolidation(slug, number, actor=current_actor(), now=now())
    return render_template("consolidation/show.html", about=about, **_wording(about, about.language, about.cases))


@bp.get(f"{PATH}/<case_id>")
@for_roles(*STAFF)
def case(slug: str, number: int, case_id: str) -> ResponseReturnValue:
    """Show one case."""
    return _shown(_opened(slug, number, case_id))


@bp.post(f"{PATH}/<case_id>")
@for_roles(*STAFF)
def resolve(slug: str, number: int, case_id: str) -> ResponseReturnValue:
    """Record outcomes and text and go on; or only show what they would make."""
    page = _opened(slug, number, case_id)
    act = request.form.get("act", "record")
    if act in ("edit", "anew"):
        return _to_word(page, anew=act == "anew")
    if act == "preview":
        return _shown(page)
    try:
        _record(page)
    except EditedMeanwhile as error:
        fresh = _opened(slug, number, case_id)
        see_again(fresh.form, fresh.case, fresh.targets)
        return _shown(fresh, message=sentence(error), clash=True), status(error)
    except Refused as error:
        return _shown(page, message=sentence(error)), status(error)
    after = load_consolidation(slug, number, compared=False, actor=current_actor(), now=now())
    following = after.after(after.case(case_id))
    flash(_("Recorded."))
    if following is None:
        return redirect(url_for(".show", slug=slug, number=number), 303)
    return redirect(_address(after, following.id, page.language), 303)


@bp.post(f"{PATH}/<case_id>/redline")
@for_roles(*STAFF)
def redline(slug: str, number: int, case_id: str) -> ResponseReturnValue:
    """Return the resulting text as the form would make it, for the live redline."""
    page = _opened(slug, number, case_id, compared=False)
    wording = _wording(page.about, page.language, (page.case,))
    return render_template("consolidation/result.html", page=page, results=_results(page), **wording)


@bp.post(f"{PATH}/<case_id>/agree")
@for_roles(*STAFF)
def agree(slug: str, number: int, case_id: str) -> ResponseReturnValue:
    """Note that the provision of a case is agreed, or open it again with a reason."""
    about = load_consolidation(slug, number, actor=current_actor(), now=now())
    found = about.case(case_id)
    agreed = request.form.get("agreed") == "yes"
    reason = request.form.get("reason", "")
    try:
        decisions.agree_provisions(
            slug,
            about.number,
            (found.key or "",),
            agreed=agreed,
            reason=reason,
            actor=current_actor(),
            now=now(),
        )
    except Missing as error:
        return _shown(_opened(slug, number, case_id), message=sentence(error)), status(error)
    flash(_("Noted as agreed.") if agreed else _("Opened again."))
    return redirect(_address(about, case_id, request.form.get("language", "")), 303)


@bp.post(f"{PATH}/<case_id>/recommend")
@for_roles(*STAFF)
def recommend(slug: str, number: int, case_id: str) -> ResponseReturnValue:
    """Record what is recommended on a reading, shared with the delegations or not."""
    about = load_consolidation(slug, number, actor=current_actor(), now=now())
    found = about.case(case_id)
    chosen = request.form.get("reading", "")
    reading = next((r for r in found.readings if str(r.number) == chosen), None)
    try:
        if reading is None:
            raise Missing(N_("the reading"))
        decisions.recommend(
            name_of(reading),
            request.form.get("text", ""),
            shared=request.form.get("shared") == "y",
            actor=current_actor(),
            now=now(),
        )
    except Missing as error:
        return _shown(_opened(slug, number, case_id), message=sentence(error)), status(error)
    flash(_("The recommendation is recorded."))
    return redirect(_address(about, case_id, request.form.get("language", "")), 303)


def _address(about: Consolidation, case_id: str, language: str) -> str:
    shown = language if language in about.editions and language != about.language else None
    return url_for(".case", slug=about.slug, number=about.round.number, case_id=case_id, language=shown)


def _opened(slug: str, number: int, case_id: str, *, compared: bool = True) -> Page:
    about = load_consolidation(slug, number, compared=compared, actor=current_actor(), now=now())
    found = about.case(case_id)
    wanted = request.values.get("language", "")
    shown = wanted if wanted in about.editions else about.language
    made = targets(about, found, shown)
    form = form_of(about, found, made, page_language())()
    form.language.data = shown
    return Page(about, found, shown, made, form)


def _record(page: Page) -> None:
    about, actor, at = page.about, current_actor(), now()
    made = supposed(about, page.case, page.targets, page.form)
    chosen = decisions_in(page.form, about, page.case)
    texts = [(target, text) for target in made if (text := _text(target, page.form)) is not None]
    if not texts and chosen:
        decisions.decide(chosen, actor=actor, now=at)
    for i, (target, text) in enumerate(texts):
        lock = page.form[f"lock_{target.name}"].data or ""
        resolutions.resolve(
            about.round.id,
            about.version_id,
            target.key,
            page.language,
            text=text,
            decisions=chosen if i == 0 else None,
            lock_version=int(lock) if lock.isdigit() else None,
            actor=actor,
            now=at,
        )


def _text(target: Target, form: ResolveForm) -> NewResolution | None:
    """Return the text to write down: what was typed, or what the decisions make in place of what was typed before.

    Raises:
        Missing: The decisions alone make none.
    """
    if is_typed(target, form):
        return typed(target, form)
    if target.result.obstacle is not None:
        raise Missing(N_("a wording: what was accepted collides, or was accepted as amended"))
    return target.mechanical() if target.row is not None else None


def _to_word(page: Page, *, anew: bool) -> ResponseReturnValue:
    """Show the form with the text that the decisions make, or the base, ready to be worded by a person."""
    for target in supposed(page.about, page.case, page.targets, page.form):
        fill(page.form, target, NewResolution() if anew or target.result.obstacle else target.mechanical())
    return _shown(page)


def _results(page: Page) -> list[dict[str, Any]]:
    """Return, for each text, what it is compared with and what it would be as the form stands."""
    found = []
    for target in supposed(page.about, page.case, page.targets, page.form):
        own = is_typed(target, page.form)
        text = typed(target, page.form) if own else target.mechanical()
        obstacle = None if own else target.result.obstacle
        found.append(
            {
                "target": target,
                "text": text,
                "pairs": () if target.reading else tuple(zip(target.base, target.shown(text), strict=True)),
                "block": target.shown(text) if target.reading else (),
                "obstacle": obstacle,
                "own": own,
            }
        )
    return found


def _shown(page: Page, *, message: str = "", clash: bool = False) -> str:
    about = page.about
    at = about.cases.index(page.case)
    neighbours = {
        "before": about.cases[at - 1] if at else None,
        "next": about.cases[at + 1] if at + 1 < len(about.cases) else None,
    }
    keys = KEYS.get(page_language(), KEYS["en"])
    return render_template(
        "consolidation/case.html",
        page=page,
        about=about,
        case=page.case,
        form=page.form,
        results=_results(page),
        message=message,
        clash=clash,
        keys=keys,
        latin=KEYS["en"],
        edit_key=EDIT_KEYS.get(page_language(), "t"),
        fields={target.name: part_fields(page.form, target) for target in page.targets},
        may_decide=may(current_actor(), "decision.record") and about.round.state == "closed",
        positions=_positions(page.case),
        stances={
            PositionKind.SUPPORTS: _("supports"),
            PositionKind.OBJECTS: _("objects"),
            PositionKind.RESERVES: _("reserves its position"),
        },
        contested=contested,
        **neighbours,
        **_wording(about, page.language, about.cases[max(at - NEAR, 0) : at + NEAR + 1]),
    )


def _wording(about: Consolidation, language: str, near: Sequence[Case]) -> Mapping[str, Any]:
    """Return what templates need to show texts of a version, and the cases *near*, by their titles."""
    names = provision_names(about.editions[about.language])
    return {
        "names": names,
        "near": near,
        "titles": {case.id: case_title(case, about.by_key, names) for case in near},
        "note_labels": note_labels(about.editions[language]),
        "address": lambda case_id: _address(about, case_id, language),
        "states": CaseState,
        "name_of": name_of,
        "is_row": lambda p: p.kind is Kind.ROW,
    }


def case_title(case: Case, by_key: Mapping[str, Provision], names: Mapping[str, str]) -> str:
    """Return what a case is called in a heading."""
    if case.key is not None:
        return str(_told(by_key[case.key], names))
    if case.place is None:
        return str(_("General remarks"))
    if case.place.after is not None:
        return str(_("New after %(name)s", name=names.get(case.place.after, "…")))
    if case.place.parent is not None:
        return str(_("New, first under %(name)s", name=names.get(case.place.parent, "…")))
    return str(_("New, at the very beginning"))


def _told(p: Provision, names: Mapping[str, str]) -> str:
    name = names[p.key]
    match p.kind:
        case Kind.ROW:
            return str(_("row %(name)s", name=name))
        case Kind.HEADING:
            return str(_("heading %(name)s", name=name))
        case Kind.TITLE:
            return str(_("title"))
        case Kind.TABLE:
            return str(_("table %(name)s", name=name))
        case Kind.FOOTNOTE:
            return str(_("footnote %(name)s", name=name))
        case _other:
            return str(_("paragraph %(name)s", name=name))


def _positions(case: Case) -> list[tuple[Reading, Any]]:
    seen = set()
    found = []
    for reading in case.readings:
        for source in reading.sources:
            for position in source.proposal.positions:
                if (reading.number, position.delegation) not in seen:
                    seen.add((reading.number, position.delegation))
                    found.append((reading, position))
    return found


def contested(base: Provision, part: str, readings: Sequence[Reading], language: str) -> Markup:
    """Return a part of the base as HTML, the words that somebody would change marked."""
    content = base.parts.get(part, ())
    old: Text = () if isinstance(content, States) else content
    pieces = tokens(old)
    marked = set[int]()
    for reading in readings:
        if reading.stored.language != language or reading.stored.operation not in (Operation.AMEND, Operation.MOVE):
            continue
        parts = reading.change.parts
        wished = parts.get(part, ()) if parts is not None else old
        if isinstance(wished, States):
            continue
        for start, end, _added in edits(pieces, tokens(wished)):
            marked.update(range(start, end) if end > start else (max(start - 1, 0),))
    found, at = [], 0
    while at < len(pieces):
        end = at + 1
        while end < len(pieces) and (end in marked) == (at in marked):
            end += 1
        html = text_html(untokenize(pieces[at:end]))
        found.append(Markup("<mark>{}</mark>").format(html) if at in marked else html)
        at = end
    return Markup("").join(found)
