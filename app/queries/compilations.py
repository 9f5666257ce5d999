"""Rows of the compilation table (сводная таблица): one for each change of a round to a document."""

from collections.abc import Mapping

from sqlalchemy import select

from app.docxio.compilation import CompilationRow
from app.docxio.dates import written
from app.docxio.table_words import TABLE_WORDS
from app.models import db
from app.models.decisions import Recommendation
from app.models.proposals import Change as ChangeModel
from app.models.proposals import Proposal
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import Outcome
from app.queries.changes import StoredChange
from app.queries.paper_filters import section_name
from app.queries.proposals import ChangeRow, ProposalRow
from app.queries.round_papers import RoundPaper, beside
from app.queries.texts import load_edition
from app.queries.wordings import Elements, joined, wording
from app.text.changes import Change, Operation
from app.text.provision import Provision
from app.text.sections import list_sections, stretch
from app.text.structure import Outline


def list_rows(paper: RoundPaper, *, actor: Actor) -> tuple[CompilationRow, ...]:
    """Return the rows in the order of the text, remarks on the whole first; a fixed number of queries.

    Recommendations are there for secretariat and chair, and once shared for all; outcomes for delegations
    once the round is concluded.
    """
    return Compiler(paper, actor).rows()


class Compiler:
    """Makes the rows of a paper's changes, and knows what each change is on."""

    def __init__(self, paper: RoundPaper, actor: Actor) -> None:
        self.paper, self.words = paper, paper.words
        self.outline = Outline(paper.base)
        self.labels = Elements(paper.base, paper.words)
        self.texts: dict[str, Mapping[str, Provision]] = {paper.base.language: paper.base.by_key()}
        self.sections = _sections(paper)
        self.recommended = _recommendations(paper, actor)
        self.numbers = {change.id: proposal.number for proposal, change in paper.every_change}

    def rows(self) -> tuple[CompilationRow, ...]:
        """Return a row for each change."""
        return tuple(self.row(proposal, change) for proposal, change in self.ordered())

    def ordered(self, *more: tuple[ProposalRow, ChangeRow]) -> list[tuple[ProposalRow, ChangeRow]]:
        """Return the changes, and *more*, in the order of the text; remarks on the whole first.

        Those of one place stand by rank and arrival.
        """
        ranks = {code: rank for rank, code in enumerate(self.paper.people.order)}
        return sorted(
            (*self.paper.changes, *more),
            key=lambda one: (*self.position(one[1].stored), ranks[one[1].sponsors[0]], one[0].received_at),
        )

    def position(self, stored: StoredChange) -> tuple[int, int, int]:
        """Return where a change stands in the text: what is inserted comes after what it follows."""
        if stored.operation is Operation.INSERT:
            place = stored.change().place
            assert place is not None
            position, depth = self.outline.gap(place)
            return position, 0, depth
        known = self.outline.positions.get(stored.key or "")
        return (-1, 0, 0) if known is None else (known, 1, 0)

    def row(self, proposal: ProposalRow, row: ChangeRow) -> CompilationRow:
        """Return a change as a row."""
        stored = row.stored
        change = stored.change()
        base = self.base(stored)
        return CompilationRow(
            element=self.labels.of(stored, change),
            base=joined(self.paper, base, stored.language) if base else (),
            sponsors=row.sponsors,
            letter=self.letter(proposal),
            proposal=wording(self.paper, base, change, stored.language),
            remark=self.remark(stored, change),
            justification=proposal.justification,
            position=self.recommended.get(row.id, ""),
            outcome=self.outcome(row),
            section=self.sections.get(stored.anchor or "", ""),
            category=proposal.category,
        )

    def base(self, stored: StoredChange) -> Provision | None:
        """Return the provision a change is on, in the language it was made in."""
        if stored.operation is Operation.INSERT or stored.key is None:
            return None
        if stored.language not in self.texts:
            self.texts[stored.language] = load_edition(self.paper.version.id, stored.language).by_key()
        return self.texts[stored.language].get(stored.key)

    def letter(self, proposal: ProposalRow) -> str:
        """Return number and day of the letter it came by."""
        if proposal.letter_number is None:
            return ""
        day = written(proposal.letter_on, self.paper.language) if proposal.letter_on else ""
        return TABLE_WORDS[self.paper.language].letter.format(number=proposal.letter_number, day=day)

    def remark(self, stored: StoredChange, change: Change) -> str:
        """Return what is asked beside a wording, in words."""
        said = []
        if change.operation in (Operation.COMMENT, Operation.NO_CHANGE):
            said.append(beside(self.paper, stored))
        elif stored.language != self.paper.base.language:
            said.append(self.words.in_language.get(stored.language, stored.language) + ".")
        if change.operation is Operation.DELETE:
            said.append(self.words.delete)
            said += [self.words.stays] if change.alone else []
        if change.operation is Operation.MOVE and change.place is not None:
            place = change.place
            after = place.after is not None
            element = self.labels.called(place.after or place.parent)
            said.append((self.words.move_after if after else self.words.move_under).format(element=element))
        elif change.operation is Operation.AMEND and change.level is not None:
            said.append(self.words.level)
        return "\n".join(said)

    def outcome(self, row: ChangeRow) -> str:
        """Return what was decided and why; "" where nothing was, or it is not to be seen."""
        said = self.result(row)
        return self.words.reason.format(outcome=said, reason=row.reason) if said and row.reason else said

    def result(self, row: ChangeRow) -> str:
        """Return what was decided."""
        if row.outcome is None:
            return ""
        number = self.numbers.get(row.covered_by or "") if row.outcome is Outcome.COVERED else None
        return self.words.outcomes[row.outcome].format(number=number or "–")


def _sections(paper: RoundPaper) -> dict[str, str]:
    """Return key to what the section it stands in is called."""
    found: dict[str, str] = {}
    for section in list_sections(paper.base):
        name = section_name(section, paper.words)
        found.update((provision.key, name) for provision in stretch(paper.base, section.key))
    return found


def _recommendations(paper: RoundPaper, actor: Actor) -> dict[str, str]:
    statement = (
        select(Recommendation)
        .join(ChangeModel, ChangeModel.id == Recommendation.change_id)
        .join(Proposal, Proposal.id == ChangeModel.proposal_id)
        .where(Proposal.round_id == paper.round.id)
        .order_by(Recommendation.number)
    )
    newest = {r.change_id: r for r in db.session.scalars(statement)}
    return {key: r.text for key, r in newest.items() if r.shared or actor.is_staff}
