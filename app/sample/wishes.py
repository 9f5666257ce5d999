"""From the sample's addresses and words to keys and texts of an imported edition. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.sample.draft import Content as Written
from app.sample.draft import read, to_text
from app.sample.proposals import Edit, SampleChange
from app.text.canonical import mint_key
from app.text.changes import Change, Operation
from app.text.provision import Content, Edition, Kind, Parts, Place, Provision, States
from app.text.runs import Text

Keys = Mapping[str, str]
"""Address to key: those of version 0, and ``+1-12.1`` for what proposals inserted."""


def addressed(document: str, provisions: Iterable[Provision]) -> dict[str, str]:
    """Return address to key for an imported draft, whatever its language.

    Footnotes stand where their reader put them; everything else is in the order of the draft.

    Raises:
        ValueError: The import has another structure than the draft.
    """
    lines = read(document, "ru")
    imported = tuple(provisions)
    keys = {}
    for notes in (False, True):
        mine = [line for line in lines if (line.kind is Kind.FOOTNOTE) is notes]
        theirs = [p for p in imported if (p.kind is Kind.FOOTNOTE) is notes]
        if [line.kind for line in mine] != [p.kind for p in theirs]:
            raise ValueError(f"{document}: imported with another structure than it was written with")
        keys.update({line.address: p.key for line, p in zip(mine, theirs, strict=True)})
    return keys


def wished_parts(provision: Provision, edits: Iterable[Edit], keys: Keys) -> dict[str, Content]:
    """Return every part of the provision as the edits wish it.

    Raises:
        ValueError: Old words do not occur exactly once, or a set of states does not fit.
        KeyError: The provision has no such part.
    """
    parts = dict(provision.parts)
    for edit in edits:
        parts[edit.part] = _content(edit.applied(_written(parts[edit.part], keys)), keys)
    return parts


def as_change(change: SampleChange, edition: Edition, keys: Keys, base: str) -> Change:
    """Return the change as the core knows it; a comment has its words in ``SampleChange.comment``.

    Args:
        edition: The text it is made on, in the change's language.
        base: Fingerprint or public id of the version, for the keys of inserted provisions.
    """
    if not change.at:
        return Change(change.operation, "")
    provision = edition.by_key()[keys[change.at]]
    if change.operation is Operation.AMEND:
        return Change(change.operation, provision.key, wished_parts(provision, change.edits, keys))
    if change.operation is Operation.INSERT:
        place = Place(provision.parent, provision.key)
        block = inserted_block(change, provision, keys, base)
        return Change(change.operation, block[0].key, place=place, block=block)
    if change.operation is Operation.MOVE:
        sibling = edition.by_key()[keys[change.after]]
        return Change(change.operation, provision.key, place=Place(sibling.parent, sibling.key))
    return Change(change.operation, provision.key)


def inserted_block(change: SampleChange, after: Provision, keys: Keys, base: str) -> tuple[Provision, ...]:
    """Return the provisions an insertion asks for, siblings of *after*, with minted keys."""
    parts: list[Parts] = [{name: _content(c, keys) for name, c in written.items()} for written in change.insert]
    place = (after.parent, after.key)
    return tuple(
        replace(after, key=mint_key(base, place, ordinal, parts), parts=one, label="", columns=())
        for ordinal, one in enumerate(parts)
    )


def _notes(keys: Keys) -> dict[str, str]:
    return {address.removeprefix("note "): key for address, key in keys.items() if address.startswith("note ")}


def _content(written: Written, keys: Keys) -> Content:
    return to_text(written, _notes(keys)) if isinstance(written, str) else States(written)


def _written(content: Content, keys: Keys) -> Written:
    """Return content as the sample writes it: a reference to a note by its number."""
    if isinstance(content, States):
        return content.members
    numbers = {key: number for number, key in _notes(keys).items()}
    return "".join(run.text if run.note is None else f"[^{numbers[run.note]}]" for run in _plain(content))


def _plain(content: Text) -> Text:
    if any(run.marks and run.note is None for run in content):
        raise ValueError("the sample's words have no marks")
    return content
