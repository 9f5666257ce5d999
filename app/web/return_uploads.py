"""Uploading a Word file: a delegation's own, or, by the secretariat, one that came by letter."""

from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.docxio.refusals import FileRefused
from app.negotiation.errors import N_, NothingChanged, NotReady
from app.negotiation.permissions import may
from app.negotiation.vocabulary import RoundState
from app.queries import access
from app.queries.own_files import list_own_files
from app.queries.return_items import Letter
from app.queries.rounds import RoundDocument, RoundRow, round_row
from app.queries.scans import get_scan
from app.queries.texts import list_languages
from app.services import returned_files, returns
from app.web import file_words
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence
from app.web.instants import parse_date
from app.web.round_forms import document_name
from app.web.uploads import word_file

bp = Blueprint("return_uploads", __name__)


@dataclass(frozen=True)
class Behalf:
    """For whom the secretariat uploads, and by which letter."""

    delegation: str
    letter: Letter


@bp.get("/rounds/<int:number>/returns/new")
@for_roles(*MEMBERS)
def new(number: int) -> ResponseReturnValue:
    """Ask for the Word file, and which text it is a copy of."""
    behalf = asked_behalf()
    return _page(taking_round(number, behalf), behalf, "")


@bp.post("/rounds/<int:number>/returns")
@for_roles(*MEMBERS)
def upload(number: int) -> ResponseReturnValue:
    """Read a Word file and show what was understood of it."""
    behalf, actor = asked_behalf(), current_actor()
    round_ = taking_round(number, behalf)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(round_, behalf, _("Choose the Word file.")), 422
    version, _colon, language = request.form.get("text", "").partition(":")
    try:
        data, name = word_file(file)
        read = returned_files.understand_file(round_.id, data, name, version=version, language=language, actor=actor)
        if behalf is not None:
            read = replace(read, on_behalf_of=behalf.delegation, letter=behalf.letter)
        kept = returns.keep_return(round_.id, read, actor=actor, now=now())
    except FileRefused as error:
        return _page(round_, behalf, file_words.refusal(error)), 422
    except NothingChanged:
        said = _("There is nothing in this file that the draft does not say. Did you upload the file that you edited?")
        return _page(round_, behalf, said), 422
    except NotReady as error:
        return _page(round_, behalf, sentence(error)), 422
    return redirect(url_for("returns.show", return_id=kept), 303)


def asked_behalf() -> Behalf | None:
    """Return for whom it is entered, where the address or the form says so."""
    delegation = request.values.get("delegation", "")
    if not delegation:
        return None
    if not may(current_actor(), "proposal.enter"):
        abort(404)
    access.get_delegation(delegation, actor=current_actor())
    number = request.values.get("letter_number", "").strip()
    on = parse_date(request.values.get("letter_on", ""))
    if not number or on is None:
        abort(404)
    scan = request.values.get("scan", "")
    if scan:
        get_scan(scan, actor=current_actor())
    return Behalf(delegation, Letter(number, on, scan))


def taking_round(number: int, behalf: Behalf | None) -> RoundRow:
    """Return a round that takes what comes back; what is entered for others also while it is closed."""
    actor = current_actor()
    row = round_row(access.get_round(number, actor=actor), actor=actor, now=now())
    if row.state != RoundState.OPEN and not (behalf is not None and row.state == RoundState.CLOSED):
        raise NotReady(N_("the round is not open"))
    return row


def texts_of(round_: RoundRow) -> list[tuple[str, RoundDocument, str]]:
    """Return the texts of a round to choose from: value, document, language; what is negotiated first."""
    return [
        (f"{d.version_id}:{language}", d, language)
        for d in round_.documents
        for language in sorted(list_languages(d.version_id), key=lambda code: code != d.negotiating_language)
    ]


def _page(round_: RoundRow, behalf: Behalf | None, problem: str) -> str:
    texts = texts_of(round_)
    return render_template(
        "returns/new.html",
        round=round_,
        behalf=behalf,
        texts=texts,
        own={value for value, d, code in texts if (d.version_id, code) in list_own_files(d.document_id)},
        wanted=request.values.get("text", ""),
        problem=problem,
        document_name=document_name,
    )
