"""Excerpts of provisions: their first words, for citing them."""

from collections.abc import Sequence

from app.text.provision import TEXT, Content, Provision, States
from app.text.runs import plain


def first_words(provision: Provision, length: int = 40) -> str:
    """Return the first words of a provision, plain."""
    texts: Sequence[Content] = [provision.text, *(c for n, c in provision.parts.items() if n != TEXT)]
    words = next((w for c in texts if not isinstance(c, States) and (w := " ".join(plain(c).split()))), "…")
    return words if len(words) <= length else words[: length - 1] + "…"
