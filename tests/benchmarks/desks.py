"""A large draft under negotiation, in a database, and its reading desk on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from sqlalchemy import event

from app.models import db
from app.models.documents import Version
from app.negotiation.vocabulary import Category, Visibility
from app.services import proposals, rounds
from app.services.proposals import NewChange, NewProposal
from tests.benchmarks.large import large_edition, large_wishes
from tests.world import DAY, NOON, World, make_document

SLUG = "large"


def make_large_round(world: World, size: int, slug: str = SLUG) -> None:
    """Start a document of *size* provisions and open a round in which ten delegations amend all of it."""
    edition = large_edition(size)
    document = make_document(world, slug, edition)
    version = db.session.scalars(db.select(Version.id).where(Version.document_id == document)).one()
    found = rounds.create_round(
        [version],
        opens_at=NOON,
        deadline=NOON + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )
    rounds.open_round(found, actor=world.secretariat, now=NOON)
    wishes = sorted(large_wishes(edition), key=lambda wish: wish.sponsor)
    for code, theirs in groupby(wishes, key=lambda wish: wish.sponsor):
        changes = [NewChange(w.change.operation, version, "ru", w.change.key, parts=w.change.parts) for w in theirs]
        new = NewProposal(Category.SUBSTANTIVE, "Так точнее.", changes)
        proposals.submit_proposal(found, new, token=f"{slug} {code}", actor=world.actor(code), now=NOON)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that are sent to the database."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
