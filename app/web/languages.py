"""Interface languages: which one, and how instants, dates and names read in it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from flask import Blueprint, Flask, g, redirect, request, session, url_for
from flask_babel import Babel, get_locale
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from app.web.access import for_everyone

LOCALES = {"en": "en_GB", "ru": "ru", "zh": "zh_Hans_CN"}
"""Language of the page to locale. One table: a raw browser language like ``zh-cn`` names no catalogue."""
NAMES = {"en": "English", "ru": "Русский", "zh": "中文"}

bp = Blueprint("languages", __name__)
csrf = CSRFProtect()


def language() -> str:
    """Return the language of the page: chosen, else the browser's, else English."""
    if "language" not in g:
        chosen = session.get("language")
        g.language = chosen if chosen in LOCALES else (request.accept_languages.best_match(list(LOCALES)) or "en")
    return str(g.language)


def named(names: Mapping[str, Any], wanted: str | None = None) -> str:
    """Return a name in the wanted language (else the page's), else in the first language it has."""
    found = names.get(wanted or language()) or next((n for n in names.values() if n), "")
    return str(found)


def say_instant(at: datetime, zone: str) -> str:
    """Return an instant in a named zone, in the words of the page's language: "9 May 2025, 18:00"."""
    local = at.astimezone(ZoneInfo(zone))
    locale = get_locale() or Locale("en")
    return f"{format_date(local, 'long', locale)}, {format_datetime(local, 'HH:mm', locale=locale)}"


def say_date(on: date) -> str:
    """Return a civil date in the words of the page's language."""
    return format_date(on, "long", get_locale() or Locale("en"))


@bp.post("/language/<code>")
@for_everyone
def choose(code: str) -> Response:
    """Change the interface language and go back to the page it was asked on."""
    if code in LOCALES:
        session["language"] = code
    back = request.form.get("back", "/")
    safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    return redirect(safe or url_for("home.show"))


def register(app: Flask) -> None:
    """Set up translation and what templates need of it."""
    Babel(app, locale_selector=lambda: LOCALES[language()], default_translation_directories="translations")
    csrf.init_app(app)
    app.config["WTF_CSRF_TIME_LIMIT"] = 24 * 3600
    app.register_blueprint(bp)
    app.jinja_env.filters.update(named=named, instant=say_instant, civil_date=say_date)
    app.context_processor(lambda: {"language": language(), "languages": NAMES})
