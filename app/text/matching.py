"""Matching: which provision of a text is which of another in the same language, by its words."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from app.text.likeness import FAR, NEAR, Worded, aligned, candidates, equal_in_order
from app.text.provision import Content, Kind, Provision, States
from app.text.runs import plain

Pairs = tuple[tuple[int, int], ...]
"""Positions in the old text and in the new of one and the same provision; each position at most once."""

_SORTS = {Kind.TABLE: "table", Kind.FIXED: "fixed", Kind.ROW: "row", Kind.FOOTNOTE: "note"}
_MOST_CELLS = 400
"""Stretches of more comparisons than this are first cut where their rare words meet."""
_WORDS_OF_A_MOVE = 3
_WORDS_OF_A_REWORDED_MOVE = 6


def match(old: Sequence[Provision], new: Sequence[Provision], known: Pairs = ()) -> Pairs:
    """Return which provision of *new* is which of *old*, in the order of *old*.

    Equal texts that stand once in each are the same wherever they stand: those equal letter by letter,
    then those equal but for case and marks. Between those that keep their order, equal and then alike
    ones are, in order; what is left over far away is, where nearly all of its words are. Labels and
    levels do not count, nor do the keys. Rows are matched within their tables and footnotes among
    footnotes. A split provision is its better half.

    Args:
        known: Pairs that are certain otherwise; they are in the result, and the others are found around them.
    """
    ours, theirs = _worded(old), _worded(new)
    sure = dict(known)
    found = _matched(ours.get("", []), theirs.get("", []), sure)
    found += _matched(ours.get("note", []), theirs.get("note", []), sure)
    tables = [(old[i].key, new[j].key) for i, j in found if old[i].kind is Kind.TABLE and new[j].kind is Kind.TABLE]
    for was, now in tables:
        found += _matched(ours.get(f"row {was}", []), theirs.get(f"row {now}", []), sure)
    return tuple(sorted(found))


def rekeyed(new: Sequence[Provision], old: Sequence[Provision], pairs: Pairs) -> tuple[Provision, ...]:
    """Return *new* under the keys of *old*, its parents and footnote references too.

    What has no counterpart gets a fresh key: "n1", "n2" …, passing over those that *old* has.
    """
    taken = {p.key for p in old}
    fresh = (key for n in range(1, len(old) + len(new) + 2) if (key := f"n{n}") not in taken)
    counterparts = {j: old[i].key for i, j in pairs}
    keys = {p.key: counterparts[j] if j in counterparts else next(fresh) for j, p in enumerate(new)}
    return tuple(_under_key(p, keys[p.key], None if p.parent is None else keys[p.parent], keys) for p in new)


def _under_key(p: Provision, key: str, parent: str | None, keys: Mapping[str, str]) -> Provision:
    parts = renoted(p.parts, keys)
    if (p.key, p.parent) == (key, parent) and parts is p.parts:
        return p
    return Provision(key, p.kind, p.level, parent, parts, p.label, p.columns)


def renoted(parts: Mapping[str, Content], keys: Mapping[str, str]) -> Mapping[str, Content]:
    """Return parts whose references to footnotes have the new keys."""
    if not any(run.note in keys for c in parts.values() if not isinstance(c, States) for run in c if run.note):
        return parts
    return {
        name: content
        if isinstance(content, States)
        else tuple(run if run.note is None else run._replace(note=keys.get(run.note, run.note)) for run in content)
        for name, content in parts.items()
    }


def _worded(provisions: Sequence[Provision]) -> dict[str, list[Worded]]:
    """Return what is compared, by what it is compared within: "" for the text itself, notes, each table's rows."""
    rows: dict[str | None, list[str]] = {}
    for p in provisions:
        if p.kind is Kind.ROW:
            rows.setdefault(p.parent, []).append(_words(p))
    found: dict[str, list[Worded]] = {}
    for at, p in enumerate(provisions):
        sort = _SORTS.get(p.kind, "words")
        where = f"row {p.parent}" if sort == "row" else "note" if sort == "note" else ""
        words = "\n".join([_words(p), *rows.get(p.key, ())]) if sort == "table" else _words(p)
        found.setdefault(where, []).append(Worded(at, sort, p.kind, words))
    return found


def _words(provision: Provision) -> str:
    parts = [" ".join(sorted(c.members)) if isinstance(c, States) else plain(c) for c in provision.parts.values()]
    return "\n".join(parts)


def _matched(old: list[Worded], new: list[Worded], known: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the pairs of two sequences, as positions in the whole texts."""
    at = {one.at: j for j, one in enumerate(new)}
    sure = {i: at[known[one.at]] for i, one in enumerate(old) if known.get(one.at) in at}
    taken = set(sure.values())
    anchors = [*sure.items(), *(pair for pair in _unique(old, new) if pair[0] not in sure and pair[1] not in taken)]
    kept = _growing(anchors)
    in_place = set(kept)
    moved = [(i, j) for i, j in anchors if (i, j) not in in_place and (i in sure or old[i].count >= _WORDS_OF_A_MOVE)]
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    found = kept + moved
    for left, right in _between(kept, len(old), len(new)):
        rows = [i for i in left if i not in gone]
        columns = [j for j in right if j not in come]
        found += _in_order(old, new, rows, columns)
    found += _far(old, new, found)
    return [(old[i].at, new[j].at) for i, j in found]


def _unique(old: list[Worded], new: list[Worded]) -> list[tuple[int, int]]:
    """Return the pairs of equal texts that stand once in each sequence; letter by letter, then of the others."""
    found = _once_in_both(enumerate(old), enumerate(new), attrgetter("letters"))
    gone, come = {i for i, _ in found}, {j for _, j in found}
    ours = [(i, one) for i, one in enumerate(old) if i not in gone]
    theirs = [(j, one) for j, one in enumerate(new) if j not in come]
    return found + _once_in_both(ours, theirs, attrgetter("same"))


def _once_in_both(
    old: Iterable[tuple[int, Worded]], new: Iterable[tuple[int, Worded]], same: Callable[[Worded], tuple[str, str]]
) -> list[tuple[int, int]]:
    ours, theirs = _once(old, same), _once(new, same)
    return [(i, theirs[text]) for text, i in ours.items() if text in theirs]


def _once(found: Iterable[tuple[int, Worded]], same: Callable[[Worded], tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return which texts stand there once, and where."""
    texts = {at: same(one) for at, one in found if one.written}
    often = Counter(texts.values())
    return {text: at for at, text in texts.items() if often[text] == 1}


def _growing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest run of pairs whose second positions grow with the first."""
    ordered = sorted(pairs)
    kept = longest_growing([j for _, j in ordered])
    return [ordered[at] for at in kept]


def longest_growing(numbers: Sequence[int]) -> list[int]:
    """Return the positions of a longest strictly growing run of *numbers*; of several, the one of least numbers."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        low = bisect_left(ends, number)
        before.append(tails[low - 1] if low else -1)
        ends[low : low + 1] = [number]
        tails[low : low + 1] = [at]
    found: list[int] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]


def _between(kept: list[tuple[int, int]], rows: int, columns: int) -> Iterator[tuple[range, range]]:
    """Yield what stands between pairs in order, in both sequences."""
    i = j = 0
    for row, column in [*kept, (rows, columns)]:
        if row > i and column > j:
            yield range(i, row), range(j, column)
        i, j = row + 1, column + 1


def _in_order(old: list[Worded], new: list[Worded], rows: list[int], columns: list[int]) -> list[tuple[int, int]]:
    """Return the pairs of two stretches that keep their order: equal ones, then alike ones."""
    kept = equal_in_order([old[i] for i in rows], [new[j] for j in columns])
    found = [(rows[a], columns[b]) for a, b in kept]
    for left, right in _between(kept, len(rows), len(columns)):
        found += _alike(old, new, [rows[a] for a in left], [columns[b] for b in right])
    return found


def _alike(old: list[Worded], new: list[Worded], rows: list[int], columns: list[int]) -> list[tuple[int, int]]:
    here, there = [old[i] for i in rows], [new[j] for j in columns]
    kept: list[tuple[int, int]] = []
    if len(rows) * len(columns) > _MOST_CELLS:
        kept = _growing([(a, b) for a, b, like in candidates(here, there) if like >= NEAR])
    found = [(rows[a], columns[b]) for a, b in kept]
    for left, right in _between(kept, len(rows), len(columns)):
        pairs = aligned(here[left.start : left.stop], there[right.start : right.stop])
        found += [(rows[left.start + a], columns[right.start + b]) for a, b in pairs]
    return found


def _far(old: list[Worded], new: list[Worded], found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of what is left over that have nearly all words in common, wherever they stand."""
    gone, come = {i for i, _ in found}, {j for _, j in found}
    rows = [i for i, one in enumerate(old) if i not in gone and one.count >= _WORDS_OF_A_REWORDED_MOVE]
    columns = [j for j, one in enumerate(new) if j not in come and one.count >= _WORDS_OF_A_REWORDED_MOVE]
    if not rows or not columns:
        return []
    pairs = candidates([old[i] for i in rows], [new[j] for j in columns])
    return [(rows[a], columns[b]) for a, b, like in pairs if like >= FAR]
