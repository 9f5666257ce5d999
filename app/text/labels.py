"""Labels: "12 бис.", "1)", «а)», （一）, 一、, (i), "1.1", read from what was typed and written again."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Numeral(StrEnum):
    """How a number is written."""

    DECIMAL = "decimal"
    ROMAN_UPPER = "roman_upper"
    ROMAN_LOWER = "roman_lower"
    LATIN_UPPER = "latin_upper"
    LATIN_LOWER = "latin_lower"
    CYRILLIC_UPPER = "cyrillic_upper"
    CYRILLIC_LOWER = "cyrillic_lower"
    CHINESE = "chinese"
    DASH = "dash"
    """A dash or bullet: the same for every item."""


class Suffix(StrEnum):
    """How a provision inserted after another is told apart from it."""

    WORD = "word"
    """12 бис, 12 bis, 12之二, by the language."""
    SUPERSCRIPT = "superscript"
    """12¹"""


RUSSIAN_SKIPPED = frozenset("ёзйочъыь")
"""Letters that formal Russian lists pass over."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a body numbers in a language.

    Attributes:
        skipped: Letters that Cyrillic lists pass over.
    """

    language: str
    suffix: Suffix = Suffix.WORD
    skipped: frozenset[str] = RUSSIAN_SKIPPED


@dataclass(frozen=True, slots=True)
class Style:
    """What stays the same along a list: the characters around the number and the numeral."""

    numeral: Numeral
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart.

    Attributes:
        numbers: From 1; several for "1.1"; none for a dash.
        inserted: 0 for a plain label, 1 for bis, 2 for ter …
    """

    style: Style
    numbers: tuple[int, ...]
    inserted: int = 0

    @property
    def number(self) -> int:
        """The last number; 0 for a dash."""
        return self.numbers[-1] if self.numbers else 0


SUFFIXES = {
    "ru": ("бис", "тер", "кватер", "квинквиес", "сексиес", "септиес", "октиес", "новиес", "дециес"),
    "en": ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"),
    "zh": ("之二", "之三", "之四", "之五", "之六", "之七", "之八", "之九", "之十"),
}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CHINESE_DIGITS = "零一二三四五六七八九"
_DASHES = frozenset(("-", "–", "—", "――", "——", "•", "·", "●"))
_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")
_WORDS = (
    "Статья|Раздел|Глава|Часть|Пункт|Подпункт|Приложение|Article|Section|Chapter|Part|Paragraph|Annex|Appendix|Rule"
)
_ROMAN_STEPS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SHAPE = re.compile(
    rf"(?P<before>(?:(?:{_WORDS})\s+|第)?[(（\[]?)"
    r"(?P<number>\d+(?:\.\d+)*|[IVXLCDM]+|[ivxlcdm]+|[A-Za-z]{1,3}|[А-Яа-яЁё]{1,3}|[零〇一二三四五六七八九十百]+)"
    r"(?P<after>条|章|节|段|款|项|部分)?"
    r"(?:(?P<superscript>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|[ \u00a0]?(?P<word>[a-z]{3,9}|[а-я]{3,9})|(?P<chinese>之[二三四五六七八九十]))?"
    r"(?P<end>\s?[.)）、．。\]]{0,2})\Z"
)


def parse_label(label: str, previous: Label | None = None, numbering: Numbering | None = None) -> Label | None:
    """Return a typed label taken apart, or None where it is none.

    Args:
        previous: The label before it in its list: it decides whether (i) is a letter or a Roman one.
        numbering: Whose letters count; by default those of formal lists.
    """
    label = label.strip()
    if label in _DASHES:
        return Label(Style(Numeral.DASH, label), ())
    shape = _SHAPE.match(label)
    if shape is None:
        return None
    inserted = _inserted(shape)
    found = _number(shape["number"], previous, numbering.skipped if numbering else RUSSIAN_SKIPPED)
    if inserted is None or found is None:
        return None
    numeral, numbers = found
    return Label(Style(numeral, shape["before"], (shape["after"] or "") + shape["end"]), numbers, inserted)


def _inserted(shape: re.Match[str]) -> int | None:
    if shape["superscript"]:
        return int(shape["superscript"].translate(_PLAIN_DIGITS))
    suffix = shape["word"] or shape["chinese"]
    if suffix is None:
        return 0
    return next((words.index(suffix) + 1 for words in SUFFIXES.values() if suffix in words), None)


def _number(written: str, previous: Label | None, skipped: frozenset[str]) -> tuple[Numeral, tuple[int, ...]] | None:
    if written[0].isdecimal():
        return Numeral.DECIMAL, tuple(map(int, written.split(".")))
    lower = written.lower()
    upper = written != lower
    if written[0] in _CHINESE_DIGITS or written[0] in "〇十百":
        return Numeral.CHINESE, (from_chinese(written),)
    if lower[0] in _CYRILLIC:
        letter = _from_letters(lower, "".join(c for c in _CYRILLIC if c not in skipped))
        return None if letter is None else (Numeral.CYRILLIC_UPPER if upper else Numeral.CYRILLIC_LOWER, (letter,))
    letter = _from_letters(lower, _LATIN)
    if _ROMAN.match(lower) and not (letter and _goes_on(previous, letter, lower)):
        return Numeral.ROMAN_UPPER if upper else Numeral.ROMAN_LOWER, (from_roman(lower),)
    return None if letter is None else (Numeral.LATIN_UPPER if upper else Numeral.LATIN_LOWER, (letter,))


def _goes_on(previous: Label | None, letter: int, written: str) -> bool:
    """Whether a Roman-looking letter is a letter: it follows one, or nobody would begin a list with that number."""
    if previous is None or previous.style.numeral not in (Numeral.LATIN_LOWER, Numeral.LATIN_UPPER):
        roman_list = previous is not None and previous.number + 1 == from_roman(written)
        return written in ("c", "d", "l", "m") and not roman_list
    return previous.number + 1 == letter


def _from_letters(written: str, alphabet: str) -> int | None:
    if len(set(written)) != 1 or written[0] not in alphabet:
        return None
    return alphabet.index(written[0]) + 1 + (len(written) - 1) * len(alphabet)


def from_roman(written: str) -> int:
    """Return the number of a lower-case Roman numeral."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    found = 0
    for here, after in zip(written, [*written[1:], "i"], strict=True):
        found += -values[here] if values[here] < values[after] else values[here]
    return found


def to_roman(number: int) -> str:
    """Return a number from 1 as a lower-case Roman numeral."""
    found = ""
    for value, written in _ROMAN_STEPS:
        found += written * (number // value)
        number %= value
    return found


def from_chinese(written: str) -> int:
    """Return the number of a Chinese numeral below a thousand: 十二, 一百零三."""
    total, digit = 0, 0
    for character in written:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _CHINESE_DIGITS.index(character.replace("〇", "零"))
    return total + digit


def to_chinese(number: int) -> str:
    """Return a number from 1 to 999 as a Chinese numeral."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    found = f"{_CHINESE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        found += "十" if tens == 1 and not hundreds else f"{_CHINESE_DIGITS[tens]}十"
    elif hundreds and ones:
        found += "零"
    return found + (_CHINESE_DIGITS[ones] if ones else "")


def format_label(label: Label, numbering: Numbering) -> str:
    """Return a label as it is printed."""
    style = label.style
    if style.numeral is Numeral.DASH:
        return style.before
    written = ".".join(_written(number, style.numeral, numbering.skipped) for number in label.numbers)
    kept = re.match(r"[条章节段款项部分]*", style.after)
    unit = kept.group() if kept else ""
    end = style.after[len(unit) :]
    return f"{style.before}{written}{unit}{_suffix(label, numbering)}{end}"


def _suffix(label: Label, numbering: Numbering) -> str:
    if not label.inserted:
        return ""
    words = SUFFIXES.get(numbering.language, SUFFIXES["en"])
    if numbering.suffix is Suffix.SUPERSCRIPT or label.inserted > len(words):
        return str(label.inserted).translate(_SUPERSCRIPTS)
    word = words[label.inserted - 1]
    return word if numbering.language == "zh" else f" {word}"


def _written(number: int, numeral: Numeral, skipped: frozenset[str]) -> str:
    if numeral is Numeral.DECIMAL:
        return str(number)
    if numeral is Numeral.CHINESE:
        return to_chinese(number)
    if numeral in (Numeral.ROMAN_LOWER, Numeral.ROMAN_UPPER):
        written = to_roman(number)
    else:
        cyrillic = numeral in (Numeral.CYRILLIC_LOWER, Numeral.CYRILLIC_UPPER)
        alphabet = "".join(c for c in _CYRILLIC if c not in skipped) if cyrillic else _LATIN
        times, rest = divmod(number - 1, len(alphabet))
        written = alphabet[rest] * (times + 1)
    upper = numeral in (Numeral.ROMAN_UPPER, Numeral.LATIN_UPPER, Numeral.CYRILLIC_UPPER)
    return written.upper() if upper else written


def label_inserted(before: str, ordinal: int, numbering: Numbering) -> str:
    """Return the label of a provision inserted after the one labelled *before*, "" where that has none.

    Args:
        ordinal: How many are inserted there already: 0 gives bis, 1 ter …
    """
    label = parse_label(before, numbering=numbering)
    if label is None:
        return ""
    return format_label(replace(label, inserted=label.inserted + ordinal + 1 if label.numbers else 0), numbering)
