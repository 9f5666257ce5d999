"""The record on the screen: in words, and telling nobody what they do not see anyway."""

import re
from pathlib import Path

import pytest

from app.models import db
from app.models.record import Event
from app.negotiation.actors import system
from app.negotiation.vocabulary import Role, Visibility
from app.negotiation.workflows import WORKFLOWS
from app.services import bodies, proposals, rounds
from app.web.event_words import SENTENCES, Told
from tests.rounds import DEADLINE, make_round, submit
from tests.web.test_rounds import words
from tests.world import DAY, NOON

SERVICES = Path(__file__).parents[2] / "app" / "services"


def recorded():
    """Return every event name that the use cases write."""
    names = {f"{workflow.name}.{step.action}" for workflow in WORKFLOWS for step in workflow.steps}
    for path in SERVICES.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        for call in re.findall(r"\brecord\((.*?), ?\w", code, flags=re.S):
            names.update(re.findall(r'"([a-z_]+\.[a-z_]+)"', call))
        names.update(re.findall(r'action(?:: str)? ?= ?"([a-z_]+\.[a-z_]+)"', code))
    return names - {"noun.verb"}


def test_every_event_has_words():
    assert recorded() - SENTENCES.keys() == set()


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_a_sentence_asks_only_for_words_there_are(name):
    asked = re.findall(r"%\((\w+)\)s", SENTENCES[name])

    assert all(hasattr(Told, f"_{word}") for word in asked)
    assert "%" not in re.sub(r"%\(\w+\)s", "", SENTENCES[name])


@pytest.fixture
def told(browser):
    def read(actor, query=""):
        page = browser.sign_in(actor).get(f"/record{query}")
        return [
            " ".join(node.text_content().split()) for node in page.xpath("//ol[@class='acts']//span[@class='what']")
        ]

    return read


@pytest.fixture
def round_(world):
    return make_round(world)


def test_the_newest_stands_first(told, world, round_):
    found = told(world.secretariat)

    assert found[0].startswith("Action plan goes into negotiation")
    assert found[1] == "Round 1 opens, until Sunday, 20 April 2025, 12:00"


def test_a_proposal_is_told_with_its_number(told, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))

    assert told(world.secretariat)[0] == "Belarus submits proposal No. 1 in round 1"


def test_others_read_of_a_proposal_once_it_is_visible(told, world):
    round_ = make_round(world, Visibility.AT_CLOSE)
    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))

    before = told(world.actor("IRN"))
    rounds.close_round(round_.id, actor=system(world.body), now=DEADLINE + DAY)

    assert not any("Belarus" in line for line in before)
    assert any("Belarus submits" in line for line in told(world.actor("IRN")))


def test_a_delegation_reads_its_own_acts_at_once(told, world):
    round_ = make_round(world, Visibility.AT_CLOSE)
    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))

    assert any("submits proposal" in line for line in told(world.actor("BLR", Role.EXPERT)))


def test_a_late_proposal_is_nobody_else_s_business(told, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."), now=DEADLINE)

    assert any("kept as late" in line for line in told(world.actor("BLR")))
    assert not any("Belarus" in line for line in told(world.actor("IRN")))


def test_a_deadline_of_its_own_is_known_to_its_delegation(told, world, round_):
    rounds.extend_round(
        round_.id,
        DEADLINE + DAY,
        reason="Holiday",
        delegation_id=world.delegations["IRN"],
        actor=world.secretariat,
        now=NOON,
    )

    assert any("Iran has a deadline of its own" in line for line in told(world.actor("IRN")))
    assert not any("Iran" in line for line in told(world.actor("BLR")))


def test_a_deadline_moved_for_all_is_told_to_all_with_its_reason(told, world, round_):
    rounds.extend_round(round_.id, DEADLINE + DAY, reason="Holiday", actor=world.secretariat, now=NOON)

    (line,) = [line for line in told(world.actor("BLR")) if "moves from" in line]
    assert line.endswith("Reason: Holiday")


def test_why_a_proposal_was_withdrawn_is_its_own_side_s(told, world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))
    proposals.withdraw_proposal(receipt.proposal, reason="Secret talks", actor=world.actor("BLR"), now=NOON)

    assert any("Secret talks" in line for line in told(world.actor("BLR")))
    assert not any("Secret talks" in line for line in told(world.actor("IRN")))


def test_a_scheduled_round_is_not_told_to_delegations(told, world):
    from tests.scheduled import schedule_round

    schedule_round(world, opens_at=NOON + DAY)

    assert not any("Round" in line for line in told(world.actor("BLR")))


def test_members_of_other_delegations_are_not_told(told, world):
    for code in ("BLR", "IRN"):
        person = world.actor("KAZ").user
        bodies.add_membership(person, world.delegations[code], Role.EXPERT, actor=world.secretariat, now=NOON)

    assert told(world.actor("BLR"), "?topic=members") == ["A member begins: expert, Belarus"]


def test_persons_are_named_to_the_secretariat_alone(browser, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))

    assert "focal_point BLR" in words(browser.sign_in(world.secretariat).get("/record"))
    assert "focal_point BLR" not in words(browser.sign_in(world.actor("BLR")).get("/record"))


def test_an_observer_reads_no_record(browser, world, round_):
    browser.sign_in(world.observer).get("/record", status=404)


def test_the_record_is_filtered(told, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))
    submit(round_, world.actor("IRN"), round_.amended("p1", "Иначе."), now=NOON + DAY)

    iran = world.delegations["IRN"]
    assert told(world.secretariat, f"?topic=proposals&delegation={iran}") == ["Iran submits proposal No. 2 in round 1"]
    assert told(world.secretariat, "?since=2025-04-11") == ["Iran submits proposal No. 2 in round 1"]
    assert len(told(world.secretariat, "?topic=proposals&until=2025-04-10")) == 1
    assert told(world.secretariat, "?until=2025-04-09") == []


def test_the_record_of_one_document_leaves_out_the_others(told, world, round_):
    from app.models.documents import Document
    from tests.world import make_document

    other = make_document(world, "protocol")
    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))
    plan = db.session.scalar(db.select(Document.id).where(Document.slug == "plan"))

    assert len(told(world.secretariat, f"?document={other}")) == 2
    assert told(world.secretariat, f"?document={plan}")[0].startswith("Belarus submits")


def test_a_date_nobody_can_read_is_asked_for_again(browser, world):
    page = browser.sign_in(world.secretariat).get("/record?since=04/11", status=422)

    assert "Enter a date as year-month-day" in words(page)


def test_long_records_are_paged(told, world, round_):
    for days in range(1, 50):
        rounds.extend_round(round_.id, DEADLINE + days * DAY, reason="-", actor=world.secretariat, now=NOON)

    first = told(world.secretariat)
    second = told(world.secretariat, "?page=2")

    assert len(first) == 50
    assert len(first) + len(second) == db.session.query(Event).filter_by(chain_id=world.body).count()


def test_a_page_after_the_last_is_not_there(browser, world, round_):
    browser.sign_in(world.secretariat).get("/record?page=999", status=404)


def test_the_head_of_the_chain_is_shown_to_the_secretariat(browser, world, round_):
    from app.models.record import Chain

    head = db.session.get_one(Chain, world.body).head_hash

    assert head in words(browser.sign_in(world.secretariat).get("/record"))


def test_the_number_of_queries_does_not_grow_with_the_record(browser, world, round_):
    from sqlalchemy import event

    counts = []

    def count():
        seen = []
        listener = lambda *_: seen.append(1)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        browser.sign_in(world.secretariat).get("/record")
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(seen)

    submit(round_, world.actor("BLR"), round_.amended("p2", "Иначе."))
    counts.append(count())
    for code in ("IRN", "IND", "KAZ", "CHN"):
        submit(round_, world.actor(code), round_.amended("p2", "Иначе."))
    counts.append(count())

    assert counts[0] == counts[1]
