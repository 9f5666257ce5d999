"""The body of a paper: paragraphs and tables in order, wide tables on turned pages of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.docxio import oxml
from app.docxio.frame import Frame

BREAK = "Chapeau Break"
"""Style of the paragraphs that belong to the page, not to the text: one pixel high, never tracked.

They stand before a turned page, after a table and at the end, so that the mark of every
paragraph of the text has an unchanged paragraph after it and can be accepted or rejected away.
"""

_ROWS_KEPT = 2


class Flow:
    """Collects a body; ``finish`` closes it."""

    def __init__(self, frame: Frame) -> None:
        """Begin an empty body in *frame*."""
        self._frame = frame
        self._blocks: list[str] = []
        self._headings = 0
        self._section_start = 0
        self._first = True
        self._turned = False
        self._tracked = False
        self.begins_turned = False
        """Whether the first page is turned; known once the body is finished."""

    def add(self, xml: str, *, heading: bool = False, tracked: bool = False) -> None:
        """Append a paragraph; a *heading* goes with the table that follows it, a *tracked* one may go away."""
        if self._turned:
            self._end_section(turned=True)
        self._blocks.append(xml)
        self._headings = self._headings + 1 if heading else 0
        self._tracked = tracked

    def table(self, xml: str, *, turned: bool) -> None:
        """Append a table, *turned* to landscape or in the run of the page."""
        if self._tracked:
            self.add(self._break(), heading=self._headings > 0)
        if not turned:
            self.add(xml)
            self._blocks.append(self._break())
            return
        if self._turned:
            self._blocks.append(self._break())
        elif (start := len(self._blocks) - self._headings) > self._section_start:
            self._blocks.insert(start, self._break(self._section(turned=False)))
        self._blocks.append(xml)
        self._headings = 0
        self._turned = True

    def position(self) -> int:
        """Return the place after what stands so far, for ``inserting``."""
        return len(self._blocks)

    def keep_with_next(self, position: int) -> None:
        """Keep everything from *position* on the page of what follows; of a table its last two rows.

        These two become a table of their own: a reader may know only whole tables that are kept so.
        """
        kept = self._blocks[position:]
        del self._blocks[position:]
        for block in kept:
            *before, last = oxml.parted(block, _ROWS_KEPT) if block.startswith("<w:tbl>") else (block,)
            for table in before:
                self._blocks += (table, self._break())
            self._blocks.append(oxml.kept_with_next(last))

    @contextmanager
    def inserting(self, position: int) -> Iterator[None]:
        """Append to *position* instead of the end; upright paragraphs and tables only."""
        kept = self._blocks[position:], self._turned, self._headings, self._tracked
        del self._blocks[position:]
        self._turned = self._tracked = False
        yield
        following, self._turned, self._headings, self._tracked = kept
        self._blocks += following

    def end_text(self) -> None:
        """Close the text itself: what follows is about it, and upright."""
        if self._turned:
            self._end_section(turned=True)
        else:
            self._blocks.append(self._break())
        self._headings = 0

    def finish(self) -> str:
        """Return the body with the properties of its last section, which stand at its end."""
        section = self._section(turned=self._turned)
        return "".join(self._blocks) + self._break() + self._frame.tail + section

    def _end_section(self, *, turned: bool) -> None:
        self._blocks.append(self._break(self._section(turned=turned)))
        self._section_start = len(self._blocks)
        self._turned = False

    def _section(self, *, turned: bool) -> str:
        section = self._frame.section(turned=turned, first=self._first)
        self.begins_turned = turned if self._first else self.begins_turned
        self._first = False
        return section

    def _break(self, section: str = "") -> str:
        return oxml.paragraph(self._frame.styles[BREAK], "", section=section)
