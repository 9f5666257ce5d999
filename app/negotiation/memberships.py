"""Who may make whom a member, and which role sits with which kind of delegation."""

from app.negotiation.vocabulary import DelegationKind, Role

_R, _K = Role, DelegationKind

INVITABLE: dict[Role, tuple[Role, ...]] = {
    _R.SYSTEM: (_R.ADMINISTRATOR, _R.SECRETARIAT, _R.CHAIR, _R.FOCAL_POINT, _R.EXPERT, _R.OBSERVER),
    _R.ADMINISTRATOR: (_R.ADMINISTRATOR, _R.SECRETARIAT),
    _R.SECRETARIAT: (_R.FOCAL_POINT, _R.EXPERT, _R.CHAIR, _R.SECRETARIAT, _R.OBSERVER),
    _R.FOCAL_POINT: (_R.EXPERT,),
}
"""Who invites to which roles: administrators the first officers of a body, focal points their own experts."""

FITTING: dict[Role, frozenset[DelegationKind]] = {
    _R.ADMINISTRATOR: frozenset(),
    _R.SECRETARIAT: frozenset({_K.SECRETARIAT}),
    _R.CHAIR: frozenset({_K.CHAIR}),
    _R.FOCAL_POINT: frozenset({_K.MEMBER_STATE, _K.BODY}),
    _R.EXPERT: frozenset({_K.MEMBER_STATE, _K.BODY, _K.CHAIR, _K.SECRETARIAT}),
    _R.OBSERVER: frozenset({_K.OBSERVER}),
    _R.SYSTEM: frozenset(),
}
"""A role to the kinds of delegation it sits with; administrators sit with none."""


def invitable_by(role: Role) -> tuple[Role, ...]:
    """Return the roles that somebody in *role* may invite to, the most usual first."""
    return INVITABLE.get(role, ())


def fits(role: Role, kind: DelegationKind | None) -> bool:
    """Whether *role* sits with a delegation of *kind*; None: with no delegation."""
    return kind in FITTING[role] if kind is not None else not FITTING[role]
