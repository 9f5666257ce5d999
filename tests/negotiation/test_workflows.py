"""Workflows: every action from every state by every role is allowed or refused, as the table says."""

from itertools import product
from pathlib import Path

import pytest

from app.negotiation.errors import NotPermitted, TransitionNotAllowed
from app.negotiation.vocabulary import DocumentState, ProposalState, Role, RoundState, VersionState
from app.negotiation.workflows import DOCUMENT, PROPOSAL, ROUND, VERSION, WORKFLOWS, mermaid

STATES = {"document": DocumentState, "version": VersionState, "round": RoundState, "proposal": ProposalState}
SEC = {Role.SECRETARIAT}
STAFF = {Role.SECRETARIAT, Role.CHAIR}
CLOCK = {Role.SECRETARIAT, Role.SYSTEM}
AUTHORS = {Role.FOCAL_POINT, Role.CHAIR, Role.SECRETARIAT}
ALLOWED = {
    ("document", "negotiate", "drafting"): CLOCK,
    ("document", "agree", "negotiation"): SEC,
    ("document", "reopen", "agreed"): STAFF,
    ("document", "adopt", "agreed"): SEC,
    ("document", "withdraw", "drafting"): SEC,
    ("document", "withdraw", "negotiation"): SEC,
    ("document", "withdraw", "agreed"): SEC,
    ("version", "discard", "issued"): SEC,
    ("round", "reschedule", "scheduled"): SEC,
    ("round", "open", "scheduled"): CLOCK,
    ("round", "extend", "open"): SEC,
    ("round", "close", "open"): set(Role),
    ("round", "reopen", "closed"): STAFF,
    ("round", "conclude", "closed"): SEC,
    ("proposal", "replace", "submitted"): AUTHORS,
    ("proposal", "withdraw", "submitted"): AUTHORS,
    ("proposal", "withdraw", "oral"): AUTHORS,
    ("proposal", "withdraw", "late"): AUTHORS,
    ("proposal", "restore", "withdrawn"): AUTHORS,
    ("proposal", "admit", "late"): SEC,
    ("proposal", "confirm", "oral"): AUTHORS,
}
CASES = [
    (workflow, action, state, role)
    for workflow in WORKFLOWS
    for action, state, role in product(sorted({s.action for s in workflow.steps}), STATES[workflow.name], Role)
]


@pytest.mark.parametrize(("workflow", "action", "state", "role"), CASES)
def test_every_step_is_allowed_or_refused_as_agreed(workflow, action, state, role):
    allowed = ALLOWED.get((workflow.name, action, str(state)))

    if allowed is None:
        with pytest.raises(TransitionNotAllowed):
            workflow.step(action, state, role)
    elif role not in allowed:
        with pytest.raises(NotPermitted):
            workflow.step(action, state, role)
    else:
        assert workflow.step(action, state, role).source == state


def test_the_buttons_of_a_page_are_the_steps_open_to_the_role():
    assert [s.action for s in ROUND.open_to(RoundState.CLOSED, Role.CHAIR)] == ["reopen"]
    assert [s.action for s in PROPOSAL.open_to(ProposalState.SUBMITTED, Role.EXPERT)] == []


def test_nothing_leaves_an_adopted_document():
    assert not any(DOCUMENT.open_to(DocumentState.ADOPTED, role) for role in Role)


def test_a_discarded_version_stays_discarded():
    assert not any(VERSION.open_to(VersionState.DISCARDED, role) for role in Role)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.name)
def test_the_diagrams_in_the_docs_are_current(workflow):
    docs = Path(__file__).parents[2] / "docs" / "workflows.md"

    assert mermaid(workflow) in docs.read_text(encoding="utf-8")
