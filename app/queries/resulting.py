"""The text that decisions make of a provision by themselves, where no person words it. Pure functions of the core."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from app.negotiation.vocabulary import Outcome
from app.text.brackets import NOTATIONS, Bracket, Node, Piece, PieceKind, bracketed, is_rewritten, parse, variants
from app.text.carry_over import CarryKind, carry
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose
from app.text.composition import ComposedProvision, ComposedText, Sponsors
from app.text.next_version import Clash, resulting
from app.text.provision import Content, Edition, Parts, Place, Provision, States, without_empty
from app.text.runs import Run, Text, plain, text
from app.text.tokens import tokens

Holders: TypeAlias = tuple[Sponsors | None, ...]
"""Who holds each pair of brackets of a part, in order of the opening ones; None: as it was in the base."""


class Obstacle(StrEnum):
    """Why decisions alone do not make a text."""

    CLASH = "clash"
    """What was accepted collides."""
    WORDING = "wording"
    """Something was accepted as amended: only a person can say how."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A change, who wants it, and what was decided on it (None: nothing yet)."""

    change: Change
    change_id: str
    sponsors: Sponsors
    outcome: Outcome | None
    decision_id: str | None = None


@dataclass(frozen=True)
class Result:
    """The next text of a provision, or of an inserted block; what is None stays as the base has it.

    Attributes:
        holders: Part to who holds its brackets; of a block ``key/part``.
        alone: Where it goes: what stands under it stays.
        obstacle: Set where a person's wording is needed; the rest is then the base.
    """

    exists: bool = True
    parts: Parts | None = None
    place: Place | None = None
    level: int | None = None
    block: tuple[Provision, ...] = ()
    holders: Mapping[str, Holders] = field(default_factory=dict)
    alone: bool = False
    obstacle: Obstacle | None = None

    @property
    def is_base(self) -> bool:
        """Whether everything stays as it is."""
        changed = self.parts is not None or self.place is not None or self.level is not None or bool(self.block)
        return self.exists and not changed


def result_of(base: Provision, decided: Sequence[Decided], order: Sequence[str]) -> Result:
    """Return what the decisions on the changes of one provision make of it.

    Accepted edits are applied where they do not collide; a reading kept in brackets stands
    beside the words it would replace, "[base] [reading]"; everything else leaves the base.
    A set of states cannot stand in brackets: it stays as it is.
    """
    if any(d.outcome is Outcome.ACCEPTED_AS_AMENDED for d in decided):
        return Result(obstacle=Obstacle.WORDING)
    if not any(d.outcome in (Outcome.ACCEPTED, Outcome.KEPT_IN_BRACKETS) for d in decided):
        return Result()
    accepted = [d.change for d in decided if d.outcome is Outcome.ACCEPTED]
    parts = resulting(base, accepted)
    places = {c.place for c in accepted if c.operation is Operation.MOVE}
    levels = {c.level for c in accepted if c.level is not None and c.level != base.level}
    gone = {c.alone for c in accepted if c.operation is Operation.DELETE}
    if isinstance(parts, Clash) or max(len(places), len(levels), len(gone)) > 1 or (gone and (places or levels)):
        return Result(obstacle=Obstacle.CLASH)
    if gone:
        return Result(exists=False, alone=gone.pop())
    kept = _Kept(replace(base, parent=None), parts, decided, order)
    if kept.clashes:
        return Result(obstacle=Obstacle.CLASH)
    wanted = without_empty(kept.parts)
    return Result(
        parts=None if wanted == without_empty(base.parts) else wanted,
        place=next(iter(places), None),
        level=next(iter(levels), None),
        holders=kept.holders,
    )


def block_of(decided: Sequence[Decided]) -> Result:
    """Return what the decisions on one inserted block (identical wishes) make of it; undecided, it does not stand."""
    first, outcomes = decided[0].change, {d.outcome for d in decided}
    if Outcome.ACCEPTED_AS_AMENDED in outcomes:
        return Result(place=first.place, obstacle=Obstacle.WORDING)
    if Outcome.ACCEPTED in outcomes:
        return Result(place=first.place, block=first.block)
    if Outcome.KEPT_IN_BRACKETS not in outcomes:
        return Result(exists=False)
    who = tuple(dict.fromkeys(code for d in decided for code in d.sponsors))
    block, holders = [], dict[str, Holders]()
    for provision in first.block:
        parts = dict[str, Content]()
        for name, content in provision.parts.items():
            words = content if isinstance(content, States) or not content else text("[", *content, "]")
            parts[name] = words
            if not isinstance(words, States) and words:
                holders[f"{provision.key}/{name}"] = _by_ordinal([*_fragments_of("[", who), (words[0:0], None)], words)
        block.append(replace(provision, parts=parts))
    return Result(place=first.place, block=tuple(block), holders=holders)


_Fragment: TypeAlias = tuple[Text, Sponsors | None]
"""A stretch of the text; of an opening bracket set here, with who holds it."""


class _Kept:
    """The readings kept in brackets, on top of the accepted text."""

    def __init__(self, base: Provision, accepted: Parts, decided: Sequence[Decided], order: Sequence[str]) -> None:
        self.parts: dict[str, Content] = dict(accepted)
        self.holders: dict[str, Holders] = {}
        self.clashes = False
        kept = [d for d in decided if d.outcome is Outcome.KEPT_IN_BRACKETS]
        if not kept:
            return
        keepers = {s for d in decided if d.change.operation is Operation.NO_CHANGE for s in d.sponsors}
        self._keepers: Sponsors = tuple(code for code in order if code in keepers)
        now = replace(base, parts=dict(accepted))
        wishes = [wish for d in kept for wish in self._carried(d, base, now)]
        if not self.clashes and wishes:
            self._write(compose(Edition("", (now,)), wishes, order).items, order)

    def _carried(self, decided: Decided, base: Provision, now: Provision) -> Iterator[Wish]:
        change = decided.change
        if change.operation is Operation.MOVE:
            change = Change(Operation.AMEND, change.key, change.parts)
        if change.operation not in (Operation.AMEND, Operation.DELETE):
            return
        carried = carry(replace(change, level=None), Edition("", (base,)), Edition("", (now,)))
        if carried.kind is CarryKind.MUST_BE_RESTATED:
            self.clashes = True
        elif carried.change is not None:
            yield from (Wish(code, carried.change) for code in decided.sponsors)

    def _write(self, items: Iterable[object], order: Sequence[str]) -> None:
        (item,) = (item for item in items if isinstance(item, ComposedProvision))
        for name, part in item.parts:
            if isinstance(part, ComposedText) and part.tokens:
                fragments = self._fragments(part, item.deleters, order)
                if item.deleters:
                    fragments = [*_fragments_of("[", item.deleters), *fragments, *_fragments_of("]", None)]
                content = text(*(run for words, _ in fragments for run in words))
                if plain(content) != plain(_words(self.parts.get(name, ()))):
                    self.parts[name] = content
                    self.holders[name] = _by_ordinal(fragments, content)

    def _fragments(self, part: ComposedText, deleters: Sponsors, order: Sequence[str]) -> list[_Fragment]:
        if is_rewritten(part, order, deleters):
            first, *rest = variants(part, _nobody, NOTATIONS["en"], order, deleters)
            return self._bracket([(first.text, None)], [(v.text, v.sponsors) for v in rest], ())
        pieces = iter(bracketed(part, _nobody, NOTATIONS["en"], order, deleters))
        found: list[_Fragment] = []
        for piece in pieces:
            found += self._group(pieces) if piece.kind is PieceKind.OPEN else [(piece.text, None)]
        return found

    def _group(self, pieces: Iterator[Piece]) -> list[_Fragment]:
        base: list[_Fragment] = []
        readings: list[tuple[Text, Sponsors]] = []
        deleters: Sponsors = ()
        for piece in pieces:
            if piece.kind is PieceKind.CLOSE:
                break
            if piece.kind is PieceKind.OPEN:
                base += self._group(pieces)
            elif piece.kind is PieceKind.NEW:
                readings.append((piece.text, piece.sponsors))
            elif piece.kind is PieceKind.REMARK:
                deleters = piece.sponsors
            elif piece.kind in (PieceKind.PLAIN, PieceKind.STRUCK):
                base.append((piece.text, None))
        return self._bracket(base, readings, deleters)

    def _bracket(
        self, base: list[_Fragment], readings: Iterable[tuple[Text, Sponsors]], deleters: Sponsors
    ) -> list[_Fragment]:
        found: list[_Fragment] = []
        if base:
            found += [*_fragments_of("[", deleters or self._keepers), *base, *_fragments_of("]", None)]
        for words, who in readings:
            space = _fragments_of(" ", None) if found else []
            found += [*space, *_fragments_of("[", who), (words, None), *_fragments_of("]", None)]
        return found


def _fragments_of(characters: str, holders: Sponsors | None) -> list[_Fragment]:
    return [((Run(characters),), holders)]


def _nobody(_sponsors: Sponsors) -> str:
    return ""


def _words(content: Content) -> Text:
    return () if isinstance(content, States) else content


def _by_ordinal(fragments: Iterable[_Fragment], content: Text) -> Holders:
    """Return who holds each pair of brackets of a text, from the fragments it was put together of."""
    set_here: dict[int, Sponsors] = {}
    offset = 0
    for words, holders in fragments:
        if holders is not None:
            set_here[offset] = holders
        offset += len(plain(words))
    return tuple(set_here.get(at) for at in openings(content))


def openings(content: Text) -> tuple[int, ...]:
    """Return the offsets of the opening brackets that are closed, in code points, in order."""
    found: list[int] = []
    if "[" not in plain(content):
        return ()

    def walk(nodes: Iterable[Node], at: int) -> int:
        for node in nodes:
            if isinstance(node, Bracket):
                found.append(at)
                at = walk(node.inner, at + 1) + 1
            else:
                at += len(node.text)
        return at

    walk(parse(tokens(content)), 0)
    return tuple(found)


def is_balanced(content: Content) -> bool:
    """Whether every bracket of a text has its partner."""
    if isinstance(content, States):
        return True
    written = plain(content)
    pairs = len(openings(content))
    return written.count("[") == pairs == written.count("]")
