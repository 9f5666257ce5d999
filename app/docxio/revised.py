"""What a Word file with tracked changes says: the text before them, the text after them, each change, each comment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any, cast

from app.docxio.archive import LIMITS, Limits
from app.docxio.bookmarks import resulting_of, version_of
from app.docxio.both_views import read_views
from app.docxio.collection import collection_paused
from app.docxio.gate import check_directory
from app.docxio.keys import paired_keys
from app.docxio.package import Package
from app.docxio.reader import Source, read_stories
from app.docxio.state_names import StateNames
from app.docxio.tracked_changes import Operation, TrackedChange, find_changes, unread_changes
from app.docxio.understanding import (
    NotUnderstood,
    Understanding,
    Understood,
    decode_understanding,
    decode_understood,
    encode_understanding,
    encode_understood,
)
from app.docxio.word_comments import CommentReader, WordComment
from app.docxio.wordml import w
from app.text.canonical import decode_content, encode_content
from app.text.runs import Text

__all__ = ["Operation", "Revised", "TrackedChange", "WordComment", "decode_revised", "encode_revised", "read_revised"]


_OPERATIONS = {str(operation): operation for operation in Operation}


@dataclass(frozen=True)
class Revised:
    """A file that came back.

    A provision that survives has one key in ``before`` and ``after``.  Where the file carries our
    bookmarks that is the bookmark's key; others are p1, p2 … by position in ``before``, and n1, n2 …
    where they stand in ``after`` alone.

    Attributes:
        before: The draft, every change rejected.
        after: The draft, every change accepted.
        changes: In reading order.
        comments: In the order of the file; answers after what they answer.
        is_tracked: Whether the file holds any tracked change.
        marker: The name of the bookmark that says which text the file is a copy of (``bookmarks``); "" if none.
        carried: Keys that stand in the file as bookmarks; the others are by position.
    """

    before: Understood
    after: Understood
    changes: tuple[TrackedChange, ...]
    comments: tuple[WordComment, ...]
    is_tracked: bool
    marker: str = ""
    carried: frozenset[str] = frozenset()


@collection_paused()
def read_revised(
    data: bytes, *, states: Mapping[str, Collection[str]] | None = None, limits: Limits = LIMITS
) -> Revised:
    """Return both texts of a Word file, its tracked changes and its comments.

    Call it on files that passed the gate, in the limited process (``upload.read_returned`` does both).

    Args:
        data: The file.
        states: Code to names of states and groups, as for ``reader.read_draft``.
        limits: What the file may cost.

    Raises:
        FileRefused: It is no Word document.
    """
    source = Source(Package(check_directory(data, "", limits)))
    before, after = read_views(source, StateNames(states or {}))
    keys = paired_keys(before.pieces, after.pieces)
    stories = tuple(read_stories(source))
    comments = CommentReader(source, stories)
    found = find_changes(stories, keys, comments)
    unread = unread_changes(source, found.elements, keys)
    read = before.understood(keys.before)
    known = {understanding.provision.key: understanding for understanding in read.provisions}
    return Revised(
        before=_with(read, unread),
        after=_with(after.understood(keys.after, known), unread),
        changes=found.changes,
        comments=comments.read(keys),
        is_tracked=bool(found.changes or unread),
        marker=_marker(source),
        carried=keys.carried,
    )


def _marker(source: Source) -> str:
    names = (element.get(w("name"), "") for element in source.root.iter(w("bookmarkStart")))
    return next((name for name in names if version_of(name) or resulting_of(name)), "")


def _with(understood: Understood, unread: tuple[NotUnderstood, ...]) -> Understood:
    return replace(understood, not_understood=understood.not_understood + unread) if unread else understood


def encode_revised(read: Revised, like: Revised | None = None) -> dict[str, Any]:
    """Return a reading as JSON values; what is understood alike after the changes is its position before them.

    Args:
        like: Another file, most of which says the same: what is understood alike is its position there.
    """
    return {
        "before": _encode_beside(read.before, () if like is None else like.before.provisions),
        "after": _encode_beside(read.after, read.before.provisions),
        "changes": [
            [
                c.id, c.provision, c.cell, c.author, c.at, str(c.operation),
                encode_content(c.removed), encode_content(c.added), list(c.comments), c.elements,
            ]
            for c in read.changes
        ],
        "comments": [list(astuple(c)) for c in read.comments],
        "is_tracked": read.is_tracked,
        "marker": read.marker,
        "carried": sorted(read.carried),
    }  # fmt: skip


def _encode_beside(read: Understood, known: Sequence[Understanding]) -> dict[str, Any]:
    """Return what is understood as JSON values; what is *known* is its position there."""
    positions = {one.provision.key: at for at, one in enumerate(known)}
    encoded: list[Any] = []
    for one in read.provisions:
        at = positions.get(one.provision.key)
        encoded.append(at if at is not None and known[at] == one else encode_understanding(one))
    return encode_understood(replace(read, provisions=())) | {"provisions": encoded}


def _decode_beside(value: Mapping[str, Any], known: Sequence[Understanding]) -> Understood:
    found = [known[one] if isinstance(one, int) else decode_understanding(one) for one in value["provisions"]]
    return replace(decode_understood({**value, "provisions": []}), provisions=tuple(found))


@collection_paused()
def decode_revised(value: Mapping[str, Any], like: Revised | None = None) -> Revised:
    """Return what ``encode_revised`` wrote beside the same file."""
    before = _decode_beside(value["before"], () if like is None else like.before.provisions)
    return Revised(
        before=before,
        after=_decode_beside(value["after"], before.provisions),
        changes=tuple(
            [
                TrackedChange(
                    name, key, cell, author, at, _OPERATIONS[operation],
                    _words(removed), _words(added), tuple(comments), elements,
                )
                for name, key, cell, author, at, operation, removed, added, comments, elements in value["changes"]
            ]
        ),
        comments=tuple(WordComment(*comment) for comment in value["comments"]),
        is_tracked=value["is_tracked"],
        marker=value["marker"],
        carried=frozenset(value["carried"]),
    )  # fmt: skip


def _words(value: Any) -> Text:
    return cast(Text, decode_content(value))
