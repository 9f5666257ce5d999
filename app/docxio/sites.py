"""Where in a Word file the words of each provision stand, for whoever writes into the same file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from app.docxio.archive import LIMITS, Limits
from app.docxio.inline import Changes
from app.docxio.understanding import Understood


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Characters of one ``w:p`` that a provision's words were read from.

    Characters are counted as the reader reads the paragraph in the view asked for (``inline.InlineReader``):
    those of ``w:t``, one for each tab, break, sign and footnote reference; nothing for what is hidden, for field
    codes, for what the view leaves out, and for characters that ``text.runs.text`` drops.

    Attributes:
        paragraph: The element.
        number: Its place among all ``w:p`` of its part in document order, from 0.
        start: Characters before the provision's words: white space, a label typed by hand.
        end: Characters up to the end of the provision's words.
    """

    paragraph: etree._Element
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Where one provision stands.

    Attributes:
        part: Name of the part in the package: ``word/document.xml``, ``word/footnotes.xml`` …
        element: The ``w:p`` (the last one where a deleted mark joins several), ``w:tr``, ``w:tbl`` or ``w:footnote``.
        stretches: Name of a provision's part ("text", "states", a column's key) to the stretches it was read from, in
            order. Lines that the reader puts between two paragraphs (``PARAGRAPH_BREAK``) and automatic
            labels in front of a cell's words belong to no stretch. A part that stands nowhere in a paragraph of
            its own (a table of contents, an equation, a nested table) has the stretches of all its paragraphs.
    """

    part: str
    element: etree._Element
    stretches: Mapping[str, tuple[Stretch, ...]]


@dataclass(frozen=True, eq=False)
class Sited:
    """A draft with the sites of its provisions.

    Attributes:
        understood: The draft; a provision that carries our bookmark has that key, others p1, p2 … by position.
        sites: Key to site, for every provision.
        roots: Name of the part to the root of its tree; the elements of ``sites`` are in these trees.
    """

    understood: Understood
    sites: Mapping[str, Site]
    roots: Mapping[str, etree._Element]


def read_sited(
    data: bytes,
    *,
    states: Mapping[str, Collection[str]] | None = None,
    changes: Changes = "rejected",
    limits: Limits = LIMITS,
) -> Sited:
    """Return a draft as ``reader.read_draft`` reads it, with bookmark keys, and where its words stand.

    Raises:
        FileRefused: It is no Word document.
    """
    raise NotImplementedError
