"""Rounds as an officer makes them: scheduled, or open since noon, until ten days later."""

from datetime import datetime
from typing import Any

from app.models import db
from app.models.documents import Version
from app.negotiation.vocabulary import Visibility
from app.services import rounds
from tests.rounds import DEADLINE
from tests.world import NOON, World, make_document


def version_of(document_id: str) -> str:
    """Return the id of a document's Version 0."""
    return str(db.session.scalar(db.select(Version.id).where(Version.document_id == document_id)))


def schedule_round(
    world: World,
    *,
    opens_at: datetime = NOON,
    deadline: datetime = DEADLINE,
    visibility: Visibility = Visibility.OPEN,
    **more: Any,
) -> str:
    """Schedule a round on the small plan and return its id."""
    return rounds.create_round(
        [version_of(make_document(world))],
        opens_at=opens_at,
        deadline=deadline,
        zone="Asia/Shanghai",
        visibility=visibility,
        actor=world.secretariat,
        now=NOON,
        **more,
    )


def open_round(world: World, **more: Any) -> str:
    """Open a round on the small plan and return its id."""
    round_id = schedule_round(world, **more)
    rounds.open_round(round_id, actor=world.secretariat, now=NOON)
    return round_id
