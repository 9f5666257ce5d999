"""Types of paper, states of documents and names of versions, in the words of the screen."""

from flask import Flask
from flask_babel import gettext as _

from app.negotiation.vocabulary import DocumentState


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
        DocumentState.WITHDRAWN: _("withdrawn"),
    }
    return names[state]


def version_name(number: int, final: bool = False) -> str:
    """Return what a version is called; *Rev.1* stays Latin in every language."""
    if final:
        return str(_("adopted text"))
    return f"Rev.{number}" if number else str(_("first draft"))


def register(app: Flask) -> None:
    """Give templates the names."""
    app.jinja_env.filters.update(document_state_name=document_state_name)
    app.jinja_env.globals.update(version_name=version_name, paper_names=paper_names)
