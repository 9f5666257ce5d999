"""What of somebody's Word file may go out: an allow-list of parts under names of our own, pictures checked.

The settings are written afresh from a list of those that lay out the page; document properties, custom XML,
embedded objects, templates, people, thumbnails, fonts and links to outside stay behind.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from app.docxio.archive import Archive
from app.docxio.inline import Changes
from app.docxio.own_changes import resolved
from app.docxio.own_text import elements, normal, without
from app.docxio.own_traces import untraced
from app.docxio.package import Package, parse
from app.docxio.pictures import BLANK, ending, shown

_STORIES = ("header", "footer", "footnotes", "endnotes")
_PLAIN = ("styles", "numbering", "fontTable", "theme")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\]*\Z", re.IGNORECASE)
_FIRST_SETTINGS = (
    *("displayBackgroundShape", "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
    "gutterAtTop",
)
"""Those that stand before the switch of Track Changes."""
_SETTINGS = (
    *("defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone"),
    *("doNotHyphenateCaps", "evenAndOddHeaders", "bookFoldPrinting", "drawingGridHorizontalSpacing"),
    *("drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery"),
    *("characterSpacingControl", "strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore"),
    *("footnotePr", "endnotePr", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
)
"""In the order of the schema, which the source keeps."""


@dataclass(eq=False)
class Relation:
    """One relationship that goes out: its kind, and a member below ``word/`` or a link."""

    kind: str
    target: str
    is_link: bool = False


@dataclass(eq=False)
class OwnParts:
    """The parts that go out.

    Attributes:
        document: The main part, changes resolved, traces still in: the ids of its provisions are yet to be read.
        stories: Member to text of headers, footers and notes, changes resolved.
        others: Member to bytes of the rest.
        kinds: Member to kind, pictures apart.
        relations: For each story, "word/document.xml" among them: id to relationship.
    """

    document: str = ""
    stories: dict[str, str] = field(default_factory=dict)
    others: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)
    settings: tuple[str, str] = ("", "")
    """The kept settings, before and after the switch of Track Changes."""


MAIN = "word/document.xml"


def own_parts(archive: Archive, changes: Changes) -> OwnParts:
    """Return what may go out of a file, its tracked changes accepted or rejected.

    Raises:
        NotItsFile: It is written in a way that cannot be written into.
        FileRefused: It is no Word file.
    """
    return _Sorting(archive, changes).parts


class _Sorting:
    def __init__(self, archive: Archive, changes: Changes) -> None:
        self._archive = archive
        self._changes = changes
        self._named: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self.parts = OwnParts()
        main = Package(archive).main
        self.parts.document = resolved(normal(archive.read(main), main, is_parsed=True), changes)
        self.parts.relations[MAIN] = dict(self._relations(main, _STORIES + _PLAIN + ("image", "settings")))

    def _relations(self, source: str, kinds: tuple[str, ...]) -> Iterator[tuple[str, Relation]]:
        """Yield the relationships of a part that go out, having taken in what they lead to."""
        folder, _, file = source.rpartition("/")
        member = posixpath.join(folder, "_rels", f"{file}.rels")
        if member not in self._archive:
            return
        for link in parse(self._archive.read(member), member):
            identity, target = link.get("Id", ""), link.get("Target", "")
            kind = link.get("Type", "").rpartition("/")[2]
            if kind == "hyperlink":
                if link.get("TargetMode") == "External" and _WEB.match(target):
                    yield identity, Relation(kind, target, is_link=True)
            elif kind == "image":
                is_outside = link.get("TargetMode") == "External"
                yield identity, Relation(kind, self._picture("" if is_outside else _resolve(folder, target)))
            elif kind in kinds and link.get("TargetMode") != "External":
                path = _resolve(folder, target)
                if kind == "settings" and path in self._archive:
                    self._settings(normal(self._archive.read(path), path))
                elif path in self._archive:
                    yield identity, Relation(kind, self._taken(kind, path))

    def _taken(self, kind: str, path: str) -> str:
        """Take a part in; return its name below ``word/``."""
        if path in self._named:
            return self._named[path]
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        if kind in ("header", "footer"):
            name = f"{kind}{number}.xml"
        elif number > 1:
            return f"{kind}.xml"
        else:
            name = f"{kind}.xml" if kind != "theme" else "theme/theme1.xml"
        self._named[path] = name
        member = f"word/{name}"
        self.parts.kinds[member] = kind
        inner = dict(self._relations(path, ("image",)))
        self.parts.relations[member] = inner
        if kind == "theme":
            self.parts.others[member] = self._archive.read(path) if not inner else b""
            return name
        written = resolved(normal(self._archive.read(path), path), self._changes)
        if kind == "fontTable":
            for embedded in ("Regular", "Bold", "Italic", "BoldItalic"):
                written = without(re.sub(rf"<w:embed{embedded}\b[^<>]*/>", "", written), f"w:embed{embedded}")
        if kind in _STORIES:
            self.parts.stories[member] = written
        else:
            kept = {identity: relation.kind for identity, relation in inner.items()}
            self.parts.others[member] = without(untraced(written, kept), "w:rsids").encode()
        return name

    def _picture(self, path: str) -> str:
        """Take a picture in, without its metadata; one that is none or stands outside becomes a blank one."""
        if path in self._named:
            return self._named[path]
        content = shown(self._archive.read(path)) if path in self._archive else b""
        if not content:
            self.parts.others["word/media/blank.png"] = BLANK
            return "media/blank.png"
        number = self._counts["image"] = self._counts.get("image", 0) + 1
        name = self._named[path] = f"media/image{number}.{ending(content)}"
        self.parts.others[f"word/{name}"] = content
        return name

    def _settings(self, written: str) -> None:
        self.parts.settings = _picked(written, _FIRST_SETTINGS), _picked(written, _SETTINGS)


def _picked(written: str, names: tuple[str, ...]) -> str:
    found = [(a, b) for name in names for a, b in elements(written, f"w:{name}")]
    return "".join(written[a:b] for a, b in sorted(found) if not _within(a, found))


def _within(start: int, spans: list[tuple[int, int]]) -> bool:
    return any(a < start < b for a, b in spans)


def _resolve(folder: str, target: str) -> str:
    path = unquote(target)
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
