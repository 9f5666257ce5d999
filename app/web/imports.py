"""Importing a draft: what was understood, corrected by an officer, saved as the first version."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.docxio.alignment import Difference
from app.docxio.refusals import FileRefused
from app.negotiation.errors import Refused
from app.negotiation.vocabulary import Role
from app.queries.documents import load_document
from app.services import imports
from app.text.outline import Correction, Step
from app.text.provision import Kind
from app.web import file_words
from app.web.access import for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence, status
from app.web.kind_names import kind_names
from app.web.uploads import word_file

bp = Blueprint("imports", __name__, url_prefix="/documents")

PAGE_SIZE = 200
_STEPS = {step.value: step for step in Step}
_KINDS = {kind.value: kind for kind in Kind}


@bp.get("/<slug>/import")
@for_roles(Role.SECRETARIAT)
def show(slug: str) -> str:
    """Show what was understood of each language's draft so far."""
    return _page(slug)


@bp.post("/<slug>/import/<language>")
@for_roles(Role.SECRETARIAT)
def upload(slug: str, language: str) -> ResponseReturnValue:
    """Read an uploaded Word file and show what was understood."""
    actor = current_actor()
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(slug, error=_("Choose the Word file of the draft."), language=language), 422
    try:
        data, name = word_file(file)
        understood = imports.understand(data, name, actor=actor)
    except FileRefused as error:
        return _page(slug, error=file_words.refusal(error), language=language), 422
    imports.keep_import(slug, language, understood, data, name, actor=actor, now=now())
    return redirect(url_for("imports.show", slug=slug, language=language), 303)


@bp.post("/<slug>/import/<language>/correct")
@for_roles(Role.SECRETARIAT)
def correct(slug: str, language: str) -> ResponseReturnValue:
    """Correct one provision of what was understood."""
    form = request.form
    key = form.get("key", "")
    step = _STEPS.get(form.get("step", ""), Step.SET)
    level = form.get("level", "")
    correction = Correction(
        key,
        step,
        kind=_KINDS.get(form.get("kind", "")) if step is Step.SET else None,
        level=int(level) if step is Step.SET and level.isdigit() and len(level) < 3 else None,
        label=form.get("label", "").strip() if step is Step.SET and "label" in form else None,
    )
    lock = form.get("lock_version", "")
    try:
        imports.correct_import(
            slug,
            language,
            [correction],
            lock_version=int(lock) if lock.isdigit() else 0,
            actor=current_actor(),
            now=now(),
        )
    except Refused as error:
        return _page(slug, error=sentence(error), language=language), status(error)
    page = request.form.get("page", "1")
    return redirect(url_for("imports.show", slug=slug, language=language, page=page) + f"#u-{key}", 303)


@bp.post("/<slug>/import/<language>/drop")
@for_roles(Role.SECRETARIAT)
def drop(slug: str, language: str) -> ResponseReturnValue:
    """Forget a language's draft."""
    imports.drop_import(slug, language, actor=current_actor(), now=now())
    flash(_("What was read of that file is forgotten."))
    return redirect(url_for("imports.show", slug=slug), 303)


@bp.post("/<slug>/import/save")
@for_roles(Role.SECRETARIAT)
def save(slug: str) -> ResponseReturnValue:
    """Save what was understood as the first version, or the language named as one more of a saved one."""
    language = request.form.get("language", "")
    if language:
        number = imports.save_language(slug, language, actor=current_actor(), now=now())
        flash(_("The language is added to the draft."))
        return redirect(url_for("reading.show", slug=slug, number=number, language=language), 303)
    number = imports.save_version_0(slug, actor=current_actor(), now=now())
    flash(_("The draft is saved. Only the secretariat and the chair see it until a round opens."))
    return redirect(url_for("reading.show", slug=slug, number=number), 303)


def _page(slug: str, error: str = "", language: str = "") -> str:
    actor = current_actor()
    page = load_document(slug, actor=actor, now=now())
    if page.versions and not page.missing_languages:
        return render_template("imports/done.html", page=page)
    rows = imports.list_imports(slug, actor=actor)
    wanted = language or request.args.get("language", "")
    row = next((r for r in rows if r.language == wanted), rows[0] if rows else None)
    return render_template(
        "imports/show.html",
        page=page,
        rows=rows,
        row=row,
        wanted=wanted or page.missing_languages[0],
        is_added=bool(page.versions),
        error=error,
        at=max(request.args.get("page", 1, type=int), 1),
        size=PAGE_SIZE,
        correcting=request.args.get("correct", ""),
        words=file_words,
        kinds=kind_names(),
        differences=_difference_names(),
        can_save=bool(page.versions) or any(r.language == page.negotiating_language for r in rows),
    )


def _difference_names() -> dict[Difference, str]:
    return {
        Difference.MISSING: _("not in this language"),
        Difference.ADDITIONAL: _("only in this language: it will be left out"),
        Difference.KIND: _("another kind"),
        Difference.LEVEL: _("another level"),
        Difference.LABEL: _("another number"),
        Difference.COLUMNS: _("other columns"),
        Difference.STATES: _("other states"),
        Difference.NUMBERS: _("other figures in the words"),
    }
