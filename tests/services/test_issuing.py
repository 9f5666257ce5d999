"""The next version comes out of what was decided, and everything it is made of is kept."""

from dataclasses import replace

import pytest

from app.models import db
from app.models.decisions import Decision, Resolution
from app.models.documents import Agreement, Bracket, ProvisionText
from app.models.protection import image
from app.models.rounds import Round
from app.negotiation.errors import NotPermitted, NotReady
from app.negotiation.vocabulary import Outcome, RoundState
from app.queries.issuing import CheckKind, built, next_version
from app.queries.texts import load_edition
from app.services import _unit, resolutions, rounds
from app.services.decisions import agree_provisions
from app.services.issuing import conclude_round, issue_version, stored_texts
from app.services.resolutions import NewResolution
from app.services.verification import verify
from app.text.canonical import fingerprint
from app.text.changes import Operation
from app.text.provision import TEXT, Place
from app.text.runs import text
from tests.desk import LATER, change_of, chinese, close, decided, desk, make_bilingual, open_on, worded, words
from tests.issued import inserted, issue, next_round, version_id
from tests.rounds import make_round, submit
from tests.world import DAY, make_document, small_plan

SHARED = "Стороны создают единую общедоступную платформу обмена опытом."
FORM = "Стороны формируют единую платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


def labels(number):
    return {p.key: p.label for p in load_edition(version_id(number), "ru")}


def test_the_next_version_has_what_was_decided(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM), round_.of(Operation.DELETE, "p2b"))
    two = submit(round_, world.actor("IND"), round_.amended("p1", "Стороны развивают связи."))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    decided(world, one, Outcome.ACCEPTED, ordinal=2)
    decided(world, two, Outcome.NOT_ACCEPTED)

    number = issue(world)

    now = words(round_, number)
    assert number == 1
    assert now["p2"] == FORM
    assert "p2b" not in now
    assert now["p1"] == "Стороны развивают сотрудничество в цифровой сфере."


def test_what_is_inserted_is_numbered_with_the_others(world, round_):
    one = submit(round_, world.actor("BLR"), inserted(round_))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)

    issue(world)

    (key,) = [key for key in labels(1) if key not in labels(0)]
    assert [labels(1)[k] for k in ("p1", key, "p2", "p3")] == ["1.", "2.", "3.", "4."]


def test_rivals_at_one_place_stand_by_rank(world, round_):
    one = submit(round_, world.actor("CHN"), inserted(round_, "Китайский абзац."))
    two = submit(round_, world.actor("BLR"), inserted(round_, "Белорусский абзац."))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.ACCEPTED)

    issue(world)

    now = list(words(round_, 1).values())
    assert now[3:5] == ["Белорусский абзац.", "Китайский абзац."]


def test_an_accepted_insertion_can_be_worded_by_a_person(world, round_):
    one = submit(round_, world.actor("BLR"), inserted(round_))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED_AS_AMENDED)
    (reading,) = desk(world).case("after.p1").readings
    block = tuple(replace(p, parts={TEXT: text("Стороны делятся данными.")}) for p in reading.change.block)
    resolutions.resolve(
        round_.id,
        round_.version,
        reading.change.key,
        "ru",
        text=NewResolution(block=block),
        lock_version=None,
        actor=world.chair,
        now=LATER,
    )

    issue(world)

    assert "Стороны делятся данными." in words(round_, 1).values()


def test_what_was_accepted_as_amended_waits_for_its_wording(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED_AS_AMENDED)

    with pytest.raises(NotReady, match="worded"):
        issue(world)


def test_accepted_readings_that_collide_are_not_issued(world, round_):
    one = submit(round_, world.actor("CHN"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("IND"), round_.amended("p2", FORM.replace("формируют", "развивают")))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.ACCEPTED)

    with pytest.raises(NotReady, match="collide"):
        issue(world)


def test_a_bracket_without_its_partner_is_not_issued(world, round_):
    close(world, round_)
    worded(round_, "p2", "Стороны [создают единую платформу.", actor=world.secretariat)

    with pytest.raises(NotReady, match="bracket"):
        issue(world)


def test_nothing_is_issued_with_undecided_proposals_by_mistake(world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)

    with pytest.raises(NotReady, match="not decided"):
        issue(world)


def test_what_is_undecided_is_carried_over_in_one_act(world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    submit(round_, world.actor("IND"), round_.amended("p1", "Иначе."))
    close(world, round_)

    issue(world, carry_over=True)

    assert list(db.session.scalars(db.select(Decision.outcome))) == [Outcome.DEFERRED, Outcome.DEFERRED]
    assert words(round_, 1) == words(round_, 0)


def test_only_the_secretariat_issues(world, round_):
    close(world, round_)

    with pytest.raises(NotPermitted):
        issue_version("plan", 1, carry_over=False, actor=world.chair, now=LATER)


def test_a_version_is_issued_once(world, round_):
    close(world, round_)
    issue(world)

    with pytest.raises(NotReady):
        issue(world)


def test_the_round_is_concluded_with_its_only_document(world, round_):
    close(world, round_)

    issue(world)

    found = db.session.get_one(Round, round_.id)
    assert (found.state, found.concluded_at) == (RoundState.CONCLUDED, LATER)


def test_a_round_that_changes_nothing_is_concluded_without_a_version(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.NOT_ACCEPTED)

    conclude_round(1, actor=world.secretariat, now=LATER)

    assert db.session.get_one(Round, round_.id).state is RoundState.CONCLUDED
    assert version_id(1) is None


def test_a_round_with_something_accepted_waits_for_its_version(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)

    with pytest.raises(NotReady, match="next version"):
        conclude_round(1, actor=world.secretariat, now=LATER)


def test_brackets_keep_their_holders_and_since_when(world, round_):
    one = submit(round_, world.actor("CHN"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.KEPT_IN_BRACKETS, reason="Термин не найден.")

    issue(world)

    rows = db.session.execute(
        db.select(Bracket.key, Bracket.ordinal, Bracket.holders, Bracket.since_version, Bracket.reason).order_by(
            Bracket.ordinal
        )
    )
    assert [tuple(row) for row in rows] == [
        ("p2", 0, [], 1, "Термин не найден."),
        ("p2", 1, ["CHN"], 1, "Термин не найден."),
    ]


def test_brackets_that_stay_keep_the_version_they_came_with(world, round_):
    one = submit(round_, world.actor("CHN"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.KEPT_IN_BRACKETS)
    issue(world)
    second = next_round(world, 1)
    submit(second, world.actor("IND"), second.amended("p1", "Стороны развивают связи."))
    rounds.close_round(second.id, actor=world.secretariat, now=LATER + 11 * DAY)

    issue_version("plan", 2, carry_over=True, actor=world.secretariat, now=LATER + 12 * DAY)

    rows = db.session.scalars(db.select(Bracket).where(Bracket.version_id == version_id(2)).order_by(Bracket.ordinal))
    assert [(b.holders, b.since_version) for b in rows] == [([], 1), (["CHN"], 1)]


def test_officers_say_who_holds_the_brackets_they_set(world, round_):
    close(world, round_)
    base = round_.provision("p2")
    resolutions.resolve(
        round_.id,
        round_.version,
        "p2",
        "ru",
        text=NewResolution(
            parts={**base.parts, TEXT: text("Стороны [создают] [формируют] платформу.")},
            holders={TEXT: (("IND",), ("RUS",))},
        ),
        lock_version=None,
        actor=world.secretariat,
        now=LATER,
    )

    issue(world)

    assert list(db.session.scalars(db.select(Bracket.holders).order_by(Bracket.ordinal))) == [["IND"], ["RUS"]]


def test_every_phrase_says_where_it_comes_from(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decision = "Стороны формируют совместно единую платформу обмена опытом."
    decided(world, one, Outcome.ACCEPTED_AS_AMENDED)
    worded(round_, "p2", decision, actor=world.secretariat)

    issue(world)

    (row,) = db.session.scalars(
        db.select(ProvisionText).where(ProvisionText.version_id == version_id(1), ProvisionText.key == "p2")
    )
    told = {decision[start:end]: origin.split(":")[0] for start, end, origin in row.provenance}
    assert told["формируют"] == "change"
    assert "decision" in {told[phrase] for phrase in told if "совместно" in phrase}
    assert told["Стороны "] == "version"


def test_the_origins_tile_every_text(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM), inserted(round_))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    decided(world, one, Outcome.KEPT_IN_BRACKETS, ordinal=2)

    issue(world)

    for row in db.session.scalars(db.select(ProvisionText).where(ProvisionText.version_id == version_id(1))):
        if isinstance(row.content, list) and row.content:
            length = len("".join(run[0] for run in row.content))
            ends = [0, *(end for _, end, _ in row.provenance)]
            assert [start for start, _, _ in row.provenance] == ends[:-1]
            assert ends[-1] == length


def test_the_next_version_is_made_of_base_and_resolutions_alone(world, round_):
    one = submit(
        round_,
        world.actor("BLR"),
        round_.amended("p2", FORM),
        inserted(round_),
        replace(round_.of(Operation.MOVE, "p3"), place=Place("s1", None)),
    )
    close(world, round_)
    for ordinal in (1, 2, 3):
        decided(world, one, Outcome.ACCEPTED, ordinal=ordinal)
    worded(round_, "p1", "Стороны сотрудничают.", actor=world.chair)
    numbering = next_version(desk(world)).numbering

    issue(world)

    again = built(desk(world), stored_texts(desk(world)), numbering)["ru"]
    assert fingerprint(again) == fingerprint(load_edition(version_id(1), "ru"))
    assert db.session.scalar(db.select(db.func.count()).select_from(Resolution)) == 4


def struck_alone(world, round_):
    """Accept that the words of paragraph 2 go and its items stay; return the version before it is issued."""
    one = submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2", alone=True))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    return next_version(desk(world))


def test_what_stands_under_a_struck_line_stays_where_that_was_decided(world, round_):
    following = struck_alone(world, round_)

    issue(world)

    now = load_edition(version_id(1), "ru").by_key()
    assert "p2" not in now
    assert [now[key].parent for key in ("p2a", "p2b")] == ["s1", "s1"]
    again = built(desk(world), stored_texts(desk(world)), following.numbering)["ru"]
    assert fingerprint(again) == fingerprint(load_edition(version_id(1), "ru"))
    assert verify(db.session) == ()


def test_a_translation_keeps_what_stands_under_a_struck_line_too(world):
    found = open_on(world, make_bilingual(world, small_plan(), chinese()), 1)
    struck_alone(world, found)

    issue(world)

    assert [key for key in words(found, 2, "zh") if key.startswith("p2")] == ["p2a", "p2b"]


def test_a_resolution_recorded_before_it_could_say_so_is_as_it_was_recorded(world, round_, monkeypatch):
    monkeypatch.setattr(
        _unit, "image", lambda row: {k: v for k, v in image(row).items() if k not in ("alone", "rank", "by_word")}
    )
    struck_alone(world, round_)
    worded(round_, "p1", "Иначе.", actor=world.secretariat)
    assert verify(db.session) == ()

    struck = NewResolution(exists=False, alone=True)
    resolutions.resolve(
        round_.id, round_.version, "p2", "ru", text=struck, lock_version=None, actor=world.secretariat, now=LATER
    )

    assert [finding.column for finding in verify(db.session)] == ["alone"]


def test_an_agreed_provision_whose_text_changed_is_open_again(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    agree_provisions("plan", 0, ("p1", "p2"), agreed=True, actor=world.chair, now=LATER)
    decided(world, one, Outcome.ACCEPTED)

    issue(world)

    assert desk(world).agreed == {"p1"}
    reason = db.session.scalar(db.select(Agreement.reason).where(Agreement.agreed.is_(False)))
    assert reason == "The text changed in the next version."


def test_references_to_what_moved_are_pointed_out(world):
    plan = small_plan()
    named = replace(plan.by_key()["p3"], parts={TEXT: text("Положения пункта 2 применяются с 2026 года.")})
    plan = replace(plan, provisions=tuple(named if p.key == "p3" else p for p in plan))
    found = open_on(world, make_document(world, "plan", plan))
    one = submit(found, world.actor("BLR"), inserted(found))
    close(world, found)
    decided(world, one, Outcome.ACCEPTED)

    checks = next_version(desk(world)).checks

    assert [(c.kind, c.key, c.words) for c in checks] == [(CheckKind.REFERENCE, "p3", "2 → 3.")]


def test_an_undecided_change_is_counted_where_it_is(world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED), round_.of(Operation.DELETE, "p3"))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)

    checks = next_version(desk(world)).checks

    assert [(c.kind, c.case) for c in checks] == [(CheckKind.UNDECIDED, "p3")]
    assert desk(world).progress == (1, 2)
    assert change_of(one, 2) == desk(world).undecided[0].change.id
