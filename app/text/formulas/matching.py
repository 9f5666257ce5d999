"""Quoted words found in a text: quotation marks, dashes, spaces and ё count as equal; what is written is kept."""

import re

from app.text.tokens import HAN

_EQUAL = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟‹›『』「」＂", '"'),
        **dict.fromkeys("‘’‚", "'"),
        **dict.fromkeys("\u00a0\u202f\u2009\u3000\u2028\t\n", " "),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "ё": "е",
        "Ё": "Е",
        "，": ",",
        "；": ";",
        "：": ":",
        "（": "(",
        "）": ")",
    }
)
_BETWEEN = re.compile(r"\s*-+\s*|\s+")
_WORD = rf"[^\W_{HAN}]"
_NO_SPACE_BEFORE = re.compile(rf"[\s.,;:!?)\]»”’、，。；：！？）》{HAN}]")
_NO_SPACE_AFTER = re.compile(rf"[\s(\[«“„‘（《{HAN}、，。；：！？）》]")
_SENTENCE = re.compile(r"(?:[.!?…]+[»”\")]*(?=\s|$)|[。！？]+[”』」]*)\s*")


def folded(words: str) -> str:
    """Return words as they are compared, character for character."""
    return words.translate(_EQUAL)


def occurrences(content: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return where whole words stand in *content*, as (start, end); in another case only where there are none in this.

    A line break in a quotation is a space, and a dash between words may or may not have spaces around it.
    """
    wanted = folded(words).strip()
    if not wanted:
        return ()
    pattern = _pattern(wanted)
    text = folded(content)
    for flags in (re.NOFLAG, re.IGNORECASE):
        found = tuple(match.span() for match in re.finditer(pattern, text, flags))
        if found:
            return found
    return ()


def _pattern(wanted: str) -> str:
    pieces, at = [], 0
    for gap in _BETWEEN.finditer(wanted):
        left, right = r"\s*" * (gap.start() > 0), r"\s*" * (gap.end() < len(wanted))
        pieces += [re.escape(wanted[at : gap.start()]), rf"{left}-+{right}" if "-" in gap.group() else r"\s+"]
        at = gap.end()
    pieces.append(re.escape(wanted[at:]))
    before = rf"(?<!{_WORD})" if re.match(_WORD, wanted) else ""
    after = rf"(?!{_WORD})" if re.match(_WORD, wanted[-1]) else ""
    return f"{before}{''.join(pieces)}{after}"


def is_same(one: str, other: str) -> bool:
    """Whether two texts are the same but for marks, spaces and ё."""
    return _bare(one) == _bare(other)


def _bare(words: str) -> str:
    return "".join(folded(words).split()).rstrip(".,;:。")


def inserted(content: str, at: int, words: str) -> str:
    """Return *content* with words put in at an offset, a space to either side where the language has one."""
    before, after = content[:at], content[at:]
    left = " " if before and not _NO_SPACE_AFTER.match(before[-1]) and not _NO_SPACE_BEFORE.match(words) else ""
    right = " " if after and not _NO_SPACE_BEFORE.match(after) and not _NO_SPACE_AFTER.match(words[-1]) else ""
    return f"{before}{left}{words}{right}{after}"


def removed(content: str, start: int, end: int) -> str:
    """Return *content* without a stretch, and without the space that would be left over."""
    before, after = content[:start], content[end:]
    if after[:1].isspace() and (not before or before[-1].isspace()):
        after = after[1:]
    elif before[-1:].isspace() and (not after or after[0] in ".,;:!?)"):
        before = before[:-1]
    return before + after


def sentences(content: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a text as (start, end), the space after each left out."""
    found, at = [], 0
    for match in _SENTENCE.finditer(content):
        if match.end() < len(content) and not content[match.end()].isalnum() and content[match.end()] not in '«“"(（《':
            continue
        if match.end() < len(content) and content[match.end()].islower():
            continue
        found.append((at, match.start() + len(match.group().rstrip())))
        at = match.end()
    return tuple(found) if at == len(content) else (*found, (at, len(content)))
