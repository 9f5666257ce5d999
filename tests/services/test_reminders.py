"""Reminders go to focal points, once a day; the outbox sends each letter once."""

from datetime import timedelta
from smtplib import SMTPException

import pytest

from app.models import db
from app.models.accounts import Outbox, User
from app.models.record import Event
from app.models.rounds import Round
from app.negotiation.errors import NotFound, NotPermitted, NotReady
from app.services import outbox, reminders, rounds
from tests.scheduled import open_round
from tests.world import DAY, NOON


def _reminder(world, code="IRN"):
    address = db.session.scalar(db.select(User.email).where(User.public_id == world.actor(code).user))
    return reminders.Reminder(world.delegations[code], address, "Round 1", "Please answer.")


@pytest.fixture
def round_id(world):
    return open_round(world)


def test_a_reminder_waits_in_the_outbox(world, round_id):
    told = reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=NOON)

    assert told == ("IRN",)
    assert db.session.scalars(db.select(Outbox.to)).all() == ["focal_point.irn@example.org"]
    assert db.session.scalars(db.select(Event.action)).all()[-1] == "round.remind"


def test_a_delegation_is_reminded_once_a_day(world, round_id):
    reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=NOON)

    assert reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=NOON) == ()
    assert reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=NOON + DAY) == ("IRN",)


def test_the_day_is_that_of_the_round_s_zone(world, round_id):
    evening = NOON.replace(hour=15, minute=30)
    reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=evening)

    told = reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=evening + timedelta(hours=1))

    assert told == ("IRN",)


def test_a_letter_goes_only_to_the_delegation_s_own_focal_point(world, round_id):
    stranger = reminders.Reminder(world.delegations["IRN"], "focal_point.blr@example.org", "-", "-")

    with pytest.raises(NotFound):
        reminders.remind(round_id, [stranger], actor=world.secretariat, now=NOON)


def test_a_delegate_reminds_nobody(world, round_id):
    with pytest.raises(NotPermitted):
        reminders.remind(round_id, [_reminder(world)], actor=world.actor("BLR"), now=NOON)


def test_nobody_is_reminded_of_a_deadline_that_has_passed(world, round_id):
    with pytest.raises(NotReady):
        reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=NOON + 10 * DAY)


def test_nobody_is_reminded_of_a_closed_round(world, round_id):
    rounds.keep_time(NOON + 11 * DAY)

    with pytest.raises(NotReady):
        reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=NOON + 11 * DAY)


def test_a_letter_is_sent_once(world, round_id):
    reminders.remind(round_id, [_reminder(world)], actor=world.secretariat, now=NOON)
    sent = []

    for _ in range(2):
        outbox.send_waiting(lambda *letter: sent.append(letter), now=NOON)

    assert sent == [("focal_point.irn@example.org", "Round 1", "Please answer.")]


def test_a_letter_that_cannot_be_sent_waits_for_the_next_time(world, round_id):
    reminders.remind(round_id, [_reminder(world), _reminder(world, "BLR")], actor=world.secretariat, now=NOON)
    sent = []

    def flaky(to, _subject, _text):
        if "irn" in to and not sent:
            raise SMTPException("the relay sleeps")
        sent.append(to)

    first = outbox.send_waiting(flaky, now=NOON)
    second = outbox.send_waiting(flaky, now=NOON)

    assert (first, second) == (1, 1)
    assert db.session.scalars(db.select(Outbox.tries).order_by(Outbox.id)).all() == [2, 1]


def test_a_letter_that_cannot_be_written_holds_up_no_other(world, round_id):
    reminders.remind(round_id, [_reminder(world), _reminder(world, "BLR")], actor=world.secretariat, now=NOON)
    sent = []

    def strict(to, _subject, _text):
        if "irn" in to:
            raise ValueError("Header values may not contain linefeed or carriage return characters")
        sent.append(to)

    assert outbox.send_waiting(strict, now=NOON) == 1
    assert sent == ["focal_point.blr@example.org"]
    assert db.session.scalars(db.select(Outbox.tries).order_by(Outbox.id)).all() == [1, 1]


def test_a_name_with_line_breaks_adds_no_header_to_a_mail():
    mail = outbox.mail("chapeau@example.org", "a@example.org", "Invitation: Body\r\nBcc: all@example.org", "-")

    assert mail["Subject"] == "Invitation: Body Bcc: all@example.org"
    assert mail.keys() == ["From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]


def test_a_tick_closes_what_is_over(app, world, round_id):
    from app.jobs import tick

    tick(app, now=NOON + 11 * DAY)

    assert db.session.get_one(Round, round_id).state == "closed"
