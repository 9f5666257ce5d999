"""Who may invite whom, and which links open what."""

import pytest

from app.models import db
from app.models.accounts import Invitation
from app.models.record import Event
from app.negotiation.actors import system
from app.negotiation.errors import Missing, NotFound, NotPermitted, NotReady
from app.negotiation.vocabulary import Role
from app.queries.members import list_memberships
from app.services import accounts, bodies, invitations, members
from app.services.invitations import NewMember
from tests.world import NOON


def wish(world, role, code, email="new@example.org"):
    return NewMember("New", email, role, world.delegations.get(code))


def send(actor, *wanted):
    return invitations.invite_members(wanted, days=14, actor=actor, now=NOON)


@pytest.mark.parametrize(
    ("inviting", "role", "code"),
    [
        ("SEC", Role.FOCAL_POINT, "KAZ"),
        ("SEC", Role.CHAIR, "CHR"),
        ("SEC", Role.SECRETARIAT, "SEC"),
        ("SEC", Role.OBSERVER, "OBS"),
        ("KAZ", Role.EXPERT, "KAZ"),
        ("", Role.SECRETARIAT, "SEC"),
        ("", Role.ADMINISTRATOR, ""),
    ],
)
def test_each_invites_those_it_answers_for(world, inviting, role, code):
    roles = {"SEC": Role.SECRETARIAT, "": Role.ADMINISTRATOR}
    actor = world.actor(inviting, roles.get(inviting, Role.FOCAL_POINT))

    (link,) = send(actor, wish(world, role, code))

    assert link.role == role


@pytest.mark.parametrize(
    ("inviting", "role", "code", "refusal"),
    [
        ("KAZ", Role.EXPERT, "BLR", NotFound),
        ("KAZ", Role.FOCAL_POINT, "KAZ", NotPermitted),
        ("SEC", Role.ADMINISTRATOR, "", NotPermitted),
        ("SEC", Role.CHAIR, "KAZ", NotReady),
        ("", Role.FOCAL_POINT, "KAZ", NotPermitted),
        ("", Role.SECRETARIAT, "", NotReady),
        ("CHR", Role.EXPERT, "CHR", NotPermitted),
        ("OBS", Role.OBSERVER, "OBS", NotPermitted),
    ],
)
def test_nobody_invites_others(world, inviting, role, code, refusal):
    actors = {"SEC": world.secretariat, "": world.administrator, "CHR": world.chair, "OBS": world.observer}
    actor = actors.get(inviting) or world.actor(inviting)

    with pytest.raises(refusal):
        send(actor, wish(world, role, code))


def test_a_list_is_invited_wholly_or_not_at_all(world):
    with pytest.raises(NotReady):
        send(
            world.secretariat,
            wish(world, Role.EXPERT, "KAZ", "one@example.org"),
            wish(world, Role.CHAIR, "KAZ", "two@example.org"),
        )

    assert db.session.query(Invitation).count() == 0


def test_inviting_is_on_the_record_without_the_person_in_what_is_never_erased(world):
    send(world.secretariat, wish(world, Role.EXPERT, "KAZ"))

    event = db.session.query(Event).filter_by(action="member.invite").one()
    from app.models.record import EventPayload

    payload = db.session.query(EventPayload).filter_by(chain_id=event.chain_id, seq=event.seq).one()
    assert "new@example.org" in payload.person
    assert "new@example.org" not in payload.content


def test_an_officer_makes_no_link_to_the_account_of_somebody_who_also_acts_elsewhere(world):
    expert = world.actor("BLR", Role.EXPERT)
    bodies.add_membership(expert.user, None, Role.ADMINISTRATOR, actor=system(), now=NOON)

    with pytest.raises(NotReady):
        invitations.offer_reset(expert.membership, days=1, actor=world.secretariat, now=NOON)

    assert invitations.offer_reset(expert.membership, days=1, actor=world.administrator, now=NOON).token


@pytest.mark.parametrize("code", ["BLR", "CHR", "OBS"])
def test_only_officers_make_links_to_accounts(world, code):
    actor = {"CHR": world.chair, "OBS": world.observer}.get(code) or world.actor(code)

    with pytest.raises(NotPermitted):
        invitations.offer_reset(world.actor("BLR", Role.EXPERT).membership, days=1, actor=actor, now=NOON)


def test_an_ended_member_is_out_at_once(world):
    expert = world.actor("BLR", Role.EXPERT)

    members.end_membership(expert.membership, "moved to another post", actor=world.actor("BLR"), now=NOON)

    assert list_memberships(expert.user) == ()


def test_ending_a_role_asks_for_a_reason(world):
    with pytest.raises(Missing):
        members.end_membership(world.actor("BLR").membership, " ", actor=world.secretariat, now=NOON)


def test_a_focal_point_ends_no_role_but_its_experts(world):
    for foreign in (world.actor("KAZ", Role.EXPERT), world.actor("BLR"), world.chair):
        with pytest.raises(NotFound):
            members.end_membership(foreign.membership, "reason", actor=world.actor("BLR"), now=NOON)


def test_the_last_officer_stays(world):
    with pytest.raises(NotReady):
        members.end_membership(world.secretariat.membership, "reason", actor=world.secretariat, now=NOON)


def test_an_invitation_can_be_withdrawn_by_its_side_alone(world):
    (link,) = send(world.secretariat, wish(world, Role.EXPERT, "KAZ"))

    with pytest.raises(NotFound):
        invitations.withdraw_invitation(link.id, actor=world.actor("BLR"), now=NOON)
    invitations.withdraw_invitation(link.id, actor=world.actor("KAZ"), now=NOON)

    with pytest.raises(NotFound):
        invitations.withdraw_invitation(link.id, actor=world.secretariat, now=NOON)


def test_an_account_that_exists_is_not_taken_over_by_an_invitation(world):
    accounts.create_account("there@example.org", "There", password_hash="x", actor=system(), now=NOON)
    (link,) = send(world.secretariat, wish(world, Role.EXPERT, "KAZ", "there@example.org"))

    with pytest.raises(NotPermitted):
        invitations.accept_invitation(link.token, name="Me", password_hash="mine", actor=world.observer, now=NOON)
