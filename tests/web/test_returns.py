"""The preview of what came back: looked at, completed, confirmed."""

import pytest

from app.negotiation.vocabulary import Role
from app.queries.drafts import list_drafts
from app.queries.return_items import UnclearPlace
from app.text.changes import Operation
from tests.returning import came_back
from tests.rounds import draft, make_round
from tests.world import NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def belarus(world):
    return world.actor("BLR")


def test_a_preview_shows_each_change_as_a_redline_with_its_reason(browser, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED), unclear=[UnclearPlace("p1", "format", "слово")])

    page = browser.sign_in(belarus).get(f"/returns/{found}")

    (item,) = page.xpath("//section[@id='item-0']")
    assert "".join(item.xpath(".//ins//text()")).strip() == "общедоступную"
    assert "Так точнее." in item.text_content()
    assert "A change of format alone" in page.text_content()


def test_unticking_drops_a_change(browser, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    page = browser.sign_in(belarus).get(f"/returns/{found}")

    browser.press(page, "Make drafts of what is ticked", keep=["1"])

    assert [d.changes[0].key for d in list_drafts(round_.id, actor=belarus)] == ["p3"]


def test_completing_rewords_a_change(browser, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED))
    page = browser.sign_in(belarus).get(f"/returns/{found}?open=0")

    fields = {"words-0-0-0-0": "Стороны создают платформу.", "justification-0": "Короче."}
    browser.press(page, "Make drafts of what is ticked", **fields)

    (made,) = list_drafts(round_.id, actor=belarus)
    assert made.justification == "Короче."
    assert "".join(run.text for run in made.changes[0].change().parts["text"]) == "Стороны создают платформу."


def test_opening_an_item_keeps_what_was_ticked_before(browser, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    page = browser.sign_in(belarus).get(f"/returns/{found}")

    page = browser.press(page, "Complete 2", keep=["1"])

    assert [box.get("value") for box in page.xpath("//input[@name='keep'][@checked]")] == ["1"]


def test_the_cells_and_states_of_a_new_row_can_be_completed(browser, belarus, round_):
    found = came_back(round_, belarus, round_.with_states("r1", "who", "KAZ"))
    page = browser.sign_in(belarus).get(f"/returns/{found}?open=0")
    (name,) = {box.get("name") for box in page.xpath("//div[@class='checks']//input")}

    browser.press(page, "Make drafts of what is ticked", **{name: ["KAZ", "BLR"]})

    (made,) = list_drafts(round_.id, actor=belarus)
    assert made.changes[0].change().parts["who"].members == {"KAZ", "BLR"}


def test_what_the_delegation_has_already_stands_beside(browser, belarus, round_):
    draft(round_, belarus, round_.of(Operation.DELETE, "p2"))
    found = came_back(round_, belarus, round_.amended("p2", SHARED))

    page = browser.sign_in(belarus).get(f"/returns/{found}")
    browser.press(page, "Make drafts of what is ticked", **{"present-0": "skip"}, status=422)

    assert page.xpath("//fieldset[@class='present']//del")
    assert [d.changes[0].operation for d in list_drafts(round_.id, actor=belarus)] == [Operation.DELETE]


def test_a_confirmed_preview_says_so(browser, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED))
    page = browser.sign_in(belarus).get(f"/returns/{found}")
    browser.press(page, "Make drafts of what is ticked")

    page = browser.get(f"/returns/{found}")

    assert "Drafts are made of this" in page.text_content()
    assert not page.xpath("//input[@name='keep']")


def test_others_find_nothing(browser, world, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED), content=b"bytes")

    for actor in (world.actor("IND"), world.secretariat, world.chair):
        browser.sign_in(actor)
        browser.get(f"/returns/{found}", status=404)
        browser.get(f"/returns/{found}/file", status=404)
        browser.post(f"/returns/{found}", status=404)
        browser.post(f"/returns/{found}/delete", status=404)


def test_an_upload_is_deleted(browser, world, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED), content=b"bytes")
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get(f"/returns/{found}")

    browser.press(page, "Delete this upload")

    browser.get(f"/returns/{found}", status=404)
    assert list_drafts(round_.id, actor=belarus) == ()
    assert NOON


def test_who_saves_after_a_colleague_is_told_and_keeps_what_was_typed(browser, belarus, round_):
    found = came_back(round_, belarus, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    page = browser.sign_in(belarus).get(f"/returns/{found}?open=0")
    browser.press(page, "Save the wording", **{"words-0-0-0-0": "Стороны создают сеть.", "keep": ["0", "1"]})

    typed = {"words-0-0-0-0": "Стороны создают площадку.", "justification-0": "Проще.", "keep": ["0"]}
    told = browser.press(page, "Save the wording", status=412, **typed)

    assert told.xpath("//div[@role='alert']")
    assert "сеть" in told.xpath("//section[@id='item-0']//ins")[0].text_content()
    assert told.xpath("//textarea[@name='words-0-0-0-0']")[0].text.strip() == "Стороны создают площадку."
    assert told.xpath("//textarea[@name='justification-0']")[0].text.strip() == "Проще."
    assert [box.get("value") for box in told.xpath("//input[@name='keep'][@checked]")] == ["0"]
