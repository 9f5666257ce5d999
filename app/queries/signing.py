"""How a version is signed: the arrangement, what is printed of it, and what the checks found before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from app.docxio.sheets import Sheet
from app.docxio.signature import Signatures, Signer
from app.models import db
from app.models.bodies import Body, Meeting
from app.models.documents import Document, ProvisionText, Version
from app.models.signing import Signing
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.signing import Arrangement, Block, SideSigning, SideStatus, decoded, usual
from app.queries import access
from app.queries.papers import version_part
from app.queries.people import DelegationRow, People, load_people
from app.queries.sheets import version_sheet
from app.queries.signature_words import capacity_lines, chair_words, name_form, opinion_words
from app.queries.texts import list_languages, load_edition
from app.text.canonical import encode_content, fingerprint_of
from app.text.provision import Edition

CHAIR = ""
"""Code under which the chair's signature is kept, where the chair alone signs."""


@dataclass(frozen=True)
class SigningPage:
    """The version that is signed, and how.

    Attributes:
        sides: The member states in the body's order.
        is_kept: Whether the arrangement was saved; else it is the usual one for the type of paper.
    """

    slug: str
    titles: Mapping[str, Any]
    number: int
    final: bool
    type_of_paper: str
    negotiating_language: str
    languages: tuple[str, ...]
    sides: tuple[DelegationRow, ...]
    arrangement: Arrangement
    lock_version: int | None
    down: bool
    absent_dash: bool

    @property
    def is_kept(self) -> bool:
        """Whether somebody saved it."""
        return self.lock_version is not None

    @property
    def signing(self) -> tuple[DelegationRow, ...]:
        """The sides that sign now or later."""
        return tuple(s for s in self.sides if self.arrangement.side(s.code).status is not SideStatus.DOES_NOT_SIGN)


@dataclass(frozen=True)
class SignaturePaper:
    """A signature copy, ready to print."""

    name: str
    edition: Edition
    sheet: Sheet
    signatures: Signatures


@dataclass(frozen=True)
class BilingualPaper:
    """The language versions of a version, ready to print side by side; *stale*: (language, key)."""

    name: str
    editions: tuple[Edition, ...]
    sheets: Mapping[str, Sheet]
    stale: frozenset[tuple[str, str]]


def load_signing(slug: str, number: int, *, actor: Actor) -> SigningPage:
    """Return how a version is signed.

    Raises:
        NotFound: There is no such version, or not for *actor*.
    """
    document, version, body = version_of(slug, number, actor)
    people = load_people(body.id)
    languages = _languages(document, version, body)
    row = db.session.get(Signing, version.id)
    arrangement = decoded(row.content) if row else _usual(document, body, languages)
    sides = [d for d in people.states if d.active or d.code in arrangement.sides]
    order = {code: place for place, code in enumerate(people.in_order((d.code for d in sides), languages[0]))}
    return SigningPage(
        slug,
        document.titles,
        number,
        version.final,
        document.type_of_paper,
        document.negotiating_language,
        languages,
        tuple(sorted(sides, key=lambda d: order[d.code])),
        arrangement,
        row.lock_version if row else None,
        body.rules.get("signatures") == "down",
        body.rules.get("absent_signature") == "dash",
    )


def load_signature(slug: str, number: int, language: str, *, actor: Actor) -> SignaturePaper:
    """Return the signature copy of a version in a language.

    Raises:
        NotFound: There is no such version or language, or not for *actor*.
    """
    document, version, body = version_of(slug, number, actor)
    page = load_signing(slug, number, actor=actor)
    if language not in page.languages:
        raise NotFound()
    people = load_people(body.id)
    sheet = version_sheet(document, version, language, "", body=body, people=people)
    annex = tuple(line for line in page.arrangement.annex.get(language, "").splitlines() if line.strip())
    return SignaturePaper(
        name=f"{slug}.{version_part(version)}.signature.{language}.docx",
        edition=load_edition(version.id, language),
        sheet=replace(sheet, annex=annex),
        signatures=signatures_of(page, people, language),
    )


def load_bilingual(slug: str, number: int, *, actor: Actor) -> BilingualPaper:
    """Return the languages of a version side by side, the negotiating one first."""
    document, version, body = version_of(slug, number, actor)
    people = load_people(body.id)
    languages = _languages(document, version, body)
    return BilingualPaper(
        name=f"{slug}.{version_part(version)}.{'-'.join(languages)}.docx",
        editions=tuple(load_edition(version.id, code) for code in languages),
        sheets={c: version_sheet(document, version, c, "", body=body, people=people) for c in languages},
        stale=stale_of(version, document.negotiating_language, load_edition(version.id, document.negotiating_language)),
    )


def version_of(slug: str, number: int, actor: Actor) -> tuple[Document, Version, Body]:
    """Return a version that *actor* may read, with its document and body."""
    document = access.get_document(slug, actor=actor)
    version = access.get_version(document, number, actor=actor)
    return document, version, db.session.get_one(Body, document.body_id)


def _languages(document: Document, version: Version, body: Body) -> tuple[str, ...]:
    """Return the languages of a version: the negotiating one, then in the body's order."""
    found = list_languages(version.id)
    order = [document.negotiating_language, *body.languages]
    return tuple(sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code)))


def _usual(document: Document, body: Body, languages: tuple[str, ...]) -> Arrangement:
    """Return the usual arrangement: by the type of paper, at the place and on the day of the newest meeting."""
    block, capacity, clause = usual(document.type_of_paper)
    newest = select(func.max(Meeting.ends_on)).where(Meeting.body_id == body.id).scalar_subquery()
    meeting = db.session.scalar(select(Meeting).where(Meeting.body_id == body.id, Meeting.ends_on == newest).limit(1))
    places = document.adopted_at_place or (meeting.places if meeting else {})
    return Arrangement(
        block,
        capacity,
        clause,
        on=document.adopted_on or (meeting.ends_on if meeting else None),
        languages=languages,
        places={code: str(places[code]) for code in languages if places.get(code)},
    )


def signatures_of(page: SigningPage, people: People, language: str) -> Signatures:
    """Return what is printed beneath the text in a language."""
    arrangement = page.arrangement
    closing = tuple(line for line in arrangement.closing.get(language, "").splitlines() if line.strip())
    signers: tuple[Signer, ...] = ()
    if arrangement.block is Block.CHAIR:
        signers = (_signer((chair_words(language),), arrangement.side(CHAIR), language),)
    elif arrangement.block is Block.SIDES:
        shown = page.sides if page.absent_dash else page.signing
        signers = tuple(_side(d, arrangement, people, language) for d in shown)
    return Signatures(closing, signers, page.down)


def _side(delegation: DelegationRow, arrangement: Arrangement, people: People, language: str) -> Signer:
    form = name_form(arrangement.capacity, language)
    name = (
        people.listed(delegation.code, language)
        if form == "listed"
        else delegation.forms.get(language, {}).get(form) or people.name(delegation.code, language, "full")
    )
    return _signer(capacity_lines(arrangement.capacity, name, language), arrangement.side(delegation.code), language)


def _signer(capacity: tuple[str, ...], side: SideSigning, language: str) -> Signer:
    if side.status is SideStatus.DOES_NOT_SIGN:
        return Signer(capacity, dash=True)
    note = opinion_words(language) if side.status is SideStatus.WITH_OPINION else ""
    return Signer(capacity, side.functions.get(language, ""), side.names.get(language, ""), note)


def stale_of(version: Version, language: str, leading: Edition) -> frozenset[tuple[str, str]]:
    """Return (language, key) of the translations that say what another negotiating text said. One query."""
    words = {
        (p.key, name): fingerprint_of(encode_content(content)) for p in leading for name, content in p.parts.items()
    }
    rows = db.session.execute(
        select(ProvisionText.language, ProvisionText.key, ProvisionText.part, ProvisionText.made_from).where(
            ProvisionText.version_id == version.id, ProvisionText.language != language
        )
    )
    return frozenset((code, key) for code, key, part, made in rows if (key, part) in words and made != words[key, part])
