"""Papers to print of a round: everything the tracked and the bracketed draft are made of.

What was withdrawn, replaced, came late or was said and not confirmed stands in none of them, whoever asks; but
what became of a side's proposals says it of all that were not replaced.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import select

from app.docxio.comments import Comment
from app.docxio.sheets import Sheet
from app.docxio.standing import Position, Standing
from app.docxio.wording import Stance
from app.models import db
from app.models.bodies import Body
from app.models.documents import Agreement, Document, Version
from app.models.documents import Edition as EditionRow
from app.models.proposals import Proposal
from app.models.proposals import Wish as WishRow
from app.models.rounds import Answer, Round, RoundVersion
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NotPermitted, NotReady
from app.negotiation.vocabulary import (
    DelegationKind,
    Outcome,
    PositionKind,
    ProposalState,
    RoundState,
    VersionState,
    Visibility,
)
from app.queries import access
from app.queries.changes import WISHES, StoredChange
from app.queries.issuing import numbering_of
from app.queries.paper_filters import (
    NOTHING,
    UNDECIDED,
    PaperFilter,
    keys_of,
    name_part,
    narrowed,
    said,
    section_of,
    stands_in,
)
from app.queries.paper_words import WORDS, PaperWords
from app.queries.papers import version_part
from app.queries.people import People, load_people
from app.queries.proposals import ChangeRow, ProposalRow, list_proposals, outcomes_visible
from app.queries.sheets import as_at, day_of, names_sheet, working_sheet
from app.queries.texts import load_edition
from app.queries.wishes import load_wishes
from app.text.changes import ContradictoryWishes, NotInBase, Operation
from app.text.composing import compose
from app.text.composition import ComposedBlock, Composition
from app.text.numbering import Numbering, round_labels
from app.text.provision import Content, Edition, Place, States
from app.text.runs import NOTE, plain

STANCES = {
    PositionKind.SUPPORTS: Stance.SUPPORTS,
    PositionKind.OBJECTS: Stance.OBJECTS,
    PositionKind.RESERVES: Stance.RESERVES,
}


_NOT_STANDING = frozenset({ProposalState.WITHDRAWN, ProposalState.LATE, ProposalState.ORAL})


@dataclass(frozen=True)
class RoundPaper:
    """A document in a round, ready to print.

    Attributes:
        name: Beginning of the names of its files: ``action-plan.rev1.round2``.
        base: The text in the negotiating language.
        sheet: The head in the language asked for; a running round's says as at when.
        on: The day the round closed; while it runs, the day of the print.
        proposals: What was submitted on it and stands, oldest first.
        not_standing: What was withdrawn, came late or was said and not confirmed, as far as it exists for who asks.
        live: Ids of the changes that are still somebody's wish.
        anonymous: Whether the body writes brackets without holders.
        suffixed: Whether it gives rival paragraphs numbers of their own, *bis*, *ter* …
        wanted: What the paper is narrowed to; its sheet says so.
    """

    name: str
    document: Document
    version: Version
    round: Round
    people: People
    base: Edition
    sheet: Sheet
    on: date
    proposals: tuple[ProposalRow, ...]
    not_standing: tuple[ProposalRow, ...]
    live: frozenset[str]
    numbering: Numbering
    anonymous: bool
    suffixed: bool = False
    wanted: PaperFilter = NOTHING

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.sheet.language

    @property
    def words(self) -> PaperWords:
        """The words of the page."""
        return WORDS[self.sheet.language]

    @property
    def names(self) -> dict[str, str]:
        """Code to the label under which it is the author of a change."""
        return {code: name.short for code, name in self.sheet.names.items()}

    @property
    def table_sheet(self) -> Sheet:
        """The head of the compilation table: its title says of which draft."""
        return replace(self.sheet, title=tuple(self.words.on_the_draft.format(title=t) for t in self.sheet.title))

    @property
    def changes(self) -> Iterator[tuple[ProposalRow, ChangeRow]]:
        """Yield the changes to this version that stand and pass the filter, with their proposals."""
        return ((p, change) for p, change in self.every_change if self.passes(change))

    @property
    def every_change(self) -> Iterator[tuple[ProposalRow, ChangeRow]]:
        """Yield the changes to this version that stand, with their proposals, whatever the filter."""
        for proposal in self.proposals:
            for change in proposal.changes:
                if change.stored.version_id != self.version.id:
                    continue
                if change.id in self.live or change.stored.operation not in WISHES:
                    yield proposal, change

    @cached_property
    def section(self) -> frozenset[str]:
        """Keys of the section that the paper is narrowed to."""
        return keys_of(self.base, self.wanted) if self.wanted.section else frozenset()

    def passes(self, change: ChangeRow) -> bool:
        """Return whether a change is in what the paper is narrowed to."""
        wanted, stored = self.wanted, change.stored
        if wanted.section:
            place = Place(stored.place_parent, stored.place_after)
            inserted = stored.operation is Operation.INSERT
            if not (stands_in(self.section, place, self.base) if inserted else stored.key in self.section):
                return False
        return wanted.has_sponsor(change.sponsors) and wanted.has_outcome(change.outcome)

    def names_in(self, language: str) -> Sheet:
        """Return the names of states and groups in a language."""
        found = (self.sheet, self.sheet.in_text)
        return next((one for one in found if one.language == language), None) or names_sheet(self.people, language)


def are_open(state: RoundState, visibility: Visibility, *, is_staff: bool) -> bool:
    """Whether the papers of a round can be had: by secretariat and chair once it is open, by delegations once
    they may see its proposals."""
    if state is RoundState.SCHEDULED:
        return False
    return is_staff or visibility is Visibility.OPEN or state is not RoundState.OPEN


def load_round_paper(
    slug: str, round_number: int, language: str, *, wanted: PaperFilter = NOTHING, actor: Actor, now: datetime
) -> RoundPaper:
    """Return a document in a round, with the head in *language*; a fixed number of queries.

    Raises:
        NotFound: There is none, the round is not about it, its papers are not open to *actor*, or there is no
            such delegation, section or outcome to narrow it to.
        NotPermitted: Narrowed to outcomes that *actor* may not see yet.
    """
    document = access.get_document(slug, actor=actor)
    round_ = access.get_round(round_number, actor=actor)
    if language not in WORDS or not are_open(round_.state, round_.visibility, is_staff=actor.is_staff):
        raise NotFound()
    version = _version(document, round_)
    body = db.session.get_one(Body, document.body_id)
    people = load_people(body.id)
    edition = db.session.get_one(EditionRow, (version.id, document.negotiating_language))
    runs = round_.closed_at is None
    live = select(WishRow.change_id).where(WishRow.round_id == round_.id, WishRow.ended_at.is_(None))
    every = list_proposals(round_, actor=actor, people=people, version_id=version.id)
    paper = RoundPaper(
        name=f"{slug}.{version_part(version)}.round{round_.number}",
        document=document,
        version=version,
        round=round_,
        people=people,
        base=load_edition(version.id, document.negotiating_language),
        sheet=working_sheet(
            document,
            version,
            language,
            edition.fingerprint,
            body=body,
            people=people,
            marks=(as_at(now, round_.zone, language),) if runs else (),
            text_language=document.negotiating_language,
        ),
        on=day_of(round_.closed_at or now, round_.zone),
        proposals=tuple(p for p in every if p.state is ProposalState.SUBMITTED),
        not_standing=tuple(p for p in every if p.state in _NOT_STANDING),
        live=frozenset(db.session.scalars(live)),
        numbering=numbering_of(body.rules, document.negotiating_language),
        anonymous=body.rules.get("notation") == "anonymous",
        suffixed=body.rules.get("rivals") == "suffix",
    )
    return _narrowed(paper, wanted, actor) if wanted else paper


def _narrowed(paper: RoundPaper, wanted: PaperFilter, actor: Actor) -> RoundPaper:
    """Return a paper narrowed to a selection, which its head and name say."""
    known = frozenset((*Outcome, UNDECIDED))
    unknown = not paper.people.by_code.keys() >= {*wanted.delegations} or not known >= {*wanted.outcomes}
    if unknown or (wanted.section and section_of(paper.base, wanted) is None):
        raise NotFound()
    if wanted.outcomes and not outcomes_visible(paper.round, actor):
        raise NotPermitted("see outcomes", actor.role)
    mark = said(wanted, paper.base, paper.sheet.short_list(wanted.delegations), paper.words)
    return replace(
        paper,
        name=paper.name + name_part(wanted, paper.base),
        sheet=replace(paper.sheet, marks=(*paper.sheet.marks, mark)),
        wanted=wanted,
    )


def _version(document: Document, round_: Round) -> Version:
    found = db.session.scalar(
        select(Version)
        .join(RoundVersion, RoundVersion.version_id == Version.id)
        .where(
            RoundVersion.round_id == round_.id,
            Version.document_id == document.id,
            Version.state == VersionState.ISSUED,
        )
    )
    if found is None:
        raise NotFound()
    return found


def composed(paper: RoundPaper) -> Composition:
    """Return base and wishes as one structure, what is new labelled *bis*, *ter* …

    Raises:
        NotReady: Wishes entered on behalf of one delegation contradict each other.
    """
    passing = {change.id for _, change in paper.changes} if paper.wanted else None
    found = load_wishes(paper.round.id, paper.version.id, paper.base.language)
    wishes = [wish for wish, change, _ in found if passing is None or change in passing]
    try:
        composition = compose(paper.base, wishes, paper.people.order)
    except (ContradictoryWishes, NotInBase) as error:
        raise NotReady(N_("wishes of one delegation contradict each other")) from error
    labels = round_labels(composition, paper.numbering)
    items = tuple(
        replace(item, provisions=tuple(replace(p, label=own) for p, own in zip(item.provisions, given, strict=True)))
        if isinstance(item, ComposedBlock)
        else item
        for item, given in zip(composition.items, labels, strict=True)
    )
    composition = replace(composition, items=items)
    return narrowed(composition, paper.section) if paper.wanted.section else composition


def list_comments(paper: RoundPaper) -> tuple[Comment, ...]:
    """Return justifications, remarks, and proposals made in another language, each on its provision."""
    found = []
    for proposal, change in paper.changes:
        said = "\n".join(line for line in (beside(paper, change.stored), proposal.justification) if line)
        if said:
            found.append(Comment(change.stored.key or "", change.sponsors, said))
    return tuple(found)


def beside(paper: RoundPaper, stored: StoredChange) -> str:
    """Return what a change says that no redline shows: a remark, "keep it", a wording in another language."""
    if stored.operation is Operation.COMMENT:
        return stored.comment
    if stored.operation is Operation.NO_CHANGE:
        return paper.words.keep
    if stored.language == paper.base.language:
        return ""
    in_language = paper.words.in_language.get(stored.language, stored.language)
    if stored.operation is Operation.DELETE:
        said = [paper.words.delete, *([paper.words.stays] if stored.change().alone else [])]
        return f"{in_language}: {' '.join(said)}"
    change = stored.change()
    every = [*(change.parts or {}).values(), *(c for p in change.block for c in p.parts.values())]
    lines = (spelled(paper, content, stored.language) for content in every)
    return f"{in_language}: " + "\n".join(line for line in lines if line)


def spelled(paper: RoundPaper, content: Content, language: str) -> str:
    """Return a part of a text in *language* as plain characters; a set of states by their names in it."""
    if isinstance(content, States):
        return paper.names_in(language).short_list(content.members)
    return plain(content).replace(NOTE, "")


def list_positions(paper: RoundPaper) -> tuple[Position, ...]:
    """Return what delegations say beside proposing words, as footnotes to provisions."""
    found = []
    beneath: dict[str, set[str]] = defaultdict(set)
    for proposal, change in paper.changes:
        if change.stored.key and change.stored.operation not in (Operation.COMMENT, Operation.NO_CHANGE):
            beneath[change.stored.key].add(proposal.id)
    seen = set[str]()
    for proposal, change in paper.changes:
        key = change.stored.key
        if key is None:
            continue
        if change.stored.operation is Operation.NO_CHANGE:
            found += [Position(key, Stance.KEEP, code) for code in change.sponsors]
        elif said := beside(paper, change.stored):
            found += [Position(key, Stance.COMMENT, code, said) for code in change.sponsors]
        if proposal.id not in seen:
            seen.add(proposal.id)
            found += _stances(paper, proposal, key, alone=len(beneath[key]) <= 1)
    return tuple(dict.fromkeys(found))


def _stances(paper: RoundPaper, proposal: ProposalRow, key: str, *, alone: bool) -> Iterator[Position]:
    """Yield the positions on a proposal; where several stand beneath one provision, each says on whose."""
    names = paper.sheet.short_list(proposal.sponsors)
    for position in proposal.positions:
        if alone and not position.text:
            yield Position(key, STANCES[position.kind], position.delegation)
            continue
        said = paper.words.positions[position.kind].format(names=names)
        yield Position(key, Stance.COMMENT, position.delegation, f"{said}. {position.text}" if position.text else said)


def standing_of(paper: RoundPaper) -> Standing:
    """Return what the head of a bracketed draft counts and names; three queries."""
    round_id = paper.round.id
    proposed = select(Proposal.delegation_id).where(
        Proposal.round_id == round_id, Proposal.state == ProposalState.SUBMITTED
    )
    spoke = {paper.people.code_of(one) for one in db.session.scalars(proposed)}
    declared: dict[str, bool] = {}
    answers = select(Answer.delegation_id, Answer.no_comments).where(Answer.round_id == round_id)
    for delegation_id, no_comments in db.session.execute(answers.order_by(Answer.number)):
        declared[paper.people.code_of(delegation_id) or ""] = no_comments
    answered = {code for proposal in paper.proposals for code in proposal.sponsors}
    silent = {code for code, no_comments in declared.items() if no_comments} - answered
    states = [d.code for d in paper.people.delegations if d.active and d.kind is DelegationKind.MEMBER_STATE]
    return Standing(
        received_by=paper.on,
        agreed=_agreed(paper.document),
        answered=_ranked(answered, paper.people),
        no_comments=_ranked(silent - spoke, paper.people),
        awaited=tuple(code for code in states if code not in spoke | answered | silent),
    )


def _ranked(codes: set[str], people: People) -> tuple[str, ...]:
    return tuple(code for code in people.order if code in codes)


def _agreed(document: Document) -> frozenset[str]:
    newest: dict[str, bool] = {}
    statement = select(Agreement.key, Agreement.agreed).where(Agreement.document_id == document.id)
    for key, agreed in db.session.execute(statement.order_by(Agreement.number)):
        newest[key] = agreed
    return frozenset(key for key, agreed in newest.items() if agreed)
