"""Folding: what search looks in."""

import unicodedata

from app.text.provision import Content, States
from app.text.runs import plain


def folded(content: Content) -> str:
    """Return what search looks in: NFKC, case-folded, ё as е; nothing for a set of states."""
    return "" if isinstance(content, States) else folded_words(plain(content))


def folded_words(words: str) -> str:
    """Return plain words as ``folded`` spells them."""
    return unicodedata.normalize("NFKC", words).casefold().replace("ё", "е")
