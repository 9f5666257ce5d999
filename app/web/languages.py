"""Interface languages: which one, and how instants, dates and names read in it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from flask import Blueprint, Flask, g, redirect, request, session, url_for
from flask_babel import Babel, get_locale
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from app.web.access import for_everyone
from app.web.catalogues import compile_stale
from app.web.paths import safe_path

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


def language_name(code: str) -> str:
    """Return what a language is called inside a sentence of the page; one without a name is called by its code."""
    return {"en": str(_("English")), "ru": str(_("Russian")), "zh": str(_("Chinese"))}.get(code, code)


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
    return redirect(safe_path(request.form.get("back")) or url_for("home.show"))


def register(app: Flask) -> None:
    """Set up translation and what templates need of it."""
    with suppress(OSError):  # an installation whose files are read-only has them compiled
        compile_stale()
    Babel(app, locale_selector=lambda: LOCALES[language()], default_translation_directories="translations")
    csrf.init_app(app)
    app.config["WTF_CSRF_TIME_LIMIT"] = 24 * 3600
    app.register_blueprint(bp)
    app.jinja_env.filters.update(named=named, language_name=language_name, instant=say_instant, civil_date=say_date)
    app.context_processor(lambda: {"language": language(), "languages": NAMES})
