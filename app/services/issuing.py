"""Issuing: the next version out of what was decided in a round."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import select

from app.models import db
from app.models.decisions import Decision
from app.models.documents import Agreement, Bracket, Document, Version
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotReady
from app.negotiation.permissions import require
from app.negotiation.vocabulary import Outcome, RoundState
from app.negotiation.workflows import ROUND
from app.queries import access
from app.queries.cases import CaseState, Source
from app.queries.consolidation import Consolidation, load_consolidation
from app.queries.issuing import CheckKind, NextVersion, list_brackets, next_version, provenance_of
from app.queries.resolutions import ResolutionRow, resolution_row
from app.queries.resulting import openings
from app.queries.rounds import RoundDocument, list_round_documents
from app.services._advance import advance
from app.services._grounds import Grounds
from app.services._unit import record, use_case
from app.services.resolutions import NewResolution, unwritten, write_resolution
from app.services.versions import add_version
from app.text.brackets import Holding, holdings_in
from app.text.next_version import Resolution
from app.text.provision import Edition, States
from app.text.runs import Text

REOPENED = N_("The text changed in the next version.")
"""Why a provision that was agreed is open again, where the next version words it anew."""
PROBLEMS = {
    CheckKind.UNDECIDED: N_("proposals are not decided"),
    CheckKind.CLASH: N_("accepted readings collide: the text needs wording"),
    CheckKind.WORDING: N_("something accepted as amended is not worded yet"),
    CheckKind.BRACKETS: N_("a square bracket has no partner"),
}
"""What stands in the way, in words."""
_CHANGES_NOTHING = frozenset({Outcome.NOT_ACCEPTED, Outcome.NOTED, Outcome.COVERED, Outcome.DEFERRED})


@use_case
def issue_version(
    document_slug: str, round_number: int, *, carry_over: bool, note: str = "", actor: Actor, now: datetime
) -> int:
    """Issue the next version of a document from a closed round and return its number.

    Decisions that no person worded make their text by themselves and are stored as resolutions with the
    version, so that it is a function of its base and them. A translation follows with its own wordings; where
    it has none for what changed, it is stale. Agreed provisions whose text changed are open again. The round is
    concluded once none of its documents waits for its next version.

    Args:
        carry_over: Whether everything undecided is deferred in this act.

    Raises:
        NotPermitted: The actor is not of the secretariat.
        NotReady: Something stands in the way; it is listed.
    """
    require(actor, "version.issue")
    about = load_consolidation(document_slug, round_number, compared=False, actor=actor, now=now)
    round_ = db.session.get_one(Round, about.round.id)
    _guard(about, round_)
    deferred = _defer(about.undecided, now) if carry_over else ()
    if deferred:
        about = load_consolidation(document_slug, round_number, compared=False, actor=actor, now=now)
    following = next_version(about)
    kinds = {c.kind for c in following.checks if c.is_blocking or c.kind is CheckKind.UNDECIDED}
    if kinds:
        raise NotReady("; ".join(PROBLEMS[kind] for kind in CheckKind if kind in kinds))
    rows = _stored(about, following, now)
    version = _add(about, following, rows, note, now)
    facts = {"number": version.number, "round": round_.number, "carried_over": len(deferred)}
    record("version.issue", version, facts=facts)
    _reopen(about, following, version, now)
    if not any(_waits(other, round_, actor, now) for other in list_round_documents(round_.id)):
        _conclude(round_, actor, now)
    return version.number


@use_case
def conclude_round(round_number: int, *, actor: Actor, now: datetime) -> None:
    """Conclude a closed round that leaves its documents as they are.

    Raises:
        NotReady: A document of it waits for its next version.
    """
    round_ = access.get_round(round_number, actor=actor)
    if any(_waits(document, round_, actor, now) for document in list_round_documents(round_.id)):
        raise NotReady(N_("a document of the round waits for its next version"))
    _conclude(round_, actor, now)


def _conclude(round_: Round, actor: Actor, now: datetime) -> None:
    advance(round_, ROUND, "conclude", actor=actor)
    round_.concluded_at = now


def _guard(about: Consolidation, round_: Round) -> None:
    if round_.state != RoundState.CLOSED:
        raise NotReady(N_("the round is not closed, or already concluded"))
    if _is_issued(about.version_id, round_):
        raise NotReady(N_("the next version was issued already"))


def _is_issued(version_id: str, round_: Round) -> bool:
    issued = select(Version.id).where(Version.made_from == version_id, Version.round_id == round_.id)
    return db.session.scalar(issued) is not None


def _defer(undecided: tuple[Source, ...], now: datetime) -> tuple[Decision, ...]:
    decisions = tuple(
        Decision(change_id=source.change.id, number=1, outcome=Outcome.DEFERRED, reason="", at=now)
        for source in undecided
    )
    db.session.add_all(decisions)
    if decisions:
        record("decision.carry_over", decisions[0], facts={"changes": [d.change_id for d in decisions]})
        db.session.flush()
    return decisions


def _stored(about: Consolidation, following: NextVersion, now: datetime) -> dict[tuple[str, str], ResolutionRow]:
    """Return every resolution as a row, those made by decisions alone written down first."""
    grounds = Grounds(about)
    made = []
    for (key, language), text in following.made.items():
        row = unwritten(about.round.id, about.version_id, key, language)
        new = NewResolution(
            text.exists,
            text.parts,
            text.place,
            text.level,
            text.block,
            following.holders[key, language],
            alone=text.alone,
        )
        write_resolution(row, new, grounds.of(row), now=now)
        made.append(row)
    db.session.add_all(made)
    db.session.flush()
    return {**about.resolutions, **{(row.key, row.language): resolution_row(row) for row in made}}


def _add(
    about: Consolidation,
    following: NextVersion,
    rows: Mapping[tuple[str, str], ResolutionRow],
    note: str,
    now: datetime,
) -> Version:
    version = add_version(
        db.session.get_one(Document, about.document_id),
        following.editions,
        number=following.number,
        now=now,
        made_from=db.session.get_one(Version, about.version_id),
        round_id=about.round.id,
        provenance=provenance_of(about, following.editions, rows),
        stale=following.stale,
        note=note.strip(),
    )
    db.session.flush()
    db.session.add_all(_brackets(about, following, version, rows))
    return version


def _brackets(
    about: Consolidation, following: NextVersion, version: Version, rows: Mapping[tuple[str, str], ResolutionRow]
) -> Iterator[Bracket]:
    """Yield a row for every pair of brackets: who holds it and since when, as it was or as it was decided."""
    known: dict[tuple[str, str, str], list[Holding]] = {}
    for b in list_brackets(about.version_id):
        holding = Holding(b.ordinal, b.holders, str(b.since_version), b.reason, b.literal)
        known.setdefault((b.language, b.key, b.part), []).append(holding)
    told = _told_holders(rows)
    for code, edition in following.editions.items():
        for key, part, content in _texts(edition):
            pairs = len(openings(content))
            if not pairs:
                continue
            before = about.keyed[code].get(key)
            old = before.parts.get(part, ()) if before else ()
            kept = _kept(() if isinstance(old, States) else old, content, known.get((code, key, part), []), about)
            holders = told.get((code, key, part), ())
            for ordinal in range(pairs):
                stood = kept.get(ordinal)
                said = holders[ordinal] if ordinal < len(holders) else None
                yield Bracket(
                    version_id=version.id,
                    key=key,
                    language=code,
                    part=part,
                    ordinal=ordinal,
                    literal=bool(stood and stood.literal),
                    holders=list(said if said is not None else stood.holders if stood else ()),
                    since_version=int(stood.since) if stood else version.number,
                    reason=stood.reason if stood else _reason(about, key),
                )


def _kept(old: Text, new: Text, known: list[Holding], about: Consolidation) -> dict[int, Holding]:
    """Return the pairs that stood in the base already, by their ordinals now; one nobody wrote down stood there too."""
    noted = {h.ordinal: h for h in known}
    every = [noted.get(i, Holding(i, since=str(about.number))) for i in range(len(openings(old)))]
    return {h.ordinal: h for h in holdings_in(old, new, every)}


def _told_holders(
    rows: Mapping[tuple[str, str], ResolutionRow],
) -> dict[tuple[str, str, str], tuple[tuple[str, ...] | None, ...]]:
    found = {}
    for row in rows.values():
        for name, holders in row.holders.items():
            key, part = name.split("/", 1) if row.text.block else (row.key, name)
            found[row.language, key, part] = holders
    return found


def _texts(edition: Edition) -> Iterator[tuple[str, str, Text]]:
    for provision in edition:
        for part, content in provision.parts.items():
            if not isinstance(content, States):
                yield provision.key, part, content


def _reason(about: Consolidation, key: str) -> str:
    """Return why a provision's brackets were set: the reasons of what was kept in brackets there."""
    reasons = dict.fromkeys(
        source.decision.reason
        for case in about.cases
        for reading in case.readings
        for source in reading.sources
        if source.change.stored.key == key and source.decision is not None
        if source.decision.outcome is Outcome.KEPT_IN_BRACKETS and source.decision.reason
    )
    return " ".join(reasons)


def _reopen(about: Consolidation, following: NextVersion, version: Version, now: datetime) -> None:
    """Note that agreed provisions are open again where their negotiating text is another one now, or gone."""
    standing = {p.key for p in following.editions[about.language]}
    for key in sorted(about.agreed & following.changed & standing):
        last = db.session.scalar(
            select(Agreement.number)
            .where(Agreement.document_id == about.document_id, Agreement.key == key)
            .order_by(Agreement.number.desc())
            .limit(1)
        )
        agreement = Agreement(
            document_id=about.document_id,
            key=key,
            number=(last or 0) + 1,
            agreed=False,
            version_id=version.id,
            reason=REOPENED,
            at=now,
        )
        db.session.add(agreement)
        record("provision.reopen", agreement, facts={"key": key, "reason": REOPENED})


def _waits(document: RoundDocument, round_: Round, actor: Actor, now: datetime) -> bool:
    """Whether a document of the round waits for its next version: something was, or is still to be, decided on it."""
    slug, version_id = document.slug, document.version_id
    if _is_issued(version_id, round_):
        return False
    about = load_consolidation(slug, round_.number, compared=False, actor=actor, now=now)
    outcomes = {s.decision.outcome for s in about.sources if s.decision is not None}
    is_open = any(case.state is CaseState.OPEN for case in about.cases)
    return is_open or bool(about.resolutions) or not outcomes <= _CHANGES_NOTHING


def stored_texts(about: Consolidation) -> dict[tuple[str, str], Resolution]:
    """Return (key, language) to the resolutions written down: with the base, all that the next version is made of."""
    return {name: row.text for name, row in about.resolutions.items()}
