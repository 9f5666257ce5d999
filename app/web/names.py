"""The words of negotiation as they stand on the screen."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from app.negotiation.vocabulary import Role
from app.web.languages import language


def role_name(role: Role) -> str:
    """Return a role in the page's language."""
    names: dict[Role, str] = {
        Role.ADMINISTRATOR: _("Administrator"),
        Role.SECRETARIAT: _("Secretariat"),
        Role.CHAIR: _("Chair"),
        Role.FOCAL_POINT: _("focal point"),
        Role.EXPERT: _("expert"),
        Role.OBSERVER: _("observer"),
        Role.SYSTEM: _("the system"),
    }
    return names[role]


def state_name(forms: Mapping[str, Any], form: str = "short") -> str:
    """Return a delegation's name in the page's language, in the wanted form, else the nearest it has."""
    mine: Mapping[str, Any] = forms.get(language()) or next(iter(forms.values()), {})
    return str(mine.get(form) or mine.get("short") or mine.get("full") or "")


def register(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters.update(role_name=role_name, state_name=state_name)
