"""What reaches a round by other ways: by letter, said in the room, or late."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from app.models import new_id
from app.models.rounds import Round
from app.negotiation.errors import N_, Missing, NothingChanged, NotReady, Refused, TransitionNotAllowed
from app.negotiation.vocabulary import Category, Channel, ProposalState, Role, RoundState
from app.queries import access
from app.queries.changes import StoredChange, stored
from app.queries.people import DelegationRow, People, load_people
from app.queries.reading import Desk, load_desk
from app.queries.rounds import RoundRow, round_row
from app.queries.scans import get_scan
from app.services import proposals, scans
from app.services.proposals import NewChange, NewProposal
from app.text.changes import Operation
from app.web.access import for_roles
from app.web.acting import current_actor, now
from app.web.entry_forms import LETTER, ROOM, LetterForm, WhereForm, authors, find_key, provision_labels
from app.web.errors import sentence, status
from app.web.instants import parse_date
from app.web.names import state_name
from app.web.proposal_names import category_name
from app.web.proposing_forms import WHOLE, ProposeForm, Subject, asked, filled, form_class, preview_of, subject_of
from app.web.reading import wording

bp = Blueprint("round_entries", __name__)


@dataclass(frozen=True)
class Letter:
    """The letter in hand."""

    number: str
    on: date
    scan: str


@dataclass(frozen=True)
class Entry:
    """An entry in the making.

    Attributes:
        way: By letter, or in the room.
        desk, subject, operation, form: None until the provision is found.
        key: Of the provision, or ``-`` for the document as a whole.
        preview: The change as typed so far.
    """

    round: RoundRow
    people: People
    way: str
    where: WhereForm
    letter: Letter | None
    delegation: DelegationRow | None
    desk: Desk | None = None
    key: str = ""
    subject: Subject | None = None
    operation: Operation = Operation.AMEND
    form: ProposeForm | None = None
    preview: StoredChange | None = None
    token: str = ""


@bp.route("/rounds/<int:number>/letters", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def letter(number: int) -> ResponseReturnValue:
    """Ask whose letter it is, its number, date and scan; then go on to what it asks for."""
    found, people = _round(number)
    form = LetterForm()
    form.offer(people)
    if form.validate_on_submit():
        scan = ""
        try:
            if form.content is not None:
                scan = scans.store_scan(form.delegation.data, form.content, actor=current_actor(), now=now())
            return redirect(
                url_for(
                    ".enter",
                    number=number,
                    way=LETTER,
                    delegation=form.delegation.data,
                    letter_number=form.letter_number.data.strip(),
                    letter_on=form.on.isoformat(),
                    scan=scan or None,
                ),
                303,
            )
        except NotReady as error:
            form.scan.errors = [sentence(error)]
    row = round_row(found, actor=current_actor(), now=now())
    return render_template("rounds/letter.html", form=form, round=row), 422 if form.errors else 200


@bp.get("/rounds/<int:number>/oral")
@for_roles(Role.SECRETARIAT)
def oral(number: int) -> ResponseReturnValue:
    """Begin an entry of what was said in the room."""
    return redirect(url_for(".enter", number=number, way=ROOM))


@bp.route("/rounds/<int:number>/entries/<any(letter,room):way>", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def enter(number: int, way: str) -> ResponseReturnValue:
    """Take one proposal on one provision in another's name: where, the words, and, by letter, a last look."""
    entry = _entry(number, way)
    if request.method == "GET" or entry.form is None or entry.delegation is None:
        return _page(entry, 422 if entry.where.errors else 200)
    form, act = entry.form, request.form.get("act", "")
    try:
        new = _asked(entry)
        entry = replace(entry, preview=_redlined(new))
        if act in ("preview", "correct"):
            return _page(entry)
        if way == LETTER and act != "confirm":
            return render_template("rounds/entry_confirm.html", entry=entry, **_words(entry))
        return _save(entry, new)
    except Refused as error:
        form.form_errors.append(sentence(error))
        return _page(entry, status(error))


@bp.post("/rounds/<int:number>/entries/<any(letter,room):way>/redline")
@for_roles(Role.SECRETARIAT)
def redline(number: int, way: str) -> ResponseReturnValue:
    """Return the change as typed so far, for the live redline."""
    entry = _entry(number, way)
    if entry.form is None:
        abort(404)
    try:
        entry = replace(entry, preview=_redlined(_asked(entry)))
    except (NothingChanged, Missing):
        entry = replace(entry, preview=None)
    return render_template("reading/preview.html", editing=entry, **_words(entry))


def _round(number: int) -> tuple[Round, People]:
    found = access.get_round(number, actor=current_actor())
    if found.state not in (RoundState.OPEN, RoundState.CLOSED):
        raise TransitionNotAllowed(N_("submit"), found.state)
    return found, load_people(found.body_id)


def _entry(number: int, way: str) -> Entry:
    """Return the entry as the address or the form tells it, as far as it tells it."""
    found, people = _round(number)
    row = round_row(found, actor=current_actor(), now=now())
    where = WhereForm(request.values)
    where.offer(people, row.documents, way)
    for field in where:
        field.errors = []
    chosen = next((d for d in authors(people, way) if d.id == where.delegation.data), None)
    entry = Entry(row, people, way, where, _letter(way), chosen, token=request.form.get("token") or new_id())
    document = next((d for d in row.documents if d.version_id == where.document.data), row.documents[0])
    where.document.data = document.version_id
    desk = load_desk(document.slug, document.number, actor=current_actor(), now=now())
    entry = replace(entry, desk=desk)
    if "at" not in request.values:
        return entry
    if chosen is None:
        where.delegation.errors = [_("Choose the delegation.")]
    return _found(entry, desk)


def _found(entry: Entry, desk: Desk) -> Entry:
    where = entry.where
    key = find_key(where.at.data or "", desk.edition)
    subject = subject_of(desk, key) if key else None
    if key is None or subject is None:
        where.at.errors = [_("There is no provision with this number. Choose one from the list.")]
        return entry
    operation = next((o for o in subject.operations if o == where.operation.data), None)
    if operation is None:
        # Of the document as a whole only a comment can be made.
        operation = subject.operations[0]
        where.operation.data = str(operation)
    made = form_class(subject, operation)
    if request.method == "POST":
        form = made()
    else:
        category = Category.GENERAL if key == WHOLE else Category.SUBSTANTIVE
        form = made(formdata=None, data={"category": str(category), **filled(subject, operation, None)})
    if key == WHOLE:
        form.category.choices = [SelectChoice(str(one), category_name(one)) for one in Category]
    return replace(entry, key=key, subject=subject, operation=operation, form=form)


def _letter(way: str) -> Letter | None:
    if way != LETTER:
        return None
    number = request.values.get("letter_number", "").strip()
    on = parse_date(request.values.get("letter_on", ""))
    if not number or on is None:
        abort(404)
    scan = request.values.get("scan", "")
    if scan:
        get_scan(scan, actor=current_actor())
    return Letter(number, on, scan)


def _asked(entry: Entry) -> NewChange:
    assert entry.form is not None
    assert entry.subject is not None
    if entry.form.category.data not in {choice.value for choice in entry.form.category.choices}:
        abort(400)
    return asked(entry.subject, entry.operation, entry.form, None)


def _redlined(new: NewChange) -> StoredChange:
    return stored(preview_of(new), version_id=new.version, language=new.language, comment=new.comment, fingerprint=None)


def _save(entry: Entry, change: NewChange) -> ResponseReturnValue:
    assert entry.form is not None
    assert entry.delegation is not None
    letter = entry.letter
    new = NewProposal(
        Category(entry.form.category.data),
        entry.form.justification.data or "",
        [change],
        channel=Channel.LETTER if letter else Channel.ORAL,
        letter_number=letter.number if letter else None,
        letter_on=letter.on if letter else None,
        scan_id=letter.scan or None if letter else None,
    )
    use_case = proposals.enter_on_behalf if letter else proposals.enter_oral
    receipt = use_case(entry.round.id, entry.delegation.id, new, token=entry.token, actor=current_actor(), now=now())
    _tell(receipt, state_name(entry.delegation.forms))
    again = {"delegation": entry.delegation.id, "document": entry.where.document.data}
    if letter:
        again |= {"letter_number": letter.number, "letter_on": letter.on.isoformat()}
        again |= {"scan": letter.scan} if letter.scan else {}
    return redirect(url_for(".enter", number=entry.round.number, way=entry.way, **again), 303)


def _tell(receipt: proposals.Receipt, who: str) -> None:
    facts = {"who": who, "reference": receipt.reference}
    if receipt.state == ProposalState.LATE:
        flash(
            _("Proposal %(reference)s of %(who)s came after its deadline and waits for admission.", **facts), "warning"
        )
    elif receipt.state == ProposalState.ORAL:
        flash(
            _("Proposal %(reference)s of %(who)s is noted. Its side confirms it in its room, or you do here.", **facts)
        )
    else:
        flash(_("Proposal %(reference)s of %(who)s is entered. The delegation finds the receipt in its room.", **facts))


def _page(entry: Entry, code: int = 200) -> ResponseReturnValue:
    return render_template("rounds/entry.html", entry=entry, **_words(entry)), code


def _words(entry: Entry) -> dict[str, object]:
    assert entry.desk is not None
    labels = provision_labels(entry.desk.edition)
    return {
        "desk": entry.desk,
        "round": entry.round,
        "labels": tuple(labels),
        "letter": entry.letter,
        **wording(entry.desk),
    }
