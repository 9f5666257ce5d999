"""What somebody types into an open form always shows as a change, however early they type it."""

import pytest

from app.negotiation.vocabulary import Role

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

DRAFT = "/documents/action-plan/versions/1"
AT_ONCE = """
new MutationObserver(() => {
  const area = document.querySelector("form.edit textarea[name=part_0]");
  if (!area || area.dataset.typed) return;
  area.dataset.typed = "1";
  area.value = "Сразу. " + area.value;
  area.dispatchEvent(new Event("input", {bubbles: true}));
}).observe(document, {childList: true, subtree: true});
"""
"""Types at the very moment when the form is in the page."""


@pytest.fixture
def page(enter, person):
    return enter(person(Role.FOCAL_POINT, "CHN"))


def test_words_typed_the_moment_the_form_opens_show_as_a_change(page):
    page.add_init_script(AT_ONCE)
    page.goto(DRAFT)

    page.locator("#p-p48").get_by_role("link").filter(has_text="Propose").first.click()

    page.locator(".preview ins", has_text="Сразу.").wait_for()


def test_words_typed_before_the_script_has_come_show_as_a_change(page):
    page.add_init_script(AT_ONCE)

    page.goto(f"{DRAFT}?propose=p48&as=amend")

    page.locator(".preview ins", has_text="Сразу.").wait_for()


def test_words_that_the_back_button_brings_back_show_as_a_change(page):
    page.goto(f"{DRAFT}?propose=p48&as=amend")
    page.locator("[name=part_0]").fill("Совсем иначе.")
    page.locator(".preview ins", has_text="иначе").wait_for()

    page.goto("/delegation")
    page.go_back()

    assert page.locator("[name=part_0]").input_value() == "Совсем иначе."
    page.locator(".preview ins", has_text="иначе").wait_for()
