"""Fitting: a text read from a file under the keys, kinds, levels and columns of the base it was made from."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from app.docxio import layout
from app.docxio.cell_numbers import numbered_as
from app.docxio.line_text import cut
from app.text.folding import folded_words
from app.text.matching import Pairs, match, renoted
from app.text.provision import TEXT, Content, Kind, Parts, Provision, States
from app.text.retyping import in_marks_of
from app.text.runs import plain

_SPECIAL = frozenset({Kind.ROW, Kind.TABLE, Kind.FOOTNOTE, Kind.FIXED})
_POSITIONAL = re.compile(r"[pn]\d+")


def paired(base: Sequence[Provision], read: Sequence[Provision], certain: Collection[str] = ()) -> Pairs:
    """Return which provision of a file is which of the base: by the keys it carries, else by order and likeness.

    Args:
        certain: Keys that are to be believed whatever the words.
    """
    positions = {p.key: i for i, p in enumerate(base)}
    known = [
        (positions[p.key], j)
        for j, p in enumerate(read)
        if p.key in positions and _agree(base[positions[p.key]], p, is_certain=p.key in certain)
    ]
    if len(known) == len(base) == len(read):
        return tuple(known)
    return match(base, read, tuple(known))


def _agree(base: Provision, read: Provision, *, is_certain: bool) -> bool:
    """Whether a key may be believed: a number by position only where the words are the same."""
    if base is read:
        return True
    if (base.kind is Kind.ROW) != (read.kind is Kind.ROW) or (base.kind is Kind.TABLE) != (read.kind is Kind.TABLE):
        return False
    return is_certain or same_words(base, read) or not _POSITIONAL.fullmatch(base.key)


def same_words(one: Provision, other: Provision) -> bool:
    """Whether two provisions have the same words, as ``spelled`` spells them."""
    return one is other or one.parts == other.parts or spelled(one) == spelled(other)


def spelled(provision: Provision) -> str:
    """Return the words of a provision as they are compared: marks, case, white space, order of cells do not count."""
    parts = sorted(plain(c) for c in provision.parts.values() if not isinstance(c, States))
    states = sorted(code for c in provision.parts.values() if isinstance(c, States) for code in c.members)
    return " ".join(folded_words(" ".join([*parts, *states])).split())


def keys_of(
    base: Sequence[Provision], read: Sequence[Provision], pairs: Pairs, after: Iterable[Provision]
) -> dict[str, str]:
    """Return the key in terms of the base of each provision of a file, before or after its changes.

    What the base does not have gets a key that neither has: "x1", "x2" ….
    """
    found = {read[j].key: base[i].key for i, j in pairs}
    taken = {p.key for p in base}
    number = 0
    for provision in (*read, *after):
        if provision.key in found:
            continue
        number += 1
        while f"x{number}" in taken:
            number += 1
        found[provision.key] = f"x{number}"
    return found


def named(provisions: Iterable[Provision], keys: Mapping[str, str]) -> tuple[Provision, ...]:
    """Return provisions under other keys, their parents and footnote references too."""
    changed = {key for key, new in keys.items() if key != new}
    if not changed:
        return tuple(provisions)
    return tuple(
        replace(p, key=keys[p.key], parent=None if p.parent is None else keys[p.parent], parts=renoted(p.parts, keys))
        for p in provisions
    )


def settled(provisions: Iterable[Provision], base: Mapping[str, Provision]) -> list[Provision]:
    """Return provisions; what is just as the base has it is the base's own, so that its identity tells that."""
    found = []
    for p in provisions:
        model = base.get(p.key)
        found.append(model if model is not None and (model is p or model == p) else p)
    return found


def fitted(
    provisions: Iterable[Provision], base: Mapping[str, Provision], exact: Collection[str] = ()
) -> tuple[Provision, ...]:
    """Return provisions as the base has them: of its kinds, levels, columns and marks, where it has them.

    A table's columns are the base's where they are as many; the column of numbers that every paper prints before them
    is none. Words where the base has states, and the other way round, are left as they are.

    Args:
        exact: Keys of the provisions whose marks can be believed; there a change of marks alone is none,
            but with a change of words the marks are the file's.
    """
    columns: dict[str, Mapping[str, str]] = {}
    labelled = {p.parent for p in base.values() if p.kind is Kind.ROW and p.label}
    found = []
    for p in provisions:
        model = base.get(p.key)
        if p is model and p.kind not in (Kind.TABLE, Kind.ROW):
            found.append(p)
            continue
        if model is not None and p.kind is model.kind is Kind.TABLE and p.key in labelled:
            p = _without_printed_number(p, model)
        if p.kind is Kind.TABLE and model is not None and len(p.columns) == len(model.columns):
            columns[p.key] = dict(zip(p.columns, model.columns, strict=True))
        if p.kind in (Kind.TABLE, Kind.ROW):
            p = _under_names(p, columns.get(p.key if p.kind is Kind.TABLE else p.parent or "", {}))
        if p.kind is Kind.ROW and p.parent in labelled:
            p = number_as_label(p)
        found.append(_as(p, model, p.key in exact) if model is not None and _of_one_sort(p, model) else p)
    return tuple(found)


def _under_names(p: Provision, names: Mapping[str, str]) -> Provision:
    """Return a table or a row with other names of its columns."""
    if not names:
        return p
    return replace(
        p,
        parts={names.get(name, name): content for name, content in p.parts.items()},
        columns=tuple(names.get(name, name) for name in p.columns),
    )


def number_as_label(row: Provision) -> Provision:
    """Return a row whose number is its label: without the headings, nothing told the reader what the column holds."""
    number = row.parts.get(layout.NUMBER, ())
    if row.label or not number or isinstance(number, States) or any(run.note for run in number):
        return row
    return replace(row, parts=_without(row.parts, layout.NUMBER), label=plain(number).strip())


def without_number(line: Provision, model: Provision | None) -> Provision:
    """Return a line without the typed number that *model* has: once Word counts the paragraph it is read as words."""
    if line is model:
        return line
    label, said = (model.label, plain(model.text)) if model is not None else ("", "")
    written = plain(line.text)
    if not label or line.kind in _SPECIAL or said.startswith(label) or not written.startswith(label):
        return line
    rest = written[len(label) :]
    if label[-1].isalnum() and not rest[:1].isspace():
        return line
    return replace(line, parts={**line.parts, TEXT: cut(line.text, len(written) - len(rest.lstrip()))})


def _without_printed_number(table: Provision, model: Provision) -> Provision:
    """Return a table without the heading of numbers that *model*, whose rows are numbered, has no column for."""
    headings = {column: model.parts.get(column, ()) for column in model.columns}
    is_own = any(layout.is_number(c, "" if isinstance(h, States) else plain(h)) for c, h in headings.items())
    if is_own or layout.NUMBER not in table.columns:
        return table
    parts = _without(table.parts, layout.NUMBER)
    return replace(table, parts=parts, columns=tuple(c for c in table.columns if c != layout.NUMBER))


def _without(parts: Parts, name: str) -> dict[str, Content]:
    return {one: content for one, content in parts.items() if one != name}


def _of_one_sort(one: Provision, other: Provision) -> bool:
    return one.kind is other.kind or _SPECIAL.isdisjoint((one.kind, other.kind))


def _as(provision: Provision, model: Provision, exact: bool) -> Provision:
    if provision.parts == model.parts and provision.kind is model.kind and provision.level == model.level:
        return provision
    is_row = model.kind is Kind.ROW
    parts = {
        name: _in_marks(content, model.parts.get(name), exact=exact, is_cell=is_row)
        for name, content in provision.parts.items()
    }
    if (provision.kind, provision.level, provision.parts) == (model.kind, model.level, parts):
        return provision
    return replace(provision, kind=model.kind, level=model.level, parts=parts)


def _in_marks(content: Content, model: Content | None, *, exact: bool, is_cell: bool) -> Content:
    if model is None or isinstance(content, States) or isinstance(model, States):
        return content
    if is_cell:
        content = numbered_as(content, model)
    if exact and plain(model) != plain(content):
        return content
    return in_marks_of(model, content)
