"""Rounds on the screen: made, looked at, opened."""

import pytest

from app.models import db
from app.models.rounds import Round
from app.negotiation.vocabulary import Role, RoundState, Visibility
from tests.rounds import DEADLINE
from tests.scheduled import open_round, schedule_round, version_of
from tests.world import DAY, NOON, make_document


@pytest.fixture
def typed(world):
    """What an officer types: 20 April 2025, 18:00 in Beijing."""
    return {
        "versions": [version_of(make_document(world))],
        "deadline_on": "2025-04-20",
        "deadline_at": "18:00",
        "zone": "Asia/Shanghai",
        "opens": "now",
        "visibility": "open",
        "title": "First reading",
        "note": "Please answer in time.",
    }


@pytest.fixture
def officer(browser, world):
    return browser.sign_in(world.secretariat)


def words(page):
    return " ".join(page.text_content().split())


def test_nothing_is_saved_before_the_deadline_was_shown_in_several_clocks(officer, typed):
    page = officer.post("/rounds/new", typed)

    clocks = [f"{row.findtext('th')}: {row.findtext('td')}" for row in page.xpath("//table[@class='moments']//tr")]
    assert clocks == [
        "Beijing: Sunday, 20 April 2025, 18:00",
        "UTC: Sunday, 20 April 2025, 10:00",
        "Minsk: Sunday, 20 April 2025, 13:00",
        "Astana: Sunday, 20 April 2025, 15:00",
        "Bishkek: Sunday, 20 April 2025, 16:00",
    ]
    assert db.session.query(Round).count() == 0


def test_a_confirmed_round_is_open(officer, typed):
    page = officer.press(officer.post("/rounds/new", typed), "Open the round")

    round_ = db.session.query(Round).one()
    assert round_.state is RoundState.OPEN
    assert round_.deadline.isoformat() == "2025-04-20T10:00:00+00:00"
    assert page.findtext(".//h1") == "Round 1: First reading"


def test_a_second_click_opens_no_second_round(officer, typed):
    page = officer.post("/rounds/new", typed)
    officer.press(page, "Open the round")

    officer.press(page, "Open the round")

    assert db.session.query(Round).count() == 1


def test_something_can_be_corrected_before_it_is_saved(officer, typed):
    page = officer.press(officer.post("/rounds/new", typed), "Correct something")

    assert page.xpath("//input[@name='title']/@value") == ["First reading"]
    assert page.xpath("//input[@name='deadline_at']/@value") == ["18:00"]
    assert page.xpath("//input[@name='versions']/@checked")


def test_a_round_can_open_by_itself_later(officer, typed, clock):
    later = typed | {"opens": "later", "opens_on": "2025-04-11", "opens_at": "09:00"}
    officer.press(officer.post("/rounds/new", later), "Schedule the round")
    assert db.session.query(Round).one().state is RoundState.SCHEDULED

    clock.at = NOON + DAY
    officer.get("/rounds")

    db.session.expire_all()
    assert db.session.query(Round).one().state is RoundState.OPEN


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"versions": []}, "Choose at least one document."),
        ({"deadline_on": "04/20/2025"}, "Enter a date as year-month-day, such as 2025-05-09."),
        ({"deadline_at": "6 pm"}, "Enter a time of 24 hours, such as 18:00."),
        ({"deadline_on": "2025-04-01"}, "This deadline has passed already."),
        ({"opens": "later"}, "Enter a date as year-month-day, such as 2025-05-09."),
        ({"opens": "later", "opens_on": "2025-04-21", "opens_at": "09:00"}, "The deadline is not after the opening."),
    ],
)
def test_a_mistyped_round_is_asked_for_again(officer, typed, wrong, message):
    page = officer.post("/rounds/new", typed | wrong, status=422)

    assert message in words(page.xpath("//div[@role='alert']")[0])
    assert page.xpath("//textarea[@name='note']")[0].text.strip() == "Please answer in time."


@pytest.mark.parametrize("path", ["/rounds/new", "/rounds/1/extend", "/rounds/1/close", "/rounds/1/reminders"])
@pytest.mark.parametrize("code", ["BLR", "OBS"])
def test_the_secretariat_s_pages_do_not_exist_for_others(browser, world, path, code):
    open_round(world)
    browser.sign_in(world.observer if code == "OBS" else world.actor(code))

    browser.get(path, status=404)


def test_a_delegate_does_not_see_a_scheduled_round(browser, world):
    schedule_round(world, opens_at=NOON + DAY)
    browser.sign_in(world.actor("BLR"))

    assert "There has been no round yet." in words(browser.get("/rounds"))
    browser.get("/rounds/1", status=404)


def test_an_observer_sees_no_rounds(browser, world):
    open_round(world)
    browser.sign_in(world.observer)

    browser.get("/rounds", status=404)
    browser.get("/rounds/1", status=404)


def test_a_delegate_sees_its_deadline_in_its_own_view(browser, world):
    open_round(world, note="Please answer in time.")

    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get("/rounds/1")

    assert "Please answer in time." in words(page)
    assert "20 April 2025, 12:00" in words(page)
    assert "Iran" not in words(page)


def test_the_board_names_who_is_awaited(officer, world):
    open_round(world)

    page = officer.get("/rounds/1")

    assert "0 of 10 have answered" in words(page)
    assert [row.findtext("th") for row in page.xpath("//table[contains(@class,'board')]/tbody/tr")][:2] == [
        "Belarus",
        "India",
    ]


def test_the_chair_reads_the_board_without_the_officer_s_buttons(browser, world):
    open_round(world)

    page = browser.sign_in(world.chair).get("/rounds/1")

    assert "have answered" in words(page)
    assert "Extend the deadline" not in words(page)


def test_a_scheduled_round_can_be_opened_at_once(officer, world):
    schedule_round(world, opens_at=NOON + DAY)

    page = officer.press(officer.get("/rounds/1"), "Open it now")

    assert "open" in words(page.xpath("//ul[@class='facts']")[0])
    assert db.session.query(Round).one().state is RoundState.OPEN


def test_opening_twice_is_opening_once(officer, world):
    schedule_round(world, opens_at=NOON + DAY)

    for _ in range(2):
        officer.post("/rounds/1/open")

    assert db.session.query(Round).one().state is RoundState.OPEN


def test_the_times_of_a_scheduled_round_can_be_changed(officer, world):
    schedule_round(world, opens_at=NOON + DAY)
    page = officer.get("/rounds/1/times")

    page = officer.press(page, "Continue", deadline_on="2025-04-25")
    officer.press(page, "Save these times")

    assert db.session.query(Round).one().deadline == DEADLINE + 5 * DAY


def test_a_round_hidden_until_its_close_says_so(officer, world):
    open_round(world, visibility=Visibility.AT_CLOSE)

    assert "only when the round has closed" in words(officer.get("/rounds/1"))


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_the_board_has_no_gaps_in_other_languages(browser, world, language):
    open_round(world)

    page = browser.sign_in(world.secretariat, language).get("/rounds/1")

    assert {"ru": "Беларусь", "zh": "白俄罗斯"}[language] in words(page)
