"""A delegation's own proposals in the formulas of a letter, before and after they are submitted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.docxio.letter_annex import AnnexEntry
from app.docxio.letter_words import LETTER_WORDS
from app.docxio.sheets import Sheet
from app.docxio.state_names import StateNames
from app.models import db
from app.models.bodies import Body
from app.models.documents import Document, Version
from app.models.documents import Edition as EditionRow
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NotReady
from app.queries import access
from app.queries.changes import StoredChange
from app.queries.delegation_room import STANDING, declared_no_comments
from app.queries.drafts import list_drafts
from app.queries.paper_words import WORDS
from app.queries.papers import version_part
from app.queries.people import People, load_people, names_by_code
from app.queries.proposals import list_proposals
from app.queries.return_items import Item, in_reading_order
from app.queries.rounds import list_round_documents
from app.queries.sheets import as_at, side_title, title_of, version_marks, working_sheet
from app.queries.texts import load_edition
from app.text.formulas.printing import Printer
from app.text.formulas.understood import Asked


class Of(StrEnum):
    """What an annex is made of."""

    DRAFTS = "drafts"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class LetterPaper:
    """The annex to a note, ready to print; *name* is the file's."""

    name: str
    entries: tuple[AnnexEntry, ...]
    sheet: Sheet


def load_letter(slug: str, round_number: int, language: str, of: Of, *, actor: Actor, now: datetime) -> LetterPaper:
    """Return what the actor's own delegation proposes on a document in a round, in the formulas of *language*.

    An annex of drafts says so, and as at when it was printed.

    Raises:
        NotFound: There is no such round or document, or the actor acts for no delegation.
        NotReady: It proposes nothing there, and has not declared that it has no comments.
    """
    document = access.get_document(slug, actor=actor)
    round_ = access.get_round(round_number, actor=actor)
    found = next((d for d in list_round_documents(round_.id) if d.document_id == document.id), None)
    people = load_people(document.body_id)
    code = people.code_of(actor.delegation)
    if found is None or code is None or language not in WORDS:
        raise NotFound()
    version = db.session.get_one(Version, found.version_id)
    items = _items(round_, version.id, of, people, actor)
    if not items and not declared_no_comments(round_, actor):
        raise NotReady(N_("your delegation proposes nothing on this document"))
    entries = _Entries(people, document.negotiating_language, language).of(items, version.id)
    return LetterPaper(
        f"{slug}.{version_part(version)}.round{round_.number}.letter-{code}.{language}.docx",
        tuple(entries),
        _sheet(document, version, language, people, code, as_at_now=now if of is Of.DRAFTS else None),
    )


def _items(round_: Round, version_id: str, of: Of, people: People, actor: Actor) -> list[Item]:
    """Return what is proposed on a version; what can no longer be asked of it as it is left out."""
    rows: Iterable[tuple[Iterable[StoredChange], str]]
    if of is Of.DRAFTS:
        rows = [(d.changes, d.justification) for d in list_drafts(round_.id, actor=actor) if d.applies]
    else:
        own = (p for p in list_proposals(round_, actor=actor, people=people, version_id=version_id) if p.is_own)
        rows = [([c.stored for c in p.changes], p.justification) for p in own if p.state in STANDING]
    items = [Item(tuple(c for c in changes if c.version_id == version_id), why) for changes, why in rows]
    return [item for item in items if item.changes]


class _Entries:
    """Words proposals in one language, on the text they are on."""

    def __init__(self, people: People, negotiating: str, language: str) -> None:
        self.people, self.negotiating, self.language = people, negotiating, language

    def of(self, items: Sequence[Item], version_id: str) -> Iterator[AnnexEntry]:
        """Yield the entries in the order of the text, the text that is negotiated first."""
        spoken = {change.language for item in items for change in item.changes}
        for text_language in sorted(spoken, key=lambda code: (code != self.negotiating, code)):
            own = [
                replace(item, changes=changes)
                for item in items
                if (changes := tuple(c for c in item.changes if c.language == text_language))
            ]
            heading = "" if text_language == self.negotiating else LETTER_WORDS[self.language].in_text[text_language]
            for entry in self._on(own, version_id, text_language):
                yield replace(entry, heading=heading)
                heading = ""

    def _on(self, items: Sequence[Item], version_id: str, text_language: str) -> Iterator[AnnexEntry]:
        base = load_edition(version_id, text_language)
        short = {
            code: self.people.name(code, self.language)
            for code in self.people.in_order(self.people.order, self.language)
        }
        names = StateNames(names_by_code(self.people))
        printer = Printer(base, self.language, short, names, version_id)
        for item in in_reading_order(items, base):
            made = [printer.formula(Asked(change.change(), change.comment)) for change in item.changes]
            yield AnnexEntry(tuple(formula.words for formula in made), item.justification)


def _sheet(
    document: Document, version: Version, language: str, people: People, code: str, *, as_at_now: datetime | None
) -> Sheet:
    """Return the head: whose proposals, on which version; drafts are marked as such."""
    words, body = LETTER_WORDS[language], db.session.get_one(Body, document.body_id)
    row = db.session.get_one(EditionRow, (version.id, document.negotiating_language))
    draft, *named = version_marks(document, version, language, body.zone)
    about = [words.about.format(title=title_of(document, language))]
    said = ", ".join(named) if language != "zh" else draft
    about += [words.version.format(version=said)] if said else []
    titles = (words.side, words.delegation, words.plain)
    whose = side_title(people, code, language, titles)
    sheet = working_sheet(document, version, language, row.fingerprint, body=body, people=people)
    marks = () if as_at_now is None else (words.draft, as_at(as_at_now, body.zone, language))
    return replace(
        sheet,
        title=(*about, whose) if words.type_last else (whose, *about),
        marks=marks,
        annex=(words.annex,),
    )
