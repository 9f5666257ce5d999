"""Chair and secretariat propose as themselves, with the forms of any delegation."""

import pytest

from app.models import db
from app.models.proposals import Proposal
from app.negotiation.vocabulary import ProposalState
from tests.rounds import draft, make_round


@pytest.mark.parametrize("desk", ["secretariat", "chair"])
def test_a_desk_drafts_and_submits_its_own_proposal(browser, world, desk):
    round_ = make_round(world)
    actor = getattr(world, desk)
    browser.sign_in(actor)

    page = browser.get("/documents/plan/versions/0?propose=p2&as=amend")
    browser.press(page, "Save the draft", part_0="Стороны создают общую платформу.")
    draft(round_, actor, round_.amended("p1", "Иначе."))
    room = browser.get("/delegation")

    browser.press(room, "Submit what is ticked")
    states = [(p.delegation_id, p.state) for p in db.session.query(Proposal)]
    assert states == [(actor.delegation, ProposalState.SUBMITTED)] * 2
