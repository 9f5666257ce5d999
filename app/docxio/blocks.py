"""Paragraphs and tables of a story in reading order, tracked changes accepted or rejected."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from app.docxio.inline import ADDED, REMOVED, Changes, Inline, InlineReader, branch
from app.docxio.understanding import Unclear, Warned
from app.docxio.word_numbering import Label, Numbering
from app.docxio.word_styles import Style, Styles, indent_of, style_id_of
from app.docxio.wordml import ALTERNATE, EQUATION_BLOCK, EQUATION_TEXT, P_PR, R_PR, SDT, SDT_CONTENT, TABLE, P, value, w
from app.text.runs import Text, plain, text

_OPEN = frozenset({w("customXml"), w("sdtContent"), w("smartTag"), w("txbxContent")})
_IMPORTED = w("altChunk")
_NUM_PR, _PPR_CHANGE, _INS = w("numPr"), w("pPrChange"), w("ins")
_PARAGRAPHS = frozenset({P, TABLE, _IMPORTED, EQUATION_BLOCK})


@dataclass(slots=True)
class Line:
    """One paragraph as it stands once tracked changes are accepted or rejected."""

    inline: Inline
    style: Style
    label: Label | None = None
    outline: int | None = None
    justification: str = ""
    indent: int | None = None

    @property
    def text(self) -> Text:
        """Its characters, white space at the ends gone."""
        return stripped(text(*self.inline.runs))

    @property
    def is_empty(self) -> bool:
        """Whether it holds neither words nor anything else to carry."""
        inline = self.inline
        return not (self.text or inline.objects or inline.boxes or inline.unclear)


def stripped(content: Text) -> Text:
    """Return a text without white space and breaks at its ends."""
    written = plain(content)
    start = len(written) - len(written.lstrip())
    end = len(written.rstrip())
    return cut(content, start, end)


def cut(content: Text, start: int, end: int | None = None) -> Text:
    """Return the characters of a text from *start* to *end*, with their marks."""
    found, passed = [], 0
    stop = len(plain(content)) if end is None else end
    for run in content:
        piece = run.text[max(0, start - passed) : max(0, stop - passed)]
        if piece:
            found.append(run._replace(text=piece))
        passed += len(run.text)
    return text(*found)


class StoryReader:
    """Reads the body, a cell, a box or a note into lines and tables."""

    def __init__(self, styles: Styles, numbering: Numbering, changes: Changes) -> None:
        self.styles = styles
        self.numbering = numbering
        self.inline = InlineReader(styles, changes)
        self._accepted = changes == "accepted"
        self._left_out = REMOVED if self._accepted else ADDED

    def blocks(self, story: etree._Element) -> Iterator[Line | etree._Element]:
        """Yield lines and ``w:tbl`` elements; a paragraph whose mark is gone joins the following one."""
        waiting: Inline | None = None
        last: Line | None = None
        for element in self.children(story, _PARAGRAPHS):
            if element.tag == P:
                line = self._line(element, waiting)
                if self.is_left_out(element.find(f"{P_PR}/{R_PR}")):
                    waiting, last = line.inline, line
                    continue
                yield self._counted(element, line)
            else:
                if waiting is not None and last is not None:
                    yield last
                yield element if element.tag == TABLE else _object_line(element, self.styles.get(None))
            waiting = last = None
        if last is not None:
            yield last

    def children(self, parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
        """Yield the wanted elements of a story, a table or a row in order, every container opened."""
        stack = [iter(parent)]
        while stack:
            for element in stack[-1]:
                if element.tag in wanted:
                    yield element
                    continue
                inner = self._inside(element)
                if inner is not None:
                    stack.append(iter(inner))
                    break
            else:
                stack.pop()

    def is_left_out(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph mark or a row goes, as its ``w:rPr`` or ``w:trPr`` says; counts the change."""
        if properties is None:
            return False
        changes = [child.tag for child in properties if child.tag in ADDED or child.tag in REMOVED]
        self.inline.counts[Warned.TRACKED_CHANGES, ""] += len(changes)
        return any(tag in self._left_out for tag in changes)

    def _inside(self, element: etree._Element) -> etree._Element | None:
        tag = element.tag
        if tag in _OPEN:
            return element
        if tag == SDT:
            return element.find(SDT_CONTENT)
        if tag == ALTERNATE:
            return branch(element)
        if tag in ADDED or tag in REMOVED:
            return None if tag in self._left_out else element
        return None

    def _line(self, paragraph: etree._Element, before: Inline | None) -> Line:
        properties = self._in_force(paragraph.find(P_PR))
        style = self.styles.get(style_id_of(properties))
        inline = self.inline.read(paragraph, style)
        if before is not None:
            before.extend(inline)
            inline = before
        return Line(inline, style)

    def _counted(self, paragraph: etree._Element, line: Line) -> Line:
        """Return the line with what its paragraph properties say; its list counts on."""
        properties = self._in_force(paragraph.find(P_PR))
        line.label = self.numbering.label(properties, line.style)
        line.justification = line.style.justification or ""
        line.indent = line.style.indent
        line.outline = line.style.outline
        if line.label is not None and line.label.indent is not None:
            line.indent = line.label.indent
        if properties is not None:
            own = value(properties, w("outlineLvl"))
            line.outline = int(own) if own is not None and own.isdigit() else line.outline
            line.justification = value(properties, w("jc")) or line.justification
            indent = indent_of(properties)
            line.indent = line.indent if indent is None else indent
        return line

    def _in_force(self, properties: etree._Element | None) -> etree._Element | None:
        """Return the paragraph properties that hold: the old ones where changes are rejected."""
        if properties is None or self._accepted:
            return properties
        changed = properties.find(_PPR_CHANGE)
        if changed is not None:
            return changed.find(P_PR)
        listed = properties.find(_NUM_PR)
        if listed is not None and listed.find(_INS) is not None:
            properties = copy.deepcopy(properties)
            properties.remove(properties.find(_NUM_PR))
        return properties


def _object_line(element: etree._Element, style: Style) -> Line:
    inline = Inline()
    if element.tag == _IMPORTED:
        inline.unclear.append((Unclear.IMPORTED_PART, ""))
    else:
        words = "".join(t.text or "" for t in element.iter(EQUATION_TEXT))
        inline.objects.append((Unclear.EQUATION, words))
    return Line(inline, style)
