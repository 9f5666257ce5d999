"""New provisions and restated ones: wording of several lines becomes provisions of the kind that stand there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.text.formulas.clauses import Clause
from app.text.formulas.finding import opening_of
from app.text.formulas.grammar import Unit
from app.text.formulas.matching import is_same
from app.text.formulas.places import Chain, Element, bare_label
from app.text.formulas.rewording import as_text, with_notes
from app.text.formulas.understood import Reason, Unclear
from app.text.labels import parse_label
from app.text.provision import STATES, TEXT, Content, Kind, Place, Provision, States
from app.text.retyping import retyped
from app.text.runs import PARAGRAPH_BREAK, plain

if TYPE_CHECKING:
    from app.text.formulas.applying import Applied

_SUFFIX = r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[ \u00a0](?:бис|тер|кватер|bis|ter|quater)|之[二三四五六七八九十])?"
_LABEL = re.compile(
    rf"\s*(?P<label>(?:第\s?)?[(（]?(?:\d+(?:\.\d+)*|[IVXLC]+){_SUFFIX}(?:[.)）、．]+|条|段|(?=\s))"
    rf"|(?:第\s?)?[(（]?(?:[а-яёa-z]|[一二三四五六七八九十]+){_SUFFIX}(?:[.)）、．]+|条|段))\s*"
    r"|\s*(?P<dash>[–—•-]+)\s+"
)
_ENDS = re.compile(r"[.;:!?…。；：！？]\W*$")


class Additions:
    """Takes new wording into the formulas carried out so far."""

    def __init__(self, applied: "Applied") -> None:
        self.applied, self.finder = applied, applied.finder

    def restate(self, key: str, wording: str, said: tuple[str, str]) -> None:
        """Take a provision's new wording, that of what stands under it included where it is given.

        Raises:
            Unclear: There is no wording, or nothing changes.
        """
        base = self.finder.by_key[key]
        lines = lines_of(wording)
        if not lines:
            raise Unclear(Reason.NO_WORDING, keys=(key,))
        below = self.finder.outline.children.get(key, [])
        if len(lines) == 1 or base.kind is Kind.ROW or not (below or all(_labelled(line) for line in lines[1:])):
            self.applied.reword(key, self._worded(base, lines), said)
            return
        own = self._worded(base, lines[:1])
        changed = own != self.applied.parts(key)
        if changed:
            self.applied.reword(key, own, said)
        if not self._restate_below(base, below, lines[1:], said) and not changed:
            raise Unclear(Reason.ALREADY_SO, keys=(key,))

    def _restate_below(
        self, base: Provision, below: Sequence[str], lines: Sequence[str], said: tuple[str, str]
    ) -> bool:
        """Take lines for the provisions under one: by label, else in their order; say whether anything changes."""
        changed, after = False, None
        left = list(below)
        for line in lines:
            key = self._counterpart(line, left)
            if key is None:
                place = Place(base.key, after)
                self.applied.insert(place, [self._new(line, base.key, self._model(base, below))], said)
                changed = True
                continue
            left.remove(key)
            after = key
            wished = self._worded(self.finder.by_key[key], [line])
            if wished != self.applied.parts(key):
                self.applied.reword(key, wished, said)
                changed = True
        for key in left:
            self.applied.delete(key, said)
        return changed or bool(left)

    def _counterpart(self, line: str, left: Sequence[str]) -> str | None:
        label, words = split_label(line)
        for key in left:
            base = self.finder.by_key[key]
            if (label and bare_label(base.label) == label) or (not label and is_same(opening_of(base), words)):
                return key
        return None if label or not left or self.finder.by_key[left[0]].label.strip("–—-• ") else left[0]

    def _model(self, base: Provision, below: Sequence[str]) -> Provision:
        """Return what a new provision under one is like: the last that is there, else an item one level down."""
        return self.finder.by_key[below[-1]] if below else Provision("", Kind.ITEM, base.level + 1)

    def _new(self, line: str, parent: str | None, model: Provision) -> Provision:
        return Provision("new", model.kind, model.level, parent, self._first_parts(split_label(line)[1], model))

    def _first_parts(self, words: str, model: Provision) -> dict[str, Content]:
        joining = self.applied.names.joining(as_text(words)) if STATES in model.parts else None
        return {STATES: joining[0], TEXT: joining[1]} if joining else {TEXT: as_text(words)}

    def _worded(self, base: Provision, lines: Sequence[str]) -> dict[str, Content]:
        """Return a provision's parts in a new wording; its label is left out, footnote references are kept."""
        old = self.applied.parts(base.key)
        if base.kind is Kind.ROW and any(name != TEXT for name in base.parts):
            return {**old, **self._cells(base, lines)}
        words = _without_label(PARAGRAPH_BREAK.join(lines), base)
        if isinstance(old.get(STATES), States):
            joining = self.applied.names.joining(as_text(words))
            if joining is not None:
                return {**old, STATES: joining[0], TEXT: joining[1]}
        was = old.get(TEXT, ())
        assert not isinstance(was, States)
        return {**old, TEXT: retyped(was, with_notes(plain(was), words))}

    def _cells(self, row: Provision, lines: Sequence[str]) -> dict[str, Content]:
        """Return cells as wording gives them: "heading: words" on lines, or all in order, apart by tabs or bars."""
        table = self.finder.by_key.get(row.parent or "")
        columns = table.columns if table is not None else tuple(row.parts)
        columns = columns[1:] if self._is_number(row.parent, columns[0]) else columns
        found = self._headed(lines, {name: self.finder.heading(row, name) for name in columns}, self._known(row))
        if not found:
            pieces = [piece.strip() for piece in re.split(r"\t|\s\|\s", PARAGRAPH_BREAK.join(lines))]
            if len(pieces) == len(columns) + 1 and parse_label(pieces[0]) is not None:
                pieces = pieces[1:]
            if len(pieces) != len(columns):
                raise Unclear(Reason.NO_WORDING, keys=self._known(row))
            found = dict(zip(columns, pieces, strict=True))
        return {name: self._cell(row, name, words) for name, words in found.items()}

    def _known(self, row: Provision) -> tuple[str, ...]:
        return (row.key,) if row.key in self.finder.by_key else ()

    def _headed(self, lines: Sequence[str], headings: Mapping[str, str], keys: tuple[str, ...]) -> dict[str, str]:
        """Return cells as lines "heading: words" give them; a line without a heading goes on with the cell above it."""
        found: dict[str, str] = {}
        name, before = None, list[str]()
        for line in lines:
            head, colon, words = line.replace("：", ":", 1).partition(":")
            here = next((name for name, heading in headings.items() if colon and is_same(head, heading)), None)
            if here is not None:
                name, found[here] = here, words.strip()
            elif name is not None:
                found[name] += PARAGRAPH_BREAK + line
            elif parse_label(line) is None:
                before.append(line)
        if found and before:
            raise Unclear(Reason.NO_SUCH_COLUMN, before[0], keys)
        return found

    def _is_number(self, table: str | None, column: str) -> bool:
        """Whether a column is that of the rows' numbers, which are their labels and no words of theirs."""
        rows = [self.finder.by_key[key] for key in self.finder.outline.children.get(table, ())]
        return any(row.label for row in rows) and not any(column in row.parts for row in rows)

    def _cell(self, row: Provision, name: str, words: str) -> Content:
        rows = [self.finder.by_key[key] for key in self.finder.outline.children.get(row.parent, ())]
        if any(isinstance(other.parts.get(name), States) for other in rows):
            states = self.applied.names.in_cell(as_text(words))
            if states is None:
                raise Unclear(Reason.NO_SUCH_STATE, words, self._known(row))
            return states
        was = row.parts.get(name, ())
        return retyped(was, words) if not isinstance(was, States) else as_text(words)

    def add(self, clause: Clause, said: tuple[str, str]) -> None:
        """Take a new provision, at the place the clause names, else where its number belongs.

        Raises:
            Unclear: The place is not there, or there is no wording.
        """
        lines = lines_of(clause.new[0].words) if clause.new else ()
        if not lines:
            raise Unclear(Reason.NO_WORDING)
        place, model = self._place(clause)
        block = self._block(place, model, lines)
        self.applied.insert(place, block, said)

    def _place(self, clause: Clause) -> tuple[Place, Provision]:
        """Return where a new provision stands, and a provision of the kind it is to be."""
        from app.text.formulas.applying import destination

        if clause.where:
            near = self.finder.by_key[self.finder.find(clause.where).key]
            place = destination(self.finder, near.key, clause.side)
            return place, near if place.parent == near.parent else self._model(
                near, self.finder.outline.children.get(near.key, [])
            )
        if clause.label:
            return self._numbered(clause.label, clause.targets)
        if clause.targets:
            above = self.finder.by_key[self.finder.find(clause.targets[0]).key]
            if above.kind is Kind.HEADING:
                place = destination(self.finder, above.key, "last")
                return place, self.finder.by_key[place.after or above.key]
            below = self.finder.outline.children.get(above.key, [])
            return Place(above.key, below[-1] if below else None), self._model(above, below)
        raise Unclear(Reason.NO_PLACE)

    def _numbered(self, label: Chain, targets: Sequence[Chain]) -> tuple[Place, Provision]:
        """Return the place of a new number: "5 bis" after 5 and what is there, 28 after 27, (d) after (c)."""
        element = label[-1]
        chain = (*(targets[0] if targets else ()), *label[:-1])
        if element.unit is Unit.LINE:
            return self._after_line(chain, int(element.label))
        above = self.finder.by_key[self.finder.find(chain).key] if chain else None
        scope = self.finder.under(above) if above is not None else self.finder.base.provisions
        for wanted, side in _before(element):
            found = self.finder.labelled(wanted, scope)
            if len(found) == 1:
                place = (
                    Place(found[0].parent, found[0].key) if side == "after" else self.finder.outline.place(found[0].key)
                )
                return place, found[0]
        if above is None:
            raise Unclear(Reason.NO_SUCH_PROVISION, element.label)
        below = self.finder.outline.children.get(above.key, [])
        return Place(above.key, below[-1] if below else None), self._model(above, below)

    def _after_line(self, chain: Chain, number: int) -> tuple[Place, Provision]:
        """Return the place of a new line of a provision or of the preamble, counted from 1, -1 the last.

        Raises:
            Unclear: The lines before it are not there, or it would stand before or among the provision's own words.
        """
        if number == 1:
            raise Unclear(Reason.NO_PLACE, "1")
        before = self.finder.find((*chain, Element(Unit.LINE, str(max(number - 1, -1)))))
        here = self.finder.by_key[before.key]
        if not before.line:
            return Place(here.parent, here.key), here
        if before.line != plain(here.text).count(PARAGRAPH_BREAK) + 1:
            raise Unclear(Reason.NO_PLACE, str(number), (here.key,))
        return Place(here.key, None), self._model(here, self.finder.outline.children.get(here.key, []))

    def _block(self, place: Place, model: Provision, lines: Sequence[str]) -> tuple[Provision, ...]:
        if model.kind is Kind.ROW:
            row = replace(model, key="", label="", parts={}, parent=place.parent)
            cells = self._cells(
                row, [split_label(lines[0])[1] if len(lines) == 1 and "\t" not in lines[0] else lines[0], *lines[1:]]
            )
            return (replace(row, key="first", parts={name: c for name, c in cells.items() if c}),)
        first = replace(self._new(lines[0], place.parent, model), key="first")
        item = Provision("", Kind.ITEM, model.level + 1)
        return (first, *(replace(self._new(line, "first", item), key=f"below {n}") for n, line in enumerate(lines[1:])))


def _before(element: Element) -> tuple[tuple[Element, str], ...]:
    """Return what a new number may stand after, or before, the likeliest first."""
    label = parse_label(element.label)
    if label is None or not label.numbers:
        return ()
    bare = ".".join(str(number) for number in label.numbers)
    if label.inserted:
        return ((Element(element.unit, bare), "after"),)
    previous = ".".join(str(number) for number in (*label.numbers[:-1], label.number - 1))
    return ((Element(element.unit, previous), "after"), (Element(element.unit, bare), "before"))


def lines_of(wording: str) -> tuple[str, ...]:
    """Return the paragraphs of a wording; a line that a mail program broke off is joined with the next."""
    found: list[str] = []
    for line in (line.strip() for line in wording.split("\n")):
        if not line:
            continue
        if found and not _ENDS.search(found[-1]) and not _labelled(line) and ":" not in line and "\t" not in line:
            found[-1] += ("" if ord(found[-1][-1]) > 0x2E80 else " ") + line
        else:
            found.append(line)
    return tuple(found)


def split_label(line: str) -> tuple[str, str]:
    """Return the bare label a line begins with, "" where there is none, and the words after it."""
    match = _LABEL.match(line)
    if match is None:
        return "", line.strip()
    if match["dash"]:
        return "", line[match.end() :].strip()
    return bare_label(match["label"]), line[match.end() :].strip()


def _labelled(line: str) -> bool:
    match = _LABEL.match(line)
    return match is not None and (match["dash"] is not None or match["label"][-1:] in ".)）、．")


def _without_label(words: str, base: Provision) -> str:
    """Return words without the provision's own label before them."""
    label, rest = split_label(words)
    return rest if label and rest and label == bare_label(base.label) else words
