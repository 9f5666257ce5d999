"""A long draft on the reading desk: page by page, and still one text."""

import pytest

from app.text.changes import Operation
from app.text.pages import PAGE, pages
from tests.benchmarks.large import large_edition
from tests.rounds import OpenRound, draft, open_round_on, submit
from tests.world import make_document

SIZE = 2 * PAGE
DESK = "/documents/long/versions/0"
AMENDED = "Стороны поступают иначе."


@pytest.fixture
def long_round(world) -> OpenRound:
    return open_round_on(world, make_document(world, "long", large_edition(SIZE)))


def shown(page) -> list[str]:
    return [p.get("id") for p in page.iterfind(".//article//section") if p.get("id") not in ("p-",)]


def test_the_pages_together_are_the_text(browser, world, long_round):
    browser.sign_in(world.actor("BLR"))
    found, page = [], browser.get(DESK)
    while page is not None:
        found += shown(page)
        following = page.find(".//a[@rel='next']")
        page = browser.get(following.get("href")) if following is not None else None
    assert found == [f"p-{p.key}" for p in large_edition(SIZE)]


def test_the_outline_leads_to_every_page(browser, world, long_round):
    browser.sign_in(world.actor("BLR"))
    last = browser.get(DESK).findall(".//nav[@class='outline']//a")[-1].get("href")
    assert last.endswith("#p-s220")
    assert "p-s220" in shown(browser.get(last.partition("#")[0]))


def test_the_whole_text_can_be_had_on_one_page(browser, world, long_round):
    browser.sign_in(world.actor("BLR"))
    assert len(shown(browser.get(f"{DESK}?whole=yes"))) == SIZE


def test_a_proposal_is_shown_on_the_page_of_its_provision(browser, world, long_round):
    submit(long_round, world.actor("IND"), long_round.amended("p201", AMENDED))
    browser.sign_in(world.actor("BLR"))
    assert not browser.get(DESK).findall(".//div[@class='note']")
    assert len(browser.get(f"{DESK}?at=p201").findall(".//div[@class='note']")) == 1


def test_a_deleted_section_collides_on_the_pages_of_its_provisions(browser, world, long_round):
    submit(long_round, world.actor("IND"), long_round.amended("p201", AMENDED))
    submit(long_round, world.actor("KAZ"), long_round.of(Operation.DELETE, "s200"))
    browser.sign_in(world.actor("BLR"))
    note = browser.get(f"{DESK}?at=p201").find(".//section[@id='p-p201']//div[@class='note']")
    assert "Kazakhstan" in note.findtext("span[@class='conflict']")


def test_a_draft_on_a_later_page_is_found_again_after_saving(browser, world, long_round):
    browser.sign_in(world.actor("BLR"))
    form = browser.get(f"{DESK}?propose=p201")
    page = browser.press(form, "Save the draft", part_0=AMENDED)
    assert page.find(".//section[@id='p-p201']//div[@class='note mine draft']") is not None


def test_the_form_opens_on_the_draft_of_a_later_page(browser, world, long_round):
    draft(long_round, world.actor("BLR"), long_round.amended("p201", AMENDED))
    browser.sign_in(world.actor("BLR"))
    assert AMENDED in browser.get(f"{DESK}?propose=p201").findtext(".//textarea[@name='part_0']")


def test_a_search_finds_what_stands_on_another_page(browser, world, long_round):
    browser.sign_in(world.actor("BLR"))
    found = browser.get(f"{DESK}?q=РАЗДЕЛ 12").find(".//section[@class='found-list']//li/a")
    assert "at=s220" in found.get("href")


def test_pages_end_where_sections_do():
    edition = large_edition(SIZE)
    assert [edition.provisions[page.start].key for page in pages(edition)] == ["s0", "s120"]
