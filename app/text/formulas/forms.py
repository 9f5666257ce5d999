"""Other case forms of words: shown to a person, never replaced by themselves."""

import re
from collections.abc import Iterator, Sequence

from app.text.formulas.clauses import Clause
from app.text.formulas.matching import folded, occurrences
from app.text.formulas.rewording import begun_as
from app.text.formulas.understood import Candidate
from app.text.provision import Edition, Provision, States
from app.text.runs import plain

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_ENDING = 3
_LEAST_STEM = 3


def other_forms(base: Edition, scope: Sequence[Provision], clause: Clause, words: str) -> tuple[Candidate, ...]:
    """Return where the words of a formula on the whole text stand in another form: Russian and English inflect."""
    if base.language == "zh" or not clause.new:
        return ()
    return tuple(
        Candidate(provision.key, part, start, end, found, begun_as(found, old.words, clause.new[0].words), words)
        for old in clause.old
        for provision in scope
        for part, content in provision.parts.items()
        if not isinstance(content, States)
        for start, end in _inflected(plain(content), old.words)
        for found in [plain(content)[start:end]]
    )


def _inflected(content: str, words: str) -> Iterator[tuple[int, int]]:
    pieces = _WORD.findall(folded(words))
    if not pieces:
        return
    exact = set(occurrences(content, words))
    pattern = r"\W+".join(rf"{re.escape(_stem(piece))}[^\W\d_]{{0,{_LONGEST_ENDING}}}" for piece in pieces)
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", folded(content), re.IGNORECASE):
        if match.span() not in exact and not any(start <= match.start() < end for start, end in exact):
            yield match.span()


def _stem(word: str) -> str:
    """Return the part of a word that its forms share, as far as that can be told by length."""
    length = max(_LEAST_STEM, len(word) - (2 if len(word) > 4 else 1))
    return word[:length]
