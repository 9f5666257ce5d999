"""Papers printed in the draft's own Word file where it has one, or in the house template.

The own file is somebody's: it is opened in a limited process, outside of any transaction.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.docxio.clean import clean
from app.docxio.comparison import comparison
from app.docxio.own_orders import CleanForm, ComparisonForm, CopyForm, OwnForm, OwnOrder, TrackedForm
from app.docxio.own_printing import printed_in_own_file
from app.docxio.own_text import NotItsFile
from app.docxio.sheets import Sheet
from app.docxio.tracked import tracked
from app.docxio.working_copy import working_copy
from app.models.documents import Version
from app.negotiation.errors import NotInOwnFile
from app.queries.own_files import load_own_source
from app.queries.papers import CleanPaper, ComparisonPaper
from app.queries.people import People
from app.queries.round_papers import RoundPaper, composed, list_comments
from app.queries.working_copies import CopyPaper
from app.text.provision import Edition

log = logging.getLogger(__name__)


class Look(StrEnum):
    """What a paper looks like."""

    OWN = "own"
    """The Word file that the draft came from: its styles, headers, numbering and pictures."""
    HOUSE = "house"
    """The body's template."""


@dataclass(frozen=True)
class Printed:
    """A Word file, and what it looks like."""

    content: bytes
    look: Look


def print_clean(paper: CleanPaper, look: Look | None = None) -> Printed:
    """Return a version's clean text.

    Args:
        look: None: the own file where there is one and the text can be written into it, else the template.

    Raises:
        NotInOwnFile: Asked for in the own file, and there is none, or it cannot be written into it.
    """
    return _printed(
        _Asked(paper.version, paper.people, paper.edition, paper.sheet, CleanForm(), paper.name),
        lambda: clean(paper.edition, paper.sheet),
        look,
    )


def print_comparison(paper: ComparisonPaper, look: Look | None = None) -> Printed:
    """Return the newer of two versions as tracked changes on the older; as ``print_clean``."""
    form = ComparisonForm(paper.new, paper.author, paper.on)
    return _printed(
        _Asked(paper.version, paper.people, paper.old, paper.sheet, form, paper.name),
        lambda: comparison(paper.old, paper.new, paper.sheet, paper.author, paper.on),
        look,
    )


def print_tracked(paper: RoundPaper, look: Look | None = None) -> Printed:
    """Return the tracked consolidated draft of a round; as ``print_clean``."""
    composition, comments = composed(paper), list_comments(paper)
    form = TrackedForm(composition, paper.names, paper.on, comments)
    return _printed(
        _Asked(paper.version, paper.people, composition.base, paper.sheet, form, paper.name),
        lambda: tracked(composition, paper.sheet, paper.names, paper.on, comments),
        look,
    )


def print_copy(paper: CopyPaper, instruction: str, look: Look | None = None) -> Printed:
    """Return the working copy of a text; as ``print_clean``."""
    form = CopyForm(instruction, paper.marker)
    return _printed(
        _Asked(paper.version, paper.people, paper.edition, paper.own_sheet, form, paper.name),
        lambda: working_copy(paper.edition, paper.sheet, instruction, mark=paper.marker),
        look,
    )


@dataclass(frozen=True)
class _Asked:
    version: Version
    people: People
    base: Edition
    sheet: Sheet
    form: OwnForm
    name: str


def _printed(asked: _Asked, in_house: Callable[[], bytes], look: Look | None) -> Printed:
    content = None if look is Look.HOUSE else _own(asked)
    if content is not None:
        return Printed(content, Look.OWN)
    if look is Look.OWN:
        raise NotInOwnFile()
    return Printed(in_house(), Look.HOUSE)


def _own(asked: _Asked) -> bytes | None:
    """Return a paper in the draft's own file; None where it has none, or cannot be written into it, which is logged."""
    source = load_own_source(asked.version, asked.base.language, asked.people)
    if source is None:
        return None
    order = OwnOrder(source.imported, asked.base, asked.sheet, asked.form, source.states)
    try:
        return printed_in_own_file(source.content, order)
    except NotItsFile as error:
        log.warning("%s is not written in its own file: %s", asked.name, error)
        return None
