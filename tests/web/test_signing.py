"""Signing a version on the screen: what is kept, the checks before, and the file."""

import io
import json
from datetime import date

import pytest
from docx import Document as WordDocument
from sqlalchemy import select

from app.models import db
from app.models.bodies import Delegation
from app.models.record import Event, EventPayload
from app.models.signing import Signing
from app.negotiation.signing import SideStatus, decoded
from app.negotiation.vocabulary import MeetingForm
from app.services import bodies, meetings
from tests.desk import chinese, make_bilingual
from tests.world import NOON, small_plan

URL = "/documents/plan/versions/1/signing"
GENITIVE = "Республики Беларусь"


@pytest.fixture
def plan(world):
    """The small plan in two languages, and the meeting that signs it."""
    make_bilingual(world, small_plan(), chinese())
    meetings.add_meeting(
        titles={"ru": "Заседание", "zh": "会议", "en": "Meeting"},
        places={"ru": "г. Ханчжоу", "zh": "杭州"},
        starts_on=date(2025, 4, 9),
        ends_on=date(2025, 4, 9),
        form=MeetingForm.IN_PERSON,
        actor=world.secretariat,
        now=NOON,
    )


def words_of(response):
    found = WordDocument(io.BytesIO(response.data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in found.paragraphs), *cells])


def arranged(browser, **fields):
    page = browser.get(URL)
    return browser.press(page, "Save and check the text", **fields)


def kept():
    db.session.rollback()
    return decoded(db.session.scalar(select(Signing.content)))


def test_the_page_is_the_secretariats_alone(browser, world, plan):
    for other in (world.chair, world.actor("BLR"), world.observer):
        browser.sign_in(other).get(URL, status=404)


def test_what_was_typed_is_kept(browser, world, plan):
    browser.sign_in(world.secretariat)
    arranged(
        browser,
        block="sides",
        clause="protocol",
        name_BLR_ru="И.И. Иванов",
        function_BLR_ru="Министр",
        status_IND="does_not_sign",
    )

    assert kept().side("BLR").names == {"ru": "И.И. Иванов"}
    assert kept().side("IND").status is SideStatus.DOES_NOT_SIGN
    assert "И.И. Иванов" in browser.get(URL).xpath("//input[@name='name_BLR_ru']/@value")


def test_a_plan_is_an_annex_to_begin_with(browser, world, plan):
    page = browser.sign_in(world.secretariat).get(URL)

    assert page.xpath("//input[@name='block'][@checked]/@value") == ["nobody"]


def test_the_closing_clause_is_written_from_the_fields(browser, world, plan):
    page = browser.sign_in(world.secretariat).get(URL)

    page = browser.press(
        page, "Write the closing clause from these fields", clause="protocol", keeper_ru="Секретариате ШОС"
    )

    russian = page.xpath("//textarea[@name='closing_ru']")[0].text
    assert "в г. Ханчжоу 9 апреля 2025\u00a0года в одном экземпляре на русском и китайском языках" in russian
    assert "хранится в Секретариате ШОС" in russian
    assert "2025年4月9日在杭州签署" in page.xpath("//textarea[@name='closing_zh']")[0].text
    assert db.session.scalar(select(Signing)) is None


def test_an_older_page_overwrites_nothing(browser, world, plan):
    browser.sign_in(world.secretariat)
    old = browser.get(URL)
    arranged(browser, block="chair")

    browser.press(old, "Save and check the text", block="sides", status=412)

    assert kept().block == "chair"


def test_a_copy_without_reasons_is_not_made(browser, world, plan):
    browser.sign_in(world.secretariat)
    page = arranged(browser, block="nobody")

    page = browser.press(page, "Signature copy, Russian", status=422)

    assert "Enter a reason" in page.text_content()
    assert not made_events()


def made_events():
    db.session.rollback()
    rows = db.session.execute(
        select(EventPayload.content)
        .join(Event, (Event.chain_id == EventPayload.chain_id) & (Event.seq == EventPayload.seq))
        .where(Event.action == "version.sign")
    )
    return [json.loads(row.content)["facts"] for row in rows]


def test_the_copy_is_the_text_alone_with_the_block_in_order(browser, world, plan):
    browser.sign_in(world.secretariat)
    page = arranged(
        browser,
        block="sides",
        closing_ru="Совершено 9 апреля 2025 года.",
        name_CHN_ru="Ли Мин",
        status_IND="does_not_sign",
        status_PAK="with_opinion",
    )

    reasons = dict.fromkeys(page.xpath("//input[starts-with(@name, 'reason_')]/@name"), "Решено в зале.")
    shown = words_of(browser.press(page, "Signature copy, Russian", **reasons))

    assert "Совершено 9 апреля 2025 года." in shown
    assert "Проект" not in shown
    assert "SHA-256" not in shown
    assert "Индия" not in shown.split("Совершено")[1]
    assert shown.count("От делегации") == 9
    assert shown.index("Ли Мин") > shown.index("Казахстан")
    assert "с особым мнением" in shown
    (facts,) = made_events()
    assert {one["reason"] for one in facts["failed"]} == {"Решено в зале."}


def test_a_stored_case_form_is_printed(browser, world, plan):
    browser.sign_in(world.secretariat)
    row = db.session.scalar(select(Delegation).where(Delegation.code == "BLR"))
    forms = {**row.forms, "ru": {**row.forms["ru"], "genitive": GENITIVE}}
    bodies.change_delegation(row.id, forms=forms, actor=world.secretariat, now=NOON)
    page = arranged(browser, block="sides")

    reasons = dict.fromkeys(page.xpath("//input[starts-with(@name, 'reason_')]/@name"), "Да.")
    assert GENITIVE in words_of(browser.press(page, "Signature copy, Russian", **reasons))


def test_the_languages_stand_side_by_side_for_delegations_too(browser, world, plan):
    response = browser.sign_in(world.secretariat).get("/documents/plan/versions/1/languages.docx")

    row = next(r for r in WordDocument(io.BytesIO(response.data)).tables[0].rows if "цифровой" in r.cells[1].text)
    assert row.cells[2].text.strip().endswith("各方在数字领域发展合作。")


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_the_pages_speak_other_languages(browser, world, plan, language):
    page = browser.sign_in(world.secretariat, language).get(URL + "/checks")

    assert "Every check" not in page.text_content()
