"""What stands inside a paragraph: characters with their marks, notes, boxes, pictures, in reading order.

Containers are opened wherever they occur (links, fields, content controls, smart tags, tracked
changes); nothing is reached by recursion, so the depth of the file costs no stack.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from lxml import etree

from app.docxio.understanding import Unclear, Warned
from app.docxio.word_styles import Look, Style, Styles, look_of
from app.docxio.wordml import (
    ALTERNATE,
    BOX,
    CHOICE,
    EQUATION,
    EQUATION_BLOCK,
    EQUATION_TEXT,
    FALLBACK,
    ID,
    R_PR,
    RELATIONSHIPS,
    SDT,
    SDT_CONTENT,
    R,
    w,
)
from app.text.runs import LINE_BREAK, NOTE, TAB, Marks, Run

Changes = Literal["accepted", "rejected"]
_Said = TypeVar("_Said")
ADDED: Final = frozenset({w("ins"), w("moveTo")})
REMOVED: Final = frozenset({w("del"), w("moveFrom")})
_OPEN = frozenset(
    map(
        w, ["hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "subDoc", "sdtContent", "ruby", "rubyBase"]
    )
) | {
    CHOICE,
    FALLBACK,
}
_SILENT = frozenset(
    map(
        w,
        [
            "pPr",
            "rPr",
            "sdtPr",
            "sdtEndPr",
            "bookmarkStart",
            "bookmarkEnd",
            "proofErr",
            "permStart",
            "permEnd",
            "commentRangeStart",
            "commentRangeEnd",
            "moveFromRangeStart",
            "moveFromRangeEnd",
            "moveToRangeStart",
            "moveToRangeEnd",
            "customXmlInsRangeStart",
            "customXmlInsRangeEnd",
            "customXmlDelRangeStart",
            "customXmlDelRangeEnd",
            "lastRenderedPageBreak",
            "annotationRef",
            "footnoteRef",
            "endnoteRef",
            "separator",
            "continuationSeparator",
            "smartTagPr",
            "customXmlPr",
            "fldData",
            "rubyPr",
            "pgNum",
            "instrText",
            "delInstrText",
        ],
    )
)
_LETTERS: Final = {
    w("tab"): TAB,
    w("ptab"): TAB,
    w("cr"): LINE_BREAK,
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_PICTURES = {w("drawing"): Unclear.PICTURE, w("pict"): Unclear.PICTURE, w("object"): Unclear.EMBEDDED_OBJECT}
_T, _DEL_TEXT, _BREAK, _SYMBOL = w("t"), w("delText"), w("br"), w("sym")
_TEXTS = frozenset({_T, _DEL_TEXT})
_SILENT_LOOK = Look()
_BREAK_KIND, _FIELD_KIND, _SIMPLE_CODE, _CHAR = w("type"), w("fldCharType"), w("instr"), w("char")
_YIELDED = frozenset({R, EQUATION, EQUATION_BLOCK})
_FIELD_CHAR, _FIELD_SIMPLE, _INSTRUCTION = w("fldChar"), w("fldSimple"), w("instrText")
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_RUBY_ABOVE, _COMMENT, _HYPERLINK = w("rt"), w("commentReference"), w("hyperlink")
_DANGEROUS = re.compile(r"^\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.I)
_CONTENTS = re.compile(r"^\s*(?:TOC|TOA|RD|INDEX)\b", re.I)
# Signs of Word's symbol fonts that drafts use; others stay as the code says.
_SYMBOL_SIGNS = {
    0xF0B7: "•",
    0xF02D: "–",
    0xF0B0: "°",
    0xF0B1: "±",
    0xF0A7: "▪",
    0xF0FC: "✓",
    0xF0D7: "×",
    0xF0B3: "≥",
    0xF0A3: "≤",
}


@dataclass(slots=True)
class Field:
    """A complex field that is open."""

    instruction: str = ""
    in_result: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it makes a table of contents or an index."""
        return bool(_CONTENTS.match(self.instruction))


@dataclass(slots=True)
class Inline:
    """The content of one paragraph, tracked changes accepted or rejected.

    ``Run.note`` holds ``"footnote:ID"`` or ``"endnote:ID"`` of the file; keys are minted later.
    """

    runs: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    objects: list[tuple[Unclear, str]] = field(default_factory=list)
    unclear: list[tuple[Unclear, str]] = field(default_factory=list)
    in_contents: bool = False

    def extend(self, other: "Inline") -> None:
        """Append what stands in the paragraph after this one."""
        self.runs += other.runs
        self.boxes += other.boxes
        self.objects += other.objects
        self.unclear += other.unclear
        self.in_contents = self.in_contents or other.in_contents


class InlineReader:
    """Reads paragraphs in reading order; fields may run from one into the next."""

    def __init__(self, styles: Styles, changes: Changes) -> None:
        self._styles = styles
        self._kept, self._left_out = (ADDED, REMOVED) if changes == "accepted" else (REMOVED, ADDED)
        self._fields: list[Field] = []
        self._looks: dict[bytes, Look] = {}
        self.counts: Counter[tuple[Warned, str]] = Counter()

    def read(self, paragraph: etree._Element, style: Style) -> Inline:
        """Return what stands in *paragraph*, whose style is *style*."""
        inline = Inline(in_contents=any(f.is_contents for f in self._fields))
        for element in self._elements(paragraph, inline):
            if element.tag == R:
                self._read_run(element, style, inline)
            elif element.tag == BOX:
                inline.boxes.append(element)
            else:
                words = "".join(t.text or "" for t in element.iter(EQUATION_TEXT))
                inline.objects.append((Unclear.EQUATION, words))
        return inline

    def close_fields(self) -> None:
        """Forget open fields, at the end of a text whose fields cannot run on."""
        self._fields.clear()

    def _elements(self, paragraph: etree._Element, inline: Inline) -> Iterator[etree._Element]:
        """Yield runs and equations in order, every container opened."""
        stack = [iter(paragraph)]
        while stack:
            for element in stack[-1]:
                tag = element.tag
                if tag in _YIELDED:
                    yield element
                    continue
                if tag in _SILENT:
                    continue
                inner = self._inside(element, inline)
                if inner is not None:
                    stack.append(iter(inner))
                    break
            else:
                stack.pop()

    def _inside(self, element: etree._Element, inline: Inline) -> etree._Element | None:
        """Return the element whose children follow in the text, or None where nothing does."""
        tag = element.tag
        if tag in ADDED or tag in REMOVED:
            self.counts[Warned.TRACKED_CHANGES, ""] += 1
            return element if tag in self._kept else None
        if tag == SDT:
            return element.find(SDT_CONTENT)
        if tag == ALTERNATE:
            return branch(element)
        if tag == _HYPERLINK and element.get(f"{{{RELATIONSHIPS}}}id"):
            self.counts[Warned.HYPERLINKS, ""] += 1
        if tag == _FIELD_SIMPLE:
            self._judge(element.get(_SIMPLE_CODE, ""))
        if tag in _OPEN:
            return element
        words = _words(element)
        if words:
            inline.unclear.append((Unclear.UNKNOWN_CONTENT, words))
        return None

    def _read_run(self, run: etree._Element, style: Style, inline: Inline) -> None:
        properties = run.find(R_PR)
        marks, hidden = self._marks(properties, style)
        for element in run:
            if element.tag in _TEXTS:
                self._add(element.text or "", marks, hidden, inline)
                continue
            inner = self._read_piece(element, marks, hidden, inline)
            if inner is not None:
                self._read_inner(inner, marks, hidden, inline)

    def _read_inner(self, container: etree._Element, marks: int, hidden: bool, inline: Inline) -> None:
        stack = [iter(container)]
        while stack:
            for element in stack[-1]:
                inner = self._read_piece(element, marks, hidden, inline)
                if inner is not None:
                    stack.append(iter(inner))
                    break
            else:
                stack.pop()

    def _read_piece(self, element: etree._Element, marks: int, hidden: bool, inline: Inline) -> etree._Element | None:
        """Take in one child of a run; return a container to open, if it is one."""
        tag = element.tag
        if tag in _TEXTS:
            self._add(element.text or "", marks, hidden, inline)
        elif tag == _FIELD_CHAR:
            self._field(element, inline)
        elif tag == _INSTRUCTION:
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].instruction += element.text or ""
        elif tag in _SILENT:
            pass
        elif tag in _LETTERS:
            self._add(_LETTERS[tag], marks, hidden, inline)
        elif tag == _BREAK:
            if element.get(_BREAK_KIND, "textWrapping") == "textWrapping":
                self._add(LINE_BREAK, marks, hidden, inline)
        elif tag in _NOTES:
            if self._shown:
                inline.runs.append(Run(NOTE, Marks.PLAIN, f"{_NOTES[tag]}:{element.get(ID)}"))
        else:
            return self._read_rare_piece(element, marks, hidden, inline)
        return None

    def _read_rare_piece(
        self, element: etree._Element, marks: int, hidden: bool, inline: Inline
    ) -> etree._Element | None:
        tag = element.tag
        if tag == _SYMBOL:
            self._add(_sign(element.get(_CHAR, "")), marks, hidden, inline)
        elif tag == ALTERNATE:
            return branch(element)
        elif tag in _PICTURES:
            boxes = list(_outer_boxes(element))
            inline.boxes += boxes
            if not boxes:
                inline.objects.append((_PICTURES[tag], _description(element)))
        elif tag == _RUBY_ABOVE:
            inline.unclear.append((Unclear.RUBY, _words(element)))
        elif tag in _OPEN or tag == R:
            return element
        elif tag == _COMMENT:
            self.counts[Warned.COMMENTS, ""] += 1
        elif _words(element):
            inline.unclear.append((Unclear.UNKNOWN_CONTENT, _words(element)))
        return None

    @property
    def _shown(self) -> bool:
        return not self._fields or all(f.in_result for f in self._fields)

    def _add(self, written: str, marks: int, hidden: bool, inline: Inline) -> None:
        if not written:
            return
        if hidden:
            inline.unclear.append((Unclear.HIDDEN_TEXT, written))
        elif not self._shown:
            inline.unclear.append((Unclear.FIELD_CODE, written))
        else:
            inline.runs.append(Run(written, marks))

    def _field(self, element: etree._Element, inline: Inline) -> None:
        kind = element.get(_FIELD_KIND)
        if kind == "begin":
            self._fields.append(Field())
        elif self._fields and kind == "separate":
            self._judge(self._fields[-1].instruction)
            self._fields[-1].in_result = True
            inline.in_contents = inline.in_contents or self._fields[-1].is_contents
        elif self._fields and kind == "end":
            self._fields.pop()

    def _judge(self, instruction: str) -> None:
        dangerous = _DANGEROUS.match(instruction)
        if dangerous:
            self.counts[Warned.DANGEROUS_FIELD, dangerous[1].upper()] += 1

    def _marks(self, properties: etree._Element | None, style: Style) -> tuple[int, bool]:
        """Return a run's marks beyond its paragraph style's, and whether it is hidden.

        What the run says itself holds before its character style. A character style's bold inside a
        bold paragraph style toggles it off (ISO 29500 17.7.3), so neither is a mark there.
        """
        base = style.look
        own = look_of(properties)
        if own == _SILENT_LOOK:
            return 0, bool(base.hidden)
        named = self._styles.character(own.style_id)
        marks = Marks.PLAIN
        for mark, said, by_style, by_paragraph in (
            (Marks.BOLD, own.bold, named.bold, base.bold),
            (Marks.ITALIC, own.italic, named.italic, base.italic),
        ):
            # Inside a bold paragraph style neither "bold" nor "not bold" can be told apart from its look.
            if _first(said, by_style) and not by_paragraph:
                marks |= mark
        underline = _first(own.underline, named.underline)
        if underline and not base.underline:
            # Links look underlined by their style; the line is the link's, not the author's.
            is_link = own.underline is None and self._styles.is_link(own.style_id)
            marks |= Marks.PLAIN if is_link else Marks.UNDERLINE
        raised = _first(own.raised, named.raised)
        if raised and not base.raised:
            marks |= Marks.SUPERSCRIPT if raised > 0 else Marks.SUBSCRIPT
        if own.struck:
            self.counts[Warned.STRUCK_TEXT, ""] += 1
        return marks, bool(_first(own.hidden, named.hidden, base.hidden))


def _first(*said: _Said | None) -> _Said | None:
    return next((s for s in said if s is not None), None)


def _sign(code: str) -> str:
    """Return the sign of a w:sym by its hexadecimal code; the replacement character where that is no code."""
    try:
        at = int(code, 16)
        return _SYMBOL_SIGNS.get(at, chr(at))
    except (ValueError, OverflowError):
        return "\ufffd"


def branch(alternate: etree._Element) -> etree._Element | None:
    """Return one branch of an mc:AlternateContent: its text stands in both."""
    choice = alternate.find(CHOICE)
    fallback = alternate.find(FALLBACK)
    if choice is None or (fallback is not None and not _words(choice) and _words(fallback)):
        return fallback
    return choice


def _outer_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes in a drawing; boxes in a box come with its paragraphs, Fallback copies not at all."""
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            if child.tag == BOX:
                yield child
                continue
            inner = branch(child) if child.tag == ALTERNATE else child
            if inner is not None and len(inner):
                stack.append(iter(inner))
                break
        else:
            stack.pop()


def _words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(_T, _DEL_TEXT))


def _description(element: etree._Element) -> str:
    """Return what a picture is called, if anything."""
    for child in element.iter():
        if isinstance(child.tag, str) and child.tag.endswith("}docPr"):
            return child.get("descr") or child.get("title") or child.get("name") or ""
    return ""


__all__ = ["ADDED", "REMOVED", "Changes", "Inline", "InlineReader", "branch"]
