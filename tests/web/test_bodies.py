"""Making a body, and the pages on which its officers set it."""

import pytest

from app.negotiation.vocabulary import MeetingForm, Role
from app.queries.bodies import get_own_body, list_bodies
from app.queries.delegations import get_delegation, list_delegations
from app.queries.meetings import list_meetings
from tests.web.test_accounts import PASSWORD, heading
from tests.web.test_members import links_on

BODY = {
    "name_ru": "Группа",
    "name_zh": "专家组",
    "name_en": "Group",
    "zone": "Asia/Almaty",
    "slug": "group",
    "preset": "un",
    "officer_name": "Zhanna",
    "officer_email": "zhanna@example.org",
}


def test_an_administrator_makes_a_body_whose_officer_does_the_rest(app, browser, world):
    from tests.pages import Browser

    page = browser.sign_in(world.administrator).get("/bodies/new")
    page = browser.press(page, "Make the body and the link for its officer", **BODY)
    (link,) = links_on(page)
    officer = Browser(app)
    page = officer.press(officer.get(link), "Accept the invitation", password=PASSWORD, password_again=PASSWORD)

    assert page.findtext(".//*[@class='who']/b") == "Secretariat"
    assert heading(officer.get("/body/settings")) == "Settings of the body"
    row = next(row for row in list_bodies() if row.slug == "group")
    assert (row.zone, row.languages, row.officers) == ("Asia/Almaty", ("ru", "zh"), 1)
    assert row.rules["order_of_states"] == "alphabet"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slug": "Группа"}, "Use small Latin letters"),
        ({"slug": "sco"}, "taken"),
        ({"zone": "Beijing"}, "Choose a zone"),
        ({"name_zh": ""}, "Enter the name in each working language."),
        ({"language_2": "ru"}, "each once"),
        ({"officer_email": "zhanna"}, "name@example.org"),
    ],
)
def test_a_body_with_a_mistake_is_not_made(browser, world, changed, said):
    page = browser.sign_in(world.administrator).get("/bodies/new")

    page = browser.press(page, "Make the body and the link for its officer", status=422, **{**BODY, **changed})

    assert said in page.text_content()
    assert page.get_element_by_id("officer_name").value == "Zhanna"
    assert len(list_bodies()) == 1


def test_a_name_is_asked_for_in_working_languages_only(browser, world):
    page = browser.sign_in(world.administrator).get("/bodies/new")

    page = browser.press(page, "Make the body and the link for its officer", **{**BODY, "name_en": ""})

    assert heading(page) == "Links to hand over"


def test_an_administrator_sees_officers_and_hands_over_links(browser, world):
    browser.sign_in(world.administrator)

    page = browser.get("/bodies/sco/officers")
    assert "secretariat.sec@example.org" in page.text_content()
    page = browser.press(page, "Make the link", name="Second", email="second@example.org")
    assert len(links_on(page)) == 1
    page = browser.post(f"/officers/{world.secretariat.membership}/reset-link")
    assert len(links_on(page)) == 1


def test_an_administrator_touches_no_delegate(browser, world):
    browser.sign_in(world.administrator)

    browser.post(f"/officers/{world.actor('BLR').membership}/reset-link", status=404)
    browser.get(f"/officers/{world.actor('BLR', Role.EXPERT).membership}/end", status=404)


def test_the_last_administrator_stays(browser, world):
    browser.sign_in(world.administrator)

    page = browser.get(f"/officers/{world.administrator.membership}/end")
    page = browser.press(page, "End the role", reason="tired", status=422)

    assert "nobody else has this role" in page.text_content()


def test_an_administrator_ends_an_officers_role_in_the_bodys_own_record(browser, world):
    from app.models import db
    from app.models.record import Event
    from app.negotiation.actors import system
    from app.services import accounts, bodies
    from tests.world import NOON

    user = accounts.create_account("second@example.org", "Second", actor=system(), now=NOON)
    second = bodies.add_membership(user, world.delegations["SEC"], Role.SECRETARIAT, actor=system(), now=NOON)
    page = browser.sign_in(world.administrator).get(f"/officers/{second}/end")

    browser.press(page, "End the role", reason="moved on")

    event = db.session.query(Event).filter_by(action="membership.end").one()
    assert (event.chain_id, event.role) == (world.body, Role.ADMINISTRATOR)


def test_another_administrator_is_invited(browser, world):
    page = browser.sign_in(world.administrator).get("/bodies")

    page = browser.press(page, "Make the link", name="Second", email="second@example.org")

    assert len(links_on(page)) == 1


def test_settings_are_read_back_as_they_were_saved(browser, world):
    page = browser.sign_in(world.secretariat).get("/body/settings")
    marks = "Для служебного пользования | 内部资料 | Official use"

    page = browser.press(
        page,
        "Save the settings",
        name_en="The group",
        zone="Europe/Moscow",
        notation="anonymous",
        suffix="superscript",
        handling_marks=marks,
        groups="ALL | все Стороны | 所有成员国 | all Sides",
    )

    assert page.get_element_by_id("handling_marks").text.strip() == marks
    row = get_own_body(world.secretariat)
    assert row.zone == "Europe/Moscow"
    assert row.rules["groups"] == {"ALL": {"ru": "все Стороны", "zh": "所有成员国", "en": "all Sides"}}
    assert row.rules["handling_marks"] == [{"ru": "Для служебного пользования", "zh": "内部资料", "en": "Official use"}]


def test_saving_untouched_settings_keeps_them(browser, world):
    before = get_own_body(world.secretariat)

    browser.press(browser.sign_in(world.secretariat).get("/body/settings"), "Save the settings")

    after = get_own_body(world.secretariat)
    assert (after.names, after.languages, after.rules["groups"]) == (
        before.names,
        before.languages,
        before.rules["groups"],
    )


def test_a_wrong_line_of_groups_is_told_by_its_number(browser, world):
    page = browser.sign_in(world.secretariat).get("/body/settings")

    page = browser.press(page, "Save the settings", groups="ALL | все\nnothing", status=422)

    assert "Line 2" in page.text_content()
    assert "nothing" in page.get_element_by_id("groups").text


def test_states_are_added_as_a_list(browser, world):
    page = browser.sign_in(world.secretariat).get("/delegations/new")

    page = browser.press(page, "Add them all", states="MNG | Монголия | 蒙古国 | Mongolia\nafg | Афганистан")

    assert heading(page) == "Delegations"
    codes = [row.code for row in list_delegations(world.body)]
    assert codes[10:12] == ["MNG", "AFG"]


def test_a_list_of_states_with_mistakes_adds_none(browser, world):
    page = browser.sign_in(world.secretariat).get("/delegations/new")
    states = "MNG | Монголия\nBLR | Беларусь\nA B | x\nMNG | снова"

    page = browser.press(page, "Add them all", states=states, status=422)

    assert len(page.xpath("//*[@id='problems']//li")) == 3
    assert page.get_element_by_id("states").text.strip() == states
    assert len(list_delegations(world.body)) == 13


def test_an_observer_is_added_with_its_forms(browser, world):
    page = browser.sign_in(world.secretariat).get("/delegations/new")
    names = {"ru_short": "Туркменистан", "zh_short": "土库曼斯坦", "en_short": "Turkmenistan"}

    browser.press(page, "Add the delegation", code="tkm", kind="observer", **names)

    assert get_delegation("TKM", actor=world.secretariat).kind == "observer"


def test_a_short_name_is_asked_for_in_every_working_language(browser, world):
    page = browser.sign_in(world.secretariat).get("/delegations/BLR")

    page = browser.press(page, "Save the names", zh_short="", status=422)

    assert "Enter the short name" in page.text_content()


def test_name_forms_and_place_are_saved(browser, world):
    page = browser.sign_in(world.secretariat).get("/delegations/BLR")
    page = browser.press(page, "Save the names", ru_genitive="Республики Беларусь")

    page = browser.press(page, "Save the order", rank="3")

    assert page.xpath("//tbody/tr[3]/td[2]//text()") == ["BLR"]
    assert get_delegation("BLR", actor=world.secretariat).forms["ru"]["genitive"] == "Республики Беларусь"


def test_a_place_that_is_no_number_is_refused(browser, world):
    page = browser.sign_in(world.secretariat).get("/delegations/BLR")

    page = browser.press(page, "Save the order", rank="first", status=422)

    assert page.get_element_by_id("rank").get("aria-invalid") == "true"


def test_a_delegation_leaves_and_comes_back(browser, world):
    page = browser.sign_in(world.secretariat).get("/delegations/BLR")

    page = browser.press(page, "It takes part no longer")
    assert not get_delegation("BLR", actor=world.secretariat).active
    browser.press(page, "It takes part again")

    assert get_delegation("BLR", actor=world.secretariat).active


def test_a_meeting_is_entered_and_changed(browser, world):
    titles = {"title_ru": "Заседание", "title_zh": "会议", "title_en": "Meeting"}
    page = browser.sign_in(world.secretariat).get("/meetings")
    assert "No meeting is entered yet." in page.text_content()
    days = {"starts_on": "2025-05-28", "ends_on": "2025-05-29"}
    browser.press(browser.get("/meetings/new"), "Save the meeting", form="video", **titles, **days)
    (row,) = list_meetings(actor=world.secretariat)
    assert row.form == MeetingForm.VIDEO

    page = browser.press(browser.get(f"/meetings/{row.id}"), "Save the meeting", place_en="Karamay")

    assert "Karamay" in page.text_content()


def test_a_meeting_ends_not_before_it_begins(browser, world):
    titles = {"title_ru": "Заседание", "title_zh": "会议", "title_en": "Meeting"}
    browser.sign_in(world.secretariat)

    page = browser.press(
        browser.get("/meetings/new"),
        "Save the meeting",
        starts_on="2025-05-28",
        ends_on="2025-05-27",
        status=422,
        **titles,
    )

    assert "before the first" in page.text_content()
    assert page.get_element_by_id("title_ru").value == "Заседание"


def test_a_delegate_reads_the_meetings(browser, world):
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get("/meetings")

    assert not page.xpath("//a[@href='/meetings/new']")
    browser.get("/meetings/new", status=404)
