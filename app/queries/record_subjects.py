"""What events are about: rounds, versions, proposals … named so that a sentence can say them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import null, select

from app.models import db
from app.models.bodies import Delegation, Meeting, Membership
from app.models.decisions import Decision, Recommendation, Resolution
from app.models.documents import Agreement, Document, Release, Version
from app.models.proposals import Change, Position, Proposal
from app.models.rounds import Answer, Consent, Extension, Round


@dataclass(frozen=True)
class Subject:
    """What an event is about; what does not apply is None.

    Attributes:
        delegation: Id of the delegation whose it is (a proposal's author, who answered, who got more time).
        round: Number of the round; *proposal*: id; *number*: the proposal's number in its round.
        slug, titles, version, final: Of the document and version.
    """

    kind: str
    id: str
    delegation: str | None = None
    round: int | None = None
    proposal: str | None = None
    number: int | None = None
    slug: str | None = None
    titles: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    final: bool = False


_ROUND = Round.number.label("round")
_PROPOSAL = Proposal.id.label("proposal")
Loader = Callable[[tuple[str, ...]], Iterable[Subject]]


def load_subjects(wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Subject]:
    """Return (type, id) to subject; one query for each type. A type nobody described is named by its type alone."""
    ids: dict[str, list[str]] = defaultdict(list)
    for kind, subject_id in wanted:
        ids[kind].append(subject_id)
    found = {(kind, one): Subject(kind, one) for kind, those in ids.items() for one in those}
    for kind, those in ids.items():
        if kind in _LOADERS:
            found.update({(kind, s.id): s for s in _LOADERS[kind](tuple(dict.fromkeys(those)))})
    return found


def _rounds(ids: tuple[str, ...]) -> Iterable[Subject]:
    for row in db.session.execute(select(Round.id, Round.number).where(Round.id.in_(ids))):
        yield Subject("round", row.id, round=row.number)


def _in_round(kind: str, table: type[Extension] | type[Answer]) -> Loader:
    def load(ids: tuple[str, ...]) -> Iterable[Subject]:
        statement = select(table.id, table.delegation_id, Round.number).join(Round, Round.id == table.round_id)
        for row in db.session.execute(statement.where(table.id.in_(ids))):
            yield Subject(kind, row.id, delegation=row.delegation_id, round=row.number)

    return load


def _proposals(ids: tuple[str, ...]) -> Iterable[Subject]:
    statement = select(Proposal.id, Proposal.delegation_id, Proposal.number, _ROUND).join(
        Round, Round.id == Proposal.round_id
    )
    for row in db.session.execute(statement.where(Proposal.id.in_(ids))):
        yield Subject(
            "proposal", row.id, delegation=row.delegation_id, round=row.round, proposal=row.id, number=row.number
        )


def _positions(ids: tuple[str, ...]) -> Iterable[Subject]:
    statement = (
        select(
            Position.id,
            Position.delegation_id,
            _PROPOSAL,
            Proposal.number,
            Round.number.label("round"),
        )
        .join(Proposal, Proposal.id == Position.proposal_id)
        .join(Round, Round.id == Proposal.round_id)
        .where(Position.id.in_(ids))
    )
    for row in db.session.execute(statement):
        yield Subject(
            "position", row.id, delegation=row.delegation_id, round=row.round, proposal=row.proposal, number=row.number
        )


def _on_change(kind: str, table: type[Decision] | type[Recommendation]) -> Loader:
    def load(ids: tuple[str, ...]) -> Iterable[Subject]:
        statement = (
            select(
                table.id,
                _PROPOSAL,
                Proposal.delegation_id,
                Proposal.number,
                Round.number.label("round"),
            )
            .join(Change, Change.id == table.change_id)
            .join(Proposal, Proposal.id == Change.proposal_id)
            .join(Round, Round.id == Proposal.round_id)
            .where(table.id.in_(ids))
        )
        for row in db.session.execute(statement):
            yield Subject(
                kind, row.id, delegation=row.delegation_id, round=row.round, proposal=row.proposal, number=row.number
            )

    return load


def _documents(ids: tuple[str, ...]) -> Iterable[Subject]:
    for row in db.session.execute(select(Document.id, Document.slug, Document.titles).where(Document.id.in_(ids))):
        yield Subject("document", row.id, slug=row.slug, titles=row.titles)


def _versions(ids: tuple[str, ...]) -> Iterable[Subject]:
    statement = (
        select(Version.id, Version.number, Version.final, Document.slug, Document.titles)
        .join(Document, Document.id == Version.document_id)
        .where(Version.id.in_(ids))
    )
    for row in db.session.execute(statement):
        yield Subject("version", row.id, slug=row.slug, titles=row.titles, version=row.number, final=row.final)


def _of_version(kind: str, table: Any) -> Loader:
    def load(ids: tuple[str, ...]) -> Iterable[Subject]:
        owner = table.delegation_id if hasattr(table, "delegation_id") else null()
        statement = (
            select(table.id, owner.label("owner"), Version.number, Version.final, Document.slug, Document.titles)
            .join(Version, Version.id == table.version_id)
            .join(Document, Document.id == Version.document_id)
            .where(table.id.in_(ids))
        )
        for row in db.session.execute(statement):
            yield Subject(
                kind,
                row.id,
                delegation=row.owner,
                slug=row.slug,
                titles=row.titles,
                version=row.number,
                final=row.final,
            )

    return load


def _delegations(ids: tuple[str, ...]) -> Iterable[Subject]:
    for one in db.session.scalars(select(Delegation.id).where(Delegation.id.in_(ids))):
        yield Subject("delegation", one, delegation=one)


def _memberships(ids: tuple[str, ...]) -> Iterable[Subject]:
    statement = select(Membership.id, Membership.delegation_id).where(Membership.id.in_(ids))
    for row in db.session.execute(statement):
        yield Subject("membership", row.id, delegation=row.delegation_id)


def _meetings(ids: tuple[str, ...]) -> Iterable[Subject]:
    for row in db.session.execute(select(Meeting.id, Meeting.titles).where(Meeting.id.in_(ids))):
        yield Subject("meeting", row.id, titles=row.titles)


_LOADERS: Mapping[str, Loader] = {
    "round": _rounds,
    "extension": _in_round("extension", Extension),
    "answer": _in_round("answer", Answer),
    "proposal": _proposals,
    "position": _positions,
    "decision": _on_change("decision", Decision),
    "recommendation": _on_change("recommendation", Recommendation),
    "resolution": _of_version("resolution", Resolution),
    "agreement": _of_version("agreement", Agreement),
    "document": _documents,
    "version": _versions,
    "consent": _of_version("consent", Consent),
    "release": _of_version("release", Release),
    "delegation": _delegations,
    "membership": _memberships,
    "meeting": _meetings,
}
