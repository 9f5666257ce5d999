"""Issuing the next version: what was checked, the one button, and what came of it."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.negotiation.errors import NotReady
from app.negotiation.vocabulary import Role
from app.queries import access
from app.queries.concordances import get_concordance
from app.queries.consolidation import Consolidation, load_consolidation
from app.queries.edited_texts import list_deviations
from app.queries.issuing import Check, CheckKind, get_issued, next_version
from app.services import issuing
from app.services.issued_files import store_issued_files
from app.web.access import READERS, STAFF, for_roles
from app.web.acting import current_actor, now
from app.web.consolidation import case_title
from app.web.edited_texts import kind_of, shown
from app.web.errors import sentence, status
from app.web.texts import provision_names

bp = Blueprint("issuing", __name__)


@bp.get("/documents/<slug>/rounds/<int:number>/issue")
@for_roles(*STAFF)
def issue(slug: str, number: int) -> ResponseReturnValue:
    """Show what stands in the way of the next version, or, once issued, where to find it."""
    about = load_consolidation(slug, number, compared=False, actor=current_actor(), now=now())
    issued = get_issued(about)
    if issued is not None:
        return render_template("consolidation/issued.html", about=about, issued=issued)
    return _checked(about)


@bp.post("/documents/<slug>/rounds/<int:number>/issue")
@for_roles(Role.SECRETARIAT)
def issue_now(slug: str, number: int) -> ResponseReturnValue:
    """Issue the next version, or conclude the round without one."""
    actor, at = current_actor(), now()
    try:
        if request.form.get("act") == "conclude":
            issuing.conclude_round(number, actor=actor, now=at)
            flash(_("The round is concluded."))
            return redirect(url_for("consolidation.show", slug=slug, number=number), 303)
        carry_over = request.form.get("carry_over") == "y"
        note = request.form.get("note", "")
        issued = issuing.issue_version(slug, number, carry_over=carry_over, note=note, actor=actor, now=at)
        store_issued_files(slug, issued, actor=actor, now=at)
    except NotReady as error:
        about = load_consolidation(slug, number, compared=False, actor=actor, now=at)
        if get_issued(about) is not None:
            # Sent twice: the first time did it.
            return redirect(url_for(".issue", slug=slug, number=number), 303)
        return _checked(about, message=sentence(error)), status(error)
    flash(_("The version is issued."))
    return redirect(url_for(".issue", slug=slug, number=number), 303)


@bp.get("/documents/<slug>/versions/<int:number>/concordance")
@for_roles(*READERS)
def concordance(slug: str, number: int) -> ResponseReturnValue:
    """Show the old and the new numbers of a version's provisions."""
    document = access.get_document(slug, actor=current_actor())
    found = get_concordance(document, number, actor=current_actor())
    if found is None:
        abort(404)
    return render_template("consolidation/concordance.html", found=found)


def _checked(about: Consolidation, *, message: str = "") -> str:
    following = next_version(about)
    names = {
        **provision_names(about.base),
        **{k: n for k, n in provision_names(following.editions[about.language]).items() if k not in about.by_key},
    }
    undecided = len(about.undecided)
    waiting = {c.case for c in _undecided(following.checks)}
    reopening = about.agreed & following.changed
    deviations, decided = list_deviations(about, following)
    told = shown(decided)
    return render_template(
        "consolidation/issue.html",
        about=about,
        following=following,
        names=names,
        titles={case.id: case_title(case, about.by_key, names) for case in about.cases},
        message=message,
        blocking=tuple(c for c in following.checks if c.is_blocking),
        undecided=undecided,
        open_cases=tuple(case for case in about.cases if case.id in waiting),
        warnings=tuple(c for c in following.checks if not c.is_blocking and c.kind is not CheckKind.UNDECIDED),
        reopened=tuple(key for key in about.by_key if key in reopening),
        kinds=_kinds(),
        deviations=[(d, kind_of(d.change.change()), told["names"].get(d.change.anchor)) for d in deviations],
        decided=told,
    )


def _undecided(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    return tuple(c for c in checks if c.kind is CheckKind.UNDECIDED)


def _kinds() -> Mapping[CheckKind, str]:
    return {
        CheckKind.UNDECIDED: _("not decided"),
        CheckKind.CLASH: _("accepted readings collide: the text needs wording"),
        CheckKind.WORDING: _("accepted as amended, not worded yet"),
        CheckKind.BRACKETS: _("a square bracket has no partner"),
        CheckKind.REFERENCE: _("refers to a number that moves"),
        CheckKind.NUMBERING: _("has no number among numbered ones"),
        CheckKind.TRANSLATION: _("the translation does not say what the negotiating text says now"),
    }
