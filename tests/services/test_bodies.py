"""Settings, delegations and their ranks, meetings."""

from datetime import date

import pytest

from app.models.bodies import Delegation
from app.negotiation.errors import NotFound, NotPermitted, NotReady
from app.negotiation.vocabulary import DelegationKind, MeetingForm, Role
from app.queries.bodies import get_own_body, list_bodies
from app.queries.delegations import get_delegation, list_delegations
from app.queries.meetings import get_meeting, list_meetings
from app.queries.members import list_memberships
from app.services import bodies, meetings
from app.services.bodies import NewDelegation
from tests.world import NOON


def codes(world):
    return [d.code for d in list_delegations(world.body)]


@pytest.mark.parametrize(("code", "rank"), [("UZB", 1), ("BLR", 10), ("KAZ", 5), ("CHN", 4), ("BLR", 999), ("IND", -3)])
def test_a_delegation_moves_and_the_others_close_ranks(world, code, rank):
    before = codes(world)

    bodies.rank_delegation(world.delegations[code], rank, actor=world.secretariat, now=NOON)

    expected = [c for c in before if c != code]
    expected.insert(min(max(rank, 1), len(before)) - 1, code)
    assert codes(world) == expected
    assert [d.rank for d in list_delegations(world.body)] == list(range(1, len(before) + 1))


def test_a_new_state_stands_before_the_desks(world):
    new = NewDelegation("MNG", DelegationKind.MEMBER_STATE, {"ru": {"short": "Монголия"}})

    bodies.add_delegation(new, actor=world.secretariat, now=NOON)

    assert codes(world)[9:13] == ["UZB", "MNG", "CHR", "SEC"]


def test_a_code_is_given_once(world):
    new = NewDelegation("BLR", DelegationKind.MEMBER_STATE, {})

    with pytest.raises(NotReady):
        bodies.add_delegations([new], actor=world.secretariat, now=NOON)


def test_name_forms_change_and_others_stay(world):
    forms = {"ru": {"genitive": "Республики Беларусь", "short": "Беларусь"}, "zh": {"short": ""}}

    bodies.change_delegation(world.delegations["BLR"], forms=forms, actor=world.secretariat, now=NOON)

    kept = get_delegation("BLR", actor=world.secretariat).forms
    assert kept["ru"] == {"short": "Беларусь", "full": "Республика Беларусь", "genitive": "Республики Беларусь"}
    assert kept["zh"] == {}
    assert kept["en"] == {"short": "Belarus"}


def test_people_of_a_delegation_that_left_are_out(world):
    expert = world.actor("BLR", Role.EXPERT)

    bodies.set_active(world.delegations["BLR"], False, actor=world.secretariat, now=NOON)

    assert list_memberships(expert.user) == ()
    bodies.set_active(world.delegations["BLR"], True, actor=world.secretariat, now=NOON)
    assert len(list_memberships(expert.user)) == 1


@pytest.mark.parametrize("desk", ["CHR", "SEC"])
def test_a_body_keeps_its_desks(world, desk):
    with pytest.raises(NotReady):
        bodies.set_active(world.delegations[desk], False, actor=world.secretariat, now=NOON)


def test_settings_change_and_other_rules_stay(world):
    bodies.change_body(
        names={"en": "Renamed"},
        zone="Asia/Almaty",
        languages=["zh", "ru"],
        rules={"notation": "anonymous"},
        actor=world.secretariat,
        now=NOON,
    )

    row = get_own_body(world.secretariat)
    assert (row.names, row.zone, row.languages) == ({"en": "Renamed"}, "Asia/Almaty", ("zh", "ru"))
    assert row.rules["notation"] == "anonymous"
    assert row.rules["order_of_states"] == "fixed"


@pytest.mark.parametrize("code", ["BLR", "CHR", ""])
def test_only_officers_change_their_body(world, code):
    actor = {"CHR": world.chair, "": world.administrator}.get(code) or world.actor(code)

    for act in (
        lambda: bodies.change_body(names={}, zone="UTC", languages=[], rules={}, actor=actor, now=NOON),
        lambda: bodies.rank_delegation(world.delegations["BLR"], 2, actor=actor, now=NOON),
        lambda: bodies.set_active(world.delegations["BLR"], False, actor=actor, now=NOON),
        lambda: bodies.change_delegation(world.delegations["BLR"], forms={}, actor=actor, now=NOON),
        lambda: bodies.add_delegations([], actor=actor, now=NOON),
        lambda: meetings.add_meeting(**MEETING, actor=actor, now=NOON),
    ):
        with pytest.raises(NotPermitted):
            act()


MEETING = {
    "titles": {"en": "Third meeting"},
    "places": {"en": "by video"},
    "starts_on": date(2025, 5, 28),
    "ends_on": date(2025, 5, 28),
    "form": MeetingForm.VIDEO,
}


def test_a_meeting_is_added_and_changed(world):
    meeting = meetings.add_meeting(**MEETING, actor=world.secretariat, now=NOON)

    meetings.change_meeting(meeting, **{**MEETING, "places": {"en": "Karamay"}}, actor=world.secretariat, now=NOON)

    assert get_meeting(meeting, actor=world.chair).places == {"en": "Karamay"}
    assert [m.id for m in list_meetings(actor=world.actor("BLR"))] == [meeting]


def test_an_observer_is_told_of_no_meetings(world):
    meeting = meetings.add_meeting(**MEETING, actor=world.secretariat, now=NOON)

    assert list_meetings(actor=world.observer) == ()
    with pytest.raises(NotFound):
        get_meeting(meeting, actor=world.observer)


def test_bodies_are_counted_with_their_officers_and_states(world):
    (row,) = list_bodies()

    assert (row.slug, row.officers, row.delegations) == ("sco", 1, 10)


def test_each_state_keeps_its_row(world):
    from app.models import db

    assert db.session.query(Delegation).count() == 13
