"""One part of somebody's Word file as a string whose tags can be found by pattern, and spans in it.

In the normal form ``<`` begins a tag and ``>`` ends one, nowhere else; there are no comments and no
instructions, Word's namespace has the prefix ``w``. Word and LibreOffice write parts so; what others write
otherwise is brought into it. So what nobody touches can be copied as it stands, byte for byte.
"""

import logging
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from app.docxio.package import parse
from app.docxio.wordml import RELATIONSHIPS, WORD

Splice: TypeAlias = tuple[int, int, str]
"""Start, end and what stands there instead."""

_LOG = logging.getLogger(__name__)
_DECLARATION = re.compile(r"<\?xml[^<>]*\?>")
_UTF8 = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
_UNLIKE = re.compile(r"<[!?]|<[A-Za-z][^<>]*=\s*(?:'|\"[^\"<>]*[<>])|>[^<>]*>|\]\]>")
_SINGLE_QUOTED = re.compile(r"=\s*'")
_PREFIX = re.compile(rf'<[A-Za-z][^<>]*\sxmlns:w="{re.escape(WORD)}"')
_OTHER_PREFIX = re.compile(rf'xmlns:(?<=\sxmlns:)(?!r=)[\w.-]+="{re.escape(RELATIONSHIPS)}"')


class NotItsFile(Exception):
    """The text does not stand in the file, or the file is not written in a way that can be written into."""

    def tell(self) -> None:
        """Say in the log, which commands show on standard error, that the template takes the file's place."""
        _LOG.warning("The draft's own file cannot hold this (%s): written in the look of the template instead.", self)


def normal(data: bytes, part: str, *, is_parsed: bool = False) -> str:
    """Return a part in the normal form.

    Args:
        is_parsed: Whether somebody parses the part too, and refuses it where it is not well formed.

    Raises:
        NotItsFile: Word's namespace has another prefix.
        FileRefused: It is not well formed.
    """
    written = "" if _UTF8.match(data) or data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig", "replace")
    declared = _DECLARATION.match(written)
    start = declared.end() if declared else 0
    if not written or "\ufffd" in written or b"purl.oclc.org" in data or not _is_normal(written, start, is_parsed):
        root = parse(data, part)
        written = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + _serialised(root)
    if not _PREFIX.search(written) or _OTHER_PREFIX.search(written):
        raise NotItsFile(part)
    return written


def _is_normal(written: str, start: int, is_well_formed: bool) -> bool:
    """Whether a part stands in the normal form from *start* on, what declares it before that."""
    # Each tag has one "<" and ends in one ">": where they are as many, none stands in a text or an attribute.
    are_as_many = is_well_formed and written.count("<") == written.count(">")
    if are_as_many and not _SINGLE_QUOTED.search(written) and "]]>" not in written:
        return "<!" not in written and written.find("<?", start) < 0
    return not _UNLIKE.search(written, start)


def _serialised(root: etree._Element) -> str:
    written: str = etree.tostring(root, encoding="unicode")
    return written


def spliced(written: str, splices: Iterable[Splice]) -> str:
    """Return the text with each span replaced; spans do not overlap, those of one place stay in their order."""
    pieces: list[str] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda one: (one[0], one[1])):
        pieces.append(written[at:start])
        pieces.append(new)
        at = max(at, end)
    pieces.append(written[at:])
    return "".join(pieces)


@dataclass(slots=True)
class Span:
    """One element: from its start tag to its end tag, its name, and the one it stands in."""

    name: str
    start: int
    inner: int
    """Where its content begins; ``end`` for an empty tag."""
    end: int = 0
    parent: "Span | None" = None


class Index:
    """The elements of some names in a part, in document order, each in its nearest of these."""

    def __init__(self, written: str, names: Collection[str]) -> None:
        self.written = written
        self.all: list[Span] = []
        pattern = re.compile(rf"<(/?)w:({'|'.join(names)})(?:\s[^<>]*?)?(/?)>")
        open_: list[Span] = []
        for found in pattern.finditer(written):
            if found[1]:
                if not open_ or open_[-1].name != found[2]:
                    raise NotItsFile("tags")
                open_.pop().end = found.end()
                continue
            span = Span(found[2], found.start(), found.end(), found.end(), open_[-1] if open_ else None)
            self.all.append(span)
            if not found[3]:
                open_.append(span)

    def named(self, name: str) -> list[Span]:
        """Return the elements of one name in document order."""
        return [span for span in self.all if span.name == name]


def elements(written: str, name: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the spans of the outermost elements called *name* (with its prefix)."""
    until = len(written) if end is None else end
    pattern = tags(name)
    # Most names are rare in a part: where their next element may begin is found far sooner as mere characters.
    at = written.find(f"<{name}", start, until)
    while at >= 0:
        span = _next(written, pattern, at, until)
        if span is None:
            return
        yield span
        at = written.find(f"<{name}", span[1], until)


def _next(written: str, pattern: re.Pattern[str], start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the next element whose tags *pattern* finds, with all that stands in it."""
    depth, began = 0, start
    for found in pattern.finditer(written, start, end):
        if found[1]:
            depth -= 1
        else:
            began = began if depth else found.start()
            depth += not found[2]
        if depth == 0:
            return began, found.end()
    return None


@lru_cache
def tags(name: str) -> re.Pattern[str]:
    """Return what finds the tags of the elements called *name*; it names the slash of an end and of an empty tag."""
    return re.compile(rf"<(/?){re.escape(name)}(?:\s[^<>]*?)?(/?)>")


def without(written: str, name: str) -> str:
    """Return the text without the elements called *name*, whatever stands in them."""
    if f"<{name}" not in written:
        return written
    return spliced(written, ((start, end, "") for start, end in elements(written, name)))


class Places:
    """Finds the span that a place in the text stands in, among spans that do not overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def at(self, place: int) -> tuple[int, int] | None:
        """Return the span around *place*, if any."""
        found = bisect_right(self._starts, place) - 1
        if found >= 0 and place < self._spans[found][1]:
            return self._spans[found]
        return None
