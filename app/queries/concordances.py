"""Concordances: the old and the new numbers of the provisions of a version."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app.docxio.numbers_table import NumberRow
from app.docxio.sheets import Sheet
from app.models import db
from app.models.bodies import Body
from app.models.documents import Document, Version
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.queries import access
from app.queries.excerpts import first_words
from app.queries.paper_words import WORDS
from app.queries.papers import version_part
from app.queries.people import load_people
from app.queries.sheets import since, working_sheet
from app.queries.texts import load_edition
from app.text.next_version import concordance
from app.text.provision import Provision


@dataclass(frozen=True, slots=True)
class Numbers:
    """One provision's numbers; None where it is not in that version."""

    provision: Provision
    old: str | None
    new: str | None

    @property
    def is_moved(self) -> bool:
        """Whether the number is another one now."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Concordance:
    """The numbers of a version beside those of the version it was made from, in the order of the new text."""

    slug: str
    titles: dict[str, Any]
    old_number: int
    new_number: int
    language: str
    rows: tuple[Numbers, ...]


def get_concordance(document: Document, number: int, *, actor: Actor) -> Concordance | None:
    """Return the concordance of a version with the one it was made from; None where there is none to compare with.

    Raises:
        NotFound: There is no such version, or not for *actor*.
    """
    version = access.get_version(document, number, actor=actor)
    before = db.session.scalar(select(Version).where(Version.id == version.made_from))
    if before is None or before not in access.list_visible_versions(document.id, actor=actor):
        return None
    language = document.negotiating_language
    old, new = load_edition(before.id, language), load_edition(version.id, language)
    by_key = {**old.by_key(), **new.by_key()}
    return Concordance(
        document.slug,
        document.titles,
        before.number,
        version.number,
        language,
        tuple(Numbers(by_key[key], was, now) for key, was, now in concordance(old, new)),
    )


@dataclass(frozen=True)
class ConcordancePaper:
    """The concordance of a version with the one before it, ready to print."""

    name: str
    sheet: Sheet
    rows: tuple[NumberRow, ...]


def load_concordance(slug: str, number: int, language: str, *, actor: Actor) -> ConcordancePaper:
    """Return the concordance of a version; the provisions are those of the negotiating text.

    Raises:
        NotFound: There is no such version, none before it, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    found = get_concordance(document, number, actor=actor)
    if found is None or language not in WORDS:
        raise NotFound()
    before, after = (access.get_version(document, n, actor=actor) for n in (found.old_number, found.new_number))
    body = db.session.get_one(Body, document.body_id)
    people = load_people(body.id)
    sheet = working_sheet(
        document,
        after,
        language,
        "",
        body=body,
        people=people,
        marks=(since(document, before, language, body.zone),),
        text_language=found.language,
    )
    return ConcordancePaper(
        name=f"{slug}.{version_part(before)}-{version_part(after)}.numbers",
        sheet=replace(sheet, fingerprint=""),
        rows=tuple(NumberRow(row.old, row.new, first_words(row.provision, 90)) for row in found.rows),
    )
