"""Working copies to download: Word files to be edited and sent back."""

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.queries.working_copies import load_working_copy
from app.services.printing import print_copy
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor
from app.web.papers import LANGUAGE, look_of, printed

bp = Blueprint("working_copies", __name__, url_prefix="/documents/<slug>")


@bp.get(f"/rounds/<int:number>/copy.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def download(slug: str, number: int, language: str) -> Response:
    """Send the working copy of a text."""
    paper = load_working_copy(slug, number, language, actor=current_actor())
    return printed(print_copy(paper, instruction(), look_of(request.args)), paper.name)


def instruction() -> str:
    """Return what stands in the header of a working copy."""
    return str(
        _("Working copy: edit here, your changes are recorded; give reasons as comments; upload it in your room")
    )
