"""A use case is one transaction with its events: all of it or nothing, one writer of a chain at a time."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.models import db
from app.models.accounts import User
from app.models.bodies import Body, Delegation, Membership
from app.models.decisions import Resolution
from app.models.record import Chain, Event, EventPayload
from app.models.rounds import Round
from app.negotiation.actors import Actor, system
from app.negotiation.errors import EditedMeanwhile, TransitionNotAllowed
from app.negotiation.vocabulary import DelegationKind, Role, RoundState
from app.negotiation.workflows import ROUND
from app.services._advance import advance
from app.services._unit import OpenTransaction, OtherChain, UnrecordedChange, record, use_case
from app.services.verification import verify
from tests.record import CLERK, HOUR, NOON, OFFICER

pytestmark = pytest.mark.usefixtures("recorded_app")
LATER = NOON + 5 * HOUR


@use_case
def move(zone: str, *, actor: Actor, now: datetime, facts: dict[str, Any] | None = None) -> None:
    """Move the body to another time zone."""
    body = db.session.get_one(Body, "b-sco")
    body.zone = zone
    record("body.change", body, facts=facts, address="192.0.2.1")


@use_case
def do(act: Callable[[], None], *, actor: Actor, now: datetime) -> None:
    """Do anything in a use case."""
    act()


def zone() -> str:
    return db.session.get_one(Body, "b-sco").zone


def last_event() -> Event:
    return db.session.scalars(select(Event).where(Event.chain_id == "b-sco").order_by(Event.seq.desc())).first()


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_use_case_writes_the_change_with_its_event() -> None:
    move("Asia/Dushanbe", actor=OFFICER, now=LATER)

    event = last_event()
    assert zone() == "Asia/Dushanbe"
    assert (event.seq, event.at, event.action) == (7, LATER, "body.change")
    assert (event.role, event.delegation_id, event.membership_id) == (Role.SECRETARIAT, "d-secretariat", "m-officer")
    assert (event.subject_type, event.subject_id) == ("body", "b-sco")


def test_personal_data_stands_apart_from_what_is_kept() -> None:
    move("Asia/Dushanbe", actor=OFFICER, now=LATER, facts={"why": "moved"})

    payload = db.session.get_one(EventPayload, ("b-sco", 7))
    assert "192.0.2.1" in str(payload.person)
    assert "u-officer" in str(payload.person)
    assert "192.0.2.1" not in payload.content
    assert "u-officer" not in payload.content
    assert '"why":"moved"' in payload.content


def test_an_account_is_named_by_its_public_id() -> None:
    event = db.session.scalars(select(Event).where(Event.action == "account.create")).one()

    assert event.subject_id == "u-officer"


def test_a_use_case_inside_another_is_refused() -> None:
    def nested() -> None:
        move("Asia/Dushanbe", actor=OFFICER, now=LATER)

    with pytest.raises(OpenTransaction, match="move"):
        do(nested, actor=OFFICER, now=LATER)

    assert zone() == "Europe/Moscow"


def test_a_use_case_among_unsaved_changes_is_refused() -> None:
    db.session.add(Body(slug="other"))

    with pytest.raises(OpenTransaction):
        move("Asia/Dushanbe", actor=OFFICER, now=LATER)


def test_a_protected_change_outside_a_use_case_is_refused() -> None:
    db.session.get_one(Body, "b-sco").zone = "Asia/Dushanbe"

    with pytest.raises(UnrecordedChange, match="body"):
        db.session.commit()


def test_a_protected_change_that_nobody_records_is_refused() -> None:
    def act() -> None:
        db.session.get_one(Body, "b-sco").zone = "Asia/Dushanbe"

    with pytest.raises(UnrecordedChange, match="body"):
        do(act, actor=OFFICER, now=LATER)

    assert zone() == "Europe/Moscow"


@pytest.mark.parametrize(
    "statement",
    [
        update(Body).values(zone="Asia/Dushanbe"),
        delete(Body),
        insert(Body).values(slug="other"),
        update(Body.__table__).values(zone="Asia/Dushanbe"),
    ],
    ids=["update", "delete", "insert", "update of the table"],
)
def test_a_protected_change_by_statement_is_refused(statement: Any) -> None:
    def act() -> None:
        db.session.execute(statement)
        record("body.change", db.session.get_one(Body, "b-sco"))

    with pytest.raises(UnrecordedChange, match="body"):
        do(act, actor=OFFICER, now=LATER)


def test_an_unprotected_change_needs_no_event() -> None:
    def act() -> None:
        db.session.scalars(select(User)).one().name = "Another name"

    do(act, actor=OFFICER, now=LATER)

    assert db.session.scalars(select(User.name)).one() == "Another name"
    assert count(Event) == 10


def test_an_error_rolls_everything_back() -> None:
    def act() -> None:
        body = db.session.get_one(Body, "b-sco")
        body.zone = "Asia/Dushanbe"
        record("body.change", body)
        db.session.flush()
        raise KeyError("a defect")

    with pytest.raises(KeyError):
        do(act, actor=OFFICER, now=LATER)

    assert zone() == "Europe/Moscow"
    assert count(Event) == 10
    assert verify(db.session()) == ()


def test_a_refusal_of_the_database_rolls_everything_back() -> None:
    def act() -> None:
        body = db.session.get_one(Body, "b-sco")
        body.zone = "Asia/Dushanbe"
        body.slug = "other"
        record("body.change", body)

    with pytest.raises(IntegrityError):
        do(act, actor=OFFICER, now=LATER)

    assert zone() == "Europe/Moscow"
    assert count(Event) == 10


def test_the_next_use_case_works_after_a_failed_one() -> None:
    test_an_error_rolls_everything_back()

    move("Asia/Dushanbe", actor=OFFICER, now=LATER)

    assert zone() == "Asia/Dushanbe"


def test_the_time_of_events_never_runs_backwards() -> None:
    move("Asia/Dushanbe", actor=OFFICER, now=LATER)

    move("Asia/Shanghai", actor=OFFICER, now=LATER - HOUR)

    assert last_event().at == LATER


def test_two_acts_of_one_use_case_share_the_rows_they_wrote() -> None:
    def act() -> None:
        body, round_ = db.session.get_one(Body, "b-sco"), db.session.get_one(Round, "round")
        body.zone, round_.title = "Asia/Dushanbe", "First"
        record("body.change", body)
        record("round.rename", round_)

    do(act, actor=OFFICER, now=LATER)

    assert last_event().seq == 8
    assert verify(db.session()) == ()


def test_a_change_of_a_body_in_the_installations_chain_is_refused() -> None:
    with pytest.raises(OtherChain, match="body b-sco"):
        move("Asia/Dushanbe", actor=CLERK, now=LATER)

    assert zone() == "Europe/Moscow"


def test_an_administrators_own_membership_ends_in_the_installations_chain() -> None:
    def begin() -> None:
        membership = Membership(id="m-clerk", user_id="u-officer", role=Role.ADMINISTRATOR, created_at=NOON)
        db.session.add(membership)
        record("membership.begin", membership)

    def end() -> None:
        membership = db.session.get_one(Membership, "m-clerk")
        membership.ended_at = LATER
        record("membership.end", membership)

    do(begin, actor=CLERK, now=LATER)
    do(end, actor=CLERK, now=LATER)

    assert verify(db.session()) == ()


def test_a_new_chain_begins_with_the_first_act_of_its_body() -> None:
    def act() -> None:
        delegation = Delegation(
            id="d-chn", body_id="b-sco", code="CHN", kind=DelegationKind.MEMBER_STATE, rank=3, forms={}
        )
        db.session.add(delegation)
        record("delegation.add", delegation)

    do(act, actor=system("b-other"), now=NOON)

    assert db.session.get_one(Chain, "b-other").head_seq == 1


def test_advancing_takes_the_step_with_its_event() -> None:
    def reopen() -> None:
        round_ = db.session.get_one(Round, "round")
        advance(round_, ROUND, "reopen", actor=OFFICER, facts={"reason": "Asked for"})
        round_.closed_at = None

    do(reopen, actor=OFFICER, now=LATER)

    payload = db.session.get_one(EventPayload, ("b-sco", 7))
    assert db.session.get_one(Round, "round").state is RoundState.OPEN
    assert last_event().action == "round.reopen"
    assert '"facts":{"from":"closed","reason":"Asked for","to":"open"}' in payload.content


def test_a_step_that_the_state_does_not_allow_changes_nothing() -> None:
    def extend() -> None:
        advance(db.session.get_one(Round, "round"), ROUND, "extend", actor=OFFICER)

    with pytest.raises(TransitionNotAllowed):
        do(extend, actor=OFFICER, now=LATER)

    assert count(Event) == 10


def test_an_edit_of_a_row_that_somebody_saved_meanwhile_is_refused() -> None:
    def rewrite() -> None:
        resolution = db.session.get_one(Resolution, "resolution")
        # as if another process had saved between the reading and the writing
        db.session.connection().execute(text("UPDATE resolution SET lock_version = lock_version + 1"))
        resolution.level = 9
        record("resolution.write", resolution)

    with pytest.raises(EditedMeanwhile):
        do(rewrite, actor=OFFICER, now=LATER)

    assert db.session.get_one(Resolution, "resolution").level == 2


def in_threads(app: Flask, *acts: Callable[[], None]) -> list[BaseException]:
    """Run each act in a thread of its own, in a context of its own; return what they raised."""
    raised: list[BaseException] = []

    def run(act: Callable[[], None]) -> None:
        with app.app_context():
            try:
                act()
            except BaseException as error:
                raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


def test_a_concurrent_writer_waits(recorded_app: Flask) -> None:
    inside, order = threading.Event(), list[str]()

    def slow() -> None:
        def act() -> None:
            inside.set()
            assert not overtaken.wait(0.3)
            order.append("first")

        do(act, actor=OFFICER, now=LATER)

    def quick() -> None:
        inside.wait(10)
        move("Asia/Dushanbe", actor=OFFICER, now=LATER)
        order.append("second")
        overtaken.set()

    overtaken = threading.Event()
    raised = in_threads(recorded_app, slow, quick)

    assert raised == []
    assert order == ["first", "second"]


def test_no_update_is_lost_among_many_writers(recorded_app: Flask) -> None:
    def rename() -> None:
        round_ = db.session.get_one(Round, "round")
        round_.title += "x"
        record("round.rename", round_)

    def writer() -> None:
        for _ in range(5):
            do(rename, actor=OFFICER, now=LATER)

    db.session.rollback()
    raised = in_threads(recorded_app, *[writer] * 6)

    assert raised == []
    assert db.session.get_one(Round, "round").title == "x" * 30
    assert db.session.get_one(Chain, "b-sco").head_seq == 36
    assert verify(db.session()) == ()


def test_two_first_writers_of_a_chain_both_succeed(recorded_app: Flask) -> None:
    barrier = threading.Barrier(2)

    def writer() -> None:
        def act() -> None:
            record("body.note", db.session.get_one(Body, "b-sco"))

        barrier.wait(10)
        do(act, actor=system("b-other"), now=LATER)

    db.session.rollback()
    raised = in_threads(recorded_app, writer, writer)

    assert raised == []
    assert db.session.get_one(Chain, "b-other").head_seq == 2
