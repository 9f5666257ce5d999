"""What the properties of a paragraph say of its style, list, place on the page, and of their own changes."""

from dataclasses import dataclass, field, replace

from lxml import etree

from app.docxio.atoms import SORTS
from app.docxio.repeated_properties import SAME
from app.docxio.word_styles import indent_in
from app.docxio.wordml import P_PR, R_PR, VAL, children, value, w

_STYLE, _NUM_PR, _NUM_ID, _ILVL = w("pStyle"), w("numPr"), w("numId"), w("ilvl")
_OUTLINE, _JUSTIFICATION, _INDENT = w("outlineLvl"), w("jc"), w("ind")
_CHANGED, _SECTION, _SECTION_CHANGED = w("pPrChange"), w("sectPr"), w("sectPrChange")
_MARK_CHANGED, _NUMBERING_CHANGED = w("rPrChange"), w("numberingChange")


@dataclass(slots=True, eq=False)
class Properties:
    """Paragraph properties; None where they are silent."""

    style_id: str | None = None
    is_listed: bool = False
    """Whether they say anything of a list."""
    num_id: str | None = None
    ilvl: str | None = None
    outline: str | None = None
    justification: str | None = None
    indent: int | None = None
    marked: list[etree._Element] = field(default_factory=list)
    """Changes that bring or take the paragraph mark."""
    changed: list[etree._Element] = field(default_factory=list)
    """Changes of the look and of the properties."""
    old: "Properties | None" = None
    """The properties where changes are rejected, if they differ."""


NO_PROPERTIES = Properties()


class PropertiesReader:
    """Reads ``w:pPr``."""

    def __init__(self) -> None:
        self._known: dict[str, Properties] = {}

    def read(self, element: etree._Element) -> Properties:
        """Return what *element* says, and what it said before its changes; the same for those that say the same."""
        number = element.get(SAME)
        if number is None:
            return self._read(element)
        known = self._known.get(number)
        if known is None:
            self._known[number] = NO_PROPERTIES  # what holds itself, as no program writes, says nothing
            every = element.getroottree().iter(P_PR)
            known = self._known[number] = self._read(next(e for e in every if e.get(SAME) == number))
        return known

    def _read(self, element: etree._Element) -> Properties:
        said = Properties()
        was_listed = True
        for child in children(element):
            tag = child.tag
            if tag == _STYLE:
                said.style_id = child.get(VAL)
            elif tag == R_PR:
                if len(child):
                    said.marked += [c for c in children(child) if c.tag in SORTS]
                    said.changed += [c for c in children(child) if c.tag == _MARK_CHANGED]
            elif tag == _NUM_PR:
                was_listed = self._take_list(child, said)
            elif tag == _JUSTIFICATION:
                said.justification = child.get(VAL)
            elif tag == _INDENT:
                said.indent = indent_in(child)
            elif tag == _OUTLINE:
                said.outline = child.get(VAL)
            elif tag == _CHANGED:
                said.changed.append(child)
                was = child.find(P_PR)
                said.old = Properties() if was is None else self.read(was)
            elif tag == _SECTION:
                said.changed += list(child.iterchildren(_SECTION_CHANGED))
        if said.old is None and not was_listed:
            said.old = replace(said, is_listed=False, num_id=None, ilvl=None, marked=[], changed=[])
        return said

    @staticmethod
    def _take_list(element: etree._Element, said: Properties) -> bool:
        """Take in the list a paragraph belongs to; return whether it belonged to it before."""
        said.is_listed = True
        said.num_id, said.ilvl = value(element, _NUM_ID), value(element, _ILVL)
        changes = [c for c in children(element) if c.tag in SORTS or c.tag == _NUMBERING_CHANGED]
        said.changed += changes
        return not any(c.tag in SORTS for c in changes)
