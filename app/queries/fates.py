"""What became of one delegation's proposals in a round."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.docxio.fate import Fate
from app.docxio.sheets import Sheet
from app.docxio.table_words import TABLE_WORDS
from app.models import db
from app.models.documents import Version
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NotReady
from app.negotiation.vocabulary import VersionState
from app.queries.compilations import Compiler
from app.queries.consolidation import load_consolidation
from app.queries.issuing import next_version
from app.queries.paper_filters import NOTHING, PaperFilter
from app.queries.people import People
from app.queries.proposals import ChangeRow, ProposalRow, outcomes_visible
from app.queries.round_papers import RoundPaper, load_round_paper
from app.queries.sheets import side_title
from app.queries.texts import load_edition
from app.queries.wordings import joined, wording
from app.text.changes import Operation
from app.text.provision import Edition
from app.text.runs import PARAGRAPH_BREAK, Run, Text


@dataclass(frozen=True)
class FatePaper:
    """The fate of a delegation's proposals, ready to print."""

    name: str
    sheet: Sheet
    fates: tuple[Fate, ...]


def load_fate(
    slug: str,
    round_number: int,
    code: str,
    language: str,
    *,
    wanted: PaperFilter = NOTHING,
    actor: Actor,
    now: datetime,
) -> FatePaper:
    """Return what became of a delegation's proposals: to itself once the round is concluded, to secretariat and
    chair at any time, of any delegation.

    Raises:
        NotFound: There is no such round, document or delegation, or it is another's.
        NotReady: The round is not concluded.
    """
    paper = load_round_paper(slug, round_number, language, wanted=replace(wanted, delegations=()), actor=actor, now=now)
    delegation = paper.people.by_code.get(code)
    if delegation is None or not (actor.is_staff or delegation.id == actor.delegation):
        raise NotFound()
    if not outcomes_visible(paper.round, actor):
        raise NotReady(N_("the round is not concluded"))
    return FatePaper(
        name=f"{paper.name}.fate-{code}",
        sheet=replace(paper.sheet, title=(fate_title(paper.people, code, language), *paper.table_sheet.title)),
        fates=tuple(_Fates(paper, actor, now).of(code)),
    )


def fate_title(people: People, code: str, language: str) -> str:
    """Return the head of the fate of a delegation's proposals."""
    words = TABLE_WORDS[language]
    return side_title(people, code, language, (words.fate, words.fate_delegation, words.fate_of))


class _Fates:
    def __init__(self, paper: RoundPaper, actor: Actor, now: datetime) -> None:
        self.paper, self.words = paper, paper.words
        self.compiler = Compiler(paper, actor)
        self.after = self._result(actor, now).by_key()

    def of(self, code: str) -> Iterator[Fate]:
        """Yield the fate of each change that a delegation proposed or co-sponsors, in the order of the text.

        What it withdrew, sent too late or did not confirm is among them; last, without words, what of that is not
        open to who asks.
        """
        others = [p for p in self.paper.not_standing if p.delegation == code and not self.paper.wanted.outcomes]
        here = ((p, c) for p in others for c in p.changes if c.stored.version_id == self.paper.version.id)
        for proposal, change in self.compiler.ordered(*(one for one in here if self.paper.passes(one[1]))):
            if code == proposal.delegation or code in change.sponsors:
                yield self.fate(proposal, change)
        for proposal in others:
            if not proposal.is_readable and not self.paper.wanted:
                called = self.words.proposal.format(number=proposal.number or proposal.reference)
                yield Fate("–", (), called, self.words.states[proposal.state], ())

    def fate(self, proposal: ProposalRow, row: ChangeRow) -> Fate:
        """Return what became of one change."""
        stored = row.stored
        change = stored.change()
        return Fate(
            element=self.compiler.labels.of(stored, change),
            proposal=wording(self.paper, self.compiler.base(stored), change, stored.language),
            remark=self.compiler.remark(stored, change),
            outcome=self.words.states.get(proposal.state) or self.compiler.result(row) or self.words.undecided,
            result=self.resulting(row),
            reason=row.reason,
        )

    def resulting(self, row: ChangeRow) -> Text:
        """Return the wording of what a change was on, as it stands now; of a new provision, whether it stands."""
        stored = row.stored
        if stored.operation is Operation.INSERT:
            keys = [provision.key for provision in stored.change().block]
        elif stored.key is None or stored.key not in self.compiler.outline.positions:
            return ()
        else:
            keys = [stored.key]
        found = [self.after[key] for key in keys if key in self.after]
        if not found:
            gone = TABLE_WORDS[self.paper.language].deleted
            return (Run(self.words.not_in_text if stored.operation is Operation.INSERT else gone),)
        return _lines(joined(self.paper, provision, self.paper.base.language) for provision in found)

    def _result(self, actor: Actor, now: datetime) -> Edition:
        """Return the text that came out of the round; before it is issued, as the decisions make it so far."""
        paper = self.paper
        issued = db.session.scalar(
            select(Version.id).where(
                Version.made_from == paper.version.id,
                Version.round_id == paper.round.id,
                Version.state == VersionState.ISSUED,
            )
        )
        if issued is not None:
            return load_edition(issued, paper.base.language)
        if not actor.is_staff:
            return paper.base
        about = load_consolidation(paper.document.slug, paper.round.number, compared=False, actor=actor, now=now)
        return next_version(about).editions[paper.base.language]


def _lines(texts: Iterable[Text]) -> Text:
    found: list[Run] = []
    for text in texts:
        found += [*([Run(PARAGRAPH_BREAK)] if found else []), *text]
    return tuple(found)
