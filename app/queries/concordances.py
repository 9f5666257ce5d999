"""Concordances: the old and the new numbers of the provisions of a version."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.documents import Document, Version
from app.negotiation.actors import Actor
from app.queries import access
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
