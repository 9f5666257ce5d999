"""The resulting text in Word: to download, to upload as edited, and to take what differs from the decisions."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.docxio.refusals import FileRefused
from app.docxio.working_copy import working_copy
from app.negotiation.errors import EditedMeanwhile, NothingChanged, NotReady
from app.queries.consolidation import Consolidation, load_consolidation
from app.queries.edited_texts import Difference, Doubt, Edited, find_edited, list_edited, load_edited
from app.queries.papers import MEDIA_TYPE
from app.queries.resulting_copies import load_resulting_copy, may_be_worded
from app.services import edited_files, edited_texts
from app.text.changes import Operation
from app.text.provision import Edition
from app.web import file_words, return_words
from app.web.access import STAFF, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence, status
from app.web.papers import LANGUAGE, attached
from app.web.texts import note_labels, provision_names
from app.web.uploads import word_file

bp = Blueprint("edited_texts", __name__)

PATH = "/documents/<slug>/rounds/<int:number>/word"
ALL, NONE = "all", "none"


@bp.get(f"/documents/<slug>/rounds/<int:number>/result.<{LANGUAGE}>.docx")
@for_roles(*STAFF)
def download(slug: str, number: int, language: str) -> Response:
    """Send the resulting text to be edited in Word."""
    paper = load_resulting_copy(_about(slug, number), language, now=now())
    instruction = str(_("Resulting text: edit here, your changes are recorded; upload it on the issuing desk"))
    return attached(working_copy(paper.edition, paper.sheet, instruction, mark=paper.mark), paper.name)


@bp.get(PATH)
@for_roles(*STAFF)
def index(slug: str, number: int) -> ResponseReturnValue:
    """Show what can be downloaded and uploaded, and what came back already."""
    return _index(_about(slug, number))


@bp.post(PATH)
@for_roles(*STAFF)
def upload(slug: str, number: int) -> ResponseReturnValue:
    """Read the resulting text as it was edited, and show what differs."""
    about, actor, at = _about(slug, number), current_actor(), now()
    file = request.files.get("file")
    language = request.form.get("text", "")
    if file is None or not file.filename:
        return _index(about, _("Choose the Word file.")), 422
    try:
        data, name = word_file(file)
        read = edited_files.understand_edited(slug, number, data, name, language=language, actor=actor, now=at)
        kept = edited_texts.keep_edited(read, actor=actor, now=at)
    except FileRefused as error:
        return _index(about, file_words.refusal(error)), 422
    except NothingChanged:
        said = _("This file says what the resulting text says. Did you upload the file that you edited?")
        return _index(about, said), 422
    except NotReady as error:
        return _index(about, sentence(error)), 422
    return redirect(url_for(".show", edited_id=kept), 303)


@bp.get("/edited-texts/<edited_id>")
@for_roles(*STAFF)
def show(edited_id: str) -> ResponseReturnValue:
    """Show every difference from the resulting text."""
    return _page(_edited(edited_id))


@bp.post("/edited-texts/<edited_id>")
@for_roles(*STAFF)
def take(edited_id: str) -> ResponseReturnValue:
    """Take what is ticked; or only tick all, or none."""
    edited, act = _edited(edited_id), request.form.get("act", "take")
    ticked = {int(value) for value in request.form.getlist("take") if value.isdigit()}
    if act in (ALL, NONE):
        return _page(edited, ticked=_takeable(edited) if act == ALL else set())
    seen = request.form.get("seen", "")
    try:
        count = edited_texts.take_edited(edited_id, ticked, seen=seen, actor=current_actor(), now=now())
    except EditedMeanwhile as error:
        said = _("The resulting text was changed on the desk while you were looking. Nothing is taken yet: look again.")
        return _page(_edited(edited_id), ticked=ticked, problem=said), status(error)
    except NothingChanged as error:
        return _page(edited, ticked=ticked, problem=_("Tick what is to be taken.")), status(error)
    flash(ngettext("%(num)s difference is taken.", "%(num)s differences are taken.", count))
    return redirect(url_for(".show", edited_id=edited_id), 303)


@bp.post("/edited-texts/<edited_id>/delete")
@for_roles(*STAFF)
def delete(edited_id: str) -> ResponseReturnValue:
    """Delete an edited text; what was taken of it stays."""
    about = _edited(edited_id).about
    edited_texts.drop_edited(edited_id, actor=current_actor(), now=now())
    flash(_("The file is deleted. What was taken of it stays."))
    return redirect(url_for(".index", slug=about.slug, number=about.round.number), 303)


@bp.get("/edited-texts/<edited_id>/file")
@for_roles(*STAFF)
def file(edited_id: str) -> Response:
    """Send the file as it came."""
    row = find_edited(edited_id, actor=current_actor())
    response = make_response(row.content)
    response.mimetype = MEDIA_TYPE
    response.headers.set("Content-Disposition", "attachment", filename=row.name)
    return response


def _about(slug: str, number: int) -> Consolidation:
    return load_consolidation(slug, number, compared=False, actor=current_actor(), now=now())


def _edited(edited_id: str) -> Edited:
    return load_edited(edited_id, actor=current_actor(), now=now())


def _takeable(edited: Edited) -> set[int]:
    return {d.number for d in edited.differences if d.is_takeable}


def _index(about: Consolidation, problem: str = "") -> str:
    return render_template(
        "consolidation/word.html",
        about=about,
        problem=problem,
        wanted=request.form.get("text", about.language),
        rows=list_edited(about),
        is_open=may_be_worded(about),
    )


def _page(edited: Edited, *, ticked: set[int] | None = None, problem: str = "") -> str:
    if ticked is None:
        ticked = {d.number for d in edited.differences if d.doubt is None}
    return render_template(
        "consolidation/edited.html",
        edited=edited,
        about=edited.about,
        ticked=ticked,
        problem=problem,
        is_open=may_be_worded(edited.about),
        kinds={d.number: kind_of(d.change.change()) for d in edited.differences},
        doubts=_doubts(),
        where={d.number: where_of(d, edited.current) for d in edited.differences},
        unclear=[(place, return_words.unclear(place)) for place in edited.unclear],
        **shown(edited.current),
    )


def shown(base: Edition) -> Mapping[str, Any]:
    """Return what templates need to show changes of a text."""
    return {"base": base.by_key(), "names": provision_names(base), "note_labels": note_labels(base)}


def kind_of(change: Any) -> str:
    """Return in words how a text differs by a change."""
    names = {
        Operation.AMEND: _("wording differs"),
        Operation.INSERT: _("added"),
        Operation.DELETE: _("deleted"),
        Operation.MOVE: _("moved, wording differs") if change.parts is not None else _("moved"),
    }
    return str(names[change.operation])


def where_of(difference: Difference, base: Edition) -> str:
    """Return what the provision of a difference is called."""
    anchor = difference.change.anchor
    return provision_names(base).get(anchor or "", str(_("the beginning")))


def _doubts() -> Mapping[Doubt, str]:
    return {
        Doubt.EDITED_SINCE: _(
            "Decided or worded on the desk after this file was downloaded: the file may hold older words."
        ),
        Doubt.CONFLICTS: _("Worded anew on the desk since this file was read: word it there, or upload the file anew."),
        Doubt.STRUCTURE: _("What stands where is decided in the negotiating text: it cannot be taken here."),
    }
