"""The sample's proposals, decisions and translations as data, read from the TOML files beside this module.

Changes name provisions by the addresses of ``app.sample.draft``; ``+1-12.1`` is the first provision that proposal
1-12 inserts. All addresses are those of version 0, in round 2 too: a provision keeps its key when its number moves.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.sample.draft import COLUMNS, Content, content, kind_of, unescaped
from app.sample.states import NEGOTIATING_LANGUAGE
from app.text.changes import Operation
from app.text.provision import STATES, TEXT, Kind

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Edit:
    """What is wished of one part: the whole wished *text*, or pairs of old and new words, or states in and out."""

    part: str = TEXT
    replace: tuple[tuple[str, str], ...] = ()
    text: str | None = None
    join: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()

    def applied(self, old: Content) -> Content:
        """Return the wished content.

        Raises:
            ValueError: Words to replace do not occur exactly once, a state that joins is in, or one that leaves is not.
        """
        if isinstance(old, frozenset):
            if self.join & old or self.leave - old or not self.join | self.leave:
                raise ValueError(f"{sorted(self.join)} and {sorted(self.leave)} do not fit {sorted(old)}")
            return (old | self.join) - self.leave
        if self.text is not None:
            return self.text
        for words, new in self.replace:
            if old.count(words) != 1:
                raise ValueError(f"{words!r} occurs {old.count(words)} times in {old!r}")
            old = old.replace(words, new)
        return old


@dataclass(frozen=True, slots=True)
class SampleChange:
    """One change of a proposal.

    Attributes:
        at: Address of the provision; for an insertion, the provision it stands after; "" for a general remark.
        edits: AMEND: what is wished, part by part.
        insert: INSERT: the parts of each provision, in order.
        after: MOVE: address of the provision it is wished after.
        comment: COMMENT: its words.
    """

    operation: Operation
    at: str
    language: str = NEGOTIATING_LANGUAGE
    edits: tuple[Edit, ...] = ()
    insert: tuple[Mapping[str, Content], ...] = ()
    after: str = ""
    comment: str = ""

    @property
    def kind(self) -> Kind:
        """Kind of the provision at the address, and of what is inserted after it."""
        return kind_of(self.at)


@dataclass(frozen=True, slots=True)
class SampleProposal:
    """A proposal as it came; *at* is its instant (UTC) in round 1, ``days_before`` the loading in round 2.

    Attributes:
        sponsor: Code of a delegation, ``SEC`` or ``CHR``.
        channel: ``web``, ``word``, ``letter`` or ``oral``.
        letter: Number and date; the secretariat enters it on behalf.
        replaces: Reference of the older proposal of the same delegation.
        admitted_at: A late one: when an officer admitted it.
        confirmed_at: An oral one: when its side confirmed it.
    """

    ref: str
    sponsor: str
    channel: str
    category: str
    justification: str
    changes: tuple[SampleChange, ...]
    document: str = "plan"
    at: datetime | None = None
    days_before: int = 0
    cosponsors: tuple[str, ...] = ()
    letter: tuple[str, date] | None = None
    replaces: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    admitted_at: datetime | None = None
    admitted_reason: str = ""
    confirmed_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn (whether a later one replaces it, the later one says)."""
        return self.withdrawn_at is None

    def submitted_at(self, loading: datetime) -> datetime:
        """Return when it was submitted, given the instant of loading."""
        return self.at or loading - timedelta(days=self.days_before)


@dataclass(frozen=True, slots=True)
class SamplePosition:
    """What another delegation says of a proposal: ``supports``, ``objects`` or ``reserves``."""

    on: str
    delegation: str
    stance: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class NoComments:
    """A delegation's declaration that it has no comments on a document."""

    delegation: str
    document: str
    at: datetime | None = None
    days_before: int = 0


@dataclass(frozen=True, slots=True)
class SampleRound:
    """A round with everything submitted in it; instants are None where they count from the loading."""

    number: int
    documents: tuple[str, ...]
    proposals: tuple[SampleProposal, ...]
    positions: tuple[SamplePosition, ...]
    no_comments: tuple[NoComments, ...]
    opens_at: datetime | None = None
    deadline: datetime | None = None
    closes_at: datetime | None = None
    concluded_at: datetime | None = None
    opens_days_before: int = 0
    deadline_days_after: int = 0

    def standing(self) -> tuple[SampleProposal, ...]:
        """Return the proposals that are neither replaced nor withdrawn."""
        replaced = {p.replaces for p in self.proposals}
        return tuple(p for p in self.proposals if p.stands and p.ref not in replaced)


@dataclass(frozen=True, slots=True)
class SampleDecision:
    """What became of a change: *on* its proposal, *change* its ordinal there from 1."""

    on: str
    outcome: str
    change: int = 1
    reason: str = ""
    covered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The group's next text of a provision, against version 0 (or against what a proposal inserts).

    Attributes:
        after: Address of the provision after which it stands from now on; "" where it stays.
        holders: For each pair of square brackets, in order, the codes of those who hold its reading.
    """

    at: str
    edits: tuple[Edit, ...]
    after: str = ""
    holders: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """The wording of Rev.1 in another language, against version 0's text in it (``+…``: of a new provision)."""

    at: str
    language: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything decided on a round."""

    decisions: tuple[SampleDecision, ...]
    resolutions: tuple[Resolution, ...]
    agreed: tuple[str, ...]
    translations: tuple[Translation, ...]


def read_round(number: int) -> SampleRound:
    """Return round 1 or 2 of the sample."""
    values = _values(f"round_{number}.toml")
    proposals = tuple(_proposal(v) for v in values.pop("proposal"))
    positions = tuple(SamplePosition(**v) for v in values.pop("position", ()))
    declared = tuple(NoComments(**v) for v in values.pop("no_comments", ()))
    return SampleRound(
        documents=tuple(values.pop("documents")),
        proposals=proposals,
        positions=positions,
        no_comments=declared,
        **values,
    )


def read_decisions() -> Decisions:
    """Return what was decided on round 1, and the translations of Rev.1."""
    values = _values("round_1_decisions.toml")
    translations = []
    for value in values["translation"]:
        at, part = value.pop("at"), value.pop("part", TEXT)
        translations += [Translation(at, language, _edit({"part": part, **v})) for language, v in value.items()]
    return Decisions(
        decisions=tuple(SampleDecision(**v) for v in values["decision"]),
        resolutions=tuple(_resolution(v) for v in values["resolution"]),
        agreed=tuple(values["agreed"]),
        translations=tuple(translations),
    )


def parts_of_edits(base: Mapping[str, Content], edits: tuple[Edit, ...]) -> dict[str, Content]:
    """Return *base* with the edits applied; the parts nobody touches stay as they are.

    Raises:
        ValueError: As ``Edit.applied`` says.
        KeyError: An edit names a part that the provision has not.
    """
    return dict(base) | {edit.part: edit.applied(base[edit.part]) for edit in edits}


def inserted(proposals: tuple[SampleProposal, ...]) -> dict[str, Mapping[str, Content]]:
    """Return address (``+1-12.1``) to parts of each provision that the proposals insert."""
    found = {}
    for proposal in proposals:
        blocks = [parts for change in proposal.changes for parts in change.insert]
        found.update({f"+{proposal.ref}.{ordinal}": parts for ordinal, parts in enumerate(blocks, start=1)})
    return found


def _values(name: str) -> dict[str, Any]:
    with (_FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def _proposal(value: dict[str, Any]) -> SampleProposal:
    letter = value.pop("letter", None)
    return SampleProposal(
        changes=tuple(_change(v) for v in value.pop("change")),
        cosponsors=tuple(value.pop("cosponsors", ())),
        letter=(letter["number"], letter["on"]) if letter else None,
        **value,
    )


def _change(value: dict[str, Any]) -> SampleChange:
    operation = Operation(value.pop("op"))
    at, language = value.pop("at"), value.pop("language", NEGOTIATING_LANGUAGE)
    after, comment = value.pop("after", ""), value.pop("comment", "")
    block = tuple(_parts(kind_of(at), line) for line in value.pop("insert", ()))
    wanted = value.pop("edits", [value] if value else [])
    edits = tuple(_edit(v) for v in wanted)
    return SampleChange(operation, at, language, edits, block, after, comment)


def _edit(value: dict[str, Any]) -> Edit:
    join, leave = frozenset(value.pop("join", ())), frozenset(value.pop("leave", ()))
    replace = tuple((unescaped(old), unescaped(new)) for old, new in value.pop("replace", ()))
    words = value.pop("text", None)
    part = value.pop("part", STATES if join | leave else TEXT)
    if value:
        raise ValueError(f"unknown in an edit: {sorted(value)}")
    return Edit(part, replace, None if words is None else unescaped(words), join, leave)


def _parts(kind: Kind, line: str) -> dict[str, Content]:
    """Return the parts of a provision to insert; a row gets its number from where it stands."""
    if kind is not Kind.ROW:
        return {TEXT: unescaped(line)}
    cells = unescaped(line).split(" | ")
    return {name: content(cell) for name, cell in zip(COLUMNS[1:], cells, strict=True)}


def _resolution(value: dict[str, Any]) -> Resolution:
    at, after = value.pop("at"), value.pop("after", "")
    holders = tuple(tuple(codes) for codes in value.pop("holders", ()))
    return Resolution(at, (_edit(value),), after, holders)
