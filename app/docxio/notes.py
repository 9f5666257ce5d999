"""Footnotes and endnotes: each becomes a provision under the one that refers to it."""

from collections.abc import Iterator

from lxml import etree

from app.docxio.blocks import Line, Lines
from app.docxio.number_formats import spell
from app.docxio.package import Package
from app.docxio.pieces import Piece, Remark
from app.docxio.stories import Story, StoryReader
from app.docxio.understanding import RecognisedBy, Unclear
from app.docxio.wordml import ID, T, value, w
from app.text.provision import TEXT, Kind
from app.text.runs import PARAGRAPH_BREAK, Run, text

_TYPE, _FORM = w("type"), w("numFmt")
_KINDS = (
    ("footnote", "footnotes", w("footnote"), w("footnotePr"), "decimal"),
    ("endnote", "endnotes", w("endnote"), w("endnotePr"), "lowerRoman"),
)


class NoteParts:
    """The notes of a file by the name ``"footnote:ID"`` or ``"endnote:ID"``; each is read once."""

    def __init__(self, package: Package, stories: StoryReader) -> None:
        self._stories = stories
        self._read: dict[str, Story] = {}
        self.elements: dict[str, etree._Element] = {}
        self.parts: dict[str, str] = {}
        """Kind to the name of the part in the package."""
        self.roots: dict[str, etree._Element] = {}
        """Name of a part to its root."""
        self.forms: dict[str, str] = {}
        """Kind to the format its numbers have."""
        settings = package.related("settings")
        for kind, purpose, tag, properties, form in _KINDS:
            root = package.related(purpose)
            own = None if settings is None else settings.find(properties)
            self.forms[kind] = value(own, _FORM) or form
            if root is not None:
                self.parts[kind] = package.names(purpose)[0]
                self.roots[self.parts[kind]] = root
                for element in root.iterchildren(tag):
                    if element.get(_TYPE, "normal") == "normal":
                        self.elements[f"{kind}:{element.get(ID)}"] = element

    @property
    def noted(self) -> set[str]:
        """Names of the notes that any shown words of the body refer to, in whatever view."""
        return self._stories.inline.noted

    def story(self, name: str) -> Story:
        """Return a note's paragraphs and tables."""
        if name not in self._read:
            inline = self._stories.inline
            inline.fields.close()
            noted = set(inline.noted)
            self._read[name] = self._stories.read(self.elements[name])
            inline.noted = noted  # notes on notes are not taken in: they are told as if nothing referred to them
            inline.fields.close()
        return self._read[name]


class Notes:
    """The notes of one view, numbered in the order of reference; each is taken once."""

    def __init__(self, parts: NoteParts, lines: Lines) -> None:
        self._parts = parts
        self._lines = lines
        self._counts: dict[str, int] = {}
        self._taken: set[str] = set()

    def take(self, name: str) -> tuple[Piece, list[Remark]] | None:
        """Return a note's piece; None where the file has no such note, or it was taken before.

        The piece's ``columns`` and ``anchor`` hold the name.
        """
        if name in self._taken or name not in self._parts.elements:
            return None
        self._taken.add(name)
        kind = name.partition(":")[0]
        self._counts[kind] = self._counts.get(kind, 0) + 1
        label = spell(self._counts[kind], self._parts.forms[kind])
        piece = Piece(Kind.FOOTNOTE, label=label, columns=(name,), by=RecognisedBy.STRUCTURE, anchor=name)
        remarks: list[Remark] = []
        words: list[Run | str] = []
        for line in self._lines_of(name, piece, remarks):
            piece.lines.setdefault(TEXT, []).append(line)
            if line.text:
                words += [*([PARAGRAPH_BREAK] if words else []), *(run for run in line.text if run.note is None)]
            remarks += [Remark(piece, what, excerpt) for what, excerpt in (*line.unclear, *line.objects)]
        content = text(*words)
        if content:
            piece.parts[TEXT] = content
        return piece, remarks

    def unused(self) -> list[Remark]:
        """Return a remark for each note that nothing refers to, in either view, and that holds words."""
        found = (
            "".join(t.text or "" for t in element.iter(T))
            for name, element in self._parts.elements.items()
            if name not in self._parts.noted
        )
        return [Remark(None, Unclear.NOTE_UNUSED, words) for words in found if words.strip()]

    def _lines_of(self, name: str, piece: Piece, remarks: list[Remark]) -> list[Line]:
        """Return the lines of a note; those of its tables and boxes too, one after the other."""
        lines: list[Line] = []
        for block in self._lines.of(self._parts.story(name)):
            if isinstance(block, Line):
                lines.append(block)
                inner, what = [line for _, box in block.boxes for line in self._within(box)], Unclear.TEXT_BOX
            else:
                inner, what = list(self._within([block])), Unclear.NESTED_TABLE
            if inner:
                remarks.append(Remark(piece, what, " ".join(line.words.plain for line in inner if line.text)))
                lines += inner
        return lines

    def _within(self, story: Story) -> Iterator[Line]:
        """Yield every line of a story, those of tables and boxes in it too."""
        for block in self._lines.of(story):
            if isinstance(block, Line):
                yield block
                for _, box in block.boxes:
                    yield from self._within(box)
                continue
            for row in block.rows:
                for cell in row.cells:
                    yield from self._within(cell.story)
