"""Types of paper, states of documents and rounds, in the words of the screen."""

from flask import Flask
from flask_babel import gettext as _

from app.negotiation.vocabulary import DocumentState, RoundState


def paper_names() -> dict[str, str]:
    """Return the types of paper by code."""
    return {
        "action_plan": _("Action plan"),
        "measures": _("Plan of measures"),
        "concept": _("Concept"),
        "declaration": _("Declaration"),
        "resolution": _("Resolution"),
        "agreement": _("Agreement"),
        "protocol": _("Protocol"),
        "agenda": _("Agenda"),
        "regulations": _("Regulations"),
        "other": _("Other paper"),
    }


def document_state_name(state: DocumentState) -> str:
    """Return the state of a document."""
    names: dict[DocumentState, str] = {
        DocumentState.DRAFTING: _("being drafted"),
        DocumentState.NEGOTIATION: _("under negotiation"),
        DocumentState.AGREED: _("agreed at expert level"),
        DocumentState.ADOPTED: _("adopted"),
        DocumentState.WITHDRAWN: _("withdrawn from negotiation"),
    }
    return names[state]


def round_state_name(state: RoundState) -> str:
    """Return the state of a round."""
    names: dict[RoundState, str] = {
        RoundState.SCHEDULED: _("scheduled"),
        RoundState.OPEN: _("open"),
        RoundState.CLOSED: _("closed"),
        RoundState.CONCLUDED: _("concluded"),
    }
    return names[state]


def register(app: Flask) -> None:
    """Give templates the names."""
    app.jinja_env.filters.update(document_state_name=document_state_name, round_state_name=round_state_name)
