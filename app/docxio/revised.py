"""What a Word file with tracked changes says: the text before them, the text after them, each change, each comment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.docxio.archive import LIMITS, Limits
from app.docxio.understanding import Understood
from app.text.runs import Text


class Operation(StrEnum):
    """What a tracked change does."""

    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    INSERT_PROVISION = "insert_provision"
    DELETE_PROVISION = "delete_provision"
    MOVE = "move"
    """A whole provision stands elsewhere; it may have other words there."""
    SPLIT = "split"
    """A paragraph mark put into a provision: its first half keeps the key, the other is a new provision."""
    MERGE = "merge"
    """A paragraph mark taken out: the first provision keeps the key, the following is deleted."""
    FORMAT = "format"
    """The look alone: character and paragraph properties, numbering, empty paragraphs; listed only."""


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """One change as a person sees it.

    Attributes:
        id: "c1", "c2" … in reading order.
        provision: Key of the provision in ``before`` if it is there, else in ``after``; empty: none holds it.
        cell: Name of the part it stands in; empty for the provision's own words.
        author: As the file has it: a remark, no proof; empty: none.
        at: As the file has it (local time by Word's habit, although written with Z); empty: none.
        operation: What it does.
        removed: The words it takes out.
        added: The words it puts in.
        comments: Ids of the comments on it.
        elements: How many elements of the file (``w:ins``, ``w:del`` …) it gathers.
    """

    id: str
    provision: str
    cell: str
    author: str
    at: str
    operation: Operation
    removed: Text = ()
    added: Text = ()
    comments: tuple[str, ...] = ()
    elements: int = 1


@dataclass(frozen=True, slots=True)
class WordComment:
    """One comment.

    Attributes:
        id: As the file has it.
        author: As the file has it; empty: none.
        at: As the file has it; empty: none.
        text: Its words, their own tracked changes accepted; paragraphs divided by line feeds.
        provision: Key of the provision it stands in, as for changes; empty: none.
        cell: Name of the part it stands in; empty for the provision's own words.
        quoted: The words its range covers, deleted ones among them; empty: it marks a point.
        parent: Id of the comment it answers; None: it begins a thread.
        resolved: Whether the thread is marked as done.
    """

    id: str
    author: str
    at: str
    text: str
    provision: str
    cell: str
    quoted: str
    parent: str | None
    resolved: bool


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
    """

    before: Understood
    after: Understood
    changes: tuple[TrackedChange, ...]
    comments: tuple[WordComment, ...]
    is_tracked: bool


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
    raise NotImplementedError
