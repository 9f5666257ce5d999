"""Home: what waits for me."""

from flask import Blueprint, render_template

from app.web.access import for_signed_in

bp = Blueprint("home", __name__)


@bp.get("/")
@for_signed_in
def show() -> str:
    """Show what waits for the one who acts."""
    return render_template("home/show.html")
