"""The facts of a refusal in words: roles, acts and states as the page's language says them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from app.negotiation.errors import N_
from app.negotiation.vocabulary import DocumentState, ProposalState, Role, RoundState, VersionState
from app.web.names import role_name
from app.web.paper_names import document_state_name, round_state_name
from app.web.proposal_names import proposal_state_name

ACTS: Mapping[str, str] = {
    "negotiate": N_("take into negotiation"),
    "agree": N_("note as agreed"),
    "adopt": N_("adopt"),
    "withdraw": N_("withdraw"),
    "discard": N_("discard"),
    "reschedule": N_("change the times"),
    "open": N_("open it"),
    "conclude": N_("conclude"),
    "restore": N_("restore"),
    "propose": N_("propose"),
}
"""Steps of the workflows whose names are no words of their own or mean something else as a word."""

VERSIONS: Mapping[VersionState, str] = {VersionState.ISSUED: N_("issued"), VersionState.DISCARDED: N_("discarded")}


def in_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with every word in the page's language; names, numbers and instants stay as they are."""
    return {name: _in_words(name, value) for name, value in facts.items()}


def _in_words(name: str, value: Any) -> Any:
    if isinstance(value, Role):
        return role_name(value)
    if isinstance(value, RoundState):
        return round_state_name(value)
    if isinstance(value, ProposalState):
        return proposal_state_name(value)
    if isinstance(value, DocumentState):
        return document_state_name(value)
    if isinstance(value, VersionState):
        return gettext(VERSIONS[value])
    if not isinstance(value, str) or not value:
        return value
    if name == "action":
        return gettext(ACTS.get(value, value))
    said = gettext(value)
    if name == "problems" and said == value:
        # Several problems come as one text, each of them a message of its own.
        return "; ".join(gettext(one) for one in value.split("; "))
    return said
