"""Clearances: what ministries ask for, chosen by the focal point, submitted in one act."""

import pytest

from app.models import db
from app.models.clearances import Clearance
from app.models.documents import Version
from app.models.proposals import Proposal, Wish
from app.models.record import Event
from app.negotiation.errors import (
    DeadlinePassed,
    EditedMeanwhile,
    NotFound,
    NothingChanged,
    NotPermitted,
    NotReady,
    TransitionNotAllowed,
)
from app.negotiation.vocabulary import ProposalState, Role, Visibility
from app.queries.cleared import SUBMITTED
from app.queries.drafts import get_draft, list_drafts
from app.services import clearances, returns, rounds
from app.text.changes import Operation
from app.text.provision import TEXT as WORDS
from app.text.runs import plain
from tests.clearing import TEXT, choose, desk, sent_back, submit_all
from tests.rounds import CLOSED, DEADLINE, OpenRound, draft, make_round, submit
from tests.world import NOON, make_document

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."
COMMON = "Стороны создают общую платформу обмена опытом."
GENERAL = "Стороны создают всеобщую платформу обмена опытом."
OPENED = "Стороны создают единую платформу открытого обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def belarus(world):
    return world.actor("BLR")


def standing(round_):
    """Return what stands in the round: key, words and justification."""
    found = db.session.query(Proposal).filter_by(round_id=round_.id, state=ProposalState.SUBMITTED).all()
    return {p.id: p for p in found}


def live(round_, world, code="BLR"):
    wishes = db.session.query(Wish).filter_by(round_id=round_.id, delegation_id=world.delegations[code], ended_at=None)
    return sorted(wish.key for wish in wishes)


def test_identical_wishes_of_two_ministries_are_one_reading_with_both_named(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    sent_back(round_, belarus, "Минюст", round_.amended("p2", SHARED))

    (one,) = desk(belarus).cases
    (reading,) = one.case.readings
    assert [desk(belarus).people.name(code, "ru") for code in reading.sponsors] == ["Минсвязи", "Минюст"]


def test_the_same_remark_of_two_ministries_is_one_reading(round_, belarus):
    for ministry in ("Минсвязи", "Минюст"):
        sent_back(round_, belarus, ministry, round_.of(Operation.COMMENT, "p2", comment="Просим пояснить."))

    (one,) = desk(belarus).cases
    assert [len(r.sponsors) for r in one.case.readings] == [2]


def test_wishes_that_collide_say_so(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", GENERAL))
    sent_back(round_, belarus, "Минфин", round_.of(Operation.DELETE, "p2"))
    sent_back(round_, belarus, "Минюст", round_.amended("p2", COMMON))

    (one,) = desk(belarus).cases
    assert [r.against for r in one.case.readings] == [(2, 3), (1, 3), (1, 2)]


def test_a_second_file_of_a_ministry_is_told_apart(round_, belarus):
    sent_back(round_, belarus, "Минюст", round_.amended("p2", SHARED))
    sent_back(round_, belarus, "Минюст", round_.amended("p2", COMMON))

    assert [one.ministry for one in desk(belarus).files] == ["Минюст", "Минюст (2)"]


def test_what_is_taken_goes_out_with_its_reasons(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED), why="Доступ всем.")
    sent_back(round_, belarus, "Минюст", round_.amended("p2", COMMON))
    choose(belarus, "p2", 1)

    (going,) = desk(belarus).out
    assert plain(going.change.change().parts[WORDS]) == SHARED
    assert going.why == "Доступ всем."


def test_two_readings_that_can_both_be_had_become_one_wording(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    sent_back(round_, belarus, "Минюст", round_.amended("p2", OPENED))
    choose(belarus, "p2", 1, 2)

    (going,) = desk(belarus).out
    assert plain(going.change.change().parts[WORDS]) == (
        "Стороны создают единую общедоступную платформу открытого обмена опытом."
    )


def test_two_readings_that_collide_want_a_wording(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    sent_back(round_, belarus, "Минюст", round_.of(Operation.DELETE, "p2"))

    with pytest.raises(NotReady):
        choose(belarus, "p2", 1, 2)
    choose(belarus, "p2", 1, 2, own=[round_.amended("p2", COMMON)], why="Согласовано.")

    (going,) = desk(belarus).out
    assert (plain(going.change.change().parts[WORDS]), going.why) == (COMMON, "Согласовано.")


def test_what_nobody_disputes_is_taken_at_once(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", GENERAL), round_.of(Operation.DELETE, "p3"))
    sent_back(round_, belarus, "Минюст", round_.amended("p2", COMMON))

    assert clearances.take_undisputed(*TEXT, actor=belarus, now=NOON) == 1
    assert [one.id for one in desk(belarus).undecided] == ["p2"]


def test_a_choice_falls_when_another_file_asks_for_something_else(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)
    sent_back(round_, belarus, "Минюст", round_.amended("p2", COMMON))

    (one,) = desk(belarus).cases
    assert (one.out, one.is_overtaken) == (None, True)


def test_a_removed_file_asks_for_nothing_more(round_, belarus):
    found = sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    returns.drop_return(found, actor=belarus, now=NOON)

    assert desk(belarus).cases == ()


def test_clearing_leaves_no_event_until_it_is_submitted(round_, belarus):
    before = db.session.query(Event).count()
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)

    assert db.session.query(Event).count() == before


def test_the_cleared_set_takes_the_place_of_everything_submitted_before(world, round_, belarus):
    older = submit(round_, belarus, round_.amended("p2", COMMON)).proposal
    other = submit(round_, belarus, round_.of(Operation.DELETE, "p3")).proposal
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED), round_.amended("p1", "Стороны сотрудничают."))
    clearances.take_undisputed(*TEXT, actor=belarus, now=NOON)
    choose(belarus, "p1", 1)
    choose(belarus, "p2", 1)
    choose(belarus, "p3")

    done = submit_all(belarus)

    assert db.session.get_one(Proposal, older).state is ProposalState.REPLACED
    assert db.session.get_one(Proposal, other).state is ProposalState.WITHDRAWN
    assert (done.replaced, done.withdrawn) == ((older,), (other,))
    assert set(standing(round_)) == set(done.proposals)
    assert live(round_, world) == ["p1", "p2"]


def test_what_stands_as_cleared_goes_on_standing(world, round_, belarus):
    kept = submit(round_, belarus, round_.amended("p2", SHARED)).proposal
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    choose(belarus, "p2", 1)
    choose(belarus, "p3", 1)

    done = submit_all(belarus)

    assert done.kept == (kept,)
    assert live(round_, world) == ["p2", "p3"]
    with pytest.raises(NothingChanged):
        submit_all(belarus)


def test_a_proposal_on_two_provisions_gives_way_to_two(world, round_, belarus):
    older = submit(round_, belarus, round_.amended("p2", COMMON), round_.of(Operation.DELETE, "p3")).proposal
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED), round_.amended("p3", "План не договор."))
    for case, number in (("p2", 1), ("p3", 1)):
        choose(belarus, case, number)

    done = submit_all(belarus)

    assert done.replaced == (older,)
    assert live(round_, world) == ["p2", "p3"]


def test_what_an_earlier_proposal_says_of_another_document_comes_along(world, belarus):
    documents = [make_document(world), make_document(world, "agenda")]
    versions = [db.session.scalar(db.select(Version.id).where(Version.document_id == one)) for one in documents]
    found = rounds.create_round(
        versions,
        opens_at=NOON,
        deadline=DEADLINE,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )
    rounds.open_round(found, actor=world.secretariat, now=NOON)
    plan, agenda = OpenRound(found, versions[0]), OpenRound(found, versions[1])
    older = submit(plan, belarus, plan.amended("p2", COMMON), agenda.of(Operation.DELETE, "p3")).proposal
    sent_back(plan, belarus, "Минсвязи", plan.amended("p2", SHARED))
    choose(belarus, "p2", 1)

    done = submit_all(belarus)

    assert done.replaced == (older,)
    wishes = db.session.query(Wish).filter_by(delegation_id=world.delegations["BLR"], ended_at=None)
    assert {(wish.version_id, wish.key) for wish in wishes} == {(plan.version, "p2"), (agenda.version, "p3")}


def test_submitting_twice_makes_no_second_proposals(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)
    seen = desk(belarus)

    once, twice = submit_all(belarus, seen), submit_all(belarus, seen)

    assert once == twice
    assert len(standing(round_)) == 1


def test_what_a_colleague_changed_since_is_not_submitted_unseen(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)
    seen = desk(belarus)
    choose(belarus, "p2")

    with pytest.raises(EditedMeanwhile):
        submit_all(belarus, seen)
    assert standing(round_) == {}


def test_a_proposal_submitted_since_is_not_replaced_unseen(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)
    seen = desk(belarus)
    submit(round_, belarus, round_.of(Operation.DELETE, "p3"))

    with pytest.raises(EditedMeanwhile):
        submit_all(belarus, seen)


def test_two_who_choose_at_once_do_not_overwrite_each_other(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    seen = desk(belarus).case("p2").seen
    choose(belarus, "p2", 1)

    with pytest.raises(EditedMeanwhile):
        clearances.choose(*TEXT, "p2", None, seen=seen, actor=belarus, now=NOON)


def test_what_is_not_decided_is_not_submitted(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    choose(belarus, "p2", 1)

    with pytest.raises(NotReady):
        submit_all(belarus)
    clearances.leave_rest_out(*TEXT, actor=belarus, now=NOON)
    assert len(submit_all(belarus).proposals) == 1


def test_after_the_deadline_nothing_is_replaced(round_, belarus):
    older = submit(round_, belarus, round_.amended("p2", COMMON)).proposal
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)

    with pytest.raises(DeadlinePassed):
        submit_all(belarus, now=DEADLINE)
    assert [*standing(round_)] == [older]


def test_a_closed_round_is_not_cleared(world, round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)

    with pytest.raises(TransitionNotAllowed):
        choose(belarus, "p2", 1)


def test_the_cleared_set_becomes_cleared_drafts(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)

    assert clearances.make_drafts(*TEXT, content_hash=desk(belarus).content_hash, actor=belarus, now=NOON) == 1

    (made,) = list_drafts(round_.id, actor=belarus)
    assert made.cleared_at == NOON
    assert plain(made.changes[0].change().parts[WORDS]) == SHARED


def test_a_colleagues_draft_then_replaces_what_was_cleared(round_, belarus):
    submit(round_, belarus, round_.amended("p2", COMMON))
    kept = draft(round_, belarus, round_.amended("p2", OPENED)).draft
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)

    (made,) = submit_all(belarus).proposals

    assert get_draft(kept, actor=belarus).replaces == made


def test_a_draft_that_says_what_was_cleared_is_done(round_, belarus):
    draft(round_, belarus, round_.amended("p2", SHARED))
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)

    submit_all(belarus)

    assert list_drafts(round_.id, actor=belarus) == ()


def test_what_was_submitted_stands_beside_what_the_ministries_ask_for(round_, belarus):
    submit(round_, belarus, round_.amended("p2", COMMON))
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))

    (one,) = desk(belarus).cases
    assert [SUBMITTED in r.sponsors for r in one.case.readings] == [False, True]


def test_an_expert_sees_the_clearance_but_clears_nothing(world, round_, belarus):
    expert = world.actor("BLR", Role.EXPERT)
    found = sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))

    assert len(desk(expert).cases) == 1
    for act in (
        lambda: choose(expert, "p2", 1),
        lambda: clearances.take_undisputed(*TEXT, actor=expert, now=NOON),
        lambda: submit_all(expert),
        lambda: returns.drop_return(found, actor=expert, now=NOON),
        lambda: sent_back(round_, expert, "Минюст", round_.amended("p2", SHARED)),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_clearance_is_forgotten_when_nobody_touched_it_for_long(round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    choose(belarus, "p2", 1)

    returns.forget_expired(NOON + returns.KEPT_FOR)

    assert db.session.query(Clearance).count() == 0
    assert desk(belarus).cases == ()


def test_nobody_else_finds_a_clearance(world, round_, belarus):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))

    assert desk(world.actor("IND")).cases == ()
    for other in (world.secretariat, world.chair, world.observer, world.administrator):
        with pytest.raises(NotFound):
            desk(other)
