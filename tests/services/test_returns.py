"""Texts that came back: private, completed, confirmed once, then drafts like any other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models import db
from app.models.proposals import Proposal
from app.models.record import Event
from app.models.returns import ReturnedText
from app.negotiation.errors import Contradicts, EditedMeanwhile, NotFound, NothingChanged, NotPermitted, NotReady
from app.negotiation.vocabulary import Category, Channel, ReturnSource, Role
from app.queries.drafts import get_draft, list_drafts
from app.queries.return_items import Letter, UnclearPlace, Understanding, decode, encode
from app.queries.returns import find_return, list_returns, load_preview
from app.services import drafts, proposals, returns
from app.services.returns import Asked, Completion, NewReturn
from app.text.changes import Operation
from tests.returning import came_back
from tests.rounds import draft, make_round, submit
from tests.world import NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def confirm(found, actor):
    lock = find_return(found, actor=actor).lock_version
    return returns.confirm_return(found, lock_version=lock, actor=actor, now=NOON)


def test_what_is_confirmed_becomes_drafts_of_the_delegation_that_came_by_word(world, round_):
    belarus = world.actor("BLR", Role.EXPERT)
    found = came_back(round_, belarus, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))

    confirm(found, belarus)

    made = list_drafts(round_.id, actor=belarus)
    assert {(d.changes[0].operation, d.changes[0].key) for d in made} == {("amend", "p2"), ("delete", "p3")}
    assert {d.justification for d in made} == {"Так точнее."}
    one = made[0]
    receipt = proposals.submit_draft(
        one.id,
        lock_version=one.lock_version,
        content_hash=one.content_hash,
        token=one.token,
        actor=world.actor("BLR"),
        now=NOON,
    )
    assert db.session.get_one(Proposal, receipt.proposal).channel is Channel.WORD


def test_bringing_a_text_in_and_confirming_it_leaves_no_event(world, round_):
    before = db.session.query(Event).count()

    confirm(came_back(round_, world.actor("BLR"), round_.amended("p2", SHARED)), world.actor("BLR"))

    assert db.session.query(Event).count() == before


def test_confirming_twice_makes_no_second_drafts(world, round_):
    found = came_back(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    once, twice = confirm(found, world.actor("BLR")), confirm(found, world.actor("BLR"))

    assert once == twice
    assert len(list_drafts(round_.id, actor=world.actor("BLR"))) == 1


def test_the_same_text_brought_in_again_makes_no_second_drafts(world, round_):
    for _ in range(2):
        confirm(came_back(round_, world.actor("BLR"), round_.amended("p2", SHARED)), world.actor("BLR"))

    assert len(list_drafts(round_.id, actor=world.actor("BLR"))) == 1


def test_what_is_dropped_becomes_no_draft(world, round_):
    belarus = world.actor("BLR")
    found = came_back(round_, belarus, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    returns.complete_return(found, {0: Completion(kept=False)}, lock_version=1, actor=belarus, now=NOON)

    confirm(found, belarus)

    assert [d.changes[0].key for d in list_drafts(round_.id, actor=belarus)] == ["p3"]


def test_what_is_reworded_is_proposed_as_reworded(world, round_):
    belarus = world.actor("BLR")
    found = came_back(round_, belarus, round_.amended("p2", SHARED))
    reworded = round_.amended("p2", "Стороны создают платформу.")
    completion = Completion(kept=True, changes=[reworded], justification="Короче.", category=Category.EDITORIAL)
    returns.complete_return(found, {0: completion}, lock_version=1, actor=belarus, now=NOON)

    (made,) = confirm(found, belarus)

    row = get_draft(made, actor=belarus)
    assert row.changes[0].change().parts == reworded.parts
    assert (row.justification, row.category) == ("Короче.", Category.EDITORIAL)


def test_a_colleagues_completion_is_not_overwritten_unseen(world, round_):
    found = came_back(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    drop = {0: Completion(kept=False)}
    returns.complete_return(found, drop, lock_version=1, actor=world.actor("BLR", Role.EXPERT), now=NOON)

    with pytest.raises(EditedMeanwhile):
        returns.complete_return(
            found, {0: Completion(True, justification="Иначе.")}, lock_version=1, actor=world.actor("BLR"), now=NOON
        )
    with pytest.raises(EditedMeanwhile):
        returns.confirm_return(found, lock_version=1, actor=world.actor("BLR"), now=NOON)


def test_what_the_delegation_has_already_is_replaced_where_it_says_so(world, round_):
    belarus = world.actor("BLR")
    saved = draft(round_, belarus, round_.of(Operation.DELETE, "p2"))
    found = came_back(round_, belarus, round_.amended("p2", SHARED))

    assert load_preview(found, actor=belarus, now=NOON).items[0].present[0].draft == saved.draft
    confirm(found, belarus)

    (row,) = list_drafts(round_.id, actor=belarus)
    assert (row.id, row.changes[0].operation) == (saved.draft, Operation.AMEND)


def test_what_the_delegation_has_already_stays_where_it_says_so(world, round_):
    belarus = world.actor("BLR")
    draft(round_, belarus, round_.of(Operation.DELETE, "p2"))
    found = came_back(round_, belarus, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    skip = {0: Completion(kept=True, replaces=False)}
    returns.complete_return(found, skip, lock_version=1, actor=belarus, now=NOON)

    confirm(found, belarus)

    operations = {d.changes[0].key: d.changes[0].operation for d in list_drafts(round_.id, actor=belarus)}
    assert operations == {"p2": Operation.DELETE, "p3": Operation.DELETE}


def test_two_changes_of_one_submitted_proposal_meet_in_the_draft_that_replaces_it(world, round_):
    belarus = world.actor("BLR")
    receipt = submit(round_, belarus, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    found = came_back(round_, belarus, round_.of(Operation.NO_CHANGE, "p2"), round_.of(Operation.NO_CHANGE, "p3"))

    (made,) = confirm(found, belarus)

    row = get_draft(made, actor=belarus)
    assert row.replaces == receipt.proposal
    assert {(c.key, c.operation) for c in row.changes} == {("p2", "no_change"), ("p3", "no_change")}


def test_what_contradicts_itself_is_not_confirmed(world, round_):
    belarus = world.actor("BLR")
    found = came_back(round_, belarus, round_.of(Operation.DELETE, "p2"), round_.amended("p2a", "обмениваются опытом;"))

    with pytest.raises(Contradicts):
        confirm(found, belarus)
    assert list_drafts(round_.id, actor=belarus) == ()


def test_a_text_that_asks_for_nothing_is_not_kept(world, round_):
    with pytest.raises(NothingChanged):
        came_back(round_, world.actor("BLR"), round_.amended("p2", "Стороны создают единую платформу обмена опытом."))
    assert db.session.query(ReturnedText).count() == 0


@pytest.mark.parametrize("who", ["IND", "SEC", "CHR"])
def test_a_returned_text_of_another_delegation_is_not_found(world, round_, who):
    found = came_back(round_, world.actor("BLR"), round_.amended("p2", SHARED), content=b"bytes")
    actor = {"IND": world.actor("IND"), "SEC": world.secretariat, "CHR": world.chair}[who]

    for act in (
        lambda: load_preview(found, actor=actor, now=NOON),
        lambda: find_return(found, actor=actor),
        lambda: returns.complete_return(found, {}, lock_version=1, actor=actor, now=NOON),
        lambda: returns.confirm_return(found, lock_version=1, actor=actor, now=NOON),
        lambda: returns.drop_return(found, actor=actor, now=NOON),
    ):
        with pytest.raises(NotFound):
            act()
    assert list_returns(round_.id, actor=actor) == ()


def test_an_observer_and_an_administrator_bring_nothing_in(world, round_):
    for actor in (world.observer, world.administrator):
        with pytest.raises(NotPermitted):
            came_back(round_, actor, round_.amended("p2", SHARED))


def test_a_deleted_upload_is_gone_with_its_file(world, round_):
    belarus = world.actor("BLR")
    found = came_back(round_, belarus, round_.amended("p2", SHARED), content=b"bytes")
    confirm(found, belarus)

    returns.drop_return(found, actor=belarus, now=NOON)

    assert db.session.query(ReturnedText).count() == 0
    assert len(list_drafts(round_.id, actor=belarus)) == 1


def test_one_delegation_does_not_fill_the_disk_of_all(world, round_, monkeypatch):
    monkeypatch.setattr(returns, "ROOM_BYTES", 1000)
    belarus, india = world.actor("BLR"), world.actor("IND")
    first = came_back(round_, belarus, round_.of(Operation.DELETE, "p2"), content=b"x" * 600)

    with pytest.raises(NotReady):
        came_back(round_, belarus, round_.of(Operation.DELETE, "p3"), content=b"x" * 600)

    came_back(round_, india, round_.of(Operation.DELETE, "p3"), content=b"x" * 600)
    returns.drop_return(first, actor=belarus, now=NOON)
    came_back(round_, belarus, round_.of(Operation.DELETE, "p3"), content=b"x" * 600)


def test_a_returned_text_is_forgotten_when_its_time_is_over(world, round_):
    came_back(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    assert returns.forget_expired(NOON + returns.KEPT_FOR - timedelta(seconds=1)) == 0
    assert returns.forget_expired(NOON + returns.KEPT_FOR) == 1


def entered(world, round_, *changes):
    asked = [Asked((change,), f"Причина {n}.") for n, change in enumerate(changes, 1)]
    new = NewReturn(round_.version, "ru", ReturnSource.LETTER, "Нота", asked, words="В пункте 2 …")
    behalf = replace(new, on_behalf_of=world.delegations["BLR"], letter=Letter("15-2/77", date(2025, 4, 9)))
    return returns.keep_return(round_.id, behalf, actor=world.secretariat, now=NOON)


def test_what_is_entered_on_behalf_is_one_proposal_with_several_changes(world, round_):
    found = entered(world, round_, round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))

    receipts = [returns.enter_return(found, lock_version=1, actor=world.secretariat, now=NOON) for _ in range(2)]

    assert receipts[0] == receipts[1]
    (row,) = db.session.query(Proposal).all()
    assert (row.channel, row.letter_number) == (Channel.LETTER, "15-2/77")
    assert row.delegation_id == world.delegations["BLR"]
    assert row.justification == "Причина 1.\nПричина 2."


def test_a_delegation_enters_nothing_on_behalf_of_another(world, round_):
    with pytest.raises(NotPermitted):
        came_back(round_, world.actor("IND"), round_.amended("p2", SHARED), on_behalf_of=world.delegations["BLR"])


def test_what_is_stored_is_what_was_understood(world, round_):
    found = came_back(
        round_, world.actor("BLR"), round_.amended("p2", SHARED), unclear=[UnclearPlace("p1", "format", "слово")]
    )
    read = decode(find_return(found, actor=world.actor("BLR")).understood)

    assert isinstance(read, Understanding)
    assert decode(encode(read)) == read


def test_a_draft_edited_afterwards_still_came_by_word(world, round_):
    belarus = world.actor("BLR")
    (made,) = confirm(came_back(round_, belarus, round_.amended("p2", SHARED)), belarus)
    opened = drafts.Opened(made, get_draft(made, actor=belarus).lock_version)

    drafts.save_draft(
        round_.id,
        round_.amended("p2", "Иначе."),
        category=Category.SUBSTANTIVE,
        justification="",
        opened=opened,
        actor=belarus,
        now=NOON,
    )

    assert db.session.get_one(drafts.Draft, made).content["channel"] == "word"
