"""Versions opened to observers by an officer, and taken back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.negotiation.vocabulary import Role
from app.queries.releases import load_releases
from app.services import releases
from app.web.access import for_roles
from app.web.acting import current_actor, now

bp = Blueprint("releases", __name__, url_prefix="/documents/<slug>/versions/<int:number>/releases")


@bp.get("")
@for_roles(Role.SECRETARIAT)
def show(slug: str, number: int) -> str:
    """Show which observers a version is open to."""
    found = load_releases(slug, number, actor=current_actor())
    return render_template("releases/show.html", found=found, form=FlaskForm())


@bp.post("/<delegation_id>/release")
@for_roles(Role.SECRETARIAT)
def release(slug: str, number: int, delegation_id: str) -> ResponseReturnValue:
    """Open a version to an observer."""
    releases.release_version(slug, number, delegation_id, actor=current_actor(), now=now())
    flash(_("The version is released."))
    return redirect(url_for(".show", slug=slug, number=number), 303)


@bp.post("/<delegation_id>/take-back")
@for_roles(Role.SECRETARIAT)
def take_back(slug: str, number: int, delegation_id: str) -> ResponseReturnValue:
    """Take a version back from an observer."""
    releases.take_back_release(slug, number, delegation_id, actor=current_actor(), now=now())
    flash(_("The release is taken back."))
    return redirect(url_for(".show", slug=slug, number=number), 303)
