"""Texts that came back to a delegation, as they are kept for it to look at."""

from app.negotiation.actors import Actor
from app.negotiation.vocabulary import ReturnSource
from app.services import returns
from app.services.proposals import NewChange
from app.services.returns import Asked, NewReturn
from tests.rounds import OpenRound
from tests.world import NOON


def came_back(round_: OpenRound, actor: Actor, *changes: NewChange, why: str = "Так точнее.", **more: object) -> str:
    """Keep a returned text that asks for these changes, each by itself; return its id."""
    asked = [Asked((change,), why) for change in changes]
    new = NewReturn(round_.version, "ru", ReturnSource.WORD, "by.docx", asked, **more)  # type: ignore[arg-type]
    return returns.keep_return(round_.id, new, actor=actor, now=NOON)
