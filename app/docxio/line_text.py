"""The words of a line: their characters, and the label that was typed before them."""

from app.docxio.typed_labels import TypedLabel, parse_typed
from app.text.runs import PARAGRAPH_BREAK, Marks, Run, Text, plain

_RAISED = int(Marks.SUPERSCRIPT)
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class LineText:
    """A text as a line holds it; what is to be told of it is found once, whichever view asks.

    Attributes:
        text: The text.
        plain: Its characters.
    """

    __slots__ = ("_is_parsed", "_rest", "_typed", "plain", "text")

    def __init__(self, content: Text) -> None:
        self.text = content
        self.plain = content[0].text if len(content) == 1 else plain(content)
        self._typed: TypedLabel | None = None
        self._is_parsed = False
        self._rest: LineText | None = None

    @property
    def typed(self) -> TypedLabel | None:
        """The label typed at its beginning."""
        if not self._is_parsed:
            self._typed = parse_typed(self._readable())
            self._is_parsed = True
        return self._typed

    @property
    def rest(self) -> "LineText":
        """What follows the typed label; the whole where there is none."""
        if self._rest is None:
            self._rest = self if self.typed is None else LineText(cut(self.text, self.typed.words_at))
        return self._rest

    def _readable(self) -> str:
        """Return the characters with raised digits as raised signs, so that 12 with a small 1 reads as 12¹."""
        written = ""
        for run in self.text:
            written += run.text.translate(_RAISED_DIGITS) if run.marks & _RAISED and not run.note else run.text
        return written


def stripped(content: Text) -> Text:
    """Return a text without white space and breaks at its ends."""
    if not content or not (content[0].text[:1].isspace() or content[-1].text[-1:].isspace()):
        return content
    if len(content) == 1:
        written, marks, note = content[0]
        return (Run(written.strip(), marks, note),) if not written.isspace() else ()
    written = plain(content)
    return cut(content, len(written) - len(written.lstrip()), len(written.rstrip()))


def cut(content: Text, start: int, end: int | None = None) -> Text:
    """Return the characters of a text from *start* to *end*, with their marks."""
    if start == 0 and end is None:
        return content
    if len(content) == 1:
        run = content[0]
        piece = run.text[start:end]
        return (Run(piece, run.marks, run.note),) if piece else ()
    found, passed = [], 0
    for run in content:
        length = len(run.text)
        if start < passed + length and (end is None or passed < end):
            piece = run.text[max(0, start - passed) : None if end is None else end - passed]
            found.append(run if len(piece) == length else Run(piece, run.marks, run.note))
        passed += length
    return tuple(found)


def split_paragraphs(content: Text) -> list[Text]:
    """Return the paragraphs of a cell, at least one; where there is nothing between two breaks, a run without words."""
    found: list[list[Run]] = [[]]
    for run in content:
        first, *others = run.text.split(PARAGRAPH_BREAK) if run.note is None else [run.text]
        found[-1].append(run._replace(text=first))
        found += [[run._replace(text=piece)] for piece in others]
    return [tuple(piece) for piece in found]
