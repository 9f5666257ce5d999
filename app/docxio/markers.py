"""The bookmark around the first paragraph of a working copy: it says which version the copy is of.

Word and LibreOffice keep it as they keep those of provisions, also while the paragraph is struck out with changes
tracked. A bookmark around the whole text LibreOffice writes back several times under one name.
"""

import re

from app.docxio import oxml
from app.docxio.own_text import elements

_FIRST = re.compile(r"<w:p(?:\s[^<>]*[^/<>])?>")


def with_marker(document: str, name: str) -> str:
    """Return a main part whose first paragraph stands in the bookmark *name*; as it was where it has none."""
    first = _FIRST.search(document, document.index("<w:body>"))
    if first is None:
        return document
    at = first.end()
    if document.startswith("<w:pPr>", at):
        at = next(elements(document, "w:pPr", at))[1]
    last = next(elements(document, "w:p", first.start()))[1] - len("</w:p>")
    number = 1 + max((int(n) for n in oxml.bookmark_numbers(document)), default=0)
    begin, end = oxml.bookmark(number, name, "\0").split("\0")
    return document[:at] + begin + document[at:last] + end + document[last:]
