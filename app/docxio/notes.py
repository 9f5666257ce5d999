"""Footnotes and endnotes: each becomes a provision under the one that refers to it."""

from lxml import etree

from app.docxio.blocks import Line, StoryReader
from app.docxio.number_formats import spell
from app.docxio.package import Package
from app.docxio.pieces import Piece, Remark
from app.docxio.understanding import RecognisedBy, Unclear
from app.docxio.wordml import ID, TABLE, P, T, value, w
from app.text.provision import TEXT, Kind
from app.text.runs import PARAGRAPH_BREAK, Run, plain, text

_TYPE, _FORM = w("type"), w("numFmt")
_KINDS = (("footnote", "footnotes", w("footnote"), w("footnotePr"), "decimal"),)
_KINDS += (("endnote", "endnotes", w("endnote"), w("endnotePr"), "lowerRoman"),)


class Notes:
    """The notes of a file by the name ``"footnote:ID"`` or ``"endnote:ID"``; each is taken once."""

    def __init__(self, package: Package, story: StoryReader) -> None:
        self._story = story
        self._elements: dict[str, etree._Element] = {}
        self._forms: dict[str, str] = {}
        self._taken: dict[str, int] = {}
        settings = package.related("settings")
        for kind, purpose, tag, properties, form in _KINDS:
            root = package.related(purpose)
            own = None if settings is None else settings.find(properties)
            self._forms[kind] = value(own, _FORM) or form
            for element in () if root is None else root.iterchildren(tag):
                if element.get(_TYPE, "normal") == "normal":
                    self._elements[f"{kind}:{element.get(ID)}"] = element

    def take(self, name: str) -> tuple[Piece, list[Remark]] | None:
        """Return a note's piece, numbered in the order of reference; None where the file has no such note.

        The piece's ``columns`` hold the name, until keys are minted.
        """
        element = self._elements.pop(name, None)
        if element is None:
            return None
        kind = name.partition(":")[0]
        self._taken[kind] = self._taken.get(kind, 0) + 1
        label = spell(self._taken[kind], self._forms[kind])
        piece = Piece(Kind.FOOTNOTE, label=label, columns=(name,), by=RecognisedBy.STRUCTURE)
        remarks: list[Remark] = []
        lines: list[Run | str] = []
        self._story.inline.close_fields()
        for line in self._lines(element, piece, remarks):
            if line.text:
                lines += [*([PARAGRAPH_BREAK] if lines else []), *(run for run in line.text if run.note is None)]
            remarks += [Remark(piece, what, words) for what, words in (*line.inline.unclear, *line.inline.objects)]
        words = text(*lines)
        if words:
            piece.parts[TEXT] = words
        return piece, remarks

    def unused(self) -> list[Remark]:
        """Return a remark for each note that nothing refers to and that holds words."""
        found = ((name, "".join(t.text or "" for t in e.iter(T))) for name, e in self._elements.items())
        return [Remark(None, Unclear.NOTE_UNUSED, words) for _, words in found if words.strip()]

    def _lines(self, element: etree._Element, piece: Piece, remarks: list[Remark]) -> list[Line]:
        """Return the paragraphs of a note; those of a table in it too, one after the other."""
        lines: list[Line] = []
        for block in self._story.blocks(element):
            if isinstance(block, Line):
                lines.append(block)
                continue
            cells = [
                inner
                for paragraph in block.iter(P)
                if next(paragraph.iterancestors(TABLE), None) is block
                for inner in self._story.blocks(_alone(paragraph))
                if isinstance(inner, Line)
            ]
            remarks.append(Remark(piece, Unclear.NESTED_TABLE, " ".join(plain(c.text) for c in cells)))
            lines += cells
        return lines


def _alone(paragraph: etree._Element) -> etree._Element:
    story = etree.Element("story")
    story.append(paragraph)
    return story
