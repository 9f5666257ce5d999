"""The reading desk: the draft as a page."""

import pytest
from sqlalchemy import event

from app.models import db
from app.negotiation.vocabulary import PositionKind, Role, Visibility
from app.services import decisions, positions, proposals, releases
from app.text.changes import Operation
from app.text.provision import TEXT, Kind, Place, Provision
from app.text.runs import text
from tests.rounds import draft, make_round, submit
from tests.world import NOON, small_plan

DESK = "/documents/plan/versions/0"
SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def words(page, path):
    return [" ".join(node.text_content().split()) for node in page.xpath(path)]


def notes(page, key="p2"):
    return words(page, f"//section[@id='p-{key}']//div[contains(@class, 'note ') or @class='note']")


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_a_delegate_reads_the_draft_with_its_numbers(browser, world, round_, language):
    page = browser.sign_in(world.actor("BLR"), language).get(DESK)

    assert words(page, "//section[@id='p-p2']/a[@class='no']") == ["2."]
    assert "Стороны создают единую платформу" in words(page, "//section[@id='p-p2']/p")[0]
    assert page.xpath("//section[@id='p-p2']/p/@lang") == ["ru"]


def test_the_deadline_stands_in_the_bodys_zone_and_in_utc(browser, world, round_):
    page = browser.sign_in(world.actor("BLR")).get(DESK)

    facts = words(page, "//ul[@class='facts']")[0]
    assert "20 April 2025, 12:00 (Beijing), 04:00 UTC: 10 days left" in facts


def test_each_provision_says_how_it_stands(browser, world, round_):
    decisions.agree_provisions("plan", 0, ("p1",), agreed=True, actor=world.secretariat, now=NOON)

    page = browser.sign_in(world.actor("BLR")).get(DESK)

    assert words(page, "//section[@id='p-p1']//span[@class='st agreed']") == ["✓ agreed"]
    assert "7 provisions: 1 agreed, 0 in brackets, 6 open" in words(page, "//ul[@class='facts']")[0]
    assert page.xpath("//nav[@class='outline']//rect[@class='yes']/@width")[0] == "14"


def test_a_table_is_a_table_and_its_sets_print_in_the_bodys_order(browser, world, round_):
    page = browser.sign_in(world.actor("BLR")).get(DESK)

    assert words(page, "//tr[@id='p-r1']//ul[@class='states']/li") == ["Казахстан", "Россия"]
    assert words(page, "//thead//th") == ["№ п/п", "Мероприятия", "Сроки исполнения", "Исполнители"]


def test_a_submitted_proposal_stands_in_the_margin_as_a_redline(browser, world, round_):
    receipt = submit(round_, world.actor("IND"), round_.amended("p2", SHARED), why="Так понятнее.")
    positions.take_position(receipt.proposal, PositionKind.SUPPORTS, actor=world.actor("IRN"), now=NOON)

    page = browser.sign_in(world.actor("BLR")).get(DESK)

    (note,) = notes(page)
    assert note.startswith("India No. 1")
    assert "Так понятнее." in note
    assert "Supported by: Iran" in note
    assert words(page, "//section[@id='p-p2']//ins") == ["общедоступную"]


def test_colliding_proposals_say_with_whom(browser, world, round_):
    submit(round_, world.actor("IND"), round_.amended("p2", SHARED))
    submit(round_, world.actor("PAK"), round_.of(Operation.DELETE, "p2"))

    page = browser.sign_in(world.actor("BLR")).get(DESK)

    assert ["collides with: India" in note for note in notes(page)] == [False, True]


def test_an_inserted_paragraph_stands_beside_the_one_it_follows(browser, world, round_):
    block = (Provision("new", Kind.PARAGRAPH, 1, "s1", {TEXT: text("Стороны ежегодно отчитываются.")}),)
    submit(round_, world.actor("IND"), round_.of(Operation.INSERT, "", place=Place("s1", "p2"), block=block))

    page = browser.sign_in(world.actor("BLR")).get(DESK)

    assert "New after 2 Стороны ежегодно отчитываются." in notes(page)[0]


@pytest.mark.parametrize("who", ["IND", "SEC", "OBS"])
def test_a_draft_is_seen_by_its_own_delegation_alone(browser, world, round_, who):
    draft(round_, world.actor("BLR", Role.EXPERT), round_.amended("p2", SHARED), why="Секрет Беларуси.")
    releases.release_version("plan", 0, world.delegations["OBS"], actor=world.secretariat, now=NOON)
    actor = {"IND": world.actor("IND"), "SEC": world.secretariat, "OBS": world.observer}[who]

    others = browser.sign_in(actor).get(DESK)
    own = browser.sign_in(world.actor("BLR")).get(DESK)

    assert "Секрет Беларуси." not in others.text_content()
    assert "общедоступную" not in others.text_content()
    assert "Секрет Беларуси." in own.text_content()


def test_an_observer_reads_a_released_version_without_any_proposal(browser, world, round_):
    submit(round_, world.actor("IND"), round_.amended("p2", SHARED))
    releases.release_version("plan", 0, world.delegations["OBS"], actor=world.secretariat, now=NOON)

    page = browser.sign_in(world.observer).get(DESK)

    assert "Стороны создают единую платформу" in page.text_content()
    assert "India" not in page.text_content()
    assert "proposal" not in words(page, "//article")[0]


def test_an_unreleased_version_does_not_exist_for_an_observer(browser, world, round_):
    browser.sign_in(world.observer).get(DESK, status=404)


def test_a_round_open_to_the_secretariat_alone_shows_others_nothing(browser, world):
    round_ = make_round(world, Visibility.AT_CLOSE)
    submit(round_, world.actor("IND"), round_.amended("p2", SHARED), why="Секрет Индии.")

    other = browser.sign_in(world.actor("BLR")).get(DESK).text_content()
    staff = browser.sign_in(world.secretariat).get(DESK).text_content()

    assert "Секрет Индии." not in other
    assert "Секрет Индии." in staff


def test_a_withdrawn_proposal_is_listed_without_its_text(browser, world, round_):
    receipt = submit(round_, world.actor("IND"), round_.amended("p2", SHARED), why="Секрет Индии.")
    proposals.withdraw_proposal(receipt.proposal, actor=world.actor("IND"), now=NOON)

    page = browser.sign_in(world.actor("BLR")).get(f"/proposals/{receipt.proposal}")

    assert "withdrawn" in page.text_content()
    assert "Секрет Индии." not in page.text_content()


def test_search_folds_letters_and_says_how_often(browser, world, round_):
    page = browser.sign_in(world.actor("BLR")).get(DESK, query_string={"q": "СТОРОНЫ"})

    assert words(page, "//section[@class='found-list']//p")[0].startswith("“СТОРОНЫ” stands in 2 provisions.")
    assert page.xpath("//section[@class='found-list']//li/a/@href") == ["#p-p1", "#p-p2"]


def test_a_name_of_the_draft_is_not_markup(browser, world):
    from tests.world import make_document, paragraph

    edition = small_plan()
    bad = paragraph("bad", "<script>alert(1)</script>", label="<b>")
    make_document(world, "bad", type(edition)("ru", (*edition.provisions, bad)))

    page = browser.sign_in(world.secretariat).get("/documents/bad/versions/0")

    assert not page.xpath("//article//script")


def count_queries(browser, url):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        browser.get(url)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_the_number_of_queries_does_not_depend_on_the_size_of_the_document(browser, world, round_):
    submit(round_, world.actor("IND"), round_.amended("p2", SHARED))
    draft(round_, world.actor("BLR"), round_.amended("p1", SHARED))
    browser.sign_in(world.actor("BLR"))
    count_queries(browser, DESK)  # a text read for the first time takes two queries more
    few = count_queries(browser, DESK)

    for code in ("IRN", "PAK", "RUS"):
        for key in ("p1", "p2a", "p2b", "p3"):
            submit(round_, world.actor(code), round_.amended(key, f"{SHARED} {code}"))
    draft(round_, world.actor("BLR"), round_.amended("p3", SHARED))

    assert count_queries(browser, DESK) == few
