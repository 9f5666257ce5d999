"""What the ministries ask for as a tracked Word file, for their own delegation alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.docxio.comments import Comment
from app.docxio.sheets import Sheet
from app.models import db
from app.models.bodies import Body
from app.models.documents import Edition as EditionRow
from app.models.documents import Version
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotReady
from app.queries import access
from app.queries.cases import Source
from app.queries.clearances import load_clearance
from app.queries.cleared import SUBMITTED
from app.queries.people import load_people
from app.queries.sheets import as_at, day_of, working_sheet
from app.queries.texts import load_edition
from app.text.changes import ContradictoryWishes, NotInBase, Operation, Wish
from app.text.composing import compose
from app.text.composition import Composition

_INTERNAL: Mapping[str, str] = {
    "ru": "Для внутреннего пользования делегации",
    "zh": "仅供代表团内部使用",
    "en": "For the delegation’s own use",
}


@dataclass(frozen=True)
class ClearancePaper:
    """Ready to print; *names*: code of a ministry's file to the name under which it is author."""

    name: str
    composition: Composition
    sheet: Sheet
    names: Mapping[str, str]
    on: date
    comments: tuple[Comment, ...]


def load_clearance_paper(slug: str, number: int, language: str, *, actor: Actor, now: datetime) -> ClearancePaper:
    """Return what the ministries of the actor's own delegation ask for, made one text.

    Raises:
        NotFound: As ``load_clearance`` says.
        NotReady: A file contradicts itself.
    """
    desk = load_clearance(slug, number, language, actor=actor, now=now)
    document = access.get_document(slug, actor=actor)
    body = db.session.get_one(Body, document.body_id)
    version = db.session.get_one(Version, desk.version)
    fingerprint = db.session.get_one(EditionRow, (desk.version, language)).fingerprint
    sources = [s for one in desk.cases for r in one.case.readings for s in r.sources]
    asked = [s for s in sources if s.proposal.delegation != SUBMITTED]
    wishes = [Wish(code, s.change.stored.change()) for s in asked for code in s.change.sponsors]
    try:
        composition = compose(load_edition(desk.version, language), wishes, desk.order)
    except (ContradictoryWishes, NotInBase) as error:
        raise NotReady(N_("a ministry’s file contradicts itself")) from error
    sheet = working_sheet(
        document,
        version,
        language,
        fingerprint,
        body=body,
        people=load_people(body.id),
        marks=(_INTERNAL[language], as_at(now, desk.round.zone, language)),
    )
    return ClearancePaper(
        name=f"{slug}.round{number}.ministries.{language}.docx",
        composition=composition,
        sheet=replace(sheet, handling=sheet.handling or _INTERNAL[language]),
        names={one.code: one.ministry for one in desk.files},
        on=day_of(now, desk.round.zone),
        comments=tuple(_comments(asked)),
    )


def _comments(sources: list[Source]) -> Iterator[Comment]:
    for source in sources:
        stored = source.change.stored
        said = stored.comment if stored.operation is Operation.COMMENT else source.proposal.justification
        if said:
            yield Comment(stored.key or "", source.change.sponsors, said)
