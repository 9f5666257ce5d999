"""Names of WordprocessingML as lxml spells them, and the two questions asked of every property."""

from collections.abc import Callable
from typing import Final

from lxml import etree

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def w(name: str) -> str:
    """Return the qualified name of a Word element or attribute."""
    return f"{{{WORD}}}{name}"


VAL: Final = w("val")
ID: Final = w("id")
P: Final = w("p")
R: Final = w("r")
T: Final = w("t")
P_PR: Final = w("pPr")
R_PR: Final = w("rPr")
TABLE: Final = w("tbl")
ROW: Final = w("tr")
CELL: Final = w("tc")
SDT: Final = w("sdt")
SDT_CONTENT: Final = w("sdtContent")
BOX: Final = w("txbxContent")
ALTERNATE: Final = f"{{{COMPATIBILITY}}}AlternateContent"
CHOICE: Final = f"{{{COMPATIBILITY}}}Choice"
FALLBACK: Final = f"{{{COMPATIBILITY}}}Fallback"
EQUATION: Final = f"{{{MATH}}}oMath"
EQUATION_BLOCK: Final = f"{{{MATH}}}oMathPara"
EQUATION_TEXT: Final = f"{{{MATH}}}t"

JOINER: Final = "\u200d"
"""Joins the signs around it; at the beginning of a paragraph, nothing. LibreOffice puts it into an empty row that
comes or goes as a tracked change, and leaves it there before what is written into the row."""

children: Final[Callable[[etree._Element], list[etree._Element]]] = etree._Element.getchildren  # type: ignore[attr-defined]
"""Returns the children of an element, comments too: a list, which costs a fifth of what iterating over it does."""

_OFF: Final = frozenset({"0", "false", "off", "none"})


def value(parent: etree._Element | None, name: str) -> str | None:
    """Return ``w:val`` of the child *name* (qualified), or None where there is no such child or value."""
    child = None if parent is None else parent.find(name)
    return None if child is None else child.get(VAL)


def is_on(element: etree._Element) -> bool:
    """Return whether an on/off element is on."""
    return element.get(VAL, "1") not in _OFF


def switched(parent: etree._Element | None, name: str) -> bool | None:
    """Return whether the on/off child *name* is on; None where it is absent."""
    child = None if parent is None else parent.find(name)
    return None if child is None else is_on(child)


def number(written: str | None, default: int) -> int:
    """Return a number as an attribute spells it; Strict files write ``12pt``, broken ones anything."""
    if written is None:
        return default
    try:
        return int(float(written.removesuffix("pt")) * 20) if written.endswith("pt") else int(float(written))
    except (ValueError, OverflowError):
        return default
