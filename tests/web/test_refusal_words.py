"""A refusal reaches its reader whole in the reader's language."""

import re

import pytest
from flask_babel import force_locale

from app.negotiation.errors import NotPermitted, NotReady, Refused, TransitionNotAllowed
from app.negotiation.vocabulary import DocumentState, ProposalState, Role, RoundState, VersionState
from app.negotiation.workflows import WORKFLOWS
from app.web.errors import sentence

STEPS = sorted({step.action for workflow in WORKFLOWS for step in workflow.steps} | {"propose"})
STATES = [*DocumentState, *VersionState, *RoundState, *ProposalState]


@pytest.fixture
def said(app):
    def in_russian(error: Refused) -> str:
        with app.test_request_context(), force_locale("ru"):
            return sentence(error)

    return in_russian


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_words(said, step):
    words = said(TransitionNotAllowed(step, RoundState.CLOSED))

    assert not re.search(r"[A-Za-z]", words)


@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{type(state).__name__}-{state}")
def test_every_state_has_its_words(said, state):
    words = said(TransitionNotAllowed("withdraw", state))

    assert not re.search(r"[A-Za-z]", words)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_role_has_its_words(said, role):
    words = said(NotPermitted("version.issue", role))

    assert not re.search(r"[A-Za-z]", words)


def test_each_of_several_problems_is_translated(said):
    words = said(NotReady("a round is not concluded; words still stand in brackets"))

    assert words == "Пока это сделать нельзя: раунд не завершён; в тексте остаются слова в скобках."
