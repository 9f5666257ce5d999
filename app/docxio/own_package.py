"""Puts the parts of an own file together again: sorted members, fixed times, properties of our own."""

from collections.abc import Mapping

from app.docxio import oxml
from app.docxio.opc import content_types, package, relationship
from app.docxio.own_parts import MAIN, OwnParts, Relation

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = f'<w:settings {oxml.NAMESPACES} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
PICTURES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}


def packed(parts: OwnParts, *, tracking: bool = False, compress: bool = True) -> bytes:
    """Return the Word file; *tracking*: Track Changes is switched on in it."""
    members = {MAIN: parts.document.encode()}
    members |= {name: written.encode() for name, written in parts.stories.items()}
    settings = _settings(parts, tracking=tracking)
    members["word/settings.xml"] = settings.encode()
    relations = {**parts.relations.get(MAIN, {}), "rIdOwnSettings": Relation("settings", "settings.xml")}
    for member, found in {**parts.relations, MAIN: relations}.items():
        if found:
            folder, _, name = member.rpartition("/")
            base = folder.removeprefix("word").removeprefix("/")
            members[f"{folder}/_rels/{name}.rels"] = _relationships(found, base).encode()
    kinds = {**parts.kinds, MAIN: "document", "word/settings.xml": "settings"}
    pictures = {name.rpartition(".")[2] for name in parts.others if name.startswith("word/media/")}
    members["[Content_Types].xml"] = content_types(kinds, {e: PICTURES[e] for e in sorted(pictures)}).encode()
    return package(members, parts.others, compress=compress)


def _settings(parts: OwnParts, *, tracking: bool) -> str:
    """Return the settings part: the switch stands after the zoom and the kept settings that come before it."""
    switch = "<w:trackRevisions/>" if tracking else ""
    before, after = parts.settings
    return f'{oxml.DECLARATION}{_ROOT}<w:zoom w:percent="100"/>{before}{switch}{after}</w:settings>'


def _relationships(found: Mapping[str, Relation], folder: str) -> str:
    lines = ""
    for identity, relation in sorted(found.items()):
        target = relation.target.removeprefix(f"{folder}/") if folder else relation.target
        mode = ' TargetMode="External"' if relation.is_link else ""
        lines += (
            f'<Relationship Id="{oxml.escaped(identity)}" Type="{relationship(relation.kind)}" '
            f'Target="{oxml.escaped(target)}"{mode}/>'
        )
    return f'{oxml.DECLARATION}<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'
