"""Signing in and out, the own account, and sessions."""

from datetime import timedelta

import pytest
import time_machine

from app.models import db
from app.models.accounts import Outbox, User
from app.negotiation.actors import system
from app.negotiation.vocabulary import Role
from app.services import accounts, bodies
from tests.world import DAY, NOON

PASSWORD = "корабль медленно плывёт 7"


@pytest.fixture
def olga(app, world):
    """An expert of Belarus with a password."""
    from flask_security import hash_password

    from app.web.passwords import normalized

    user = accounts.create_account(
        "Olga@example.org", "Olga", password_hash=hash_password(normalized(PASSWORD)), actor=system(), now=NOON
    )
    bodies.add_membership(user, world.delegations["BLR"], Role.EXPERT, actor=system(), now=NOON)
    return user


def sign_in(browser, password=PASSWORD, email="olga@example.org", **more):
    page = browser.get("/sign-in", query_string={"next": more.pop("next", "")})
    return browser.press(page, "Sign in", email=email, password=password, **more)


def heading(page):
    return page.findtext(".//h1")


def test_address_and_password_open_the_room(browser, olga):
    page = sign_in(browser)

    assert heading(page) == "Home"
    assert "Belarus" in page.findtext(".//*[@class='who']/b")


@pytest.mark.parametrize(("email", "password"), [("olga@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_unknown_address_and_wrong_password_get_the_same_answer(browser, olga, email, password):
    page = sign_in(browser, password, email, status=422)

    assert "Address and password do not fit together." in page.findtext(".//*[@id='problems']//li")


def test_guessing_is_slowed_down_and_time_opens_again(browser, olga, clock):
    for _ in range(10):
        sign_in(browser, "wrong", status=422)

    page = sign_in(browser, status=429)
    assert "Too many attempts" in page.text_content()

    clock.at += timedelta(minutes=16)
    assert heading(sign_in(browser)) == "Home"


def test_guessing_one_account_does_not_lock_another(browser, olga):
    for _ in range(10):
        sign_in(browser, "wrong", "other@example.org", status=422)

    assert heading(sign_in(browser)) == "Home"


def test_guessing_with_endless_addresses_fills_no_memory(app, browser, olga):
    sign_in(browser, "wrong", "x" * 100_000, status=422)

    kept = app.extensions["throttle"]._failures
    assert max(len(account) for account, _network in kept) < 1000


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(browser, olga, target):
    sign_in(browser, next=target)

    assert browser.url == "/"


def test_signing_in_leads_on_to_the_page_asked_for(browser, olga):
    page = browser.get("/account")
    assert heading(page) == "Sign in"

    page = browser.press(page, "Sign in", email="olga@example.org", password=PASSWORD)

    assert heading(page) == "Your account"


def test_the_session_before_is_thrown_away_at_sign_in(browser, olga):
    with browser.client.session_transaction() as session:
        session.update(membership="planted", language="ru")

    browser.client.post("/sign-in", data={"email": "olga@example.org", "password": PASSWORD})

    with browser.client.session_transaction() as session:
        assert "membership" not in session
        assert session["language"] == "ru"


def test_signing_out_clears_the_browser(browser, olga):
    sign_in(browser)

    answer = browser.client.post("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert heading(browser.get("/")) == "Sign in"


def test_signing_out_takes_a_form(browser, olga):
    sign_in(browser)

    assert browser.client.get("/sign-out").status_code == 405


def test_silence_ends_a_session(browser, olga):
    with time_machine.travel(NOON, tick=False) as machine:
        sign_in(browser)

        machine.shift(timedelta(hours=11))
        assert heading(browser.get("/")) == "Home"
        machine.shift(timedelta(hours=13))
        assert heading(browser.get("/")) == "Sign in"


def test_a_session_ends_after_a_day_also_without_silence(browser, olga, clock):
    sign_in(browser)
    clock.at += timedelta(hours=23)
    assert heading(browser.get("/")) == "Home"
    clock.at += timedelta(hours=1)

    assert heading(browser.get("/")) == "Sign in"
    assert heading(sign_in(browser)) == "Home"


def test_a_form_sent_after_the_end_of_a_day_is_kept_for_sending(browser, olga, clock):
    sign_in(browser)
    clock.at += timedelta(hours=24)

    page = browser.post("/account/password", {"present": PASSWORD, "note": "typed words that are kept"}, status=401)

    assert heading(page) == "Your session has ended"
    assert "typed words that are kept" in page.text_content()


def test_a_session_that_does_not_say_when_it_began_ends_a_day_later(browser, olga, clock):
    sign_in(browser)
    with browser.client.session_transaction() as session:
        session.pop("since", None)
    assert heading(browser.get("/")) == "Home"
    clock.at += timedelta(hours=24)

    assert heading(browser.get("/")) == "Sign in"


def test_a_new_password_ends_the_other_sessions(app, olga):
    from tests.pages import Browser

    here, elsewhere = Browser(app), Browser(app)
    sign_in(here)
    sign_in(elsewhere)
    page = here.get("/account")

    page = here.press(
        page, "Change the password", present=PASSWORD, password=PASSWORD + " снова", password_again=PASSWORD + " снова"
    )

    assert heading(page) == "Your account"
    assert heading(elsewhere.get("/")) == "Sign in"


@pytest.mark.parametrize(
    ("password", "said"),
    [("short", "Take between 12 and 128 characters."), ("password1234", "easy to guess"), ("x" * 129, "128")],
)
def test_weak_passwords_are_refused(browser, olga, password, said):
    sign_in(browser)

    page = browser.press(
        browser.get("/account"),
        "Change the password",
        present=PASSWORD,
        password=password,
        password_again=password,
        status=422,
    )

    assert said in page.text_content()


def test_the_present_password_is_asked_for(browser, olga):
    sign_in(browser)

    page = browser.press(
        browser.get("/account"),
        "Change the password",
        present="wrong",
        password=PASSWORD + "!",
        password_again=PASSWORD + "!",
        status=422,
    )

    assert "This is not your present password." in page.text_content()


def test_all_sessions_can_be_ended(app, olga):
    from tests.pages import Browser

    here, elsewhere = Browser(app), Browser(app)
    sign_in(here)
    sign_in(elsewhere)

    here.press(here.get("/account"), "Sign out everywhere")

    assert heading(elsewhere.get("/")) == "Sign in"


def test_a_person_chooses_which_role_acts(browser, olga, world):
    bodies.add_membership(olga, world.delegations["CHR"], Role.CHAIR, actor=system(), now=NOON + DAY)
    page = sign_in(browser)

    page = browser.press(page, "Chair, SCO expert group")

    assert page.findtext(".//*[@class='who']/b") == "Chair"


def test_nobody_acts_in_somebody_elses_role(browser, olga, world):
    sign_in(browser)

    browser.post("/acting", {"membership": world.chair.membership}, status=404)


def test_a_disabled_account_is_out_at_once(browser, olga):
    sign_in(browser)
    db.session.query(User).filter_by(public_id=olga).one().active = False
    db.session.commit()

    assert heading(browser.get("/")) == "Sign in"


def test_a_forgotten_password_is_a_matter_for_an_officer(browser):
    page = browser.get("/forgotten-password")

    assert "Ask an officer" in page.text_content()
    assert not page.xpath("//button[text()='Send a link']")


@pytest.mark.parametrize("email", ["olga@example.org", "nobody@example.org"])
def test_mail_answers_the_same_for_every_address(app, browser, olga, email):
    import dataclasses

    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], mail_server="relay.example")

    page = browser.press(browser.get("/forgotten-password"), "Send a link", email=email)

    assert "If there is an account with this address" in page.findtext(".//*[@role='status']")
    letters = db.session.query(Outbox).all()
    assert [letter.to for letter in letters] == (["olga@example.org"] if email.startswith("olga") else [])
    assert all("http://127.0.0.1:8080/links/" in letter.text for letter in letters)
