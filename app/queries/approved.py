"""A delegation's approved text, and what later versions changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.documents import Document, Version
from app.models.signing import ApprovedText
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import Role
from app.queries import access
from app.queries.comparison import pairs
from app.queries.papers import ComparisonPaper, load_comparison
from app.queries.texts import list_languages, load_edition

_WORDS = {
    "ru": ("сверка с одобренным проектом", "изменений нет", "изменено положений: {count}", ", ", "без номера: {count}"),
    "zh": ("与批准案文核对", "无改动", "改动{count}处", "、", "无编号{count}处"),
    "en": (
        "checked against the approved draft",
        "no changes",
        "provisions changed: {count}",
        ", ",
        "unnumbered: {count}",
    ),
}
"""What the paper says: the check, no changes, changes, what stands between labels, those without one."""
_LABELS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LaterVersion:
    """A version after the approved one; *labels* of what is different in it, "" for what has no number."""

    number: int
    final: bool
    labels: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether it says what was approved."""
        return not self.labels


@dataclass(frozen=True)
class Approved:
    """The approved text of one document; *later*: the versions after it, the newest first."""

    slug: str
    titles: Mapping[str, Any]
    number: int
    final: bool
    language: str
    note: str
    pinned_at: datetime
    later: tuple[LaterVersion, ...]

    def since(self, number: int) -> LaterVersion | None:
        """Return what a version changed, if it is a later one that has the language."""
        return next((v for v in self.later if v.number == number), None)


def get_approved(slug: str, *, actor: Actor) -> Approved | None:
    """Return the approved text of the actor's own delegation; None where it has none, or the actor is no delegate.

    Raises:
        NotFound: There is no such document, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    if actor.role not in (Role.FOCAL_POINT, Role.EXPERT):
        return None
    row = db.session.get(ApprovedText, (actor.delegation, document.id))
    return _approved(document, row, actor) if row else None


def list_approved(*, actor: Actor) -> tuple[Approved, ...]:
    """Return the approved texts of the actor's own delegation, by document."""
    if actor.role not in (Role.FOCAL_POINT, Role.EXPERT):
        return ()
    rows = db.session.execute(
        select(Document, ApprovedText)
        .join(ApprovedText, ApprovedText.document_id == Document.id)
        .where(ApprovedText.delegation_id == actor.delegation, Document.body_id == actor.body)
        .order_by(Document.created_at)
    ).all()
    return tuple(_approved(document, row, actor) for document, row in rows)


def load_approved_comparison(slug: str, number: int, *, actor: Actor) -> ComparisonPaper:
    """Return a version as tracked changes on the approved text, with the statement of the check at its head.

    Raises:
        NotFound: Nothing is pinned, or there is no such later version.
    """
    approved = get_approved(slug, actor=actor)
    later = approved.since(number) if approved else None
    if approved is None or later is None:
        raise NotFound()
    paper = load_comparison(slug, approved.number, number, approved.language, actor=actor)
    marks = (*paper.sheet.marks, statement(later.labels, approved.language))
    return replace(paper, sheet=replace(paper.sheet, marks=marks))


def statement(labels: tuple[str, ...], language: str) -> str:
    """Return the statement of the check: «изменений нет», or how many provisions changed, and which."""
    check, none, some, comma, unnumbered = _WORDS[language]
    colon = "：" if language == "zh" else ": "
    if not labels:
        return f"{check}{colon}{none}"
    numbered = [label.rstrip(".)）、 ") for label in labels if label]
    rest = len(labels) - len(numbered)
    listed = [*numbered[:_LABELS_SHOWN], *(["…"] if len(numbered) > _LABELS_SHOWN else [])]
    listed += [unnumbered.format(count=rest)] if rest and numbered else []
    open_, close = ("（", "）") if language == "zh" else (" (", ")")
    which = f"{open_}{comma.join(listed)}{close}" if listed else ""
    return f"{check}{colon}{some.format(count=len(labels))}{which}"


def _approved(document: Document, row: ApprovedText, actor: Actor) -> Approved:
    version = db.session.get_one(Version, row.version_id)
    visible = access.list_visible_versions(document.id, actor=actor)
    base = load_edition(version.id, row.language)
    later = tuple(
        LaterVersion(
            v.number,
            v.final,
            tuple(p.provision.label for p in pairs(base, load_edition(v.id, row.language)) if p.is_changed),
        )
        for v in reversed(visible)
        if v.number > version.number and row.language in list_languages(v.id)
    )
    return Approved(
        document.slug, document.titles, version.number, version.final, row.language, row.note, row.pinned_at, later
    )
