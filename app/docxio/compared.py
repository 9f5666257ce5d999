"""Two texts as one: what stays, goes, comes and moves between an older and a newer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from app.docxio.entries import Entry, Part
from app.text.composition import ComposedStates, ComposedText, Insertion, Sponsors
from app.text.differences import drawn
from app.text.provision import TEXT, Content, Edition, Kind, Provision, States, without_empty

NEWER: Sponsors = ("new",)
"""Whose changes they are."""


def compared(old: Edition, new: Edition) -> Iterator[Entry]:
    """Yield what stays, goes and comes, in reading order; what moved goes and comes."""
    before, after = [_identity(p) for p in old], [_identity(p) for p in new]
    known = old.by_key()
    for tag, i, j, k, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for was, now in zip(old.provisions[i:j], new.provisions[k:end], strict=True):
                yield _kept(was, now)
            continue
        gone, come = old.provisions[i:j], new.provisions[k:end]
        # What goes after a table must not stand between it and the rows that come at its end.
        for goes, comes in zip(_after_rows(gone), _after_rows(come), strict=True):
            for was in goes:
                yield Entry(was, "del", NEWER, was.parts)
            for now in comes:
                was_here = now.key in known and _identity(known[now.key])[-1] == _identity(now)[-1]
                yield Entry(now, "ins", NEWER, now.parts, (), now.key if was_here else None)


def _after_rows(provisions: Sequence[Provision]) -> tuple[Sequence[Provision], Sequence[Provision]]:
    """Return the rows and their notes that provisions begin with, and the others."""
    in_table = (Kind.ROW, Kind.FOOTNOTE)
    first = next((at for at, p in enumerate(provisions) if p.kind not in in_table), len(provisions))
    return provisions[:first], provisions[first:]


def _identity(provision: Provision) -> tuple[object, ...]:
    """Return what a provision keeps while it stays in its place; a row of cells and one over all columns are two."""
    is_merged = provision.kind is Kind.ROW and set(without_empty(provision.parts)) == {TEXT}
    return provision.key, provision.kind, provision.level, is_merged


def _kept(was: Provision, now: Provision) -> Entry:
    names = dict.fromkeys((*was.parts, *now.parts))
    parts = {name: compared_part(was.parts.get(name, ()), now.parts.get(name, ())) for name in names}
    relabelled = (now.label, NEWER) if now.label != was.label else None
    more = [column for column in now.columns if column not in was.columns]
    provision = replace(was, columns=(*was.columns, *more)) if more else was
    return Entry(provision, "", (), parts, relabelled=relabelled)


def compared_part(was: Content, now: Content) -> Part:
    """Return one part as composed of the old content and the new, whose changes are drawn as they are best read.

    Words that are the same are returned as they are; of others, what both begin and end with may be one token each.
    """
    if isinstance(was, States) or isinstance(now, States):
        before = was.members if isinstance(was, States) else frozenset()
        after = now.members if isinstance(now, States) else frozenset()
        members = tuple((code, () if code in after else NEWER) for code in sorted(before))
        return ComposedStates(members, tuple((code, NEWER) for code in sorted(after - before)))
    if was == now:
        return was
    pieces, steps = drawn(was, now)
    deleters: list[Sponsors] = [()] * len(pieces)
    gaps: list[tuple[Insertion, ...]] = [()] * (len(pieces) + 1)
    for start, end, added in steps:
        deleters[start:end] = [NEWER] * (end - start)
        if added:
            gaps[start] = (Insertion(added, NEWER),)
    return ComposedText(pieces, tuple(deleters), tuple(gaps))
