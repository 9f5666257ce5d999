"""Agreed provisions: the list, to note several as agreed or open them again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.negotiation.errors import N_, Missing
from app.queries import access
from app.queries.agreements import list_agreements
from app.services import decisions
from app.web.access import STAFF, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence, status

bp = Blueprint("agreements", __name__)


@bp.get("/documents/<slug>/versions/<int:number>/agreed")
@for_roles(*STAFF)
def show(slug: str, number: int) -> ResponseReturnValue:
    """Show every provision with whether it is agreed."""
    return _page(slug, number)


@bp.post("/documents/<slug>/versions/<int:number>/agreed")
@for_roles(*STAFF)
def change(slug: str, number: int) -> ResponseReturnValue:
    """Note the chosen provisions as agreed, or open them again with a reason."""
    agreed = request.form.get("act") == "agree"
    keys = tuple(request.form.getlist("key"))
    reason = request.form.get("reason", "")
    try:
        if not keys:
            raise Missing(N_("at least one provision"))
        decisions.agree_provisions(slug, number, keys, agreed=agreed, reason=reason, actor=current_actor(), now=now())
    except Missing as error:
        return _page(slug, number, message=sentence(error), chosen=keys, reason=reason), status(error)
    flash(_("Noted as agreed.") if agreed else _("Opened again."))
    return redirect(url_for(".show", slug=slug, number=number), 303)


def _page(slug: str, number: int, *, message: str = "", chosen: tuple[str, ...] = (), reason: str = "") -> str:
    document = access.get_document(slug, actor=current_actor())
    version = access.get_version(document, number, actor=current_actor())
    return render_template(
        "consolidation/agreed.html",
        slug=slug,
        number=number,
        title=document.titles,
        language_of_text=document.negotiating_language,
        rows=list_agreements(document, version),
        message=message,
        chosen=chosen,
        reason=reason,
    )
