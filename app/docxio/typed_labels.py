"""Labels that were typed by hand: recognised at the beginning of a paragraph and told from plain words."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_RUSSIAN_ALL = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_HAN_NUMBER = "[〇零一二三四五六七八九十百]{1,5}"
_ROMAN = "(?:[ivxlc]{1,7}|[ІіVvXxХхLlCcСс]{1,7}|[IVXLC]{1,7})"
_SUFFIX = (
    r"(?:[ \u00a0]?(?:бис|тер|кватер|квинквиес|bis|ter|quater|quinquies|sexies|septies|octies)(?!\w)"
    r"|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|之[二三四五六七八九十]|-\d{1,2}(?=\.))"
)
_GAP = r"[ \t\u00a0\u2002\u2003\u2009\u3000]"


class LabelStyle(StrEnum):
    """How a label counts and how it is dressed; the same in all languages where they correspond."""

    DECIMAL = "decimal"
    """1. and 1.1."""
    DECIMAL_PAREN = "decimal_paren"
    """1) and (1)."""
    LETTER = "letter"
    """а), (a), a)."""
    UPPER_LETTER = "upper_letter"
    ROMAN_LOWER = "roman_lower"
    ROMAN_UPPER = "roman_upper"
    HAN = "han"
    """一、"""
    HAN_PAREN = "han_paren"
    """（一）"""
    ARTICLE = "article"
    """Статья 5., Article 5, 第五条."""
    CHAPTER = "chapter"
    """Глава 2, Раздел II, Chapter 2, 第二章."""
    BULLET = "bullet"


class Reading(NamedTuple):
    """One way to read a label: "(i)" is the ninth letter or the first Roman number."""

    style: LabelStyle
    path: tuple[int, ...]
    """1.2.3 as (1, 2, 3); a bullet has none."""
    suffix: str = ""

    @property
    def depth(self) -> int:
        """How many numbers the label is made of, less one."""
        return len(self.path) - 1 if self.path else 0

    @property
    def ordinal(self) -> int:
        """The last number; 0 for a bullet."""
        return self.path[-1] if self.path else 0


class TypedLabel(NamedTuple):
    """A label found at the beginning of a text: as written, where the words begin, how it may be read."""

    label: str
    words_at: int
    readings: tuple[Reading, ...]


_DIGITS = r"[0-9０-９]{1,3}"
_CAPITAL = '[«“"\\[A-ZА-ЯЁ\u4e00-\u9fff]'
_WORD_AFTER_STOP = rf"(?={_GAP}|[^\W\d_]|[«“\"\[(（《]|$)"
_ARTICLE, _CHAPTER = r"(?:статья|article|art\.|ст\.)", r"(?:глава|раздел|часть|chapter|section|part)"
_END = rf"(?={_GAP}|$)"
_LONE = r"(?:\.|(?=\s*$)|(?=\t))"
# What a label is, what it begins with, the label itself.
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("bullet", r"[–—−‒•▪■●◦‣∙·➢✓◆]", rf"(?P<label>[–—−‒]{{1,2}}|[•▪■●◦‣∙·➢✓◆])(?={_GAP}|\w|[«“\"])"),
    ("bullet", r"[-*\uf0b7\uf0a7\uf0d8\uf02d]", rf"(?P<label>[-*\uf0b7\uf0a7\uf0d8\uf02d])(?={_GAP})"),
    ("han_paren", "[（(]", rf"(?P<label>[（(](?P<han>{_HAN_NUMBER})[)）])"),
    ("han", _HAN_NUMBER, rf"(?P<label>(?P<han>{_HAN_NUMBER})、)"),
    (
        "article",
        "第",
        rf"(?P<label>第(?P<han>{_HAN_NUMBER}|{_DIGITS})条(?P<suffix>之[二三四五六七八九十])?)(?={_GAP}|$|[^\s的和、，])",
    ),
    ("chapter", "第", rf"(?P<label>第(?P<han>{_HAN_NUMBER}|{_DIGITS})[章节部]分?){_END}"),
    ("article", "[са]|a", rf"(?P<label>{_ARTICLE}[ \u00a0](?P<number>{_DIGITS})(?P<suffix>{_SUFFIX})?{_LONE}){_END}"),
    ("chapter", "[грчcsp]", rf"(?P<label>{_CHAPTER}[ \u00a0](?P<number>{_DIGITS}|{_ROMAN})(?::|{_LONE})){_END}"),
    (
        "decimal_paren",
        rf"[(（]|{_DIGITS}",
        rf"(?P<label>[(（]?(?P<number>{_DIGITS})(?P<suffix>{_SUFFIX})?[)）])(?=\D|$)",
    ),
    (
        "letter",
        "[(（a-zа-яё]",
        r"(?P<label>[(（]?(?P<letter>[a-zа-яё])(?P<suffix> ?(?:bis|ter|бис|тер)|¹)?[)）])",
    ),
    ("roman", rf"[(（]|{_ROMAN}", rf"(?P<label>[(（]?(?P<roman>{_ROMAN})[)）])"),
    ("upper_letter", "[(（A-ZА-Я]", r"(?P<label>[(（]?(?P<letter>[A-ZА-Я])[)）])"),
    ("letter", "[A-Za-zА-Яа-я]", r"(?P<label>(?P<letter>[A-Za-zА-Яа-я])\.)(?= ?\t)"),
    ("roman", "[IVXLCХІ]", rf"(?P<label>(?P<roman>[IVXLCХІ]{{1,7}})(?P<suffix>{_SUFFIX})?[.．、]){_END}"),
    (
        "decimal",
        _DIGITS,
        rf"(?P<label>(?P<number>{_DIGITS}(?:\.{_DIGITS}){{0,5}})(?P<suffix>{_SUFFIX})?[.．]){_WORD_AFTER_STOP}",
    ),
    ("decimal", _DIGITS, rf"(?P<label>(?P<number>{_DIGITS})(?P<suffix>{_SUFFIX})?、)"),
    (
        "decimal",
        _DIGITS,
        rf"(?P<label>(?P<number>{_DIGITS}(?:\.{_DIGITS}){{1,5}})(?P<suffix>{_SUFFIX})?)(?=\t|{_GAP}+{_CAPITAL})",
    ),
    ("decimal", _DIGITS, rf"(?P<label>(?P<number>{_DIGITS})(?P<suffix>{_SUFFIX})?)(?=\t+\S)"),
    ("decimal", _DIGITS, rf"(?P<label>(?P<number>{_DIGITS})(?P<suffix>{_SUFFIX}))(?={_GAP}+{_CAPITAL})"),
)
_FLAGS = {"article": re.IGNORECASE, "chapter": re.IGNORECASE}
_BEGINNINGS = tuple(re.compile(begins, _FLAGS.get(name, re.NOFLAG)) for name, begins, _ in _PATTERNS)
_LEAD = re.compile(r"[ \t\u00a0\u3000]*")
_AFTER = re.compile(r"[ \t\u00a0\u2002\u2003\u2009\u3000]*")


def parse_typed(written: str) -> TypedLabel | None:
    """Return the label that *written* begins with, or None where it begins with plain words.

    A year, a date, an initial or a quantity is no label: numbers have at most three digits
    and need a stop, a bracket, a tab, or two levels and a capital after them.
    """
    lead = _LEAD.match(written)
    start = lead.end() if lead else 0
    for name, pattern in _forms_of(written[start : start + 1]):
        found = pattern.match(written, start)
        if not found:
            continue
        readings = _readings(name, tuple(found.groupdict().items()))
        words_at = _after(written, found.end())
        if readings and not _is_words(name, found, written[words_at:]):
            return TypedLabel(found["label"], words_at, readings)
    return None


@lru_cache(maxsize=512)
def _forms_of(first: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the forms of labels that may begin with a character; none is compiled before it is needed."""
    return tuple(
        (name, re.compile(pattern, _FLAGS.get(name, re.NOFLAG)))
        for begins, (name, _, pattern) in zip(_BEGINNINGS, _PATTERNS, strict=True)
        if begins.match(first)
    )


def _after(written: str, at: int) -> int:
    gap = _AFTER.match(written, at)
    return gap.end() if gap else at


def _is_words(name: str, found: re.Match[str], rest: str) -> bool:
    """Whether what looks like a label is the beginning of a sentence: a date, a list of clauses, an initial."""
    label = found["label"]
    if name == "decimal" and "." in (found["number"] or ""):
        numbers = found["number"].split(".")
        is_date = len(numbers) == 3 and len(numbers[0]) == len(numbers[1]) == 2
        return is_date or (not label.endswith((".", "．")) and rest[:1].islower())
    if name == "roman" and label.endswith(".") and len(found["roman"]) == 1:
        # «С. Иванов», "V. Novak": an initial, unless capitals or a tab say otherwise.
        return "\t" not in found.string[found.end() : found.end() + 1] and _is_surname(rest, found["roman"])
    return False


def _is_surname(rest: str, letter: str) -> bool:
    if letter in "IХXVІ":
        return bool(re.match(r"[A-ZА-ЯЁ]\.", rest))
    return bool(re.match(r"[A-ZА-ЯЁ](?:\.|[a-zа-яё])", rest))


@lru_cache(maxsize=4096)
def _readings(name: str, found: tuple[tuple[str, str | None], ...]) -> tuple[Reading, ...]:
    """Return the ways to read what a form found; a file's two views and its siblings have the same labels."""
    groups = dict(found)
    suffix = (groups.get("suffix") or "").strip().casefold()
    if name == "bullet":
        return (Reading(LabelStyle.BULLET, ()),)
    if name in ("han", "han_paren"):
        style = LabelStyle.HAN if name == "han" else LabelStyle.HAN_PAREN
        return (Reading(style, (_han(groups["han"] or ""),)),)
    if name in ("article", "chapter"):
        number = groups.get("number") or groups.get("han") or ""
        return (Reading(LabelStyle(name), (_any_number(number),), suffix),)
    if name in ("decimal", "decimal_paren"):
        style = LabelStyle.DECIMAL if name == "decimal" else LabelStyle.DECIMAL_PAREN
        return (_decimal(style, groups["number"] or "", suffix),)
    if name == "roman":
        return _roman_readings(groups["roman"] or "", suffix)
    return _letter_readings(groups["letter"] or "", suffix)


def _decimal(style: LabelStyle, number: str, suffix: str) -> Reading:
    return Reading(style, tuple(int(n) for n in number.split(".")), suffix)


def _letter_readings(letter: str, suffix: str) -> tuple[Reading, ...]:
    low = letter.casefold()
    alphabet = _LATIN if low in _LATIN else _RUSSIAN if low in _RUSSIAN else _RUSSIAN_ALL
    style = LabelStyle.LETTER if letter.islower() else LabelStyle.UPPER_LETTER
    readings = [Reading(style, (alphabet.index(low) + 1,), suffix)]
    if low in "ivx" or (letter.isupper() and low in "хі"):
        readings += _roman_readings(letter, suffix)
    return tuple(readings)


def _roman_readings(written: str, suffix: str) -> tuple[Reading, ...]:
    value = roman_value(written)
    if value is None:
        return ()
    return (Reading(LabelStyle.ROMAN_LOWER if written.islower() else LabelStyle.ROMAN_UPPER, (value,), suffix),)


_LOOKALIKES = str.maketrans("хісХІС", "xicXIC")
_ROMAN_NUMBER = re.compile(r"(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def roman_value(written: str) -> int | None:
    """Return the value of a Roman number below 400, Cyrillic look-alikes included; None where it is none."""
    low = written.translate(_LOOKALIKES).casefold()
    if not low or not _ROMAN_NUMBER.fullmatch(low):
        return None
    worths = [_WORTH[c] for c in low]
    return sum(-a if a < b else a for a, b in zip(worths, [*worths[1:], 0], strict=True))


def _any_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return roman_value(written) or _han(written)


def _han(written: str) -> int:
    """Return the value of a Chinese number below a thousand."""
    if "十" not in written and "百" not in written:
        return int("".join(str(_HAN_DIGITS.get(c, 0)) for c in written) or 0)
    total, digit = 0, 0
    for character in written:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS.get(character, 0)
    return total + digit
