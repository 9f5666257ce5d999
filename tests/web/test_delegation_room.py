"""The delegation room: drafts cleared and submitted, receipts, what others propose."""

import hashlib
from datetime import timedelta

import pytest

from app.models import db
from app.models.proposals import Draft, Proposal
from app.negotiation.vocabulary import Category, Channel, ProposalState, Role, Visibility
from app.services import positions, proposals
from app.services.proposals import NewProposal
from app.text.changes import Operation
from tests.rounds import DEADLINE, draft, make_round, submit
from tests.world import NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def focal(browser, world, round_):
    return browser.sign_in(world.actor("BLR"))


def words(page, path):
    return [" ".join(node.text_content().split()) for node in page.xpath(path)]


def state(receipt):
    return db.session.get_one(Proposal, receipt.proposal).state


def test_the_focal_point_submits_an_experts_draft_and_gets_a_receipt(focal, world, round_):
    draft(round_, world.actor("BLR", Role.EXPERT), round_.amended("p2", SHARED))

    page = focal.press(focal.get("/delegation"), "Submit what is ticked")

    (fingerprint,) = words(page, "//code[@class='print']")
    assert fingerprint == db.session.scalars(db.select(Proposal.content_hash)).one()
    assert "The proposal of Belarus was received." in page.text_content()
    assert db.session.query(Draft).count() == 0


def test_the_text_of_a_receipt_has_its_fingerprint(focal, world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    answer = focal.get(f"/receipts/{receipt.proposal}/text")

    assert hashlib.sha256(answer.data).hexdigest() == receipt.fingerprint


def test_several_drafts_are_submitted_at_once(focal, world, round_):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    draft(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p3"))
    page = focal.get("/delegation")

    answer = focal.press(page, "Submit what is ticked", draft=page.xpath("//input[@name='draft']/@value"))

    assert "2 proposals are received." in answer.text_content()
    assert db.session.query(Proposal).count() == 2


def test_the_back_button_and_a_second_press_give_the_same_receipt(focal, world, round_):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    page = focal.get("/delegation")

    first = focal.press(page, "Submit what is ticked")
    again = focal.press(page, "Submit what is ticked")

    assert words(first, "//code") == words(again, "//code")
    assert db.session.query(Proposal).count() == 1


def test_a_retry_after_the_deadline_gives_the_same_receipt(focal, world, round_, clock):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    page = focal.get("/delegation")
    first = focal.press(page, "Submit what is ticked")

    clock.at = DEADLINE + timedelta(hours=1)
    again = focal.press(page, "Submit what is ticked")

    assert words(first, "//code") == words(again, "//code")


def test_what_is_late_is_told_and_kept(focal, world, round_, clock):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    page = focal.get("/delegation")

    clock.at = DEADLINE
    answer = focal.press(page, "Submit what is ticked", status=409)

    assert "It is kept as late" in words(answer, "//div[@role='alert']")[0]
    assert db.session.scalars(db.select(Proposal.state)).one() is ProposalState.LATE


def test_a_stale_tab_is_refused_with_the_draft_kept(focal, world, round_):
    found = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    page = focal.get("/delegation")
    desk = focal.get("/documents/plan/versions/0?propose=p2")
    focal.press(desk, "Save the draft", part_0="Стороны создают общую платформу.")

    answer = focal.press(page, "Submit what is ticked", status=412)

    assert "Somebody else changed this" in words(answer, "//div[@role='alert']")[0]
    assert db.session.get_one(Draft, found.draft)


def test_a_stale_tab_after_submitting_other_content_is_refused(focal, world, round_):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    page = focal.get("/delegation")
    (value,) = page.xpath("//input[@name='draft']/@value")
    focal.press(page, "Submit what is ticked")

    draft_id, lock, _hash, token = value.split(":")
    answer = focal.post("/delegation/submit", {"draft": f"{draft_id}:{lock}:{'0' * 64}:{token}"}, status=422)

    assert "already sent, with other content" in answer.text_content()


def test_an_expert_hands_over_and_the_focal_point_clears(browser, world, round_):
    draft(round_, world.actor("BLR", Role.EXPERT), round_.amended("p2", SHARED))
    browser.sign_in(world.actor("BLR", Role.EXPERT))
    browser.press(browser.get("/delegation"), "Hand over to the focal point")

    browser.sign_in(world.actor("BLR"))
    handed = browser.get("/delegation").text_content()
    cleared = browser.press(browser.get("/delegation"), "Clear").text_content()

    assert "handed over" in handed
    assert "cleared by focal_point BLR" in cleared


def test_an_expert_has_no_way_to_submit(browser, world, round_):
    found = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get("/delegation")

    assert not page.xpath("//input[@name='draft']")
    value = f"{found.draft}:1:{'0' * 64}:token"
    answer = browser.post("/delegation/submit", {"draft": value}, status=403)
    assert "As expert you cannot do this" in answer.text_content()


@pytest.mark.parametrize("who", ["IND", "SEC", "CHR"])
def test_anothers_draft_does_not_exist(browser, world, round_, who):
    found = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED), why="Секрет Беларуси.")
    actor = {"IND": world.actor("IND"), "SEC": world.secretariat, "CHR": world.chair}[who]
    browser.sign_in(actor)

    assert "Секрет Беларуси." not in browser.get("/delegation").text_content()
    for act in ("clear", "hand_over", "delete"):
        browser.post(f"/delegation/drafts/{found.draft}/{act}", {"lock_version": "1"}, status=404)
    assert db.session.get_one(Draft, found.draft)


def test_anothers_sealed_proposal_does_not_exist(browser, world):
    round_ = make_round(world, Visibility.AT_CLOSE)
    receipt = submit(round_, world.actor("IND"), round_.amended("p2", SHARED), why="Секрет Индии.")
    browser.sign_in(world.actor("BLR"))

    for url in (f"/proposals/{receipt.proposal}", f"/receipts/{receipt.proposal}"):
        browser.get(url, status=404)
    for act in ("withdraw", "restore", "confirm", "revise", "join", "leave"):
        browser.post(f"/proposals/{receipt.proposal}/{act}", status=404)
    browser.post(f"/proposals/{receipt.proposal}/position", {"kind": "objects"}, status=404)
    assert "India" not in browser.get("/delegation").text_content()


def test_an_observer_and_an_administrator_have_no_room(browser, world, round_):
    receipt = submit(round_, world.actor("IND"), round_.amended("p2", SHARED))

    for actor in (world.observer, world.administrator):
        browser.sign_in(actor)
        browser.get("/delegation", status=404)
        browser.get(f"/proposals/{receipt.proposal}", status=404)


def test_a_proposal_is_withdrawn_and_restored(focal, world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    page = focal.press(focal.get(f"/proposals/{receipt.proposal}"), "Withdraw")
    gone = state(receipt)
    focal.press(page, "Restore")

    assert (gone, state(receipt)) == (ProposalState.WITHDRAWN, ProposalState.SUBMITTED)


def test_a_proposal_is_replaced_through_a_draft(focal, world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))

    room = focal.press(focal.get(f"/proposals/{receipt.proposal}"), "Replace")
    desk = focal.get("/documents/plan/versions/0?propose=p2")
    focal.press(desk, "Save the draft", part_0="Стороны создают общую платформу.")
    focal.press(focal.get("/delegation"), "Submit what is ticked")

    assert f"replaces {receipt.reference}" in room.text_content()
    assert state(receipt) is ProposalState.REPLACED


def test_another_delegation_co_sponsors_and_supports(browser, world, round_):
    receipt = submit(round_, world.actor("IND"), round_.amended("p2", SHARED))
    browser.sign_in(world.actor("BLR"))
    page = browser.get(f"/proposals/{receipt.proposal}")

    joined = browser.press(page, "Co-sponsor")
    browser.press(joined, "Note the position", kind="supports", text="Полностью.")
    left = browser.press(browser.get(f"/proposals/{receipt.proposal}"), "No longer co-sponsor")

    assert "Sponsors: Belarus, India" in " ".join(joined.text_content().split())
    assert "Supported by: Belarus — Полностью." in " ".join(left.text_content().split())
    assert "Sponsors:" not in left.text_content()


def test_what_was_said_in_the_room_waits_for_its_side(focal, world, round_):
    new = NewProposal(Category.GENERAL, "", (round_.amended("p2", SHARED),), channel=Channel.ORAL)
    receipt = proposals.enter_oral(
        round_.id, world.delegations["BLR"], new, token="t", actor=world.secretariat, now=NOON
    )

    focal.press(focal.get("/delegation"), "Confirm")

    assert state(receipt) is ProposalState.SUBMITTED


def test_a_delegation_declares_no_comments_and_takes_it_back(focal):
    declared = focal.press(focal.get("/delegation"), "Declare: no comments")
    back = focal.press(declared, "Take the declaration back")

    assert "has declared that it has no comments" in declared.text_content()
    assert "has declared" not in back.text_content()


def test_what_became_of_a_proposal_is_told_once_the_round_is_concluded(focal, world, round_, clock):
    from app.models.rounds import Round
    from app.negotiation.vocabulary import Outcome, RoundState
    from app.services import decisions, rounds
    from app.services._unit import record, use_case

    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    clock.at = DEADLINE + timedelta(days=1)
    rounds.close_round(round_.id, actor=world.secretariat, now=clock.at)
    row = db.session.get_one(Proposal, receipt.proposal)
    change = db.session.execute(db.text("select id from change where proposal_id = :p"), {"p": row.id}).scalar_one()
    db.session.rollback()
    decided = decisions.NewDecision(Outcome.NOT_ACCEPTED, reason="Нет консенсуса.")
    decisions.decide({change: decided}, actor=world.secretariat, now=clock.at)

    before = focal.get("/delegation").text_content()

    @use_case
    def conclude(*, actor, now):
        found = db.session.get_one(Round, round_.id)
        found.state, found.concluded_at = RoundState.CONCLUDED, now
        record("round.conclude", found)

    conclude(actor=world.secretariat, now=clock.at)
    after = focal.get("/delegation").text_content()

    assert "Нет консенсуса." not in before
    assert "not accepted: Нет консенсуса." in " ".join(after.split())


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_the_room_opens_in_every_language(browser, world, round_, language):
    draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    receipt = submit(round_, world.actor("IND"), round_.amended("p1", SHARED))
    positions.co_sponsor(receipt.proposal, actor=world.actor("BLR"), now=NOON)
    browser.sign_in(world.actor("BLR"), language)

    for url in ("/delegation", f"/proposals/{receipt.proposal}", "/documents/plan/versions/0?propose=p2"):
        assert browser.get(url).get("lang") == language
