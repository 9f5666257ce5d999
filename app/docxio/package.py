"""A Word file as a package: its parts by what they are for, and what was left outside the door."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from app.docxio.archive import Archive
from app.docxio.atoms import Inline
from app.docxio.gate import MAIN_TYPE
from app.docxio.plain_paragraphs import taken_out
from app.docxio.refusals import Reason, refuse
from app.docxio.simplified import is_common, simplified
from app.docxio.understanding import Notice, Warned

_STRICT = re.compile(rb"""((?:xmlns(?::[\w.-]+)?|Type)\s*=\s*["'])http://purl\.oclc\.org/ooxml/(\w+)(?=[/"'])""")
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006"
_DROPPED = (
    ("embedding", re.compile(r"(?:^|/)embeddings/|(?:^|/)oleObject", re.I)),
    ("font", re.compile(r"(?:^|/)fonts/|\.(?:odttf|fntdata)$", re.I)),
    ("activex", re.compile(r"(?:^|/)activeX/", re.I)),
    ("printer_settings", re.compile(r"printerSettings", re.I)),
    ("binary", re.compile(r"\.bin$", re.I)),
)


def _parser() -> etree.XMLParser:
    """Return a parser that expands, loads and fetches nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse(data: bytes, part: str) -> etree._Element:
    """Return the root of an XML part; the namespaces of Strict files become those of Transitional ones.

    Raises:
        FileRefused: It is not well formed or has a DOCTYPE.
    """
    if b"http://purl.oclc.org/ooxml/" in data:
        data = _STRICT.sub(_TRANSITIONAL, data)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise refuse(Reason.DAMAGED, part=part) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse(Reason.DOCTYPE, part=part)
    return root


class Package:
    """The parts of a Word file that are read.

    Raises:
        FileRefused: The main document is missing or of another program.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.main = self._find_main()
        self._related = self._related_parts()
        self._roots: dict[str, etree._Element | None] = {}

    def document(self, *, is_whole: bool = False) -> tuple[etree._Element, list[Inline]]:
        """Return the root of the main document, simplified, and what its plain paragraphs say.

        Args:
            is_whole: Whether the plain paragraphs are left in.
        """
        written = self._archive.read(self.main)
        if not is_common(written):
            return parse(written, self.main), []
        written = simplified(written)
        written, plain = (written, []) if is_whole else taken_out(written)
        return parse(written, self.main), plain

    def related(self, purpose: str) -> etree._Element | None:
        """Return the root of the part the main document names for *purpose* ("styles", "footnotes" …), if any."""
        if purpose not in self._roots:
            part = next(iter(self._related.get(purpose, ())), None)
            self._roots[purpose] = None if part is None else parse(self._archive.read(part), part)
        return self._roots[purpose]

    def beside(self, *purposes: str) -> Iterator[etree._Element]:
        """Yield the root of every part the main document names for one of the purposes."""
        for purpose in purposes:
            for part in self.names(purpose):
                yield parse(self._archive.read(part), part)

    def names(self, purpose: str) -> tuple[str, ...]:
        """Return the names of the parts the main document names for *purpose*."""
        return tuple(self._related.get(purpose, ()))

    def count(self, purpose: str) -> int:
        """Return how many parts the main document names for *purpose*."""
        return len(self._related.get(purpose, ()))

    def warnings(self) -> tuple[Notice, ...]:
        """Return what is not taken in: links to outside, embedded objects, fonts, active content."""
        dropped: Counter[tuple[Warned, str]] = Counter()
        for part in self._archive.names:
            if part.endswith(".rels"):
                for purpose, mode, _ in _relationships(parse(self._archive.read(part), part)):
                    if mode == "External" and purpose != "hyperlink":
                        dropped[Warned.OUTSIDE_LINK, purpose] += 1
                continue
            kind = next((kind for kind, looks in _DROPPED if looks.search(part)), None)
            if kind:
                dropped[Warned.DROPPED_PART, kind] += 1
        return tuple(Notice(what, count, detail) for (what, detail), count in sorted(dropped.items()))

    def _find_main(self) -> str:
        if "_rels/.rels" not in self._archive:
            raise refuse(Reason.NOT_WORD)
        for purpose, mode, target in _relationships(parse(self._archive.read("_rels/.rels"), "_rels/.rels")):
            if purpose == "officeDocument" and mode != "External":
                part = _resolve("", target)
                if part not in self._archive:
                    raise refuse(Reason.DAMAGED, part=part)
                if self._type_of(part) != MAIN_TYPE:
                    raise refuse(Reason.OTHER_OFFICE, part=part)
                return part
        raise refuse(Reason.NOT_WORD)

    def _type_of(self, part: str) -> str:
        types = parse(self._archive.read("[Content_Types].xml"), "[Content_Types].xml")
        ending = part.rpartition(".")[2].casefold()
        default = ""
        for entry in types:
            if entry.get("PartName", "").casefold() == f"/{part}".casefold():
                return entry.get("ContentType", "")
            if entry.get("Extension", "").casefold() == ending:
                default = entry.get("ContentType", "")
        return default

    def _related_parts(self) -> dict[str, list[str]]:
        folder, _, file = self.main.rpartition("/")
        links = posixpath.join(folder, "_rels", f"{file}.rels")
        related: dict[str, list[str]] = {}
        if links in self._archive:
            for purpose, mode, target in _relationships(parse(self._archive.read(links), links)):
                part = _resolve(folder, target)
                if mode != "External" and part in self._archive:
                    related.setdefault(purpose, []).append(part)
        return related


def _relationships(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Yield (purpose, mode, target) of each relationship."""
    for link in root:
        yield link.get("Type", "").rpartition("/")[2], link.get("TargetMode", ""), link.get("Target", "")


def _resolve(folder: str, target: str) -> str:
    path = unquote(target)
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
