"""Sign-in, invitations, passwords."""

from flask import Blueprint, Flask, render_template
from flask_security import Security, SQLAlchemyUserDatastore

from app.models import db
from app.models.accounts import AccountRole, User
from app.web.access import for_everyone

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
@for_everyone
def sign_in() -> str:
    """Ask for address and password."""
    return render_template("accounts/sign_in.html")


def register(app: Flask) -> None:
    """Set up the sign-in library."""
    app.config.update(
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_REGISTER_BLUEPRINT=False,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.config["SETTINGS"].secure,
    )
    Security(app, SQLAlchemyUserDatastore(db, User, AccountRole), register_blueprint=False)
    app.register_blueprint(bp)
