"""Links: inviting, taking up, new passwords, the first administrator, the sample's persons."""

from datetime import timedelta

import pytest

from app import create_app
from app.config import Settings
from app.models import db
from app.models.accounts import Invitation, User
from app.negotiation.actors import system
from app.negotiation.vocabulary import DelegationKind, Role
from app.queries.delegations import list_delegations
from app.queries.members import list_memberships
from app.services import accounts, bodies, invitations
from app.services.invitations import NewMember
from tests.pages import Browser
from tests.web.test_accounts import PASSWORD, heading, olga, sign_in  # noqa: F401 - a fixture
from tests.world import DAY, NOON

NEW = {"password": PASSWORD, "password_again": PASSWORD}


def invite(world, email="timur@example.org", role=Role.FOCAL_POINT, code="KAZ", actor=None, name="Timur"):
    member = NewMember(name, email, role, world.delegations.get(code))
    (link,) = invitations.invite_members([member], days=14, actor=actor or world.secretariat, now=NOON)
    return link


def test_the_link_shows_whom_it_is_for(browser, world):
    page = browser.get(f"/links/{invite(world).token}")

    assert heading(page) == "Invitation"
    assert "focal point, Kazakhstan" in page.text_content()
    assert "timur@example.org" in page.text_content()


def test_opening_the_link_alone_changes_nothing(browser, world):
    link = invite(world)

    browser.get(f"/links/{link.token}")

    assert db.session.query(User).filter_by(email="timur@example.org").count() == 0


def test_taking_it_up_makes_a_member_who_is_signed_in(browser, world):
    link = invite(world)

    page = browser.press(browser.get(f"/links/{link.token}"), "Accept the invitation", **NEW)

    assert heading(page) == "Home"
    assert "Kazakhstan" in page.findtext(".//*[@class='who']/b")


def test_a_link_works_once(browser, world):
    link = invite(world)
    page = browser.get(f"/links/{link.token}")
    browser.press(page, "Accept the invitation", **NEW)

    page = browser.press(page, "Accept the invitation", status=404, **NEW)

    assert heading(page) == "This link no longer works"
    assert db.session.query(User).filter_by(email="timur@example.org").count() == 1


def test_a_link_ends_after_its_days(browser, world, clock):
    link = invite(world)
    clock.at += timedelta(days=14)

    browser.get(f"/links/{link.token}", status=404)


def test_a_newer_link_replaces_the_older(browser, world):
    older, newer = invite(world), invite(world)

    browser.get(f"/links/{older.token}", status=404)
    browser.get(f"/links/{newer.token}")


def test_the_token_is_not_kept(world):
    link = invite(world)

    kept = db.session.query(Invitation).one()
    assert link.token not in (kept.token_hash, kept.id)


def test_a_weak_password_keeps_the_name_typed(browser, world):
    page = browser.get(f"/links/{invite(world).token}")

    page = browser.press(
        page, "Accept the invitation", name="Тимур", password="timur", password_again="timur", status=422
    )

    assert page.get_element_by_id("name").value == "Тимур"


def test_who_has_an_account_gives_its_password(browser, olga, world):  # noqa: F811
    link = invite(world, email="OLGA@example.org", code="RUS")
    page = browser.get(f"/links/{link.token}")

    page = browser.press(page, "Accept the invitation", password="wrong", status=422)
    page = browser.press(page, "Accept the invitation", password=PASSWORD)

    assert "Russia" in page.findtext(".//*[@class='who']/b")
    assert {row.delegation_code for row in list_memberships(olga)} == {"BLR", "RUS"}


def test_who_is_signed_in_presses_a_button(browser, olga, world):  # noqa: F811
    link = invite(world, email="olga@example.org", code="RUS")
    sign_in(browser)

    browser.press(browser.get(f"/links/{link.token}"), "Accept the invitation")

    assert {row.delegation_code for row in list_memberships(olga)} == {"BLR", "RUS"}


def test_an_invitation_is_not_taken_up_under_another_name(browser, olga, world):  # noqa: F811
    link = invite(world)
    sign_in(browser)
    page = browser.get(f"/links/{link.token}")
    assert "another address" in page.text_content()

    browser.post(f"/links/{link.token}", status=422)

    assert {row.delegation_code for row in list_memberships(olga)} == {"BLR"}


def test_a_new_password_by_a_link_ends_sessions_and_tells_its_owner(app, browser, olga, world, clock):  # noqa: F811
    elsewhere = Browser(app)
    sign_in(elsewhere)
    clock.at += DAY
    (member,) = list_memberships(olga)
    link = invitations.offer_reset(member.id, days=14, actor=world.secretariat, now=clock.at)
    again = PASSWORD + " ещё"

    page = browser.get(f"/links/{link.token}")
    assert "olga@example.org" in page.text_content()
    page = browser.press(page, "Set the password", password=again, password_again=again)

    assert heading(page) == "Home"
    assert "a link to set a new password for your account was made" in page.text_content()
    assert heading(elsewhere.get("/")) == "Sign in"
    browser.get(f"/links/{link.token}", status=404)


def test_a_link_never_used_is_told_on_coming_in(browser, olga, world, clock):  # noqa: F811
    sign_in(browser)
    browser.post("/sign-out")
    clock.at += DAY
    (member,) = list_memberships(olga)
    invitations.offer_reset(member.id, days=14, actor=world.secretariat, now=clock.at)
    clock.at += DAY

    page = sign_in(browser)

    assert "a link to set a new password" in page.findtext(".//p[@class='flash warning']")


@pytest.fixture
def empty(tmp_path):
    """An installation that nobody has set up yet, as a browser meets it."""
    settings = Settings(instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'empty.sqlite'}", secret_key="key")
    app = create_app(settings, clock=lambda: NOON)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, WTF_CSRF_CHECK_DEFAULT=False)
    with app.app_context():
        db.create_all()
        yield Browser(app)
        db.session.remove()
        db.engine.dispose()


def test_the_first_administrator_sets_the_installation_up(empty):
    link = invitations.offer_setup(days=14, actor=system(), now=NOON)

    page = empty.press(
        empty.get(f"/links/{link.token}"), "Make the account", name="Ада", email="ada@example.org", **NEW
    )

    assert page.findtext(".//*[@class='who']/b") == "Administrator"


def test_there_is_no_second_first_administrator(world):
    assert invitations.offer_setup(days=14, actor=system(), now=NOON) is None


def test_only_the_newest_set_up_link_works(empty):
    older = invitations.offer_setup(days=14, actor=system(), now=NOON)
    invitations.offer_setup(days=14, actor=system(), now=NOON)

    empty.get(f"/links/{older.token}", status=404)


@pytest.fixture
def sample_person(world):
    """An expert of a body marked as a sample, beside the real one."""
    state = bodies.NewDelegation("BLR", DelegationKind.MEMBER_STATE, {"en": {"short": "Belarus"}})
    body = bodies.create_body(
        "sample",
        names={"en": "Sample"},
        zone="UTC",
        languages=["en"],
        rules={},
        delegations=[state],
        sample=True,
        actor=system(),
        now=NOON,
    )
    (delegation,) = list_delegations(body)
    user = accounts.create_account("sample@example.org", "Expert", actor=system(), now=NOON)
    bodies.add_membership(user, delegation.id, Role.EXPERT, actor=system(), now=NOON)
    return user


def test_a_sample_person_signs_in_by_a_link_as_often_as_wanted(browser, sample_person):
    link = invitations.offer_sign_in(sample_person, days=90, actor=system(), now=NOON)

    for _ in range(2):
        page = browser.press(browser.get(f"/links/{link.token}"), "Sign in")
        assert "Belarus" in page.findtext(".//*[@class='who']/b")
        browser.post("/sign-out")


def test_such_links_exist_in_samples_only(world):
    from app.negotiation.errors import NotPermitted

    with pytest.raises(NotPermitted):
        invitations.offer_sign_in(world.actor("BLR").user, days=90, actor=system(), now=NOON)


def test_there_is_none_for_an_administrator_beside_real_bodies(world, sample_person):
    assert not invitations.is_sample_person(world.administrator.user)


def test_such_a_link_ends_when_its_person_acts_in_a_real_body(browser, world, sample_person):
    link = invitations.offer_sign_in(sample_person, days=90, actor=system(), now=NOON)
    bodies.add_membership(sample_person, world.delegations["BLR"], Role.EXPERT, actor=system(), now=NOON)

    browser.post(f"/links/{link.token}", status=404)
