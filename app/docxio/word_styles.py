"""The styles of a Word file, as far as they say what a paragraph is and how its characters look."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from app.docxio.wordml import P_PR, R_PR, VAL, is_on, number, value, w

_BASED_ON, _NAME, _STYLE = w("basedOn"), w("name"), w("style")
_OUTLINE, _NUM_PR, _NUM_ID, _ILVL = w("outlineLvl"), w("numPr"), w("numId"), w("ilvl")
_BOLD, _ITALIC, _UNDERLINE, _ALIGN, _VANISH = w("b"), w("i"), w("u"), w("vertAlign"), w("vanish")
_STRUCK, _CHARACTER_STYLE = frozenset({w("strike"), w("dstrike")}), w("rStyle")
_INDENT, _LEFT, _START, _FIRST, _HANGING = w("ind"), w("left"), w("start"), w("firstLine"), w("hanging")
_JUSTIFICATION = w("jc")
LOOKS = _STRUCK | {_BOLD, _ITALIC, _UNDERLINE, _ALIGN, _VANISH, _CHARACTER_STYLE}
"""Run properties that say something of marks."""
# Word names its own styles in English in every interface language; other programs and old files translate them.
_HEADING = re.compile(r"^(?:heading|заголовок|标题|標題|überschrift|titre|título|intestazione|見出し)\s*([1-9])$")
_TITLES = frozenset({"title", "subtitle", "название", "подзаголовок", "заголовок", "标题", "副标题", "題名"})
_CONTENTS = re.compile(r"^(?:toc|оглавление|содержание|目录)\s*[1-9]$")


@dataclass(slots=True)
class Look:
    """Marks a style gives: True or False where it says so, None where it is silent."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    raised: int | None = None
    """+1 superscript, -1 subscript, 0 on the line."""
    hidden: bool | None = None
    struck: bool | None = None
    style_id: str | None = None
    """The character style that run properties name."""


def look_of(properties: etree._Element | None) -> Look:
    """Return what run properties say themselves."""
    look = Look()
    for child in () if properties is None else properties:
        tag = child.tag
        if tag == _BOLD:
            look.bold = is_on(child)
        elif tag == _ITALIC:
            look.italic = is_on(child)
        elif tag == _UNDERLINE:
            look.underline = child.get(VAL, "single") != "none"
        elif tag == _ALIGN:
            look.raised = {"superscript": 1, "subscript": -1}.get(child.get(VAL, ""), 0)
        elif tag == _VANISH:
            look.hidden = is_on(child)
        elif tag in _STRUCK and is_on(child):
            look.struck = True
        elif tag == _CHARACTER_STYLE:
            look.style_id = child.get(VAL)
    return look


@dataclass(slots=True)
class Style:
    """What one style says, its ancestors counted in."""

    names: tuple[str, ...] = ()
    outline: int | None = None
    num_id: str | None = None
    ilvl: int | None = None
    justification: str | None = None
    indent: int | None = None
    look: Look = field(default_factory=Look)
    numbered_by: str | None = None
    """Id of the style in the chain that brought the numbering; its level may be told by the list."""
    heading_level: int | None = None
    """Level of a heading style, from 0; None for any other style."""
    is_title: bool = False
    """Whether it is the style of the draft's title or subtitle, or rests on one."""
    is_contents: bool = False
    """Whether it is a style of the table of contents."""


def _told_by_names(style: Style) -> None:
    """Learn from a style's names, its own before its ancestors', what it is for."""
    found = next((m for name in style.names if (m := _HEADING.match(name))), None)
    style.heading_level = int(found[1]) - 1 if found else None
    style.is_title = any(name in _TITLES for name in style.names)
    style.is_contents = any(_CONTENTS.match(name) for name in style.names)


class Styles:
    """All styles by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default_paragraph = ""
        for element in () if root is None else root.iterfind(_STYLE):
            style_id = element.get(w("styleId"), "")
            self._elements.setdefault(style_id, element)
            if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
                self.default_paragraph = style_id

    def get(self, style_id: str | None) -> Style:
        """Return a style with everything it rests on; an unknown or missing id is the default paragraph style."""
        if style_id is None or style_id not in self._elements:
            style_id = self.default_paragraph
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def character(self, style_id: str | None) -> Look:
        """Return the marks of a character style; none for an unknown one."""
        return self.get(style_id).look if style_id in self._elements else _SILENT

    def is_link(self, style_id: str | None) -> bool:
        """Whether a character style is Word's own for links."""
        return any("hyperlink" in name for name in self.get(style_id).names) if style_id in self._elements else False

    def numbering_id(self, style_id: str) -> str | None:
        """Return the list a numbering style stands for."""
        element = self._elements.get(style_id)
        properties = None if element is None else element.find(P_PR)
        return None if properties is None else value(properties.find(_NUM_PR), _NUM_ID)

    def _chain(self, style_id: str) -> list[str]:
        """Return the ids from a style up to its last ancestor; a circle is cut."""
        chain: list[str] = []
        current: str | None = style_id
        while current is not None and current in self._elements and current not in chain:
            chain.append(current)
            current = value(self._elements[current], _BASED_ON)
        return chain

    def _resolve(self, style_id: str) -> Style:
        style = Style()
        names: list[str] = []
        for ancestor in reversed(self._chain(style_id)):
            element = self._elements[ancestor]
            names.insert(0, " ".join((value(element, _NAME) or ancestor).casefold().split()))
            _apply_paragraph(style, element.find(P_PR), ancestor)
            _apply_look(style.look, look_of(element.find(R_PR)))
        style.names = tuple(names)
        _told_by_names(style)
        return style

    @cached_property
    def is_empty(self) -> bool:
        """Whether the file has no styles at all."""
        return not self._elements


_SILENT = Look()


def _apply_paragraph(style: Style, properties: etree._Element | None, style_id: str) -> None:
    if properties is None:
        return
    outline = value(properties, _OUTLINE)
    if outline is not None:
        style.outline = number(outline, 9)
    listed = properties.find(_NUM_PR)
    if listed is not None:
        num_id, ilvl = value(listed, _NUM_ID), value(listed, _ILVL)
        if num_id is not None:
            style.num_id, style.numbered_by = num_id, style_id
        if ilvl is not None:
            style.ilvl = number(ilvl, 0)
    style.justification = value(properties, _JUSTIFICATION) or style.justification
    left = indent_of(properties)
    style.indent = style.indent if left is None else left


def indent_of(properties: etree._Element) -> int | None:
    """Return where the first line of a paragraph begins, in twips; None where the properties are silent."""
    element = properties.find(_INDENT)
    return None if element is None else indent_in(element)


def indent_in(element: etree._Element) -> int:
    """Return where a ``w:ind`` lets the first line begin, in twips."""
    left = number(element.get(_LEFT) or element.get(_START), 0)
    return left + number(element.get(_FIRST), 0) - number(element.get(_HANGING), 0)


def _apply_look(look: Look, said: Look) -> None:
    """Put what a derived style says over what its ancestors say."""
    for name in ("bold", "italic", "underline", "raised", "hidden", "struck"):
        spoken = getattr(said, name)
        if spoken is not None:
            setattr(look, name, spoken)
