"""Who may do what does not move a state: one table, default no."""

from app.negotiation.actors import Actor
from app.negotiation.errors import NotPermitted
from app.negotiation.vocabulary import Role

_R = Role
DELEGATES = frozenset({_R.FOCAL_POINT, _R.EXPERT})
STAFF = frozenset({_R.CHAIR, _R.SECRETARIAT})
OFFICERS = frozenset({_R.SECRETARIAT})

PERMITTED: dict[str, frozenset[Role]] = {
    "body.create": frozenset({_R.ADMINISTRATOR, _R.SYSTEM}),
    "body.change": OFFICERS,
    "officer.invite": frozenset({_R.ADMINISTRATOR, _R.SYSTEM}),
    "member.invite": OFFICERS | {_R.FOCAL_POINT, _R.ADMINISTRATOR, _R.SYSTEM},
    "member.end": OFFICERS | {_R.FOCAL_POINT, _R.ADMINISTRATOR},
    "member.reset": OFFICERS | {_R.ADMINISTRATOR},
    "delegation.change": OFFICERS,
    "meeting.change": OFFICERS,
    "document.create": OFFICERS,
    "version.import": OFFICERS,
    "version.issue": OFFICERS,
    "version.release": OFFICERS,
    "version.sign": OFFICERS,
    "round.create": OFFICERS,
    "round.board": STAFF,
    "round.remind": OFFICERS,
    "draft.write": DELEGATES | STAFF,
    "draft.clear": STAFF | {_R.FOCAL_POINT},
    "clearance.make": frozenset({_R.FOCAL_POINT}),
    "proposal.submit": STAFF | {_R.FOCAL_POINT},
    "proposal.enter": OFFICERS,
    "position.take": STAFF | {_R.FOCAL_POINT},
    "round.answer": STAFF | {_R.FOCAL_POINT},
    "decision.record": STAFF,
    "resolution.write": STAFF,
    "provision.agree": STAFF,
    "recommendation.write": STAFF,
    "approved.pin": frozenset({_R.FOCAL_POINT}),
    "consent.give": OFFICERS | {_R.FOCAL_POINT},
    "person.erase": frozenset({_R.ADMINISTRATOR, _R.SYSTEM}),
    "record.read": frozenset(_R) - {_R.OBSERVER},
}
"""Act to roles. Administrators read no texts under negotiation and appear in none of their rows."""


def may(actor: Actor, act: str) -> bool:
    """Whether *actor* may do *act*; an unknown act is nobody's."""
    return actor.role in PERMITTED.get(act, frozenset())


def require(actor: Actor, act: str) -> None:
    """Raise NotPermitted unless *actor* may do *act*."""
    if not may(actor, act):
        raise NotPermitted(act, actor.role)
