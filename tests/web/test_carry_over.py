"""What was deferred waits in its delegation's room for the next round: confirmed, restated or withdrawn."""

import pytest

from app.models import db
from app.models.proposals import Draft
from app.models.record import Event
from app.negotiation.errors import NotPermitted
from app.negotiation.vocabulary import Outcome, Role
from app.services.carrying import withdraw_carried
from app.services.issuing import issue_version
from app.services.verification import verify
from tests.desk import LATER, close, decided
from tests.issued import next_round
from tests.rounds import make_round, submit
from tests.world import NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def carried(world):
    """A round that Belarus' deferred proposal was carried into, and how its text was overtaken by India's."""
    round_ = make_round(world)
    deferred = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    taken = submit(round_, world.actor("IND"), round_.amended("p2", SHARED))
    close(world, round_)
    decided(world, deferred, Outcome.DEFERRED)
    decided(world, taken, Outcome.ACCEPTED)
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    next_round(world, 1)
    return deferred, taken


def drafts():
    return db.session.scalars(db.select(Draft)).all()


def test_the_room_says_what_overtook_a_carried_proposal(browser, world, carried):
    page = browser.sign_in(world.actor("BLR")).get("/delegation")

    (told,) = page.xpath("//div[@class='carried']")
    assert "overtaken: the text already says so" in told.text_content()
    assert f"/proposals/{carried[1].proposal}" in told.xpath(".//a/@href")
    assert "(India)" in told.text_content()


def test_what_no_longer_applies_is_not_ticked_for_submission(browser, world, carried):
    page = browser.sign_in(world.actor("BLR")).get("/delegation")

    assert page.xpath("//input[@name='draft']/@checked") == []


def test_the_focal_point_withdraws_what_was_carried_over(browser, world, carried):
    focal = browser.sign_in(world.actor("BLR"))

    focal.press(focal.get("/delegation"), "Withdraw: it goes no further")

    assert drafts() == []
    event = db.session.scalars(db.select(Event).where(Event.action == "proposal.let_go")).one()
    assert event.subject_id == carried[0].proposal
    assert verify(db.session()) == ()


def test_an_expert_cannot_withdraw_what_was_carried_over(world, carried):
    (draft,) = drafts()

    with pytest.raises(NotPermitted):
        withdraw_carried(draft.id, actor=world.actor("BLR", Role.EXPERT), now=NOON)


def test_others_learn_nothing_of_a_carried_draft(browser, world, carried):
    page = browser.sign_in(world.actor("IND")).get("/delegation")

    assert not page.xpath("//div[@class='carried']")
