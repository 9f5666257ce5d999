"""What a template may give to a paper: an allow-list of parts, cleaned of ids and traces."""

import copy
import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from app.docxio import pictures
from app.docxio.opc import PICTURES, relationship, relationships

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KEPT = ("styles", "fontTable", "theme", "numbering", "header", "footer", "image")
_TRACES = {
    f"{W}{name}"
    for name in (
        "rsid", "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference",
        "lastRenderedPageBreak", "permStart", "permEnd", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic",
    )
}  # fmt: skip


@dataclass(eq=False)
class TemplateUnusable(Exception):
    """The template cannot carry a paper; *reason* says what an officer can do about it."""

    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class Parts:
    """The parts of a template that go on: parsed where they are still changed, else as bytes."""

    document: etree._Element
    styles: etree._Element
    others: dict[str, bytes]
    kinds: dict[str, str]
    relations: dict[str, tuple[str, str]]


def kept(template: bytes) -> Parts:
    """Return what a rendered template gives.

    Raises:
        TemplateUnusable: It has no main document or no styles.
    """
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        try:
            document, styles = (_clean(package.read(f"word/{name}.xml")) for name in ("document", "styles"))
        except KeyError as error:
            raise TemplateUnusable("The template has no text or no styles.") from error
        others: dict[str, bytes] = {}
        kinds: dict[str, str] = {}
        relations = _relations(package, "word/document.xml")
        _mend(document, relations)
        for kind, target in list(relations.values()):
            member = f"word/{target}"
            if kind in ("header", "footer"):
                root, inner = _clean(package.read(member)), _relations(package, member)
                _mend(root, inner)
                others[member] = _bytes(root)
                _take_pictures(package, inner, others)
                if inner:
                    others[f"word/_rels/{target}.rels"] = relationships(inner).encode()
            elif kind != "image":
                others[member] = _bytes(_clean(package.read(member)))
            if kind != "image":
                kinds[member] = kind
        _take_pictures(package, relations, others)
    return Parts(document, styles, others, kinds, relations)


def completed_styles(styles: etree._Element, shipped: bytes) -> tuple[bytes, dict[str, str]]:
    """Return the styles part with what is missing added from the *shipped* one, and name to id.

    Styles are found by name: Word rewrites the ids in the language of its own interface.
    """
    ids = {_name(style): style.get(f"{W}styleId", "") for style in styles.iter(f"{W}style")}
    ours = etree.fromstring(shipped)
    names = {style.get(f"{W}styleId"): _name(style) for style in ours.iter(f"{W}style")}
    added = [copied(style) for style in ours.iter(f"{W}style") if _name(style) not in ids]
    for style in added:
        identity = style.get(f"{W}styleId", "")
        while identity in ids.values():
            identity += "x"
        ids[_name(style)] = identity
        style.set(f"{W}styleId", identity)
        if style.get(f"{W}default"):
            del style.attrib[f"{W}default"]
    for style in added:
        based = style.find(f"{W}basedOn")
        if based is not None:
            based.set(f"{W}val", ids[names[based.get(f"{W}val")]])
        styles.append(style)
    return _bytes(styles), ids


def turned(section: etree._Element) -> etree._Element:
    """Return the properties of a section turned to landscape, its margins turned with it."""
    section = copied(section)
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        raise TemplateUnusable("The template's last section has no page size or no margins.")
    width, height = size.get(f"{W}w", ""), size.get(f"{W}h", "")
    size.set(f"{W}w", height)
    size.set(f"{W}h", width)
    size.set(f"{W}orient", "landscape")
    old = {side: margins.get(f"{W}{side}", "0") for side in ("top", "right", "bottom", "left")}
    for side, from_ in (("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom")):
        margins.set(f"{W}{side}", old[from_])
    grid = section.find(f"{W}docGrid")
    if grid is not None:
        section.remove(grid)
    return section


def left_indent(styles: bytes, style_id: str) -> int:
    """Return how far paragraphs of a style stand from the left margin, in twips; 0 where it does not say."""
    own = (
        style for style in etree.fromstring(styles).iterchildren(f"{W}style") if style.get(f"{W}styleId") == style_id
    )
    found = next((indent for style in own for indent in style.iterfind(f"{W}pPr/{W}ind")), None)
    left = "0" if found is None else found.get(f"{W}left", "0")
    return int(left) if left.isdigit() else 0


def text_width(section: etree._Element) -> int:
    """Return the width of the text of a section, in twips."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        raise TemplateUnusable("The template's last section has no page size or no margins.")
    return int(size.get(f"{W}w", "0")) - int(margins.get(f"{W}left", "0")) - int(margins.get(f"{W}right", "0"))


def text_height(section: etree._Element) -> int:
    """Return the height of the text on a page of a section, in twips."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        raise TemplateUnusable("The template's last section has no page size or no margins.")
    return int(size.get(f"{W}h", "0")) - int(margins.get(f"{W}top", "0")) - int(margins.get(f"{W}bottom", "0"))


def copied(element: etree._Element) -> etree._Element:
    """Return a copy that stands alone."""
    return copy.deepcopy(element)


def _name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return (name.get(f"{W}val") or "") if name is not None else ""


def _clean(content: bytes) -> etree._Element:
    """Return the part without revision ids, proofing marks, bookmarks, comments and embedded fonts."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    for element in list(root.iter(etree.Element)):
        if element.tag in _TRACES or element.tag == f"{W}rsids":
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in list(element.attrib):
            if str(name).startswith((f"{W}rsid", f"{_W14}paraId", f"{_W14}textId")):
                del element.attrib[name]
    return root


def _relations(package: zipfile.ZipFile, member: str) -> dict[str, tuple[str, str]]:
    """Return the kept relationships of a part, ids as in the part: id to (kind, target below ``word/``)."""
    folder, name = posixpath.split(member)
    try:
        root = etree.fromstring(package.read(f"{folder}/_rels/{name}.rels"))
    except KeyError:
        return {}
    found = {}
    for each in root.iter(_RELATIONSHIP):
        kind, target = (each.get("Type") or "").rsplit("/", 1)[-1], each.get("Target") or ""
        whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        fits = kind in _KEPT and each.get("Type") == relationship(kind) and each.get("TargetMode") != "External"
        if fits and whole.startswith("word/") and whole in package.namelist() and _drawable(kind, whole):
            found[each.get("Id") or ""] = (kind, whole.removeprefix("word/"))
    return found


def _drawable(kind: str, member: str) -> bool:
    return kind != "image" or member.rsplit(".", 1)[-1].lower() in PICTURES


def _mend(root: etree._Element, relations: dict[str, tuple[str, str]]) -> None:
    """Take out what refers to a part that does not go on: links lose their target, drawings go."""
    for element in list(root.iter(etree.Element)):
        for name in _dead(element, relations):
            del element.attrib[name]
            drawing = next(iter(element.iterancestors(f"{W}drawing", f"{W}pict", f"{W}object")), None)
            holder = drawing.getparent() if drawing is not None else None
            if drawing is not None and holder is not None:
                holder.remove(drawing)


def _dead(element: etree._Element, relations: dict[str, tuple[str, str]]) -> Iterator[str]:
    for name, value in list(element.attrib.items()):
        if str(name).startswith(_R) and str(value) not in relations:
            yield str(name)


def _take_pictures(package: zipfile.ZipFile, relations: dict[str, tuple[str, str]], others: dict[str, bytes]) -> None:
    for kind, target in relations.values():
        if kind == "image":
            others[f"word/{target}"] = pictures.bare(package.read(f"word/{target}"))


def _bytes(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
