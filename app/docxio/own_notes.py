"""Notes that are new in a draft's own file, and those that nothing refers to any more."""

import re
from collections.abc import Callable, Iterable

from app.docxio import oxml
from app.docxio.entries import Entry, notes_by_key, words_taken_along
from app.docxio.own_file import OwnFile
from app.docxio.own_look import new_properties
from app.docxio.own_parts import MAIN, OwnParts, Relation
from app.docxio.own_text import elements, spliced
from app.text.composition import Sponsors
from app.text.runs import plain

_KINDS = ("foot", "end")
_ID = re.compile(r'\sw:id="(-?\d+)"')
_REFERENCE = re.compile(r'<w:(foot|end)noteReference\s[^<>]*?w:id="(-?\d+)"')
_LOOK = re.compile(r"<w:p(?:\s[^<>]*)?>(<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)", re.DOTALL)


class OwnNotes:
    """Collects new notes, endnotes where the file has them so; ``finish`` puts them into the parts.

    Args:
        change: Returns runs as a change by some: its kind, they, the runs.
    """

    def __init__(self, own: OwnFile, found: Iterable[Entry], change: Callable[[str, Sponsors, str], str]) -> None:
        self._change = change
        self._entries = notes_by_key(found)
        self._at_end = {key for key, where in own.where.items() if where.member == _part("end")}
        written = {kind: own.parts.stories.get(_part(kind), "") for kind in _KINDS}
        self._last = {kind: max([0, *_numbers(written[kind], kind)]) for kind in _KINDS}
        self._looks = {kind: _look(written[kind], kind) for kind in _KINDS}
        self._models = {kind: _model(own.parts.document, kind) for kind in _KINDS}
        self._new: dict[str, list[str]] = {kind: [] for kind in _KINDS}

    def reference(self, key: str, who: Sponsors) -> str:
        """Return the run that refers to a new note with the words that *who* wish for *key*; nothing without a note."""
        if key not in self._entries:
            return ""
        kind = "end" if key in self._at_end else "foot"
        self._last[kind] += 1
        raised = self._models[kind] or '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        sign = f"<w:r>{raised}<w:{kind}noteRef/></w:r>{oxml.run(' ')}"
        line = oxml.loose_paragraph(self._looks[kind], sign + self._words(key, who))
        self._new[kind].append(oxml.note(self._last[kind], line, f"{kind}note"))
        return f'<w:r>{raised}<w:{kind}noteReference w:id="{self._last[kind]}"/></w:r>'

    def _words(self, key: str, who: Sponsors) -> str:
        """Return the words of a note as *who* wish them; where they differ, as the changes of those who ask."""
        made = ""
        for change, asking, text in words_taken_along(self._entries[key], who):
            run = oxml.run(" ".join(plain(text).split("\n")), deleted=change == "del")
            made += self._change(change, asking, run) if change else run
        return made

    def finish(self, parts: OwnParts) -> None:
        """Put the new notes into the parts, and leave out the notes that are no longer referred to."""
        everything = "".join([parts.document, *parts.stories.values()])
        for kind in _KINDS:
            member, new = _part(kind), "".join(self._new[kind])
            written = parts.stories.get(member, "")
            closing = f"</w:{kind}notes>"
            if closing in written:
                named = {found[2] for found in _REFERENCE.finditer(everything) if found[1] == kind}
                kept, end, rest = _referred(written, f"w:{kind}note", named).rpartition(closing)
                parts.stories[member] = kept + new + end + rest
            elif new:  # footnotes alone: an endnote goes along from a part that holds some
                parts.stories[member] = oxml.notes(self._new[kind])
                if not written:
                    parts.kinds[member] = "footnotes"
                    parts.relations[MAIN]["rIdOwnFootnotes"] = Relation("footnotes", "footnotes.xml")


def _part(kind: str) -> str:
    return f"word/{kind}notes.xml"


def _numbers(written: str, kind: str) -> list[int]:
    found = (_ID.search(written, a, b) for a, b in elements(written, f"w:{kind}note"))
    return [int(told[1]) for told in found if told]


def _model(document: str, kind: str) -> str:
    if f"<w:{kind}noteReference" not in document:
        return ""
    found = re.search(
        r"<w:r(?:\s[^<>]*)?>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)(?:<w:t[^<>]*>[^<]*</w:t>)?"
        rf"<w:{kind}noteReference",
        document,
    )
    return found[1] if found else ""


def _look(written: str, kind: str) -> str:
    """Return the properties of the first paragraph of the first note with words, for new ones to look like it."""
    for start, end in elements(written, f"w:{kind}note"):
        if "w:type=" not in written[start : written.index(">", start)]:
            found = _LOOK.search(written, start, end)
            return new_properties(found[1]) if found else ""
    return ""


def _referred(written: str, name: str, named: set[str]) -> str:
    gone = []
    for start, end in elements(written, name):
        opened = written[start : written.index(">", start)]
        number = _ID.search(opened)
        if "w:type=" not in opened and number and number[1] not in named:
            gone.append((start, end, ""))
    return spliced(written, gone)
