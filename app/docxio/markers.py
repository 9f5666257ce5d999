"""The bookmark around the whole of a working copy: it says which version the copy is of.

It begins in the first paragraph and ends in the last, so that it stays while anything of the text does: what is
deleted at its ends shortens it. Word and LibreOffice keep it.
"""

import re

from app.docxio import oxml
from app.docxio.own_text import elements

_FIRST = re.compile(r"<w:p(?:\s[^<>]*[^/<>])?>")
_PROPERTIES = "<w:pPr>"


def with_marker(document: str, name: str) -> str:
    """Return a main part whose text stands in the bookmark *name*; as it was where it has no paragraph with words."""
    first = _FIRST.search(document, document.index("<w:body>"))
    last = document.rfind("</w:p>")
    if first is None or last < first.end():
        return document
    at = first.end()
    if document.startswith(_PROPERTIES, at):
        at = next(elements(document, "w:pPr", at))[1]
    number = 1 + max((int(n) for n in oxml.bookmark_numbers(document)), default=0)
    begin, end = oxml.bookmark(number, name, "\0").split("\0")
    return document[:at] + begin + document[at:last] + end + document[last:]
