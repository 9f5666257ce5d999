"""The only table that knows both refusals and HTTP."""

from urllib.parse import urlencode

from flask import Flask, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from app.negotiation.errors import (
    Contradicts,
    DeadlinePassed,
    EditedMeanwhile,
    NotFound,
    NotInOwnFile,
    NotPermitted,
    NotReady,
    OtherContent,
    OverlapsOwn,
    Refused,
    StaleVersion,
    TransitionNotAllowed,
)
from app.web.refusal_words import in_words

STATUS: dict[type[Refused], int] = {
    NotFound: 404,
    NotPermitted: 403,
    TransitionNotAllowed: 409,
    DeadlinePassed: 409,
    OverlapsOwn: 409,
    Contradicts: 409,
    NotInOwnFile: 409,
    NotReady: 409,
    StaleVersion: 409,
    EditedMeanwhile: 412,
    OtherContent: 422,
}

SECRET = frozenset({"csrf_token", "password", "password_again", "present", "token"})


def sentence(error: Refused) -> str:
    """Return the refusal as a sentence in the page's language; facts that are words are translated too."""
    return str(gettext(error.sentence) % in_words(error.facts()))


def status(error: Refused) -> int:
    """Return the HTTP status of a refusal."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)


def register(app: Flask) -> None:
    """Register the error pages."""

    @app.errorhandler(NotInOwnFile)
    def not_in_own_file(error: NotInOwnFile) -> tuple[str, int]:
        asked = {**request.args.to_dict(flat=False), "look": ["house"]}
        return error_page(sentence(error), status(error), instead=f"{request.path}?{urlencode(asked, doseq=True)}")

    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[str, int]:
        return error_page(sentence(error), status(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str, int]:
        known = {
            404: gettext("There is nothing here, or it is not open to you."),
            405: gettext("This address does not take that."),
            413: gettext("This file is too large. The limit is 20 MB."),
        }
        code = error.code or 500
        return error_page(known.get(code, gettext("This request could not be answered.")), code)

    @app.errorhandler(Exception)
    def defect(error: Exception) -> tuple[str, int]:
        if app.testing:
            raise error
        app.logger.error("defect", exc_info=error)
        return error_page(gettext("Something broke on our side. It was noted; what you sent was not lost."), 500)


def error_page(message: str, code: int, *, instead: str = "") -> tuple[str, int]:
    """Show a refusal, and what was typed, so that nothing is lost; *instead*: a file that can be had."""
    typed = {name: value for name, value in request.form.items() if value.strip() and name not in SECRET}
    return render_template("error.html", message=message, code=code, typed=typed, instead=instead), code
