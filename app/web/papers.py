"""Word files to download: clean texts, comparisons, and the papers of a round."""

from datetime import datetime

from flask import Blueprint, Flask, make_response
from werkzeug.wrappers import Response

from app.docxio.bracketed import bracketed_draft
from app.docxio.clean import clean
from app.docxio.comparison import comparison
from app.docxio.compilation import compilation_table
from app.docxio.tracked import tracked
from app.negotiation.actors import Actor, system
from app.queries.compilations import list_rows
from app.queries.papers import MEDIA_TYPE, CleanPaper, load_clean, load_comparison
from app.queries.round_papers import (
    RoundPaper,
    are_open,
    composed,
    list_comments,
    list_positions,
    load_round_paper,
    standing_of,
)
from app.queries.rounds import RoundRow
from app.services.issued_files import store_issued_files
from app.web.access import MEMBERS, READERS, for_roles
from app.web.acting import acting, current_actor, now

bp = Blueprint("papers", __name__, url_prefix="/documents/<slug>")
LANGUAGE = "any(ru, zh, en):language"


@bp.get(f"/versions/<int:number>/text.<{LANGUAGE}>.docx")
@for_roles(*READERS)
def text(slug: str, number: int, language: str) -> Response:
    """Send a version's text in a language: as it was issued, where it was."""
    paper = load_clean(slug, number, language, actor=current_actor())
    if paper.issued is None and paper.is_kept:
        paper = _kept(slug, number, language, actor=current_actor(), at=now())
    return attached(paper.issued or clean(paper.edition, paper.sheet), paper.name)


def _kept(slug: str, number: int, language: str, *, actor: Actor, at: datetime) -> CleanPaper:
    """Keep a version's file at its first download: no person's act, so the system's in the record."""
    store_issued_files(slug, number, languages=(language,), actor=system(actor.body), now=at)
    return load_clean(slug, number, language, actor=actor)


@bp.get(f"/compare/<int:old>-<int:new>.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def compared(slug: str, old: int, new: int, language: str) -> Response:
    """Send the newer of two versions as tracked changes on the older."""
    paper = load_comparison(slug, old, new, language, actor=current_actor())
    made = comparison(paper.old, paper.new, paper.sheet, paper.author, paper.on)
    return attached(made, paper.name)


@bp.get(f"/rounds/<int:number>/tracked.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def tracked_draft(slug: str, number: int, language: str) -> Response:
    """Send all wishes of a round as tracked changes of their delegations."""
    paper = _round(slug, number, language)
    made = tracked(composed(paper), paper.sheet, paper.names, paper.on, list_comments(paper))
    return attached(made, f"{paper.name}.tracked.{language}.docx")


@bp.get(f"/rounds/<int:number>/bracketed.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def bracketed(slug: str, number: int, language: str) -> Response:
    """Send all wishes of a round in square brackets."""
    paper = _round(slug, number, language)
    positions = list_positions(paper)
    made = bracketed_draft(composed(paper), paper.sheet, standing_of(paper), positions, anonymous=paper.anonymous)
    return attached(made, f"{paper.name}.bracketed.{language}.docx")


@bp.get(f"/rounds/<int:number>/table.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def table(slug: str, number: int, language: str) -> Response:
    """Send the compilation table of a round."""
    paper = _round(slug, number, language)
    made = compilation_table(list_rows(paper, actor=current_actor()), paper.table_sheet, paper.on)
    return attached(made, f"{paper.name}.table.{language}.docx")


def _round(slug: str, number: int, language: str) -> RoundPaper:
    return load_round_paper(slug, number, language, actor=current_actor(), now=now())


def attached(content: bytes, name: str) -> Response:
    """Return a file as an attachment; its name is ASCII: short names of documents are."""
    response = make_response(content)
    response.mimetype = MEDIA_TYPE
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def round_papers_open(round_: RoundRow) -> bool:
    """Whether the papers of a round are open to who acts."""
    actor = acting()
    return actor is not None and are_open(round_.state, round_.visibility, is_staff=actor.is_staff)


def register(app: Flask) -> None:
    """Tell templates whether there are papers to link to."""
    app.jinja_env.globals.update(round_papers_open=round_papers_open)
