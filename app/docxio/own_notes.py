"""Footnotes that are new in a draft's own file, and those that nothing refers to any more."""

import re
from collections.abc import Iterable

from app.docxio import oxml
from app.docxio.entries import Entry
from app.docxio.own_file import OwnFile
from app.docxio.own_parts import MAIN, OwnParts, Relation
from app.docxio.own_text import elements, spliced
from app.text.provision import Kind
from app.text.runs import plain

_PART = "word/footnotes.xml"
_ID = re.compile(r'\sw:id="(-?\d+)"')
_REFERENCE = re.compile(r'<w:(foot|end)noteReference\s[^<>]*?w:id="(-?\d+)"')


class OwnNotes:
    """Collects new footnotes; ``finish`` puts them into the part."""

    def __init__(self, own: OwnFile, found: Iterable[Entry]) -> None:
        self._texts = {e.provision.key: e.provision.text for e in found if e.provision.kind is Kind.FOOTNOTE}
        self._texts |= {p.key: p.text for p in own.edition if p.kind is Kind.FOOTNOTE}
        written = own.parts.stories.get(_PART, "")
        numbers = [int(told[1]) for a, b in elements(written, "w:footnote") if (told := _ID.search(written, a, b))]
        self._last = max([0, *numbers])
        self._model = _model(own.parts.document)
        self._new: list[str] = []

    def reference(self, key: str, properties: str) -> str:
        """Return the run that refers to a new note with the words of *key*; nothing where there are none."""
        if key not in self._texts:
            return ""
        self._last += 1
        raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        sign = f"<w:r>{self._model or raised}<w:footnoteRef/></w:r>{oxml.run(' ')}"
        words = oxml.run(" ".join(plain(self._texts[key]).split("\n")))
        self._new.append(oxml.note(self._last, oxml.loose_paragraph("", sign + words)))
        return f'<w:r>{self._model or raised}<w:footnoteReference w:id="{self._last}"/></w:r>'

    def finish(self, parts: OwnParts) -> None:
        """Put the new notes into the part, and leave out the notes that are no longer referred to."""
        everything = "".join([parts.document, *parts.stories.values()])
        for kind in ("foot", "end"):
            member = f"word/{kind}notes.xml"
            if member in parts.stories:
                named = {found[2] for found in _REFERENCE.finditer(everything) if found[1] == kind}
                parts.stories[member] = _referred(parts.stories[member], f"w:{kind}note", named)
        if not self._new:
            return
        if _PART in parts.stories:
            closing = parts.stories[_PART].rindex("</w:footnotes>")
            parts.stories[_PART] = parts.stories[_PART][:closing] + "".join(self._new) + parts.stories[_PART][closing:]
        else:
            parts.stories[_PART] = oxml.notes(self._new)
            parts.kinds[_PART] = "footnotes"
            parts.relations[MAIN]["rIdOwnFootnotes"] = Relation("footnotes", "footnotes.xml")


def _model(document: str) -> str:
    found = re.search(
        r"<w:r(?:\s[^<>]*)?>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)(?:<w:t[^<>]*>[^<]*</w:t>)?<w:footnoteReference",
        document,
    )
    return found[1] if found else ""


def _referred(written: str, name: str, named: set[str]) -> str:
    gone = []
    for start, end in elements(written, name):
        opened = written[start : written.index(">", start)]
        number = _ID.search(opened)
        if "w:type=" not in opened and number and number[1] not in named:
            gone.append((start, end, ""))
    return spliced(written, gone)
