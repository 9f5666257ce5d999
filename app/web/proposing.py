"""Proposing in place: the form under a provision, its live redline, and saving it as a draft."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.negotiation.errors import EditedMeanwhile, Missing, NothingChanged, Refused
from app.negotiation.vocabulary import Category
from app.queries.changes import StoredChange, stored
from app.queries.drafts import DraftRow, get_draft
from app.queries.proposals import ProposalRow
from app.queries.reading import Desk, load_desk
from app.services import drafts
from app.services.drafts import Opened
from app.services.proposals import NewChange
from app.text.changes import Operation
from app.text.provision import States
from app.web.access import MEMBERS, READERS, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence, status
from app.web.proposing_forms import (
    WHOLE,
    ProposeForm,
    Subject,
    asked,
    filled,
    form_class,
    preview_of,
    subject_of,
)
from app.web.reading import bp, desk_page, read_desk, wording

__all__ = ["bp"]


@dataclass(frozen=True)
class Present:
    """What one's delegation already has on a provision: a draft, or a submitted proposal."""

    change: StoredChange
    draft: DraftRow | None = None
    proposal: ProposalRow | None = None
    ordinal: int = 0


@dataclass(frozen=True)
class Editing:
    """The form that stands open in the page.

    Attributes:
        key: Of the provision, or ``-`` for the document.
        preview: The change as typed so far, or None where nothing is changed yet.
        theirs: After a clash: the draft as somebody saved it meanwhile.
    """

    key: str
    subject: Subject
    operation: Operation
    form: ProposeForm
    present: Present | None
    preview: StoredChange | None = None
    message: str = ""
    theirs: Present | None = None


@bp.get("/documents/<slug>/versions/<int:number>")
@for_roles(*READERS)
def show(slug: str, number: int) -> ResponseReturnValue:
    """Show a version to read; ``?propose=key&as=operation`` opens the form under a provision."""
    desk = read_desk(slug, number)
    if not request.args.get("propose"):
        return desk_page(desk)
    editing = _opened(desk, request.args["propose"], request.args.get("as", ""), request.args.get("draft", ""))
    return _answer(desk, editing)


@bp.post("/documents/<slug>/versions/<int:number>/propose")
@for_roles(*MEMBERS)
def propose(slug: str, number: int) -> ResponseReturnValue:
    """Save what the form asks for as a draft, hand it over, or only show the change."""
    desk, editing = _sent(slug, number)
    assert desk.round is not None
    try:
        new = _asked(editing)
        if request.form.get("act") == "preview":
            return _answer(desk, _with(editing, preview=_redlined(new)))
        saved = drafts.save_draft(
            desk.round.id,
            new,
            category=Category(editing.form.category.data),
            justification=editing.form.justification.data or "",
            opened=_opened_on(editing.form),
            actor=current_actor(),
            now=now(),
        )
    except EditedMeanwhile as error:
        return _clash(desk, editing, error)
    except Refused as error:
        return _refused(desk, editing, error)
    if request.form.get("act") == "hand_over":
        drafts.hand_over(saved.draft, actor=current_actor(), now=now())
        flash(_("Saved and handed over to your focal point."))
    else:
        flash(_("Saved as a draft. Only your delegation sees it, until your focal point submits it."))
    return redirect(_here(desk, editing.key), 303)


@bp.post("/documents/<slug>/versions/<int:number>/redline")
@for_roles(*MEMBERS)
def redline(slug: str, number: int) -> ResponseReturnValue:
    """Return the change as typed so far, for the live redline."""
    desk, editing = _sent(slug, number, compare=False)
    try:
        preview: StoredChange | None = _redlined(_asked(editing))
    except (NothingChanged, Missing):
        preview = None
    return render_template("reading/preview.html", desk=desk, editing=_with(editing, preview=preview), **wording(desk))


@bp.post("/documents/<slug>/versions/<int:number>/states")
@for_roles(*MEMBERS)
def states(slug: str, number: int) -> ResponseReturnValue:
    """Join or leave a set of states with one's own delegation: one click, one draft."""
    key, part = request.form.get("key", ""), request.form.get("part", "")
    desk = _desk(slug, number, request.form.get("language", ""), key)
    subject = subject_of(desk, key)
    if subject is None or subject.provision is None or not subject.is_set(part) or desk.delegation is None:
        abort(404)
    assert desk.round is not None
    present = _present(desk, key, Operation.AMEND, "")
    change = present.change.change() if present is not None else None
    parts = dict(change.parts if change is not None and change.parts is not None else subject.provision.parts)
    content = parts.get(part)
    members = content.members if isinstance(content, States) else frozenset()
    parts[part] = States(
        members | {desk.delegation} if request.form.get("act") == "join" else members - {desk.delegation}
    )
    new = NewChange(Operation.AMEND, subject.version, desk.language, key, parts=parts)
    draft = present.draft if present is not None else None
    drafts.save_draft(
        desk.round.id,
        new,
        category=draft.category if draft else Category.SUBSTANTIVE,
        justification=draft.justification if draft else "",
        opened=Opened(draft.id, draft.lock_version, present.ordinal) if draft and present else None,
        actor=current_actor(),
        now=now(),
    )
    flash(_("Saved as a draft. Only your delegation sees it, until your focal point submits it."))
    return redirect(_here(desk, key), 303)


def _desk(slug: str, number: int, language: str, key: str, *, compare: bool = True) -> Desk:
    desk = load_desk(slug, number, language=language, at=key, compare=compare, actor=current_actor(), now=now())
    if not desk.may_propose:
        abort(409)
    return desk


def _opened(desk: Desk, key: str, wanted: str, draft_id: str) -> Editing:
    """Return the form that the address asks for, filled with what the delegation already has there."""
    if not desk.may_propose:
        abort(409)
    subject = subject_of(desk, key) or abort(404)
    operation = _operation(desk, subject, key, wanted)
    present = _present(desk, key, operation, draft_id)
    held = present.draft or present.proposal if present is not None else None
    data = {
        "key": key,
        "operation": str(operation),
        "language": desk.language,
        "category": str(held.category if held else _usual(key)),
        "justification": held.justification if held else "",
        **filled(subject, operation, present.change if present else None),
    }
    if present is not None and present.draft is not None:
        data |= {
            "draft": present.draft.id,
            "lock_version": str(present.draft.lock_version),
            "ordinal": str(present.ordinal),
        }
    form = _in_its_place(form_class(subject, operation)(formdata=None, data=data), key)
    preview = present.change if present is not None and present.change.operation is operation else None
    return Editing(key, subject, operation, form, present, preview)


def _in_its_place(form: ProposeForm, key: str) -> ProposeForm:
    """Give the fields ids of their own: several forms may stand open in one page."""
    for field in form:
        field.id = field.label.field_id = f"{field.name}-{key}"
    return form


def _operation(desk: Desk, subject: Subject, key: str, wanted: str) -> Operation:
    if wanted:
        found = next((o for o in subject.operations if o == wanted), None)
        return found or abort(404)
    for operation in (Operation.AMEND, Operation.COMMENT):
        present = _present(desk, key, operation, "")
        if present is not None and operation in subject.operations:
            return present.change.operation
    return subject.operations[0]


def _usual(key: str) -> Category:
    return Category.GENERAL if key == WHOLE else Category.SUBSTANTIVE


def _present(desk: Desk, key: str, operation: Operation, draft_id: str) -> Present | None:
    """Return what the delegation has here that the operation would take the place of."""
    line = None if key == WHOLE else desk.line(key)
    drafted = desk.remark_drafts if line is None else line.drafts
    wished = desk.remarks if line is None else line.own

    def fits(change: StoredChange) -> bool:
        alike = operation in (Operation.INSERT, Operation.COMMENT)
        mine = change.operation is operation if alike else change.operation not in (Operation.INSERT, Operation.COMMENT)
        return mine and change.language == desk.language

    for note in drafted:
        named = note.draft.id == draft_id
        if fits(note.change) and (named or (not draft_id and operation is not Operation.INSERT and key != WHOLE)):
            return Present(note.change, note.draft, None, note.draft.changes.index(note.change))
    if operation in (Operation.INSERT, Operation.COMMENT):
        return None
    for one in wished:
        if fits(one.change.stored) and one.proposal.state == "submitted":
            return Present(one.change.stored, None, one.proposal)
    return None


def _sent(slug: str, number: int, *, compare: bool = True) -> tuple[Desk, Editing]:
    """Return the desk and the form as it was sent."""
    key = request.form.get("key", "")
    desk = _desk(slug, number, request.form.get("language", ""), key, compare=compare)
    subject = subject_of(desk, key) or abort(404)
    operation = next((o for o in subject.operations if o == request.form.get("operation")), None) or abort(404)
    form = _in_its_place(form_class(subject, operation)(), key)
    present = _present(desk, key, operation, form.draft.data or "")
    editing = Editing(key, subject, operation, form, present)
    return desk, editing


def _asked(editing: Editing) -> NewChange:
    form = editing.form
    if form.category.data not in {choice.value for choice in form.category.choices}:
        abort(400)
    return asked(editing.subject, editing.operation, form, editing.present.change if editing.present else None)


def _redlined(new: NewChange) -> StoredChange:
    return stored(preview_of(new), version_id=new.version, language=new.language, comment=new.comment, fingerprint=None)


def _opened_on(form: ProposeForm) -> Opened | None:
    if not form.draft.data:
        return None
    try:
        return Opened(form.draft.data, int(form.lock_version.data or 0), int(form.ordinal.data or 0))
    except ValueError:
        abort(400)


def _clash(desk: Desk, editing: Editing, error: EditedMeanwhile) -> ResponseReturnValue:
    """Show both wordings; nothing was overwritten, and saving again is now done knowingly."""
    theirs: Present | None = None
    if error.current:
        draft = get_draft(error.current, actor=current_actor())
        ordinal = _ordinal(draft, editing)
        theirs = Present(draft.changes[ordinal], draft, None, ordinal)
        editing.form.draft.data = draft.id
        editing.form.lock_version.data = str(draft.lock_version)
        editing.form.ordinal.data = str(ordinal)
    answer = _with(editing, message=sentence(error), theirs=theirs, preview=_redlined(_asked(editing)))
    return _answer(desk, answer, status(error))


def _ordinal(draft: DraftRow, editing: Editing) -> int:
    sent = int(editing.form.ordinal.data) if (editing.form.ordinal.data or "").isdigit() else -1
    if 0 <= sent < len(draft.changes):
        return sent
    return next((i for i, change in enumerate(draft.changes) if change.key == editing.key), 0)


def _refused(desk: Desk, editing: Editing, error: Refused) -> ResponseReturnValue:
    editing.form.form_errors.append(sentence(error))
    return _answer(desk, editing, status(error))


def _with(editing: Editing, **more: Any) -> Editing:
    return Editing(**{**{name: getattr(editing, name) for name in editing.__dataclass_fields__}, **more})


def _answer(desk: Desk, editing: Editing, code: int = 200) -> tuple[str, int]:
    if request.headers.get("HX-Request"):
        return render_template("reading/edit.html", desk=desk, editing=editing, **wording(desk)), code
    return desk_page(desk, editing=editing), code


def _here(desk: Desk, key: str) -> str:
    language = desk.language if desk.language != desk.negotiating_language else None
    return url_for(
        "reading.show",
        slug=desk.slug,
        number=desk.version.number,
        language=language,
        at=key if desk.page else None,
        _anchor="p-" if key == WHOLE else f"p-{key}",
    )
