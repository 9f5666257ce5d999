"""The characters of one paragraph of a file that is written into: which run, which piece of XML each comes from.

Counted exactly as ``inline.InlineReader`` reads a paragraph without tracked changes: one for each character of
``w:t``, each tab, break, sign and note; nothing for hidden words and field codes.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, field

from app.docxio.own_text import tags
from app.docxio.wordml import JOINER
from app.text.runs import LINE_BREAK, NOTE, TAB

_TOKEN = re.compile(r"<(/?)([\w:.-]+)((?:\s[^<>]*?)?)(/?)>")
_LETTERS = {
    "w:tab": TAB,
    "w:ptab": TAB,
    "w:cr": LINE_BREAK,
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
    "w:footnoteReference": NOTE,
    "w:endnoteReference": NOTE,
    "w:sym": "\ufffd",
}
_OPEN = frozenset(
    ("w:hyperlink", "w:smartTag", "w:customXml", "w:fldSimple", "w:dir", "w:bdo", "w:sdt", "w:sdtContent")
)
_BREAK_KIND = re.compile(r'\sw:type="(?!textWrapping")')
_FIELD_MARK = re.compile(r'<w:fldChar\b[^<>]*?w:fldCharType="(\w+)"')
_FIELD_KIND = re.compile(r'w:fldCharType="(\w+)"')
_PIECES = re.compile(r"&[^;]+;|.", re.DOTALL)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufffc\ud800-\udfff]")
_VANISH = re.compile(r'<w:vanish(?:\s+w:val="(\w+)")?\s*/>')
_STYLE = re.compile(r'<w:rStyle\s+w:val="([^"]*)"')
_OFF = ("0", "false", "off", "none")
_SOFT = frozenset({"w:lastRenderedPageBreak", "w:proofErr", "w:noBreak"})


@dataclass(slots=True)
class Piece:
    """One child of a run.

    Attributes:
        start: Its first character's place in the paragraph.
        count: How many characters it stands for; 0 for pictures, field characters and the like.
        at: Where it begins in the part, *end* where it ends.
        text: For a ``w:t``, what stands in it, as written.
        field: For parts of a field, the number of the field in the paragraph; -1 for others.
    """

    name: str
    start: int
    count: int
    at: int
    end: int
    text: str = ""
    field: int = -1

    @property
    def is_soft(self) -> bool:
        """Whether it may go with the characters around it."""
        return self.name in _SOFT


@dataclass(slots=True)
class OwnRun:
    """A run: its place in the part, its properties as written, what it stands in, how many fields deep."""

    at: int
    end: int = 0
    properties: str = ""
    containers: tuple[int, ...] = ()
    depth: int = 0
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Characters:
    """What was found in a paragraph.

    Attributes:
        runs: In order.
        text: The characters; a sign of a symbol font as U+FFFD.
        at: Where the content begins in the part, after the paragraph properties; *end* where it ends.
        properties: The ``w:pPr`` as written, with its place.
        objects: Whether it holds pictures, equations or text boxes.
    """

    runs: list[OwnRun]
    text: str
    at: int
    end: int
    properties: tuple[int, int]
    objects: bool


class Walker:
    """Walks the paragraphs of one part; knows which fields run from one into the next."""

    def __init__(self, written: str, hidden_styles: Collection[str] = ()) -> None:
        """*hidden_styles*: ids of the styles that hide words."""
        self._written = written
        self._hidden = hidden_styles
        root = re.search(r"<w:\w+\s[^<>]*>", written)
        self._keeps_space = root is not None and 'xml:space="preserve"' in root[0]
        self._open: list[tuple[int, tuple[bool, ...]]] = [(-1, ())]
        open_: list[bool] = []
        for found in _FIELD_MARK.finditer(written):
            _step(open_, found[1])
            self._open.append((found.start(), tuple(open_)))

    def walk(self, start: int, end: int) -> Characters:
        """Return the characters of the paragraph from *start* to *end*."""
        walk = _Walk(self._written, start, end, self._open_before(start), self._hidden, keeps_space=self._keeps_space)
        return walk.done()

    def _open_before(self, place: int) -> list[bool]:
        """Return the fields open at a place, each with whether its result has begun."""
        return list(self._open[bisect_left(self._open, (place,)) - 1][1])


def _step(open_: list[bool], kind: str) -> None:
    if kind == "begin":
        open_.append(False)
    elif open_ and kind == "separate":
        open_[-1] = True
    elif open_ and kind == "end":
        open_.pop()


class _Walk:
    def __init__(
        self,
        written: str,
        start: int,
        end: int,
        fields: list[bool],
        hidden: Collection[str],
        *,
        keeps_space: bool,
    ) -> None:
        self._written = written
        self._keeps_space = keeps_space
        self._end = end
        self._fields = fields
        self._numbers: list[int] = [-2] * len(fields)
        self._count = 0
        self._hidden_styles = hidden
        self._text: list[str] = []
        self._length = 0
        self._runs: list[OwnRun] = []
        self._containers: list[int] = []
        self._objects = False
        self._properties = (0, 0)
        opened = _TOKEN.match(written, start)
        assert opened is not None
        self._at = opened.end()
        self._is_empty = bool(opened[4])

    def done(self) -> Characters:
        """Walk to the end."""
        begin = self._at
        if self._is_empty:
            return Characters([], "", self._end, self._end, (self._end, self._end), False)
        while True:
            token = _TOKEN.search(self._written, self._at, self._end)
            if token is None:
                raise AssertionError("paragraph without end")
            self._at = token.end()
            if token[1]:
                if token[2] == "w:p":
                    break
                if self._containers:
                    self._containers.pop()
                continue
            self._open(token)
        if self._properties == (0, 0):
            self._properties = (begin, begin)
        return Characters(
            self._runs, "".join(self._text), self._properties[1], token.start(), self._properties, self._objects
        )

    def _open(self, token: re.Match[str]) -> None:
        name = token[2]
        if name == "w:r":
            if not token[4]:
                self._run(token)
        elif name == "w:pPr":
            self._properties = (token.start(), self._skip(token))
        elif name == "mc:AlternateContent":
            self._choose(token, None)
        elif name in ("m:oMath", "m:oMathPara"):
            self._objects = True
            self._skip(token)
        elif name in _OPEN:
            if not token[4]:
                self._containers.append(token.start())
        else:
            self._skip(token)

    def _skip(self, token: re.Match[str]) -> int:
        """Go past an element and return its end."""
        if token[4]:
            return token.end()
        name, inside = token[2], token.end()
        end_tag = f"</{name}>"
        closing = self._written.find(end_tag, inside, self._end)
        if closing >= 0 and self._written.find(name, inside, closing) < 0:  # no other of the name in it
            self._at = closing + len(end_tag)
            return self._at
        depth = 1
        for found in tags(name).finditer(self._written, inside, self._end):
            depth += -1 if found[1] else (0 if found[2] else 1)
            if depth == 0:
                self._at = found.end()
                return found.end()
        raise AssertionError("element without end")

    def _choose(self, token: re.Match[str], run: OwnRun | None) -> None:
        """Go past both branches of an alternative: what stands in them is an object here."""
        self._objects = True
        start, end = token.start(), self._skip(token)
        if run is not None:
            run.pieces.append(Piece(token[2], self._length, 0, start, end))

    def _run(self, token: re.Match[str]) -> None:
        run = OwnRun(token.start(), containers=tuple(self._containers))
        run.depth = sum(self._fields)
        while True:
            inner = _TOKEN.search(self._written, self._at, self._end)
            assert inner is not None
            self._at = inner.end()
            if inner[1]:
                break
            if inner[2] == "w:rPr":
                run.properties = self._written[inner.start() : self._skip(inner)]
            else:
                self._piece(inner, run)
        run.end = inner.end()
        run.depth = max(run.depth, sum(self._fields))
        self._runs.append(run)

    def _piece(self, token: re.Match[str], run: OwnRun) -> None:
        name, start = token[2], token.start()
        if name == "mc:AlternateContent":
            self._choose(token, run)
            return
        end = self._skip(token)
        piece = Piece(name, self._length, 0, start, end)
        run.pieces.append(piece)
        if name == "w:t":
            closing = end - len("</w:t>")
            piece.text = self._written[token.end() : closing] if not token[4] else ""
            if 'xml:space="preserve"' not in token[3] and not self._keeps_space:
                piece.text = piece.text.strip(" \t\r\n")
            if not self._length:
                piece.text = piece.text.lstrip(JOINER)
            self._say(piece, run, decoded(piece.text))
        elif name == "w:fldChar":
            self._field(piece, _FIELD_KIND.search(token[0]))
        elif name in ("w:instrText", "w:delInstrText"):
            piece.field = self._numbers[-1] if self._numbers else -1
        elif name in _LETTERS:
            self._say(piece, run, _LETTERS[name])
        elif name == "w:br":
            self._say(piece, run, "" if _BREAK_KIND.search(token[3]) else LINE_BREAK)
        elif name == "w:ruby":
            base = self._written[self._written.find("<w:rubyBase", start) : end]
            self._say(piece, run, decoded("".join(re.findall(r"<w:t(?:\s[^<>]*)?>([^<]*)</w:t>", base))))
        elif name in ("w:drawing", "w:pict", "w:object"):
            self._objects = True

    def _say(self, piece: Piece, run: OwnRun, letters: str) -> None:
        if not letters or not all(self._fields) or self._is_hidden(run.properties):
            return
        piece.count = len(letters)
        self._text.append(letters)
        self._length += len(letters)

    def _field(self, piece: Piece, kind: re.Match[str] | None) -> None:
        if kind is None:
            return
        if kind[1] == "begin":
            self._numbers.append(self._count)
            self._count += 1
        piece.field = self._numbers[-1] if self._numbers else -1
        if kind[1] == "end" and self._numbers:
            self._numbers.pop()
        _step(self._fields, kind[1])

    def _is_hidden(self, properties: str) -> bool:
        own = _VANISH.search(properties)
        if own is not None:
            return own[1] not in _OFF
        style = _STYLE.search(properties)
        return style is not None and style[1] in self._hidden_styles


def decoded(written: str) -> str:
    """Return the characters of XML content, without those that no text takes."""
    found = html.unescape(written) if "&" in written else written
    return _FORBIDDEN.sub("", found) if _FORBIDDEN.search(found) else found


def part_of(written: str, start: int, end: int) -> str:
    """Return XML content from one of its characters to another, as written."""
    if "&" not in written and not _FORBIDDEN.search(written):
        return written[start:end]
    letters: list[str] = []
    for piece in _PIECES.findall(written):
        if decoded(piece) or not letters:
            letters.append(piece)
    return "".join(letters[start:end])
