"""Deadlines on the screen: moved with a reason, after they were shown in several clocks."""

from datetime import timedelta

import pytest

from app.models import db
from app.models.rounds import Extension, Round
from app.negotiation.actors import system
from app.negotiation.vocabulary import RoundState
from app.queries.rounds import deadline_for
from app.services import rounds
from tests.rounds import DEADLINE
from tests.scheduled import open_round
from tests.web.test_rounds import words
from tests.world import DAY, NOON


@pytest.fixture
def round_id(world):
    return open_round(world)


@pytest.fixture
def officer(browser, world, round_id):
    return browser.sign_in(world.secretariat)


def the_round():
    db.session.expire_all()
    return db.session.query(Round).one()


LATER = {"deadline_on": "2025-04-25", "deadline_at": "12:00", "zone": "Asia/Shanghai", "reason": "Holiday"}


def test_the_deadline_is_moved_after_it_was_shown(officer):
    page = officer.press(officer.get("/rounds/1/extend"), "Continue", **LATER)
    assert the_round().deadline == DEADLINE

    page = officer.press(page, "Move the deadline")

    assert the_round().deadline == DEADLINE + 5 * DAY
    assert "The deadline is moved." in words(page)


def test_pressing_twice_moves_it_once(officer):
    page = officer.press(officer.get("/rounds/1/extend"), "Continue", **LATER)

    for _ in range(2):
        officer.press(page, "Move the deadline")

    assert db.session.query(Extension).count() == 1


def test_one_delegation_gets_a_deadline_of_its_own(officer, world, browser):
    iran = world.delegations["IRN"]
    page = officer.press(officer.get("/rounds/1/extend"), "Continue", delegation=iran, **LATER)
    assert "A new deadline for Iran alone" in words(page)

    page = officer.press(page, "Move the deadline")

    assert the_round().deadline == DEADLINE
    assert deadline_for(the_round(), iran) == DEADLINE + 5 * DAY
    assert "own deadline: Holiday" in words(page)
    assert "deadline is your delegation's own" in words(browser.sign_in(world.actor("IRN")).get("/rounds/1"))
    assert "25 April" not in words(browser.sign_in(world.actor("BLR")).get("/rounds/1"))


def test_a_moved_deadline_needs_a_reason(officer):
    page = officer.press(officer.get("/rounds/1/extend"), "Continue", status=422, **(LATER | {"reason": ""}))

    assert "Enter the reason: it goes on the record." in words(page)
    assert page.xpath("//input[@name='deadline_on']/@value") == ["2025-04-25"]


def test_shortening_says_so_plainly(officer):
    soon = {"deadline_on": "2025-04-10", "deadline_at": "12:10", "zone": "Asia/Shanghai", "reason": "All done"}

    page = officer.press(officer.get("/rounds/1/extend"), "Continue", **soon)

    alert = words(page.xpath("//div[@role='alert']")[0])
    assert "This shortens the time." in alert
    assert "Less than fifteen minutes are left" in alert


def test_closing_early_names_whom_it_cuts_off(officer):
    page = officer.get("/rounds/1/close")

    alert = words(page.xpath("//div[@role='alert']")[0])
    assert "without notice" in alert
    assert "10 delegations have not answered: Belarus, India" in alert


def test_closing_early_takes_nothing_more_from_this_instant(officer, clock):
    officer.press(officer.get("/rounds/1/close"), "Close the round now", reason="All have answered")

    assert the_round().deadline == NOON
    assert the_round().state is RoundState.OPEN


def test_closing_early_twice_is_closing_once(officer, clock):
    page = officer.get("/rounds/1/close")
    officer.press(page, "Close the round now", reason="All have answered")
    clock.at = NOON + timedelta(seconds=2)

    officer.press(page, "Close the round now", reason="All have answered")

    assert the_round().deadline == NOON
    assert db.session.query(Extension).count() == 1


@pytest.mark.parametrize("path", ["/rounds", "/rounds/1", "/"])
def test_the_first_page_after_the_lock_s_time_out_closes_the_round(browser, world, round_id, clock, path):
    clock.at = DEADLINE + timedelta(seconds=rounds.LOCK_SECONDS)

    browser.sign_in(world.actor("UZB")).get(path)

    assert the_round().state is RoundState.CLOSED


def test_before_the_lock_s_time_out_the_round_is_not_closed(browser, world, round_id, clock):
    clock.at = DEADLINE + timedelta(seconds=rounds.LOCK_SECONDS - 1)

    page = browser.sign_in(world.actor("UZB")).get("/rounds/1")

    assert the_round().state is RoundState.OPEN
    assert "The deadline has passed." in words(page)


def test_a_closed_round_is_opened_again(officer, world, round_id):
    rounds.close_round(round_id, actor=system(world.body), now=DEADLINE + DAY)

    page = officer.press(officer.get("/rounds/1/reopen"), "Continue", **LATER)
    for _ in range(2):
        officer.press(page, "Open the round again")

    assert the_round().state is RoundState.OPEN
    assert the_round().deadline == DEADLINE + 5 * DAY


def test_an_open_round_cannot_be_opened_again(officer):
    officer.get("/rounds/1/reopen", status=409)


def test_a_delegate_moves_no_deadline(browser, world, round_id):
    browser.sign_in(world.actor("BLR"))

    for path in ("extend", "close", "reopen", "times", "open"):
        browser.post(f"/rounds/1/{path}", LATER, status=404)

    assert the_round().deadline == DEADLINE


def test_letters_to_copy_are_offered_where_no_mail_is_sent(officer):
    page = officer.get("/rounds/1/reminders")

    assert "This installation sends no mail" in words(page)
    assert len(page.xpath("//textarea")) == 10
    letter = page.xpath("//textarea")[0]
    assert "воскресенье, 20 апреля 2025 г., 12:00 (Пекин)" in words(letter)
    assert letter.get("lang") == "ru"


def test_reminders_go_out_once_a_day(app, officer):
    from dataclasses import replace

    from app.models.accounts import Outbox

    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_server="relay.example.org")
    page = officer.get("/rounds/1/reminders")

    first = officer.press(page, "Send the reminders")
    again = officer.press(page, "Send the reminders")

    assert "10 delegations are reminded." in words(first)
    assert "reminded today already" in words(again)
    assert db.session.query(Outbox).count() == 10
