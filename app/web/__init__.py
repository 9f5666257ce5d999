"""Screens: request in, one use case, answer out."""

from flask import Flask

from app.web import (
    accounts,
    deadlines,
    errors,
    headers,
    languages,
    names,
    pages,
    paths,
    places,
    proposal_names,
    texts,
    timekeeping,
)


def register(app: Flask) -> None:
    """Register everything the browser sees."""
    app.url_map.converters["int"] = paths.Number
    languages.register(app)
    names.register(app)
    proposal_names.register(app)
    texts.register(app)
    deadlines.register(app)
    places.register(app)
    accounts.register(app)
    errors.register(app)
    headers.register(app)
    timekeeping.register(app)
    pages.register(app)
