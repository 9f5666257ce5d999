"""Numbers in the scripts of Japan, Korea, India, Thailand, Arabia and Israel, as Word's lists spell them.

The sets of signs are those of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59).
"""

from collections.abc import Callable

Speller = Callable[[int], str]
_MOST_REPEATED = 30


def letters(alphabet: str) -> Speller:
    """Return what counts in letters, repeated after the last: z, aa, bb."""

    def spelled(number: int) -> str:
        if number < 1:
            return str(number)
        times, at = divmod(number - 1, len(alphabet))
        return alphabet[at] * min(times + 1, _MOST_REPEATED)

    return spelled


def cycled(characters: str) -> Speller:
    """Return what counts in signs and begins again after the last."""
    return lambda number: characters[(number - 1) % len(characters)] if number else "0"


def positional(digits: str) -> Speller:
    """Return what writes each decimal digit as the sign that *digits* has at its place."""
    return lambda number: "".join(digits[int(d)] for d in str(number))


def _worded(digits: str, units: str, tens: str = "", ones: str = "") -> Speller:
    """Return what writes a number as it is said: each digit and its unit, 1 before a unit and 0 left out.

    Args:
        digits: The signs of 0 to 9.
        units: Ten, hundred, thousand.
        tens: Names of 10, 20 … 90 below a hundred, divided by spaces, where they have names of their own.
        ones: Names of 1 to 9 below a hundred, likewise.
    """
    own_tens, own_ones = ["", *tens.split()], ["", *ones.split()]

    def spelled(number: int) -> str:
        if not 0 < number < 10_000:
            return str(number)
        if tens and number < 100:
            return own_tens[number // 10] + own_ones[number % 10]
        written = ""
        for worth, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            digit = number // worth % 10
            if digit:
                written += (digits[digit] if digit > 1 or not unit else "") + unit
        return written

    return spelled


_GEMATRIA = ((400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"),
             (40, "מ"), (30, "ל"), (20, "כ"), (10, "י"))  # fmt: skip
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"


def _gematria(number: int) -> str:
    """15 and 16 are written as 9 + 6 and 9 + 7."""
    if not 0 < number < 1000:
        return str(number)
    written, rest = "", number
    for worth, sign in _GEMATRIA:
        if rest in (15, 16):
            return f"{written}ט{_HEBREW[rest - 10]}"
        written += sign * (rest // worth)
        rest %= worth
    return written + (_HEBREW[rest - 1] if rest else "")


def _hebrew_letters(number: int) -> str:
    """After the last letter it is written once for each turn, before the letter that is left."""
    if number < 1:
        return str(number)
    turns, at = divmod(number - 1, len(_HEBREW))
    return _HEBREW[-1] * min(turns, _MOST_REPEATED) + _HEBREW[at]


_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_AIUEO = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_HALF_IROHA = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_KOREAN = "영일이삼사오육칠팔구"
_CONSONANTS = "".join(chr(at) for at in range(0x0915, 0x093A) if at not in (0x0929, 0x0931, 0x0933, 0x0934))
_VOWELS = "अआइईउऊऋऌऍऎएऐऑऒओऔ"
_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"

SCRIPTS: dict[str, Speller] = {
    "hex": lambda n: f"{n:X}",
    "aiueo": cycled(_HALF_AIUEO),
    "aiueoFullWidth": cycled(_AIUEO),
    "iroha": cycled(_HALF_IROHA),
    "irohaFullWidth": cycled(_IROHA),
    "japaneseCounting": _worded("〇一二三四五六七八九", "十百千"),
    "japaneseLegal": _worded("零壱弐参四伍六七八九", "拾百阡"),
    "ganada": cycled("가나다라마바사아자차카타파하"),
    "chosung": cycled("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "koreanDigital": positional(_KOREAN),
    "koreanDigital2": positional("零一二三四五六七八九"),
    "koreanCounting": _worded(_KOREAN, "십백천"),
    "koreanLegal": _worded(
        _KOREAN, "십백천", "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔", "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉"
    ),
    "hebrew1": _gematria,
    "hebrew2": _hebrew_letters,
    "hindiVowels": letters(_CONSONANTS),
    "hindiConsonants": letters(_VOWELS),
    "hindiNumbers": positional("०१२३४५६७८९"),
    "thaiLetters": letters(_THAI),
    "thaiNumbers": positional("๐๑๒๓๔๕๖๗๘๙"),
    "arabicAlpha": letters("أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    "arabicAbjad": letters("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
}
