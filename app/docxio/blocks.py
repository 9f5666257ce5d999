"""The lines of a story in one view: paragraphs as they stand once tracked changes are accepted or rejected."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from app.docxio.atoms import BEFORE, View
from app.docxio.line_text import LineText, stripped
from app.docxio.stories import Aside, Paragraph, Story, Table
from app.docxio.understanding import Unclear
from app.docxio.word_numbering import Label, Numbering
from app.docxio.word_styles import Style
from app.text.runs import Text, text


@dataclass(slots=True, eq=False)
class Line:
    """One paragraph as it stands in a view; a paragraph whose mark is gone stands in the following one's line."""

    paragraphs: tuple[Paragraph, ...]
    words: LineText
    """White space at the ends gone."""
    style: Style
    label: Label | None = None
    outline: int | None = None
    justification: str = ""
    indent: int | None = None
    in_contents: bool = False
    objects: list[tuple[Unclear, str]] = field(default_factory=list)
    unclear: list[tuple[Unclear, str]] = field(default_factory=list)
    boxes: list[tuple[etree._Element, Story]] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether neither its style nor its outline makes it a title or a heading."""
        return self.outline is None and self.style.heading_level is None and not self.style.is_title

    @property
    def text(self) -> Text:
        """Its words."""
        return self.words.text


class Lines:
    """The lines of one view; its lists count on from line to line, so ask for each story once, in reading order."""

    def __init__(self, view: View, numbering: Numbering) -> None:
        self.view: View = view
        self._numbering = numbering

    def of(self, story: Story) -> Iterator[Line | Table]:
        """Yield lines and tables; what a paragraph without mark leaves at the end is a line of its own."""
        waiting: list[Paragraph] = []
        for block in story:
            if not block.mask & self.view:
                continue
            if isinstance(block, Paragraph):
                waiting.append(block)
                if block.mark & self.view:
                    yield self._line(waiting)
                    waiting = []
                continue
            if waiting:
                yield self._line(waiting)
                waiting = []
            if isinstance(block, Aside):
                yield self._aside(block)
            else:
                yield block
        if waiting:
            yield self._line(waiting)

    def alone(self, paragraph: Paragraph) -> Line:
        """Return a paragraph as a line, whatever becomes of its mark."""
        return self._line([paragraph])

    def _line(self, paragraphs: list[Paragraph]) -> Line:
        view, last = self.view, paragraphs[-1]
        if len(paragraphs) == 1:
            words = last.inline.line_text(view)
        else:
            words = LineText(stripped(text(*[run for p in paragraphs for run in p.inline.text(view)])))
        said, style = (last.old, last.old_style) if view == BEFORE else (last.properties, last.style)
        line = Line(tuple(paragraphs), words, style)
        label = line.label = self._numbering.label(said, style)
        line.justification = said.justification or style.justification or ""
        line.outline = style.outline
        if said.outline is not None and said.outline.isdigit():
            line.outline = int(said.outline)
        line.indent = style.indent
        if said.indent is not None:
            line.indent = said.indent
        elif label is not None and label.indent is not None:
            line.indent = label.indent
        for paragraph in paragraphs:
            self._take_rest(paragraph, line)
        return line

    def _take_rest(self, paragraph: Paragraph, line: Line) -> None:
        """Take in what stands in a paragraph beside its characters."""
        inline, view = paragraph.inline, self.view
        if inline.in_contents & view:
            line.in_contents = True
        if inline.objects:
            line.objects += [(what, words) for what, words, mask in inline.objects if mask & view]
        if inline.unclear:
            line.unclear += [(what, words) for what, words, mask in inline.unclear if mask & view]
        if paragraph.boxes:
            line.boxes += [(paragraph.element, box) for box, mask in paragraph.boxes if mask & view]

    def _aside(self, aside: Aside) -> Line:
        line = Line((), LineText(()), Style())
        found = line.objects if aside.what is Unclear.EQUATION else line.unclear
        found.append((aside.what, aside.excerpt))
        return line
