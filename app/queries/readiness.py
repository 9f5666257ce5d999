"""What stands in the way of agreeing or adopting a document, and what is worth knowing before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.bodies import Meeting
from app.models.documents import Document, Version
from app.models.documents import Edition as EditionRow
from app.models.rounds import Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound
from app.negotiation.vocabulary import ConsentAnswer, DocumentState, RoundState
from app.queries import access
from app.queries.consents import ConsentLine, load_consents
from app.queries.issuing import list_brackets
from app.queries.resulting import is_balanced
from app.queries.texts import load_edition
from app.text.brackets import count
from app.text.provision import States


@dataclass(frozen=True, slots=True)
class Place:
    """A provision with words in brackets."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting that may have adopted something."""

    id: str
    titles: Mapping[str, Any]
    places: Mapping[str, Any]
    starts_on: date
    ends_on: date
    higher: bool


@dataclass(frozen=True)
class Readiness:
    """A document on the way to its end.

    Attributes:
        obstacles: Message ids of what must be put right first.
        brackets: Where words still stand in brackets.
        stale: Languages whose text is older than the negotiating text.
        lines: The consents to the newest version.
    """

    slug: str
    titles: Mapping[str, Any]
    state: DocumentState
    number: int
    languages: tuple[str, ...]
    body_languages: tuple[str, ...]
    obstacles: tuple[str, ...]
    brackets: tuple[Place, ...]
    stale: tuple[str, ...]
    lines: tuple[ConsentLine, ...]

    @property
    def answers(self) -> tuple[tuple[ConsentAnswer | None, tuple[ConsentLine, ...]], ...]:
        """Each answer with who gave it; None for those who gave none, last."""
        found = []
        for answer in (*ConsentAnswer, None):
            lines = tuple(line for line in self.lines if (line.newest.answer if line.newest else None) == answer)
            found += [(answer, lines)] if lines else []
        return tuple(found)


def load_readiness(slug: str, *, actor: Actor) -> Readiness:
    """Return how ready a document's newest version is.

    Raises:
        NotFound: There is no such document, or it has no version yet.
    """
    document = access.get_document(slug, actor=actor)
    versions = access.list_visible_versions(document.id, actor=actor)
    if not versions:
        raise NotFound()
    version = versions[-1]
    made_from = {
        row.language: (row.fingerprint, row.made_from)
        for row in db.session.scalars(select(EditionRow).where(EditionRow.version_id == version.id))
    }
    leading = made_from[document.negotiating_language][0]
    return Readiness(
        slug=slug,
        titles=document.titles,
        state=document.state,
        number=version.number,
        languages=tuple(sorted(made_from, key=lambda code: (code != document.negotiating_language, code))),
        body_languages=tuple(access.get_body(actor).languages),
        obstacles=list_obstacles(document, version),
        brackets=bracketed_places(document, version),
        stale=tuple(
            code for code, (_, made) in made_from.items() if code != document.negotiating_language and made != leading
        ),
        lines=load_consents(slug, version.number, actor=actor).lines,
    )


def list_obstacles(document: Document, version: Version) -> tuple[str, ...]:
    """Return what stands in the way of agreeing or adopting a version, as message ids."""
    problems = []
    running = (
        select(Round.number)
        .join(RoundVersion, RoundVersion.round_id == Round.id)
        .where(RoundVersion.version_id == version.id, Round.state != RoundState.CONCLUDED)
    )
    if db.session.scalar(running) is not None:
        problems.append(N_("a round is not concluded"))
    if bracketed_places(document, version):
        problems.append(N_("words still stand in brackets"))
    return tuple(problems)


def bracketed_places(document: Document, version: Version) -> tuple[Place, ...]:
    """Return the provisions of the negotiating text with words in square brackets; literal brackets are none."""
    language = document.negotiating_language
    literal: dict[tuple[str, str], list[int]] = {}
    for row in list_brackets(version.id):
        if row.literal and row.language == language:
            literal.setdefault((row.key, row.part), []).append(row.ordinal)
    found = []
    for p in load_edition(version.id, language):
        for part, content in p.parts.items():
            if isinstance(content, States):
                continue
            if count(content, literal.get((p.key, part), ())) or not is_balanced(content):
                found.append(Place(p.key, p.label))
                break
    return tuple(found)


def list_meetings(*, actor: Actor) -> tuple[MeetingRow, ...]:
    """Return the meetings of the actor's body, higher ones first, the newest first."""
    found = db.session.scalars(
        select(Meeting)
        .where(Meeting.body_id == actor.body)
        .order_by(Meeting.higher.desc(), Meeting.starts_on.desc(), Meeting.id)
    )
    return tuple(MeetingRow(m.id, m.titles, m.places, m.starts_on, m.ends_on, m.higher) for m in found)
