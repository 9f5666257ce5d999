"""Excerpts: a redline with the words around its changes alone."""

from collections.abc import Iterable, Iterator, Sequence

from app.text.differences import Mark, Span
from app.text.runs import Run, Text
from app.text.tokens import Token, is_space, tokens, untokenize

_ELLIPSIS: Text = (Run("…"),)


def excerpt(spans: Iterable[Span], words: int) -> tuple[Span, ...]:
    """Return a redline in which of each unchanged stretch at most *words* words stand on either side of a change.

    Where words are left out an ellipsis stands. A redline without changes is cut after twice as many.
    """
    found = tuple(spans)
    if all(span.mark is Mark.KEPT for span in found):
        return (Span(Mark.KEPT, cut((run for span in found for run in span.text), 2 * words)),) if found else ()
    return tuple(_shortened(found, words))


def cut(content: Iterable[Run], words: int) -> Text:
    """Return the first *words* words of a text, an ellipsis after them where there are more."""
    pieces = tokens(content)
    end = _after(pieces, words)
    return untokenize(pieces) if end >= len(pieces) else (*untokenize(pieces[:end]), *_ELLIPSIS)


def _shortened(spans: Sequence[Span], words: int) -> Iterator[Span]:
    for position, span in enumerate(spans):
        if span.mark is not Mark.KEPT:
            yield span
            continue
        pieces = tokens(span.text)
        head = _after(pieces, words) if position else 0
        tail = len(pieces) - _after(pieces[::-1], words) if position < len(spans) - 1 else len(pieces)
        if head >= tail:
            yield span
        else:
            yield Span(Mark.KEPT, (*untokenize(pieces[:head]), *_ELLIPSIS, *untokenize(pieces[tail:])))


def _after(pieces: Sequence[Token], words: int) -> int:
    """Return the position after so many words, and the space that follows them."""
    for position, piece in enumerate(pieces):
        if not is_space(piece):
            if words == 0:
                return position
            words -= 1
    return len(pieces)
