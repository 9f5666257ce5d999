"""The one door for state: guard, new state and event together."""

from typing import Any, Protocol

from app.models import Base
from app.negotiation.actors import Actor
from app.negotiation.workflows import S, Workflow
from app.services._unit import record


class HasState(Protocol[S]):
    """A row with a state of the workflow's kind."""

    state: S


def advance(
    row: HasState[S], workflow: Workflow[S], action: str, *, actor: Actor, facts: dict[str, Any] | None = None
) -> None:
    """Take the step *action* on *row* and record it as ``<workflow>.<action>``.

    Raises:
        TransitionNotAllowed: No such step leaves the row's state.
        NotPermitted: Not in the actor's role.
    """
    step = workflow.step(action, row.state, actor.role)
    row.state = step.target
    assert isinstance(row, Base)
    told = {"from": str(step.source), "to": str(step.target), **(facts or {})}
    record(f"{workflow.name}.{action}", row, facts=told)
