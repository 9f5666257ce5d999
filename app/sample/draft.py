"""The sample's drafts as written: one line a provision, the same addresses in every language.

A line is ``address | text``, a row ``address | measure | time | {who}``. In the text ``~`` is a no-break
space, ``⏎`` a line break, ``[^1]`` the reference to note 1; ``{BLR KAZ}`` is a set of states and groups.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.text.provision import STATES, TEXT, Kind
from app.text.runs import LINE_BREAK, NOTE, Run, Text, text

DOCUMENTS = {"plan": "action_plan", "agenda": "agenda"}
"""The sample's documents, and what their files are called."""
COLUMNS = ("no", "measure", "time", "who")
"""Columns of the table of measures; the number is typed, and is the row's label."""

_FOLDER = Path(__file__).parent
_NO_BREAK_SPACE = "\u00a0"
_SET = re.compile(r"\{([A-Z ]+)\}")
_NOTE = re.compile(r"\[\^(\d+)\]")
_ROMAN = re.compile(r"[IVX]+")
_HAN_NUMBERS = "一二三四五六七八九十"
_LETTERS = {"ru": "абвгдежик", "en": "abcdefghi"}

Content = str | frozenset[str]
"""Words with ``[^1]`` for a reference to a note, or a set of codes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A provision of a draft as written.

    Attributes:
        address: How people point at it, by the Russian labels: ``title``, ``preamble 3``, ``II``, ``8``, ``8/а``,
            ``table 1.3``, ``table II``, ``note 1``. The same in every language.
        parts: ``text`` for words, ``states`` for the states that join, a name of ``COLUMNS`` for a cell.
    """

    address: str
    parts: Mapping[str, Content]

    @property
    def kind(self) -> Kind:
        """What the provision is; the address tells."""
        return kind_of(self.address)

    @property
    def parent(self) -> str | None:
        """Address of the item's paragraph or the row's table; headings and paragraphs have none."""
        if "/" in self.address:
            return self.address.partition("/")[0]
        return "table" if self.kind is Kind.ROW else None


def kind_of(address: str) -> Kind:
    """Return the kind of the provision at *address*."""
    if address.startswith("table"):
        return Kind.TABLE if address == "table" else Kind.ROW
    if address == "title":
        return Kind.TITLE
    if address == "annex" or _ROMAN.fullmatch(address):
        return Kind.HEADING
    if address.startswith("note "):
        return Kind.FOOTNOTE
    return Kind.ITEM if "/" in address else Kind.PARAGRAPH


def read(document: str, language: str) -> tuple[Line, ...]:
    """Return the draft *document* (a key of ``DOCUMENTS``) in reading order; its notes come last."""
    written = (_FOLDER / f"{DOCUMENTS[document]}.{language}.txt").read_text(encoding="utf-8")
    return tuple(parse(line) for line in written.splitlines() if line and not line.startswith("#"))


def parse(line: str) -> Line:
    """Return the provision that a line writes."""
    address, *fields = unescaped(line).split(" | ")
    if kind_of(address) is Kind.TABLE:
        return Line(address, dict(zip(COLUMNS, fields, strict=True)))
    if len(fields) > 1:
        cells = [address.removeprefix("table "), *fields]
        return Line(address, {name: content(c) for name, c in zip(COLUMNS, cells, strict=True)})
    joining = _SET.match(fields[0])
    if joining:
        return Line(address, {STATES: content(joining.group()), TEXT: fields[0][joining.end() :].lstrip()})
    return Line(address, {TEXT: fields[0]})


def unescaped(written: str) -> str:
    """Return the characters meant: ``~`` as a no-break space, ``⏎`` as a line break."""
    return written.replace("~", _NO_BREAK_SPACE).replace("⏎", LINE_BREAK)


def content(written: str) -> Content:
    """Return the words, or the set of codes that ``{BLR KAZ}`` writes."""
    found = _SET.fullmatch(written)
    return frozenset(found.group(1).split()) if found else written


def to_text(written: str, notes: Mapping[str, str]) -> Text:
    """Return words as a Text; *notes* gives the key of each note by its number (``"1"``)."""
    return text(*(Run(NOTE, 0, notes[piece]) if is_note else piece for piece, is_note in note_pieces(written)))


def note_pieces(written: str) -> tuple[tuple[str, bool], ...]:
    """Return the pieces of words between references to notes, and the notes' numbers (True)."""
    return tuple((piece, index % 2 == 1) for index, piece in enumerate(_NOTE.split(written)))


def label(address: str, language: str) -> str:
    """Return what is printed before the provision in this language: "II.", "8.", "а)", （一）, "(a)", "1.3"; or "".

    Section rows of the table are labelled like sections.
    """
    row = address.removeprefix("table ")
    if _ROMAN.fullmatch(row):
        return f"{_HAN_NUMBERS[_roman(row) - 1]}、" if language == "zh" else f"{row}."
    if row != address:
        return row
    number, _, letter = address.partition("/")
    if letter:
        ordinal = _LETTERS["ru"].index(letter)
        return {
            "ru": f"{letter})",
            "zh": f"（{_HAN_NUMBERS[ordinal]}）",
            "en": f"({_LETTERS['en'][ordinal]})",
        }[language]
    return f"{number}." if number.isdigit() else ""


def _roman(numeral: str) -> int:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X").index(numeral) + 1
