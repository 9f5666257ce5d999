"""Is this Word file sound? Rules that neither the schema nor the Open XML SDK sees, and the schema itself.

``problems(data)`` returns ``[(part, remark), …]``. The schema check needs a folder with the ISO/IEC 29500
schemas: the environment's CHAPEAU_OOXML_XSD, or ``../shared/tools/ooxml-xsd`` seen from the project's root.
"""

import io
import os
import posixpath
import re
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path

from lxml import etree

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_WORD}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STORY = re.compile(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$")
_RANGE = re.compile(r"(comment|bookmark|moveFrom|moveTo)(Range)?(Start|End)$")
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def schema_folder():
    """Return the folder of the schemas, or None."""
    named = os.environ.get("CHAPEAU_OOXML_XSD")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "tools" / "ooxml-xsd"
    return folder if (folder / "wml.xsd").exists() else None


def problems(data):
    """Return every remark of the lint on the bytes of a Word file."""
    found = []
    package = zipfile.ZipFile(io.BytesIO(data))
    names = package.namelist()
    found += [(name, f"{count} times in the package") for name, count in Counter(names).items() if count > 1]
    found += [(name, "macro or embedded part") for name in names if re.search("vbaProject|activeX|embeddings", name)]
    roots = {name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    found += [(name, "DOCTYPE") for name, root in roots.items() if root.getroottree().docinfo.doctype]
    for name, root in roots.items():
        if name.endswith(".rels"):
            found += [(name, remark) for remark in _relationships(name, root, names)]
        elif STORY.match(name):
            found += [(name, remark) for remark in _story(name, root, roots)]
    return found


def schema_problems(data):
    """Return what the schema says of the parts of a Word file; None where the schemas are absent."""
    folder = schema_folder()
    if folder is None:
        return None
    found = []
    package = zipfile.ZipFile(io.BytesIO(data))
    for name in package.namelist():
        if STORY.match(name) or name in ("word/styles.xml", "word/numbering.xml", "word/settings.xml"):
            root = etree.fromstring(package.read(name))
            schema = _schema(folder)
            if not schema.validate(root):
                found += [(name, error.message.replace(_WORD, "w")) for error in schema.error_log]
    return found


@lru_cache(maxsize=1)
def _schema(folder):
    return etree.XMLSchema(etree.parse(str(folder / "wml.xsd")))


def _relationships(name, root, names):
    folder = name.rsplit("_rels/", 1)[0]
    for each in root.iter(REL):
        target = each.get("Target")
        if each.get("TargetMode") == "External":
            yield f"external target {target}"
            continue
        whole = target[1:] if target.startswith("/") else posixpath.normpath(folder + target)
        if whole not in names:
            yield f"target is not in the package: {target}"


def _ids(roots, part, tag, attribute):
    root = roots.get(f"word/{part}.xml")
    return set() if root is None else {each.get(W + attribute) for each in root.iter(W + tag)}


def _story(name, root, roots):
    known = {
        "style": _ids(roots, "styles", "style", "styleId"),
        "comment": _ids(roots, "comments", "comment", "id"),
        "footnote": _ids(roots, "footnotes", "footnote", "id"),
        "num": _ids(roots, "numbering", "num", "numId") | {"0"},
    }
    rels = roots.get(name.replace("word/", "word/_rels/") + ".rels")
    relations = set() if rels is None else {each.get("Id") for each in rels.iter(REL)}
    for element in root.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if attribute.startswith(R) and value not in relations:
                yield f"no relationship {value}"
        if element.tag.startswith(W):
            yield from _element(element, element.tag[len(W) :], known)
    yield from _revision_ids(root)
    yield from _ranges(root)
    yield from _marks(root)


def _element(e, tag, known):
    around = [x.tag[len(W) :] for x in e.iterancestors() if x.tag.startswith(W)]
    if tag in ("t", "instrText") and "del" in around:
        yield f"w:{tag} inside w:del"
    if tag in ("delText", "delInstrText") and "del" not in around:
        yield f"w:{tag} outside w:del"
    if tag == "commentReference" and around[-1] != "document":
        yield "comment outside the text: LibreOffice does not open the file"
    if tag in ("t", "delText") and e.text and e.text != e.text.strip() and e.get(SPACE) != "preserve":
        yield f"edge space is not preserved: {e.text[:30]!r}"
    if tag in ("ins", "del") and {"ins", "del"} & set(around):
        yield f"w:{tag} inside a change"
    if tag in _CHANGES:
        yield from (f"w:{tag} without {name}" for name in ("author", "date") if not (e.get(W + name) or "").strip())
        if len(e.get(W + "author") or "") > 255:
            yield "an author of more than 255 characters"
    if tag == "commentReference" and e.get(W + "id") not in known["comment"]:
        yield f"comment {e.get(W + 'id')} does not exist"
    if tag == "footnoteReference" and e.get(W + "id") not in known["footnote"]:
        yield f"footnote {e.get(W + 'id')} does not exist"
    if tag == "tc" and (not len(e) or e[-1].tag != W + "p"):
        yield "a cell does not end with a paragraph"
    if tag in ("pStyle", "rStyle", "tblStyle") and e.get(W + "val") not in known["style"]:
        yield f"style {e.get(W + 'val')} is not defined"
    if tag == "numId" and e.get(W + "val") not in known["num"]:
        yield f"numbering {e.get(W + 'val')} is not defined"
    if tag == "bookmarkStart" and not re.fullmatch(r"[A-Za-z]\w{0,39}", e.get(W + "name") or "", re.ASCII):
        yield f"bookmark name {e.get(W + 'name')!r}"


def _revision_ids(root):
    counted = Counter(e.get(W + "id") for tag in _CHANGES for e in root.iter(W + tag))
    yield from (f"revision id {identity} used {count} times" for identity, count in counted.items() if count > 1)
    references = Counter(e.get(W + "id") for e in root.iter(W + "footnoteReference"))
    yield from (f"footnote {identity} referred to {count} times" for identity, count in references.items() if count > 1)
    names = Counter(e.get(W + "name") for e in root.iter(W + "bookmarkStart"))
    yield from (f"bookmark {name} {count} times" for name, count in names.items() if count > 1)


def _ranges(root):
    starts, ends = Counter(), Counter()
    for e in root.iter(etree.Element):
        m = _RANGE.match(e.tag[len(W) :]) if e.tag.startswith(W) else None
        if m:
            (starts if m[3] == "Start" else ends)[m[1], e.get(W + "id")] += 1
    for key in starts.keys() | ends.keys():
        if (starts[key], ends[key]) != (1, 1):
            yield f"{key[0]} range {key[1]}: {starts[key]} starts, {ends[key]} ends"


def _marks(root):
    """A mark that cannot disappear: the last paragraph before a table, of a body, cell or note."""
    for p in root.iter(W + "p"):
        marks = [e.tag for e in p.iterfind(f"{W}pPr/{W}rPr/*") if e.tag in (W + "ins", W + "del")]
        following = p.getnext()
        row = next(iter(p.iterancestors(W + "tr")), None)
        whole = row is not None and any(e.tag in marks for e in row.iterfind(f"{W}trPr/*"))
        if marks and not whole and (following is None or following.tag in (W + "tbl", W + "sectPr")):
            yield f"a tracked mark with no paragraph after it: {''.join(p.itertext())[:30]!r}"
        if marks and p.find(f"{W}pPr/{W}sectPr") is not None:
            yield "a tracked mark on a paragraph that ends a section"
