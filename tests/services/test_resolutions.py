"""What becomes of a provision is decided and worded in one act, and nobody overwrites anybody."""

from dataclasses import replace

import pytest

from app.models import db
from app.models.decisions import Decision, Resolution
from app.negotiation.errors import EditedMeanwhile, Missing, NotFound, NotPermitted, TransitionNotAllowed
from app.negotiation.vocabulary import Outcome
from app.queries.texts import load_edition
from app.services.decisions import NewDecision
from app.services.resolutions import NewResolution, resolve
from app.text.changes import Operation
from app.text.provision import TEXT, Kind, Place, Provision, States
from app.text.runs import plain, text
from tests.desk import LATER, change_of, chinese, close, decided, desk, make_bilingual, open_on, worded
from tests.rounds import make_round, submit
from tests.world import small_plan

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."
FORM = "Стороны формируют единую платформу обмена опытом."
FREE = "Стороны создают единую платформу обмена опытом на добровольной основе."


@pytest.fixture
def round_(world):
    return make_round(world)


def result(world, key, language="ru"):
    about = desk(world)
    return about.result(about.case(key), language)


def said(world, key):
    found = result(world, key)
    assert found.parts is not None
    return plain(found.parts["text"])


def test_accepted_edits_that_do_not_collide_are_applied_together(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("IND"), round_.amended("p2", FREE))
    close(world, round_)

    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.ACCEPTED)

    assert said(world, "p2") == "Стороны формируют единую платформу обмена опытом на добровольной основе."


def test_a_reading_kept_in_brackets_stands_beside_the_words_it_would_replace(world, round_):
    one = submit(round_, world.actor("CHN"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("IND"), round_.amended("p2", FREE))
    submit(round_, world.actor("KAZ"), round_.of(Operation.NO_CHANGE, "p2"))
    close(world, round_)

    decided(world, one, Outcome.KEPT_IN_BRACKETS)
    decided(world, two, Outcome.ACCEPTED)

    found = result(world, "p2")
    assert plain(found.parts["text"]) == (
        "Стороны [создают] [формируют] единую платформу обмена опытом на добровольной основе."
    )
    assert found.holders == {"text": (("KAZ",), ("CHN",))}


def test_a_deletion_kept_in_brackets_brackets_the_whole(world, round_):
    one = submit(round_, world.actor("CHN"), round_.of(Operation.DELETE, "p2b"))
    close(world, round_)

    decided(world, one, Outcome.KEPT_IN_BRACKETS)

    assert said(world, "p2b") == "[проводят консультации.]"


def test_accepted_readings_that_collide_need_a_person(world, round_):
    one = submit(round_, world.actor("CHN"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("IND"), round_.amended("p2", FORM.replace("формируют", "развивают")))
    close(world, round_)

    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.ACCEPTED)

    assert result(world, "p2").obstacle == "clash"


def test_a_deletion_that_leaves_what_stands_under_it_is_accepted_as_it_is(world, round_):
    one = submit(round_, world.actor("CHN"), round_.of(Operation.DELETE, "p2", alone=True))
    close(world, round_)

    decided(world, one, Outcome.ACCEPTED)

    found = result(world, "p2")
    assert (found.exists, found.alone, found.obstacle) == (False, True, None)


def test_all_of_it_and_only_this_line_are_two_readings_that_a_person_settles(world, round_):
    one = submit(round_, world.actor("CHN"), round_.of(Operation.DELETE, "p2", alone=True))
    two = submit(round_, world.actor("IND"), round_.of(Operation.DELETE, "p2"))
    close(world, round_)

    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.ACCEPTED)

    assert len(desk(world).case("p2").readings) == 2
    assert result(world, "p2").obstacle == "clash"


@pytest.mark.parametrize("key", ["p1", "t1"])
def test_what_nothing_can_be_left_of_is_deleted_altogether(world, round_, key):
    submit(round_, world.actor("CHN"), round_.of(Operation.DELETE, key, alone=True))

    assert not desk(world).case(key).readings[0].change.alone


def test_states_that_join_merge_without_a_person(world, round_):
    one = submit(round_, world.actor("CHN"), round_.with_states("r1", "who", "KAZ", "RUS", "CHN"))
    two = submit(round_, world.actor("IND"), round_.with_states("r1", "who", "KAZ", "RUS", "IND"))
    close(world, round_)

    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.ACCEPTED)

    assert result(world, "r1").parts["who"] == States(frozenset({"KAZ", "RUS", "CHN", "IND"}))


def test_decisions_are_recorded_with_the_text_in_one_act(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decision = {change_of(one): NewDecision(Outcome.ACCEPTED_AS_AMENDED, "Согласовано в зале.")}

    worded(round_, "p2", SHARED, actor=world.secretariat, decisions=decision)

    assert db.session.scalar(db.select(Decision.outcome)) is Outcome.ACCEPTED_AS_AMENDED
    assert db.session.scalar(db.select(Resolution.lock_version)) == 1


def test_a_decision_that_is_refused_leaves_no_text(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)

    with pytest.raises(Missing):
        worded(
            round_,
            "p2",
            SHARED,
            actor=world.secretariat,
            decisions={change_of(one): NewDecision(Outcome.NOT_ACCEPTED)},
        )

    assert db.session.scalar(db.select(db.func.count()).select_from(Resolution)) == 0


def test_the_second_of_two_officers_is_told(world, round_):
    close(world, round_)
    worded(round_, "p2", SHARED, actor=world.secretariat)

    with pytest.raises(EditedMeanwhile) as told:
        worded(round_, "p2", FORM, actor=world.chair)

    assert told.value.current == SHARED
    assert desk(world).resolutions["p2", "ru"].lock_version == 1


def test_an_officer_edits_the_text_they_saw(world, round_):
    close(world, round_)
    seen = worded(round_, "p2", SHARED, actor=world.secretariat)

    worded(round_, "p2", FORM, actor=world.chair, seen=seen)

    assert plain(desk(world).resolutions["p2", "ru"].text.parts["text"]) == FORM


def test_an_old_page_overwrites_nothing(world, round_):
    close(world, round_)
    seen = worded(round_, "p2", SHARED, actor=world.secretariat)
    worded(round_, "p2", FORM, actor=world.chair, seen=seen)

    with pytest.raises(EditedMeanwhile):
        worded(round_, "p2", FREE, actor=world.secretariat, seen=seen)


def test_a_decision_can_be_corrected_until_the_round_is_concluded(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)

    decided(world, one, Outcome.NOT_ACCEPTED, seen=1)

    assert result(world, "p2").is_base


def test_two_who_decide_the_same_change_do_not_overwrite_each_other(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)

    with pytest.raises(EditedMeanwhile):
        decided(world, one, Outcome.NOT_ACCEPTED)


def test_nothing_is_resolved_while_the_round_is_open(world, round_):
    with pytest.raises(TransitionNotAllowed):
        worded(round_, "p2", SHARED, actor=world.secretariat)


def test_a_delegate_resolves_nothing(world, round_):
    close(world, round_)

    with pytest.raises(NotPermitted):
        worded(round_, "p2", SHARED, actor=world.actor("BLR"))


def test_a_provision_that_is_not_there_has_no_text(world, round_):
    close(world, round_)

    with pytest.raises(NotFound):
        resolve(
            round_.id,
            round_.version,
            "p99",
            "ru",
            text=NewResolution(),
            lock_version=None,
            actor=world.secretariat,
            now=LATER,
        )


def test_words_do_not_take_the_place_of_states(world, round_):
    close(world, round_)

    with pytest.raises(Missing, match="states"):
        resolve(
            round_.id,
            round_.version,
            "r1",
            "ru",
            text=NewResolution(parts={"who": text("Россия")}),
            lock_version=None,
            actor=world.secretariat,
            now=LATER,
        )


def test_identical_wishes_are_one_reading_with_all_sponsors(world, round_):
    submit(round_, world.actor("IRN"), round_.amended("p2", FORM))
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    submit(round_, world.actor("KAZ"), round_.amended("p2", FORM.replace("формируют", "развивают")))
    close(world, round_)

    readings = desk(world).case("p2").readings

    assert [(r.number, r.sponsors, r.against) for r in readings] == [(1, ("BLR", "IRN"), (2,)), (2, ("KAZ",), (1,))]


def test_readings_that_do_not_touch_do_not_collide(world, round_):
    submit(round_, world.actor("IRN"), round_.amended("p2", FORM))
    submit(round_, world.actor("BLR"), round_.amended("p2", FREE))
    close(world, round_)

    assert not desk(world).case("p2").has_conflict


def test_a_reading_kept_in_brackets_on_words_that_changed_needs_a_person(world, round_):
    one = submit(round_, world.actor("CHN"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("IND"), round_.amended("p2", FORM.replace("формируют", "развивают")))
    close(world, round_)

    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.KEPT_IN_BRACKETS)

    assert result(world, "p2").obstacle == "clash"


def test_readings_of_the_same_words_stand_in_brackets_side_by_side(world, round_):
    one = submit(round_, world.actor("CHN"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("IND"), round_.amended("p2", FORM.replace("формируют", "развивают")))
    close(world, round_)

    decided(world, one, Outcome.KEPT_IN_BRACKETS)
    decided(world, two, Outcome.KEPT_IN_BRACKETS)

    assert said(world, "p2") == "Стороны [создают] [развивают] [формируют] единую платформу обмена опытом."
    assert result(world, "p2").holders == {"text": ((), ("IND",), ("CHN",))}


def test_an_insertion_kept_in_brackets_stands_in_them_whole(world, round_):
    block = (Provision("new", Kind.PARAGRAPH, 1, "s1", {TEXT: text("Новый абзац.")}),)
    wish = replace(round_.of(Operation.INSERT, ""), place=Place("s1", "p1"), block=block)
    one = submit(round_, world.actor("CHN"), wish)
    close(world, round_)

    decided(world, one, Outcome.KEPT_IN_BRACKETS)

    about = desk(world)
    ((_, made),) = about.blocks(about.case("after.p1"))
    assert plain(made.block[0].parts[TEXT]) == "[Новый абзац.]"
    assert list(made.holders.values()) == [(("CHN",),)]


def test_two_accepted_places_need_a_person(world, round_):
    one = submit(round_, world.actor("CHN"), replace(round_.of(Operation.MOVE, "p3"), place=Place("s1", None)))
    two = submit(round_, world.actor("IND"), replace(round_.of(Operation.MOVE, "p3"), place=Place("s1", "p1")))
    close(world, round_)

    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.ACCEPTED)

    assert result(world, "p3").obstacle == "clash"


def test_what_is_accepted_in_another_language_waits_to_be_worded_in_the_negotiating_one(world):
    found = open_on(world, make_bilingual(world, small_plan(), chinese()), number=1)
    base = load_edition(found.version, "zh").by_key()["p2"]
    wish = replace(
        found.of(Operation.AMEND, "p2"), language="zh", parts={**base.parts, TEXT: text("各方共建经验交流平台。")}
    )
    one = submit(found, world.actor("CHN"), wish)
    close(world, found)

    decided(world, one, Outcome.ACCEPTED)

    assert result(world, "p2").obstacle == "wording"
    assert result(world, "p2", "zh").is_base
