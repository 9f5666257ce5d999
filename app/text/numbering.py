"""Numbering: labels while a round is open, and the continuous labels of a new version."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.text.composition import ComposedBlock, Composition
from app.text.labels import (
    RUSSIAN_SKIPPED,
    Label,
    Numbering,
    Numeral,
    Style,
    Suffix,
    format_label,
    label_inserted,
    parse_label,
)
from app.text.provision import Edition, Kind, Provision

__all__ = [
    "RUSSIAN_SKIPPED",
    "Label",
    "Numbering",
    "Numeral",
    "Style",
    "Suffix",
    "format_label",
    "label_inserted",
    "labels_of",
    "parse_label",
    "relabel",
    "round_labels",
]

_List: TypeAlias = tuple[Kind, int, Style, int]
"""What is numbered together: kind, level, style and how many numbers a label has."""
_Model: TypeAlias = tuple[Label, _List]


def labels_of(edition: Edition, numbering: Numbering) -> dict[str, Label]:
    """Return key to label taken apart, for every provision whose label is one."""
    found: dict[str, Label] = {}
    previous: dict[tuple[str | None, Kind, int], Label] = {}
    for provision in edition:
        siblings = provision.parent, provision.kind, provision.level
        label = parse_label(provision.label, previous.get(siblings), numbering)
        if label is not None:
            found[provision.key] = previous[siblings] = label
    return found


def round_labels(composition: Composition, numbering: Numbering) -> tuple[tuple[str, ...], ...]:
    """Return the labels while a round is open, for each item of a composition and each of its provisions.

    The base keeps its labels; what is inserted or moved in at a place is *bis*, *ter* … of
    the sibling before it, "" where that has no number or there is none. A label is given once.
    """
    base = composition.base
    taken = {provision.label for provision in base}
    found = []
    for item in composition.items:
        if isinstance(item, ComposedBlock):
            found.append(tuple(_block_labels(item, base, numbering, taken)))
        else:
            found.append((item.provision.label,))
    return tuple(found)


def _block_labels(block: ComposedBlock, base: Edition, numbering: Numbering, taken: set[str]) -> Iterator[str]:
    for provision in block.provisions:
        if provision.parent != block.place.parent:
            yield provision.label
            continue
        before = _label_before(base, block, provision)
        label, ordinal = label_inserted(before, 0, numbering), 0
        while label in taken and label != before and label:
            ordinal += 1
            label = label_inserted(before, ordinal, numbering)
        taken.add(label)
        yield label


def _label_before(base: Edition, block: ComposedBlock, provision: Provision) -> str:
    """Return the label of the last sibling of its kind at or before the place; "" after one without a number."""
    if block.place.after is None:
        return ""
    siblings = [p for p in base if p.parent == block.place.parent]
    after = next(i for i, p in enumerate(siblings) if p.key == block.place.after)
    labels = [p.label for p in siblings[: after + 1] if p.kind is provision.kind and p.key != provision.key]
    return labels[-1] if labels else ""


@dataclass
class _Sequence:
    """How a list is numbered in the base."""

    first: int
    restarts: bool


def relabel(edition: Edition, base: Edition, numbering: Numbering) -> Edition:
    """Return an edition numbered anew the way its base is numbered.

    A list runs on through the paper or begins again under each parent, as the base shows.
    What is new takes the style of its siblings, or else of its kind and level; *bis* and
    the like become plain numbers. "1.1" follows the number of its section. Labels that
    are no numbers stay as they are.
    """
    known = labels_of(base, numbering)
    return _Renumbering(edition, base, known, numbering).edition()


class _Renumbering:
    def __init__(self, edition: Edition, base: Edition, known: dict[str, Label], numbering: Numbering) -> None:
        self._edition, self._known, self._numbering = edition, known, numbering
        self._old = base.by_key()
        self._parents = {p.key: p.parent for p in edition}
        self._sequences = _sequences(base, known)
        self._counts: Counter[tuple[_List, str | None]] = Counter()
        self._new: dict[str, Label] = {}

    def edition(self) -> Edition:
        made = []
        before: dict[tuple[str | None, Kind], _Model | None] = {}
        sections: dict[tuple[Kind, int], tuple[str, tuple[int, ...]]] = {}
        for provision in self._edition:
            model = self._model(provision, before)
            if model is None:
                before[provision.parent, provision.kind] = None
                made.append(provision)
                continue
            now = self._numbered(provision, model, sections)
            before[provision.parent, provision.kind] = model
            sections[provision.kind, len(now.numbers)] = provision.key, now.numbers
            self._new[provision.key] = now
            made.append(replace(provision, label=format_label(now, self._numbering)))
        return replace(self._edition, provisions=tuple(made))

    def _model(self, provision: Provision, before: dict[tuple[str | None, Kind], _Model | None]) -> _Model | None:
        """Return what a provision is numbered like: itself where it stayed, else the sibling before it, or its kind.

        After a sibling without a number, as in a preamble, it has none either.
        """
        old, own = self._old.get(provision.key), self._of(provision.key)
        if old is not None and (own is None or (old.parent, old.level) == (provision.parent, provision.level)):
            return own
        if (provision.parent, provision.kind) in before:
            return before[provision.parent, provision.kind]
        alike = [p for p in self._old.values() if p.kind is provision.kind and p.key in self._known]
        siblings = [self._of(p.key) for p in alike if p.parent == provision.parent]
        elsewhere = [self._of(p.key) for p in alike if p.level == provision.level]
        return next((model for model in (*siblings, own, *elsewhere) if model is not None), None)

    def _of(self, key: str) -> _Model | None:
        label = self._known.get(key)
        return None if label is None else (label, _list_of(self._old[key], label))

    def _numbered(
        self, provision: Provision, model: _Model, sections: dict[tuple[Kind, int], tuple[str, tuple[int, ...]]]
    ) -> Label:
        label, numbers = model
        if not label.numbers:
            return label
        sequence = self._sequences[numbers]
        under, above = provision.parent if sequence.restarts else None, label.numbers[:-1]
        if above:
            under, above = self._section(provision, len(above), sections) or (provision.parent, above)
        self._counts[numbers, under] += 1
        count = sequence.first - 1 + self._counts[numbers, under]
        return Label(label.style, (*above, count))

    def _section(
        self, provision: Provision, length: int, sections: dict[tuple[Kind, int], tuple[str, tuple[int, ...]]]
    ) -> tuple[str, tuple[int, ...]] | None:
        """Return the provision that gives "1.1" its first number: above it, or the section row before it."""
        parent = provision.parent
        while parent is not None:
            if parent in self._new and len(self._new[parent].numbers) == length:
                return parent, self._new[parent].numbers
            parent = self._parents[parent]
        return sections.get((provision.kind, length)) or sections.get((Kind.HEADING, length))


def _list_of(provision: Provision, label: Label) -> _List:
    return provision.kind, provision.level, label.style, len(label.numbers)


def _sequences(base: Edition, known: dict[str, Label]) -> dict[_List, _Sequence]:
    """Return how each list of a base is numbered: it restarts where a new parent's first is no higher than the last."""
    found: dict[_List, _Sequence] = {}
    last: dict[_List, tuple[str | None, int]] = {}
    for provision in base:
        label = known.get(provision.key)
        if label is None or not label.numbers:
            continue
        numbers = _list_of(provision, label)
        if numbers not in found:
            runs_on = label.style.numeral is Numeral.DECIMAL and provision.kind is Kind.PARAGRAPH
            found[numbers] = _Sequence(label.number, not runs_on)
        elif last[numbers][0] != provision.parent:
            found[numbers].restarts = label.number <= last[numbers][1]
        last[numbers] = provision.parent, label.number
    return found
