"""The files that ministries send back: uploaded several at once, removed, and had again as one tracked draft."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.docxio.ministries_draft import ministries_draft
from app.docxio.refusals import FileRefused
from app.negotiation.errors import NothingChanged, NotReady, TransitionNotAllowed
from app.negotiation.permissions import require
from app.negotiation.vocabulary import RoundState
from app.queries.clearance_papers import load_clearance_paper
from app.queries.clearances import ClearanceDesk, load_clearance
from app.services import returns
from app.services.ministry_files import ministry_in, understand_ministry_file
from app.web import file_words
from app.web.access import DELEGATES, for_roles
from app.web.acting import current_actor, now
from app.web.clearances import PATH, page
from app.web.errors import sentence
from app.web.papers import attached
from app.web.uploads import word_file

bp = Blueprint("ministry_files", __name__)
ROWS = 4
"""Fields for files on the page; each takes several."""


@dataclass(frozen=True)
class _Sent:
    """An uploaded file and who sent it."""

    file: FileStorage
    ministry: str


@bp.post(f"{PATH}/files")
@for_roles(*DELEGATES)
def upload(slug: str, number: int, language: str) -> ResponseReturnValue:
    """Read what was sent back; a file that cannot be taken is told of, the others count."""
    desk = load_clearance(slug, number, language, actor=current_actor(), now=now())
    require(current_actor(), "clearance.make")
    if desk.round.state != RoundState.OPEN:
        raise TransitionNotAllowed("propose", desk.round.state)
    sent = _sent(slug)
    problems = [] if sent else [_("Choose the files that the ministries sent back.")]
    taken = 0
    for one in sent:
        problem = _kept(desk, one)
        taken += problem is None
        problems += [problem] if problem else []
    if taken:
        flash(ngettext("%(num)s file is taken in.", "%(num)s files are taken in.", taken))
    if problems:
        return page(load_clearance(slug, number, language, actor=current_actor(), now=now()), problems), 422
    return redirect(url_for("clearances.show", slug=slug, number=number, language=language), 303)


@bp.post(f"{PATH}/files/<return_id>/delete")
@for_roles(*DELEGATES)
def delete(slug: str, number: int, language: str, return_id: str) -> ResponseReturnValue:
    """Remove a ministry's file with everything it asks for."""
    returns.drop_return(return_id, actor=current_actor(), now=now())
    flash(_("The file is removed, and what it asked for."))
    return redirect(url_for("clearances.show", slug=slug, number=number, language=language), 303)


@bp.get(f"{PATH}/ministries.docx")
@for_roles(*DELEGATES)
def consolidated(slug: str, number: int, language: str) -> Response:
    """Send what the ministries ask for as one tracked draft, each under its name."""
    paper = load_clearance_paper(slug, number, language, actor=current_actor(), now=now())
    content = ministries_draft(paper.composition, paper.sheet, paper.names, paper.on, paper.comments)
    return attached(content, paper.name)


def _sent(slug: str) -> list[_Sent]:
    """Return the files with their ministries: as typed, else as the file is called."""
    found = []
    for row in range(ROWS):
        typed = " ".join(request.form.get(f"ministry-{row}", "").split())
        for file in request.files.getlist(f"file-{row}"):
            if file.filename:
                found.append(_Sent(file, typed or ministry_in(file.filename, slug)))
    return found


def _kept(desk: ClearanceDesk, one: _Sent) -> str | None:
    """Keep what a file asks for; return why it could not be taken, if so."""
    name, actor = one.file.filename or "", current_actor()
    if not one.ministry:
        return str(_("%(file)s: type the ministry’s name; the file’s name does not say it.", file=name))
    try:
        data, docx = word_file(one.file)
        read = understand_ministry_file(
            desk.round.id,
            data,
            docx,
            version=desk.version,
            language=desk.language,
            ministry=one.ministry,
            actor=actor,
        )
        returns.keep_return(desk.round.id, read, actor=actor, now=now())
    except FileRefused as error:
        return f"{name}: {file_words.refusal(error)}"
    except NothingChanged:
        return str(_("%(file)s: asks for nothing that the draft does not say (%(who)s).", file=name, who=one.ministry))
    except NotReady as error:
        return f"{name}: {sentence(error)}"
    return None
