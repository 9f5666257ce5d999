"""Clearance: what the ministries ask for, one reading chosen or worded for each provision, submitted in one act."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.negotiation.errors import N_, EditedMeanwhile, NotFound, NotReady, Refused
from app.negotiation.permissions import may
from app.negotiation.vocabulary import RoundState
from app.queries.cases import Reading
from app.queries.changes import StoredChange, stored
from app.queries.clearances import ClearanceDesk, list_ministries, load_clearance
from app.queries.cleared import ClearedCase, changes_of, reading_id, reasons
from app.queries.delegation_room import Texts
from app.queries.proposals import ProposalRow, get_proposal
from app.queries.return_items import Item
from app.services import clearances
from app.services._wording import NewChange, asked_of
from app.services.clearances import NewChoice
from app.text.canonical import text_fingerprint
from app.text.changes import Change, Operation
from app.web import return_forms, return_words
from app.web.access import DELEGATES, for_roles
from app.web.acting import current_actor, now
from app.web.consolidation import case_title, contested
from app.web.errors import sentence, status
from app.web.papers import LANGUAGE
from app.web.proposals import wordings
from app.web.return_forms import WordingField
from app.web.texts import provision_names

bp = Blueprint("clearances", __name__)
PATH = f"/documents/<slug>/rounds/<int:number>/clearance/<{LANGUAGE}>"


AT_ONCE = 60
"""Cases on one page."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that is being worded: what the fields start from, and the fields.

    Attributes:
        number: Position of the case among the cases, from 0.
    """

    number: int
    item: Item
    fields: tuple[WordingField, ...]
    why: str


@bp.get(PATH)
@for_roles(*DELEGATES)
def show(slug: str, number: int, language: str) -> ResponseReturnValue:
    """Show what the ministries ask for; ``?open=`` opens a case to be worded."""
    desk = _desk(slug, number, language)
    wanted = request.args.get("open", "")
    one = next((one for one in desk.cases if one.id == wanted), None)
    return page(desk, opened=_opened(desk, one, None) if one is not None and _may_choose(desk) else None)


@bp.post(f"{PATH}/cases/<case_id>")
@for_roles(*DELEGATES)
def choose(slug: str, number: int, language: str, case_id: str) -> ResponseReturnValue:
    """Take readings, word the provision, leave it out, or decide it anew."""
    desk, act = _desk(slug, number, language), request.form.get("act", "take")
    one = _case(desk, case_id)
    if act == "word" and _may_choose(desk):
        return page(desk, opened=_opened(desk, one, _ticked(one)))
    try:
        choice = _choice(desk, one, act)
        clearances.choose(
            slug,
            number,
            language,
            case_id,
            choice,
            seen=request.form.get("seen", ""),
            actor=current_actor(),
            now=now(),
        )
    except Refused as error:
        if status(error) in (403, 404):
            raise
        fresh = _desk(slug, number, language)
        again = next((found for found in fresh.cases if found.id == case_id), None)
        opened = _opened(fresh, again, _ticked(again)) if again is not None and _may_choose(fresh) else None
        return page(fresh, [sentence(error)], opened=_as_sent(opened)), status(error)
    return _on(_desk(slug, number, language), case_id)


@bp.post(f"{PATH}/cases/<case_id>/redline")
@for_roles(*DELEGATES)
def redline(slug: str, number: int, language: str, case_id: str) -> ResponseReturnValue:
    """Return what the wording as typed would change, for the live redline."""
    desk = _desk(slug, number, language)
    opened = _opened(desk, _case(desk, case_id), _ticked(_case(desk, case_id)))
    changes = tuple(_as_stored(change, desk) for change in _typed(opened, desk))
    return render_template("clearance/result.html", changes=changes, desk=desk, **_wordings(desk))


@bp.post(f"{PATH}/<any(undisputed,rest):act>")
@for_roles(*DELEGATES)
def many(slug: str, number: int, language: str, act: str) -> ResponseReturnValue:
    """Take everything that nobody disputes, or leave out what is not decided."""
    if act == "undisputed":
        count = clearances.take_undisputed(slug, number, language, actor=current_actor(), now=now())
        flash(ngettext("%(num)s provision is taken as asked.", "%(num)s provisions are taken as asked.", count))
    else:
        count = clearances.leave_rest_out(slug, number, language, actor=current_actor(), now=now())
        flash(ngettext("%(num)s provision is left out.", "%(num)s provisions are left out.", count))
    return redirect(url_for(".show", slug=slug, number=number, language=language), 303)


@bp.get(f"{PATH}/submit")
@for_roles(*DELEGATES)
def confirm(slug: str, number: int, language: str) -> ResponseReturnValue:
    """Show what goes out and what gives way, before it does."""
    return _confirm_page(_desk(slug, number, language))


@bp.post(f"{PATH}/submit")
@for_roles(*DELEGATES)
def submit(slug: str, number: int, language: str) -> ResponseReturnValue:
    """Submit the cleared set in one act, or make cleared drafts of it."""
    content_hash, actor = request.form.get("content_hash", ""), current_actor()
    try:
        if request.form.get("act") == "drafts":
            made = clearances.make_drafts(slug, number, language, content_hash=content_hash, actor=actor, now=now())
            flash(ngettext("%(num)s cleared draft is made.", "%(num)s cleared drafts are made.", made))
            return redirect(url_for("delegation.show", round=number), 303)
        done = clearances.submit_cleared(
            slug,
            number,
            language,
            lock_version=request.form.get("lock_version", type=int) or 0,
            content_hash=content_hash,
            token=request.form.get("token", ""),
            actor=actor,
            now=now(),
        )
    except Refused as error:
        if status(error) in (403, 404):
            raise
        return _confirm_page(_desk(slug, number, language), sentence(error)), status(error)
    ordinal = _desk(slug, number, language).submissions.index(done) + 1
    return redirect(url_for(".receipt", slug=slug, number=number, language=language, ordinal=ordinal), 303)


@bp.get(f"{PATH}/receipts/<int:ordinal>")
@for_roles(*DELEGATES)
def receipt(slug: str, number: int, language: str, ordinal: int) -> ResponseReturnValue:
    """Show what was received of a cleared set, and what it took the place of."""
    desk = _desk(slug, number, language)
    if not 1 <= ordinal <= len(desk.submissions):
        raise NotFound()
    done, actor = desk.submissions[ordinal - 1], current_actor()

    def rows(ids: Sequence[str]) -> tuple[ProposalRow, ...]:
        return tuple(get_proposal(one, actor=actor) for one in ids)

    return render_template(
        "clearance/receipt.html",
        desk=desk,
        done=done,
        proposals=rows(done.proposals),
        replaced=rows(done.replaced),
        withdrawn=rows(done.withdrawn),
        kept=rows(done.kept),
        **_wordings(desk),
    )


def page(desk: ClearanceDesk, problems: Sequence[str] = (), *, opened: Opened | None = None) -> str:
    """Return the clearance as HTML."""
    names = provision_names(desk.edition)
    ids = [one.id for one in desk.cases]
    wanted = desk.cases[opened.number].id if opened else request.args.get("at", "")
    first = ids.index(wanted) // AT_ONCE * AT_ONCE if wanted in ids else 0
    shown = desk.cases[first : first + AT_ONCE]
    return render_template(
        "clearance/show.html",
        desk=desk,
        shown=shown,
        first=first,
        pages=[(start, min(start + AT_ONCE, len(ids)), ids[start]) for start in range(0, len(ids), AT_ONCE)],
        problems=problems,
        opened=opened,
        titles={one.id: case_title(one.case, desk.by_key, names) for one in shown},
        may_choose=_may_choose(desk),
        may_clear=may(current_actor(), "clearance.make"),
        ministries=list_ministries(desk.round.id, actor=current_actor()),
        contested=contested,
        reading_id=reading_id,
        unclear=return_words.unclear,
        **_wordings(desk),
    )


def _confirm_page(desk: ClearanceDesk, problem: str = "") -> str:
    return render_template(
        "clearance/submit.html",
        desk=desk,
        problem=problem,
        may_submit=may(current_actor(), "clearance.make") and desk.round.state == RoundState.OPEN,
        **_wordings(desk),
    )


def _desk(slug: str, number: int, language: str) -> ClearanceDesk:
    return load_clearance(slug, number, language, actor=current_actor(), now=now())


def _case(desk: ClearanceDesk, case_id: str) -> ClearedCase:
    """Return a case; one that is gone since the page was opened went with its file."""
    try:
        return desk.case(case_id)
    except NotFound as error:
        raise EditedMeanwhile() from error


def _may_choose(desk: ClearanceDesk) -> bool:
    return may(current_actor(), "clearance.make") and desk.round.state == RoundState.OPEN


def _on(desk: ClearanceDesk, case_id: str) -> ResponseReturnValue:
    """Go on to the next case that is not decided."""
    ids = [one.id for one in desk.cases]
    here = ids.index(case_id) if case_id in ids else -1
    around = (*desk.cases[here + 1 :], *desk.cases[: here + 1])
    following = next((one.id for one in around if one.out is None), case_id)
    slug, number = desk.document.slug, desk.round.number
    anchor = f"case-{following}"
    at = following if len(ids) > AT_ONCE else None
    return redirect(url_for(".show", slug=slug, number=number, language=desk.language, at=at, _anchor=anchor), 303)


def _ticked(one: ClearedCase) -> tuple[str, ...]:
    known = {reading_id(r) for r in one.case.readings}
    return tuple(value for value in request.form.getlist("take") if value in known)


def _choice(desk: ClearanceDesk, one: ClearedCase, act: str) -> NewChoice | None:
    """Return what the form chooses."""
    if act == "anew":
        return None
    if act == "leave":
        return NewChoice()
    if act == "save":
        opened = _opened(desk, one, _ticked(one))
        return NewChoice(_ticked(one), _typed(opened, desk), request.form.get(f"justification-{opened.number}"))
    if not _ticked(one):
        raise NotReady(N_("tick a reading, word it yourself, or leave it out"))
    return NewChoice(_ticked(one))


def _opened(desk: ClearanceDesk, one: ClearedCase, ticked: tuple[str, ...] | None) -> Opened:
    """Return a case ready to be worded: from what was chosen, from what is ticked, else from the present text."""
    number = desk.cases.index(one)
    if ticked is None and one.choice is not None and one.out:
        changes: tuple[StoredChange, ...] = tuple(going.change for going in one.out)
        why = one.choice.why
    else:
        readings = [r for r in one.case.readings if reading_id(r) in (ticked or ())]
        changes, why = _start(desk, one, readings), reasons(readings or one.case.readings)
    item = Item(changes, why)
    numbered = _Numbered(number, item)
    fields = (*return_forms.fields(numbered, desk), *return_forms.comment_fields(numbered))
    return Opened(number, item, fields, why)


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    item: Item


def _start(desk: ClearanceDesk, one: ClearedCase, readings: Sequence[Reading]) -> tuple[StoredChange, ...]:
    if one.case.key is None:
        return tuple(r.stored for r in readings) or (one.case.readings[0].stored,)
    made = changes_of(readings, desk.by_key, desk.order) or ()
    if any(change.operation in (Operation.AMEND, Operation.MOVE) for change in made):
        return made
    base = desk.by_key[one.case.key]
    present = stored(
        Change(Operation.AMEND, base.key, base.parts),
        version_id=desk.version,
        language=desk.language,
        comment="",
        fingerprint=text_fingerprint(base),
    )
    return (present, *(change for change in made if change.operation is Operation.COMMENT))


def _typed(opened: Opened, desk: ClearanceDesk) -> tuple[NewChange, ...]:
    """Return the wording as typed."""
    numbered = _Numbered(opened.number, opened.item)
    typed = return_forms.typed(numbered, desk, request.form)
    return typed or tuple(asked_of(change) for change in opened.item.changes)


def _as_sent(opened: Opened | None) -> Opened | None:
    """Return an opened case with what was typed in its fields, so that nothing is lost."""
    if opened is None:
        return None
    fields = tuple(
        replace(
            one,
            value=request.form.get(one.name, one.value),
            choices=tuple((code, name, code in request.form.getlist(one.name)) for code, name, _in in one.choices)
            if f"{one.name}-shown" in request.form
            else one.choices,
        )
        for one in opened.fields
    )
    return replace(opened, fields=fields, why=request.form.get(f"justification-{opened.number}", opened.why))


def _as_stored(new: NewChange, desk: ClearanceDesk) -> StoredChange:
    change = Change(new.operation, new.key, new.parts, new.place, new.level, new.block, new.alone)
    return stored(change, version_id=desk.version, language=desk.language, comment=new.comment, fingerprint=None)


def _wordings(desk: ClearanceDesk) -> dict[str, Any]:
    texts = Texts({(desk.version, desk.language): desk.edition}, {desk.version: desk.document})
    return {**wordings(texts), "names": provision_names(desk.edition)}
