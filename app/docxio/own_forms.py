"""The forms of a draft in its own Word file: tracked, compared, clean, and the copy to work in."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from app.docxio import oxml
from app.docxio.comments import Comment
from app.docxio.compared import NEWER, compared
from app.docxio.entries import Entry, entries
from app.docxio.header_lines import with_lines
from app.docxio.markers import with_marker
from app.docxio.own_file import OwnFile
from app.docxio.own_legend import with_legend
from app.docxio.own_marks import adoption, with_marks
from app.docxio.own_package import packed
from app.docxio.own_parts import MAIN, Relation
from app.docxio.own_structure import OwnStructure
from app.docxio.own_writing import OwnWriter
from app.docxio.sheets import Sheet, Stage
from app.text.composition import Composition, Sponsors
from app.text.provision import Edition

Names = Mapping[str, Collection[str]]
_NO_DAY = "1980-01-01"
_LAST_TABLE = re.compile(r"</w:tbl>(?=\s*(?:<w:sectPr|</w:body>))")


def tracked_in_own_file(
    own: OwnFile,
    composition: Composition,
    sheet: Sheet,
    names: Mapping[str, str],
    at: date,
    comments: Sequence[Comment] = (),
    state_names: Names | None = None,
) -> bytes:
    """Return the tracked consolidated draft in its own file; arguments as of ``tracked.tracked``.

    *own* is used up: open it again for another form.

    Raises:
        NotItsFile: A change cannot be written into this file.
    """
    found = tuple(entries(composition, rivals=True))
    order = composition.order
    writer = _written(own, sheet, names, at.isoformat(), comments, found, state_names, is_tracked=True, order=order)
    with_legend(writer)
    return _finished(writer, sheet)


def comparison_in_own_file(
    own: OwnFile,
    new: Edition,
    sheet: Sheet,
    author: str,
    at: date,
    state_names: Names | None = None,
    counted: Collection[str] = (),
) -> bytes:
    """Return *new* as tracked changes on the text of its own file; arguments as of ``comparison.comparison``.

    Args:
        counted: Keys of the provisions of *new* whose numbers Word counts.

    Raises:
        NotItsFile: A change cannot be written into this file.
    """
    found = tuple(compared(own.edition, new))
    names = {NEWER[0]: author}
    writer = _written(own, sheet, names, at.isoformat(), (), found, state_names, is_tracked=True, counted=counted)
    return _finished(writer, sheet)


def clean_in_own_file(own: OwnFile, edition: Edition, sheet: Sheet, state_names: Names | None = None) -> bytes:
    """Return the text of *edition*, the file's own or a later one, in the draft's own file.

    Raises:
        NotItsFile: A change cannot be written into this file.
    """
    return _finished(_clean(own, edition, sheet, state_names), sheet)


def working_copy_in_own_file(
    own: OwnFile,
    edition: Edition,
    sheet: Sheet,
    instruction: str,
    state_names: Names | None = None,
    *,
    marker: str = "",
) -> bytes:
    """Return the clean text with Track Changes switched on and *instruction* in the header of each page.

    Args:
        marker: What names the version in the file (``bookmarks.marker_of``), if anything.

    Raises:
        NotItsFile: A change cannot be written into this file.
    """
    writer = _clean(own, edition, sheet, state_names)
    # Where a table ends the text LibreOffice takes it as inserted once changes are tracked.
    own.parts.document = _LAST_TABLE.sub("</w:tbl>" + oxml.spacer(), own.parts.document)
    if marker:
        own.parts.document = with_marker(own.parts.document, marker)
    return _finished(writer, sheet, instruction, tracking=True)


def _clean(own: OwnFile, edition: Edition, sheet: Sheet, state_names: Names | None) -> OwnWriter:
    found = tuple(compared(own.edition, edition))
    return _written(own, sheet, {}, _NO_DAY, (), found, state_names, is_tracked=False)


def _written(
    own: OwnFile,
    sheet: Sheet,
    names: Mapping[str, str],
    at: str,
    comments: Sequence[Comment],
    found: Sequence[Entry],
    state_names: Names | None,
    *,
    is_tracked: bool,
    counted: Collection[str] = (),
    order: Sponsors = (),
) -> OwnWriter:
    known = state_names or {}
    writer = OwnWriter(
        own,
        sheet,
        names,
        at,
        comments,
        found,
        is_tracked=is_tracked,
        state_names=known,
        counted=counted,
        order=order,
    )
    structure = OwnStructure(writer)
    structure.write(found)
    if sheet.stage is Stage.ADOPTED:
        writer.splices[MAIN] += adoption(own, sheet)
    structure.finish()
    writer.finish()
    return writer


def _finished(writer: OwnWriter, sheet: Sheet, instruction: str = "", *, tracking: bool = False) -> bytes:
    parts = writer.own.parts
    if writer.comments:
        parts.others["word/comments.xml"] = oxml.comments(writer.comments).encode()
        parts.kinds["word/comments.xml"] = "comments"
        parts.relations[MAIN]["rIdOwnComments"] = Relation("comments", "comments.xml")
    adopted = sheet.stage is Stage.ADOPTED
    marks = () if adopted else tuple(mark for mark in sheet.marks if mark)
    left = () if (marks or adopted) and with_marks(parts, marks) else marks
    marked = " · ".join(line for line in (*left, sheet.handling) if line)
    above = tuple(line for line in (instruction, marked, sheet.sample) if line)
    below = (sheet.fingerprint,) if sheet.fingerprint and not adopted else ()
    with_lines(parts, above, below)
    return packed(parts, tracking=tracking)
