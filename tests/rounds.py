"""An open round on the small plan, and delegations that propose in it."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.models import db
from app.models.documents import Version
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import Category, Visibility
from app.queries.texts import load_edition
from app.services import drafts, proposals, rounds
from app.services.proposals import NewChange, NewProposal, Receipt
from app.text.changes import Operation
from app.text.provision import TEXT, Edition, Provision, States
from app.text.retyping import retyped
from tests.world import DAY, NOON, World, make_document

DEADLINE = NOON + 10 * DAY
CLOSED = DEADLINE + DAY


@dataclass(frozen=True)
class OpenRound:
    """A round with one version of one document."""

    id: str
    version: str
    language: str = "ru"

    @property
    def edition(self) -> Edition:
        return load_edition(self.version, self.language)

    def provision(self, key: str) -> Provision:
        return self.edition.by_key()[key]

    def amended(self, key: str, words: str) -> NewChange:
        """Return the wish that a provision read so."""
        base = self.provision(key)
        parts = {**base.parts, TEXT: retyped(base.text, words)}
        return NewChange(Operation.AMEND, self.version, self.language, key, parts=parts)

    def with_states(self, key: str, part: str, *codes: str) -> NewChange:
        """Return the wish that a set hold these states."""
        parts = {**self.provision(key).parts, part: States(frozenset(codes))}
        return NewChange(Operation.AMEND, self.version, self.language, key, parts=parts)

    def of(self, operation: Operation, key: str, **more: object) -> NewChange:
        """Return another wish."""
        return replace(NewChange(operation, self.version, self.language, key), **more)  # type: ignore[arg-type]


def make_round(world: World, visibility: Visibility = Visibility.OPEN) -> OpenRound:
    """Open a round on the small plan until ten days after noon."""
    return open_round_on(world, make_document(world), visibility)


def open_round_on(world: World, document: str, visibility: Visibility = Visibility.OPEN) -> OpenRound:
    """Open a round on the newest version of a document until ten days after noon."""
    version = db.session.scalar(db.select(Version.id).where(Version.document_id == document))
    found = rounds.create_round(
        [version],
        opens_at=NOON,
        deadline=DEADLINE,
        zone="Asia/Shanghai",
        visibility=visibility,
        actor=world.secretariat,
        now=NOON,
    )
    rounds.open_round(found, actor=world.secretariat, now=NOON)
    return OpenRound(found, version)


def submit(
    round_: OpenRound,
    actor: Actor,
    *changes: NewChange,
    token: str = "",
    why: str = "Так точнее.",
    now: datetime = NOON,
    **more: object,
) -> Receipt:
    """Submit a proposal."""
    new = NewProposal(Category.SUBSTANTIVE, why, changes, **more)  # type: ignore[arg-type]
    token = token or f"{actor.delegation}{changes}{why}"
    return proposals.submit_proposal(round_.id, new, token=token, actor=actor, now=now)


def draft(round_: OpenRound, actor: Actor, change: NewChange, why: str = "Так точнее.") -> drafts.Saved:
    """Save a draft."""
    return drafts.save_draft(round_.id, change, category=Category.SUBSTANTIVE, justification=why, actor=actor, now=NOON)
