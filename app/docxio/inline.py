"""What stands inside a paragraph: characters with their marks, notes, boxes, pictures, in reading order.

Containers are opened wherever they occur (links, fields, content controls, smart tags, tracked
changes); nothing is reached by recursion, so the depth of the file costs no stack. One reading serves
both views of a file: each thing says in which of them it stands.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from lxml import etree

from app.docxio.atoms import AFTER, BEFORE, BOTH, CONTROLS, MASKS, SORTS, Inline, Revision, Sort
from app.docxio.drawings import branch, description, outer_boxes, words_in
from app.docxio.equations import equation_words
from app.docxio.plain_paragraphs import WORDS, ReadsOtherwise
from app.docxio.run_marks import RunMarks
from app.docxio.understanding import Unclear, Warned
from app.docxio.word_fields import Fields, danger
from app.docxio.word_styles import Style, Styles
from app.docxio.wordml import (
    ALTERNATE,
    CHOICE,
    EQUATION,
    EQUATION_BLOCK,
    FALLBACK,
    ID,
    JOINER,
    R_PR,
    RELATIONSHIPS,
    SDT,
    SDT_CONTENT,
    R,
    children,
    w,
)
from app.text.runs import LINE_BREAK, NOTE, TAB

Changes = Literal["accepted", "rejected"]
_OPEN = frozenset(
    map(w, ["hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent", "ruby", "rubyBase"])
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
            "bookmarkEnd",
            "proofErr",
            "permStart",
            "permEnd",
            "moveFromRangeEnd",
            "moveToRangeEnd",
            "customXmlInsRangeEnd",
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
_SPACE, _SPACES = "{http://www.w3.org/XML/1998/namespace}space", " \t\r\n"
_BREAK_KIND, _FIELD_KIND, _SIMPLE_CODE, _CHAR = w("type"), w("fldCharType"), w("instr"), w("char")
_EQUATIONS = frozenset({EQUATION, EQUATION_BLOCK})
_FIELD_CHAR, _FIELD_SIMPLE, _INSTRUCTIONS = w("fldChar"), w("fldSimple"), frozenset({w("instrText"), w("delInstrText")})
_RPR_CHANGE = w("rPrChange")
_ANCHORS = {w("commentRangeStart"): "start", w("commentRangeEnd"): "end", w("commentReference"): "point"}
_BOOKMARK, _NAME = w("bookmarkStart"), w("name")
_MOVES = frozenset({w("moveFromRangeStart"), w("moveToRangeStart")})
_NO_ANCHOR = ("", "")
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_RUBY_ABOVE, _HYPERLINK, _PART_OF_MASTER = w("rt"), w("hyperlink"), w("subDoc")
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


class InlineReader:
    """Reads paragraphs in reading order; fields may run from one into the next."""

    def __init__(self, styles: Styles, plain: Sequence[Inline] = ()) -> None:
        self._plain = plain
        self.repeated = 0
        """How many of the plain paragraphs were met so far."""
        self.marks = RunMarks(styles)
        self.fields = Fields()
        self.counts: Counter[tuple[Warned, str]] = Counter()
        self.noted: set[str] = set()
        """Names of the notes that any shown words refer to, in whatever view."""

    def read(self, paragraph: etree._Element, style: Style, old_style: Style, mask: int = BOTH) -> Inline:
        """Return what stands in *paragraph*, whose style is *style* and was *old_style*.

        Raises:
            ReadsOtherwise: Its words were taken out, and here they do not say what they say elsewhere.
        """
        number = paragraph.get(WORDS)
        if number is None:
            return _Reading(self, style, old_style, mask).read(paragraph)
        if mask != BOTH or style.look.hidden or old_style.look.hidden or self.fields.covered:
            raise ReadsOtherwise
        self.repeated += 1
        inline = self._plain[int(number)]
        inline.in_contents = self.fields.in_contents
        return inline

    def judge(self, code: str) -> None:
        """Warn of a field that fetches or starts something."""
        if command := danger(code):
            self.counts[Warned.DANGEROUS_FIELD, command] += 1


class _Reading:
    """One reading of one paragraph."""

    __slots__ = (
        "_fields", "_hidden", "_hiding", "_inline", "_marks", "_mask", "_old_marks", "_old_style", "_reader",
        "_revision", "_style",
    )  # fmt: skip

    def __init__(self, reader: InlineReader, style: Style, old_style: Style, mask: int) -> None:
        self._reader = reader
        self._fields = reader.fields
        self._style, self._old_style = style, old_style
        self._inline = Inline(in_contents=reader.fields.in_contents, is_same=mask == BOTH)
        self._mask = mask
        self._revision: Revision | None = None
        self._marks = self._old_marks = 0
        self._hiding = (AFTER if style.look.hidden else 0) | (BEFORE if old_style.look.hidden else 0)
        """Mask of the views in which the paragraph's style hides its runs."""
        self._hidden = 0
        """Mask of the views in which the run is hidden."""

    def read(self, paragraph: etree._Element) -> Inline:
        """Return what stands in the paragraph; every container is opened."""
        stack: list[tuple[Iterator[etree._Element], int, Revision | None]] = [
            (iter(children(paragraph)), self._mask, None)
        ]
        while stack:
            elements, self._mask, self._revision = stack[-1]
            for element in elements:
                tag = element.tag
                if tag == R:
                    self._read_run(element)
                elif tag in SORTS:
                    inside, revision = self._begin(element, SORTS[tag])
                    if len(element) != 1 or (run := element[0]).tag != R:
                        stack.append((iter(children(element)), inside, revision))
                        break
                    outside, outer = self._mask, self._revision
                    self._mask, self._revision = inside, revision
                    self._read_run(run)
                    revision.end = len(self._inline.atoms)
                    self._mask, self._revision = outside, outer
                elif tag not in _SILENT:
                    inner = self._inside(element)
                    if inner is not None:
                        stack.append((iter(children(inner)), self._mask, self._revision))
                        break
            else:
                stack.pop()
                if self._revision is not None:
                    self._revision.end = len(self._inline.atoms)
        return self._inline

    def _begin(self, element: etree._Element, sort: Sort) -> tuple[int, Revision]:
        """Note a revision; return the views that stand in it."""
        inline = self._inline
        revision = Revision(element, sort, self._revision, len(inline.atoms))
        inline.revisions.append(revision)
        inline.is_same = False
        return self._mask & MASKS[sort], revision

    def _inside(self, element: etree._Element) -> etree._Element | None:
        """Return the element whose children follow in the text, or None where nothing does."""
        tag, inline = element.tag, self._inline
        if tag in _ANCHORS:
            inline.anchors.append((_ANCHORS[tag], element.get(ID, ""), len(inline.atoms)))
        elif tag == _BOOKMARK:
            inline.bookmarks.append(element.get(_NAME, ""))
        elif tag in _EQUATIONS:
            found = equation_words(element, self._mask)
            if not self._mask:  # no view shows it as an object: what it said is told with its change
                inline.atoms += [(words, 0, None, 0, self._revision) for words, _ in found]
            inline.objects += [(Unclear.EQUATION, words, mask) for words, mask in found]
            inline.is_same = inline.is_same and all(mask == BOTH for _, mask in found)
        elif tag == SDT:
            return element.find(SDT_CONTENT)
        elif tag == ALTERNATE:
            return branch(element)
        elif tag in _OPEN:
            if tag == _HYPERLINK and element.get(f"{{{RELATIONSHIPS}}}id"):
                self._reader.counts[Warned.HYPERLINKS, ""] += 1
            elif tag == _FIELD_SIMPLE:
                self._reader.judge(element.get(_SIMPLE_CODE, ""))
            return element
        elif tag in CONTROLS:
            at = len(inline.atoms)
            inline.revisions.append(Revision(element, Sort.FORMAT, self._revision, at, at))
        elif tag == _PART_OF_MASTER:
            inline.unclear.append((Unclear.IMPORTED_PART, "", self._mask))
        elif tag not in _MOVES and (words := words_in(element)):
            inline.unclear.append((Unclear.UNKNOWN_CONTENT, words, self._mask))
        return None

    def _read_run(self, run: etree._Element) -> None:
        self._marks = self._old_marks = 0
        self._hidden = self._hiding
        for element in children(run):
            tag = element.tag
            if tag in _TEXTS:
                self._add(_shown(element))
            elif tag == R_PR:
                if len(element):
                    self._take_properties(element)
            else:
                inner = self._read_piece(element)
                if inner is not None:
                    self._read_inner(inner)

    def _take_properties(self, properties: etree._Element) -> None:
        """Learn a run's marks and whether it is hidden, in either view."""
        self._marks, hidden, struck = self._reader.marks.read(properties, self._style)
        self._old_marks, self._hidden = self._marks, BOTH if hidden else 0
        changed = properties[-1] if properties[-1].tag == _RPR_CHANGE else properties.find(_RPR_CHANGE)
        if changed is not None:
            at = len(self._inline.atoms)
            self._inline.revisions.append(Revision(changed, Sort.FORMAT, self._revision, at, at))
        if changed is not None or self._style is not self._old_style:
            old = properties if changed is None else changed.find(R_PR)
            before = (0, bool(self._old_style.look.hidden), False)
            if old is not None:
                before = self._reader.marks.read(old, self._old_style)
            self._old_marks = before[0]
            self._hidden = (AFTER if hidden else 0) | (BEFORE if before[1] else 0)
        if struck:
            self._reader.counts[Warned.STRUCK_TEXT, ""] += 1

    def _read_inner(self, container: etree._Element) -> None:
        stack = [iter(children(container))]
        while stack:
            for element in stack[-1]:
                inner = self._read_piece(element)
                if inner is not None:
                    stack.append(iter(children(inner)))
                    break
            else:
                stack.pop()

    def _read_piece(self, element: etree._Element) -> etree._Element | None:
        """Take in one child of a run; return a container to open, if it is one."""
        tag, inline = element.tag, self._inline
        if tag in _TEXTS:
            self._add(_shown(element))
        elif tag == _FIELD_CHAR:
            if self._mask:
                self._reader.judge(self._fields.sign(element.get(_FIELD_KIND), self._mask))
                inline.in_contents |= self._fields.in_contents
        elif tag in _INSTRUCTIONS:
            self._fields.instruct(element.text or "")
        elif tag in _LETTERS:
            self._add(_LETTERS[tag])
        elif tag == _BREAK:
            if element.get(_BREAK_KIND, "textWrapping") == "textWrapping":
                self._add(LINE_BREAK)
        elif tag in _NOTES:
            shown = self._mask & ~self._fields.covered
            name = f"{_NOTES[tag]}:{element.get(ID)}"
            if shown:
                self._reader.noted.add(name)
            if shown or not self._mask:
                inline.is_same = inline.is_same and shown == BOTH
                inline.atoms.append((NOTE, 0, name, shown, self._revision))
        elif tag not in _SILENT:
            return self._read_rare_piece(element)
        return None

    def _read_rare_piece(self, element: etree._Element) -> etree._Element | None:
        tag, inline = element.tag, self._inline
        if tag == _SYMBOL:
            self._add(_sign(element.get(_CHAR, "")))
        elif tag == ALTERNATE:
            return branch(element)
        elif tag in _PICTURES:
            boxes = list(outer_boxes(element))
            inline.boxes += [(box, self._mask) for box in boxes]
            if not boxes:
                inline.objects.append((_PICTURES[tag], description(element), self._mask))
        elif tag == _RUBY_ABOVE:
            inline.unclear.append((Unclear.RUBY, words_in(element), self._mask))
        elif tag in _OPEN or tag == R:
            return element
        elif tag in _ANCHORS:
            inline.anchors.append((_ANCHORS[tag], element.get(ID, ""), len(inline.atoms)))
            self._reader.counts[Warned.COMMENTS, ""] += 1
        elif words_in(element):
            inline.unclear.append((Unclear.UNKNOWN_CONTENT, words_in(element), self._mask))
        return None

    def _add(self, written: str | None) -> None:
        """Take in characters; a line feed in the file's own layout is a space."""
        if not written:
            return
        written = _one_line(written)
        mask, inline = self._mask, self._inline
        if written[0] == JOINER and not inline.atoms:
            written = written.lstrip(JOINER)
            if not written:
                return
        out = self._hidden | self._fields.covered
        if out & mask:
            covered = mask & self._fields.covered & ~self._hidden
            if mask & self._hidden:
                inline.unclear.append((Unclear.HIDDEN_TEXT, written, mask & self._hidden))
            if covered:
                inline.unclear.append((Unclear.FIELD_CODE, written, covered))
            mask &= ~out
            inline.is_same = False
            if not mask:
                return
        if self._marks == self._old_marks or not mask:
            inline.atoms.append((written, self._marks, None, mask, self._revision))
            return
        inline.is_same = False
        for marks, view in ((self._old_marks, BEFORE), (self._marks, AFTER)):
            if mask & view:
                inline.atoms.append((written, marks, None, view, self._revision))


def _one_line(written: str) -> str:
    if "\n" in written or "\r" in written:
        return written.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return written


def _shown(element: etree._Element) -> str | None:
    """Return characters as Word shows them: white space at their ends only where the file says that it is kept."""
    written: str | None = element.text
    if not written or (written[0] not in _SPACES and written[-1] not in _SPACES):
        return written
    kept = element.get(_SPACE) or element.getroottree().getroot().get(_SPACE)
    return written if kept == "preserve" else written.strip(_SPACES)


def _sign(code: str) -> str:
    """Return the sign of a w:sym by its hexadecimal code; the replacement character where that is no code."""
    try:
        at = int(code, 16)
        return _SYMBOL_SIGNS.get(at, chr(at))
    except (ValueError, OverflowError):
        return "\ufffd"
