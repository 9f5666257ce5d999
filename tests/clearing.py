"""Ministries that sent something back to their delegation, and a focal point who clears it."""

from app.negotiation.actors import Actor
from app.negotiation.vocabulary import ReturnSource
from app.queries.clearances import ClearanceDesk, Submission, load_clearance
from app.queries.cleared import reading_id
from app.services import clearances, returns
from app.services.clearances import NewChoice
from app.services.proposals import NewChange
from app.services.returns import Asked, NewReturn
from tests.rounds import OpenRound
from tests.world import NOON

TEXT = ("plan", 1, "ru")
"""The text of the small plan in its first round."""


def sent_back(round_: OpenRound, actor: Actor, ministry: str, *changes: NewChange, why: str = "Так точнее.") -> str:
    """Keep what a ministry asks for; return the file's id."""
    asked = [Asked((change,), why) for change in changes]
    new = NewReturn(
        round_.version, "ru", ReturnSource.MINISTRY, f"{ministry}.docx", asked, sponsor=ministry, content=b"PK"
    )
    return returns.keep_return(round_.id, new, actor=actor, now=NOON)


def desk(actor: Actor) -> ClearanceDesk:
    """Return the clearance as the delegation sees it."""
    return load_clearance(*TEXT, actor=actor, now=NOON)


def choose(actor: Actor, case_id: str, *numbers: int, **more: object) -> None:
    """Take readings of a case by their numbers; none: leave it out."""
    one = desk(actor).case(case_id)
    taken = [reading_id(r) for r in one.case.readings if r.number in numbers]
    new = NewChoice(taken, **more)  # type: ignore[arg-type]
    clearances.choose(*TEXT, case_id, new, seen=one.seen, actor=actor, now=NOON)


def submit_all(actor: Actor, seen: ClearanceDesk | None = None, now=NOON) -> Submission:
    """Submit the cleared set, as seen now or before."""
    seen = seen or desk(actor)
    return clearances.submit_cleared(
        *TEXT, lock_version=seen.lock_version, content_hash=seen.content_hash, token=seen.token, actor=actor, now=now
    )
