"""The characters of an equation, which tracked changes may alter as they alter words."""

from collections.abc import Iterator

from lxml import etree

from app.docxio.atoms import AFTER, BEFORE, MASKS, SORTS
from app.docxio.wordml import EQUATION_TEXT, T

_CHARACTERS = (EQUATION_TEXT, T)


def equation_words(equation: etree._Element, mask: int) -> list[tuple[str, int]]:
    """Return the characters of an equation and the views of *mask* in which they are these.

    There are two where changes alter them; where they leave nothing of it, there is none.
    """
    if next(equation.iter(*SORTS), None) is None:
        found = [("".join(t.text or "" for t in equation.iter(*_CHARACTERS)), mask)]
    else:
        before, after = ("".join(_standing(equation, view)) for view in (BEFORE, AFTER))
        found = [(before, mask)] if before == after else [(before, mask & BEFORE), (after, mask & AFTER)]
    return [(words, views) for words, views in found if words and (views or not mask)]


def _standing(equation: etree._Element, view: int) -> Iterator[str]:
    for element in equation.iter(*_CHARACTERS):
        for above in element.iterancestors():
            if above is equation:
                yield element.text or ""
                break
            if above.tag in SORTS and not MASKS[SORTS[above.tag]] & view:
                break
