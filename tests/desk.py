"""A round that is closed, and officers who decide in it."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.models import db
from app.models.documents import Document, Version
from app.models.proposals import Change
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import Outcome, Visibility
from app.queries.consolidation import Consolidation, load_consolidation
from app.queries.texts import load_edition
from app.services import resolutions, rounds
from app.services._unit import record, use_case
from app.services.decisions import NewDecision, decide
from app.services.proposals import Receipt
from app.services.resolutions import NewResolution
from app.services.versions import add_version
from app.text.provision import TEXT, Edition
from app.text.retyping import retyped
from app.text.runs import text as words_of
from tests.rounds import CLOSED, OpenRound
from tests.world import DAY, NOON, World, make_document, small_plan

LATER = CLOSED + timedelta(hours=1)


def close(world: World, round_: OpenRound) -> None:
    """Close the round."""
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)


def desk(world: World, slug: str = "plan", number: int = 1) -> Consolidation:
    """Return the consolidation as the secretariat sees it."""
    return load_consolidation(slug, number, actor=world.secretariat, now=LATER)


def change_of(receipt: Receipt, ordinal: int = 1) -> str:
    """Return the id of a proposal's change."""
    statement = db.select(Change.id).where(Change.proposal_id == receipt.proposal, Change.ordinal == ordinal)
    return str(db.session.scalar(statement))


def decided(
    world: World, receipt: Receipt, outcome: Outcome, *, reason: str = "Так решили.", ordinal: int = 1, seen: int = 0
) -> None:
    """Record a decision on a change."""
    decision = NewDecision(outcome, reason, seen=seen)
    decide({change_of(receipt, ordinal): decision}, actor=world.secretariat, now=LATER)


def worded(
    round_: OpenRound,
    key: str,
    words: str,
    *,
    actor: Actor,
    seen: int | None = None,
    language: str = "ru",
    now: datetime = LATER,
    **more: object,
) -> int:
    """Write the resulting text of a provision."""
    base = load_edition(round_.version, language).by_key()[key]
    text = NewResolution(parts={**base.parts, TEXT: retyped(base.text, words)})
    return resolutions.resolve(
        round_.id,
        round_.version,
        key,
        language,
        text=text,
        lock_version=seen,
        actor=actor,
        now=now,
        **more,  # type: ignore[arg-type]
    )


def words(round_: OpenRound, number: int, language: str = "ru", slug: str = "plan") -> dict[str, str]:
    """Return key to plain words of a later version."""
    version = db.session.scalar(
        db.select(Version.id)
        .join(Document, Document.id == Version.document_id)
        .where(Document.slug == slug, Version.number == number)
    )
    assert version is not None
    return {p.key: "".join(run.text for run in p.text) for p in load_edition(version, language)}


def make_bilingual(world: World, russian: Edition, chinese: Edition, slug: str = "plan") -> str:
    """Start a document whose Version 0 is there in two languages."""
    document = make_document(world, slug, russian)
    _add_language(document, russian, chinese, actor=world.secretariat, now=NOON)
    return document


@use_case
def _add_language(document: str, russian: Edition, chinese: Edition, *, actor: Actor, now: datetime) -> None:
    found = db.session.get_one(Document, document)
    old = db.session.scalar(db.select(Version).where(Version.document_id == document))
    assert old is not None
    version = add_version(found, {"ru": russian, "zh": chinese}, number=1, now=now, made_from=old)
    record("version.import", version)


def chinese() -> Edition:
    """Return the small plan in Chinese."""
    words_ = {"title": "行动计划", "s1": "总则", "p1": "各方在数字领域发展合作。", "p2": "各方建立统一的经验交流平台。"}
    words_ |= {"p2a": "交流信息；", "p2b": "举行磋商。", "p3": "本计划不是国际条约。"}
    provisions = []
    for p in small_plan():
        parts = {TEXT: words_of(words_[p.key])} if p.key in words_ else dict(p.parts)
        provisions.append(replace(p, parts=parts))
    return Edition("zh", tuple(provisions))


def open_on(world: World, document: str, number: int = 0, at: datetime = NOON) -> OpenRound:
    """Open a round on a version of a document, for ten days."""
    version = db.session.scalar(db.select(Version.id).where(Version.document_id == document, Version.number == number))
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
    return OpenRound(found, version)
