"""Documents: started, imported from Word, corrected, saved, discarded, compared."""

import io

import pytest
from docx import Document as WordDocument
from sqlalchemy import select

from app.models import db
from app.models.documents import Document, Version
from app.negotiation.vocabulary import Role, VersionState
from app.queries.texts import load_edition
from app.services._unit import record, use_case
from app.services.verification import verify
from app.services.versions import add_version
from app.text.provision import TEXT, Edition, Kind, Provision
from app.text.runs import plain, text
from tests.rounds import make_round
from tests.world import NOON, make_document


def word_file(*lines, heading="ОБЩИЕ ПОЛОЖЕНИЯ"):
    made = WordDocument()
    made.add_heading(heading, 1)
    for line in lines:
        made.add_paragraph(line)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


RUSSIAN = word_file("1. Стороны сотрудничают.", "2. Стороны создают платформу.")
CHINESE = word_file("1. 各方开展合作。", "2. 各方建立平台。", heading="总则")


@pytest.fixture
def started(browser, world):
    browser.sign_in(world.secretariat)
    browser.post(
        "/documents/new",
        {
            "slug": "plan",
            "title_ru": "План действий",
            "type_of_paper": "action_plan",
            "negotiating_language": "ru",
            "symbol": "",
        },
    )
    return browser


def upload(browser, data, language="ru", name="draft.docx", status=200):
    return browser.post(
        f"/documents/plan/import/{language}",
        {"file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
        status=status,
    )


def saved(number=0):
    return db.session.scalars(
        select(Version).where(Version.number == number, Version.state == VersionState.ISSUED)
    ).one()


def test_the_list_says_what_to_do_when_it_is_empty(browser, world):
    browser.sign_in(world.secretariat)

    page = browser.get("/documents")

    assert "Start one" in page.find_class("empty")[0].text_content()


def test_a_title_in_the_negotiating_language_is_asked_for(browser, world):
    browser.sign_in(world.secretariat)
    form = {"slug": "plan", "title_en": "Plan", "type_of_paper": "other", "negotiating_language": "ru"}

    page = browser.post("/documents/new", form, status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#title_ru"]
    assert page.get_element_by_id("title_en").text_content().strip() == "Plan"


def test_a_short_name_is_taken_once(started):
    form = {"slug": "plan", "title_ru": "План", "type_of_paper": "other", "negotiating_language": "ru"}

    page = started.post("/documents/new", form, status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#slug"]


def test_an_upload_shows_what_was_understood_before_anything_is_saved(started):
    page = upload(started, RUSSIAN)

    assert [row.get("id") for row in page.xpath("//tr[starts-with(@id, 'u-')]")] == ["u-p1", "u-p2", "u-p3"]
    assert not db.session.scalars(select(Version)).all()


def test_what_was_understood_is_saved_as_the_first_draft(started):
    page = upload(started, RUSSIAN)

    started.press(page, "Save as the first draft")

    edition = load_edition(saved().id, "ru")
    assert [(p.kind, p.label, plain(p.text)) for p in edition][1] == (Kind.PARAGRAPH, "1.", "Стороны сотрудничают.")


def test_a_translation_is_saved_under_the_same_keys(started):
    upload(started, RUSSIAN)
    page = upload(started, CHINESE, "zh")

    started.press(page, "Save as the first draft")

    russian, chinese = (load_edition(saved().id, language) for language in ("ru", "zh"))
    assert [p.key for p in russian] == [p.key for p in chinese]
    assert plain(chinese.provisions[2].text) == "各方建立平台。"


def test_a_language_is_added_to_a_saved_draft(started):
    started.press(upload(started, RUSSIAN), "Save as the first draft")

    page = upload(started, CHINESE, "zh")
    started.press(page, "Add this language to the draft")

    russian, chinese = (load_edition(saved().id, language) for language in ("ru", "zh"))
    assert [p.key for p in russian] == [p.key for p in chinese]
    assert plain(chinese.provisions[2].text) == "各方建立平台。"
    assert verify(db.session()) == ()


def test_a_language_that_is_there_is_not_added_again(started):
    started.press(upload(started, RUSSIAN), "Save as the first draft")

    upload(started, RUSSIAN, "ru", status=409)


def test_no_language_is_added_once_a_round_stands_on_the_draft(browser, world):
    make_round(world)
    browser.sign_in(world.secretariat)

    page = browser.get("/documents/plan/import")

    assert not page.xpath("//input[@type='file']")
    upload(browser, CHINESE, "zh", status=409)


def test_an_officer_corrects_what_was_understood(started):
    page = upload(started, RUSSIAN)

    page = started.get("/documents/plan/import?correct=p2")
    page = started.press(page, "Correct", kind="heading", level="0", label="I.", step="set")

    row = page.get_element_by_id("u-p2")
    assert [cell.text_content() for cell in row.findall("td")][:3] == ["I.", "heading", "0"]


def test_a_correction_from_a_stale_page_overwrites_nothing(started):
    upload(started, RUSSIAN)
    form = {"key": "p2", "step": "set", "kind": "heading", "level": "0", "label": "I.", "lock_version": "1"}
    started.post("/documents/plan/import/ru/correct", form)

    page = started.post("/documents/plan/import/ru/correct", form | {"kind": "item"}, status=412)

    assert page.get_element_by_id("u-p2").findall("td")[1].text == "heading"


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"%PDF-1.7", "This is a PDF"), (b"", "The file is empty"), (b"PK\x03\x04broken", "The file is damaged")],
)
def test_a_wrong_file_is_refused_with_the_way_out(started, data, says):
    page = upload(started, data, status=422)

    assert says in page.xpath("//div[@role='alert']")[0].text_content()


def test_no_file_at_all_is_answered_beside_the_field(started):
    page = started.post("/documents/plan/import/ru", {}, status=422)

    assert "Choose the Word file" in page.xpath("//div[@role='alert']")[0].text_content()


def test_a_first_draft_is_discarded_then_imported_again(started):
    started.press(upload(started, RUSSIAN), "Save as the first draft")

    page = started.get("/documents/plan/versions/0/discard")
    started.press(page, "Discard")
    started.press(upload(started, RUSSIAN), "Save as the first draft")

    assert len(db.session.scalars(select(Version)).all()) == 2
    assert saved().number == 0


def test_a_delegate_sees_neither_the_import_nor_the_draft(started, world, browser):
    started.press(upload(started, RUSSIAN), "Save as the first draft")
    browser.sign_in(world.actor("BLR"))

    browser.get("/documents/plan/import", status=404)
    browser.get("/documents/plan", status=404)


def test_a_comparison_shows_words_and_new_numbers(app, browser, world):
    document_id = make_document(world)

    @use_case
    def revise(*, actor, now):
        document = db.session.get_one(Document, document_id)
        old = load_edition(saved().id, "ru")
        changed = [
            Provision(p.key, p.kind, p.level, p.parent, {TEXT: text("Стороны формируют единую платформу.")}, "2 бис.")
            if p.key == "p2"
            else p
            for p in old
            if p.key != "p3"
        ]
        record("version.issue", add_version(document, {"ru": Edition("ru", tuple(changed))}, number=1, now=now))

    revise(actor=world.secretariat, now=NOON)
    browser.sign_in(world.chair)

    page = browser.get("/documents/plan/compare?from=0&to=1")

    changed = page.get_element_by_id("p-p2")
    assert [e.text_content().strip() for e in changed.findall(".//ins")] == ["2 бис.", "формируют"]
    assert "gone" in page.get_element_by_id("p-p3").get("class")
    assert not page.xpath("//section[@id='p-p1']")
    assert [o.get("value") for o in page.xpath("//select[@id='from']/option[@selected]")] == ["0"]
    assert [o.get("value") for o in page.xpath("//select[@id='to']/option[@selected]")] == ["1"]


def test_the_chair_reads_but_imports_nothing(started, world, browser):
    browser.sign_in(world.chair)

    browser.get("/documents/plan/import", status=404)
    assert world.chair.role is Role.CHAIR
