"""Lines in every header and footer of a draft's own file; where a page has none, one is made."""

import html
import re
from collections.abc import Sequence

from app.docxio import oxml
from app.docxio.own_parts import MAIN, OwnParts, Relation
from app.docxio.own_text import elements

_REFERENCE = re.compile(r'<w:(header|footer)Reference\s[^<>]*?w:type="(\w+)"[^<>]*/>')
_TITLE_PAGE = re.compile(r'<w:titlePg(?:\s+w:val="(?:1|true|on)")?\s*/>')
_EVEN = re.compile(r'<w:evenAndOddHeaders(?:\s+w:val="(?:1|true|on)")?\s*/>')
_SPACE = 120
"""Twips between the last line of a header and the text."""
_WORDS = re.compile(r"<w:t(?:\s[^<>]*)?>([^<]*)</w:t>")


def with_lines(parts: OwnParts, above: Sequence[str], below: Sequence[str]) -> None:
    """Add lines to what stands at the head and at the foot of every page, in small letters; none that it says."""
    for kind, lines in (("header", above), ("footer", below)):
        if lines:
            _Lines(parts, kind, lines).add()


class _Lines:
    def __init__(self, parts: OwnParts, kind: str, lines: Sequence[str]) -> None:
        self._parts = parts
        self._kind = kind
        self._lines = lines
        self._identity = f"rIdOwn{kind.capitalize()}"
        self._root = "w:hdr" if kind == "header" else "w:ftr"

    def add(self) -> None:
        """Add the lines to the parts there are, then see that each section has one of each sort it shows."""
        for member, kind in self._parts.kinds.items():
            if kind == self._kind:
                written = self._parts.stories[member]
                closing = written.rfind(f"</{self._root}>")
                if closing >= 0:
                    self._parts.stories[member] = written[:closing] + self._xml(written) + written[closing:]
        if self._referred():
            self._make()

    def _xml(self, written: str) -> str:
        """Return the lines as paragraphs, but for those that a part says already."""
        said = " ".join(html.unescape("".join(_WORDS.findall(written))).split())
        new = [line for line in self._lines if line not in said]
        space = _SPACE if self._kind == "header" else 0
        return "".join(oxml.aligned(oxml.small(line), "center", after=space if line is new[-1] else 0) for line in new)

    def _make(self) -> None:
        member = f"word/own_{self._kind}.xml"
        self._parts.stories[member] = oxml.page_part(self._root, self._xml(""))
        self._parts.kinds[member] = self._kind
        self._parts.relations[MAIN][self._identity] = Relation(self._kind, f"own_{self._kind}.xml")

    def _referred(self) -> bool:
        """Give each section a reference for each sort of page it shows and has none for; return whether any was."""
        document = self._parts.document
        spans = list(elements(document, "w:sectPr"))
        if not spans or not document[spans[-1][1] :].lstrip().startswith("</w:body>"):
            at = document.rindex("</w:body>")
            document = document[:at] + "<w:sectPr></w:sectPr>" + document[at:]
            spans = list(elements(document, "w:sectPr"))
        has: set[str] = set()
        added: list[tuple[int, int, str]] = []
        even = bool(_EVEN.search("".join(self._parts.settings)))
        for start, end in spans:
            section = document[start:end]
            has |= {found[2] for found in _REFERENCE.finditer(section) if found[1] == self._kind}
            wanted = ["default", *(["even"] if even else []), *(["first"] if _TITLE_PAGE.search(section) else [])]
            new = "".join(oxml.page_reference(self._kind, sort, self._identity) for sort in wanted if sort not in has)
            if new:
                has |= set(wanted)
                added.append((start, end, _with_reference(section, new)))
        for start, end, section in reversed(added):
            document = document[:start] + section + document[end:]
        self._parts.document = document
        return bool(added)


def _with_reference(section: str, new: str) -> str:
    opened = re.match(r"<w:sectPr(\s[^<>]*?)?(/?)>", section)
    assert opened is not None
    if opened[2]:
        return f"<w:sectPr{opened[1] or ''}>{new}</w:sectPr>"
    return section[: opened.end()] + new + section[opened.end() :]
