"""Our approved text on the screen: pinned by the focal point, compared with every later version."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import Length

from app.queries.approved import Approved, get_approved, load_approved_comparison
from app.queries.documents import DocumentPage, load_document
from app.services import approved
from app.services.printing import print_comparison
from app.web.access import DELEGATES, for_roles
from app.web.acting import current_actor, now
from app.web.languages import NAMES
from app.web.papers import look_of, printed
from app.web.proposal_names import version_name

bp = Blueprint("approved", __name__, url_prefix="/documents/<slug>/approved")


class PinForm(FlaskForm):
    """Which version, in which language, and by what it was approved."""

    version = SelectField(_l("Version that was approved"))
    language = SelectField(_l("In the language"))
    note = StringField(_l("Approved by (may stay empty)"), [Length(max=400)])

    def offer(self, page: DocumentPage) -> None:
        """Offer the versions there are, and the languages that any of them has."""
        self.version.choices = [(str(v.number), version_name(v.number, v.final)) for v in page.versions]
        codes = dict.fromkeys(code for v in page.versions for code in v.languages)
        self.language.choices = [(code, NAMES.get(code, code)) for code in codes]


@bp.route("", methods=["GET", "POST"])
@for_roles(*DELEGATES)
def show(slug: str) -> ResponseReturnValue:
    """Show the approved text and what later versions changed; the focal point pins it."""
    actor = current_actor()
    page = load_document(slug, actor=actor, now=now())
    found = get_approved(slug, actor=actor)
    form = PinForm(data=_as_typed(found))
    form.offer(page)
    if request.method == "POST" and request.form.get("act") == "forget" and FlaskForm().validate():
        approved.unpin_approved(slug, actor=actor, now=now())
        flash(_("Nothing is noted as approved any more."))
        return redirect(url_for(".show", slug=slug), 303)
    if form.validate_on_submit():
        number, language = int(form.version.data), form.language.data
        if any(v.number == number and language in v.languages for v in page.versions):
            approved.pin_approved(slug, number, language, note=form.note.data or "", actor=actor, now=now())
            flash(_("The approved text is noted. Only your delegation sees it."))
            return redirect(url_for(".show", slug=slug), 303)
        form.language.errors = [_("This version has no text in that language")]
    return render_template("approved/show.html", page=page, approved=found, form=form), 422 if form.errors else 200


@bp.get("/<int:number>.docx")
@for_roles(*DELEGATES)
def compared(slug: str, number: int) -> Response:
    """Send a later version as tracked changes on the approved text."""
    paper = load_approved_comparison(slug, number, actor=current_actor())
    return printed(print_comparison(paper, look_of(request.args)), paper.name.replace(".docx", ".approved.docx"))


def _as_typed(found: Approved | None) -> dict[str, str]:
    return {"version": str(found.number), "language": found.language, "note": found.note} if found else {}
