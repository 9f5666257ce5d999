"""Provisions found in a text by the way a formula names them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.text.formulas.grammar import Unit
from app.text.formulas.matching import folded, is_same
from app.text.formulas.places import Chain, Element, bare_label
from app.text.formulas.understood import Reason, Unclear
from app.text.labels import Label, Numbering, parse_label
from app.text.numbering import labels_of
from app.text.provision import STATES, TEXT, Edition, Kind, Provision, States
from app.text.runs import PARAGRAPH_BREAK, plain
from app.text.structure import Outline

_ANY = frozenset(Kind) - {Kind.FIXED}
_KINDS: dict[Unit, tuple[frozenset[Kind], ...]] = {
    Unit.SECTION: (frozenset({Kind.HEADING}), frozenset({Kind.ROW})),
    Unit.PARAGRAPH: (frozenset({Kind.PARAGRAPH}), frozenset({Kind.ITEM}), _ANY),
    Unit.ITEM: (frozenset({Kind.ITEM}), frozenset({Kind.PARAGRAPH}), _ANY),
    Unit.ROW: (frozenset({Kind.ROW}),),
    Unit.NOTE: (frozenset({Kind.FOOTNOTE}),),
    Unit.TABLE: (frozenset({Kind.TABLE}),),
}
"""What a word may mean, the likeliest first: a row may be called a paragraph, a paragraph is no footnote or section."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a place means: a provision, or less of it.

    Attributes:
        part: The cell or set of states; None: wherever in it.
        line, sentence: Counted from 1, -1 is the last; 0: all of it.
    """

    key: str
    part: str | None = None
    line: int = 0
    sentence: int = 0


class Finder:
    """Finds places in an edition by its labels."""

    def __init__(self, base: Edition) -> None:
        self.base = base
        self.outline = Outline(base)
        self.by_key = base.by_key()
        self.numbering = Numbering(base.language)
        self.labels = labels_of(base, self.numbering)

    def find(self, chain: Chain) -> Target:
        """Return what a place means.

        Raises:
            Unclear: Nothing or more than one thing is called so.
        """
        scope: Sequence[Provision] = self.base.provisions
        here: Provision | None = None
        target = Target("")
        for element in chain:
            if element.unit in (Unit.WHOLE, Unit.ANNEX):
                continue
            if element.unit is Unit.COLUMN:
                target = Target(target.key, self._column(self._one(here, element), element.label), target.line)
            elif element.unit is Unit.STATES:
                target = Target(self._one(here, element).key, STATES)
            elif element.unit is Unit.SENTENCE:
                target = Target(self._one(here, element).key, target.part, target.line, int(element.label))
            elif element.unit is Unit.LINE:
                target = self._line(here, scope, int(element.label))
                here = self.by_key[target.key]
            elif element.unit is Unit.PREAMBLE and not element.label:
                scope, here = self.preamble(), None
            else:
                here = self._provision(element, scope, here)
                target, scope = Target(here.key), self.under(here)
        if not target.key:
            raise Unclear(Reason.NO_PLACE)
        return target

    def _one(self, here: Provision | None, element: Element) -> Provision:
        if here is None:
            raise Unclear(Reason.NO_PLACE, element.label)
        return here

    def _provision(self, element: Element, scope: Sequence[Provision], here: Provision | None) -> Provision:
        if element.unit is Unit.PREAMBLE:
            return self._nth(self.preamble(), int(element.label), element.label)
        if element.unit is Unit.TITLE:
            return here if here is not None else self._title()
        if element.unit is Unit.OPENING:
            return _only([p for p in scope if _begins(p, element.label)], element.label)
        if element.unit is Unit.TABLE and not element.label:
            return _only([p for p in scope if p.kind is Kind.TABLE], element.label)
        return _only(self.labelled(element, scope), element.label)

    def labelled(self, element: Element, scope: Iterable[Provision]) -> list[Provision]:
        """Return the provisions of the likeliest kind that a number or letter may mean."""
        every = list(scope)
        wanted = parse_label(element.label, numbering=self.numbering)
        same = [p for p in every if p.label and bare_label(p.label) == element.label]
        alike = [p for p in every if wanted is not None and _equal(self.labels.get(p.key), wanted)]
        for kinds in _KINDS.get(element.unit, (_ANY,)):
            for choice in (same, alike):
                found = [p for p in choice if p.kind in kinds]
                if found:
                    return found
        return []

    def _title(self) -> Provision:
        titles = [p for p in self.base if p.kind is Kind.TITLE]
        if not titles:
            raise Unclear(Reason.NO_SUCH_PROVISION)
        return titles[0]

    def preamble(self) -> tuple[Provision, ...]:
        """Return the paragraphs before the first heading or number."""
        found = []
        for provision in self.base:
            if provision.kind is Kind.HEADING or (provision.label and provision.kind is not Kind.TITLE):
                break
            if provision.kind is not Kind.TITLE:
                found.append(provision)
        return tuple(found)

    def under(self, provision: Provision) -> tuple[Provision, ...]:
        """Return what belongs to a provision: what stands under it, and for a heading all up to the next one."""
        span = self.outline.span(provision.key)
        if provision.kind is not Kind.HEADING:
            return self.base.provisions[span.start + 1 : span.stop]
        limit = len(self.base.provisions) if provision.parent is None else self.outline.span(provision.parent).stop
        rest = self.base.provisions[span.stop : limit]
        length = next(
            (n for n, p in enumerate(rest) if p.kind is Kind.HEADING and p.level <= provision.level), len(rest)
        )
        return self.base.provisions[span.start + 1 : span.stop + length]

    def lines(self, provision: Provision) -> tuple[Target, ...]:
        """Return the lines of a provision: its own, what stands under it, or what follows it unnumbered.

        Those of a heading are the paragraphs and items up to the next one.
        """
        if provision.kind is Kind.HEADING:
            return tuple(Target(p.key) for p in self.under(provision) if p.kind in _LINES)
        own = plain(provision.text).count(PARAGRAPH_BREAK) + 1
        below = self.base.provisions[self.outline.positions[provision.key] + 1 : self.outline.span(provision.key).stop]
        if not below:
            below = tuple(self._unnumbered_after(provision))
        alone = own == 1 and not below
        first = tuple(Target(provision.key, None, 0 if alone else n + 1) for n in range(own))
        return (*first, *(Target(p.key) for p in below))

    def _unnumbered_after(self, provision: Provision) -> Iterator[Provision]:
        for following in self.base.provisions[self.outline.positions[provision.key] + 1 :]:
            if following.label or following.parent != provision.parent or following.kind not in _LINES:
                return
            yield following

    def _line(self, here: Provision | None, scope: Sequence[Provision], number: int) -> Target:
        if here is None and scope is self.base.provisions:
            raise Unclear(Reason.NO_PLACE, str(number))
        lines = self.lines(here) if here is not None else tuple(Target(p.key) for p in scope)
        if not (number == -1 or 1 <= number <= len(lines)) or not lines:
            raise Unclear(Reason.NO_SUCH_PROVISION, str(number), (here.key,) if here else ())
        return lines[-1] if number == -1 else lines[number - 1]

    def _nth(self, provisions: Sequence[Provision], number: int, said: str) -> Provision:
        if not (number == -1 or 1 <= number <= len(provisions)):
            raise Unclear(Reason.NO_SUCH_PROVISION, said)
        return provisions[-1] if number == -1 else provisions[number - 1]

    def _column(self, row: Provision, heading: str) -> str:
        """Return the key of the column that a heading or a number means."""
        table = row if row.kind is Kind.TABLE else self.by_key.get(row.parent or "")
        columns = table.columns if table is not None else ()
        if heading.isdigit() and 1 <= int(heading) <= len(columns):
            return columns[int(heading) - 1]
        titles = {name: self.heading(row, name) for name in columns}
        for matches in (is_same, _starts_alike):
            found = [name for name, written in titles.items() if matches(written, heading)]
            if len(found) == 1:
                return found[0]
        raise Unclear(Reason.NO_SUCH_COLUMN, heading, (row.key,))

    def heading(self, row: Provision, column: str) -> str:
        """Return the heading of a row's column, its key where the table has none."""
        table = row if row.kind is Kind.TABLE else self.by_key.get(row.parent or "")
        content = table.parts.get(column, ()) if table is not None else ()
        return column if isinstance(content, States) else plain(content) or column


_LINES = frozenset({Kind.PARAGRAPH, Kind.ITEM})


def _only(found: Sequence[Provision], said: str) -> Provision:
    if not found:
        raise Unclear(Reason.NO_SUCH_PROVISION, said)
    if len(found) > 1:
        raise Unclear(Reason.SEVERAL_PROVISIONS, said, tuple(p.key for p in found))
    return found[0]


def _equal(label: Label | None, wanted: Label) -> bool:
    return (
        label is not None
        and bool(wanted.numbers)
        and (label.numbers, label.inserted) == (wanted.numbers, wanted.inserted)
    )


def _begins(provision: Provision, words: str) -> bool:
    wanted = "".join(folded(words).split()).rstrip(".…").casefold()
    return bool(wanted) and "".join(folded(opening_of(provision)).split()).casefold().startswith(wanted)


def opening_of(provision: Provision) -> str:
    """Return the words a provision begins with: its own, else those of its first cell with words."""
    if TEXT in provision.parts:
        return plain(provision.text)
    return next((plain(c) for c in provision.parts.values() if not isinstance(c, States) and c), "")


def _starts_alike(one: str, other: str) -> bool:
    mine, theirs = (re.sub(r"\W", "", folded(words)).casefold() for words in (one, other))
    return bool(mine) and bool(theirs) and (mine.startswith(theirs[:6]) or theirs.startswith(mine[:6]))
