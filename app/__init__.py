"""Chapeau, the drafting room of an expert group."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def utc_now() -> datetime:
    """Return the present instant: the one clock that screens and commands hand down."""
    return datetime.now(UTC)


def create_app(settings: "Settings | None" = None, *, clock: Callable[[], datetime] = utc_now) -> "Flask":
    """Return the application: the one place that knows everything.

    Args:
        settings: The installation's settings; read from the environment when not given.
        clock: What time it is, for screens; tests hand in their own.
    """
    # Loaded here, so that what needs no web (the Word engine's commands) starts without it.
    from flask import Flask
    from jinja2 import StrictUndefined

    from app import web
    from app.config import Settings
    from app.models import db

    settings = settings or Settings.from_environment()
    app = Flask(
        __name__,
        instance_path=str(settings.instance),
        template_folder="web/templates",
        static_folder="web/static",
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # An error of the database would quote the values of its statement, and the log would hold texts.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        MAX_CONTENT_LENGTH=settings.upload_limit_bytes,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SETTINGS=settings,
        CLOCK=clock,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    web.register(app)
    return app
