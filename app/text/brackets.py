"""Brackets: the characters [ and ] as data, and composed text in the field's bracketed notation."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from app.text.composing import ordered
from app.text.composition import ComposedBlock, ComposedStates, ComposedText, Sponsors
from app.text.conflicts import edits_of, readings_of
from app.text.differences import Edit, edits, shown_edits
from app.text.runs import Text, text
from app.text.tokens import Token, is_space, tokens, untokenize

DEEPEST = 3
"""Levels of nesting that are still read on paper; deeper ones become alternatives."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A pair of brackets in a text; *ordinal* counts the opening ones from 0."""

    ordinal: int
    opening: Token
    inner: "tuple[Node, ...]"
    closing: Token


Node: TypeAlias = Token | Bracket


def parse(pieces: Iterable[Token]) -> tuple[Node, ...]:
    """Return the tree of brackets of a text; a bracket without its partner is a mere token."""
    pieces = tuple(pieces)
    partners = _partners(pieces)
    ordinals = {start: ordinal for ordinal, start in enumerate(sorted(partners))}

    def nodes(start: int, end: int) -> tuple[Node, ...]:
        found: list[Node] = []
        while start < end:
            partner = partners.get(start)
            if partner is None:
                found.append(pieces[start])
                start += 1
            else:
                inner = nodes(start + 1, partner)
                found.append(Bracket(ordinals[start], pieces[start], inner, pieces[partner]))
                start = partner + 1
        return tuple(found)

    return nodes(0, len(pieces))


def _partners(pieces: Sequence[Token]) -> dict[int, int]:
    """Return the position of each opening bracket to that of its closing one."""
    partners, waiting = dict[int, int](), list[int]()
    for i, token in enumerate(pieces):
        if token.text == "[":
            waiting.append(i)
        elif token.text == "]" and waiting:
            partners[waiting.pop()] = i
    return partners


def unparse(nodes: Iterable[Node]) -> tuple[Token, ...]:
    """Return the tokens of a tree; ``unparse(parse(t)) == t``."""
    found: list[Token] = []
    for node in nodes:
        found += (node.opening, *unparse(node.inner), node.closing) if isinstance(node, Bracket) else (node,)
    return tuple(found)


def count(content: Text, literal: Collection[int] = ()) -> int:
    """Return how many pairs of brackets a text has, the ordinals of *literal* ones left out."""
    return sum(bracket.ordinal not in literal for bracket in _brackets(parse(tokens(content))))


def _brackets(nodes: Iterable[Node]) -> Iterable[Bracket]:
    for node in nodes:
        if isinstance(node, Bracket):
            yield node
            yield from _brackets(node.inner)


def lift(content: Text, ordinals: Collection[int], keep: bool = True) -> Text:
    """Return a text with some brackets lifted: the words inside stay, or with *keep* false go with them."""

    def lifted(nodes: Iterable[Node]) -> list[Token]:
        found: list[Token] = []
        for node in nodes:
            if isinstance(node, Token):
                # Words that go leave one space behind, not two.
                if not (dropped and is_space(node) and (not found or is_space(found[-1]))):
                    found.append(node)
                dropped.clear()
            elif node.ordinal not in ordinals:
                found += (node.opening, *lifted(node.inner), node.closing)
            elif keep:
                found += lifted(node.inner)
            else:
                dropped.append(node)
        return found

    dropped: list[Node] = []
    return untokenize(lifted(parse(tokens(content))))


@dataclass(frozen=True, slots=True)
class Holding:
    """What is kept beside a pair of brackets.

    Attributes:
        holders: Who holds the text in brackets.
        since: Name of the version that first had it.
        literal: The brackets are part of the text ("[Note: …]"), nobody holds them.
    """

    ordinal: int
    holders: Sponsors = ()
    since: str = ""
    reason: str = ""
    literal: bool = False


def holdings_in(old: Text, new: Text, holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """Return the holdings of *old* whose opening bracket still stands in *new*, by its new ordinal."""
    before, after = tokens(old), tokens(new)
    moved, done, shift = dict[int, int](), 0, 0
    for start, end, piece in (*edits(before, after), Edit(len(before), len(before), ())):
        moved.update((i, i + shift) for i in range(done, start))
        shift += len(piece) - (end - start)
        done = end
    ordinals = {opening: ordinal for ordinal, opening in enumerate(_openings(after))}
    now = [ordinals.get(moved.get(opening, -1)) for opening in _openings(before)]
    carried = [(h, now[h.ordinal]) for h in holdings if h.ordinal < len(now)]
    return tuple(replace(holding, ordinal=ordinal) for holding, ordinal in carried if ordinal is not None)


def _openings(pieces: Sequence[Token]) -> list[int]:
    """Return the positions of the opening brackets that have a partner."""
    return sorted(_partners(pieces))


class PieceKind(StrEnum):
    """What a piece of the bracketed notation is."""

    PLAIN = "plain"
    OPEN = "open"
    CLOSE = "close"
    STRUCK = "struck"
    """Base words that somebody replaces or deletes."""
    HOLDER = "holder"
    """Who proposes the words that follow, with the colon."""
    NEW = "new"
    REMARK = "remark"
    """Who deletes the struck words and puts nothing in their place."""
    BETWEEN = "between"
    """A space or semicolon of the notation, no part of any text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bracketed text; *sponsors* of a holder, new wording or remark."""

    kind: PieceKind
    text: Text
    sponsors: Sponsors = ()


@dataclass(frozen=True, slots=True)
class Notation:
    """How brackets are written in a language; *anonymous* is the style that names nobody.

    ``holder``, ``beside`` and ``delete`` are patterns for the holders' names; ``variant`` for the number.
    """

    holder: str
    beside: str
    delete: str
    between: str
    variant: str
    original: str
    anonymous: bool = False


NOTATIONS = {
    "ru": Notation("{}: ", "({}) ", " – исключить: {}", "; ", "Вариант {}", "исходный текст"),
    "en": Notation("{}: ", "({}) ", " – delete: {}", "; ", "Alt {}", "original text"),
    "zh": Notation("{}：", "（{}）", " – 删除：{}", "；", "备选案文{}", "原文"),
}

Names: TypeAlias = Callable[[Sponsors], str]
"""Gives sponsors as they are printed: short names in the body's order, in the page's language."""


def bracketed(
    part: ComposedText, holder_of: Names, notation: Notation, order: Sequence[str], without: Iterable[str] = ()
) -> tuple[Piece, ...]:
    """Return a composed part in brackets, base words and every reading with its holders.

    Nested deletions nest; what overlaps otherwise, or nests deeper than ``DEEPEST``,
    stands as alternatives in one bracket.

    Args:
        without: Delegations to leave out, as those who delete the whole provision.
    """
    made = _shown(part, edits_of(part, order, without), order)
    nested = sorted(made, key=lambda edit: (edit.start, edit.end > edit.start, -edit.end))
    return tuple(_Writer(part, made, holder_of, notation, order).stretch(0, len(part.tokens), nested, 1))


class _Writer:
    def __init__(
        self, part: ComposedText, made: dict[Edit, Sponsors], names: Names, notation: Notation, order: Sequence[str]
    ) -> None:
        self._part, self._made, self._order = part, made, order
        self._names, self._notation = names, notation

    def stretch(self, start: int, end: int, made: list[Edit], depth: int) -> list[Piece]:
        """Return the base tokens from *start* to *end* with the edits in them; depth 1 is outside all brackets."""
        kind = self._base_kind(depth)
        found: list[Piece] = []
        while made:
            first, *made = made
            group, reach = [first], first.end
            while made and made[0].start < reach:
                group.append(made[0])
                reach = max(reach, made.pop(0).end)
            found += _pieces(kind, self._part.tokens[start : first.start])
            found += self._group(first.start, reach, group, depth)
            start = reach
        return found + _pieces(kind, self._part.tokens[start:end])

    def _group(self, start: int, end: int, group: list[Edit], depth: int) -> list[Piece]:
        outer = [edit for edit in group if (edit.start, edit.end) == (start, end)]
        inner = [edit for edit in group if edit not in outer]
        if outer and (not inner or depth < DEEPEST):
            readings = [(edit.tokens, self._made[edit]) for edit in outer]
        else:
            in_order = [edit for edit in self._made if edit in group]
            texts = readings_of(self._part, in_order, self._made, (start, end))
            readings = [(_trimmed(tokens(words))[1], ordered(who, self._order)) for words, who in texts.items()]
            inner = []
        readings.sort(key=lambda one: self._order.index(one[1][0]))
        deleters = ordered((who for words, sponsors in readings if not words for who in sponsors), self._order)
        worded = [one for one in readings if one[0]]
        if start < end:
            return self._bracket(self.stretch(start, end, inner, depth + 1), worded, deleters)
        # A space that comes with its word stands outside the bracket, where the eye expects it.
        before, words, after = _trimmed(worded[0][0])
        kind = self._base_kind(depth)
        return [*_pieces(kind, before), *self._bracket([], [(words, worded[0][1])], ()), *_pieces(kind, after)]

    def _base_kind(self, depth: int) -> PieceKind:
        return PieceKind.PLAIN if depth == 1 or self._notation.anonymous else PieceKind.STRUCK

    def _bracket(self, base: list[Piece], readings: "list[_Reading]", deleters: Sponsors) -> list[Piece]:
        if self._notation.anonymous:
            brackets = [base] if base else []
            brackets += [[Piece(PieceKind.NEW, untokenize(words), who)] for words, who in readings]
            found = [[_OPEN, *inside, _CLOSE] for inside in brackets]
            return [piece for i, one in enumerate(found) for piece in ([_SPACE, *one] if i else one)]
        found_here = list(base)
        for i, (words, who) in enumerate(readings):
            if found_here:
                found_here.append(Piece(PieceKind.BETWEEN, text(self._notation.between)) if i else _SPACE)
            holder = text(self._notation.holder.format(self._names(who)))
            found_here += [Piece(PieceKind.HOLDER, holder, who), Piece(PieceKind.NEW, untokenize(words), who)]
        if deleters:
            remark = text(self._notation.delete.format(self._names(deleters)))
            found_here.append(Piece(PieceKind.REMARK, remark, deleters))
        return [_OPEN, *found_here, _CLOSE]


_Reading: TypeAlias = tuple[tuple[Token, ...], Sponsors]
_OPEN = Piece(PieceKind.OPEN, text("["))
_CLOSE = Piece(PieceKind.CLOSE, text("]"))
_SPACE = Piece(PieceKind.BETWEEN, text(" "))


def _pieces(kind: PieceKind, pieces: Sequence[Token]) -> list[Piece]:
    return [Piece(kind, untokenize(pieces))] if pieces else []


def _shown(part: ComposedText, made: dict[Edit, Sponsors], order: Sequence[str]) -> dict[Edit, Sponsors]:
    """Return the edits of every reading as a person draws them; a deleted word leaves its spaces outside."""
    found: dict[Edit, list[str]] = {}
    for words, sponsors in readings_of(part, made, made, (0, len(part.tokens))).items():
        for edit in shown_edits(part.tokens, tokens(words)):
            if not edit.tokens:
                before, gone, _ = _trimmed(part.tokens[edit.start : edit.end])
                start = edit.start + len(before)
                edit = Edit(start, start + len(gone), ())
            found.setdefault(edit, []).extend(sponsors)
    ranked = {edit: ordered(who, order) for edit, who in found.items()}
    return dict(sorted(ranked.items(), key=lambda one: (one[0][:2], order.index(one[1][0]))))


def _trimmed(pieces: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Token, ...], tuple[Token, ...]]:
    """Return tokens as the spaces before, the words, and the spaces after; mere spaces are words."""
    full = [i for i, token in enumerate(pieces) if not is_space(token)]
    if not full:
        return (), pieces, ()
    return pieces[: full[0]], pieces[full[0] : full[-1] + 1], pieces[full[-1] + 1 :]


def bracketed_states(
    part: ComposedStates, name_of: Callable[[str], str], holder_of: Names, notation: Notation, comma: str = ", "
) -> tuple[Piece, ...]:
    """Return a set of states in brackets: who stands in it, who is to leave, who is to join."""
    found: list[Piece] = []
    for codes, joins in ((part.members, False), (part.joining, True)):
        for code, who in codes:
            name = text(name_of(code))
            if found:
                found.append(Piece(PieceKind.BETWEEN, text(comma)))
            if not who:
                found.append(Piece(PieceKind.PLAIN, name))
            elif joins:
                holder = (
                    []
                    if notation.anonymous
                    else [Piece(PieceKind.HOLDER, text(notation.holder.format(holder_of(who))), who)]
                )
                found += [_OPEN, *holder, Piece(PieceKind.NEW, name, who), _CLOSE]
            elif notation.anonymous:
                found += [_OPEN, Piece(PieceKind.PLAIN, name), _CLOSE]
            else:
                remark = text(notation.delete.format(holder_of(who)))
                found += [_OPEN, Piece(PieceKind.STRUCK, name), Piece(PieceKind.REMARK, remark, who), _CLOSE]
    return tuple(found)


def bracketed_block(block: ComposedBlock, holder_of: Names, notation: Notation) -> tuple[tuple[Piece, ...], ...]:
    """Return the words of each provision of an inserted block; one bracket holds the whole block."""
    found = []
    for i, provision in enumerate(block.provisions):
        pieces = [Piece(PieceKind.NEW, provision.text, block.sponsors)] if provision.text else []
        if i == 0:
            named = Piece(PieceKind.HOLDER, text(notation.beside.format(holder_of(block.sponsors))), block.sponsors)
            pieces = [_OPEN, *pieces] if notation.anonymous else [_OPEN, named, *pieces]
        if i == len(block.provisions) - 1:
            pieces.append(_CLOSE)
        found.append(tuple(pieces))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Variant:
    """One whole wording of a provision, where the rivals have little in common; no sponsors: the base.

    Attributes:
        heading: "Вариант 1 (исходный текст)", "Alt 2", 备选案文2（中国、伊朗）.
    """

    heading: str
    text: Text
    sponsors: Sponsors


def is_rewritten(part: ComposedText, order: Sequence[str], without: Iterable[str] = ()) -> bool:
    """Whether somebody keeps less than a third of a part of six words or more, and words it anew."""
    words = sum(not is_space(token) for token in part.tokens)
    if words < 6:
        return False
    lost, added = dict[str, int](), set[str]()
    for edit, sponsors in edits_of(part, order, without).items():
        for sponsor in sponsors:
            gone = sum(not is_space(token) for token in part.tokens[edit.start : edit.end])
            lost[sponsor] = lost.get(sponsor, 0) + gone
            added.update((sponsor,) if edit.tokens else ())
    return any(3 * (words - lost[sponsor]) < words for sponsor in added)


def variants(
    part: ComposedText, holder_of: Names, notation: Notation, order: Sequence[str], without: Iterable[str] = ()
) -> tuple[Variant, ...]:
    """Return the base and every wording of a part as Alt 1, Alt 2 …, by their first sponsor's rank."""
    made = edits_of(part, order, without)
    texts = readings_of(part, made, made, (0, len(part.tokens)))
    wordings = sorted(
        ((ordered(who, order), words) for words, who in texts.items()), key=lambda one: order.index(one[0][0])
    )
    found = []
    for number, (who, words) in enumerate([((), untokenize(part.tokens)), *wordings], 1):
        beside = notation.beside.format(holder_of(who) if who else notation.original).strip()
        heading = notation.variant.format(number)
        gap = " " if beside.startswith("(") else ""
        found.append(Variant(heading if notation.anonymous else f"{heading}{gap}{beside}", words, who))
    return tuple(found)
