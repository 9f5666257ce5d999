"""What came back as a Word file or a letter: what was understood, dropped or completed, confirmed as drafts."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.negotiation.errors import EditedMeanwhile, NotFound, Refused
from app.negotiation.vocabulary import Category, ReturnSource
from app.queries.papers import MEDIA_TYPE
from app.queries.returns import Preview, find_return, load_preview
from app.services import returns
from app.services.returns import Completion
from app.web import return_forms, return_words
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence, status
from app.web.proposals import receipt_page, wordings

bp = Blueprint("returns", __name__)


@bp.get("/returns/<return_id>")
@for_roles(*MEMBERS)
def show(return_id: str) -> ResponseReturnValue:
    """Show what was understood; ``?open=n`` opens an item to be completed."""
    return preview_page(_preview(return_id), opened=request.args.get("open", type=int))


@bp.post("/returns/<return_id>")
@for_roles(*MEMBERS)
def complete(return_id: str) -> ResponseReturnValue:
    """Save what is kept, dropped and reworded; open another item; or make drafts of it all."""
    preview, act = _preview(return_id), request.form.get("act", "save")
    if preview.confirmed_at is not None:
        return redirect(url_for(".show", return_id=return_id), 303)
    lock = request.form.get("lock_version", type=int) or 0
    opened = request.form.get("opened", type=int)
    actor = current_actor()
    try:
        lock = returns.complete_return(return_id, _completions(preview), lock_version=lock, actor=actor, now=now())
        if act == "confirm":
            return _confirm(preview, lock)
    except EditedMeanwhile as error:
        return preview_page(_preview(return_id), opened=opened, problems=[sentence(error)]), status(error)
    except Refused as error:
        return preview_page(_preview(return_id), opened=opened, problems=[sentence(error)]), status(error)
    wanted = act.partition(":")[2]
    if wanted.isdigit():
        return redirect(url_for(".show", return_id=return_id, open=wanted, _anchor=f"item-{wanted}"), 303)
    flash(_("Saved. Nothing is a draft yet."))
    return redirect(url_for(".show", return_id=return_id), 303)


@bp.post("/returns/<return_id>/delete")
@for_roles(*MEMBERS)
def delete(return_id: str) -> ResponseReturnValue:
    """Delete what came back, its file included."""
    preview = _preview(return_id)
    number = preview.round.number
    returns.drop_return(return_id, actor=current_actor(), now=now())
    if preview.source == ReturnSource.LETTER:
        flash(_("The pasted text and what was understood of it are deleted."))
    else:
        flash(_("The file and what was understood of it are deleted."))
    return redirect(url_for("delegation.show", round=number), 303)


@bp.get("/returns/<return_id>/file")
@for_roles(*MEMBERS)
def file(return_id: str) -> Response:
    """Send the file as it came, to the delegation that brought it in."""
    row = find_return(return_id, actor=current_actor())
    if row.content is None:
        abort(404)
    response = make_response(row.content)
    response.mimetype = MEDIA_TYPE
    response.headers.set("Content-Disposition", "attachment", filename=row.name)
    return response


def preview_page(preview: Preview, *, opened: int | None = None, problems: list[str] | None = None) -> str:
    """Return the preview as HTML."""
    item = next((one for one in preview.items if one.number == opened), None)
    fields = (*return_forms.fields(item, preview), *return_forms.comment_fields(item)) if item else ()
    return render_template(
        "returns/show.html",
        preview=preview,
        opened=opened if item else None,
        fields=fields,
        problems=problems or [],
        categories=tuple(Category),
        carry_names=return_words.carry_names(),
        unclear=[(place, return_words.unclear(place)) for place in preview.understanding.unclear],
        known=preview.edition.by_key(),
        is_word=preview.source != ReturnSource.LETTER,
        **wordings(preview.texts),
    )


def _confirm(preview: Preview, lock: int) -> ResponseReturnValue:
    actor = current_actor()
    if preview.on_behalf_of is not None:
        receipt = returns.enter_return(preview.id, lock_version=lock, actor=actor, now=now())
        return receipt_page(receipt.proposal)
    made = returns.confirm_return(preview.id, lock_version=lock, actor=actor, now=now())
    flash(
        ngettext(
            "%(num)s draft is made. Only your delegation sees it, until your focal point submits it.",
            "%(num)s drafts are made. Only your delegation sees them, until your focal point submits them.",
            len(made),
        )
    )
    return redirect(url_for("delegation.show", round=preview.round.number), 303)


def _completions(preview: Preview) -> dict[int, Completion]:
    """Return what the form says of each item; the wording only of the one that stood open."""
    form = request.form
    kept = {int(value) for value in form.getlist("keep") if value.isdigit()}
    opened = form.get("opened", type=int)
    found = {}
    for item in preview.items:
        n = item.number
        category = next((c for c in Category if c == form.get(f"category-{n}")), None)
        found[n] = Completion(
            kept=n in kept,
            replaces=form.get(f"present-{n}", "replace") == "replace",
            justification=form.get(f"justification-{n}"),
            category=category,
            changes=return_forms.typed(item, preview, form) if n == opened else None,
        )
    return found


def _preview(return_id: str) -> Preview:
    preview = load_preview(return_id, actor=current_actor(), now=now())
    if preview.source == ReturnSource.MINISTRY:
        raise NotFound()  # what ministries send is cleared, not confirmed
    return preview
