"""What was deferred comes back in the next round, as its delegation's own draft."""

import pytest

from app.models import db
from app.models.proposals import Draft
from app.negotiation.vocabulary import Outcome
from app.text.changes import Operation
from app.text.provision import TEXT
from tests.desk import close, decided
from tests.issued import issue, next_round
from tests.rounds import make_round, submit

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."
FORM = "Стороны формируют единую платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def test_a_deferred_change_comes_back_as_a_private_draft(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    two = submit(round_, world.actor("IND"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.DEFERRED)
    decided(world, two, Outcome.ACCEPTED)
    issue(world)

    next_round(world, 1)

    (draft,) = db.session.scalars(db.select(Draft))
    assert (draft.delegation_id, draft.carried_from) == (world.delegations["BLR"], one.proposal)
    assert draft.content["carried"] == ["text_shifted"]
    wished = draft.content["changes"][0]["wished"]["parts"][TEXT]
    assert "".join(run[0] for run in wished) == ("Стороны формируют единую общедоступную платформу обмена опытом.")


def test_a_deferred_change_of_what_is_gone_comes_back_as_a_remark(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2b", "проводят регулярные консультации."))
    two = submit(round_, world.actor("IND"), round_.of(Operation.DELETE, "p2b"))
    close(world, round_)
    decided(world, one, Outcome.DEFERRED)
    decided(world, two, Outcome.ACCEPTED)
    issue(world)

    next_round(world, 1)

    (draft,) = db.session.scalars(db.select(Draft))
    (change,) = draft.content["changes"]
    assert draft.content["carried"] == ["must_be_restated"]
    assert (change["operation"], change["key"]) == ("comment", None)
    assert "регулярные" in change["wished"]["comment"]


def test_what_was_not_deferred_does_not_come_back(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    close(world, round_)
    decided(world, one, Outcome.NOT_ACCEPTED)
    issue(world)

    next_round(world, 1)

    assert db.session.scalar(db.select(db.func.count()).select_from(Draft)) == 0
