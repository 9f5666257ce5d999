"""The command that prints what a delegation asked for."""

import json

import pytest

from app.cli.wishes import wishes
from app.services import positions, proposals
from app.text.canonical import encode_provision, fingerprint
from app.text.changes import Operation
from tests.rounds import make_round, submit
from tests.world import NOON

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def printed(app, *arguments):
    result = app.test_cli_runner().invoke(wishes, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def asked_for(app, code):
    (document,) = json.loads(printed(app, "1", "--delegation", code, "--json"))["documents"]
    return {p["key"]: p for p in document["provisions"]}


def test_what_a_delegation_asked_for_is_the_text_as_it_wishes_it(app, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    submit(round_, world.actor("IND"), round_.of(Operation.DELETE, "p1"))

    found = asked_for(app, "BLR")

    assert found["p2"]["parts"]["text"] == [[SHARED, 0]]
    assert "p3" not in found
    assert found["p1"] == encode_provision(round_.provision("p1"))


def test_a_co_sponsor_asked_for_the_same_and_who_withdrew_for_nothing(app, world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    positions.co_sponsor(receipt.proposal, actor=world.actor("KAZ"), now=NOON)
    joined = asked_for(app, "KAZ")["p2"]["parts"]["text"]

    proposals.withdraw_proposal(receipt.proposal, actor=world.actor("BLR"), now=NOON)

    assert joined == [[SHARED, 0]]
    assert asked_for(app, "KAZ")["p2"] == encode_provision(round_.provision("p2"))


def test_the_base_is_named_by_its_fingerprint(app, world, round_):
    (document,) = json.loads(printed(app, "1", "--delegation", "BLR", "--json"))["documents"]

    assert document["base_fingerprint"] == fingerprint(round_.edition)


def test_an_unknown_round_or_delegation_is_an_error(app, world, round_):
    for arguments in (("9", "--delegation", "BLR"), ("1", "--delegation", "XXX")):
        assert app.test_cli_runner().invoke(wishes, arguments).exit_code == 1
