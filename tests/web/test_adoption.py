"""A document agreed, reopened and adopted on the screen, and its final Word file."""

import io
from datetime import date

import pytest
from docx import Document as WordDocument
from sqlalchemy import select

from app.models import db
from app.models.bodies import Meeting
from app.models.documents import Document, StoredFile, Version
from app.negotiation.vocabulary import ConsentAnswer, DocumentState, MeetingForm, Visibility
from app.services import adoption, consents, releases, rounds
from app.services._unit import record, use_case
from app.services.issuing import conclude_round
from app.text.provision import Edition
from tests.desk import LATER, close
from tests.rounds import DEADLINE, make_round
from tests.world import NOON, make_document, paragraph, small_plan

BY = {"by_ru": "Четвёртое Совещание", "by_zh": "第四次会议", "by_en": "Fourth Meeting"}
PLACE = {"place_ru": "г. Карамай", "place_zh": "克拉玛依", "place_en": "Karamay"}


@pytest.fixture
def concluded(world, clock):
    """A document whose only round ended without a change."""
    round_ = make_round(world)
    close(world, round_)
    conclude_round(1, actor=world.secretariat, now=LATER)
    clock.at = LATER.replace(year=2025, month=6, day=18)


@pytest.fixture
def agreed(world, concluded):
    adoption.agree_document("plan", actor=world.secretariat, now=LATER)


def state():
    return db.session.scalar(select(Document.state))


def buttons(page):
    return {a.text_content() for a in page.xpath("//main//p[@class='actions']/a[contains(@class, 'button')]")}


def test_buttons_stand_only_where_the_step_is_possible(browser, world, concluded):
    assert "Agreed at expert level" in buttons(browser.sign_in(world.secretariat).get("/documents/plan"))
    assert not buttons(browser.sign_in(world.chair).get("/documents/plan"))
    adoption.agree_document("plan", actor=world.secretariat, now=LATER)
    assert buttons(browser.get("/documents/plan")) == {"Reopen"}
    assert buttons(browser.sign_in(world.secretariat).get("/documents/plan")) == {"Declare adopted", "Reopen"}
    assert not buttons(browser.sign_in(world.actor("BLR")).get("/documents/plan"))


def test_a_document_is_agreed_from_its_page(browser, world, concluded):
    page = browser.sign_in(world.secretariat).get("/documents/plan/agree")

    assert "no answer yet" in page.text_content()
    browser.press(page, "Record that it is agreed")

    assert state() is DocumentState.AGREED


def test_words_in_brackets_stand_in_the_way(browser, world, clock):
    bracketed = paragraph("px", "Стороны [создают] платформу.", label="4.", parent="s1", level=1)
    provisions = small_plan().provisions
    make_document(world, edition=Edition("ru", (*provisions[:7], bracketed, *provisions[7:])))
    version = db.session.scalar(select(Version.id))
    begun = rounds.create_round(
        [version],
        opens_at=NOON,
        deadline=DEADLINE,
        zone="UTC",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )
    rounds.open_round(begun, actor=world.secretariat, now=NOON)

    page = browser.sign_in(world.secretariat).get("/documents/plan/agree")

    (obstacle,) = [li for li in page.find_class("obstacles")[0].iter("li") if "brackets" in li.text_content()]
    assert [a.text for a in obstacle.iter("a")] == ["4."]


def test_a_step_out_of_turn_is_refused(browser, world):
    make_document(world)

    browser.sign_in(world.secretariat).get("/documents/plan/agree", status=409)


def test_a_running_round_stands_in_the_way(browser, world):
    make_round(world)

    page = browser.sign_in(world.secretariat).get("/documents/plan/agree")

    assert "a round is not concluded" in page.find_class("obstacles")[0].text_content()
    assert not page.xpath("//form[contains(@action, 'agree')]")
    browser.post("/documents/plan/agree", status=409)


def test_reopening_asks_why(browser, world, agreed):
    page = browser.sign_in(world.chair).get("/documents/plan/reopen")

    page = browser.press(page, "Reopen", status=422)
    assert page.xpath("//div[@role='alert']//a/@href") == ["#reason"]
    browser.press(page, "Reopen", reason="Новое поручение")

    assert state() is DocumentState.NEGOTIATION


def test_a_document_is_adopted_after_a_look(browser, world, agreed):
    page = browser.sign_in(world.secretariat).get("/documents/plan/adopt")

    look = browser.press(page, "Continue", meeting="typed", on="2025-06-17", **BY, **PLACE)
    assert "Четвёртое Совещание" in look.text_content()
    assert state() is DocumentState.AGREED
    browser.press(look, "Declare adopted")

    assert state() is DocumentState.ADOPTED
    assert db.session.scalar(select(StoredFile.name)) == "plan.adopted.ru.docx"
    backwards = browser.get("/documents/plan/compare?from=1&to=0").xpath("string(//h1)")
    assert "Adopted text" in backwards


def test_what_was_typed_can_be_changed(browser, world, agreed):
    page = browser.sign_in(world.secretariat).get("/documents/plan/adopt")
    look = browser.press(page, "Continue", meeting="typed", on="2025-06-17", **BY, **PLACE)

    back = browser.press(look, "Change something")

    assert back.get_element_by_id("by_en").get("value") == "Fourth Meeting"
    assert back.get_element_by_id("on").get("value") == "2025-06-17"


@use_case
def add_meeting(*, actor, now):
    meeting = Meeting(
        body_id=actor.body,
        titles={"ru": "Четвёртое Совещание", "en": "Fourth Meeting"},
        places={"ru": "г. Карамай", "en": "Karamay"},
        starts_on=date(2025, 6, 16),
        ends_on=date(2025, 6, 17),
        form=MeetingForm.IN_PERSON,
        higher=True,
    )
    db.session.add(meeting)
    record("meeting.create", meeting)


def test_a_meeting_of_the_list_brings_its_name_day_and_place(browser, world, agreed):
    add_meeting(actor=world.secretariat, now=LATER)
    page = browser.sign_in(world.secretariat).get("/documents/plan/adopt")

    browser.press(browser.press(page, "Continue"), "Declare adopted")

    document = db.session.scalars(select(Document)).one()
    assert document.adopted_on == date(2025, 6, 17)
    assert document.adopted_by["ru"] == "Четвёртое Совещание"
    assert document.adopted_at_place["en"] == "Karamay"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"meeting": "typed", "on": "2025-06-17", **PLACE}, "#by_ru"),
        ({"meeting": "typed", "on": "2025-06-17", **BY}, "#place_ru"),
        ({"meeting": "typed", **BY, **PLACE}, "#on"),
        ({"meeting": "typed", "on": "2025-06-19", **BY, **PLACE}, "#on"),
    ],
)
def test_adoption_asks_for_what_is_missing(browser, world, agreed, given, asked):
    page = browser.sign_in(world.secretariat).get("/documents/plan/adopt")

    page = browser.press(page, "Continue", status=422, **given)

    assert page.xpath("//div[@role='alert']//a/@href") == [asked]


def lines_of(browser, url):
    data = browser.client.get(url).data
    return [p.text for p in WordDocument(io.BytesIO(data)).paragraphs if p.text]


def test_the_adopted_file_says_who_adopted_it_and_is_no_draft(browser, world, agreed):
    page = browser.sign_in(world.secretariat).get("/documents/plan/adopt")
    genitive = "четвёртого Совещания руководителей"
    look = browser.press(page, "Continue", meeting="typed", on="2025-06-17", genitive=genitive, **BY, **PLACE)
    browser.press(look, "Declare adopted")

    found = lines_of(browser, "/documents/plan/versions/1/text.ru.docx")
    before = lines_of(browser, "/documents/plan/versions/0/text.ru.docx")

    assert found[:3] == [
        "УТВЕРЖДЁН",
        "решением четвёртого Совещания руководителей",
        "(протокол от 17 июня 2025\u00a0года)",
    ]
    assert "Проект" not in found
    assert "Проект" in before


@pytest.mark.parametrize("step", ["agree", "reopen", "adopt"])
def test_the_steps_are_not_for_delegations(browser, world, agreed, step):
    for actor in (world.actor("BLR"), world.observer):
        browser.sign_in(actor).get(f"/documents/plan/{step}", status=404)


def test_an_observer_is_given_a_version_on_the_screen(browser, world, concluded):
    page = browser.sign_in(world.secretariat).get("/documents/plan/versions/0/releases")

    page = browser.press(page, "Release: Partner")
    assert browser.sign_in(world.observer).get("/documents/plan").find_class("chain")
    page = browser.sign_in(world.secretariat).get("/documents/plan/versions/0/releases")
    browser.press(page, "Take it back: Partner")

    browser.sign_in(world.observer).get("/documents/plan", status=404)


def test_an_observer_is_offered_the_clean_text_alone(browser, world, concluded):
    releases.release_version("plan", 0, world.delegations["OBS"], actor=world.secretariat, now=LATER)

    page = browser.sign_in(world.observer).get("/documents/plan")

    offered = [url for url in page.xpath("//main//a/@href") if ".docx" in url or "consents" in url or "releases" in url]
    assert offered == ["/documents/plan/versions/0/text.ru.docx"]


def test_releases_are_the_secretariats(browser, world, concluded):
    for actor in (world.chair, world.actor("BLR"), world.observer):
        browser.sign_in(actor).get("/documents/plan/versions/0/releases", status=404)


def test_consents_are_shown_before_agreeing(browser, world, concluded):
    consents.give_consent("plan", 0, ConsentAnswer.NOT_AGREED, actor=world.actor("IRN"), now=LATER)

    page = browser.sign_in(world.secretariat).get("/documents/plan/agree")

    (line,) = [li for li in page.find_class("answers")[0] if "Iran" in li.text_content()]
    assert "not agreed" in line.text_content()
