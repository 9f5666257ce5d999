"""A large draft under negotiation, in a database, and its reading desk on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import event

from app.models import db
from app.models.documents import Version
from app.models.rounds import Round
from app.negotiation.vocabulary import Category, Outcome, Visibility
from app.queries.consolidation import load_consolidation
from app.services import decisions, issuing, proposals, rounds
from app.services.decisions import NewDecision
from app.services.proposals import NewChange, NewProposal
from tests.benchmarks.large import large_edition, large_wishes
from tests.world import DAY, NOON, World, make_document

SLUG = "large"


@dataclass(frozen=True)
class LargeRound:
    """A round on a large draft."""

    id: str
    number: int
    version: str


def make_large_round(world: World, size: int, slug: str = SLUG, at: datetime = NOON) -> LargeRound:
    """Start a document of *size* provisions and open a round in which ten delegations amend all of it."""
    edition = large_edition(size)
    document = make_document(world, slug, edition)
    version = db.session.scalars(db.select(Version.id).where(Version.document_id == document)).one()
    found = rounds.create_round(
        [version],
        opens_at=at,
        deadline=at + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=at,
    )
    rounds.open_round(found, actor=world.secretariat, now=at)
    wishes = sorted(large_wishes(edition), key=lambda wish: wish.sponsor)
    for code, theirs in groupby(wishes, key=lambda wish: wish.sponsor):
        changes = [NewChange(w.change.operation, version, "ru", w.change.key, parts=w.change.parts) for w in theirs]
        new = NewProposal(Category.SUBSTANTIVE, "Так точнее.", changes)
        proposals.submit_proposal(found, new, token=f"{slug} {code}", actor=world.actor(code), now=at)
    return LargeRound(found, db.session.get_one(Round, found).number, version)


def close_large_round(world: World, round_: LargeRound, slug: str, at: datetime) -> None:
    """Close the round and accept the first reading of each provision."""
    rounds.close_round(round_.id, actor=world.secretariat, now=at)
    about = load_consolidation(slug, round_.number, compared=False, actor=world.secretariat, now=at)
    accepted = {
        source.change.id: NewDecision(Outcome.ACCEPTED) for case in about.cases for source in case.readings[0].sources
    }
    decisions.decide(accepted, actor=world.secretariat, now=at)


def issue_large_version(world: World, round_: LargeRound, slug: str, at: datetime) -> None:
    """Issue the next version; what is not decided is carried over."""
    issuing.issue_version(slug, round_.number, carry_over=True, actor=world.secretariat, now=at)


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
