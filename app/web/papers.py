"""Word files to download: clean texts, comparisons, and the papers of a round."""

from collections.abc import Mapping

from flask import Blueprint, Flask, make_response, render_template, request
from werkzeug.wrappers import Response

from app.docxio.clean import clean
from app.docxio.fate import fate_of_proposals
from app.docxio.numbers_table import concordance_table
from app.negotiation.actors import Actor, system
from app.negotiation.vocabulary import Outcome
from app.queries import access
from app.queries.concordances import load_concordance
from app.queries.fates import load_fate
from app.queries.own_files import list_own_files
from app.queries.paper_filters import UNDECIDED, outcome_name, section_name
from app.queries.papers import MEDIA_TYPE, load_clean, load_comparison, own_name
from app.queries.proposals import outcomes_visible
from app.queries.round_papers import RoundPaper, are_open, load_round_paper
from app.queries.rounds import RoundRow, round_row
from app.services.issued_files import keep_own_print, store_issued_files
from app.services.printing import Look, Printed, print_clean, print_comparison, print_tracked
from app.text.sections import list_sections
from app.web.access import MEMBERS, READERS, for_roles
from app.web.acting import acting, current_actor, now
from app.web.languages import language as page_language
from app.web.round_files import LANGUAGES, Form, choice_of, made, offers

bp = Blueprint("papers", __name__, url_prefix="/documents/<slug>")
LANGUAGE = "any(ru, zh, en):language"
FORM = "any({}):form".format(", ".join(f"'{form}'" for form in Form))


@bp.get(f"/versions/<int:number>/text.<{LANGUAGE}>.docx")
@for_roles(*READERS)
def text(slug: str, number: int, language: str) -> Response:
    """Send a version's text in a language: as it was issued, where it was, or in the draft's own file if asked."""
    file = own_file if look_of(request.args) is Look.OWN else clean_file
    name, content = file(slug, number, language, actor=current_actor())
    return attached(content, name)


def own_file(slug: str, number: int, language: str, *, actor: Actor) -> tuple[str, bytes]:
    """Return name and bytes of a version's text in the draft's own file; they are kept as those of ``clean_file``."""
    paper = load_clean(slug, number, language, actor=actor)
    content = paper.issued_own
    if content is None:
        content = print_clean(paper, Look.OWN).content
        keep_own_print(slug, number, language, content, actor=system(actor.body), now=now())
        content = load_clean(slug, number, language, actor=actor).issued_own or content
    return handled(paper.own_name, paper.sheet.handling), content


def clean_file(slug: str, number: int, language: str, *, actor: Actor) -> tuple[str, bytes]:
    """Return name and bytes of a version's text: as it was issued, where it was, else kept from now on.

    To keep it is no person's act, so it is the system's in the record.
    """
    paper = load_clean(slug, number, language, actor=actor)
    if paper.issued is None and paper.is_kept:
        store_issued_files(slug, number, languages=(language,), actor=system(actor.body), now=now())
        paper = load_clean(slug, number, language, actor=actor)
    return handled(paper.name, paper.sheet.handling), paper.issued or clean(paper.edition, paper.sheet)


@bp.get(f"/compare/<int:old>-<int:new>.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def compared(slug: str, old: int, new: int, language: str) -> Response:
    """Send the newer of two versions as tracked changes on the older."""
    paper = load_comparison(slug, old, new, language, actor=current_actor())
    return printed(print_comparison(paper, look_of(request.args)), paper.name, paper.sheet.handling)


@bp.get(f"/versions/<int:number>/numbers.<{LANGUAGE}>.docx")
@for_roles(*READERS)
def numbers(slug: str, number: int, language: str) -> Response:
    """Send the concordance of a version's numbers with those of the version before it."""
    paper = load_concordance(slug, number, language, actor=current_actor())
    made_ = concordance_table(paper.rows, paper.sheet)
    return attached(made_, f"{paper.name}.{language}.docx", paper.sheet.handling)


@bp.get(f"/rounds/<int:number>/<{FORM}>.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def of_round(slug: str, number: int, form: str, language: str) -> Response:
    """Send the wishes of a round in one of their forms, narrowed to what the query asks for."""
    choice = choice_of(request.args)
    paper = choice.applied(
        load_round_paper(slug, number, language, wanted=choice.wanted, actor=current_actor(), now=now())
    )
    name = f"{paper.name}.{form}.{language}.docx"
    if form == Form.TRACKED:
        return printed(print_tracked(paper, look_of(request.args)), name, paper.sheet.handling)
    return attached(made(Form(form), paper, actor=current_actor()), name, paper.sheet.handling)


@bp.get(f"/rounds/<int:number>/fate/<code>.<{LANGUAGE}>.docx")
@for_roles(*MEMBERS)
def fate(slug: str, number: int, code: str, language: str) -> Response:
    """Send what became of one delegation's proposals: to itself after the round, to secretariat and chair any."""
    wanted = choice_of(request.args).wanted
    paper = load_fate(slug, number, code, language, wanted=wanted, actor=current_actor(), now=now())
    made_ = fate_of_proposals(paper.fates, paper.sheet)
    return attached(made_, f"{paper.name}.{language}.docx", paper.sheet.handling)


@bp.get("/rounds/<int:number>/files")
@for_roles(*MEMBERS)
def files(slug: str, number: int) -> str:
    """Offer every Word file of a document in a round, narrowed as the form on the page says."""
    actor, choice = current_actor(), choice_of(request.args)
    paper = load_round_paper(slug, number, page_language(), wanted=choice.wanted, actor=actor, now=now())
    found = access.get_round(number, actor=actor)
    sees_outcomes = found.closed_at is not None and outcomes_visible(found, actor)
    return render_template(
        "rounds/files.html",
        round=round_row(found, actor=actor, now=now()),
        document=paper.document,
        has_own=(paper.version.id, paper.base.language) in list_own_files(paper.document.id),
        choice=choice,
        offers=offers(),
        heads=LANGUAGES,
        delegations=[(code, paper.sheet.short(code)) for code in paper.sheet.ordered(_proposing(paper))],
        sections=[(one.key, section_name(one, paper.words)) for one in list_sections(paper.base)],
        outcomes=[(one, outcome_name(one, paper.words)) for one in (*Outcome, UNDECIDED)] if sees_outcomes else [],
        fates=[(code, paper.sheet.short(code)) for code in fated(paper, actor)] if sees_outcomes else [],
    )


def _proposing(paper: RoundPaper) -> set[str]:
    """Return the codes of those who propose something, and of those the page is narrowed to."""
    return {code for _, change in paper.every_change for code in change.sponsors} | {*paper.wanted.delegations}


def fated(paper: RoundPaper, actor: Actor) -> tuple[str, ...]:
    """Return the codes of the delegations whose proposals' fate is open to *actor*."""
    codes = _proposing(paper) | {proposal.delegation for proposal in paper.not_standing}
    own = paper.people.code_of(actor.delegation)
    return paper.sheet.ordered(codes if actor.is_staff else codes & {own or ""})


def look_of(query: Mapping[str, str]) -> Look | None:
    """Return the look that the query of an address asks for; None where it asks for none."""
    asked = query.get("look")
    return Look(asked) if asked in set(Look) else None


def printed(made_: Printed, name: str, handling: str = "") -> Response:
    """Return a paper as an attachment; the name of one in the draft's own file says so."""
    return attached(made_.content, own_name(name) if made_.look is Look.OWN else name, handling)


def attached(content: bytes, name: str, handling: str = "") -> Response:
    """Return a file as an attachment; its name says how it is to be handled, where the paper does."""
    response = make_response(content)
    response.mimetype = MEDIA_TYPE
    response.headers.set("Content-Disposition", "attachment", filename=handled(name, handling))
    return response


def handled(name: str, handling: str) -> str:
    """Return a file's name with the handling mark of the paper in it."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({handling}){dot}{ending}" if handling else name


def round_papers_open(round_: RoundRow) -> bool:
    """Whether the papers of a round are open to who acts."""
    actor = acting()
    return actor is not None and are_open(round_.state, round_.visibility, is_staff=actor.is_staff)


def register(app: Flask) -> None:
    """Tell templates whether there are papers to link to."""
    app.jinja_env.globals.update(round_papers_open=round_papers_open)
