"""What ministries send back: a filled table of wishes or an edited copy, understood for their delegation."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from app.docxio.gate import display_name
from app.docxio.revised import Revised
from app.docxio.state_names import StateNames
from app.docxio.wish_table import wish_lines
from app.docxio.wish_table_in import Filled, Wanted, cells_of, read_filled, tables_in
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotReady
from app.negotiation.permissions import require
from app.negotiation.vocabulary import ReturnSource
from app.queries.packets import elements_of
from app.queries.paper_words import WORDS
from app.queries.people import load_people, names_by_code
from app.queries.return_items import Remarks, UnclearPlace
from app.queries.sheets import names_sheet
from app.queries.texts import load_edition
from app.services._standing import get_round
from app.services._wording import NewChange, asking
from app.services.pasted_letters import asked_in_words, unclear_words
from app.services.returned_files import LEAST_LIKENESS, read_file, understood_as_copy
from app.services.returns import Asked, NewReturn
from app.text.changes import Operation
from app.text.formulas.letters import GRAMMARS
from app.text.formulas.table_columns import columns_of
from app.text.formulas.tables import read_table

_OURS = re.compile(r"(?:^|[\s._-])(?:copy|table|note|packet|rev\d+|round\d+|ru|zh|en|\(\d+\)|v\d+)(?=$|[\s._-])", re.I)
"""What the names of a packet's files say; a ministry's name is what is left."""


def understand_ministry_file(
    round_id: str, data: bytes, name: str, *, version: str, language: str, ministry: str, actor: Actor
) -> NewReturn:
    """Return what a ministry's file asks for, read in a limited process, outside of any transaction.

    A table of wishes is read as one; any other file as a copy of the text.

    Raises:
        NotPermitted: The actor clears nothing.
        Refused, FileRefused: As ``returned_files.understand_file`` does.
    """
    require(actor, "clearance.make")
    document, revised = read_file(round_id, data, name, version=version, language=language, actor=actor)
    filled = _filled(round_id, revised, version, language, actor)
    if filled is None or not filled.is_ours:
        foreign = _foreign(round_id, revised, version, language, actor)
        if foreign is not None:
            return replace(foreign, name=display_name(name), content=data, sponsor=ministry)
    if filled is None:
        found = understood_as_copy(document, revised, data, name, language=language, actor=actor)
        return replace(found, source=ReturnSource.MINISTRY, sponsor=ministry)
    if filled.likeness < LEAST_LIKENESS:
        raise NotReady(N_("this file is not a copy of this document in this language"))
    return NewReturn(
        version,
        language,
        ReturnSource.MINISTRY,
        display_name(name),
        [asked for wanted in filled.wanted for asked in _asked(wanted, version, language)],
        unclear=tuple(UnclearPlace(*missed) for missed in filled.missed),
        remarks=Remarks(is_tracked=revised.is_tracked),
        content=data,
        sponsor=ministry,
    )


def ministry_in(name: str, slug: str) -> str:
    """Return the ministry that the name of a file names: what is left of it without what our own files are called."""
    stem = PurePath(name.replace("\\", "/")).stem.replace("_", " ").replace(slug, " ")
    before = ""
    while before != stem:
        before, stem = stem, _OURS.sub(" ", stem)
    return " ".join(stem.split()).strip(" .,-–—()")


def _filled(round_id: str, revised: Revised, version: str, language: str, actor: Actor) -> Filled | None:
    people = load_people(get_round(round_id, actor).body_id)
    edition = load_edition(version, language)
    lines = wish_lines(edition, elements_of(edition, WORDS[language]), names_sheet(people, language))
    return read_filled(edition, lines, revised, StateNames(names_by_code(people)))


def _foreign(round_id: str, revised: Revised, version: str, language: str, actor: Actor) -> NewReturn | None:
    """Return what a table of proposals in a layout of the ministry's own asks for; None where there is none."""
    names = StateNames(names_by_code(load_people(get_round(round_id, actor).body_id)))
    base = load_edition(version, language)
    for table, rows in tables_in(revised.after.texts):
        cells = cells_of(table, rows)
        found = columns_of(cells, [GRAMMARS[language], *(g for code, g in GRAMMARS.items() if code != language)])
        if found is None or not found.first:
            continue  # without headings any table of three or four columns would be one
        read = read_table(cells, base, names=names, minted_from=version)
        other_forms = [UnclearPlace(one.key, "formula", f"{one.words}: {one.found}") for one in read.candidates]
        asked = tuple(asked_in_words(replace(read, candidates=()), base, version))
        unclear = (*unclear_words(read), *other_forms)
        tracked = Remarks(is_tracked=revised.is_tracked)
        return NewReturn(version, language, ReturnSource.MINISTRY, "", asked, unclear=unclear, remarks=tracked)
    return None


def _asked(wanted: Wanted, version: str, language: str) -> Iterator[Asked]:
    """Yield what a row asks for as the returns take it: each change, then the remark."""
    for change in wanted.changes:
        yield Asked((asking(change, version, language),), wanted.reason)
    if wanted.remark:
        yield Asked((NewChange(Operation.COMMENT, version, language, wanted.key, comment=wanted.remark),))
