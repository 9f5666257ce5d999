"""The members' pages of officers and focal points."""

import re

import pytest

from app.models import db
from app.models.accounts import Invitation, Outbox
from app.negotiation.vocabulary import Role
from app.queries.members import list_memberships
from app.services import invitations
from app.services.invitations import NewMember
from tests.web.test_accounts import PASSWORD, heading
from tests.world import NOON


def links_on(page):
    return [re.sub(r".*/links/", "/links/", link) for link in page.xpath("//code/text()")]


def test_an_officer_sees_everybody_by_delegation(browser, world):
    page = browser.sign_in(world.secretariat).get("/members")

    rows = page.xpath("//table[contains(@class,'members')]//th[@scope='rowgroup']/text()")
    assert rows[:3] == ["Belarus", "India", "Iran"]
    assert len(page.xpath("//table[contains(@class,'members')]//tr")) == 24


def test_a_focal_point_sees_its_own_delegation_alone(browser, world):
    page = browser.sign_in(world.actor("KAZ")).get("/members")

    assert page.xpath("//th[@scope='rowgroup']/text()") == ["Kazakhstan"]
    assert "kaz@example.org" in page.text_content()
    assert "blr@example.org" not in page.text_content()


@pytest.mark.parametrize("who", ["expert", "chair", "observer", "administrator"])
def test_others_have_no_such_page(browser, world, who):
    actors = {
        "expert": world.actor("BLR", Role.EXPERT),
        "chair": world.chair,
        "observer": world.observer,
        "administrator": world.administrator,
    }

    browser.sign_in(actors[who]).get("/members", status=404)


def test_members_are_found_by_a_word(browser, world):
    page = browser.sign_in(world.secretariat).get("/members?q=казах")

    assert page.xpath("//th[@scope='rowgroup']/text()") == ["Kazakhstan"]


def test_one_person_is_invited_and_the_link_works(app, browser, world):
    from tests.pages import Browser

    page = browser.sign_in(world.secretariat).get("/members/invite")
    page = browser.press(
        page,
        "Make the link",
        name="Айгуль",
        email="aigul@example.org",
        role="expert",
        delegation=world.delegations["KAZ"],
    )
    assert heading(page) == "Links to hand over"
    (link,) = links_on(page)

    guest = Browser(app)
    guest.press(guest.get(link), "Accept the invitation", password=PASSWORD, password_again=PASSWORD)

    assert "aigul@example.org" in browser.get("/members").text_content()


def test_a_link_is_not_shown_again(browser, world):
    browser.sign_in(world.secretariat)
    page = browser.press(
        browser.get("/members/invite"),
        "Make the link",
        name="A",
        email="a@example.org",
        role="expert",
        delegation=world.delegations["KAZ"],
    )
    (link,) = links_on(page)

    page = browser.get("/members")

    assert "a@example.org" in page.text_content()
    assert link not in page.text_content()


def test_a_pasted_list_is_invited_at_once(browser, world):
    people = "Ерлан <erlan@example.org>, focal point\n\nАйгуль <aigul@example.org>, эксперт, BLR\nBo <bo@example.org>"
    page = browser.sign_in(world.secretariat).get("/members/invite")

    page = browser.press(page, "Make the links", people=people, list_delegation=world.delegations["KAZ"])

    assert len(links_on(page)) == 3
    asked = {(i.name, i.role, i.delegation_id) for i in db.session.query(Invitation)}
    assert asked == {
        ("Ерлан", Role.FOCAL_POINT, world.delegations["KAZ"]),
        ("Айгуль", Role.EXPERT, world.delegations["BLR"]),
        ("Bo", Role.FOCAL_POINT, world.delegations["KAZ"]),
    }


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_the_form_of_a_line_is_shown_whole(browser, world, language):
    page = browser.sign_in(world.secretariat, language).get("/members/invite")

    assert "<name@example.org>" in page.get_element_by_id("people-hint").text_content()


def test_a_list_with_mistakes_is_told_line_by_line_and_kept(browser, world):
    people = "\n".join(
        [
            "Good <good@example.org>, expert",
            "no address",
            "Bad <bad@>, expert",
            "Lost <lost@example.org>, expert, XYZ",
            "Odd <odd@example.org>, expert, BLR, king",
            "Boss <boss@example.org>, chair",
            "Good <GOOD@example.org>, expert",
        ]
    )
    page = browser.sign_in(world.secretariat).get("/members/invite")

    page = browser.press(page, "Make the links", people=people, list_delegation=world.delegations["KAZ"], status=422)

    told = [text.split(":")[0] for text in page.xpath("//*[@id='problems']//li//text()")]
    assert sorted(told) == ["Line 2", "Line 3", "Line 4", "Line 5", "Line 6", "Line 7"]
    assert page.get_element_by_id("people").text.strip() == people
    assert db.session.query(Invitation).count() == 0


def test_who_has_the_role_is_not_invited_to_it(browser, world):
    page = browser.sign_in(world.secretariat).get("/members/invite")

    page = browser.press(
        page,
        "Make the link",
        name="K",
        email="expert.kaz@example.org",
        role="expert",
        delegation=world.delegations["KAZ"],
        status=422,
    )

    assert "has this role already" in page.text_content()
    assert page.get_element_by_id("email").value == "expert.kaz@example.org"


def test_a_focal_point_invites_its_experts_only(browser, world):
    page = browser.sign_in(world.actor("KAZ")).get("/members/invite")

    assert page.xpath("//select[@id='role']/option/@value") == ["expert"]
    assert page.xpath("//select[@id='delegation']/option/@value") == [world.delegations["KAZ"]]
    browser.press(
        page,
        "Make the link",
        name="B",
        email="b@example.org",
        role="expert",
        delegation=world.delegations["BLR"],
        status=422,
    )


def test_where_mail_is_sent_the_link_goes_to_the_outbox_too(app, browser, world):
    import dataclasses

    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], mail_server="relay.example")
    page = browser.sign_in(world.secretariat).get("/members/invite")

    page = browser.press(
        page, "Make the link", name="A", email="a@example.org", role="expert", delegation=world.delegations["KAZ"]
    )

    (letter,) = db.session.query(Outbox)
    assert letter.to == "a@example.org"
    assert links_on(page)[0] in letter.text


def test_an_invitation_is_withdrawn(browser, world):
    member = NewMember("A", "a@example.org", Role.EXPERT, world.delegations["KAZ"])
    (link,) = invitations.invite_members([member], days=14, actor=world.secretariat, now=NOON)
    page = browser.sign_in(world.secretariat).get("/members")

    page = browser.press(page, "Withdraw: A")

    assert "a@example.org" not in page.text_content()
    browser.get(f"/links/{link.token}", status=404)


def test_a_role_ends_with_a_reason(browser, world):
    expert = world.actor("KAZ", Role.EXPERT)
    browser.sign_in(world.actor("KAZ"))

    page = browser.press(browser.get(f"/members/{expert.membership}/end"), "End the role", status=422)
    page = browser.press(page, "End the role", reason="Перешёл на другую работу")

    assert heading(page) == "Members"
    assert list_memberships(expert.user) == ()


def test_the_last_officers_role_does_not_end(browser, world):
    browser.sign_in(world.secretariat)

    page = browser.press(
        browser.get(f"/members/{world.secretariat.membership}/end"), "End the role", reason="tired", status=422
    )

    assert "nobody else has this role" in page.text_content()
    assert page.get_element_by_id("reason").text.strip() == "tired"


def test_a_focal_point_cannot_touch_other_delegations(browser, world):
    browser.sign_in(world.actor("KAZ"))

    browser.get(f"/members/{world.actor('BLR', Role.EXPERT).membership}/end", status=404)
    browser.post(f"/members/{world.actor('KAZ', Role.EXPERT).membership}/reset-link", status=404)


def test_an_officer_hands_over_a_link_for_a_new_password(app, browser, world):
    from tests.pages import Browser

    expert = world.actor("KAZ", Role.EXPERT)
    page = browser.sign_in(world.secretariat).post(f"/members/{expert.membership}/reset-link")
    (link,) = links_on(page)

    guest = Browser(app)
    page = guest.press(guest.get(link), "Set the password", password=PASSWORD, password_again=PASSWORD)

    assert "Kazakhstan" in page.findtext(".//*[@class='who']/b")


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_a_body_of_two_hundred_delegations_is_listed_at_once(browser, world, language):
    from app.negotiation.vocabulary import DelegationKind
    from app.services import bodies
    from app.services.bodies import NewDelegation

    long = "Соединённое Королевство Великобритании и Северной Ирландии "
    news = [NewDelegation(f"S{n}", DelegationKind.MEMBER_STATE, {"ru": {"short": long + str(n)}}) for n in range(200)]
    bodies.add_delegations(news, actor=world.secretariat, now=NOON)
    browser.sign_in(world.secretariat, language)

    assert len(browser.get("/members").xpath("//tbody")) == 213
    assert len(browser.get("/delegations").xpath("//tbody/tr")) == 213
