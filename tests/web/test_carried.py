"""What was typed survives the end of a session."""

import pytest
from werkzeug.datastructures import MultiDict

from app.negotiation.actors import system
from app.negotiation.vocabulary import Role
from app.services import bodies
from tests.web.test_accounts import PASSWORD, heading, olga, sign_in  # noqa: F401 - a fixture
from tests.world import DAY, NOON

TYPED = "Стороны создают\r\nединую платформу <b>обмена</b> опытом."


@pytest.fixture
def desk(app):
    """A member page that takes a text."""
    from flask import Blueprint, request

    from app.web.access import for_roles

    bp = Blueprint("desk_of_the_test", __name__)
    app._got_first_request = False

    @bp.post("/desk-of-the-test")
    @for_roles(Role.EXPERT, Role.CHAIR)
    def take() -> dict[str, list[str]]:
        return dict(request.form.lists())

    app.register_blueprint(bp)
    return "/desk-of-the-test"


def test_an_ended_session_keeps_what_was_typed(browser, olga, desk):  # noqa: F811
    page = browser.post(desk, {"text": TYPED, "state": ["BLR", "KAZ"], "csrf_token": "old"}, status=401)
    assert heading(page) == "Your session has ended"
    assert page.findtext(".//pre").split() == TYPED.split()

    page = browser.press(page, "Sign in", email="olga@example.org", password="wrong", status=422)
    assert heading(page) == "Your session has ended"
    page = browser.press(page, "Sign in", email="olga@example.org", password=PASSWORD)
    assert heading(page) == "You are signed in again"
    (form,) = [form for form in page.forms if form.get("action") == desk]
    sent = browser.client.post(desk, data=MultiDict(form.form_values())).get_json()

    assert sent["state"] == ["BLR", "KAZ"]
    assert sent["text"][0].split() == TYPED.split()
    assert sent["csrf_token"] != ["old"]


def test_a_form_waits_while_its_sender_chooses_a_role(browser, olga, world, desk):  # noqa: F811
    bodies.add_membership(olga, world.delegations["CHR"], Role.CHAIR, actor=system(), now=NOON + DAY)
    page = browser.post(desk, {"text": TYPED}, status=401)
    page = browser.press(page, "Sign in", email="olga@example.org", password=PASSWORD)

    page = browser.press(page, "Send as Chair, SCO expert group")

    assert heading(page) == "You are signed in again"
    assert page.findtext(".//*[@class='who']/b") == "Chair"
    assert [form for form in page.forms if form.get("action") == desk]


def test_a_page_open_too_long_keeps_what_was_typed(app, browser, olga, desk):  # noqa: F811
    app.config.update(WTF_CSRF_ENABLED=True, WTF_CSRF_CHECK_DEFAULT=True)

    page = browser.post(desk, {"text": TYPED, "csrf_token": "of a session that ended"}, status=401)

    assert page.findtext(".//pre").split() == TYPED.split()


def test_a_form_from_elsewhere_is_not_kept(app, browser, desk):
    app.config.update(WTF_CSRF_ENABLED=True, WTF_CSRF_CHECK_DEFAULT=True)

    page = browser.post(desk, {"text": TYPED}, headers={"Origin": "https://evil.example"}, status=400)

    assert not page.xpath("//input[@name='carried']")


def test_a_signed_in_form_without_its_token_is_refused_with_its_text(app, browser, world, desk):
    app.config.update(WTF_CSRF_ENABLED=True, WTF_CSRF_CHECK_DEFAULT=True)
    browser.sign_in(world.chair)

    page = browser.post(desk, {"text": TYPED}, status=400)

    assert page.findtext(".//textarea").split() == TYPED.split()


def test_the_sign_in_page_itself_may_have_been_open_too_long(app, browser, olga):  # noqa: F811
    app.config.update(WTF_CSRF_ENABLED=True, WTF_CSRF_CHECK_DEFAULT=True)

    page = browser.post("/sign-in", {"email": "olga@example.org", "password": PASSWORD}, status=400)
    assert "open too long" in page.text_content()

    assert heading(browser.press(page, "Sign in", password=PASSWORD)) == "Home"


@pytest.mark.parametrize(
    "carried", ["no json", "[1]", '["https://evil.example", [], false]', '["//evil", [["a", "b"]], false]', "[" * 5000]
)
def test_a_forged_waiting_form_is_ignored(browser, olga, carried):  # noqa: F811
    page = sign_in(browser, carried=carried)

    assert heading(page) == "Home"
