"""Who invites whom, and which role sits where."""

import pytest

from app.negotiation.memberships import FITTING, INVITABLE, fits, invitable_by
from app.negotiation.vocabulary import DelegationKind, Role


def test_every_role_says_where_it_sits():
    assert set(FITTING) == set(Role)


@pytest.mark.parametrize("role", sorted(set(Role) - set(INVITABLE)))
def test_who_is_not_named_invites_nobody(role):
    assert invitable_by(role) == ()


@pytest.mark.parametrize("role", Role)
def test_nobody_invites_the_clock(role):
    assert Role.SYSTEM not in invitable_by(role)


@pytest.mark.parametrize(
    ("role", "kind", "answer"),
    [
        (Role.ADMINISTRATOR, None, True),
        (Role.ADMINISTRATOR, DelegationKind.SECRETARIAT, False),
        (Role.EXPERT, None, False),
        (Role.EXPERT, DelegationKind.MEMBER_STATE, True),
        (Role.FOCAL_POINT, DelegationKind.CHAIR, False),
        (Role.OBSERVER, DelegationKind.MEMBER_STATE, False),
    ],
)
def test_roles_sit_where_they_belong(role, kind, answer):
    assert fits(role, kind) is answer
