"""Who sees which proposal: the whole table."""

import pytest

from app.models import db
from app.models.proposals import Proposal
from app.models.rounds import Round
from app.negotiation.actors import Actor, system
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import Category, Channel, ProposalState, Role, Visibility
from app.queries.proposals import get_proposal, list_proposals
from app.services import proposals, rounds
from app.services.proposals import NewProposal
from app.text.changes import Operation
from tests.rounds import CLOSED, make_round, submit
from tests.world import NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."
State = ProposalState
OWN, STAFF = frozenset({"own", "expert"}), frozenset({"secretariat", "chair", "system"})
ALL = OWN | STAFF | {"other"}
SEEN = {
    # (visibility, closed, state): who sees it
    (Visibility.OPEN, False, State.SUBMITTED): ALL,
    (Visibility.OPEN, False, State.WITHDRAWN): ALL,
    (Visibility.OPEN, False, State.REPLACED): OWN | STAFF,
    (Visibility.OPEN, False, State.ORAL): OWN | STAFF,
    (Visibility.OPEN, True, State.SUBMITTED): ALL,
    (Visibility.OPEN, True, State.LATE): OWN | STAFF,
    (Visibility.AT_CLOSE, False, State.SUBMITTED): OWN | STAFF,
    (Visibility.AT_CLOSE, False, State.WITHDRAWN): OWN | STAFF,
    (Visibility.AT_CLOSE, False, State.REPLACED): OWN | STAFF,
    (Visibility.AT_CLOSE, False, State.ORAL): OWN | STAFF,
    (Visibility.AT_CLOSE, True, State.SUBMITTED): ALL,
    (Visibility.AT_CLOSE, True, State.WITHDRAWN): ALL,
    (Visibility.AT_CLOSE, True, State.LATE): OWN | STAFF,
    (Visibility.AT_CLOSE, True, State.ORAL): OWN | STAFF,
}


def people(world):
    return {
        "own": world.actor("BLR"),
        "expert": world.actor("BLR", Role.EXPERT),
        "other": world.actor("IND"),
        "secretariat": world.secretariat,
        "chair": world.chair,
        "system": system(world.body),
        "observer": world.observer,
        "administrator": world.administrator,
        "elsewhere": Actor(Role.FOCAL_POINT, "u", "another body", world.delegations["BLR"]),
        "secretariat elsewhere": Actor(Role.SECRETARIAT, "u", "another body", "d"),
    }


def proposal_in(world, round_, state):
    blr = world.actor("BLR")
    change = round_.amended("p2", SHARED)
    if state is State.ORAL:
        new = NewProposal(Category.GENERAL, "", (change,), channel=Channel.ORAL)
        delegation = world.delegations["BLR"]
        return proposals.enter_oral(round_.id, delegation, new, token="t", actor=world.secretariat, now=NOON).proposal
    found = submit(round_, blr, change, now=CLOSED if state is State.LATE else NOON).proposal
    if state is State.WITHDRAWN:
        proposals.withdraw_proposal(found, actor=blr, now=NOON)
    if state is State.REPLACED:
        submit(round_, blr, round_.of(Operation.DELETE, "p2"), replaces=found)
    return found


@pytest.mark.parametrize(("visibility", "closed", "state"), SEEN)
def test_each_proposal_exists_for_those_whom_it_is_open_to_and_nobody_else(world, visibility, closed, state):
    round_ = make_round(world, visibility)
    found = proposal_in(world, round_, state)
    if closed:
        rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)
    held = db.session.get_one(Round, round_.id)
    assert db.session.get_one(Proposal, found).state is state

    listed = {
        name for name, actor in people(world).items() if found in {p.id for p in list_proposals(held, actor=actor)}
    }
    opened = set()
    for name, actor in people(world).items():
        try:
            get_proposal(found, actor=actor)
            opened.add(name)
        except NotFound:
            pass

    assert listed == SEEN[visibility, closed, state]
    assert opened == listed


def test_the_text_of_a_withdrawn_proposal_is_its_own_sides(world):
    round_ = make_round(world)
    found = proposal_in(world, round_, State.WITHDRAWN)

    read = {name for name, actor in people(world).items() if name in ALL and get_proposal(found, actor=actor).changes}

    assert read == OWN
