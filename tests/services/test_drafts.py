"""Drafts: one per provision, private, never overwritten unseen."""

import pytest

from app.models import db
from app.models.proposals import Draft
from app.negotiation.errors import EditedMeanwhile, NotFound, NotPermitted, TransitionNotAllowed
from app.negotiation.vocabulary import Category, Role
from app.queries.drafts import get_draft, list_drafts
from app.services import drafts, rounds
from app.text.changes import Operation
from tests.rounds import CLOSED, draft, make_round, submit
from tests.world import NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def again(round_, actor, change, opened, now=NOON):
    return drafts.save_draft(
        round_.id, change, category=Category.TECHNICAL, justification="", opened=opened, actor=actor, now=now
    )


def test_a_form_that_knows_of_no_draft_overwrites_none(world, round_):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    with pytest.raises(EditedMeanwhile):
        draft(round_, world.actor("BLR", Role.EXPERT), round_.of(Operation.DELETE, "p2"))

    assert len(list_drafts(round_.id, actor=world.actor("BLR"))) == 1


def test_two_delegations_draft_on_one_provision_side_by_side(world, round_):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    draft(round_, world.actor("IND"), round_.amended("p2", SHARED))

    assert [len(list_drafts(round_.id, actor=world.actor(code))) for code in ("BLR", "IND")] == [1, 1]


def test_saving_what_is_saved_already_changes_nothing(world, round_):
    saved = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    opened = drafts.Opened(saved.draft, 0)

    once = again(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"), drafts.Opened(saved.draft, 1))
    twice = again(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"), opened)

    assert once == twice


@pytest.mark.parametrize("who", ["IND", "SEC", "CHR"])
def test_a_draft_of_another_delegation_is_not_found(world, round_, who):
    saved = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    actor = {"IND": world.actor("IND"), "SEC": world.secretariat, "CHR": world.chair}[who]

    for act in (
        lambda: get_draft(saved.draft, actor=actor),
        lambda: drafts.delete_draft(saved.draft, actor=actor, now=NOON),
        lambda: drafts.hand_over(saved.draft, actor=actor, now=NOON),
        lambda: drafts.clear_draft(saved.draft, lock_version=1, actor=actor, now=NOON),
        lambda: again(round_, actor, round_.amended("p2", "Иначе."), drafts.Opened(saved.draft, 1)),
    ):
        with pytest.raises(NotFound):
            act()
    assert list_drafts(round_.id, actor=actor) == ()


def test_an_observer_and_an_administrator_draft_nothing(world, round_):
    for actor in (world.observer, world.administrator):
        with pytest.raises(NotPermitted):
            draft(round_, actor, round_.amended("p2", SHARED))


def test_an_expert_does_not_clear(world, round_):
    saved = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    with pytest.raises(NotPermitted):
        drafts.clear_draft(
            saved.draft, lock_version=saved.lock_version, actor=world.actor("BLR", Role.EXPERT), now=NOON
        )


def test_what_was_changed_since_is_not_cleared_unseen(world, round_):
    saved = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    opened = drafts.Opened(saved.draft, saved.lock_version)
    again(round_, world.actor("BLR", Role.EXPERT), round_.amended("p2", "Иначе."), opened)

    with pytest.raises(EditedMeanwhile):
        drafts.clear_draft(saved.draft, lock_version=saved.lock_version, actor=world.actor("BLR"), now=NOON)


def test_a_closed_round_takes_no_drafts(world, round_):
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)

    with pytest.raises(TransitionNotAllowed):
        draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))


def test_a_draft_that_replaces_a_proposal_brings_its_other_changes_along(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))

    saved = draft(round_, world.actor("BLR"), round_.of(Operation.NO_CHANGE, "p2"))

    found = get_draft(saved.draft, actor=world.actor("BLR"))
    assert found.replaces == receipt.proposal
    assert [(c.operation, c.key) for c in found.changes] == [(Operation.NO_CHANGE, "p2"), (Operation.DELETE, "p3")]


def test_revising_twice_opens_the_same_draft(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    first = drafts.revise_proposal(receipt.proposal, actor=world.actor("BLR"), now=NOON)
    second = drafts.revise_proposal(receipt.proposal, actor=world.actor("BLR", Role.EXPERT), now=NOON)

    assert first == second
    assert db.session.query(Draft).count() == 1


def test_nobody_revises_anothers_proposal(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    with pytest.raises(NotFound):
        drafts.revise_proposal(receipt.proposal, actor=world.actor("IND"), now=NOON)
