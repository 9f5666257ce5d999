"""Packets for the ministries: a text of an open round, ready to be sent round at home."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.docxio.sheets import Sheet
from app.negotiation.actors import Actor
from app.queries import access
from app.queries.paper_words import WORDS, PaperWords
from app.queries.rounds import deadline_for
from app.queries.sheets import day_of, title_of
from app.queries.wordings import Elements
from app.queries.working_copies import CopyPaper, load_working_copy
from app.text.provision import Edition


@dataclass(frozen=True)
class Packet:
    """What a packet is made of.

    Attributes:
        name: Beginning of the names of its files.
        copy: The working copy.
        title: Of the document, in the language of the text.
        sheet: The head of table and note.
        elements: Key to what a provision is called.
        due: The day by which the delegation proposes.
    """

    name: str
    copy: CopyPaper
    title: str
    sheet: Sheet
    elements: Mapping[str, str]
    due: date


def load_packet(slug: str, round_number: int, language: str, *, actor: Actor) -> Packet:
    """Return the packet of a document in a round.

    Raises:
        NotFound: There is no text in that language, the round is not open, or not for *actor*.
    """
    copy = load_working_copy(slug, round_number, language, actor=actor)
    document = access.get_document(slug, actor=actor)
    round_ = access.get_round(round_number, actor=actor)
    words = WORDS[language]
    title = title_of(document, language)
    return Packet(
        name=copy.name.removesuffix(f".copy.{language}.docx"),
        copy=copy,
        title=title,
        sheet=replace(copy.sheet, title=(words.on_the_draft.format(title=title),)),
        elements=elements_of(copy.edition, words),
        due=day_of(deadline_for(round_, actor.delegation or ""), round_.zone),
    )


def elements_of(edition: Edition, words: PaperWords) -> dict[str, str]:
    """Return key to what each provision of a text is called where it is cited."""
    called = Elements(edition, words)
    return {p.key: called.called(p.key) for p in edition}
