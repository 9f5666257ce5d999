"""Which columns of a table are which of its columns before: a heading may be others' words, a column may come or go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count

from app.docxio.column_words import NUMBER
from app.docxio.fitting import number_as_label
from app.text.provision import Edition, Kind, Provision, States
from app.text.runs import plain


def with_columns_of(old: Edition, new: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return provisions under the keys of *old* with its tables' columns, and its rows' numbers as labels.

    Columns are the same where all their words are; of the others those between two such columns, in their order where
    they are as many, else by their keys. A column that comes gets a key that the old table does not have. As it is
    written after the old ones, columns without numbers are the same in their order where one comes before others.
    """
    provisions = tuple(new)
    before = _cells(old)
    after = _cells(provisions)
    known = old.by_key()
    names: dict[str, Mapping[str, str]] = {}
    for table in (p for p in provisions if p.kind is Kind.TABLE):
        model = known.get(table.key)
        if model is not None and model.kind is Kind.TABLE and model.columns != table.columns:
            names[table.key] = _names(model.columns, before[table.key], table.columns, after[table.key])
    labelled = {p.parent for p in old if p.kind is Kind.ROW and p.label}
    return tuple(_fitted(p, names, labelled) for p in provisions)


def _fitted(p: Provision, names: Mapping[str, Mapping[str, str]], labelled: set[str | None]) -> Provision:
    if p.kind not in (Kind.TABLE, Kind.ROW):
        return p
    own = names.get(p.key if p.kind is Kind.TABLE else p.parent or "")
    if own:
        parts = {own.get(name, name): content for name, content in p.parts.items()}
        p = replace(p, parts=parts, columns=tuple(own[name] for name in p.columns))
    return number_as_label(p) if p.kind is Kind.ROW and p.parent in labelled else p


def _cells(provisions: Iterable[Provision]) -> dict[str, list[Mapping[str, str]]]:
    """Return key of a table to the words of its heading row and of each row, by column."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for p in provisions:
        if p.kind is Kind.TABLE:
            found[p.key] = []
        if p.kind in (Kind.TABLE, Kind.ROW):
            key = p.key if p.kind is Kind.TABLE else p.parent or ""
            cells = {n: " ".join(sorted(c.members)) if isinstance(c, States) else plain(c) for n, c in p.parts.items()}
            found.setdefault(key, []).append(cells)
    return found


def _names(
    old: Sequence[str], before: Sequence[Mapping[str, str]], new: Sequence[str], after: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Return each new column to the old one that it is, or to a key of its own."""
    columns = [[cells.get(name, "") for cells in before] for name in old]
    others = [[cells.get(name, "") for cells in after] for name in new]
    found: dict[str, str] = {}
    matcher = SequenceMatcher(None, [tuple(c) for c in columns], [tuple(c) for c in others], autojunk=False)
    for _, i, j, k, end in matcher.get_opcodes():
        if j - i == end - k:
            found |= dict(zip(new[k:end], old[i:j], strict=True))
        else:
            found |= {name: name for name in new[k:end] if name in old[i:j]}
    if not all(name in found for name in new[: len(found)]) and NUMBER not in new:
        found = dict(zip(new, old, strict=False))
    taken = {*old, *found.values()}
    for name in new:
        if name not in found:
            found[name] = name if name not in taken else next(c for n in count(1) if (c := f"c{n}") not in taken)
            taken.add(found[name])
    return found
