"""Documents: the list, a new one, and one with its versions."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from app.negotiation.vocabulary import Role
from app.queries import access
from app.queries.approved import get_approved
from app.queries.comparison import compare_versions
from app.queries.documents import list_documents, load_document
from app.queries.people import load_people
from app.services import imports, versions
from app.web.access import READERS, for_roles
from app.web.acting import current_actor, now
from app.web.languages import NAMES
from app.web.paper_names import paper_names
from app.web.texts import depths, note_labels, provision_names

bp = Blueprint("documents", __name__, url_prefix="/documents")


class DocumentForm(FlaskForm):
    """What a document is started with; a title per working language of the body."""

    slug = StringField(
        _l("Short name in addresses"),
        [
            InputRequired(_l("Enter a short name.")),
            Length(max=40, message=_l("Take at most 40 characters.")),
            Regexp(
                r"[a-z0-9]+(-[a-z0-9]+)*\Z",
                message=_l("Use small Latin letters, figures and hyphens: digital-action-plan."),
            ),
        ],
    )
    title_ru = StringField(_l("Title in Russian"), [Length(max=500)])
    title_zh = StringField(_l("Title in Chinese"), [Length(max=500)])
    title_en = StringField(_l("Title in English"), [Length(max=500)])
    type_of_paper = SelectField(_l("Type of paper"))
    negotiating_language = SelectField(_l("Language it is negotiated in"))
    symbol = StringField(_l("Symbol (where the body uses symbols)"), [Length(max=80)])

    def __init__(self, languages: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.languages = languages
        self.type_of_paper.choices = list(paper_names().items())
        self.negotiating_language.choices = [(code, NAMES.get(code, code)) for code in languages]
        for code in NAMES:
            if code not in languages:
                del self[f"title_{code}"]

    @property
    def titles(self) -> dict[str, str]:
        """The titles that were given, by language."""
        given = {code: (self[f"title_{code}"].data or "").strip() for code in NAMES if f"title_{code}" in self}
        return {code: title for code, title in given.items() if title}

    def validate(self, **kwargs: Any) -> bool:
        """Ask for the title in the negotiating language at least."""
        valid = bool(super().validate(**kwargs))
        language = self.negotiating_language.data
        if valid and language not in self.titles:
            self[f"title_{language}"].errors = [_("Enter the title in the language of negotiation")]
            return False
        return valid


@bp.get("")
@for_roles(*READERS)
def index() -> str:
    """List the documents."""
    return render_template("documents/index.html", documents=list_documents(actor=current_actor(), now=now()))


@bp.route("/new", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def new() -> ResponseReturnValue:
    """Start a document, then go on to its first draft."""
    actor = current_actor()
    form = DocumentForm(list(access.get_body(actor).languages))
    if form.validate_on_submit():
        if any(row.slug == form.slug.data for row in list_documents(actor=actor, now=now())):
            form.slug.errors = [_("There is a document of that short name already")]
        else:
            versions.create_document(
                form.slug.data,
                titles=form.titles,
                type_of_paper=form.type_of_paper.data,
                negotiating_language=form.negotiating_language.data,
                symbol=form.symbol.data.strip() or None,
                actor=actor,
                now=now(),
            )
            flash(_("The document is started. Upload its first draft."))
            return redirect(url_for("imports.show", slug=form.slug.data), 303)
    return render_template("documents/new.html", form=form), 422 if form.errors else 200


@bp.get("/<slug>")
@for_roles(*READERS)
def show(slug: str) -> str:
    """Show a document with its chain of versions."""
    actor = current_actor()
    page = load_document(slug, actor=actor, now=now())
    return render_template(
        "documents/show.html",
        page=page,
        is_secretariat=actor.role == Role.SECRETARIAT,
        approved=get_approved(slug, actor=actor),
    )


@bp.route("/<slug>/versions/<int:number>/discard", methods=["GET", "POST"])
@for_roles(Role.SECRETARIAT)
def discard(slug: str, number: int) -> ResponseReturnValue:
    """Ask, then discard an imported version that no round stands on."""
    actor = current_actor()
    page = load_document(slug, actor=actor, now=now())
    if request.method == "POST":
        imports.discard_version(slug, number, reason=request.form.get("reason", ""), actor=actor, now=now())
        flash(_("The version is discarded. The draft can be imported again."))
        return redirect(url_for("imports.show", slug=slug), 303)
    return render_template("documents/discard.html", page=page, number=number)


@bp.get("/<slug>/compare")
@for_roles(*READERS)
def compare(slug: str) -> str:
    """Show what changed from one version to another."""
    actor = current_actor()
    page = load_document(slug, actor=actor, now=now())
    newest = page.row.newest or 0
    old = request.args.get("from", max(newest - 1, 0), type=int)
    new_number = request.args.get("to", newest, type=int)
    found = compare_versions(slug, old, new_number, language=request.args.get("language", ""), actor=actor)
    return render_template(
        "documents/compare.html",
        page=page,
        found=found,
        only=request.args.get("all") != "yes",
        people=load_people(access.get_body(actor).id),
        names=provision_names(found.new) | provision_names(found.old),
        note_labels=note_labels(found.old) | note_labels(found.new),
        depths=depths(found.old) | depths(found.new),
    )
