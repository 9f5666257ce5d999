"""Places as a formula names them: «абзац второй пункта 4», 第4段第二款, "column “Executors” of measure 1.3"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.text.formulas.grammar import FIRST_PLACE, Grammar, Unit
from app.text.formulas.quotes import Quotations
from app.text.labels import from_chinese

_RANGE = re.compile(r"(\d+)\s*[–—至]\s*第?(\d+)")
_LONGEST_RANGE = 100
_SPLIT = re.compile(r"\s*(?:,|、|\bи\b|\band\b|[和及])\s*第?\s*")


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a place: a unit, with the number, letter or words it is named by."""

    unit: Unit
    label: str = ""


Chain = tuple[Element, ...]
"""Elements of one place, from the widest to the narrowest."""


@dataclass
class Places:
    """What was read as places, by the character that stands for it."""

    found: list[tuple[Chain, ...]] = field(default_factory=list)

    def put(self, chains: tuple[Chain, ...]) -> str:
        """Return the character that stands for these places from now on."""
        self.found.append(chains)
        return chr(FIRST_PLACE + len(self.found) - 1)

    def get(self, character: str) -> tuple[Chain, ...]:
        """Return the places that a character stands for."""
        return self.found[ord(character) - FIRST_PLACE]


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    chains: tuple[Chain, ...]


def read_places(words: str, grammar: Grammar, quotations: Quotations, places: Places) -> str:
    """Return *words* (quotations put aside) with a character for each place, which goes to *places*.

    Neighbours that name different units are one place: "paragraph 4 (a)"; what *ands* join are several.
    A place that is only referred to ("in line with paragraph 4") stays as it is written.
    """
    mentions = list(_joined(_mentions(words, grammar, quotations), words, grammar))
    found, at = [], 0
    for mention in mentions:
        if grammar.aside.search(words, 0, mention.start):
            continue
        found += [words[at : mention.start], places.put(mention.chains)]
        at = mention.end
    return "".join([*found, words[at:]])


def _mentions(words: str, grammar: Grammar, quotations: Quotations) -> Iterator[_Mention]:
    """Yield single elements from left to right, the longest where several begin."""
    every = [
        (match.start(), -match.end(), position, unit, match)
        for position, (unit, pattern) in enumerate(grammar.elements)
        for match in pattern.finditer(words)
        if match.end() > match.start()
    ]
    at = 0
    for start, end, _, unit, match in sorted(every, key=lambda one: one[:3]):
        if start < at:
            continue
        at = -end
        labels = _labels(unit, match, grammar, quotations)
        yield _Mention(start, at, tuple((Element(unit, label),) for label in labels))


def _labels(unit: Unit, match: re.Match[str], grammar: Grammar, quotations: Quotations) -> tuple[str, ...]:
    groups = match.groupdict()
    written = groups.get("labels") or groups.get("ordinal") or ""
    if not written:
        return ("",)
    if "\ue100" <= written[0] <= "\uefff" and unit in (Unit.OPENING, Unit.COLUMN):
        return (quotations.get(written[0]).words,)
    pieces = _expanded(written)
    if unit in (Unit.LINE, Unit.SENTENCE, Unit.PREAMBLE):
        return tuple(str(_ordinal(piece, grammar)) for piece in pieces)
    suffix = groups.get("suffix") or ""
    return tuple(_bare(piece, quotations) + suffix for piece in pieces)


def _expanded(written: str) -> tuple[str, ...]:
    """Return the single labels of a list; "4–7" is four of them; too long or backwards, it is left as it is."""
    written = _RANGE.sub(_numbers, written)
    return tuple(piece for piece in _SPLIT.split(written) if piece.strip())


def _numbers(written: re.Match[str]) -> str:
    first, last = int(written[1]), int(written[2])
    return ",".join(map(str, range(first, last + 1))) if 0 <= last - first < _LONGEST_RANGE else written[0]


def _ordinal(written: str, grammar: Grammar) -> int:
    """Return the number of a counting word; -1 is the last."""
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits.group())
    known = next((n for word, n in grammar.ordinals.items() if written.casefold().startswith(word)), None)
    return from_chinese(written) if known is None else known


def _bare(written: str, quotations: Quotations) -> str:
    return bare_label(quotations.worded(written))


def bare_label(written: str) -> str:
    """Return a label without the marks around it, as it is compared."""
    kept = re.sub(r"^第|(?<=[\d零〇一二三四五六七八九十百])(?:条|章|节|段|款|项|部分)", "", written.strip())
    return re.sub(r"\s+", " ", kept.strip(' .:()（）、．。«»"“”–—-\u00a0').casefold().replace("\u00a0", " "))


def _joined(mentions: Iterator[_Mention], words: str, grammar: Grammar) -> Iterator[_Mention]:
    """Yield mentions with those that belong together joined; what is only referred to is in no list."""
    waiting: _Mention | None = None
    last: Unit | None = None
    for mention in mentions:
        unit = mention.chains[0][0].unit
        if waiting is not None and last is not None:
            between = words[waiting.end : mention.start]
            if _goes_on(between, unit, waiting.chains[-1], grammar):
                waiting = _Mention(waiting.start, mention.end, _combined(waiting.chains, mention.chains))
                last = unit
                continue
            if grammar.ands.fullmatch(between) and not grammar.aside.search(words, 0, waiting.start):
                waiting = replace(waiting, end=mention.end, chains=_listed(waiting.chains, mention.chains))
                last = unit
                continue
            yield waiting
        waiting, last = mention, unit
    if waiting is not None:
        yield waiting


def _goes_on(between: str, unit: Unit, chain: Chain, grammar: Grammar) -> bool:
    """Whether an element belongs to the place before it: «раздел» after «пункт 7» needs no word between, or "of"."""
    units = {element.unit for element in chain}
    pattern = grammar.chain if unit > chain[-1].unit else grammar.outward
    return unit not in units and pattern.fullmatch(between) is not None


def _combined(one: tuple[Chain, ...], other: tuple[Chain, ...]) -> tuple[Chain, ...]:
    return tuple(in_order((*a, *b)) for a in one for b in other)


def _listed(one: tuple[Chain, ...], other: tuple[Chain, ...]) -> tuple[Chain, ...]:
    """Return both; "(a) and (b)" after "paragraph 4 (a)" is of paragraph 4 too."""
    units = {element.unit for chain in other for element in chain}
    wider = tuple(element for element in one[-1] if element.unit < min(units) and element.unit is not Unit.WHOLE)
    inherits = min(units) > Unit.ROW and bool(wider)
    return (*one, *(in_order((*wider, *chain)) if inherits else chain for chain in other))


def in_order(elements: Sequence[Element]) -> Chain:
    """Return elements from the widest to the narrowest."""
    return tuple(sorted(elements, key=lambda element: element.unit))


def within(chain: Chain, context: Chain) -> Chain:
    """Return a place completed by what the lines above it were about, where it needs that."""
    if not context or any(element.unit in _SELF_SUFFICIENT for element in chain):
        return chain
    units = {element.unit for element in chain}
    return in_order((*chain, *(element for element in context if element.unit not in units)))


_SELF_SUFFICIENT = frozenset(
    (Unit.WHOLE, Unit.SECTION, Unit.PREAMBLE, Unit.PARAGRAPH, Unit.ROW, Unit.NOTE, Unit.OPENING)
)
