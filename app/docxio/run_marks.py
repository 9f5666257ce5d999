"""The marks of a run: what it says itself, what its character style says, beyond its paragraph's style."""

from typing import TypeVar

from lxml import etree

from app.docxio.word_styles import LOOKS, Look, Style, Styles, look_of
from app.docxio.wordml import VAL, children
from app.text.runs import Marks

_Said = TypeVar("_Said")
_Said_Properties = tuple[tuple[str, str | None], ...]


class RunMarks:
    """Reads run properties; a file repeats few of them many times, so each is judged once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[tuple[int, _Said_Properties], tuple[int, bool, bool]] = {}

    def read(self, properties: etree._Element, style: Style) -> tuple[int, bool, bool]:
        """Return a run's marks beyond its paragraph style's, whether it is hidden, whether it is struck through."""
        said = tuple([(child.tag, child.get(VAL)) for child in children(properties) if child.tag in LOOKS])
        key = (id(style), said)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judged(look_of(properties), style)
        return known

    def _judged(self, own: Look, style: Style) -> tuple[int, bool, bool]:
        """Judge what a run says.

        What the run says itself holds before its character style. A character style's bold inside a
        bold paragraph style toggles it off (ISO 29500 17.7.3), so neither is a mark there.
        """
        base = style.look
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
        return int(marks), bool(_first(own.hidden, named.hidden, base.hidden)), bool(own.struck)


def _first(*said: _Said | None) -> _Said | None:
    return next((s for s in said if s is not None), None)
