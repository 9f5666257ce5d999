"""How a new paragraph looks in a file that is written into: as its nearest sibling of the same kind and level."""

import re
from functools import lru_cache

from lxml import etree

from app.docxio.own_text import elements, without
from app.docxio.wordml import WORD, value, w
from app.text.runs import Marks

_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
    *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs"),
    *("em", "lang"),
)
"""Children of ``w:rPr``, ISO/IEC 29500-1, 17.3.2.28."""
_CHANGES = re.compile(r"<w:(?:ins|del|moveFrom|moveTo)(?:\s[^<>]*)?/>")
_NUM_PR = re.compile(r"<w:numPr>.*?</w:numPr>|<w:numPr/>", re.DOTALL)
_STYLE = re.compile(r'<w:pStyle\s+w:val="([^"]*)"')
_SWITCHES = (
    (Marks.BOLD, (("b", ""), ("bCs", "")), "0"),
    (Marks.ITALIC, (("i", ""), ("iCs", "")), "0"),
    (Marks.UNDERLINE, (("u", "single"),), "none"),
)
_AFTER_NUMBERING = (
    "suppressLineNumbers|pBdr|shd|tabs|suppressAutoHyphens|kinsoku|wordWrap|overflowPunct|topLinePunct|autoSpaceDE"
    "|autoSpaceDN|bidi|adjustRightInd|snapToGrid|spacing|ind|contextualSpacing|mirrorIndents|suppressOverlap|jc"
    "|textDirection|textAlignment|textboxTightWrap|outlineLvl|divId|cnfStyle|rPr|sectPr|pPrChange"
)
_AFTER_INDENT = _AFTER_NUMBERING.partition("|ind|")[2]


@lru_cache(maxsize=4096)
def run_look(properties: str, has: int, wants: int) -> str:
    """Return run properties for words with the marks *wants*, after those of words with the marks *has*."""
    bare = without(properties, "w:rPrChange") if "rPrChange" in properties else properties
    bare = _CHANGES.sub("", bare)
    if has == wants:
        return "" if bare in ("<w:rPr></w:rPr>", "<w:rPr/>") else bare
    root = etree.fromstring(f'<x xmlns:w="{WORD}" {_foreign(bare)}>{bare}</x>')
    children = {child.tag: _serialised(child) for child in (root[0] if len(root) else ())}
    for mark, names, off in _SWITCHES:
        if (has ^ wants) & mark:
            for name, on in names:
                said = on if wants & mark else off
                children[w(name)] = f'<w:{name} w:val="{said}"/>' if said else f"<w:{name}/>"
    raised = int(Marks.SUPERSCRIPT | Marks.SUBSCRIPT)
    if (has ^ wants) & raised:
        word = {8: "superscript", 16: "subscript"}.get(wants & raised, "baseline")
        children[w("vertAlign")] = f'<w:vertAlign w:val="{word}"/>'
    ranks = {w(name): rank for rank, name in enumerate(_ORDER)}
    inside = "".join(xml for _, xml in sorted(children.items(), key=lambda one: ranks.get(one[0], len(ranks))))
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _foreign(written: str) -> str:
    """Return declarations for the prefixes of other namespaces: they are only carried."""
    found = {prefix for prefix in re.findall(r"[<\s]([A-Za-z]\w*):", written) if prefix not in ("w", "xml", "xmlns")}
    return " ".join(f'xmlns:{prefix}="urn:{prefix}"' for prefix in sorted(found))


def _serialised(element: etree._Element) -> str:
    written: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return re.sub(r'\sxmlns:\w+="[^"]*"', "", written)


def marked_properties(properties: str, mark: str) -> str:
    """Return paragraph properties whose mark carries the change *mark*; none of its own before."""
    bare = without_mark_changes(properties)
    if not mark:
        return bare
    inside = _inside(bare)
    own = next(iter(elements(inside, "w:rPr")), None)
    if own is not None:
        written = inside[own[0] : own[1]]
        opened = "<w:rPr>" + (written[len("<w:rPr>") : -len("</w:rPr>")] if not written.endswith("/>") else "")
        return f"<w:pPr>{inside[: own[0]]}<w:rPr>{mark}{opened[len('<w:rPr>') :]}</w:rPr>{inside[own[1] :]}</w:pPr>"
    section = inside.find("<w:sectPr")
    at = len(inside) if section < 0 else section
    return f"<w:pPr>{inside[:at]}<w:rPr>{mark}</w:rPr>{inside[at:]}</w:pPr>"


def without_mark_changes(properties: str) -> str:
    """Return paragraph properties whose mark carries no change."""
    return _CHANGES.sub("", properties)


def _inside(properties: str) -> str:
    found = re.match(r"<w:pPr(?:\s[^<>]*)?>(.*)</w:pPr>\Z", properties, re.DOTALL)
    return found[1] if found else ""


def new_properties(properties: str) -> str:
    """Return the properties of a paragraph for a new one after it: no section, no page break, no frame."""
    bare = without(without_mark_changes(properties), "w:sectPr")
    return re.sub(r"<w:(?:pageBreakBefore|framePr|cnfStyle|divId)(?:\s[^<>]*)?/>", "", bare)


class NumberedLook:
    """Knows which paragraphs Word counts, and writes them without counting, indented as before."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[tuple[str, str], str] = {}
        abstracts = {}
        for abstract in () if numbering is None else numbering.iterfind(w("abstractNum")):
            abstracts[abstract.get(w("abstractNumId"))] = abstract
        for num in () if numbering is None else numbering.iterfind(w("num")):
            named = abstracts.get(value(num, w("abstractNumId")) or "")
            for level in () if named is None else named.iterfind(w("lvl")):
                indent = level.find(f"{w('pPr')}/{w('ind')}")
                key = num.get(w("numId"), ""), level.get(w("ilvl"), "0")
                self._levels[key] = "" if indent is None else _serialised(indent)
        self._styles: dict[str, tuple[str, str | None, str | None]] = {}
        self._default = ""
        for style in () if styles is None else styles.iterfind(w("style")):
            listed = style.find(f"{w('pPr')}/{w('numPr')}")
            identity = style.get(w("styleId"), "")
            based = value(style, w("basedOn")) or ""
            self._styles[identity] = based, value(listed, w("numId")), value(listed, w("ilvl"))
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self._default = identity

    def level(self, properties: str) -> tuple[str, str] | None:
        """Return list and level of a paragraph that Word counts, else None."""
        own = _NUM_PR.search(properties)
        by_style = self._of_style(properties)
        if own is None:
            return by_style if by_style and by_style[0] != "0" else None
        num = re.search(r'<w:numId\s+w:val="([^"]*)"', own[0])
        level = re.search(r'<w:ilvl\s+w:val="([^"]*)"', own[0])
        number = num[1] if num else (by_style[0] if by_style else "0")
        return (number, level[1] if level else "0") if number != "0" else None

    def _of_style(self, properties: str) -> tuple[str, str] | None:
        found = _STYLE.search(properties)
        identity, seen = (found[1] if found else self._default), set()
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            based, num, level = self._styles[identity]
            if num is not None:
                return num, level or "0"
            identity = based
        return None

    def uncounted(self, properties: str) -> str:
        """Return paragraph properties for a number typed by hand where its siblings are counted."""
        counted = self.level(properties)
        inside = _NUM_PR.sub("", _inside(properties))
        if counted is None:
            return f"<w:pPr>{inside}</w:pPr>" if inside else ""
        none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        inside = _before(inside, none, _AFTER_NUMBERING)
        indent = self._levels.get(counted, "")
        if indent and "<w:ind" not in inside:
            inside = _before(inside, indent, _AFTER_INDENT)
        return f"<w:pPr>{inside}</w:pPr>"


def _before(inside: str, new: str, names: str) -> str:
    later = re.search(rf"<w:(?:{names})(?=[\s/>])", inside)
    at = later.start() if later else len(inside)
    return inside[:at] + new + inside[at:]
