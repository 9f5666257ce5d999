"""Signing a version on the screen: who signs and how, the checks before, and the files."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.docxio.bilingual import bilingual_table
from app.negotiation.errors import Missing
from app.negotiation.signing import Block
from app.negotiation.vocabulary import Role
from app.queries.final_checks import FinalCheck, run_checks
from app.queries.signature_words import closing_clause
from app.queries.signing import SigningPage, load_bilingual, load_signing
from app.services import signing
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence, status
from app.web.papers import LANGUAGE, attached
from app.web.signing_forms import SigningForm, side_fields, signing_form

bp = Blueprint("signing", __name__, url_prefix="/documents/<slug>/versions/<int:number>")


@bp.route("/signing", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def arrange(slug: str, number: int) -> ResponseReturnValue:
    """Ask who signs, in what words and under which clause; keep it until the last minute."""
    page = load_signing(slug, number, actor=current_actor())
    form = signing_form(page)
    if form.validate_on_submit():
        if request.form.get("act") == "fill":
            _fill_in(form, page)
            return _arranged(page, form)
        seen = int(form.lock_version.data) if (form.lock_version.data or "").isdigit() else None
        signing.arrange_signing(slug, number, form.arrangement(), lock_version=seen, actor=current_actor(), now=now())
        flash(_("How the version is signed is kept."))
        return redirect(url_for(".check", slug=slug, number=number), 303)
    return _arranged(page, form), 422 if form.errors else 200


@bp.get("/signing/checks")
@for_roles(Role.SECRETARIAT)
def check(slug: str, number: int) -> str:
    """Show what the checks of a final text found, and offer the files."""
    return _checked(slug, number)


@bp.post(f"/signing/copy.<{LANGUAGE}>.docx")
@for_roles(Role.SECRETARIAT)
def copy(slug: str, number: int, language: str) -> ResponseReturnValue:
    """Send the signature copy in a language; each failed check needs a reason."""
    reasons = {check: request.form.get(f"reason_{check}", "") for check in FinalCheck}
    try:
        name, content = signing.make_signature_copy(
            slug, number, language, reasons=reasons, actor=current_actor(), now=now()
        )
    except Missing as error:
        return _checked(slug, number, message=sentence(error)), status(error)
    return attached(content, name)


@bp.get("/languages.docx")
@for_roles(*MEMBERS)
def side_by_side(slug: str, number: int) -> Response:
    """Send the languages of a version side by side, for the linguistic check."""
    paper = load_bilingual(slug, number, actor=current_actor())
    language = paper.editions[0].language
    return attached(bilingual_table(paper.editions, paper.sheets, language, paper.stale), paper.name)


def _arranged(page: SigningPage, form: SigningForm) -> str:
    return render_template("signing/arrange.html", page=page, form=form, side_fields=side_fields(page))


def _checked(slug: str, number: int, *, message: str = "") -> str:
    page = load_signing(slug, number, actor=current_actor())
    return render_template(
        "signing/checks.html",
        page=page,
        checks=run_checks(slug, number, actor=current_actor()),
        names=check_names(),
        form=FlaskForm(),
        message=message,
        reasons={check: request.form.get(f"reason_{check}", "") for check in FinalCheck},
    )


def _fill_in(form: SigningForm, page: SigningPage) -> None:
    """Write the closing clause out of the form's fields, in every language of the original."""
    wanted = form.arrangement()
    signing_now = sum(wanted.side(s.code).status != "does_not_sign" for s in page.sides)
    sides = signing_now if wanted.block is Block.SIDES else 1
    for code in page.languages:
        form[f"closing_{code}"].data = closing_clause(wanted, page.type_of_paper, code, sides=sides)


def check_names() -> dict[FinalCheck, str]:
    """Return what each check makes sure of."""
    return {
        FinalCheck.ORDER: _("States stand in the body's order"),
        FinalCheck.NAMES: _("Every side's name is kept in the form the signature needs"),
        FinalCheck.DRAFT: _("No title calls the text a draft"),
        FinalCheck.BRACKETS: _("No words stand in brackets"),
        FinalCheck.NUMBERS: _("The numbering runs on without a gap"),
        FinalCheck.LABELS: _("The numbers are the same in every language"),
        FinalCheck.ANNEXES: _("Annexes are marked, and each is mentioned in the text"),
        FinalCheck.DAYS: _("The closing clause and the annex mark name the day of signature"),
        FinalCheck.LANGUAGES: _("Every language has the same provisions and rows"),
        FinalCheck.STALE: _("No translation is older than the negotiating text"),
        FinalCheck.SPELLING: _("«государства-члены» is spelled in one way"),
        FinalCheck.SIGNATURE_PAGE: _("The signatures share their page with the end of the text"),
        FinalCheck.REFERENCES: _("Every number that is mentioned is that of one provision"),
        FinalCheck.TITLES: _("The title is the same in all places"),
    }
