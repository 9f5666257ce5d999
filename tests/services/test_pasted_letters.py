"""Pasted letters: what is refused before anything is read, and what is ticked twice in one provision."""

import pytest

from app.negotiation.errors import Contradicts, Missing, NotFound, NotPermitted, NotReady
from app.queries.drafts import list_drafts
from app.services import returns
from app.services.pasted_letters import LONGEST, MOST_ROWS, understand_letter
from app.text.changes import Change, Operation
from app.text.runs import plain
from tests.returning import came_back
from tests.rounds import make_round
from tests.world import NOON

DELETE = "Пункт 3 исключить."


@pytest.fixture
def round_(world):
    return make_round(world)


def understood(round_, actor, words=DELETE, **more):
    wanted = {"version": round_.version, "language": "ru", **more}
    return understand_letter(round_.id, words, actor=actor, **wanted)


def test_a_letter_is_read_in_the_language_that_was_chosen(world, round_):
    read = understood(round_, world.actor("BLR"), spoken="zh")

    assert (read.language, read.looks_like, read.is_empty) == ("zh", "ru", True)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [("\n \t", Missing), (DELETE * (LONGEST // 10), NotReady), ("1\t2\n" * (MOST_ROWS + 1), NotReady)],
)
def test_nothing_and_far_too_much_are_refused(world, round_, words, refusal):
    with pytest.raises(refusal):
        understood(round_, world.actor("BLR"), words)


@pytest.mark.parametrize("wrong", [{"version": "none"}, {"language": "zh"}])
def test_a_text_that_the_round_is_not_about_is_not_there(world, round_, wrong):
    with pytest.raises(NotFound):
        understood(round_, world.actor("BLR"), **wrong)


def test_observers_paste_nothing(world, round_):
    with pytest.raises(NotPermitted):
        understood(round_, world.observer)


def test_a_paragraph_that_goes_without_its_items_does_so_in_the_draft_too(world, round_):
    belarus = world.actor("BLR")
    read = understood(round_, belarus, "Пункт 2 исключить, подпункты сохранить.")

    found = returns.keep_return(round_.id, read.new, actor=belarus, now=NOON)
    returns.confirm_return(found, lock_version=1, actor=belarus, now=NOON)

    (draft,) = list_drafts(round_.id, actor=belarus)
    assert [change.change() for change in draft.changes] == [Change(Operation.DELETE, "p2", alone=True)]


def kept(round_, actor, *wordings):
    """Keep a returned text that words paragraph 2 in several ways; return its id."""
    return came_back(round_, actor, *(round_.amended("p2", words) for words in wordings))


def test_amendments_of_one_provision_that_go_together_make_one_draft(world, round_):
    belarus = world.actor("BLR")
    found = kept(
        round_, belarus, "Стороны создают общую платформу обмена опытом.", "Стороны создают единую сеть обмена опытом."
    )

    returns.confirm_return(found, lock_version=1, actor=belarus, now=NOON)

    (draft,) = list_drafts(round_.id, actor=belarus)
    assert plain(draft.changes[0].change().parts["text"]) == "Стороны создают общую сеть обмена опытом."
    assert draft.justification == "Так точнее."


def test_amendments_of_one_provision_that_collide_are_refused(world, round_):
    belarus = world.actor("BLR")
    found = kept(
        round_,
        belarus,
        "Стороны создают общую платформу обмена опытом.",
        "Стороны создают новую платформу обмена опытом.",
    )

    with pytest.raises(Contradicts):
        returns.confirm_return(found, lock_version=1, actor=belarus, now=NOON)

    assert list_drafts(round_.id, actor=belarus) == ()
