"""What a paragraph is: title, heading, numbered paragraph, item; told from style, outline, label and look."""

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.docxio.blocks import Line
from app.docxio.line_text import LineText
from app.docxio.pieces import Piece
from app.docxio.state_names import StateNames
from app.docxio.typed_labels import LabelStyle, Reading, TypedLabel
from app.docxio.understanding import Confidence, RecognisedBy
from app.docxio.word_numbering import Label
from app.text.provision import STATES, TEXT, Content, Kind
from app.text.runs import Marks, Text, text

_RANKS = {
    LabelStyle.UPPER_LETTER: 0,
    LabelStyle.DECIMAL: 1,
    LabelStyle.HAN_PAREN: 1,
    LabelStyle.DECIMAL_PAREN: 2,
    LabelStyle.LETTER: 3,
    LabelStyle.ROMAN_LOWER: 4,
    LabelStyle.BULLET: 5,
}
_ITEMS = frozenset(_RANKS) - {LabelStyle.DECIMAL}
_NO_HEADING_LABELS = _ITEMS - {LabelStyle.UPPER_LETTER}
_HEADING_LABELS = frozenset({LabelStyle.ROMAN_UPPER, LabelStyle.CHAPTER, LabelStyle.HAN, LabelStyle.ARTICLE})
_AUTOMATIC_STYLES = {
    "bullet": LabelStyle.BULLET,
    "none": LabelStyle.BULLET,
    "lowerLetter": LabelStyle.LETTER,
    "russianLower": LabelStyle.LETTER,
    "upperLetter": LabelStyle.UPPER_LETTER,
    "russianUpper": LabelStyle.UPPER_LETTER,
    "lowerRoman": LabelStyle.ROMAN_LOWER,
    "upperRoman": LabelStyle.ROMAN_UPPER,
    "decimalEnclosedParen": LabelStyle.DECIMAL_PAREN,
    "decimalEnclosedCircle": LabelStyle.DECIMAL_PAREN,
    "decimalEnclosedCircleChinese": LabelStyle.DECIMAL_PAREN,
    "chineseCounting": LabelStyle.HAN,
    "chineseCountingThousand": LabelStyle.HAN,
    "taiwaneseCounting": LabelStyle.HAN,
    "taiwaneseCountingThousand": LabelStyle.HAN,
    "japaneseCounting": LabelStyle.HAN,
    "ideographTraditional": LabelStyle.HAN,
    "ideographDigital": LabelStyle.HAN,
}
# Looked up once: a member of an enumeration costs more to find than what is decided by it.
_PLAIN, _TYPED, _AUTOMATIC = RecognisedBy.PLAIN, RecognisedBy.TYPED, RecognisedBy.AUTOMATIC
_SURE, _LIKELY = Confidence.SURE, Confidence.LIKELY
_PARAGRAPH, _TITLE, _HEADING = Kind.PARAGRAPH, Kind.TITLE, Kind.HEADING
_DECIMAL, _ROMAN = LabelStyle.DECIMAL, LabelStyle.ROMAN_UPPER
_BOLD, _LOOK = int(Marks.BOLD), int(Marks.BOLD | Marks.ITALIC | Marks.UNDERLINE)
_TITLE_CHARS, _HEADING_CHARS, _HAN_HEADING_CHARS, _SENTENCE_CHARS = 300, 160, 30, 120
_LONG = max(_TITLE_CHARS, _HEADING_CHARS)
"""Characters from which on the look of a line makes it no title and no heading."""
_ANNEX = re.compile(r"(?:приложение|annex|appendix|附件|附录)(?=[\s.:：№\d一-十]|$)(?!\s+[а-яё])", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"\t\s*\d{1,4}\s*$")
_ENDS_A_CLAUSE = re.compile(r"[.;:,。；：，、]\s*$")


@dataclass(slots=True)
class _Open:
    """An item list that may go on."""

    signature: tuple[str, ...]
    style: LabelStyle
    level: int
    indent: int
    ordinal: int
    source: str = ""
    ilvl: int = 0


class _Words(NamedTuple):
    """A line's words and what is told of its label, typed or counted by Word."""

    line: Line
    words: LineText
    typed: TypedLabel | None
    label: str
    rest: LineText
    """The words after the typed label."""
    readings: tuple[Reading, ...]


@dataclass(slots=True)
class Recogniser:
    """Recognises lines one after the other; remembers the lists and headings that are open."""

    states: StateNames
    items: list[_Open] = field(default_factory=list)
    base: int = 0
    """Level of the paragraph that items hang on."""
    counted: int = 0
    """Number of the last numbered paragraph."""
    romans: int = 0
    """The last Roman number."""
    title_open: bool = True
    titled: bool = False
    had_chapter: bool = False

    def copy(self) -> "Recogniser":
        """Return a recogniser that stands where this one does."""
        items = [replace(item) for item in self.items] if self.items else []
        mine = (self.base, self.counted, self.romans, self.title_open, self.titled, self.had_chapter)
        return Recogniser(self.states, items, *mine)

    def recognise(self, line: Line) -> Piece:
        """Return the piece for a line that holds words."""
        if line.label is None and len(line.words.plain) > _LONG and line.is_plain and line.words.typed is None:
            self.title_open = False
            return self._unlabelled(line.words.text, 0)
        has_label = line.label is not None and bool(line.label.text)
        typed = None if has_label else line.words.typed
        rest = line.words if typed is None else line.words.rest
        label = typed.label if typed is not None else line.label.text.strip() if line.label is not None else ""
        found = _Words(line, line.words, typed, label, rest, _readings(line, typed))
        piece = self._title(found) or self._styled_heading(found) or self._heading_by_look(found)
        piece = piece or self._content(self._no_initial(found))
        self._count_romans(piece, typed)
        if self.title_open and piece.kind is not _TITLE:
            self.title_open = not piece.label and len(found.words.plain) < 60 and piece.kind is not _HEADING
        return piece

    def _no_initial(self, found: _Words) -> _Words:
        """Return the words, for "V. Novak …" all of them: a Roman number that nothing but its order could confirm."""
        typed = found.typed
        if typed is None or typed.readings[0].style is not _ROMAN:
            return found
        if typed.readings[0].ordinal == self.romans + 1:
            return found
        label = found.line.label.text.strip() if found.line.label is not None else ""
        return _Words(found.line, found.words, None, label, found.words, _readings(found.line, None))

    def _count_romans(self, piece: Piece, typed: TypedLabel | None) -> None:
        if typed is not None and piece.label and typed.readings[0].style is _ROMAN:
            self.romans = typed.readings[0].ordinal

    def interrupt(self) -> None:
        """Close the lists: a table or another thing stands between."""
        self.items.clear()

    def _title(self, found: _Words) -> Piece | None:
        line, words = found.line, found.words
        if line.style.is_title and line.style.heading_level is None:
            self.titled = True
            self.interrupt()
            return Piece(Kind.TITLE, {TEXT: _plain_look(words.text)}, by=RecognisedBy.STYLE)
        looks = self.title_open and line.justification == "center" and len(words.plain) <= _TITLE_CHARS
        if not looks or found.typed or line.label or line.style.heading_level is not None:
            return None
        if not _is_bold(line, words.text):
            return None
        self.titled = True
        return Piece(Kind.TITLE, {TEXT: _plain_look(words.text)}, by=RecognisedBy.LOOK, sure=Confidence.LIKELY)

    def _styled_heading(self, found: _Words) -> Piece | None:
        line = found.line
        level, by = line.style.heading_level, RecognisedBy.STYLE
        if level is None and line.outline is not None and 0 <= line.outline <= 8:
            level, by = line.outline, RecognisedBy.OUTLINE
        if level is None or _is_a_sentence(found.words.plain):
            return None
        return self._heading(found, level, by, Confidence.SURE)

    def _heading(self, found: _Words, level: int, by: RecognisedBy, sure: Confidence) -> Piece:
        self.interrupt()
        self.base = 0
        rest = found.rest.text
        self.had_chapter = self.had_chapter or level == 0
        return Piece(Kind.HEADING, {TEXT: _plain_look(rest)} if rest else {}, found.label, level, by=by, sure=sure)

    def _heading_by_look(self, found: _Words) -> Piece | None:
        rest, readings = found.rest.plain, found.readings
        if len(rest) > _HEADING_CHARS:
            return None
        style = readings[0].style if readings else None
        if any(r.style in _HEADING_LABELS for r in readings):
            style = next(r.style for r in readings if r.style in _HEADING_LABELS)
        if style in _NO_HEADING_LABELS or _CONTENTS_LINE.search(rest):
            return None
        strength = self._strength(found.line, found.words.text, rest, style)
        if strength is None:
            return None
        return self._heading(found, self._look_level(style, readings), RecognisedBy.LOOK, strength)

    def _strength(self, line: Line, words: Text, rest: str, style: LabelStyle | None) -> Confidence | None:
        """Return how much a line looks like a heading; None: not at all."""
        is_open = not _ENDS_A_CLAUSE.search(rest)
        is_annex = bool(_ANNEX.match(rest))
        centred, bold = line.justification == "center", _is_bold(line, words)
        capitals = rest.isupper() and len(rest) > 3
        if style in (LabelStyle.CHAPTER, LabelStyle.ROMAN_UPPER) and (centred or bold or capitals):
            return Confidence.LIKELY
        if not is_open:
            return None
        if centred and (bold or capitals or is_annex):
            return Confidence.LIKELY
        if style is LabelStyle.HAN and (bold or len(rest) <= _HAN_HEADING_CHARS):
            return Confidence.LIKELY if bold else Confidence.GUESS
        if is_annex or style in (LabelStyle.CHAPTER, LabelStyle.ARTICLE, LabelStyle.ROMAN_UPPER):
            return Confidence.GUESS
        if bold and style in (LabelStyle.DECIMAL, LabelStyle.UPPER_LETTER):
            return Confidence.GUESS
        return None

    def _look_level(self, style: LabelStyle | None, readings: tuple[Reading, ...]) -> int:
        if style in (LabelStyle.ARTICLE, LabelStyle.UPPER_LETTER):
            return 1 if self.had_chapter else 0
        if style is LabelStyle.DECIMAL:
            return readings[0].depth + (1 if self.had_chapter and readings[0].depth == 0 else 0)
        return 0

    def _content(self, found: _Words) -> Piece:
        label, rest, readings = found.label, found.rest.text, found.readings
        by, sure = _PLAIN, _SURE
        if label:
            by, sure = (_TYPED, _LIKELY) if found.typed else (_AUTOMATIC, _SURE)
        item = self._item_level(found.line, label, readings)
        parts: dict[str, Content] = {TEXT: rest} if rest else {}
        if item is not None:
            return Piece(Kind.ITEM, parts, label, item, (), by, sure)
        first = readings[0] if readings else None
        depth = first.depth if first else 0
        if label and first and not depth:
            self.counted = first.ordinal
        piece = self._unlabelled(rest, depth if first and first.style is _DECIMAL else 0)
        piece.label, piece.by, piece.sure = label, by, sure
        return piece

    def _unlabelled(self, words: Text, level: int) -> Piece:
        """Return a paragraph but for its label; it closes the lists."""
        self.items.clear()
        self.base = level
        joined = self.states.joining(words)
        parts: dict[str, Content] = {TEXT: words} if words else {}
        if joined is not None:
            parts = {STATES: joined[0], TEXT: joined[1]}
        return Piece(_PARAGRAPH, parts, "", level)

    def _item_level(self, line: Line, label: str, readings: tuple[Reading, ...]) -> int | None:
        """Return the level of an item, or None where the line is none; the lists that end are closed."""
        auto = line.label
        source, ilvl = (auto.num_id, auto.ilvl) if auto and label else ("", 0)
        possible = [r for r in readings if r.style in _ITEMS]
        if not possible and readings and self._is_nested(readings[0], source, ilvl):
            possible = [readings[0]]
        if not possible:
            return None
        indent = line.indent or 0
        entry, reading = self._continued(possible, label, source, ilvl)
        if entry is not None:
            del self.items[self.items.index(entry) + 1 :]
            entry.ordinal = reading.ordinal
            return entry.level
        reading = next((r for r in possible if r.ordinal == 1), possible[0])
        self._close_for(reading, indent, source, ilvl)
        level = self.items[-1].level + 1 if self.items else self.base + 1
        signature = _signature(reading, label, source, ilvl)
        self.items.append(_Open(signature, reading.style, level, indent, reading.ordinal, source, ilvl))
        return level

    def _is_nested(self, reading: Reading, source: str, ilvl: int) -> bool:
        """Whether "1." stands in a list beneath another item, and does not count the paragraphs on."""
        return (
            reading.style is _DECIMAL
            and not reading.depth
            and reading.ordinal != self.counted + 1
            and bool(source)
            and any(o.source == source and o.ilvl < ilvl for o in self.items)
        )

    def _continued(self, possible: list[Reading], label: str, source: str, ilvl: int) -> tuple[_Open | None, Reading]:
        """Return the open list that a label goes on with: best the one whose next number it is."""
        same = [
            (entry, reading)
            for entry in reversed(self.items)
            for reading in possible
            if entry.signature == _signature(reading, label, source, ilvl)
        ]
        next_one = next(((e, r) for e, r in same if r.ordinal == e.ordinal + 1), None)
        if next_one is not None:
            return next_one
        begins = any(r.ordinal == 1 for r in possible)
        usable = [(e, r) for e, r in same if not begins or r.ordinal in (0, 1)]
        return usable[0] if usable else (None, possible[0])

    def _close_for(self, reading: Reading, indent: int, source: str, ilvl: int) -> None:
        """Close the lists that a new list does not stand in."""
        while self.items:
            top = self.items[-1]
            if source and top.source == source:
                stays = top.ilvl < ilvl
            elif top.indent != indent:
                stays = top.indent < indent
            else:
                stays = _RANKS[top.style] < _RANKS[reading.style]
            if stays:
                return
            self.items.pop()


def _signature(reading: Reading, label: str, source: str, ilvl: int) -> tuple[str, ...]:
    """Return what labels of one list have in common: their counting, their dress, their place in the list."""
    if source:
        return (source, str(ilvl))
    dress = label if reading.style is LabelStyle.BULLET else re.sub(r"\w+", "#", label)
    return (reading.style.value, dress.replace("（", "(").replace("）", ")"))


def _readings(line: Line, typed: TypedLabel | None) -> tuple[Reading, ...]:
    if typed is not None:
        return typed.readings
    if line.label is None or not line.label.text.strip():
        return ()
    return (_automatic(line.label),)


def _automatic(label: Label) -> Reading:
    """Return how a label that Word counts is read: by its number format, its brackets, its numbers."""
    has_paren = label.text.rstrip().endswith((")", "）"))
    if label.form in _AUTOMATIC_STYLES:
        style = _AUTOMATIC_STYLES[label.form]
        if style is LabelStyle.HAN and has_paren:
            style = LabelStyle.HAN_PAREN
        return Reading(style, () if style is LabelStyle.BULLET else (label.ordinal,))
    if has_paren:
        return Reading(LabelStyle.DECIMAL_PAREN, (label.ordinal,))
    numbers = tuple(int(n) for n in re.findall(r"\d+", label.text)) if label.form == "decimal" else ()
    return Reading(LabelStyle.DECIMAL, numbers or (label.ordinal,))


def _is_a_sentence(written: str) -> bool:
    """Whether words are too long, and end too much like a sentence, to be a heading whatever their style says."""
    return len(written) > _SENTENCE_CHARS and bool(_ENDS_A_CLAUSE.search(written))


def _is_bold(line: Line, words: Text) -> bool:
    return bool(line.style.look.bold) or all(run.marks & _BOLD or run.text.isspace() for run in words)


def _plain_look(words: Text) -> Text:
    """Return a heading's words without the bold, italic or underline that all of them have: that is its look."""
    common = _LOOK
    for run in words:
        if not run.text.isspace() and run.note is None:
            common &= run.marks
    return text(*(run._replace(marks=int(run.marks) & ~common) for run in words)) if common else words
