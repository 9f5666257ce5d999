"""Provisions while they are being read: changeable, without keys, with what was noticed on the way."""

from dataclasses import dataclass, field

from app.docxio.understanding import Confidence, RecognisedBy, Unclear
from app.text.provision import Content, Kind


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


@dataclass(slots=True)
class Remark:
    """Something not understood, beside the piece it belongs to; None: before the first."""

    piece: Piece | None
    what: Unclear
    excerpt: str
