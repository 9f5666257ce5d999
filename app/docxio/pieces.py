"""Provisions while they are being read: changeable, without keys, with what was noticed on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.docxio.blocks import Line
from app.docxio.stories import Paragraph, Row, Table
from app.docxio.understanding import Confidence, RecognisedBy, Unclear
from app.text.provision import TEXT, Content, Kind


@dataclass(slots=True, eq=False)
class Piece:
    """A provision to be; notes in its runs are still named as the file names them."""

    kind: Kind
    parts: dict[str, Content] = field(default_factory=dict)
    label: str = ""
    level: int = 0
    columns: tuple[str, ...] = ()
    by: RecognisedBy = RecognisedBy.PLAIN
    sure: Confidence = Confidence.SURE
    anchor: object = None
    """The row, table or note it was read from; None: lines alone."""
    lines: dict[str, list[Line]] = field(default_factory=dict)
    """Name of a part to the lines it was read from."""
    heads: list[Row] = field(default_factory=list)
    """The rows that a table's column headings stand in."""

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph it was read from, in reading order."""
        return [p for lines in self.lines.values() for line in lines for p in line.paragraphs]


@dataclass(slots=True)
class Remark:
    """Something not understood, beside the piece it belongs to; None: before the first."""

    piece: Piece | None
    what: Unclear
    excerpt: str


def places(keys: Mapping[Piece, str]) -> dict[object, tuple[str, str]]:
    """Return each paragraph, row and table that pieces were read from, to the key and the cell it stands in.

    The cell is empty for a provision's own words.
    """
    found: dict[object, tuple[str, str]] = {}
    for piece, key in keys.items():
        if isinstance(piece.anchor, (Row, Table)):
            found[piece.anchor] = (key, "")
        for row in piece.heads:
            found[row] = (key, "")
        for name, lines in piece.lines.items():
            place = (key, "" if name == TEXT else name)
            for line in lines:
                for paragraph in line.paragraphs:
                    found.setdefault(paragraph, place)
    return found
