"""Rounds open, move their deadline, and close by the instant."""

import pytest

from app.models import db
from app.models.documents import Document, Version
from app.models.rounds import Round
from app.negotiation.actors import system
from app.negotiation.errors import Missing, NotFound, NotPermitted, NotReady, TransitionNotAllowed
from app.negotiation.vocabulary import DocumentState, RoundState, Visibility
from app.queries.rounds import deadline_for
from app.services import rounds
from tests.world import DAY, NOON, make_document


@pytest.fixture
def version(world):
    document = make_document(world)
    return db.session.scalar(db.select(Version.id).where(Version.document_id == document))


@pytest.fixture
def scheduled(world, version):
    return rounds.create_round(
        [version],
        opens_at=NOON,
        deadline=NOON + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )


@pytest.fixture
def opened(world, scheduled):
    rounds.open_round(scheduled, actor=world.secretariat, now=NOON)
    return scheduled


def test_opening_a_round_brings_its_document_into_negotiation(opened):
    assert db.session.get_one(Round, opened).state is RoundState.OPEN
    assert db.session.scalar(db.select(Document.state)) is DocumentState.NEGOTIATION


def test_a_delegate_cannot_open_a_round(world, scheduled):
    with pytest.raises(NotPermitted):
        rounds.open_round(scheduled, actor=world.actor("BLR"), now=NOON)


def test_a_version_has_one_round_at_a_time(world, version, opened):
    with pytest.raises(NotReady):
        rounds.create_round(
            [version],
            opens_at=NOON,
            deadline=NOON + DAY,
            zone="Asia/Shanghai",
            visibility=Visibility.OPEN,
            actor=world.secretariat,
            now=NOON,
        )


def test_an_unknown_zone_is_asked_for_again(world, version):
    with pytest.raises(Missing, match="time zone"):
        rounds.create_round(
            [version],
            opens_at=NOON,
            deadline=NOON + DAY,
            zone="Asia/Hangzhou",
            visibility=Visibility.OPEN,
            actor=world.secretariat,
            now=NOON,
        )


def test_an_extension_for_one_delegation_leaves_the_others_deadline(world, opened):
    iran = world.delegations["IRN"]

    rounds.extend_round(
        opened, NOON + 12 * DAY, reason="Holiday", delegation_id=iran, actor=world.secretariat, now=NOON
    )

    round_ = db.session.get_one(Round, opened)
    assert deadline_for(round_, iran) == NOON + 12 * DAY
    assert deadline_for(round_, world.delegations["BLR"]) == NOON + 10 * DAY


def test_an_extension_needs_a_reason(world, opened):
    with pytest.raises(Missing, match="reason"):
        rounds.extend_round(opened, NOON + 12 * DAY, reason=" ", actor=world.secretariat, now=NOON)


def test_a_round_does_not_close_before_the_last_deadline(world, opened):
    iran = world.delegations["IRN"]
    rounds.extend_round(opened, NOON + 12 * DAY, reason="-", delegation_id=iran, actor=world.secretariat, now=NOON)

    with pytest.raises(NotReady):
        rounds.close_round(opened, actor=system(world.body), now=NOON + 11 * DAY)


def test_the_first_to_come_after_the_deadline_records_the_closing(world, opened):
    rounds.close_round(opened, actor=world.actor("UZB"), now=NOON + 11 * DAY)

    assert db.session.get_one(Round, opened).state is RoundState.CLOSED


def test_a_closed_round_is_not_closed_twice(world, opened):
    rounds.close_round(opened, actor=system(world.body), now=NOON + 11 * DAY)

    with pytest.raises(TransitionNotAllowed):
        rounds.close_round(opened, actor=system(world.body), now=NOON + 11 * DAY)


def test_closing_early_is_moving_the_deadline_to_now(world, opened):
    now = NOON + DAY

    rounds.extend_round(opened, now, reason="All have answered", actor=world.secretariat, now=now)

    assert rounds.overdue_rounds(now) == ()
    assert rounds.overdue_rounds(now + DAY) == ((world.body, opened),)


def test_a_round_of_another_body_is_not_found(world, opened):
    with pytest.raises(NotFound):
        rounds.close_round(opened, actor=system("elsewhere"), now=NOON + 11 * DAY)


def test_a_round_is_opened_again_with_a_reason(world, opened):
    rounds.close_round(opened, actor=system(world.body), now=NOON + 11 * DAY)

    rounds.reopen_round(opened, NOON + 20 * DAY, reason="New mandate", actor=world.chair, now=NOON + 12 * DAY)

    assert db.session.get_one(Round, opened).state is RoundState.OPEN
