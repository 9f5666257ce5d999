"""The words of negotiation as they stand on the screen."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from app.negotiation.vocabulary import DelegationKind, MeetingForm, Role
from app.queries.members import MembershipRow
from app.web.languages import language, named

_COMMA = {"zh": "，"}


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


def kind_name(kind: DelegationKind) -> str:
    """Return a kind of delegation in the page's language."""
    names: dict[DelegationKind, str] = {
        DelegationKind.MEMBER_STATE: _("member state"),
        DelegationKind.CHAIR: _("desk of the chair"),
        DelegationKind.SECRETARIAT: _("desk of the secretariat"),
        DelegationKind.BODY: _("another body"),
        DelegationKind.OBSERVER: _("observer"),
    }
    return names[kind]


def meeting_form_name(form: MeetingForm) -> str:
    """Return how a meeting is held, in the page's language."""
    names: dict[MeetingForm, str] = {
        MeetingForm.IN_PERSON: _("in person"),
        MeetingForm.VIDEO: _("by video conference"),
        MeetingForm.HYBRID: _("in person and by video conference"),
    }
    return names[form]


def state_name(forms: Mapping[str, Any], form: str = "short") -> str:
    """Return a delegation's name in the page's language, in the wanted form, else the nearest it has."""
    mine: Mapping[str, Any] = forms.get(language()) or next(iter(forms.values()), {})
    return str(mine.get(form) or mine.get("short") or mine.get("full") or "")


def acting_name(row: MembershipRow) -> str:
    """Return in whose name a member acts: role and delegation; a desk's role says it all."""
    if row.delegation_kind in (None, DelegationKind.CHAIR, DelegationKind.SECRETARIAT):
        desk = row.role in (Role.ADMINISTRATOR, Role.CHAIR, Role.SECRETARIAT)
        if desk or not row.delegation_forms:
            return role_name(row.role)
    return _COMMA.get(language(), ", ").join((role_name(row.role), state_name(row.delegation_forms)))


def membership_name(row: MembershipRow) -> str:
    """Return a membership in the page's language: role, delegation, body."""
    return _COMMA.get(language(), ", ").join(filter(None, (acting_name(row), named(row.body_names))))


def register(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters.update(
        role_name=role_name,
        kind_name=kind_name,
        meeting_form_name=meeting_form_name,
        state_name=state_name,
        acting_name=acting_name,
        membership_name=membership_name,
    )
