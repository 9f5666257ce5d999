"""Numbers that Word counts before the paragraphs of a cell: they are words of the text, but none of the file's.

In a file that is written into such a number is one sign, whatever it says: it counts on by itself when a paragraph
or a row comes or goes, and a paragraph that comes with a number of that sort is counted as those beside it.
"""

import re
from collections.abc import Collection, Sequence

from app.docxio.compared import NEWER, compared_part
from app.docxio.entries import Part
from app.docxio.line_text import cut
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose, content_as_of
from app.text.composition import ComposedProvision, ComposedText
from app.text.provision import TEXT, Edition, Kind, Provision, States
from app.text.runs import NOTE, PARAGRAPH_BREAK, Run, Text, plain, text

COUNTED = "\ue000"
"""The sign of a number that Word counts."""

_SORT = re.compile(r"(\d+)|([^\W\d_]+)|(.)", re.DOTALL)
_ROMAN = re.compile("[ivxlcIVXLC]+")
_SPACE = r"(?:[ \t\u00a0]+|$)"


def counted(part: Part, content: Text, written: Sequence[str], order: Sequence[str]) -> tuple[Text, Part]:
    """Return the base's words in a cell, and what is asked of them, with each number that Word counts as its sign.

    Args:
        part: What is asked of the cell.
        content: Its words in the base.
        written: The words of its paragraphs in the file, in order.
        order: Codes of the delegations in protocol rank.
    """
    words = plain(content)
    numbers = _numbers(words, written)
    if not numbers:
        return content, part
    number = _pattern({words[start:end].strip() for start, end in numbers})
    base = _signed(content, number, {start for start, _ in numbers})
    if not isinstance(part, ComposedText):
        return base, base
    asking = {code for who in part.deleters for code in who}
    asking |= {code for gap in part.gaps for insertion in gap for code in insertion.sponsors}
    wished = {code: _signed(_text_of(part, code), number) for code in asking}
    if asking == set(NEWER):
        return base, compared_part(base, wished[NEWER[0]])
    return base, _composed(base, {code: wish for code, wish in wished.items() if wish != base}, order)


def _composed(base: Text, wished: dict[str, Text], order: Sequence[str]) -> ComposedText:
    cell = Provision("cell", Kind.PARAGRAPH, 0, None, {TEXT: base})
    wishes = [Wish(code, Change(Operation.AMEND, cell.key, {TEXT: words})) for code, words in wished.items()]
    (item,) = compose(Edition("", (cell,)), wishes, order).items
    assert isinstance(item, ComposedProvision)
    found = dict(item.parts)[TEXT]
    assert isinstance(found, ComposedText)
    return found


def _text_of(part: ComposedText, code: str) -> Text:
    found = content_as_of(part, code)
    return () if isinstance(found, States) else found


def _numbers(words: str, written: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the numbers stand that are none of the file's, each with the space after it."""
    if words and not any(written):
        return [(0, len(words))]  # a paragraph without words is counted too
    found: list[tuple[int, int]] = []
    at = 0
    for said in written:
        if said:
            at += words[at : at + 1] == PARAGRAPH_BREAK and at > 0
            before = before_words(words, at, said)
            begins = at == 0 or words[at - 1] == PARAGRAPH_BREAK
            if before and begins and words[at + before - 1].isspace():
                found.append((at, at + before))
            at += before + len(said)
    return found


def _pattern(numbers: Collection[str]) -> re.Pattern[str]:
    """Return what finds numbers of the same sort; one without any sign could be a word: it is known alone."""
    sorts = {re.escape(number) if number.isalnum() else _sort(number) for number in numbers}
    return re.compile(f"(?:{'|'.join(sorted(sorts))}){_SPACE}")


def _sort(number: str) -> str:
    """Return a pattern of the numbers counted as one: its digits, or else its letters, are others in each of them."""
    if any(c.isdigit() for c in number):
        return _SORT.sub(lambda one: r"\d{1,4}" if one[1] else re.escape(one[0]), number)
    return _SORT.sub(lambda one: _letters_like(one[2]) if one[2] else re.escape(one[0]), number)


def _letters_like(letters: str) -> str:
    if _ROMAN.fullmatch(letters):
        return r"(?:[^\W\d_]|[ivxlcIVXLC]{1,7})"
    return r"[^\W\d_]{1,2}" if len(letters) <= 2 else r"[^\W\d_]{1,12}"


def _signed(content: Text, number: re.Pattern[str], places: Collection[int] | None = None) -> Text:
    """Return a text with the sign for each number that begins a line, or one of *places*."""
    found: list[Run] = []
    at = copied = 0
    for line in plain(content).split(PARAGRAPH_BREAK):
        match = number.match(line) if places is None or at in places else None
        if match:
            found += [*cut(content, copied, at), Run(COUNTED)]
            copied = at + match.end()
        at += len(line) + 1
    return text(*found, *cut(content, copied, at))


def stands_in(words: str, written: Sequence[str]) -> bool:
    """Whether a cell's words are those of its paragraphs in the file, but for numbers that Word counts."""
    left = "".join(_without(words, _numbers(words, written)).split(PARAGRAPH_BREAK))
    return is_written(left, "".join(written))


def _without(words: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        words = words[:start] + words[end:]
    return words


def before_words(words: str, at: int, written: str) -> int:
    """Return how many of the words before a paragraph of a cell are none of the file's: a number that Word counts."""
    end = words.find(PARAGRAPH_BREAK, at)
    before = (len(words) if end < 0 else end) - at - len(written)
    return before if before > 0 and not is_written(words[at : at + len(written)], written) else 0


def is_written(words: str, written: str) -> bool:
    """Whether characters are the same; signs of symbol fonts and notes are not told apart here."""
    if words == written:
        return True
    return len(words) == len(written) and all(
        a == b or b == "\ufffd" or (a == NOTE and b == NOTE) for a, b in zip(words, written, strict=True)
    )
