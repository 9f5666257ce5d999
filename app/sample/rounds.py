"""Plays a round of the sample: opened, proposals as they came, positions, closed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from sqlalchemy import select

from app.models import db
from app.models.documents import Document, Version
from app.models.proposals import Change
from app.negotiation.actors import Actor, system
from app.negotiation.vocabulary import Category, Channel, PositionKind, VersionState, Visibility
from app.queries.texts import load_edition
from app.sample.loading import SLUGS, Loading
from app.sample.proposals import SampleChange, SamplePosition, SampleProposal, SampleRound
from app.sample.states import NEGOTIATING_LANGUAGE, ZONE
from app.sample.wishes import as_change
from app.services import positions, proposals, rounds
from app.text.changes import Operation
from app.text.provision import Edition

Act = tuple[datetime, Callable[[], object]]


def play(loading: Loading, script: SampleRound) -> str:
    """Do everything of a round in the order of time, and return the round's id; one without a closing stays open."""
    opens_at = script.opens_at or loading.now - timedelta(days=script.opens_days_before)
    deadline = script.deadline or loading.now + timedelta(days=script.deadline_days_after)
    newest = {name: newest_version(SLUGS[name]) for name in script.documents}
    round_id = rounds.create_round(
        list(newest.values()),
        opens_at=opens_at,
        deadline=deadline,
        zone=ZONE,
        visibility=Visibility.OPEN,
        actor=loading.officer,
        now=opens_at - timedelta(hours=1),
    )
    rounds.open_round(round_id, actor=loading.officer, now=opens_at)
    player = _Player(loading, round_id, newest)
    acts = [act for proposal in script.proposals for act in player.of_proposal(proposal)]
    acts += list(player.answers(script))
    for _at, act in sorted(acts, key=itemgetter(0)):
        act()
    if script.closes_at is not None:
        rounds.close_round(round_id, actor=system(loading.body), now=script.closes_at)
        for _at, act in sorted(player.after_closing, key=itemgetter(0)):
            act()
    return round_id


def newest_version(slug: str) -> str:
    """Return the id of a document's newest version."""
    statement = (
        select(Version.id)
        .join(Document, Document.id == Version.document_id)
        .where(Document.slug == slug, Version.state == VersionState.ISSUED)
        .order_by(Version.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one()


class _Player:
    def __init__(self, loading: Loading, round_id: str, versions: dict[str, str]) -> None:
        self.loading = loading
        self.round_id = round_id
        self.versions = versions
        self.after_closing: list[Act] = []
        self._editions: dict[tuple[str, str], Edition] = {}

    def of_proposal(self, script: SampleProposal) -> Iterator[Act]:
        """Yield the acts of one proposal's life; an admission waits until the round is closed."""
        at = script.submitted_at(self.loading.now)
        yield at, partial(self._submit, script, at)
        for number, code in enumerate(script.cosponsors, 1):
            later = at + timedelta(minutes=40 * number)
            yield later, partial(self._co_sponsor, script, code, later)
        if script.confirmed_at:
            yield script.confirmed_at, partial(self._confirm, script, script.confirmed_at)
        if script.withdrawn_at:
            yield script.withdrawn_at, partial(self._withdraw, script, script.withdrawn_at)
        if script.admitted_at:
            self.after_closing.append((script.admitted_at, partial(self._admit, script, script.admitted_at)))

    def answers(self, script: SampleRound) -> Iterator[Act]:
        """Yield positions and declarations of no comments; who proposes in the round declares nothing."""
        busy = {p.sponsor for p in script.proposals}
        for declared in script.no_comments:
            at = declared.at or self.loading.now - timedelta(days=declared.days_before)
            if declared.delegation not in busy:
                actor = self.loading.author(declared.delegation)
                yield at, partial(positions.declare_no_comments, self.round_id, actor=actor, now=at)
        for position in script.positions:
            yield position.at, partial(self._take_position, position)

    def _confirm(self, script: SampleProposal, at: datetime) -> None:
        proposals.confirm_oral(self._id(script), actor=self._author(script), now=at)

    def _withdraw(self, script: SampleProposal, at: datetime) -> None:
        actor = self._author(script)
        proposals.withdraw_proposal(self._id(script), reason=script.withdrawn_reason, actor=actor, now=at)

    def _admit(self, script: SampleProposal, at: datetime) -> None:
        proposals.admit_late(self._id(script), reason=script.admitted_reason, actor=self.loading.officer, now=at)

    def _take_position(self, script: SamplePosition) -> None:
        proposal, actor = self.loading.proposals[script.on], self.loading.author(script.delegation)
        kind = PositionKind(script.stance)
        positions.take_position(proposal, kind, text=script.text, actor=actor, now=script.at)

    def _co_sponsor(self, script: SampleProposal, code: str, at: datetime) -> None:
        positions.co_sponsor(self._id(script), actor=self.loading.author(code), now=at)

    def _id(self, script: SampleProposal) -> str:
        return self.loading.proposals[script.ref]

    def _author(self, script: SampleProposal) -> Actor:
        return self.loading.author(script.sponsor)

    def _submit(self, script: SampleProposal, at: datetime) -> None:
        number, written_on = script.letter or (None, None)
        new = proposals.NewProposal(
            Category(script.category),
            script.justification,
            [self._change(script, change) for change in script.changes],
            channel=Channel(script.channel),
            replaces=self.loading.proposals[script.replaces] if script.replaces else None,
            letter_number=number,
            letter_on=written_on,
        )
        token, officer = f"sample {script.ref}", self.loading.officer
        delegation = self.loading.delegations[script.sponsor]
        if new.channel == Channel.LETTER:
            receipt = proposals.enter_on_behalf(self.round_id, delegation, new, token=token, actor=officer, now=at)
        elif new.channel == Channel.ORAL:
            receipt = proposals.enter_oral(self.round_id, delegation, new, token=token, actor=officer, now=at)
        else:
            receipt = proposals.submit_proposal(self.round_id, new, token=token, actor=self._author(script), now=at)
        self.loading.proposals[script.ref] = receipt.proposal
        self._note_inserted(script)

    def _change(self, script: SampleProposal, change: SampleChange) -> proposals.NewChange:
        version = self.versions[script.document]
        edition = self._edition(version, change.language)
        wish = as_change(change, edition, self.loading.keys[script.document], version)
        return proposals.NewChange(
            wish.operation,
            version,
            change.language,
            "" if wish.operation is Operation.INSERT else wish.key,
            wish.parts,
            wish.place,
            block=wish.block,
            comment=change.comment,
        )

    def _edition(self, version: str, language: str) -> Edition:
        if (version, language) not in self._editions:
            self._editions[version, language] = load_edition(version, language or NEGOTIATING_LANGUAGE)
        return self._editions[version, language]

    def _note_inserted(self, script: SampleProposal) -> None:
        stored = db.session.scalars(
            select(Change)
            .where(Change.proposal_id == self._id(script), Change.operation == Operation.INSERT)
            .order_by(Change.ordinal)
        )
        keys = [provision["key"] for change in stored for provision in change.wished["block"]]
        named = {f"+{script.ref}.{ordinal}": key for ordinal, key in enumerate(keys, 1)}
        self.loading.keys[script.document].update(named)
