"""The body, a cell, a box or a note as paragraphs and tables, read once for both views of the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from app.docxio.atoms import BOTH, CONTROLS, MASKS, SORTS, Inline, Revision, Sort
from app.docxio.drawings import branch, words_in
from app.docxio.equations import equation_words
from app.docxio.inline import InlineReader
from app.docxio.understanding import Unclear
from app.docxio.word_properties import NO_PROPERTIES, Properties, PropertiesReader
from app.docxio.word_styles import Style, Styles
from app.docxio.wordml import (
    ALTERNATE,
    CELL,
    EQUATION,
    EQUATION_BLOCK,
    ID,
    P_PR,
    ROW,
    SDT,
    SDT_CONTENT,
    TABLE,
    P,
    R,
    children,
    w,
)

_OPEN = frozenset({w("customXml"), w("sdtContent"), w("smartTag"), w("txbxContent")})
_IMPORTED = w("altChunk")
_ASTRAY = frozenset({R, w("hyperlink"), w("fldSimple")})
"""What holds words and has no place between paragraphs; broken files put it there."""
_BLOCKS = frozenset({P, TABLE, _IMPORTED, EQUATION, EQUATION_BLOCK}) | _ASTRAY
_ROWS, _CELLS = frozenset({ROW}), frozenset({CELL})
_NAME, _BOOKMARK = w("name"), w("bookmarkStart")
_MOVE_STARTS = frozenset({w("moveFromRangeStart"), w("moveToRangeStart")})
_MOVE_ENDS = frozenset({w("moveFromRangeEnd"), w("moveToRangeEnd")})
_ANCHORS = {w("commentRangeStart"): "start", w("commentRangeEnd"): "end"}
_TABLE_PR, _GRID, _ROW_PR, _CELL_PR = w("tblPr"), w("tblGrid"), w("trPr"), w("tcPr")
_EXCEPTION_PR = w("tblPrEx")
_CELL_ADDED, _CELL_REMOVED, _CELL_MERGED = w("cellIns"), w("cellDel"), w("cellMerge")
_FORMATS = frozenset(
    map(w, ["tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange", "sectPrChange"])
) | {_CELL_MERGED}
_FORMAT = Sort.FORMAT
_ROW_CHANGED, _CELL_CHANGED = w("trPrChange"), w("tcPrChange")


@dataclass(slots=True, eq=False)
class Paragraph:
    """One ``w:p``."""

    element: etree._Element
    inline: Inline
    properties: Properties
    """Where changes are accepted."""
    old: Properties
    """Where changes are rejected."""
    style: Style
    old_style: Style
    mask: int = BOTH
    """The views it stands in, by what holds it."""
    mark: int = BOTH
    """The views its paragraph mark stands in; where it does not, its words join the following paragraph."""
    revisions: list[Revision] = field(default_factory=list)
    """Those of its mark and its properties."""
    move: str = ""
    """Name of the move that takes it away or brings it."""
    boxes: list[tuple["Story", int]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Cell:
    """One ``w:tc``; the properties are those where changes are accepted and where they are rejected."""

    element: etree._Element
    properties: etree._Element | None
    old: etree._Element | None
    story: "Story"
    mask: int = BOTH
    revisions: list[Revision] = field(default_factory=list)
    is_changed: bool = False


@dataclass(slots=True, eq=False)
class Row:
    """One ``w:tr``."""

    element: etree._Element
    properties: etree._Element | None
    cells: list[Cell] = field(default_factory=list)
    mask: int = BOTH
    revisions: list[Revision] = field(default_factory=list)
    move: str = ""


@dataclass(slots=True, eq=False)
class Table:
    """One ``w:tbl``."""

    element: etree._Element
    rows: list[Row] = field(default_factory=list)
    mask: int = BOTH
    revisions: list[Revision] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    is_same: bool = False
    """Whether nothing in it was changed, words, look or cells."""


@dataclass(slots=True, eq=False)
class Aside:
    """An equation, an imported file or stray words between paragraphs."""

    what: Unclear
    excerpt: str
    mask: int = BOTH


Block: TypeAlias = Paragraph | Table | Aside
Story: TypeAlias = list[Block]


class StoryReader:
    """Reads stories in reading order."""

    def __init__(self, styles: Styles, plain: Sequence[Inline] = ()) -> None:
        self.inline = InlineReader(styles, plain)
        self._styles = styles
        self._properties = PropertiesReader()
        self._moves: dict[str, str] = {}
        """Open moves: id to name."""
        self._holds_moves = False
        self._bookmarks: list[str] = []
        """Names of bookmarks that begin between paragraphs, for the next one."""
        self._anchors: list[tuple[str, str, int]] = []
        self._controls: list[Revision] = []
        """Changes of content controls that begin between paragraphs, for the next one."""
        self.tracked = 0
        """Changes of words, marks, rows and cells met so far; changes of the look are not counted."""
        self._revisions = 0
        """Changes of any sort met so far."""

    def read(self, story: etree._Element, mask: int = BOTH) -> Story:
        """Return the blocks of a story; text boxes are read after the paragraph that holds them."""
        self._holds_moves = next(story.iter(*_MOVE_STARTS, *_MOVE_ENDS), None) is not None
        return self._read(story, mask)

    def _read(self, story: etree._Element, mask: int) -> Story:
        found: Story = []
        for element, inside in self._found_in(story, _BLOCKS, mask):
            if element.tag == P:
                found.append(self._paragraph(element, inside))
            elif element.tag == TABLE:
                found.append(self._table(element, inside))
            elif element.tag == _IMPORTED:
                found.append(Aside(Unclear.IMPORTED_PART, "", inside))
            elif element.tag not in _ASTRAY:
                versions = equation_words(element, inside)
                found += [Aside(Unclear.EQUATION, written, mask) for written, mask in versions]
                self._revisions += any(mask != inside for _, mask in versions)
            elif words := words_in(element):
                found.append(Aside(Unclear.UNKNOWN_CONTENT, words, inside))
        self._end(found)
        return found

    def _end(self, story: Story) -> None:
        """Give what stands after the last paragraph of a story to that paragraph."""
        last = next((block for block in reversed(story) if isinstance(block, Paragraph)), None)
        if last is None or not (self._anchors or self._controls):
            return
        at = len(last.inline.atoms)
        last.inline.anchors += [(kind, name, at) for kind, name, _ in self._anchors if kind == "end"]
        self._anchors = [anchor for anchor in self._anchors if anchor[0] != "end"]
        self._take_controls(last)

    def _take_controls(self, paragraph: Paragraph) -> None:
        paragraph.revisions += self._controls
        self._count(self._controls)
        self._controls = []

    def _found_in(
        self, parent: etree._Element, wanted: frozenset[str], mask: int
    ) -> Iterator[tuple[etree._Element, int]]:
        """Yield the wanted elements of a story, a table or a row in order, every container opened, and their masks."""
        stack = [(iter(children(parent)), mask)]
        while stack:
            elements, inside = stack[-1]
            for element in elements:
                tag = element.tag
                if tag in wanted:
                    yield element, inside
                    continue
                inner = self._inside(element)
                if inner is not None:
                    stack.append((iter(children(inner)), inside & MASKS[SORTS[tag]] if tag in SORTS else inside))
                    break
            else:
                stack.pop()

    def _inside(self, element: etree._Element) -> etree._Element | None:
        tag = element.tag
        if tag in _OPEN or tag in SORTS:
            return element
        if tag == SDT:
            return element.find(SDT_CONTENT)
        if tag == ALTERNATE:
            return branch(element)
        if tag in _ANCHORS:
            self._anchors.append((_ANCHORS[tag], element.get(ID, ""), 0))
        elif tag == _BOOKMARK:
            self._bookmarks.append(element.get(_NAME, ""))
        elif tag in CONTROLS:
            self._controls.append(Revision(element, Sort.FORMAT))
        elif tag in _MOVE_STARTS:
            self._moves[element.get(ID, "")] = element.get(_NAME, "")
        elif tag in _MOVE_ENDS:
            self._moves.pop(element.get(ID, ""), None)
        return None

    def _paragraph(self, element: etree._Element, mask: int) -> Paragraph:
        paragraph = self._read_paragraph(element, mask)
        inline, said = paragraph.inline, paragraph.properties
        if said.marked or said.changed:
            paragraph.revisions = [Revision(e, SORTS[e.tag]) for e in said.marked]
            for revision in paragraph.revisions:
                paragraph.mark &= MASKS[revision.sort]
            paragraph.revisions += [Revision(e, Sort.FORMAT) for e in said.changed]
        if self._bookmarks:
            inline.bookmarks[:0] = self._bookmarks
            self._bookmarks = []
        if self._anchors:
            inline.anchors[:0] = self._anchors
            self._anchors = []
        if inline.revisions or paragraph.revisions:
            self._count(inline.revisions)
            self._count(paragraph.revisions)
            if self._holds_moves or self._moves:
                self._name_move(paragraph)
        if self._controls:
            self._take_controls(paragraph)
        for box, inside in inline.boxes:
            paragraph.boxes.append((self._read(box, inside), inside))
        return paragraph

    def _read_paragraph(self, element: etree._Element, mask: int) -> Paragraph:
        first = element[0] if len(element) else None
        said = NO_PROPERTIES if first is None or first.tag != P_PR else self._properties.read(first)
        old = said.old or said
        style = self._styles.get(said.style_id)
        old_style = style if old is said else self._styles.get(old.style_id)
        inline = self.inline.read(element, style, old_style, mask)
        return Paragraph(element, inline, said, old, style, old_style, mask)

    def _count(self, revisions: list[Revision]) -> None:
        self._revisions += len(revisions)
        self.tracked += len([revision for revision in revisions if revision.sort != _FORMAT])

    def _name_move(self, paragraph: Paragraph) -> None:
        """Note which move a paragraph belongs to; its range may begin in it or before it."""
        for change in paragraph.element.iter(*_MOVE_STARTS, *_MOVE_ENDS):
            if change.tag in _MOVE_STARTS:
                self._moves[change.get(ID, "")] = paragraph.move = change.get(_NAME, "")
            else:
                paragraph.move = self._moves.pop(change.get(ID, ""), "") or paragraph.move
        is_moved = any(r.is_of_a_move for r in (*paragraph.inline.revisions, *paragraph.revisions))
        if not is_moved:
            paragraph.move = ""
        elif not paragraph.move and self._moves:
            paragraph.move = next(reversed(self._moves.values()))

    def _table(self, element: etree._Element, mask: int) -> Table:
        before = self._revisions
        table = Table(element, mask=mask)
        table.bookmarks, self._bookmarks = self._bookmarks, []
        for properties in element.iterchildren(_TABLE_PR, _GRID):
            table.revisions += _formats(properties)
        for row, inside in self._found_in(element, _ROWS, mask):
            table.rows.append(self._row(row, inside))
        self._revisions += len(table.revisions)
        inside_cells = (p for row in table.rows for cell in row.cells for p in paragraphs_in(cell.story))
        table.is_same = mask == BOTH and self._revisions == before and all(p.inline.is_same for p in inside_cells)
        return table

    def _row(self, element: etree._Element, mask: int) -> Row:
        properties = element.find(_ROW_PR)
        row = Row(element, properties, mask=mask, move=next(reversed(self._moves.values()), ""))
        for exception in element.iterchildren(_EXCEPTION_PR):
            row.revisions += _formats(exception)
        for child in () if properties is None else children(properties):
            if child.tag in SORTS:
                row.revisions.append(Revision(child, SORTS[child.tag]))
                row.mask &= MASKS[SORTS[child.tag]]
            elif child.tag == _ROW_CHANGED:
                row.revisions.append(Revision(child, Sort.FORMAT))
        self._count(row.revisions)
        for cell, inside in self._found_in(element, _CELLS, row.mask):
            row.cells.append(self._cell(cell, inside))
        return row

    def _cell(self, element: etree._Element, mask: int) -> Cell:
        properties = element.find(_CELL_PR)
        cell = Cell(element, properties, properties, [], mask)
        for child in () if properties is None else children(properties):
            if child.tag == _CELL_CHANGED:
                cell.old = child.find(_CELL_PR)
                cell.revisions.append(Revision(child, Sort.FORMAT))
            elif child.tag == _CELL_MERGED:
                cell.revisions.append(Revision(child, Sort.FORMAT))
                cell.is_changed = True
            elif child.tag in (_CELL_ADDED, _CELL_REMOVED):
                sort = Sort.ADDED if child.tag == _CELL_ADDED else Sort.REMOVED
                cell.revisions.append(Revision(child, sort))
                cell.mask &= MASKS[sort]
                cell.is_changed = True
        self._count(cell.revisions)
        cell.story = self._read(element, cell.mask)
        return cell


def _formats(properties: etree._Element) -> list[Revision]:
    return [Revision(child, Sort.FORMAT) for child in children(properties) if child.tag in _FORMATS]


def paragraphs_in(story: Story) -> Iterator[Paragraph]:
    """Yield every paragraph of a story in reading order, those of tables and boxes too."""
    for block in story:
        if isinstance(block, Paragraph):
            yield block
            for box, _ in block.boxes:
                yield from paragraphs_in(box)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_in(cell.story)
