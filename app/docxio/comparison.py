"""The comparison of two versions: the newer as tracked changes on the older."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from app.docxio.entries import Entry, Part
from app.docxio.sheets import Sheet
from app.docxio.tracked import TrackedWriter
from app.text.composition import ComposedStates, ComposedText, Composition, Insertion, Sponsors
from app.text.differences import shown_edits
from app.text.provision import TEXT, Content, Edition, Kind, Provision, States, without_empty
from app.text.tokens import tokens

_WHO: Sponsors = ("new",)


def comparison(old: Edition, new: Edition, sheet: Sheet, author: str, at: date, template: bytes | None = None) -> bytes:
    """Return *new* as tracked changes on *old*: reject all for the old text, accept all for the new.

    Provisions are the same by their keys; whole words change. A new number is a change too.

    Args:
        sheet: The head, in the language of both.
        author: Who stands as the author of every change, never a person: "Rev.1".
        at: The day of every change.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    composition = Composition(old, (), _WHO)
    names = {_WHO[0]: author}
    writer = TrackedWriter(composition, sheet, names, at, (), template, found=tuple(_entries(old, new)))
    writer.body()
    return writer.finish(legend=False)


def _entries(old: Edition, new: Edition) -> Iterator[Entry]:
    """Yield what stays, goes and comes, in reading order; what moved goes and comes."""
    before, after = [_identity(p) for p in old], [_identity(p) for p in new]
    known = old.by_key()
    for tag, i, j, k, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for was, now in zip(old.provisions[i:j], new.provisions[k:end], strict=True):
                yield _kept(was, now)
            continue
        for was in old.provisions[i:j]:
            yield Entry(was, "del", _WHO, was.parts)
        for now in new.provisions[k:end]:
            was_here = now.key in known and _identity(known[now.key])[-1] == _identity(now)[-1]
            yield Entry(now, "ins", _WHO, now.parts, (), now.key if was_here else None)


def _identity(provision: Provision) -> tuple[object, ...]:
    """Return what a provision keeps while it stays in its place; a row of cells and one over all columns are two."""
    is_merged = provision.kind is Kind.ROW and set(without_empty(provision.parts)) == {TEXT}
    return provision.key, provision.kind, provision.level, is_merged


def _kept(was: Provision, now: Provision) -> Entry:
    names = dict.fromkeys((*was.parts, *now.parts))
    parts = {name: _compared(was.parts.get(name, ()), now.parts.get(name, ())) for name in names}
    relabelled = (now.label, _WHO) if now.label != was.label else None
    columns = (*was.columns, *(column for column in now.columns if column not in was.columns))
    return Entry(replace(was, columns=columns), "", (), parts, relabelled=relabelled)


def _compared(was: Content, now: Content) -> Part:
    """Return one part as composed of the old content and the new."""
    if isinstance(was, States) or isinstance(now, States):
        before = was.members if isinstance(was, States) else frozenset()
        after = now.members if isinstance(now, States) else frozenset()
        members = tuple((code, () if code in after else _WHO) for code in sorted(before))
        return ComposedStates(members, tuple((code, _WHO) for code in sorted(after - before)))
    pieces = tokens(was)
    deleters: list[Sponsors] = [()] * len(pieces)
    gaps: list[tuple[Insertion, ...]] = [()] * (len(pieces) + 1)
    for start, end, added in shown_edits(pieces, tokens(now)) if was != now else ():
        deleters[start:end] = [_WHO] * (end - start)
        if added:
            gaps[start] = (Insertion(added, _WHO),)
    return ComposedText(pieces, tuple(deleters), tuple(gaps))
