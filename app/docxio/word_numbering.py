"""Word's automatic numbering: which list a paragraph belongs to, and the label it is printed with."""

import re
from dataclasses import dataclass, field

from lxml import etree

from app.docxio.number_formats import spell_in
from app.docxio.word_properties import Properties
from app.docxio.word_styles import Style, Styles
from app.docxio.wordml import ALTERNATE, CHOICE, P_PR, VAL, number, switched, value, w

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_NUM_ID, _ILVL, _START = w("numId"), w("ilvl"), w("start")
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
    restart: int | None = None
    """1-based level after which it begins again; 0: never; None: after any higher level."""
    legal: bool = False
    style_id: str | None = None
    indent: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """An automatic label: as printed, how it is counted, where its list stands."""

    text: str
    form: str
    num_id: str
    ilvl: int
    ordinal: int
    indent: int | None


@dataclass(slots=True)
class _List:
    """One w:num: its abstract list, what it overrides."""

    abstract: str
    levels: list[Level] = field(default_factory=list)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts a document's lists; ask for each paragraph once, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles, language: str = "") -> None:
        self._styles = styles
        self._language = language
        self._abstracts: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        for element in () if root is None else root.iterchildren(w("abstractNum"), w("num")):
            if element.tag == w("num"):
                self._nums[element.get(_NUM_ID, "")] = element
            else:
                self._abstracts[element.get(w("abstractNumId"), "")] = element
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self.unknown: set[str] = set()
        """Lists that paragraphs name and the file does not define."""

    def label(self, said: Properties, style: Style) -> Label | None:
        """Return the label of the next paragraph, or None where it is not numbered.

        Args:
            said: The paragraph's properties in force.
            style: Its style, ancestors counted in.
        """
        num_id = said.num_id or style.num_id
        if num_id is None or num_id == "0":
            return None
        found = self._list(num_id)
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
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        for at in range(ilvl + 1):
            if at in found.restarts and (num_id, at) not in self._begun:
                counters[at] = found.restarts[at] if at < ilvl else None
                for below in range(at + 1, LEVELS):
                    counters[below] = None
            self._begun.add((num_id, at))
            if counters[at] is None and at < ilvl:
                counters[at] = self._first(found, at)
        current = counters[ilvl]
        counters[ilvl] = self._first(found, ilvl) if current is None else current + 1
        for below in range(ilvl + 1, len(found.levels)):
            restart = found.levels[below].restart
            if restart is None or 0 < restart == ilvl + 1 or 0 < restart > ilvl + 1:
                counters[below] = None
        level = found.levels[ilvl]
        return Label(
            text=self._spelled(found, ilvl, counters),
            form=level.form,
            num_id=found.abstract,
            ilvl=ilvl,
            ordinal=counters[ilvl] or 0,
            indent=level.indent,
        )

    @staticmethod
    def _first(found: _List, ilvl: int) -> int:
        return found.restarts.get(ilvl, found.levels[ilvl].start)

    def _spelled(self, found: _List, ilvl: int, counters: list[int | None]) -> str:
        level = found.levels[ilvl]
        if level.form == "bullet":
            return level.pattern.translate(_SYMBOLS)

        def spelled(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at >= len(found.levels):
                return ""
            source = found.levels[at]
            form = "decimal" if level.legal and source.form != "none" else source.form
            count = counters[at]
            return spell_in(self._first(found, at) if count is None else count, form, source.language or self._language)

        return _PLACEHOLDER.sub(spelled, level.pattern)

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read_list(num_id)
        return self._lists[num_id]

    def _read_list(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        abstract_id = value(num, w("abstractNumId"))
        if num is None or abstract_id is None:
            return None
        abstract_id = self._linked(abstract_id)
        abstract = self._abstracts.get(abstract_id)
        if abstract is None:
            return None
        levels = {number(e.get(_ILVL), 0): _read_level(e) for e in abstract.iterchildren(w("lvl"))}
        restarts: dict[int, int] = {}
        for override in num.iterchildren(w("lvlOverride")):
            at = number(override.get(_ILVL), 0)
            replaced = override.find(w("lvl"))
            if replaced is not None:
                levels[at] = _read_level(replaced)
            start = value(override, w("startOverride"))
            if start is not None:
                restarts[at] = number(start, 1)
        last = min(max(levels, default=-1), LEVELS - 1)
        return _List(abstract_id, [levels.get(at) or Level() for at in range(last + 1)], restarts)

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


def _read_level(element: etree._Element) -> Level:
    properties = element.find(P_PR)
    indent = None if properties is None else properties.find(w("ind"))
    restart = value(element, w("lvlRestart"))
    pattern = element.find(w("lvlText"))
    return Level(
        start=number(value(element, _START), 0),
        form=_form(element),
        pattern="" if pattern is None else pattern.get(VAL, ""),
        restart=None if restart is None else number(restart, 0),
        legal=switched(element, w("isLgl")) or False,
        style_id=value(element, w("pStyle")),
        indent=None if indent is None else number(indent.get(w("left")) or indent.get(w("start")), 0),
        language=_language(element),
    )


def _form(element: etree._Element) -> str:
    """Return a level's number format; a custom one as "custom:" and its first numbers, as the file lists them."""
    alternate = element.find(ALTERNATE)
    choice = None if alternate is None else alternate.find(CHOICE)
    found = (element if choice is None else choice).find(w("numFmt"))
    if found is None:
        return "decimal"
    form = found.get(VAL, "decimal")
    return f"custom:{found.get(w('format'), '')}" if form == "custom" else form


def _language(element: etree._Element) -> str:
    spoken = element.find(f"{w('rPr')}/{w('lang')}")
    return "" if spoken is None else spoken.get(VAL, "")
