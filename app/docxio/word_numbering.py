"""Word's automatic numbering: which list a paragraph belongs to, and the label it is printed with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from app.docxio.number_formats import spell_in
from app.docxio.word_properties import Properties
from app.docxio.word_styles import Style, Styles
from app.docxio.wordml import ALTERNATE, CHOICE, P_PR, R_PR, VAL, children, is_on, number, value, w

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_NUM_ID, _ILVL, _START, _LEVEL = w("numId"), w("ilvl"), w("start"), w("lvl")
_RESTART, _PATTERN, _LEGAL, _STYLE, _FORM = w("lvlRestart"), w("lvlText"), w("isLgl"), w("pStyle"), w("numFmt")
_INDENT, _LEFT, _BEGIN, _LANGUAGE = w("ind"), w("left"), w("start"), w("lang")
# Bullets of symbol fonts, as the signs they show.
_SYMBOLS = str.maketrans(
    {
        "\uf075": "◆", "\uf0b7": "•",
        "\uf0a7": "▪", "\uf0a8": "◊", "\uf076": "❖", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e8": "➔",
        "\uf02d": "–", "\uf0be": "–", "\uf06f": "o", "\uf0f0": "⇨", "\uf06c": "●", "\uf06e": "■", "\uf0b0": "°",
    }
)  # fmt: skip


@dataclass(slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    pieces: list[str] = field(default_factory=lambda: [""])
    """The pattern at its placeholders: what stands before, the digit, what follows, the next digit …"""
    restart: int | None = None
    """1-based level after which it begins again; 0: never; None: after any higher level."""
    legal: bool = False
    style_id: str | None = None
    indent: int | None = None
    language: str = ""


class Label(NamedTuple):
    """An automatic label: as printed, how it is counted, where its list stands."""

    text: str
    form: str
    num_id: str
    ilvl: int
    ordinal: int
    indent: int | None


@dataclass(slots=True, eq=False)
class _List:
    """One w:num: its abstract list, what it overrides."""

    abstract: str
    levels: list[Level]
    restarts: dict[int, int]
    begun_again: list[tuple[int, ...]]
    """For each level the levels below that begin again after it."""


class Lists:
    """The lists a file defines; each is read when it is first asked for."""

    def __init__(self, root: etree._Element | None, styles: Styles, language: str = "") -> None:
        self.language = language
        """The language that numbers are spelled in where a level names none."""
        self._styles = styles
        self._abstracts: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        for element in () if root is None else root.iterchildren(w("abstractNum"), w("num")):
            if element.tag == w("num"):
                self._nums[element.get(_NUM_ID, "")] = element
            else:
                self._abstracts[element.get(w("abstractNumId"), "")] = element
        self._levels: dict[str, dict[int, Level]] = {}
        """Those of the abstract lists read so far."""
        self._read: dict[str, _List | None] = {}

    def get(self, num_id: str) -> _List | None:
        """Return the list of that ``w:numId``; None: the file defines none."""
        if num_id not in self._read:
            self._read[num_id] = self._read_list(num_id)
        return self._read[num_id]

    def _read_list(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        abstract_id = value(num, w("abstractNumId"))
        if num is None or abstract_id is None:
            return None
        abstract_id = self._linked(abstract_id)
        abstract = self._abstracts.get(abstract_id)
        if abstract is None:
            return None
        if abstract_id not in self._levels:
            self._levels[abstract_id] = {number(e.get(_ILVL), 0): _read_level(e) for e in abstract.iterchildren(_LEVEL)}
        levels = dict(self._levels[abstract_id])
        restarts: dict[int, int] = {}
        for override in num.iterchildren(w("lvlOverride")):
            at = number(override.get(_ILVL), 0)
            replaced = override.find(_LEVEL)
            if replaced is not None:
                levels[at] = _read_level(replaced)
            start = value(override, w("startOverride"))
            if start is not None:
                restarts[at] = number(start, 1)
        last = min(max(levels, default=-1), LEVELS - 1)
        every = [levels.get(at) or Level() for at in range(last + 1)]
        return _List(abstract_id, every, restarts, [_begun_again(every, at) for at in range(len(every))])

    def _linked(self, abstract_id: str) -> str:
        """Follow a numStyleLink to the list that the numbering style stands for."""
        for _ in range(4):
            abstract = self._abstracts.get(abstract_id)
            link = value(abstract, w("numStyleLink"))
            target = None if link is None else self._styles.numbering_id(link)
            num = self._nums.get(target or "")
            next_id = value(num, w("abstractNumId"))
            if next_id is None:
                return abstract_id
            abstract_id = next_id
        return abstract_id


class Numbering:
    """Counts a document's lists; ask for each paragraph once, in reading order."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self.unknown: set[str] = set()
        """Lists that paragraphs name and the file does not define."""

    def assume(self, other: "Numbering") -> None:
        """Count on from where *other* is."""
        self._counters = {name: list(counts) for name, counts in other._counters.items()}
        self._begun = set(other._begun)
        self.unknown |= other.unknown

    def stands_with(self, other: "Numbering") -> bool:
        """Return whether the next label of any list is the one that *other* gives."""
        return self._counters == other._counters and self._begun == other._begun

    def label(self, said: Properties, style: Style) -> Label | None:
        """Return the label of the next paragraph, or None where it is not numbered.

        Args:
            said: The paragraph's properties in force.
            style: Its style, ancestors counted in.
        """
        num_id = said.num_id or style.num_id
        if num_id is None or num_id == "0":
            return None
        found = self._lists.get(num_id)
        if found is None:
            self.unknown.add(num_id)
            return None
        ilvl = min(max(self._level(said.ilvl, found, style), 0), len(found.levels) - 1)
        return self._count(num_id, found, ilvl) if found.levels else None

    def _level(self, own: str | None, found: _List, style: Style) -> int:
        """Return the level: the paragraph's own, else the one the list links with the style, else the style's."""
        if own is not None:
            return number(own, 0)
        linked = (
            i for i, level in enumerate(found.levels) if style.numbered_by and level.style_id == style.numbered_by
        )
        return next(linked, style.ilvl or 0)

    def _count(self, num_id: str, found: _List, ilvl: int) -> Label:
        counters = self._counters.get(found.abstract)
        if counters is None:
            counters = self._counters[found.abstract] = [None] * LEVELS
        if found.restarts:
            self._restart(num_id, found, ilvl, counters)
        for at in range(ilvl):
            if counters[at] is None:
                counters[at] = self._first(found, at)
        current = counters[ilvl]
        ordinal = counters[ilvl] = self._first(found, ilvl) if current is None else current + 1
        for below in found.begun_again[ilvl]:
            counters[below] = None
        level = found.levels[ilvl]
        spelled = self._spelled(found, level, counters)
        return Label(spelled, level.form, found.abstract, ilvl, ordinal, level.indent)

    def _restart(self, num_id: str, found: _List, ilvl: int, counters: list[int | None]) -> None:
        """Begin again what the list says to begin again where it is first met."""
        for at in range(ilvl + 1):
            if at in found.restarts and (num_id, at) not in self._begun:
                counters[at] = found.restarts[at] if at < ilvl else None
                for below in range(at + 1, LEVELS):
                    counters[below] = None
            self._begun.add((num_id, at))
            if counters[at] is None and at < ilvl:
                counters[at] = self._first(found, at)

    @staticmethod
    def _first(found: _List, ilvl: int) -> int:
        return found.restarts.get(ilvl, found.levels[ilvl].start)

    def _spelled(self, found: _List, level: Level, counters: list[int | None]) -> str:
        if level.form == "bullet":
            return level.pattern.translate(_SYMBOLS)
        written = level.pieces[0]
        for placed, following in zip(level.pieces[1::2], level.pieces[2::2], strict=True):
            at = int(placed) - 1
            if at < len(found.levels):
                source, count = found.levels[at], counters[at]
                form = "decimal" if level.legal and source.form != "none" else source.form
                count = self._first(found, at) if count is None else count
                written += spell_in(count, form, source.language or self._lists.language)
            written += following
        return written


def _begun_again(levels: list[Level], after: int) -> tuple[int, ...]:
    """Return the levels whose count ends where the level *after* counts on (ISO 29500 17.9.10)."""
    return tuple(
        [
            below
            for below in range(after + 1, len(levels))
            if (restart := levels[below].restart) is None or restart >= after + 1 > 0 < restart
        ]
    )


def _read_level(element: etree._Element) -> Level:
    said = {child.tag: child for child in children(element)}
    properties, look = said.get(P_PR), said.get(R_PR)
    indent = None if properties is None else properties.find(_INDENT)
    spoken = None if look is None else look.find(_LANGUAGE)
    restart, pattern = _value(said, _RESTART), _value(said, _PATTERN) or ""
    return Level(
        start=number(_value(said, _START), 0),
        form=_form(said),
        pattern=pattern,
        pieces=_PLACEHOLDER.split(pattern),
        restart=None if restart is None else number(restart, 0),
        legal=_LEGAL in said and is_on(said[_LEGAL]),
        style_id=_value(said, _STYLE),
        indent=None if indent is None else number(indent.get(_LEFT) or indent.get(_BEGIN), 0),
        language="" if spoken is None else spoken.get(VAL, ""),
    )


def _value(said: Mapping[str, etree._Element], tag: str) -> str | None:
    return said[tag].get(VAL) if tag in said else None


def _form(said: Mapping[str, etree._Element]) -> str:
    """Return a level's number format; a custom one as "custom:" and its first numbers, as the file lists them."""
    choice = said[ALTERNATE].find(CHOICE) if ALTERNATE in said else None
    found = said.get(_FORM) if choice is None else choice.find(_FORM)
    if found is None:
        return "decimal"
    form = found.get(VAL, "decimal")
    return f"custom:{found.get(w('format'), '')}" if form == "custom" else form
