"""A draft's own file, opened under what was imported from it, which an officer may have corrected since.

The text is taken as it stands in the file, under the keys, kinds and levels of the imported edition; where both
differ (a paragraph left out, two joined, another number) the file is a text of its own, to be brought to the edition.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from app.docxio.archive import LIMITS, Limits
from app.docxio.own_file import OwnFile, find_places, read_own_file
from app.text.matching import match, renoted
from app.text.outline import outline
from app.text.provision import Content, Edition, Kind, Provision, States
from app.text.runs import plain

_SORTS = (Kind.TABLE, Kind.ROW, Kind.FOOTNOTE, Kind.FIXED)


def open_as_imported(
    source: bytes,
    imported: Edition,
    *,
    states: Mapping[str, Collection[str]] | None = None,
    limits: Limits = LIMITS,
) -> OwnFile:
    """Return a file opened with the text that stands in it, under the keys of the edition imported from it.

    Call it in the limited process. What the edition leaves out has keys of its own; pictures that it leaves
    out are furniture and stay. What it says and the file does not is not in the result.

    Args:
        states: Code to names of states and groups, as when it was imported.

    Raises:
        NotItsFile: It cannot be written into.
        FileRefused: It is no Word file.
    """
    own, sited = read_own_file(source, states=states, limits=limits)
    read = sited.understood.texts
    ours = list(imported)
    pairs = match(ours, read, _equal_in_order(ours, read))
    known = {read[j].key: ours[i] for i, j in pairs}
    keys = {p.key: known[p.key].key if p.key in known else f"own_{at}" for at, p in enumerate(read)}
    columns = _columns(read, known)
    found = [p for p in read if p.key in known or p.kind is not Kind.FIXED]
    own.edition = Edition(imported.language, outline(_as_imported(p, known.get(p.key), keys, columns) for p in found))
    find_places(
        own, sited, {keys[p.key]: p for p in found}, {keys[p.key]: columns[p.key] for p in found if p.key in columns}
    )
    return own


def _equal_in_order(ours: Sequence[Provision], read: Sequence[Provision]) -> tuple[tuple[int, int], ...]:
    """Return positions of what says the same in both, in order; what columns are called does not count."""
    matcher = SequenceMatcher(None, [_said(p) for p in ours], [_said(p) for p in read], autojunk=False)
    return tuple((i + at, j + at) for i, j, count in matcher.get_matching_blocks() for at in range(count))


def _said(provision: Provision) -> tuple[object, ...]:
    sort = provision.kind if provision.kind in _SORTS else None
    if sort is Kind.FIXED:
        return (sort,)
    contents = (plain(content) for content in provision.parts.values() if not isinstance(content, States))
    return sort, *sorted(words for words in contents if words)


def _columns(read: Sequence[Provision], known: Mapping[str, Provision]) -> dict[str, Mapping[str, str]]:
    """Return key of a table or row of the file to what its columns are called in the edition."""
    named: dict[str, Mapping[str, str]] = {}
    for provision in read:
        if provision.kind is Kind.TABLE and provision.key in known:
            mine, theirs = known[provision.key].columns, provision.columns
            if set(mine) != set(theirs) and len(mine) == len(theirs):
                named[provision.key] = dict(zip(theirs, mine, strict=True))
        elif provision.kind is Kind.ROW and provision.parent in named:
            named[provision.key] = named[provision.parent]
    return named


def _as_imported(
    read: Provision,
    imported: Provision | None,
    keys: Mapping[str, str],
    columns: Mapping[str, Mapping[str, str]],
) -> Provision:
    """Return a provision of the file under the keys and names of the edition, as the kind that it is there."""
    names = columns.get(read.key, {})
    parts = {names.get(name, name): content for name, content in renoted(read.parts, keys).items()}
    new = replace(read, key=keys[read.key], parts=parts, columns=tuple(names.get(c, c) for c in read.columns))
    if imported is None:
        return new
    if set(new.columns) == set(imported.columns):
        new = replace(new, columns=imported.columns)
    kept = {name: _kept(content, imported.parts.get(name)) for name, content in parts.items()}
    return replace(new, kind=imported.kind, level=imported.level, parts=kept)


def _kept(read: Content, imported: Content | None) -> Content:
    """Return the set of states where the edition has one: how states are called may have changed since."""
    if imported is not None and (isinstance(read, States) or isinstance(imported, States)):
        return imported
    return read
