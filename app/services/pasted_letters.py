"""Letters and tables that were pasted, understood as changes to the version they are about."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.docxio.state_names import StateNames
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, Missing, NotFound, NotReady
from app.negotiation.permissions import require
from app.negotiation.vocabulary import ReturnSource
from app.queries.people import load_people, names_by_code
from app.queries.return_items import Remarks, UnclearPlace
from app.queries.rounds import list_round_documents
from app.queries.texts import list_languages, load_edition
from app.services._standing import get_round
from app.services._wording import NewChange, asking
from app.services.returns import Asked, NewReturn
from app.text.changes import Operation
from app.text.formulas.letters import guess_language
from app.text.formulas.tables import read_pasted
from app.text.formulas.understood import Asked as AskedInWords
from app.text.formulas.understood import Candidate, Understood
from app.text.provision import Edition, States
from app.text.retyping import retyped
from app.text.runs import plain

LONGEST = 400_000
"""Characters of a letter that is read at once, some 200 pages."""
MOST_ROWS = 2_000
"""Rows of a table that are read at once; some two seconds."""
NO_COMMENTS = "no_comments"
"""Code beside those of ``formulas.understood.Reason``: it asks for something, and says that it has no comments."""


@dataclass(frozen=True)
class Pasted:
    """A pasted letter as it was understood.

    Attributes:
        language: It was read in.
        looks_like: The language that most of it seems to be written in.
        no_comments: Whether it says that there are no comments.
    """

    new: NewReturn
    language: str
    looks_like: str
    no_comments: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it is asked for or unclear."""
        return not self.new.asked and not self.new.unclear


def understand_letter(
    round_id: str, words: str, *, version: str, language: str, spoken: str = "", actor: Actor
) -> Pasted:
    """Return what a letter asks for, outside of any transaction.

    Args:
        version: Id of the version of the round that it is about; *language* of the text of that version.
        spoken: Language of the letter; guessed where empty.

    Raises:
        Missing: There are no words.
        NotReady: It is too long.
        NotFound: The round is not about that version, or it has no text in that language.
        NotPermitted: The actor drafts nothing.
    """
    require(actor, "draft.write")
    round_ = get_round(round_id, actor)
    document = next((d for d in list_round_documents(round_.id) if d.version_id == version), None)
    if document is None or language not in list_languages(version):
        raise NotFound()
    if not words.strip():
        raise Missing(N_("the letter"))
    if len(words) > LONGEST or sum("\t" in line for line in words.splitlines()) > MOST_ROWS:
        raise NotReady(N_("the letter is longer than 200 pages: paste it in parts"))
    base = load_edition(version, language)
    names = StateNames(names_by_code(load_people(round_.body_id)))
    looks_like = guess_language(words)
    read = read_pasted(words, base, language=spoken, names=names, minted_from=version)
    new = NewReturn(
        version,
        language,
        ReturnSource.LETTER,
        "",
        tuple(asked_in_words(read, base, version)),
        unclear=tuple(unclear_words(read)),
        remarks=Remarks(beside=read.beside),
        words=words,
    )
    return Pasted(new, spoken or looks_like, looks_like, read.no_comments)


def asked_in_words(read: Understood, base: Edition, version: str) -> Iterator[Asked]:
    """Yield what is asked; what one formula amends in several places stands together, each other form by itself."""
    together: dict[str, list[AskedInWords]] = {}
    for one in read.asked:
        alone = one.change.operation is not Operation.AMEND
        together.setdefault(f"{one.change.key}\0" if alone else one.words, []).append(one)
    for found in together.values():
        changes = [asking(one.change, version, base.language, one.comment) for one in found]
        yield Asked(changes, "\n".join(dict.fromkeys(one.justification for one in found if one.justification)))
    for candidate in read.candidates:
        yield Asked([_candidate(candidate, base, version)], in_other_form=True)


def _candidate(candidate: Candidate, base: Edition, version: str) -> NewChange:
    provision = base.by_key()[candidate.key]
    content = provision.parts[candidate.part]
    assert not isinstance(content, States)
    old = plain(content)
    new = retyped(content, old[: candidate.start] + candidate.new + old[candidate.end :])
    parts = {**provision.parts, candidate.part: new}
    return NewChange(Operation.AMEND, version, base.language, provision.key, parts)


def unclear_words(read: Understood) -> Iterator[UnclearPlace]:
    """Yield what was not understood."""
    for one in read.not_understood:
        yield UnclearPlace(one.keys[0] if one.keys else "", f"letter_{one.reason}", one.words, one.said)
    if read.no_comments and (read.asked or read.not_understood):
        yield UnclearPlace("", f"letter_{NO_COMMENTS}", "")
