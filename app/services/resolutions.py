"""Resolutions: what becomes of a provision, decided and worded in one act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.models import db, new_id
from app.models.decisions import Decision
from app.models.decisions import Resolution as ResolutionModel
from app.models.documents import Document, ProvisionRow, ProvisionText, Version
from app.models.documents import Edition as EditionModel
from app.models.proposals import Change as ChangeModel
from app.models.proposals import Proposal
from app.models.rounds import Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, EditedMeanwhile, Missing, NotFound, TransitionNotAllowed
from app.negotiation.permissions import require
from app.negotiation.vocabulary import ProposalState, RoundState
from app.queries import changes
from app.queries.provenance import Spans, block_spans, parts_spans
from app.queries.resulting import Decided, Holders
from app.services._unit import record, use_case
from app.services.decisions import NewDecision, add_decision
from app.text.canonical import decode_content, encode_parts, encode_provision
from app.text.changes import Operation
from app.text.provision import STATES, TEXT, Content, Parts, Place, Provision, States, without_empty


@dataclass(frozen=True)
class NewResolution:
    """The next text of a provision in one language; what is None stays as the base has it.

    Attributes:
        exists: False: the provision goes, with all under it.
        alone: Where it goes: what stands under it stays.
        rank: Its order among all that comes to one place.
        by_word: Whether it comes with a Word file; so comes a block that nobody proposed, too.
        parts: The next parts, every one of them.
        place: Where it moves; of a block, where it is inserted (by default where it was proposed).
        block: Instead of *parts*, the provisions of an accepted insertion, in reading order.
        holders: Part (of a block ``key/part``) to who holds its pairs of brackets, in order of the
            opening ones; None for a pair as it was.
    """

    exists: bool = True
    parts: Parts | None = None
    place: Place | None = None
    level: int | None = None
    block: tuple[Provision, ...] = ()
    holders: Mapping[str, Holders] = field(default_factory=dict)
    alone: bool = False
    rank: int | None = None
    by_word: bool = False


@use_case
def resolve(
    round_id: str,
    version_id: str,
    key: str,
    language: str,
    *,
    text: NewResolution,
    decisions: Mapping[str, NewDecision] | None = None,
    lock_version: int | None,
    actor: Actor,
    now: datetime,
) -> int:
    """Record decisions on changes (by id) and the next text of a provision, and return the text's new lock version.

    Args:
        key: The provision; of a block, its first provision as proposed.
        decisions: What was decided in the same act, if anything.
        lock_version: That of the text the officer saw; None where there was none.

    Raises:
        EditedMeanwhile: Somebody wrote this text or decided one of the changes since; nothing is overwritten.
        NotFound: The round is not about the version, the version has no such language, or neither it
            nor a proposal of the round has such a provision.
        Missing: A reason where one is wanted; words where states belong, or the other way round.
        TransitionNotAllowed: The round is not closed, or already concluded.
    """
    require(actor, "resolution.write")
    guard(round_id, version_id, language, actor)
    if decisions:
        require(actor, "decision.record")
    for change_id, decision in (decisions or {}).items():
        add_decision(change_id, decision, actor=actor, now=now)
    db.session.flush()
    row = _locked_row(round_id, version_id, key, language, lock_version)
    write_resolution(row, text, ground_of(row), now=now)
    db.session.add(row)
    record("resolution.write", row, facts={"key": key, "language": language})
    db.session.flush()
    return row.lock_version


def guard(round_id: str, version_id: str, language: str, actor: Actor) -> None:
    """Check that the resulting text of a version in a language can be worded now; for use cases.

    Raises:
        NotFound: The round is not about the version, or the version has no such language.
        TransitionNotAllowed: The round is not closed, or the next version is issued.
    """
    found = db.session.execute(
        select(Round, Document)
        .join(RoundVersion, RoundVersion.round_id == Round.id)
        .join(Version, Version.id == RoundVersion.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Round.id == round_id, Version.id == version_id, Round.body_id == actor.body)
    ).one_or_none()
    if found is None or db.session.get(EditionModel, (version_id, language)) is None:
        raise NotFound()
    if found[0].state != RoundState.CLOSED:
        raise TransitionNotAllowed(N_("decide"), found[0].state)
    issued = select(Version.id).where(Version.made_from == version_id, Version.round_id == round_id)
    if db.session.scalar(issued) is not None:
        raise TransitionNotAllowed(N_("decide"), N_("issued"))


def _locked_row(round_id: str, version_id: str, key: str, language: str, lock_version: int | None) -> ResolutionModel:
    row = db.session.scalar(
        select(ResolutionModel).where(
            ResolutionModel.round_id == round_id,
            ResolutionModel.version_id == version_id,
            ResolutionModel.key == key,
            ResolutionModel.language == language,
        )
    )
    if (row.lock_version if row else None) != lock_version:
        raise EditedMeanwhile(_shown(row) if row else "")
    if row is None:
        row = unwritten(round_id, version_id, key, language)
    return row


def unwritten(round_id: str, version_id: str, key: str, language: str) -> ResolutionModel:
    """Return a resolution that ``write_resolution`` has yet to write; it is not added to the session."""
    return ResolutionModel(
        id=new_id(), round_id=round_id, version_id=version_id, key=key, language=language, provenance={}, holders={}
    )


def _shown(row: ResolutionModel) -> str:
    """Return the words of a stored text as plain characters, for the officer who came second."""
    blocks = [provision["parts"] for provision in row.block or ()] if row.block else [row.parts or {}]
    contents = [decode_content(content) for parts in blocks for content in parts.values()]
    return "\n".join("".join(run.text for run in c) for c in contents if not isinstance(c, States))


@dataclass(frozen=True)
class Ground:
    """What a resolution is written on.

    Attributes:
        base: The provision in the language of the text; None for a block.
        spans: Part to the provenance of its words in the base.
        decided: The standing changes of the provision with the decisions that hold.
    """

    base: Provision | None
    spans: Mapping[str, Spans]
    decided: tuple[Decided, ...]


def write_resolution(row: ResolutionModel, new: NewResolution, ground: Ground, *, now: datetime) -> None:
    """Put a text into a new or found row of the running use case, with the origin of every phrase.

    Raises:
        NotFound, Missing: As ``resolve`` says.
    """
    base = ground.base
    inserted = [d for d in ground.decided if d.change.operation is Operation.INSERT]
    place = new.place
    if base is None:
        if not inserted and not new.by_word:
            raise NotFound()
        place = place or (inserted[0].change.place if inserted else None)
    elif new.parts is not None:
        _check_parts(base, new.parts)
    _check_place(row.version_id, row.key, place)
    writer = f"resolution:{row.id}"
    provenance: dict[str, Spans] = {}
    if new.block:
        provenance = block_spans(new.block, inserted, row.version_id, writer)
    elif new.parts is not None and base is not None:
        words = without_empty(new.parts)
        provenance = parts_spans(base, ground.spans, words, ground.decided, row.version_id, writer)
    row.exists = new.exists and (base is not None or bool(new.block))
    row.alone = not row.exists and new.alone and base is not None
    row.parts = None if new.parts is None else encode_parts(new.parts)
    row.moved = place is not None
    row.place_parent, row.place_after = (place.parent, place.after) if place else (None, None)
    row.level = new.level
    row.rank, row.by_word = new.rank, new.by_word
    row.block = [encode_provision(p) for p in new.block] or None
    row.holders = {name: [None if h is None else list(h) for h in pairs] for name, pairs in new.holders.items()}
    row.provenance = provenance
    row.written_at = now


def ground_of(row: ResolutionModel) -> Ground:
    """Return what one resolution is written on. Four queries."""
    decided = decided_by_key(row.round_id, row.version_id, row.key).get(row.key, ())
    found = db.session.get(ProvisionRow, (row.version_id, row.key))
    if found is None:
        return Ground(None, {}, decided)
    parts: dict[str, Content] = {}
    spans: dict[str, Spans] = {}
    for part, content, provenance in db.session.execute(
        select(ProvisionText.part, ProvisionText.content, ProvisionText.provenance).where(
            ProvisionText.version_id == row.version_id,
            ProvisionText.key == row.key,
            ProvisionText.language == row.language,
        )
    ):
        spans[part] = provenance
        if content:
            parts[part] = decode_content(content)
    base = Provision(row.key, found.kind, found.level, found.parent_key, parts, "", tuple(found.columns))
    return Ground(base, spans, decided)


def _check_parts(base: Provision, parts: Parts) -> None:
    for name, content in without_empty(parts).items():
        known = base.parts.get(name)
        if known is None and name in (TEXT, STATES):
            known = States(frozenset()) if name == STATES else ()
        if known is not None and isinstance(known, States) != isinstance(content, States):
            raise Missing(N_("states where states stand, and words where words stand"))


def _check_place(version_id: str, key: str, place: Place | None) -> None:
    if place is None:
        return
    for named in (place.parent, place.after):
        if named is not None and (named == key or db.session.get(ProvisionRow, (version_id, named)) is None):
            raise NotFound()
    after = db.session.get(ProvisionRow, (version_id, place.after)) if place.after else None
    if after is not None and after.parent_key != place.parent:
        raise NotFound()


def decided_by_key(round_id: str, version_id: str, key: str | None = None) -> dict[str, tuple[Decided, ...]]:
    """Return key to the standing changes of a provision in a round, with the decisions that hold. Two queries.

    Args:
        key: Of the one provision that is asked about.
    """
    standing = (
        Proposal.round_id == round_id,
        Proposal.state == ProposalState.SUBMITTED,
        ChangeModel.version_id == version_id,
        ChangeModel.key.is_not(None) if key is None else ChangeModel.key == key,
    )
    made = (
        select(Decision.change_id, Decision.outcome, Decision.id)
        .join(ChangeModel, ChangeModel.id == Decision.change_id)
        .join(Proposal, Proposal.id == ChangeModel.proposal_id)
        .where(*standing)
        .order_by(Decision.number)
    )
    newest = {change_id: (outcome, decision_id) for change_id, outcome, decision_id in db.session.execute(made)}
    found: dict[str, list[Decided]] = {}
    for row, delegation in db.session.execute(
        select(ChangeModel, Proposal.delegation_id)
        .join(Proposal, Proposal.id == ChangeModel.proposal_id)
        .where(*standing)
        .order_by(Proposal.received_at, ChangeModel.id)
    ):
        outcome, decision_id = newest.get(row.id, (None, None))
        decided = Decided(changes.of_row(row).change(), row.id, (delegation,), outcome, decision_id)
        found.setdefault(row.key or "", []).append(decided)
    return {name: tuple(made) for name, made in found.items()}
