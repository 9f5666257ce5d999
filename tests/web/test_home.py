"""The pages everybody meets."""

from datetime import date

import pytest

from app.models import db
from app.models.documents import Version
from app.models.rounds import Extension, Round, RoundVersion
from app.negotiation.vocabulary import DelegationKind, MeetingForm, Role
from app.services import bodies, meetings
from app.services._unit import record, use_case
from tests.rounds import draft, make_round, submit
from tests.world import DAY, NOON, make_document


def test_a_visitor_is_asked_to_sign_in(browser):
    page = browser.get("/")

    assert page.findtext(".//h1") == "Sign in"


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_a_member_sees_whom_they_act_for(browser, world, language):
    browser.sign_in(world.actor("BLR", Role.EXPERT), language)

    page = browser.get("/")

    assert {"en": "Belarus", "ru": "Беларусь", "zh": "白俄罗斯"}[language] in page.findtext(".//*[@class='who']/b")


def test_an_unknown_page_is_answered_in_words(browser, world):
    browser.sign_in(world.secretariat)

    page = browser.get("/nothing", status=404)

    assert page.findtext(".//h1") == "There is nothing here, or it is not open to you."


def test_the_language_can_be_chosen(browser):
    browser.post("/language/ru", {"back": "/sign-in"})

    assert browser.get("/sign-in").get("lang") == "ru"


@use_case
def open_round(world_body, deadline, own=None, *, actor, now):
    """A round on the plan, open; *own*: delegation to a later deadline."""
    version = db.session.scalars(db.select(Version)).one()
    round_ = Round(
        body_id=world_body,
        number=1,
        visibility="open",
        state="open",
        opens_at=NOON,
        deadline=deadline,
        zone="Asia/Shanghai",
    )
    db.session.add(round_)
    db.session.flush()
    db.session.add(RoundVersion(round_id=round_.id, version_id=version.id))
    for number, (delegation, later) in enumerate((own or {}).items(), 1):
        db.session.add(
            Extension(
                round_id=round_.id, number=number, delegation_id=delegation, deadline=later, reason="asked", at=NOON
            )
        )
    record("round.create", round_)


def test_open_rounds_are_shown_with_the_time_left_in_the_bodys_zone(browser, world):
    make_document(world)
    open_round(world.body, NOON + 14 * DAY, actor=world.secretariat, now=NOON)

    page = browser.sign_in(world.actor("BLR")).get("/")

    text = " ".join(page.xpath("//ul[@class='waiting']")[0].text_content().split())
    assert "Round 1 Action plan open until 24 April 2025, 12:00 (Beijing)" in text
    assert "04:00 UTC" in text
    assert "14 days left" in text


def test_a_delegations_own_extension_counts_for_it_alone(browser, world, clock):
    make_document(world)
    own = {world.delegations["BLR"]: NOON + 3 * DAY}
    open_round(world.body, NOON + DAY, own, actor=world.secretariat, now=NOON)
    clock.at = NOON + DAY

    assert "2 days left" in browser.sign_in(world.actor("BLR")).get("/").text_content()
    assert "Nothing waits for you now." in browser.sign_in(world.actor("KAZ")).get("/").text_content()


@pytest.mark.parametrize("role", ["observer", "administrator"])
def test_observers_and_administrators_hear_of_no_rounds(browser, world, role):
    make_document(world)
    open_round(world.body, NOON + DAY, actor=world.secretariat, now=NOON)

    page = browser.sign_in(getattr(world, role)).get("/")

    assert "Round" not in page.text_content()


def test_an_officer_is_told_of_delegations_with_nobody(browser, world):
    new = bodies.NewDelegation("MNG", DelegationKind.MEMBER_STATE, {"ru": {"short": "Монголия"}})
    bodies.add_delegation(new, actor=world.secretariat, now=NOON)

    page = browser.sign_in(world.secretariat).get("/")

    assert "1 delegation has nobody yet" in page.text_content()


def test_meetings_ahead_are_told(browser, world):
    for day, title in ((date(2025, 4, 9), "Past"), (date(2025, 5, 28), "Third meeting")):
        meetings.add_meeting(
            titles={"en": title},
            places={},
            starts_on=day,
            ends_on=day,
            form=MeetingForm.VIDEO,
            actor=world.secretariat,
            now=NOON,
        )

    text = browser.sign_in(world.actor("BLR")).get("/").text_content()

    assert "Third meeting" in text
    assert "Past" not in text


def test_who_has_no_role_is_told_whom_to_ask(browser, world):
    bodies.set_active(world.delegations["BLR"], False, actor=world.secretariat, now=NOON)

    page = browser.sign_in(world.actor("BLR")).get("/")

    assert "Ask the secretariat for an invitation" in page.text_content()


def test_a_delegate_is_told_of_drafts_that_are_not_submitted(browser, world):
    found = make_round(world)
    draft(found, world.actor("BLR", Role.EXPERT), found.amended("p2", "Стороны формируют платформу."))

    page = browser.sign_in(world.actor("BLR")).get("/")

    assert page.xpath("//ul[@class='waiting']//a[contains(., '1 draft of your delegation')]/@href") == ["/delegation"]


def test_another_delegation_is_told_nothing_of_them(browser, world):
    found = make_round(world)
    draft(found, world.actor("BLR", Role.EXPERT), found.amended("p2", "Стороны формируют платформу."))

    for actor in (world.actor("IRN"), world.secretariat):
        assert "draft" not in browser.sign_in(actor).get("/").text_content()


def test_the_chair_is_told_what_waits_for_a_decision(browser, world, clock):
    found = make_round(world)
    submit(found, world.actor("BLR"), found.amended("p2", "Стороны формируют платформу."))
    clock.at += 30 * DAY

    page = browser.sign_in(world.chair).get("/")

    assert page.xpath("//a[contains(., '1 change waits for a decision')]/@href") == ["/documents/plan/rounds/1/desk"]
