"""Rows of the compilation table (сводная таблица): one for each change of a round to a document."""

from collections.abc import Iterable, Iterator, Mapping

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
from app.queries.proposals import ChangeRow, ProposalRow
from app.queries.round_papers import RoundPaper, beside, first_words, spelled
from app.queries.texts import load_edition
from app.text.changes import Change, Operation
from app.text.differences import Mark, Span, redline
from app.text.provision import Content, Kind, Parts, Provision, States, without_empty
from app.text.runs import PARAGRAPH_BREAK, Run, Text, plain
from app.text.structure import Outline

_BREAK: Text = (Run(PARAGRAPH_BREAK),)


def list_rows(paper: RoundPaper, *, actor: Actor) -> tuple[CompilationRow, ...]:
    """Return the rows in the order of the text, remarks on the whole first; a fixed number of queries.

    Recommendations are there for secretariat and chair, and once shared for all; outcomes for delegations
    once the round is concluded.
    """
    return _Compilation(paper, actor).rows()


class _Compilation:
    def __init__(self, paper: RoundPaper, actor: Actor) -> None:
        self.paper, self.words = paper, paper.words
        self.outline = Outline(paper.base)
        self.labels = _Elements(paper)
        self.texts: dict[str, Mapping[str, Provision]] = {paper.base.language: paper.base.by_key()}
        self.recommended = _recommendations(paper, actor)
        self.numbers = {change.id: proposal.number for proposal, change in paper.changes}

    def rows(self) -> tuple[CompilationRow, ...]:
        ranks = {code: rank for rank, code in enumerate(self.paper.people.order)}
        found = sorted(
            self.paper.changes,
            key=lambda one: (*self.position(one[1].stored), ranks[one[1].sponsors[0]], one[0].received_at),
        )
        return tuple(self.row(proposal, change) for proposal, change in found)

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
        stored = row.stored
        change = stored.change()
        base = self.base(stored)
        return CompilationRow(
            element=self.labels.of(stored, change),
            base=_joined(base.parts, self.paper, base) if base else (),
            sponsors=row.sponsors,
            letter=self.letter(proposal),
            proposal=self.wording(base, change),
            remark=self.remark(stored, change),
            justification=proposal.justification,
            position=self.recommended.get(row.id, ""),
            outcome=self.outcome(row),
        )

    def base(self, stored: StoredChange) -> Provision | None:
        """Return the provision a change is on, in the language it was made in."""
        if stored.operation is Operation.INSERT or stored.key is None:
            return None
        if stored.language not in self.texts:
            self.texts[stored.language] = load_edition(self.paper.version.id, stored.language).by_key()
        return self.texts[stored.language].get(stored.key)

    def letter(self, proposal: ProposalRow) -> str:
        if proposal.letter_number is None:
            return ""
        day = written(proposal.letter_on, self.paper.language) if proposal.letter_on else ""
        return TABLE_WORDS[self.paper.language].letter.format(number=proposal.letter_number, day=day)

    def wording(self, base: Provision | None, change: Change) -> tuple[Span, ...]:
        """Return what is proposed, as a redline of the base."""
        if change.operation is Operation.DELETE and base is not None:
            return (Span(Mark.DELETED, _joined(base.parts, self.paper, base)),)
        if change.operation is Operation.INSERT:
            lines = [_joined(p.parts, self.paper, p) for p in change.block]
            return (Span(Mark.INSERTED, _lined(lines)),)
        if change.parts is None or base is None or change.operation not in (Operation.AMEND, Operation.MOVE):
            return ()
        return tuple(_redlined(base, change.parts, self.paper))

    def remark(self, stored: StoredChange, change: Change) -> str:
        """Return what is asked beside a wording, in words."""
        said = []
        if change.operation in (Operation.COMMENT, Operation.NO_CHANGE):
            said.append(beside(self.paper, stored))
        elif stored.language != self.paper.base.language:
            said.append(self.words.in_language.get(stored.language, stored.language) + ".")
        if change.operation is Operation.DELETE:
            said.append(self.words.delete)
        if change.operation is Operation.MOVE and change.place is not None:
            place = change.place
            after = place.after is not None
            element = self.labels.called(place.after or place.parent)
            said.append((self.words.move_after if after else self.words.move_under).format(element=element))
        elif change.operation is Operation.AMEND and change.level is not None:
            said.append(self.words.level)
        return "\n".join(said)

    def outcome(self, row: ChangeRow) -> str:
        if row.outcome is None:
            return ""
        number = self.numbers.get(row.covered_by or "") if row.outcome is Outcome.COVERED else None
        said = self.words.outcomes[row.outcome].format(number=number or "–")
        return self.words.reason.format(outcome=said, reason=row.reason) if row.reason else said


class _Elements:
    """What the elements of a text are called where they are cited: «подпункт «а» пункта 2»."""

    def __init__(self, paper: RoundPaper) -> None:
        self.paper, self.words = paper, paper.words
        self.base = paper.base.by_key()

    def of(self, stored: StoredChange, change: Change) -> str:
        """Return what a change is on; "" for the whole document."""
        if change.operation is not Operation.INSERT or change.place is None:
            return self.called(stored.key) if stored.key in self.base else ""
        place = change.place
        new = self.words.new_after if place.after is not None else self.words.new_at
        return new.format(element=self.called(place.after or place.parent))

    def called(self, key: str | None) -> str:
        """Return what a provision is called: kind and number, else its first words."""
        provision = self.base.get(key or "")
        if provision is None:
            return self.words.beginning
        label = _bare(provision.label)
        if not label and provision.kind is not Kind.TITLE:
            return self.words.unnumbered.format(words=first_words(provision))
        element = self.words.elements[provision.kind].format(label=label).strip()
        above = self.base.get(provision.parent or "")
        if provision.kind is Kind.ITEM and above is not None and _bare(above.label):
            return self.words.element_in.format(element=element, label=_bare(above.label))
        return element


def _bare(label: str) -> str:
    return label.strip().strip("().（）、–—-• ")


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


def _content(content: Content, paper: RoundPaper) -> Text:
    """Return a part as words, references to footnotes left out."""
    if isinstance(content, States):
        return (Run(spelled(paper, content)),) if content.members else ()
    return tuple(run for run in content if run.note is None)


def _joined(parts: Parts, paper: RoundPaper, provision: Provision) -> Text:
    """Return the parts of a provision as one text, a line for each; its number before the first."""
    lines = [line for content in parts.values() if (line := _content(content, paper))]
    label = (Run(f"{provision.label} "),) if provision.label and lines else ()
    return (*label, *_lined(lines))


def _lined(lines: list[Text]) -> Text:
    found: list[Run] = []
    for line in lines:
        found += [*(_BREAK if found else ()), *line]
    return tuple(found)


def _redlined(base: Provision, wished: Parts, paper: RoundPaper) -> Iterator[Span]:
    """Yield the redline of the parts that are to change."""
    before, after = without_empty(base.parts), without_empty(wished)
    first = True
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, ()), after.get(name, ())
        if was == now:
            continue
        if not first:
            yield Span(Mark.KEPT, _BREAK)
        first = False
        yield from _apart(redline(_content(was, paper), _content(now, paper)), paper)


def _apart(spans: Iterable[Span], paper: RoundPaper) -> Iterator[Span]:
    """Yield spans with a space between words struck and the words in their place, where words have spaces."""
    before: Span | None = None
    for span in spans:
        if before is not None and before.mark is Mark.DELETED and span.mark is Mark.INSERTED:
            touch = plain(before.text)[-1:].isalnum() and plain(span.text)[:1].isalnum()
            if touch and paper.base.language != "zh":
                yield Span(Mark.KEPT, (Run(" "),))
        yield span
        before = span
