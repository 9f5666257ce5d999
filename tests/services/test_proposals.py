"""Proposals: what is received, when it is late, what stands and what does not."""

from datetime import date
from hashlib import sha256

import pytest

from app.models import db
from app.models.proposals import Draft, Proposal, Wish
from app.models.record import Event
from app.negotiation.errors import (
    Contradicts,
    DeadlinePassed,
    EditedMeanwhile,
    Missing,
    NotFound,
    NothingChanged,
    NotPermitted,
    OtherContent,
    OverlapsOwn,
    StaleVersion,
    TransitionNotAllowed,
)
from app.negotiation.vocabulary import Category, Channel, PositionKind, ProposalState, Role, Visibility
from app.queries.drafts import get_draft
from app.queries.receipts import get_receipt
from app.queries.wishes import load_wishes
from app.services import drafts, positions, proposals, rounds
from app.services.proposals import NewProposal
from app.services.verification import verify
from app.text.changes import Operation
from app.text.provision import TEXT, Kind, Place, Provision
from app.text.runs import text
from tests.rounds import CLOSED, DEADLINE, draft, make_round, submit
from tests.world import DAY, NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def stands(round_):
    return [
        (wish.sponsor, wish.change.operation, wish.change.key)
        for wish, _, _ in load_wishes(round_.id, round_.version, "ru")
    ]


def state(receipt):
    return db.session.get_one(Proposal, receipt.proposal).state


def sent(found, actor, now=NOON, **other):
    """Send a saved draft as the form does."""
    row = get_draft(found.draft, actor=actor)
    form = {"lock_version": row.lock_version, "content_hash": row.content_hash, "token": row.token, **other}
    return proposals.submit_draft(found.draft, **form, actor=actor, now=now)


def test_a_submitted_proposal_is_receipted_and_its_wish_stands(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    assert (receipt.state, receipt.received_at, receipt.number) == (ProposalState.SUBMITTED, NOON, 1)
    assert sha256(receipt.text.encode()).hexdigest() == receipt.fingerprint
    assert stands(round_) == [("BLR", Operation.AMEND, "p2")]


def test_a_receipt_can_be_rebuilt_from_the_record(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p2b"))

    found = get_receipt(receipt.proposal, actor=world.actor("BLR", Role.EXPERT), now=NOON)

    assert found.text == receipt.text


def test_another_delegation_has_no_receipt(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    with pytest.raises(NotFound):
        get_receipt(receipt.proposal, actor=world.actor("IND"), now=NOON)


def test_the_same_form_sent_twice_is_one_proposal_with_one_receipt(world, round_):
    saved = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    row = get_draft(saved.draft, actor=world.actor("BLR"))
    form = {"lock_version": row.lock_version, "content_hash": row.content_hash, "token": row.token}

    first = proposals.submit_draft(saved.draft, **form, actor=world.actor("BLR"), now=NOON)
    again = proposals.submit_draft(saved.draft, **form, actor=world.actor("BLR"), now=DEADLINE + DAY)

    assert again == first
    assert db.session.query(Proposal).count() == 1
    assert db.session.query(Draft).count() == 0


def test_a_form_sent_before_with_other_content_is_refused(world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), token="one")

    with pytest.raises(OtherContent):
        submit(round_, world.actor("BLR"), round_.amended("p1", SHARED), token="one")

    assert db.session.query(Proposal).count() == 1


def test_another_delegations_token_means_nothing(world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), token="one")

    receipt = submit(round_, world.actor("IND"), round_.amended("p1", SHARED), token="one")

    assert receipt.state is ProposalState.SUBMITTED


@pytest.mark.parametrize(("before", "expected"), [(1, ProposalState.SUBMITTED), (0, ProposalState.LATE)])
def test_the_instant_of_the_deadline_is_already_late(world, round_, before, expected):
    from datetime import timedelta

    now = DEADLINE - timedelta(microseconds=before)

    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), now=now)

    assert receipt.state is expected


def test_a_late_proposal_is_kept_but_does_not_stand(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), now=CLOSED)

    assert state(receipt) is ProposalState.LATE
    assert receipt.number is None
    assert stands(round_) == []


def test_an_extension_for_one_delegation_holds_for_it_alone(world, round_):
    rounds.extend_round(
        round_.id,
        DEADLINE + 2 * DAY,
        reason="Праздник.",
        delegation_id=world.delegations["BLR"],
        actor=world.secretariat,
        now=NOON,
    )

    extended = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), now=CLOSED)
    other = submit(round_, world.actor("IND"), round_.amended("p2", SHARED), now=CLOSED)

    assert (extended.state, other.state) == (ProposalState.SUBMITTED, ProposalState.LATE)


def test_a_late_proposal_is_admitted_with_a_reason(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), now=CLOSED)

    with pytest.raises(Missing):
        proposals.admit_late(receipt.proposal, reason=" ", actor=world.secretariat, now=CLOSED)
    proposals.admit_late(receipt.proposal, reason="Сбой связи.", actor=world.secretariat, now=CLOSED)

    assert stands(round_) == [("BLR", Operation.AMEND, "p2")]


def test_a_concluded_or_foreign_round_takes_nothing(world, round_):
    with pytest.raises(NotFound):
        proposals.submit_proposal(
            "x" * 20,
            NewProposal(Category.GENERAL, "", (round_.amended("p2", SHARED),)),
            token="t",
            actor=world.actor("BLR"),
            now=NOON,
        )


def test_an_empty_proposal_is_refused(world, round_):
    with pytest.raises(NothingChanged):
        submit(round_, world.actor("BLR"))
    with pytest.raises(NothingChanged):
        submit(round_, world.actor("BLR"), round_.amended("p2", "Стороны создают единую платформу обмена опытом."))
    with pytest.raises(Missing):
        submit(round_, world.actor("BLR"), round_.of(Operation.COMMENT, "p2", comment="  "))

    assert db.session.query(Proposal).count() == 0


def test_a_proposal_on_a_version_the_round_is_not_about_is_refused(world, round_):
    from dataclasses import replace

    with pytest.raises(StaleVersion):
        submit(round_, world.actor("BLR"), replace(round_.amended("p2", SHARED), version="v" * 20))


def test_an_expert_drafts_but_does_not_submit(world, round_):
    with pytest.raises(NotPermitted):
        submit(round_, world.actor("BLR", Role.EXPERT), round_.amended("p2", SHARED))


def test_an_observer_proposes_nothing(world, round_):
    with pytest.raises(NotPermitted):
        submit(round_, world.observer, round_.amended("p2", SHARED))


def test_a_second_proposal_on_a_provision_is_refused_unless_it_replaces_the_first(world, round_):
    first = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    with pytest.raises(OverlapsOwn) as refused:
        submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"))
    second = submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"), replaces=first.proposal)

    assert refused.value.reference == first.reference
    assert state(first) is ProposalState.REPLACED
    assert state(second) is ProposalState.SUBMITTED
    assert stands(round_) == [("BLR", Operation.DELETE, "p2")]


def test_a_proposal_that_contradicts_ones_own_is_refused(world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2a", "обмениваются опытом;"))

    with pytest.raises(Contradicts):
        submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"))

    assert stands(round_) == [("BLR", Operation.AMEND, "p2a")]


def test_nobody_replaces_anothers_proposal(world, round_):
    first = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    with pytest.raises(NotFound):
        submit(round_, world.actor("IND"), round_.of(Operation.DELETE, "p2"), replaces=first.proposal)


def test_a_draft_that_somebody_changed_is_not_submitted_unseen(world, round_):
    actor = world.actor("BLR")
    saved = draft(round_, actor, round_.amended("p2", SHARED))
    seen = get_draft(saved.draft, actor=actor)
    drafts.save_draft(
        round_.id,
        round_.amended("p2", "Стороны создают платформу."),
        category=Category.TECHNICAL,
        justification="",
        opened=drafts.Opened(saved.draft, saved.lock_version),
        actor=world.actor("BLR", Role.EXPERT),
        now=NOON,
    )

    with pytest.raises(EditedMeanwhile):
        sent(saved, actor, lock_version=seen.lock_version, content_hash=seen.content_hash)

    assert db.session.query(Proposal).count() == 0


def test_two_who_insert_the_same_paragraph_insert_the_same_provision(world, round_):
    block = (Provision("new", Kind.PARAGRAPH, 1, "s1", {TEXT: text("Новый пункт.")}),)
    change = round_.of(Operation.INSERT, "", place=Place("s1", "p2"), block=block)

    submit(round_, world.actor("BLR"), change)
    submit(round_, world.actor("IND"), change)

    keys = {wish.change.key for wish, _, _ in load_wishes(round_.id, round_.version, "ru")}
    assert len(keys) == 1


def test_a_withdrawn_proposal_is_restored_while_the_round_is_open(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    proposals.withdraw_proposal(receipt.proposal, actor=world.actor("BLR"), now=NOON)
    gone = stands(round_)
    proposals.restore_proposal(receipt.proposal, actor=world.actor("BLR"), now=NOON)

    assert gone == []
    assert stands(round_) == [("BLR", Operation.AMEND, "p2")]


def test_nothing_is_restored_after_the_deadline(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    proposals.withdraw_proposal(receipt.proposal, actor=world.actor("BLR"), now=NOON)

    with pytest.raises(DeadlinePassed):
        proposals.restore_proposal(receipt.proposal, actor=world.actor("BLR"), now=DEADLINE)


def test_nobody_withdraws_anothers_proposal(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    with pytest.raises(NotPermitted):
        proposals.withdraw_proposal(receipt.proposal, actor=world.actor("IND"), now=NOON)
    with pytest.raises(Missing):
        proposals.withdraw_proposal(receipt.proposal, actor=world.secretariat, now=NOON)

    assert state(receipt) is ProposalState.SUBMITTED


def test_a_letter_needs_its_number_and_date(world, round_):
    new = NewProposal(Category.GENERAL, "", (round_.amended("p2", SHARED),), channel=Channel.LETTER)

    with pytest.raises(Missing):
        proposals.enter_on_behalf(
            round_.id, world.delegations["PAK"], new, token="t", actor=world.secretariat, now=NOON
        )


def test_what_came_by_letter_is_the_delegations_own(world, round_):
    new = NewProposal(
        Category.GENERAL,
        "",
        (round_.amended("p2", SHARED),),
        channel=Channel.LETTER,
        letter_number="118",
        letter_on=date(2025, 4, 22),
    )

    receipt = proposals.enter_on_behalf(
        round_.id, world.delegations["PAK"], new, token="t", actor=world.secretariat, now=NOON
    )

    assert get_receipt(receipt.proposal, actor=world.actor("PAK"), now=NOON).text == receipt.text
    assert stands(round_) == [("PAK", Operation.AMEND, "p2")]


def test_what_was_said_in_the_room_stands_once_its_side_confirms_it(world, round_):
    new = NewProposal(Category.GENERAL, "", (round_.amended("p2", SHARED),), channel=Channel.ORAL)
    receipt = proposals.enter_oral(
        round_.id, world.delegations["PAK"], new, token="t", actor=world.secretariat, now=CLOSED
    )
    unconfirmed = stands(round_)

    with pytest.raises(NotFound):
        proposals.confirm_oral(receipt.proposal, actor=world.actor("IND"), now=CLOSED)
    proposals.confirm_oral(receipt.proposal, actor=world.actor("PAK"), now=CLOSED)

    assert (receipt.state, unconfirmed) == (ProposalState.ORAL, [])
    assert stands(round_) == [("PAK", Operation.AMEND, "p2")]


def test_the_chairs_own_words_stand_at_once(world, round_):
    new = NewProposal(Category.GENERAL, "", (round_.amended("p2", SHARED),), channel=Channel.ORAL)

    receipt = proposals.enter_oral(round_.id, world.delegations["CHR"], new, token="t", actor=world.chair, now=CLOSED)

    assert receipt.state is ProposalState.SUBMITTED
    assert stands(round_) == [("CHR", Operation.AMEND, "p2")]


def test_a_co_sponsors_wish_is_the_same_change(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    positions.co_sponsor(receipt.proposal, actor=world.actor("KAZ"), now=NOON)
    both = stands(round_)
    positions.leave_proposal(receipt.proposal, actor=world.actor("KAZ"), now=NOON)

    assert both == [("BLR", Operation.AMEND, "p2"), ("KAZ", Operation.AMEND, "p2")]
    assert stands(round_) == both[:1]


def test_who_wishes_otherwise_does_not_co_sponsor(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    submit(round_, world.actor("KAZ"), round_.of(Operation.DELETE, "p2"))

    with pytest.raises(OverlapsOwn):
        positions.co_sponsor(receipt.proposal, actor=world.actor("KAZ"), now=NOON)


def test_ones_own_proposal_ends_ones_co_sponsorship(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    positions.co_sponsor(receipt.proposal, actor=world.actor("KAZ"), now=NOON)

    submit(round_, world.actor("KAZ"), round_.of(Operation.DELETE, "p2"))

    assert stands(round_) == [("BLR", Operation.AMEND, "p2"), ("KAZ", Operation.DELETE, "p2")]


def test_withdrawing_ends_the_co_sponsors_wishes_too(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    positions.co_sponsor(receipt.proposal, actor=world.actor("KAZ"), now=NOON)

    proposals.withdraw_proposal(receipt.proposal, actor=world.actor("BLR"), now=NOON)

    assert db.session.query(Wish).filter(Wish.ended_at.is_(None)).count() == 0


def test_a_sealed_round_shows_others_nothing_to_stand_by(world):
    round_ = make_round(world, Visibility.AT_CLOSE)
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    assert receipt.number is None
    with pytest.raises(NotFound):
        positions.take_position(receipt.proposal, PositionKind.SUPPORTS, actor=world.actor("KAZ"), now=NOON)


def test_a_delegation_with_proposals_has_comments(world, round_):
    actor = world.actor("BLR")
    positions.declare_no_comments(round_.id, actor=actor, now=NOON)
    submit(round_, actor, round_.amended("p2", SHARED))

    from app.services._standing import last_answer

    assert not last_answer(round_.id, actor.delegation).no_comments
    with pytest.raises(Exception, match="has submitted proposals"):
        positions.declare_no_comments(round_.id, actor=actor, now=NOON)


def test_each_act_is_in_the_record(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    positions.co_sponsor(receipt.proposal, actor=world.actor("KAZ"), now=NOON)
    submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"), replaces=receipt.proposal)
    draft(round_, world.actor("IND"), round_.amended("p1", SHARED))

    statement = db.select(Event.action).where(Event.chain_id == world.body).order_by(Event.seq)
    events = db.session.scalars(statement).all()[-4:]

    assert events == ["proposal.submit", "proposal.co_sponsor", "proposal.submit", "proposal.replace"]


def test_nothing_can_be_withdrawn_from_a_concluded_round(world, round_):
    from app.negotiation.vocabulary import RoundState
    from app.services._unit import record, use_case

    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    @use_case
    def conclude(*, actor, now):
        from app.models.rounds import Round

        found = db.session.get_one(Round, round_.id)
        found.state, found.closed_at, found.concluded_at = RoundState.CONCLUDED, now, now
        record("round.conclude", found)

    conclude(actor=world.secretariat, now=CLOSED)

    with pytest.raises(TransitionNotAllowed):
        proposals.withdraw_proposal(receipt.proposal, actor=world.actor("BLR"), now=CLOSED)
    with pytest.raises(TransitionNotAllowed):
        submit(round_, world.actor("IND"), round_.amended("p2", SHARED), now=CLOSED)


def test_everything_written_here_can_be_verified(world, round_):
    first = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    positions.co_sponsor(first.proposal, actor=world.actor("KAZ"), now=NOON)
    positions.take_position(first.proposal, PositionKind.OBJECTS, text="Нет.", actor=world.actor("IND"), now=NOON)
    submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"), replaces=first.proposal)
    positions.declare_no_comments(round_.id, actor=world.actor("UZB"), now=NOON)
    submit(round_, world.actor("UZB"), round_.amended("p1", SHARED))
    late = submit(round_, world.actor("IND"), round_.amended("p1", SHARED), now=CLOSED)
    proposals.admit_late(late.proposal, reason="Сбой связи.", actor=world.secretariat, now=CLOSED)
    proposals.withdraw_proposal(late.proposal, actor=world.actor("IND"), now=CLOSED)

    assert verify(db.session()) == ()
