"""Letters: a delegation's own proposals in their formulas, as an annex to a note."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.docxio.letter_annex import letter_annex
from app.queries.letters import Of, load_letter
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.papers import LANGUAGE, attached

bp = Blueprint("letters", __name__, url_prefix="/documents/<slug>")


@bp.get(f"/rounds/<int:number>/letter.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def annex(slug: str, number: int, language: str) -> Response:
    """Send the annex to a note: what one's own delegation submitted or, with ``?of=drafts``, drafted."""
    of = Of.DRAFTS if request.args.get("of") == Of.DRAFTS else Of.SUBMITTED
    paper = load_letter(slug, number, language, of, actor=current_actor(), now=now())
    return attached(letter_annex(paper.entries, paper.sheet), paper.name, paper.sheet.handling)
