"""Lays a second language version beside the first: by kind, level, label, columns and order."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.docxio.typed_labels import LabelStyle, parse_typed
from app.text.outline import outline
from app.text.provision import Content, Kind, Provision, States
from app.text.runs import plain

_WORDED = frozenset({Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM})
_SUFFIXES = {
    word: at
    for at, words in enumerate(
        ("bis бис 之二 ¹", "ter тер 之三 ²", "quater кватер 之四 ³", "quinquies квинквиес 之五 ⁴"), 1
    )
    for word in words.split()
}
_DIGITS = re.compile(r"\d+")
_IMPOSSIBLE = -1e9
_GAP = -1.0
_MOST_CELLS = 400_000
"""Above this many comparisons between two anchors, provisions are paired in order without weighing them."""


class Difference(StrEnum):
    """What two versions do not have in common."""

    MISSING = "missing"
    """The second version has nothing for a provision of the first."""
    ADDITIONAL = "additional"
    KIND = "kind"
    LEVEL = "level"
    LABEL = "label"
    COLUMNS = "columns"
    STATES = "states"
    NUMBERS = "numbers"
    """The figures in the words differ: a year, an amount."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One difference; the keys are those of the two sequences as given, None where there is no counterpart."""

    what: Difference
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which provisions correspond.

    Attributes:
        pairs: (key in the first, key in the second), in the order of the first.
        mismatches: What a person must look at, in reading order.
        provisions: The second version under the keys of the first, with kinds, levels and
            columns of the first; additional provisions have keys of their own.
    """

    pairs: tuple[tuple[str, str], ...]
    mismatches: tuple[Mismatch, ...]
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class _Trait:
    """What is compared of a provision; nothing of it depends on the language."""

    kind: Kind
    level: int
    paths: frozenset[tuple[int, ...]]
    is_lettered: bool
    columns: tuple[str, ...]
    states: frozenset[str]
    digits: Counter[str]
    share: float
    """Length of its words as a part of the whole."""


def align(first: Sequence[Provision], second: Sequence[Provision]) -> Alignment:
    """Return how *second*, another language's text of the same draft, corresponds to *first*.

    A missing or an additional paragraph is a mismatch and does not disturb what follows.
    """
    mine, theirs = _traits(first), _traits(second)
    found: list[tuple[int, int]] = []
    at = (0, 0)
    for anchor in [*_anchors(mine, theirs), (len(mine), len(theirs))]:
        found += _weighed(mine, theirs, at, anchor)
        if anchor[0] < len(mine):
            found.append(anchor)
        at = (anchor[0] + 1, anchor[1] + 1)
    return Alignment(
        pairs=tuple((first[i].key, second[j].key) for i, j in found),
        mismatches=tuple(_mismatches(first, second, mine, theirs, found)),
        provisions=_rekeyed(first, second, found),
    )


def _traits(provisions: Sequence[Provision]) -> list[_Trait]:
    lengths = [sum(len(w) for w in _words(p)) for p in provisions]
    total = sum(lengths) or 1
    return [_trait(p, length / total) for p, length in zip(provisions, lengths, strict=True)]


def _trait(provision: Provision, share: float) -> _Trait:
    paths, is_lettered = label_paths(provision.label)
    sets = [c.members for c in provision.parts.values() if isinstance(c, States)]
    return _Trait(
        kind=provision.kind,
        level=provision.level,
        paths=paths,
        is_lettered=is_lettered,
        columns=provision.columns,
        states=frozenset().union(*sets),
        digits=Counter(d for words in _words(provision) for d in _DIGITS.findall(words)),
        share=share,
    )


def _words(provision: Provision) -> list[str]:
    return [plain(c) for c in provision.parts.values() if not isinstance(c, States)]


def label_paths(label: str) -> tuple[frozenset[tuple[int, ...]], bool]:
    """Return the numbers a label may stand for, in any language, and whether it is a letter.

    "12 бис" and 十二之二 are (12, 1); "1.2." is (1, 0, 2, 0): each number with its suffix.
    Alphabets leave out different letters, so letters tell their order only.
    """
    typed = parse_typed(f"{label.strip()}\tЯ") if label.strip() else None
    if typed is None:
        numbers = tuple(int(n) for n in _DIGITS.findall(label))
        return (frozenset({_path(numbers, "")}) if numbers else frozenset()), False
    is_lettered = any(r.style in (LabelStyle.LETTER, LabelStyle.UPPER_LETTER) for r in typed.readings)
    return frozenset(_path(r.path, r.suffix) for r in typed.readings if r.path), is_lettered


def _path(numbers: tuple[int, ...], suffix: str) -> tuple[int, ...]:
    path = [n for number in numbers for n in (number, 0)]
    if path:
        path[-1] = _SUFFIXES.get(suffix, 0)
    return tuple(path)


def _anchors(mine: list[_Trait], theirs: list[_Trait]) -> list[tuple[int, int]]:
    """Return pairs that are certain: one label of its kind and level in each version, in growing order."""
    ours, other = _unique(mine), _unique(theirs)
    pairs = sorted((ours[key], other[key]) for key in ours.keys() & other.keys())
    return _growing(pairs)


def _unique(traits: list[_Trait]) -> dict[tuple[object, ...], int]:
    found: dict[tuple[object, ...], int] = {}
    often: Counter[tuple[object, ...]] = Counter()
    for at, trait in enumerate(traits):
        if len(trait.paths) == 1 and not trait.is_lettered and trait.kind in (Kind.HEADING, Kind.PARAGRAPH):
            key = (trait.kind, trait.level, trait.paths)
            often[key] += 1
            found[key] = at
    return {key: at for key, at in found.items() if often[key] == 1}


def _growing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose second numbers grow."""
    best: list[list[tuple[int, int]]] = []
    for pair in pairs:
        at = next((i for i, run in enumerate(best) if run[-1][1] >= pair[1]), len(best))
        run = [*(best[at - 1] if at else []), pair]
        best[at : at + 1] = [run]
    return best[-1] if best else []


def _weighed(
    mine: list[_Trait], theirs: list[_Trait], start: tuple[int, int], end: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the best pairs between two anchors."""
    rows, columns = range(start[0], end[0]), range(start[1], end[1])
    if not rows or not columns:
        return []
    if len(rows) * len(columns) > _MOST_CELLS:
        return [(i, j) for i, j in zip(rows, columns, strict=False) if _likeness(mine[i], theirs[j]) > 0]
    scores = [[_GAP * j for j in range(len(columns) + 1)]]
    steps: list[list[int]] = [[0] * (len(columns) + 1)]
    for i in rows:
        line, step = [scores[-1][0] + _GAP], [0]
        for at, j in enumerate(columns):
            paired = scores[-1][at] + _likeness(mine[i], theirs[j])
            skipped, added = scores[-1][at + 1] + _GAP, line[at] + _GAP
            best = max(paired, skipped, added)
            line.append(best)
            step.append(2 if best == paired else 1 if best == skipped else 0)
        scores.append(line)
        steps.append(step)
    return _traced(steps, start)


def _traced(steps: list[list[int]], start: tuple[int, int]) -> list[tuple[int, int]]:
    i, j = len(steps) - 1, len(steps[0]) - 1
    found: list[tuple[int, int]] = []
    while i and j:
        step = steps[i][j]
        if step == 2:
            found.append((start[0] + i - 1, start[1] + j - 1))
        i, j = i - (step in (1, 2)), j - (step in (0, 2))
    return found[::-1]


def _likeness(one: _Trait, other: _Trait) -> float:
    """Return how much two provisions seem to be the same in two languages."""
    if one.kind is not other.kind and not (one.kind in _WORDED and other.kind in _WORDED):
        return _IMPOSSIBLE
    weight = 3.0 if one.kind is other.kind else -0.5
    weight += 1.0 if one.level == other.level else 0.0
    weight += 3.0 * (one.columns == other.columns) if one.columns else 0.0
    weight += _label_weight(one, other)
    if one.states or other.states:
        weight += 2.0 if one.states == other.states else 0.0
    every = (one.digits | other.digits).total()
    if every:
        weight += 3.0 * (one.digits & other.digits).total() / every - 1.0
    longer = max(one.share, other.share)
    return weight + (1.5 * min(one.share, other.share) / longer if longer else 1.5)


def _label_weight(one: _Trait, other: _Trait) -> float:
    if one.is_lettered or other.is_lettered:
        both = bool(one.paths) == bool(other.paths)
        return (1.5 if one.paths & other.paths else 0.5) if both else -1.0
    if one.paths and other.paths:
        return 4.0 if one.paths & other.paths else -3.0
    return 0.0 if one.paths == other.paths else -1.0


def _mismatches(
    first: Sequence[Provision],
    second: Sequence[Provision],
    mine: list[_Trait],
    theirs: list[_Trait],
    pairs: list[tuple[int, int]],
) -> list[Mismatch]:
    told: list[Mismatch] = []
    at = (0, 0)
    for i, j in [*pairs, (len(first), len(second))]:
        told += [Mismatch(Difference.MISSING, first[m].key, None) for m in range(at[0], i)]
        told += [Mismatch(Difference.ADDITIONAL, None, second[n].key) for n in range(at[1], j)]
        if i < len(first):
            told += [Mismatch(what, first[i].key, second[j].key) for what in _differences(mine[i], theirs[j])]
        at = (i + 1, j + 1)
    return told


def _differences(one: _Trait, other: _Trait) -> list[Difference]:
    told: list[Difference] = []
    if one.kind is not other.kind:
        told.append(Difference.KIND)
    elif one.level != other.level:
        told.append(Difference.LEVEL)
    if not (one.is_lettered or other.is_lettered) and one.paths and other.paths and not one.paths & other.paths:
        told.append(Difference.LABEL)
    if _column_names(one.columns, other.columns) is None:
        told.append(Difference.COLUMNS)
    if one.states != other.states:
        told.append(Difference.STATES)
    if one.kind is not Kind.FIXED and _figures(one) != _figures(other):
        told.append(Difference.NUMBERS)
    return told


def _figures(trait: _Trait) -> Counter[str]:
    """Return the figures that mean the same in every language: of three digits and more.

    Months and quarters are words in one language and figures in another.
    """
    return Counter({figure: often for figure, often in trait.digits.items() if len(figure) >= 3})


def _column_names(one: tuple[str, ...], other: tuple[str, ...]) -> Mapping[str, str] | None:
    """Return the names of the second table's columns in the first; None where the columns do not correspond."""
    if set(one) == set(other):
        return {name: name for name in other}
    if len(one) != len(other):
        return None
    renamed = dict(zip(other, one, strict=True))
    known = all(old == new or _is_plain(old) or _is_plain(new) for old, new in renamed.items())
    return renamed if known else None


def _is_plain(column: str) -> bool:
    return re.fullmatch(r"c\d+", column) is not None


def _rekeyed(
    first: Sequence[Provision], second: Sequence[Provision], pairs: list[tuple[int, int]]
) -> tuple[Provision, ...]:
    counterpart = {j: first[i] for i, j in pairs}
    taken = {p.key for p in first}
    fresh = (key for n in range(1, len(second) + len(first) + 2) if (key := f"n{n}") not in taken)
    keys = {p.key: counterpart[j].key if j in counterpart else next(fresh) for j, p in enumerate(second)}
    names: Mapping[str, str] = {}
    result: list[Provision] = []
    for j, provision in enumerate(second):
        model = counterpart.get(j)
        new = replace(provision, key=keys[provision.key], parent=keys.get(provision.parent or ""))
        if model is not None:
            new = replace(new, kind=model.kind, level=model.level)
        if provision.kind is Kind.TABLE:
            names = (_column_names(model.columns, provision.columns) if model else None) or {}
            columns = tuple(names.get(c, c) for c in provision.columns)
            new = replace(new, columns=model.columns if model and set(columns) == set(model.columns) else columns)
        in_table = provision.kind in (Kind.TABLE, Kind.ROW)
        parts = {(names.get(n, n) if in_table else n): _renoted(c, keys) for n, c in provision.parts.items()}
        result.append(replace(new, parts=parts))
    return outline(result)


def _renoted(content: Content, keys: Mapping[str, str]) -> Content:
    if isinstance(content, States):
        return content
    return tuple(run if run.note is None else run._replace(note=keys.get(run.note, run.note)) for run in content)
