"""The consent sheet: who sees whose answer, how one answers, and what came by letter."""

import pytest

from app.negotiation.vocabulary import ConsentAnswer, Role
from app.services import consents
from tests.rounds import make_round
from tests.world import DAY, NOON

URL = "/documents/plan/versions/0/consents"


@pytest.fixture
def opened(world):
    return make_round(world)


def lines(page):
    return {
        row.findtext("th"): " ".join(row.xpath("td")[0].text_content().split()) for row in page.xpath("//table//tr[td]")
    }


def test_no_answer_is_no_consent(browser, world, opened):
    page = browser.sign_in(world.secretariat).get(URL)

    assert len(lines(page)) == 10
    assert set(lines(page).values()) == {"no answer yet"}


def test_a_focal_point_answers_for_its_delegation(browser, world, opened):
    browser.sign_in(world.actor("BLR"))

    page = browser.press(browser.get(URL), "Record the answer", answer="not_interested")

    assert lines(page) == {"Belarus": "not interested"}


def test_a_delegation_sees_its_own_answer_alone(browser, world, opened):
    consents.give_consent("plan", 0, ConsentAnswer.NOT_AGREED, remark="Тайна", actor=world.actor("IRN"), now=NOON)

    page = browser.sign_in(world.actor("BLR")).get(URL)

    assert "Тайна" not in page.text_content()
    assert list(lines(page)) == ["Belarus"]


def test_the_chair_sees_all_answers_without_a_form(browser, world, opened):
    consents.give_consent("plan", 0, ConsentAnswer.AGREED, actor=world.actor("IRN"), now=NOON)

    page = browser.sign_in(world.chair).get(URL)

    assert lines(page)["Iran"] == "agreed"
    assert not page.xpath("//form[contains(@action, 'consents')]")


def test_an_expert_sees_the_answer_without_a_form(browser, world, opened):
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get(URL)

    assert list(lines(page)) == ["Belarus"]
    assert not page.xpath("//form[contains(@action, 'consents')]")


def test_an_expert_does_not_answer(browser, world, opened):
    browser.sign_in(world.actor("BLR", Role.EXPERT)).post(URL, {"answer": "agreed", "remark": ""}, status=403)


def test_an_observer_finds_no_sheet(browser, world, opened):
    browser.sign_in(world.observer).get(URL, status=404)


def test_agreed_with_remarks_asks_for_them(browser, world, opened):
    page = browser.sign_in(world.actor("BLR")).get(URL)

    page = browser.press(page, "Record the answer", answer="agreed_with_remarks", status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#remark"]
    assert page.xpath("//select[@name='answer']/option[@selected]/@value") == ["agreed_with_remarks"]


def test_the_secretariat_enters_a_letter(browser, world, opened):
    page = browser.sign_in(world.secretariat).get(URL)
    iran = world.delegations["IRN"]
    fields = {"delegation": iran, "answer": "agreed_at_expert_level", "letter_number": "118"}

    page = browser.press(page, "Record the answer", status=422, **fields)
    assert page.xpath("//div[@role='alert']//a/@href") == ["#letter_on"]
    page = browser.press(page, "Record the answer", letter_on="2025-04-22")

    (row,) = page.xpath("//tr[th='Iran']")
    assert "subject to internal procedures" in row.text_content()
    assert "No. 118, 22 April 2025" in row.text_content()


def test_earlier_answers_stay_to_be_seen(browser, world, opened):
    belarus = world.actor("BLR")
    consents.give_consent("plan", 0, ConsentAnswer.NOT_AGREED, remark="Пункт 2.", actor=belarus, now=NOON)
    consents.give_consent("plan", 0, ConsentAnswer.AGREED, actor=belarus, now=NOON + DAY)

    page = browser.sign_in(world.secretariat).get(URL)

    (row,) = page.xpath("//tr[th='Belarus']")
    assert row.find_class("consent")[0].text_content() == "agreed"
    assert "not agreed" in row.find_class("earlier")[0].text_content()
