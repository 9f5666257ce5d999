"""The round trip through Word: the working copy edited, uploaded, understood, made drafts, submitted."""

import io
import re
import zipfile

import pytest

from app.docxio.working_copy import working_copy
from app.models import db
from app.models.proposals import Change, Proposal
from app.negotiation.vocabulary import Outcome
from app.queries.drafts import list_drafts
from app.queries.working_copies import load_working_copy
from app.services import rounds
from app.services.decisions import NewDecision, decide
from app.services.issuing import issue_version
from app.services.verification import verify
from tests import word_edits
from tests.desk import chinese, make_bilingual, open_on, words
from tests.office import saved_by_office
from tests.pages import Browser
from tests.rounds import CLOSED, make_round
from tests.world import NOON, small_plan

INS = '<w:ins w:id="900" w:author="Иванов" w:date="2025-04-11T10:00:00Z"><w:r><w:t>{}</w:t></w:r></w:ins>'


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def belarus(world):
    return world.actor("BLR")


def copy(browser: Browser) -> bytes:
    """Return the working copy as it is downloaded."""
    return browser.get("/documents/plan/rounds/1/copy.ru.docx").data


def edited(data: bytes, change, part: str = "word/document.xml") -> bytes:
    """Return a Word file with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == part else content)
    return out.getvalue()


def inserted(xml: str) -> str:
    """Track the insertion of a word into paragraph 2."""
    words = "Стороны создают единую платформу обмена опытом."
    head, run, tail = re.search(rf"(?s)(.*)(<w:r>(?:(?!<w:r>).)*?{words}</w:t></w:r>)(.*)", xml).groups()
    first = run.replace(words, "Стороны создают единую ")
    rest = run.replace(words, "платформу обмена опытом.")
    if "xml:space" not in first:
        first = first.replace("<w:t>", '<w:t xml:space="preserve">')
    word = INS.format("общедоступную ").replace("<w:t>", '<w:t xml:space="preserve">')
    return head + first + word + rest + tail


def upload(browser: Browser, data: bytes, round_, name: str = "by.docx", status: int = 200, **fields: str):
    """Upload a file and return the page that answers."""
    sent = {"file": (io.BytesIO(data), name), "text": f"{round_.version}:ru", **fields}
    return browser.post("/rounds/1/returns", sent, status=status, content_type="multipart/form-data")


def test_a_working_copy_records_changes_and_says_what_to_do(browser, belarus, round_):
    data = copy(browser.sign_in(belarus, language="ru"))

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<w:trackRevisions/>" in package.read("word/settings.xml")
        headers = b"".join(package.read(name) for name in package.namelist() if "header" in name)
        assert b'w:name="pv_p2"' in package.read("word/document.xml")
    assert "Рабочая копия" in headers.decode()


def test_a_tracked_change_comes_back_as_a_draft_and_is_submitted(browser, belarus, round_):
    browser.sign_in(belarus)

    page = upload(browser, edited(copy(browser), inserted), round_)
    assert "".join(page.xpath("//section[@id='item-0']//ins//text()")).strip() == "общедоступную"
    assert "Иванов" in page.text_content()
    browser.press(page, "Make drafts of what is ticked")
    page = browser.get("/delegation")
    browser.press(page, "Submit what is ticked")

    (proposal,) = db.session.query(Proposal).all()
    assert proposal.channel == "word"
    assert list_drafts(round_.id, actor=belarus) == ()


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["odt", "doc"])
def test_a_copy_saved_as_another_kind_of_file_comes_back_as_drafts_too(browser, belarus, round_, tmp_path, ending):
    browser.sign_in(belarus)
    data = saved_by_office(edited(copy(browser), inserted), ending, tmp_path)

    page = upload(browser, data, round_, name=f"by.{ending}")

    assert "".join(page.xpath("//section[@id='item-0']//ins//text()")).strip() == "общедоступную"
    assert not page.xpath("//section[@id='item-1']")
    (came,) = page.xpath("//a[contains(@href, '/file')]/@href")
    assert "filename=by.docx" in browser.get(came).headers["Content-Disposition"]


def test_a_file_without_tracked_changes_is_compared_with_its_version(browser, belarus, round_):
    browser.sign_in(belarus)
    data = edited(copy(browser), lambda xml: xml.replace("единую платформу", "общую платформу"))

    page = upload(browser, data, round_)

    assert "compared with the version" in page.text_content()
    assert "".join(page.xpath("//section[@id='item-0']//ins//text()")).strip() == "общую"


def test_what_was_added_or_taken_out_beside_tracked_changes_is_listed_as_that(browser, belarus, round_):
    browser.sign_in(belarus)
    data = word_edits.edited(
        edited(copy(browser), inserted),
        word_edits.removed("не является международным"),
        word_edits.added("Стороны развивают", "Стороны создают рабочую группу."),
    )

    page = upload(browser, data, round_).text_content()

    assert "Is missing from the file without a tracked change" in page
    assert "Stands in the file without a tracked change" in page
    assert "read differently before the changes" not in page


def struck(xml: str) -> str:
    """Take paragraph 2 out and leave its items."""
    return re.sub(r"(?s)<w:p>(?:(?!<w:p>).)*?создают единую платформу.*?</w:p>", "", xml)


def test_a_line_struck_in_word_without_what_stands_under_it_is_proposed_decided_and_issued_so(browser, world, round_):
    browser.sign_in(world.actor("BLR"))
    page = upload(browser, edited(copy(browser), struck), round_)
    assert "What stands under it stays." in page.xpath("//section[@id='item-0']")[0].text_content()

    browser.press(page, "Make drafts of what is ticked")
    browser.press(browser.get("/delegation"), "Submit what is ticked")
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)
    (change,) = db.session.scalars(db.select(Change.id))
    decide({change: NewDecision(Outcome.ACCEPTED, "")}, actor=world.secretariat, now=CLOSED)
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=CLOSED)

    assert [key for key in words(round_, 1) if key.startswith("p2")] == ["p2a", "p2b"]
    assert verify(db.session) == ()


def test_a_file_that_asks_for_nothing_is_refused_in_words(browser, belarus, round_):
    browser.sign_in(belarus)

    page = upload(browser, copy(browser), round_, status=422)

    assert "There is nothing in this file" in page.xpath("//div[@role='alert']")[0].text_content()


def test_a_foreign_file_is_refused_in_words(browser, belarus, round_, world):
    browser.sign_in(belarus)
    foreign = edited(copy(browser), lambda xml: re.sub(r"[а-яё]{4,}", "иное", xml.replace("pv_", "zz_")))

    page = upload(browser, foreign, round_, status=422)

    assert "not a copy" in page.xpath("//div[@role='alert']")[0].text_content()


def test_a_copy_of_another_language_version_is_refused_in_words(browser, belarus, world):
    both = open_on(world, make_bilingual(world, small_plan(), chinese()), 1)
    data = browser.sign_in(belarus).get("/documents/plan/rounds/1/copy.zh.docx").data

    page = upload(browser, data, both, status=422)

    assert "not a copy" in page.xpath("//div[@role='alert']")[0].text_content()


def test_what_is_no_word_file_is_refused_in_words(browser, belarus, round_):
    browser.sign_in(belarus)

    page = upload(browser, b"%PDF-1.7 ...", round_, status=422)

    assert "PDF" in page.xpath("//div[@role='alert']")[0].text_content()


def test_a_closed_round_has_no_working_copy(browser, world, belarus, round_):
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)
    browser.sign_in(belarus)

    browser.get("/documents/plan/rounds/1/copy.ru.docx", status=404)
    browser.get("/rounds/1/returns/new", status=409)


def test_the_secretariat_enters_a_delegations_file_as_one_proposal(browser, world, round_):
    browser.sign_in(world.secretariat)
    behalf = {"delegation": world.delegations["BLR"], "letter_number": "15-2", "letter_on": "2025-04-10"}
    assert browser.get("/rounds/1/returns/new", query_string=behalf).xpath("//input[@name='letter_number']")

    page = upload(browser, edited(copy(browser), inserted), round_, **behalf)
    browser.press(page, "Enter what is ticked as one proposal")

    (proposal,) = db.session.query(Proposal).all()
    assert (proposal.channel, proposal.letter_number) == ("letter", "15-2")
    assert proposal.delegation_id == world.delegations["BLR"]


def test_a_delegation_uploads_for_nobody_else(browser, world, belarus, round_):
    browser.sign_in(belarus)
    behalf = {"delegation": world.delegations["IND"], "letter_number": "1", "letter_on": "2025-04-10"}

    browser.get("/rounds/1/returns/new", query_string=behalf, status=404)


def test_the_same_text_gives_the_same_working_copy(world, belarus, round_):
    paper = load_working_copy("plan", 1, "ru", actor=belarus)

    assert working_copy(paper.edition, paper.sheet, "!") == working_copy(paper.edition, paper.sheet, "!")
    assert NOON
