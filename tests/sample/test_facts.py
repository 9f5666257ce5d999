"""The loaded sample holds what a newcomer is to meet in it."""

from datetime import timedelta

import pytest

from app.cli.sample_facts import sample_facts
from app.cli.verify import verify
from app.models import db
from app.models.bodies import Meeting
from app.models.proposals import Proposal
from app.models.rounds import Round
from app.negotiation.vocabulary import Outcome
from app.sample.states import STATES
from app.text.changes import Operation
from app.text.conflicts import ConflictKind
from tests.sample.conftest import LOADED_AT

DESKS = {"CHR", "SEC"}


@pytest.fixture
def facts(app):
    """Return topic to name to count, as the command prints them."""
    result = app.test_cli_runner().invoke(sample_facts)
    assert result.exit_code == 0, result.output
    found = {}
    for line in result.output.splitlines():
        topic, name, count = line.split("\t")
        found.setdefault(topic, {})[name] = int(count)
    return found


def test_the_plan_has_about_eighty_provisions(facts):
    assert 75 <= facts["provisions by version"]["action-plan 0"] <= 95


def test_round_one_has_about_forty_proposals_of_everybody(facts):
    sponsors = facts["proposals of round 1 by delegation"]

    assert set(sponsors) == {state.code for state in STATES} | DESKS
    assert 38 <= facts["proposals by round"]["round 1"] == sum(sponsors.values()) <= 48


def test_round_one_has_every_operation(facts):
    assert set(facts["changes of round 1 by operation"]) == {str(one) for one in Operation}


def test_round_one_has_conflicts_of_every_kind(facts):
    assert set(facts["conflicts of round 1 by kind"]) == {str(kind) for kind in ConflictKind}


def test_round_one_has_every_outcome(facts):
    assert set(facts["decisions of round 1 by outcome"]) == {str(outcome) for outcome in Outcome}


@pytest.mark.parametrize(
    "name",
    [
        "late, admitted",
        "replacing an earlier one",
        "general remarks",
        "co-sponsored wishes",
        "wishes shared by several",
        "states that join a list",
        "states that leave a list",
    ],
)
def test_the_special_cases_of_a_round_are_there(facts, name):
    assert facts["in round 1"][name] >= 1


def test_one_proposal_is_withdrawn_and_one_replaced(facts):
    states = facts["proposals of round 1 by state"]

    assert (states["withdrawn"], states["replaced"]) == (1, 1)


def test_proposals_came_by_every_channel(facts):
    assert set(facts["proposals of round 1 by channel"]) == {"web", "word", "letter", "oral"}


def test_rev_1_is_issued_from_a_concluded_round(facts):
    assert facts["rounds by state"]["round 1 concluded"] == 1
    assert "action-plan 1" in facts["provisions by version"]


def test_the_second_round_is_open_for_fourteen_days(app, facts):
    second = db.session.query(Round).filter_by(number=2).one()

    assert facts["rounds by state"]["round 2 open"] == 1
    assert second.deadline == LOADED_AT + timedelta(days=14)
    assert 6 <= facts["proposals by round"]["round 2"] <= 8


def test_the_agenda_is_adopted(facts):
    assert facts["documents by state"]["agenda adopted"] == 1
    assert facts["provisions by version"]["agenda 2 adopted"] == facts["provisions by version"]["agenda 1"]


def test_the_three_meetings_are_there(app):
    days = [meeting.starts_on.isoformat() for meeting in db.session.query(Meeting).order_by(Meeting.starts_on)]

    assert days == ["2025-04-09", "2025-05-28", "2025-06-17"]


def test_nothing_was_received_after_the_loading(app):
    assert all(found.received_at <= LOADED_AT for found in db.session.query(Proposal))


def test_the_record_of_the_sample_is_sound(app):
    answer = app.test_cli_runner().invoke(verify)

    assert answer.exit_code == 0, answer.output


def test_without_a_sample_the_command_says_so(tmp_path):
    from tests.conftest import Clock, application

    app = application(tmp_path, Clock(LOADED_AT))
    with app.app_context():
        db.create_all()

        answer = app.test_cli_runner().invoke(sample_facts)

        assert "no sample" in answer.output
        assert answer.exit_code == 1
        db.session.remove()
        db.engine.dispose()
