"""Consents to a version: the sheet, and what each delegation answered before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.rounds import Consent
from app.negotiation.actors import Actor
from app.negotiation.permissions import may
from app.negotiation.vocabulary import ConsentAnswer, DelegationKind, Role
from app.queries import access
from app.queries.people import DelegationRow, load_people


@dataclass(frozen=True, slots=True)
class Given:
    """One answer."""

    answer: ConsentAnswer
    remark: str
    letter_number: str | None
    letter_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A delegation with its answers, the newest first; none is no answer, and never consent."""

    delegation: DelegationRow
    answers: tuple[Given, ...]

    @property
    def newest(self) -> Given | None:
        """The answer that holds, if there is one."""
        return self.answers[0] if self.answers else None


@dataclass(frozen=True)
class ConsentSheet:
    """The consents to a version: every delegation's for secretariat and chair, else one's own.

    Attributes:
        may_answer: Whether the actor answers for its own delegation; *may_enter*: for all, with a letter.
    """

    slug: str
    titles: Mapping[str, Any]
    number: int
    final: bool
    lines: tuple[ConsentLine, ...]
    may_answer: bool
    may_enter: bool

    @property
    def counts(self) -> dict[ConsentAnswer | None, int]:
        """How many delegations gave each answer, in the order of the answers; None for no answer."""
        given = [line.newest.answer if line.newest else None for line in self.lines]
        every: tuple[ConsentAnswer | None, ...] = (*ConsentAnswer, None)
        return {answer: given.count(answer) for answer in every if answer in given}


def load_consents(slug: str, number: int, *, actor: Actor) -> ConsentSheet:
    """Return the consents to a version as *actor* may see them, states in the body's order.

    Raises:
        NotFound: There is no such version, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    version = access.get_version(document, number, actor=actor)
    given: dict[str, list[Given]] = defaultdict(list)
    newest_first = select(Consent).where(Consent.version_id == version.id).order_by(Consent.number.desc())
    for c in db.session.scalars(newest_first):
        given[c.delegation_id].append(Given(c.answer, c.remark, c.letter_number, c.letter_on, c.at))
    lines = tuple(
        ConsentLine(d, tuple(given.get(d.id, ())))
        for d in load_people(document.body_id).delegations
        if actor.is_staff or d.id == actor.delegation
        if (d.active and d.kind is DelegationKind.MEMBER_STATE) or d.id in given
    )
    return ConsentSheet(
        slug=slug,
        titles=document.titles,
        number=number,
        final=version.final,
        lines=lines,
        may_answer=actor.role is Role.FOCAL_POINT and not version.final,
        may_enter=actor.role is Role.SECRETARIAT and may(actor, "consent.give") and not version.final,
    )
