"""What goes wrong on real days: nothing that was typed is lost, nothing is done twice, nothing is overwritten."""

from datetime import timedelta

import pytest

from app.models import db
from app.models.proposals import Draft, Proposal
from app.negotiation.vocabulary import Role
from app.queries.changes import of_json
from app.text.provision import TEXT
from app.text.runs import plain
from tests.benchmarks.desks import counted, make_large_round
from tests.rounds import DEADLINE, draft, make_round
from tests.web.test_accounts import PASSWORD, olga  # noqa: F401 - a fixture

DESK = "/documents/plan/versions/0"
SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def drafted():
    """Return the words of the one draft there is."""
    db.session.rollback()
    (found,) = db.session.scalars(db.select(Draft)).all()
    return plain(of_json(found.content["changes"][0]).change().parts[TEXT])


def test_a_proposal_typed_past_the_end_of_the_session_is_saved_after_signing_in(browser, world, round_, olga):  # noqa: F811
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get(f"{DESK}?propose=p2")
    browser.client.delete_cookie(browser.app.config["SESSION_COOKIE_NAME"])

    page = browser.press(page, "Save the draft", part_0=SHARED, justification="Так точнее.", status=401)
    assert SHARED in page.text_content()
    page = browser.press(page, "Sign in", email="olga@example.org", password=PASSWORD)
    browser.press(page, "Send now")

    assert drafted() == SHARED


def test_what_is_typed_past_the_deadline_is_refused_with_its_words_kept(browser, world, round_, clock):
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get(f"{DESK}?propose=p2")
    clock.at = DEADLINE + timedelta(minutes=1)

    page = browser.press(page, "Save the draft", part_0=SHARED, status=409)

    assert SHARED in page.text_content()
    assert db.session.query(Draft).count() == 0


def test_the_form_of_an_earlier_page_does_not_overwrite_what_was_saved_since(browser, world, round_):
    browser.sign_in(world.actor("BLR", Role.EXPERT))
    first = browser.get(f"{DESK}?propose=p2")
    browser.press(first, "Save the draft", part_0=SHARED)
    second = browser.get(f"{DESK}?propose=p2")
    browser.press(second, "Save the draft", part_0="Стороны создают общую платформу.")

    browser.press(second, "Save the draft", part_0="Стороны создают нашу платформу.", status=412)

    assert drafted() == "Стороны создают общую платформу."


def test_going_back_after_submitting_shows_the_receipt_again(browser, world, round_):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    browser.sign_in(world.actor("BLR"))
    page = browser.get("/delegation")
    browser.press(page, "Submit what is ticked")

    again = browser.press(page, "Submit what is ticked")

    assert "Receipt" in again.findtext(".//h1")
    assert db.session.query(Proposal).count() == 1


def test_the_desk_asks_as_much_of_a_long_draft_as_of_a_short_one(browser, world):
    make_large_round(world, 20, "small")
    make_large_round(world, 200, "large")
    browser.sign_in(world.actor("BLR", Role.EXPERT))
    asked = {}

    for slug in ("small", "large"):
        browser.client.get(f"/documents/{slug}/versions/0")
        with counted() as statements:
            assert browser.client.get(f"/documents/{slug}/versions/0").status_code == 200
        asked[slug] = len(statements)

    assert asked["small"] == asked["large"]


def test_what_is_typed_into_a_form_that_breaks_stands_in_no_log(app, browser, world, round_, caplog):
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get(f"{DESK}?propose=p2")
    app.testing = False
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'full'); END")

    browser.press(page, "Save the draft", part_0=SHARED, justification="Так точнее.", status=500)

    assert "IntegrityError" in caplog.text
    assert SHARED not in caplog.text
    assert "Так точнее." not in caplog.text
