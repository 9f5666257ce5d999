"""The next version before it is issued: its text in every language, and what stands in its way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.models import db
from app.models.bodies import Body
from app.models.documents import Bracket, Document, ProvisionText, Version
from app.queries.cases import Case
from app.queries.consolidation import Consolidation
from app.queries.provenance import Spans, encode_spans, tiling
from app.queries.resolutions import ResolutionRow
from app.queries.resulting import Obstacle, Result, is_balanced
from app.text.canonical import encode_content, fingerprint_of
from app.text.next_version import Resolution, next_edition
from app.text.numbering import Numbering, Suffix, labels_of, relabel
from app.text.provision import Edition, Parts, Provision, States, without_empty
from app.text.references import moved_references
from app.text.structure import plain_of


class CheckKind(StrEnum):
    """What is checked before a version is issued."""

    UNDECIDED = "undecided"
    CLASH = "clash"
    WORDING = "wording"
    BRACKETS = "brackets"
    REFERENCE = "reference"
    NUMBERING = "numbering"
    TRANSLATION = "translation"


BLOCKING = frozenset({CheckKind.CLASH, CheckKind.WORDING, CheckKind.BRACKETS})
"""What must be put right first. What is undecided is carried over, if the officer says so."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing found.

    Attributes:
        case: Id of the case to go to; None where there is none.
        key, language: Where it is; None for the whole text.
        words: What it is about, as it is written: the mention, the label.
    """

    kind: CheckKind
    key: str | None = None
    case: str | None = None
    language: str | None = None
    words: str = ""

    @property
    def is_blocking(self) -> bool:
        """Whether nothing can be issued before it is put right."""
        return self.kind in BLOCKING


@dataclass(frozen=True)
class NextVersion:
    """The next version as the decisions and texts make it now.

    Attributes:
        number: Its number.
        editions: Language to text, labelled anew.
        made: (key, language) to the resolutions that no person wrote, to be stored with the version.
        changed: Keys of provisions whose negotiating text is not what it was.
        stale: (language, key) of translations that do not say what the negotiating text says now.
    """

    number: int
    editions: Mapping[str, Edition]
    made: Mapping[tuple[str, str], Resolution]
    holders: Mapping[tuple[str, str], Mapping[str, tuple[tuple[str, ...] | None, ...]]]
    changed: frozenset[str]
    stale: frozenset[tuple[str, str]]
    checks: tuple[Check, ...]
    numbering: Mapping[str, Numbering]


def numbering_of(rules: Mapping[str, object], language: str) -> Numbering:
    """Return how a body numbers in a language; its rules may say ``"suffix": "superscript"``."""
    return Numbering(language, Suffix(str(rules.get("suffix", Suffix.WORD))))


def next_version(about: Consolidation) -> NextVersion:
    """Return the next version of a document as it would be issued now, with everything the checks found.

    The negotiating language decides what stands where; a translation follows, with its own wordings.
    """
    document = db.session.get_one(Document, about.document_id)
    rules = db.session.get_one(Body, document.body_id).rules
    numbering = {code: numbering_of(rules, code) for code in about.editions}
    made, holders, found = _mechanical(about)
    texts = {(key, language): row.text for (key, language), row in about.resolutions.items()} | made
    editions = built(about, texts, numbering)
    changed = _changed(about.base, editions[about.language])
    stale = _stale(about, editions)
    checks = [*found, *_checks(about, editions, numbering, stale)]
    last = select(Version.number).where(Version.document_id == document.id).order_by(Version.number.desc()).limit(1)
    return NextVersion(
        (db.session.scalar(last) or 0) + 1, editions, made, holders, changed, stale, tuple(checks), numbering
    )


def built(
    about: Consolidation, texts: Mapping[tuple[str, str], Resolution], numbering: Mapping[str, Numbering]
) -> dict[str, Edition]:
    """Return the next edition of each language from the base and the resolutions alone, labelled anew."""
    leading = in_order(
        about,
        [
            text
            for (key, language), text in texts.items()
            # A block that is not to stand leaves nothing to do.
            if language == about.language and (text.block or key in about.by_key)
        ],
    )
    editions = {}
    for code, base in about.editions.items():
        own = {key: text for (key, language), text in texts.items() if language == code}
        following = leading if code == about.language else list(_followed(base, leading, own))
        editions[code] = relabel(next_edition(base, following), base, numbering[code])
    return editions


def in_order(about: Consolidation, texts: Iterable[Resolution]) -> list[Resolution]:
    """Return resolutions so that what comes to one place stands as somebody arranged it.

    The others follow, by their first sponsor's rank, then by text, then by key.
    """
    ranks = {code: rank for rank, code in enumerate(about.people.order)}
    first = {
        reading.stored.key: ranks[reading.sponsors[0]]
        for case in about.cases
        if case.place is not None
        for reading in case.readings
    }

    def order(r: Resolution) -> tuple[bool, int, int, str, str]:
        return r.rank is None, r.rank or 0, first.get(r.key, len(ranks)), plain_of(r.block), r.key

    return sorted(texts, key=order)


def _followed(base: Edition, leading: Sequence[Resolution], own: Mapping[str, Resolution]) -> Iterator[Resolution]:
    """Yield the resolutions of a translation: what stands where as negotiated, the words its own."""
    by_key = base.by_key()
    done = set()
    for r in leading:
        done.add(r.key)
        mine = own.get(r.key)
        if r.block:
            yield replace(r, block=tuple(_translated(r.block, mine)))
            continue
        parts = mine.parts if mine is not None and mine.parts is not None else None
        yield replace(r, parts=_with_states(by_key[r.key], parts, r.parts))
    for key, r in own.items():
        if key not in done and key in by_key:
            yield Resolution(key, parts=r.parts)


def _translated(block: Iterable[Provision], mine: Resolution | None) -> Iterator[Provision]:
    words = {p.key: p.parts for p in mine.block} if mine is not None else {}
    for provision in block:
        states = {name: c for name, c in provision.parts.items() if isinstance(c, States)}
        yield replace(provision, parts={**words.get(provision.key, {}), **states})


def _with_states(base: Provision, parts: Parts | None, negotiated: Parts | None) -> Parts | None:
    """Return the parts of a translation with the sets of states as negotiated: they are the same in every language."""
    if negotiated is None:
        return parts
    states = {name: c for name, c in negotiated.items() if isinstance(c, States)}
    kept = base.parts if parts is None else parts
    left = {name: c for name, c in kept.items() if not isinstance(c, States)}
    merged = without_empty({**left, **states})
    return parts if merged == without_empty(base.parts) and parts is None else merged


def _mechanical(
    about: Consolidation,
) -> tuple[
    dict[tuple[str, str], Resolution],
    dict[tuple[str, str], Mapping[str, tuple[tuple[str, ...] | None, ...]]],
    list[Check],
]:
    """Return the resolutions that decisions make where no person wrote one, and where a person must."""
    made: dict[tuple[str, str], Resolution] = {}
    holders: dict[tuple[str, str], Mapping[str, tuple[tuple[str, ...] | None, ...]]] = {}
    found = []
    for case in about.cases:
        found += [Check(CheckKind.UNDECIDED, case.anchor, case.id) for s in _waiting(case)]
        for key, language, result in _results(about, case):
            if (key, language) in about.resolutions:
                continue
            if result.obstacle is not None:
                kind = CheckKind.CLASH if result.obstacle is Obstacle.CLASH else CheckKind.WORDING
                found.append(Check(kind, case.anchor, case.id, language))
            elif not result.is_base and (result.exists or case.key is not None):
                made[key, language] = _decided(key, result)
                holders[key, language] = result.holders
    return made, holders, found


def by_decisions(about: Consolidation, numbering: Mapping[str, Numbering]) -> Edition:
    """Return the next negotiating text as decisions alone make it; what they leave to a person is as worded."""
    texts: dict[tuple[str, str], Resolution] = {}
    for case in about.cases:
        for key, language, result in _results(about, case):
            worded = about.resolutions.get((key, language))
            if result.obstacle is None:
                texts[key, language] = _decided(key, result)
            elif worded is not None:
                texts[key, language] = worded.text
    return built(about, texts, numbering)[about.language]


def _decided(key: str, result: Result) -> Resolution:
    alone = result.alone
    return Resolution(key, result.exists, result.parts, result.place, result.level, result.block, alone=alone)


def _waiting(case: Case) -> Iterator[object]:
    return (s for r in case.readings for s in r.sources if s.is_decidable and s.decision is None)


def _results(about: Consolidation, case: Case) -> Iterator[tuple[str, str, Result]]:
    if case.key is not None:
        for language in about.editions:
            yield case.key, language, about.result(case, language)
    for reading, result in about.blocks(case):
        yield reading.change.key, about.language, result


def _changed(base: Edition, new: Edition) -> frozenset[str]:
    before = base.by_key()
    return frozenset(p.key for p in new if p.key not in before or not p.same_text(before[p.key]))


def _stale(about: Consolidation, editions: Mapping[str, Edition]) -> frozenset[tuple[str, str]]:
    leading = editions[about.language]
    before = about.by_key
    reworded = {p.key for p in leading if p.key not in before or _wording(p) != _wording(before[p.key])}
    moved_on = {(code, key) for code in editions if code != about.language for key in reworded} | was_stale(about)
    standing = {p.key for p in leading}
    return frozenset(one for one in moved_on - _translated_now(about) if one[1] in standing)


def _wording(provision: Provision) -> dict[str, object]:
    return {name: c for name, c in without_empty(provision.parts).items() if not isinstance(c, States)}


def _translated_now(about: Consolidation) -> frozenset[tuple[str, str]]:
    """Return (language, key) of what somebody worded, not before the negotiated text was last written."""
    found: set[tuple[str, str]] = set()
    for (first, language), row in about.resolutions.items():
        leading = about.resolutions.get((first, about.language))
        if language != about.language and (leading is None or leading.written_at <= row.written_at):
            found.update((language, key) for key in (first, *(p.key for p in row.text.block)))
    return frozenset(found)


def was_stale(about: Consolidation) -> frozenset[tuple[str, str]]:
    """Return (language, key) of the provisions whose translation said something else already in the base. One query."""
    words = {
        (p.key, name): fingerprint_of(encode_content(content)) for p in about.base for name, content in p.parts.items()
    }
    rows = db.session.execute(
        select(ProvisionText.language, ProvisionText.key, ProvisionText.part, ProvisionText.made_from).where(
            ProvisionText.version_id == about.version_id, ProvisionText.language != about.language
        )
    )
    return frozenset(
        (language, key) for language, key, part, made in rows if (key, part) in words and made != words[key, part]
    )


def _checks(
    about: Consolidation,
    editions: Mapping[str, Edition],
    numbering: Mapping[str, Numbering],
    stale: frozenset[tuple[str, str]],
) -> Iterator[Check]:
    cases = {case.key: case.id for case in about.cases if case.key is not None}
    for code, edition in editions.items():
        for p in edition:
            if any(not is_balanced(c) for c in p.parts.values()) and not _is_as_it_was(about, code, p):
                yield Check(CheckKind.BRACKETS, p.key, cases.get(p.key), code, p.label)
    leading = editions[about.language]
    for moved in moved_references(about.base, leading, numbering[about.language]):
        words = f"{moved.reference.number} → {moved.now or '–'}"
        yield Check(CheckKind.REFERENCE, moved.reference.key, cases.get(moved.reference.key), about.language, words)
    yield from _numbering(leading, about.base, numbering[about.language])
    ranks = {p.key: rank for rank, p in enumerate(leading)}
    for code, key in sorted(stale, key=lambda one: (one[0], ranks[one[1]])):
        yield Check(CheckKind.TRANSLATION, key, cases.get(key), code)


def _is_as_it_was(about: Consolidation, code: str, provision: Provision) -> bool:
    before = about.keyed[code].get(provision.key)
    return before is not None and before.same_text(provision)


def _numbering(edition: Edition, base: Edition, numbering: Numbering) -> Iterator[Check]:
    """Yield what the numbers of the next text do not say: siblings numbered in the base, one without a number now."""
    labels = labels_of(edition, numbering)
    numbered = {(p.parent, p.kind) for p in edition if p.key in labels}
    known = {p.key for p in base if not p.label}
    for p in edition:
        if (p.parent, p.kind) in numbered and p.key not in labels and p.key not in known:
            yield Check(CheckKind.NUMBERING, p.key, None, edition.language, p.label)


def load_spans(version_id: str) -> dict[tuple[str, str, str], Spans]:
    """Return (language, key, part) to the spans of a version's texts. One query."""
    rows = db.session.execute(
        select(ProvisionText.language, ProvisionText.key, ProvisionText.part, ProvisionText.provenance).where(
            ProvisionText.version_id == version_id
        )
    )
    return {(language, key, part): spans for language, key, part, spans in rows}


def provenance_of(
    about: Consolidation, editions: Mapping[str, Edition], rows: Mapping[tuple[str, str], ResolutionRow]
) -> dict[tuple[str, str, str], Spans]:
    """Return (language, key, part) to spans that tile every text of the next version."""
    kept = load_spans(about.version_id)
    written: dict[tuple[str, str, str], Spans] = {}
    for row in rows.values():
        for name, spans in row.provenance.items():
            key, part = name.split("/", 1) if row.text.block else (row.key, name)
            written[row.language, key, part] = spans
    found = {}
    for code, edition in editions.items():
        for p in edition:
            for name, content in p.parts.items():
                if not isinstance(content, States):
                    spans = written.get((code, p.key, name)) or kept.get((code, p.key, name), [])
                    found[code, p.key, name] = encode_spans(tiling(content, spans, about.version_id))
    return found


@dataclass(frozen=True, slots=True)
class BracketRow:
    """A pair of brackets of a version, as it is kept beside the text."""

    key: str
    language: str
    part: str
    ordinal: int
    literal: bool
    holders: tuple[str, ...]
    since_version: int
    reason: str


def list_brackets(version_id: str) -> tuple[BracketRow, ...]:
    """Return the pairs of brackets of a version in all languages. One query."""
    return tuple(
        BracketRow(b.key, b.language, b.part, b.ordinal, b.literal, tuple(b.holders), b.since_version, b.reason)
        for b in db.session.scalars(select(Bracket).where(Bracket.version_id == version_id).order_by(Bracket.ordinal))
    )


@dataclass(frozen=True, slots=True)
class Issued:
    """The version that came out of a round on a document."""

    number: int
    issued_at: datetime
    note: str


def get_issued(about: Consolidation) -> Issued | None:
    """Return the version that the round has made of its base, if it has."""
    found = db.session.scalar(
        select(Version).where(Version.made_from == about.version_id, Version.round_id == about.round.id)
    )
    return Issued(found.number, found.issued_at, found.note) if found is not None else None
