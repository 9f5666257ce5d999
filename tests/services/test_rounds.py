"""Rounds open, move their deadline, and close by the instant."""

from datetime import timedelta

import pytest

from app.models import db
from app.models.documents import Document, Version
from app.models.record import Event
from app.models.rounds import Extension, Round
from app.negotiation.actors import system
from app.negotiation.errors import Missing, NotFound, NotPermitted, NotReady, TransitionNotAllowed
from app.negotiation.vocabulary import DocumentState, RoundState, Visibility
from app.queries.rounds import deadline_for
from app.services import rounds
from tests.world import DAY, NOON, make_document

MINUTE = timedelta(minutes=1)


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


def test_the_same_round_asked_for_twice_is_one_round(world, version, scheduled):
    again = rounds.create_round(
        [version],
        opens_at=NOON,
        deadline=NOON + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON + MINUTE,
    )

    assert again == scheduled


def test_a_round_whose_deadline_has_passed_is_not_created(world, version):
    with pytest.raises(NotReady):
        rounds.create_round(
            [version],
            opens_at=NOON - 2 * DAY,
            deadline=NOON - DAY,
            zone="Asia/Shanghai",
            visibility=Visibility.OPEN,
            actor=world.secretariat,
            now=NOON,
        )


def test_a_scheduled_round_can_be_given_other_times(world, scheduled):
    rounds.reschedule_round(
        scheduled,
        opens_at=NOON + DAY,
        deadline=NOON + 5 * DAY,
        zone="Europe/Minsk",
        actor=world.secretariat,
        now=NOON,
    )

    round_ = db.session.get_one(Round, scheduled)
    assert (round_.opens_at, round_.deadline, round_.zone) == (NOON + DAY, NOON + 5 * DAY, "Europe/Minsk")


def test_an_open_round_is_extended_not_rescheduled(world, opened):
    with pytest.raises(TransitionNotAllowed):
        rounds.reschedule_round(
            opened, opens_at=NOON, deadline=NOON + 5 * DAY, zone="UTC", actor=world.secretariat, now=NOON
        )


def test_a_round_opened_before_its_time_opens_now(world, version):
    round_id = rounds.create_round(
        [version],
        opens_at=NOON + 2 * DAY,
        deadline=NOON + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )

    rounds.open_round(round_id, actor=world.secretariat, now=NOON + DAY)

    assert db.session.get_one(Round, round_id).opens_at == NOON + DAY


def test_the_same_extension_twice_is_one_extension(world, opened):
    for _ in range(2):
        rounds.extend_round(opened, NOON + 12 * DAY, reason="Holiday", actor=world.secretariat, now=NOON)

    assert db.session.query(Extension).count() == 1


def test_the_deadline_of_all_is_not_moved_once_it_has_passed(world, opened):
    late = NOON + 10 * DAY

    with pytest.raises(NotReady):
        rounds.extend_round(opened, late + DAY, reason="Too late", actor=world.secretariat, now=late)


def test_one_delegation_gets_more_time_as_long_as_the_round_is_open(world, opened):
    iran, late = world.delegations["IRN"], NOON + 10 * DAY

    rounds.extend_round(
        opened, late + DAY, reason="Power cut", delegation_id=iran, actor=world.secretariat, now=late + MINUTE / 10
    )

    assert deadline_for(db.session.get_one(Round, opened), iran) == late + DAY


def test_a_delegation_s_own_deadline_is_an_event_of_its_own(world, opened):
    iran = world.delegations["IRN"]

    rounds.extend_round(opened, NOON + 12 * DAY, reason="-", delegation_id=iran, actor=world.secretariat, now=NOON)

    assert db.session.scalars(db.select(Event.action)).all()[-1] == "extension.grant"


def test_a_delegate_cannot_extend_a_round(world, opened):
    with pytest.raises(NotPermitted):
        rounds.extend_round(opened, NOON + 12 * DAY, reason="-", actor=world.actor("BLR"), now=NOON)


def test_shortening_leaves_a_delegation_s_own_later_deadline(world, opened):
    iran = world.delegations["IRN"]
    rounds.extend_round(opened, NOON + 12 * DAY, reason="-", delegation_id=iran, actor=world.secretariat, now=NOON)

    rounds.extend_round(opened, NOON + DAY, reason="All others done", actor=world.secretariat, now=NOON + DAY)

    assert deadline_for(db.session.get_one(Round, opened), iran) == NOON + 12 * DAY
    assert rounds.overdue_rounds(NOON + 2 * DAY) == ()


def test_reopening_twice_is_reopening_once(world, opened):
    rounds.close_round(opened, actor=system(world.body), now=NOON + 11 * DAY)
    for _ in range(2):
        rounds.reopen_round(opened, NOON + 20 * DAY, reason="-", actor=world.secretariat, now=NOON + 12 * DAY)

    assert db.session.scalars(db.select(Event.action)).all().count("round.reopen") == 1


def test_the_clock_opens_a_round_whose_time_has_come(world, version):
    round_id = rounds.create_round(
        [version],
        opens_at=NOON + DAY,
        deadline=NOON + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )

    assert rounds.keep_time(NOON + DAY - MINUTE) == 0
    assert rounds.keep_time(NOON + DAY) == 1
    assert db.session.get_one(Round, round_id).state is RoundState.OPEN
    assert db.session.scalar(db.select(Document.state)) is DocumentState.NEGOTIATION


def test_the_clock_closes_a_round_only_after_the_lock_s_time_out(world, opened):
    deadline = NOON + 10 * DAY

    assert rounds.keep_time(deadline) == 0
    assert rounds.keep_time(deadline + timedelta(seconds=rounds.LOCK_SECONDS)) == 1
    assert db.session.get_one(Round, opened).state is RoundState.CLOSED


def test_the_clock_does_nothing_twice(world, opened):
    rounds.keep_time(NOON + 11 * DAY)

    assert rounds.keep_time(NOON + 11 * DAY) == 0
