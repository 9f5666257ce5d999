"""Our approved text: pinned by a delegation, compared with every later version, seen by nobody else."""

import io

import pytest
from docx import Document as WordDocument
from sqlalchemy import select

from app.models import db
from app.models.record import Event
from app.models.signing import ApprovedText
from app.services import issuing
from tests.desk import LATER, close, worded
from tests.rounds import make_round

URL = "/documents/plan/approved"


@pytest.fixture
def round_(world):
    return make_round(world)


def pin(browser, world, code="BLR"):
    page = browser.sign_in(world.actor(code)).get(URL)
    return browser.press(page, "Note it", version="0", language="ru", note="Постановление № 1")


def issue(world, round_, **changes):
    close(world, round_)
    for key, words in changes.items():
        worded(round_, key, words, actor=world.secretariat)
    issuing.issue_version("plan", 1, carry_over=True, actor=world.secretariat, now=LATER)


def head_of(response):
    return "\n".join(p.text for p in WordDocument(io.BytesIO(response.data)).paragraphs[:6])


def test_a_focal_point_notes_the_approved_version(browser, world, round_):
    page = pin(browser, world)

    assert "Постановление № 1" in page.text_content()
    assert "There is no later version yet" in page.text_content()


def test_noting_it_leaves_no_event(browser, world, round_):
    before = len(db.session.scalars(select(Event.seq)).all())
    pin(browser, world)
    db.session.rollback()

    assert len(db.session.scalars(select(Event.seq)).all()) == before


def test_a_later_version_that_differs_says_where(browser, world, round_):
    pin(browser, world)
    issue(world, round_, p1="Стороны укрепляют сотрудничество.")

    page = browser.sign_in(world.actor("BLR")).get("/documents/plan")
    assert "1 provision differs" in page.text_content()
    assert "1 provision differs" in browser.get("/delegation").text_content()
    assert "изменено положений: 1 (1)" in head_of(browser.get(URL + "/1.docx"))


def test_a_later_version_that_says_the_same_says_so(browser, world, round_):
    pin(browser, world)
    issue(world, round_, p1="Стороны развивают сотрудничество в цифровой сфере.")

    assert "no changes" in browser.sign_in(world.actor("BLR")).get(URL).text_content()
    assert "изменений нет" in head_of(browser.get(URL + "/1.docx"))


def test_no_other_delegation_sees_it(browser, world, round_):
    pin(browser, world)
    issue(world, round_, p1="Стороны укрепляют сотрудничество.")

    for other in (world.actor("RUS"), world.secretariat, world.chair):
        page = browser.sign_in(other).get("/documents/plan")
        assert "Since our approved text" not in page.text_content()
    assert "Постановление" not in browser.sign_in(world.actor("RUS")).get(URL).text_content()
    browser.get(URL + "/1.docx", status=404)
    browser.sign_in(world.secretariat).get(URL, status=404)


def test_an_expert_looks_but_does_not_pin(browser, world, round_):
    from app.negotiation.vocabulary import Role

    browser.sign_in(world.actor("BLR", Role.EXPERT)).get(URL)
    browser.post(URL, {"version": "0", "language": "ru"}, status=403)


def test_it_can_be_forgotten(browser, world, round_):
    page = pin(browser, world)
    browser.press(page, "Forget it")
    db.session.rollback()

    assert db.session.scalar(select(ApprovedText)) is None
