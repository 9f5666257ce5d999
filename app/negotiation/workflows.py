"""Workflows as tables: action, from, to, who. Read them top to bottom."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.negotiation.errors import NotPermitted, TransitionNotAllowed
from app.negotiation.vocabulary import DocumentState, ProposalState, Role, RoundState, VersionState

S = TypeVar("S", bound=StrEnum)

SECRETARIAT = frozenset({Role.SECRETARIAT})
CHAIR_OR_SECRETARIAT = frozenset({Role.CHAIR, Role.SECRETARIAT})
CLOCK_OR_SECRETARIAT = frozenset({Role.SYSTEM, Role.SECRETARIAT})
SUBMITTERS = frozenset({Role.FOCAL_POINT, Role.CHAIR, Role.SECRETARIAT})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """One row: the *action* takes *source* to *target*, when one of *roles* acts."""

    action: str
    source: S
    target: S
    roles: frozenset[Role]


@dataclass(frozen=True)
class Workflow(Generic[S]):
    """A named table of steps."""

    name: str
    steps: tuple[Step[S], ...]

    def step(self, action: str, state: S, role: Role) -> Step[S]:
        """Return the step *action* takes from *state*.

        Raises:
            TransitionNotAllowed: No step of that name leaves *state*.
            NotPermitted: The step exists, but not for *role*.
        """
        for step in self.steps:
            if step.action == action and step.source == state:
                if role not in step.roles:
                    raise NotPermitted(f"{self.name}.{action}", role)
                return step
        raise TransitionNotAllowed(action, state)

    def open_to(self, state: S, role: Role) -> tuple[Step[S], ...]:
        """Return the steps that *role* may take from *state*: the buttons of the page."""
        return tuple(s for s in self.steps if s.source == state and role in s.roles)


DOCUMENT = Workflow(
    "document",
    (
        Step("negotiate", DocumentState.DRAFTING, DocumentState.NEGOTIATION, CLOCK_OR_SECRETARIAT),
        Step("agree", DocumentState.NEGOTIATION, DocumentState.AGREED, SECRETARIAT),
        Step("reopen", DocumentState.AGREED, DocumentState.NEGOTIATION, CHAIR_OR_SECRETARIAT),
        Step("adopt", DocumentState.AGREED, DocumentState.ADOPTED, SECRETARIAT),
        Step("withdraw", DocumentState.DRAFTING, DocumentState.WITHDRAWN, SECRETARIAT),
        Step("withdraw", DocumentState.NEGOTIATION, DocumentState.WITHDRAWN, SECRETARIAT),
        Step("withdraw", DocumentState.AGREED, DocumentState.WITHDRAWN, SECRETARIAT),
    ),
)

VERSION = Workflow("version", (Step("discard", VersionState.ISSUED, VersionState.DISCARDED, SECRETARIAT),))

ROUND = Workflow(
    "round",
    (
        Step("reschedule", RoundState.SCHEDULED, RoundState.SCHEDULED, SECRETARIAT),
        Step("open", RoundState.SCHEDULED, RoundState.OPEN, CLOCK_OR_SECRETARIAT),
        Step("extend", RoundState.OPEN, RoundState.OPEN, SECRETARIAT),
        Step("close", RoundState.OPEN, RoundState.CLOSED, EVERYBODY),
        Step("reopen", RoundState.CLOSED, RoundState.OPEN, CHAIR_OR_SECRETARIAT),
        Step("conclude", RoundState.CLOSED, RoundState.CONCLUDED, SECRETARIAT),
    ),
)
"""Closing records what the instant already decided: whoever comes first after the deadline writes it.
Closing early is moving the deadline to now, which is the secretariat's (``extend``)."""

PROPOSAL = Workflow(
    "proposal",
    (
        Step("replace", ProposalState.SUBMITTED, ProposalState.REPLACED, SUBMITTERS),
        Step("withdraw", ProposalState.SUBMITTED, ProposalState.WITHDRAWN, SUBMITTERS),
        Step("withdraw", ProposalState.ORAL, ProposalState.WITHDRAWN, SUBMITTERS),
        Step("withdraw", ProposalState.LATE, ProposalState.WITHDRAWN, SUBMITTERS),
        Step("restore", ProposalState.WITHDRAWN, ProposalState.SUBMITTED, SUBMITTERS),
        Step("admit", ProposalState.LATE, ProposalState.SUBMITTED, SECRETARIAT),
        Step("confirm", ProposalState.ORAL, ProposalState.SUBMITTED, SUBMITTERS),
    ),
)

WORKFLOWS: tuple[Workflow[DocumentState] | Workflow[VersionState] | Workflow[RoundState] | Workflow[ProposalState], ...]
WORKFLOWS = (DOCUMENT, VERSION, ROUND, PROPOSAL)


def mermaid(workflow: Workflow[S]) -> str:
    """Return the workflow as a Mermaid state diagram."""
    lines = [f"    {s.source} --> {s.target}: {s.action} ({_roles(s.roles)})" for s in workflow.steps]
    return "\n".join(("stateDiagram-v2", *lines))


def _roles(roles: Iterable[Role]) -> str:
    found = frozenset(roles)
    return "anyone" if found == EVERYBODY else ", ".join(role for role in Role if role in found)
