"""Numbers as Word's lists spell them: digits, letters, Roman and Chinese numerals, ordinals."""

from collections.abc import Callable

from app.docxio.number_scripts import SCRIPTS, cycled, letters, positional

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Word leaves out ё, й, ъ and ь, but counts ы; so does LibreOffice.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY = "子丑寅卯辰巳午未申酉戌亥"


def spell(number: int, form: str) -> str:
    """Return *number* in the number format *form* (an ST_NumberFormat value); unknown formats count in digits."""
    if number < 0 or form == "none":
        return ""
    if form.startswith("custom:"):
        return _custom(number, form.removeprefix("custom:"))
    return _FORMS.get(form, str)(number)


def _custom(number: int, listed: str) -> str:
    """Return the number as a custom format lists its first ones: "001, 002, 003, ..." or "α, β, γ, ..."."""
    shown = [piece.strip() for piece in listed.split(",") if piece.strip(" .")]
    if shown and shown[0].isdigit():
        return str(number).zfill(len(shown[0]))
    return shown[number - 1] if 0 < number <= len(shown) else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    written = ""
    rest = number
    for worth, sign in _ROMAN:
        written += sign * (rest // worth)
        rest %= worth
    return written + _ROMAN_ONES[rest]


def _counted(digits: str, units: tuple[str, str, str], short_ten: bool) -> Callable[[int], str]:
    """Chinese counting numerals: 十, 十一, 二十, 一百零五."""
    ten, hundred, thousand = units

    def below_myriad(number: int) -> str:
        written, gap = "", False
        for worth, unit in ((1000, thousand), (100, hundred), (10, ten), (1, "")):
            digit = number // worth % 10
            if digit:
                written += (digits[0] if gap and written else "") + digits[digit] + unit
                gap = False
            else:
                gap = True
        return written

    def spelled(number: int) -> str:
        if number == 0:
            return digits[0]
        high, low = divmod(number, 10_000)
        if high >= 10_000:
            return str(number)
        written = below_myriad(low)
        if high:
            joint = digits[0] if low and low < 1000 else ""
            written = below_myriad(high) + "万" + joint + written
        return written[1:] if short_ten and written.startswith(digits[1] + ten) else written

    return spelled


def _sexagenary(number: int) -> str:
    return _HEAVENLY[(number - 1) % 10] + _EARTHLY[(number - 1) % 12] if number else "0"


def _circled(number: int) -> str:
    if number <= 20:
        return chr(0x245F + number) if number else "⓪"
    if number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if number <= 50 else str(number)


def _from(first: int, last: int) -> Callable[[int], str]:
    """Signs for 1 to *last* that follow each other in Unicode."""
    return lambda number: chr(first + number - 1) if 1 <= number <= last else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(d)) for d in str(number))


def _english_ordinal(number: int) -> str:
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ONES = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}


def _english(number: int) -> str:
    if number >= 10_000:
        return str(number)
    words: list[str] = []
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    words += [_ONES[thousands], "thousand"] if thousands else []
    words += [_ONES[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        words.append(_TENS[rest // 10] + (f"-{_ONES[rest % 10]}" if rest % 10 else ""))
    elif rest or not words:
        words.append(_ONES[rest])
    return " ".join(words)


def _cardinal_text(number: int) -> str:
    return _english(number).capitalize()


def _ordinal_text(number: int) -> str:
    written = _english(number)
    if written[-1].isdigit():
        return written
    head, joint, last = _split_last(written)
    if last in _ORDINAL_ONES:
        last = _ORDINAL_ONES[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last = (last[:-1] if last == "twelve" else last) + "th"
        last = last.replace("twelvth", "twelfth").replace("twelth", "twelfth")
    return (head + joint + last).capitalize()


def _split_last(words: str) -> tuple[str, str, str]:
    at = max(words.rfind(" "), words.rfind("-"))
    return (words[:at], words[at], words[at + 1 :]) if at >= 0 else ("", "", words)


_RU_ONES = [
    "",
    "первый",
    "второй",
    "третий",
    "четвёртый",
    "пятый",
    "шестой",
    "седьмой",
    "восьмой",
    "девятый",
    "десятый",
    "одиннадцатый",
    "двенадцатый",
    "тринадцатый",
    "четырнадцатый",
    "пятнадцатый",
    "шестнадцатый",
    "семнадцатый",
    "восемнадцатый",
    "девятнадцатый",
]
_RU_TENS = [
    "",
    "десятый",
    "двадцатый",
    "тридцатый",
    "сороковой",
    "пятидесятый",
    "шестидесятый",
    "семидесятый",
    "восьмидесятый",
    "девяностый",
]
_RU_TENS_BASE = [
    "",
    "десять",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
]
_RU_HUNDREDS = [
    "",
    "сотый",
    "двухсотый",
    "трёхсотый",
    "четырёхсотый",
    "пятисотый",
    "шестисотый",
    "семисотый",
    "восьмисотый",
    "девятисотый",
]
_RU_HUNDREDS_BASE = [
    "",
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
]
_RU_THOUSANDS = [
    "",
    "тысячный",
    "двухтысячный",
    "трёхтысячный",
    "четырёхтысячный",
    "пятитысячный",
    "шеститысячный",
    "семитысячный",
]
_RU_THOUSANDS_BASE = [
    " ",
    "одна тысяча",
    "две тысячи",
    "три тысячи",
    "четыре тысячи",
    "пять тысяч",
    "шесть тысяч",
    "семь тысяч",
    "восемь тысяч",
    "девять тысяч",
]


def _russian_ordinal_text(number: int) -> str:
    """Первый, Двадцать первый, Сто сорок второй: only the last word is an ordinal."""
    if not 0 < number < 8000:
        return str(number)
    thousands, rest = divmod(number, 1000)
    hundreds, low = divmod(rest, 100)
    if not rest:
        return _RU_THOUSANDS[thousands].capitalize()
    words = [_RU_THOUSANDS_BASE[thousands]] if thousands else []
    if not low:
        return " ".join([*words, _RU_HUNDREDS[hundreds]]).capitalize()
    if hundreds:
        words.append(_RU_HUNDREDS_BASE[hundreds])
    if low < 20:
        words.append(_RU_ONES[low])
    elif low % 10:
        words += [_RU_TENS_BASE[low // 10], _RU_ONES[low % 10]]
    else:
        words.append(_RU_TENS[low // 10])
    return " ".join(words).capitalize()


_counting = _counted(_DIGITS, ("十", "百", "千"), short_ten=True)
_FORMS: dict[str, Callable[[int], str]] = SCRIPTS | {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerLetter": letters(_LATIN),
    "upperLetter": letters(_LATIN.upper()),
    "russianLower": letters(_RUSSIAN),
    "russianUpper": letters(_RUSSIAN.upper()),
    "ordinal": _english_ordinal,
    "ordinalText": _ordinal_text,
    "cardinalText": _cardinal_text,
    "numberInDash": lambda n: f"- {n} -",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "ideographTraditional": cycled(_HEAVENLY),
    "ideographZodiac": cycled(_EARTHLY),
    "ideographZodiacTraditional": _sexagenary,
    "ideographDigital": positional(_DIGITS),
    "japaneseDigitalTenThousand": positional(_DIGITS),
    "taiwaneseDigital": positional("○" + _DIGITS[1:]),
    "chineseCounting": _counted("○" + _DIGITS[1:], ("十", "百", "千"), short_ten=True),
    "chineseCountingThousand": _counted("零" + _DIGITS[1:], ("十", "百", "千"), short_ten=True),
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counted("零" + _DIGITS[1:], ("十", "百", "千"), short_ten=True),
    "chineseLegalSimplified": _counted(_FORMAL, ("拾", "佰", "仟"), short_ten=False),
    "ideographLegalTraditional": _counted("零壹貳參肆伍陸柒捌玖", ("拾", "佰", "仟"), short_ten=False),
    "chicago": lambda n: "*†‡§"[(n - 1) % 4] * ((n - 1) // 4 + 1),
}
_RUSSIAN_FORMS: dict[str, Callable[[int], str]] = SCRIPTS | {
    "ordinal": lambda n: f"{n}-й",
    "ordinalText": _russian_ordinal_text,
}


def spell_in(number: int, form: str, language: str) -> str:
    """Return *number* in the format *form* as the list's language spells ordinals ("ru", "en" …)."""
    if language.startswith("ru") and form in _RUSSIAN_FORMS and number >= 0:
        return _RUSSIAN_FORMS[form](number)
    return spell(number, form)
