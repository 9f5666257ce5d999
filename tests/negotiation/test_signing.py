"""How a paper is signed: usual forms, and the one written form of an arrangement."""

import json
from datetime import date

import pytest

from app.negotiation.signing import (
    Arrangement,
    Block,
    Capacity,
    Clause,
    Copies,
    SideSigning,
    SideStatus,
    decoded,
    encoded,
    usual,
)

PLAIN = Arrangement(Block.NOBODY, Capacity.DELEGATION, Clause.NONE)
FULL = Arrangement(
    Block.SIDES,
    Capacity.STATE,
    Clause.DEPOSITED,
    date(2026, 7, 4),
    Copies.EACH,
    ("ru", "zh"),
    places={"ru": "городе Астане", "zh": "阿斯塔纳"},
    keepers={"ru": "Секретариате ШОС"},
    annex={"ru": "Приложение\nк протоколу"},
    closing={"ru": "Совершено в городе Астане."},
    sides={"KAZ": SideSigning(SideStatus.LATER, {"ru": "И. Иванов"}, {"ru": "Министр"})},
)


@pytest.mark.parametrize(
    ("type_of_paper", "form"),
    [
        ("protocol", (Block.SIDES, Capacity.DELEGATION, Clause.PROTOCOL)),
        ("agreement", (Block.SIDES, Capacity.STATE, Clause.TREATY)),
        ("declaration", (Block.SIDES, Capacity.STATE, Clause.TREATY)),
        ("resolution", (Block.SIDES, Capacity.STATE, Clause.TREATY)),
        ("plan", (Block.NOBODY, Capacity.DELEGATION, Clause.NONE)),
    ],
)
def test_a_type_of_paper_is_usually_signed_by_its_sides_or_as_an_annex_by_nobody(type_of_paper, form):
    assert usual(type_of_paper) == form


@pytest.mark.parametrize("arrangement", [PLAIN, FULL])
def test_an_arrangement_stored_as_json_and_read_is_the_same(arrangement):
    assert decoded(json.loads(json.dumps(encoded(arrangement)))) == arrangement


def test_a_side_of_which_nothing_is_said_signs():
    assert FULL.side("BLR") == SideSigning(SideStatus.SIGNS)
    assert FULL.side("KAZ").status is SideStatus.LATER
