"""Screens: request in, one use case, answer out."""

from flask import Flask

from app.web import accounts, errors, headers, languages, names, pages


def register(app: Flask) -> None:
    """Register everything the browser sees."""
    languages.register(app)
    names.register(app)
    accounts.register(app)
    errors.register(app)
    headers.register(app)
    pages.register(app)
