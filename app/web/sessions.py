"""Sessions: begun anew at sign-in, ended at sign-out, cut off after silence and, whatever happens, after a day."""

from datetime import timedelta

from flask import Flask, current_app, flash, g, session
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import Security, login_user, logout_user
from werkzeug.wrappers import Response

from app.models.accounts import User
from app.negotiation.actors import system
from app.services import accounts
from app.services.accounts import datastore
from app.web.acting import now
from app.web.languages import say_instant
from app.web.passwords import LEAST
from app.web.places import place_name

_SINCE = "since"
"""When a session began, in seconds: kept in it."""


def begin_session(account: User) -> None:
    """Sign a person in: nothing of the session before stays but the language; tell what happened meanwhile."""
    language = session.get("language") or account.language
    user, zone = account.public_id, account.zone or "UTC"
    session.clear()
    login_user(account)
    session.permanent = True
    session[_SINCE] = now().timestamp()
    if language:
        session["language"] = language
    for cached in ("memberships", current_app.config["WTF_CSRF_FIELD_NAME"]):
        g.pop(cached, None)
    visit = accounts.begin_visit(user, actor=system(), now=now())
    if visit.reset_offered_at:
        at = say_instant(visit.reset_offered_at, zone)
        flash(
            _(
                "On %(at)s (%(zone)s) a link to set a new password for your account was made.",
                at=at,
                zone=place_name(zone),
            ),
            "warning",
        )


def act_as(membership: str) -> None:
    """Act in this role from now on."""
    session["membership"] = membership


def end_session() -> None:
    """Sign out; only the language stays."""
    language = session.get("language")
    if current_user.is_authenticated:
        logout_user()
    session.clear()
    if language:
        session["language"] = language
    g.pop("memberships", None)


def end_old_session() -> None:
    """End a session that began too long ago; one that does not say when is counted from now on."""
    if "_user_id" not in session:
        return
    # Not the request's instant: that is taken once the request has been read to its end.
    seconds = current_app.config["CLOCK"]().timestamp()
    if seconds - session.setdefault(_SINCE, seconds) >= current_app.config["SETTINGS"].session_hours * 3600:
        end_session()


def clear_site_data(response: Response) -> Response:
    """Have the browser forget the pages it kept."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def register(app: Flask) -> None:
    """Set up the sign-in library and the session's cookie."""
    settings = app.config["SETTINGS"]
    app.config.update(
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_LENGTH_MIN=LEAST,
        SECURITY_PASSWORD_COMPLEXITY_CHECKER="zxcvbn",
        SECURITY_ZXCVBN_MINIMUM_SCORE=3,
        SECURITY_REGISTER_BLUEPRINT=False,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SESSION_COOKIE_NAME="__Host-chapeau" if settings.secure else "chapeau",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.idle_minutes),
    )
    Security(app, datastore, register_blueprint=False)
    app.before_request(end_old_session)
