"""The pages everybody meets."""

import pytest

from app.negotiation.vocabulary import Role


def test_a_visitor_is_asked_to_sign_in(browser):
    page = browser.get("/")

    assert page.findtext(".//h1") == "Sign in"


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_a_member_sees_whom_they_act_for(browser, world, language):
    browser.sign_in(world.actor("BLR", Role.EXPERT), language)

    page = browser.get("/")

    assert {"en": "Belarus", "ru": "Беларусь", "zh": "白俄罗斯"}[language] in page.findtext(".//span[@class='who']/b")


def test_an_unknown_page_is_answered_in_words(browser, world):
    browser.sign_in(world.secretariat)

    page = browser.get("/nothing", status=404)

    assert page.findtext(".//h1") == "There is nothing here, or it is not open to you."


def test_the_language_can_be_chosen(browser):
    browser.post("/language/ru", {"back": "/sign-in"})

    assert browser.get("/sign-in").get("lang") == "ru"
