"""The consolidation desk in the browser: readings, outcomes, resulting text, and the next version."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from app.models import db
from app.negotiation.vocabulary import Outcome
from app.text.changes import Operation
from app.text.provision import TEXT, Kind, Place, Provision
from app.text.runs import text
from tests.desk import LATER, change_of, chinese, close, decided, desk, make_bilingual, open_on, worded, words
from tests.rounds import make_round, submit
from tests.world import NOON, small_plan

FORM = "Стороны формируют единую платформу обмена опытом."
GROW = "Стороны развивают единую платформу обмена опытом."
DESK = "/documents/plan/rounds/1/desk"


@pytest.fixture(autouse=True)
def _later(clock):
    clock.at = LATER


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def officer(browser, world):
    return browser.sign_in(world.secretariat)


def said(page, path):
    return " ".join(" ".join(page.xpath(f"{path}//text()")).split())


def outcome(receipt, chosen, reason=""):
    name = change_of(receipt)
    return {f"outcome_{name}": str(chosen), f"reason_{name}": reason}


def test_the_desk_lists_the_cases_in_reading_order(officer, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p3", "План – не договор."))
    submit(round_, world.actor("IND"), round_.amended("p2", FORM))
    submit(round_, world.actor("CHN"), round_.of(Operation.COMMENT, "", comment="Сократить."))
    close(world, round_)

    page = officer.get(DESK)

    assert page.xpath("//table//td[1]/a/text()") == ["General remarks", "paragraph 2", "paragraph 3"]


def test_a_case_shows_every_reading_as_a_redline_with_its_conflicts(officer, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM), why="Точнее.")
    submit(round_, world.actor("CHN"), round_.amended("p2", GROW), why="Живее.")
    close(world, round_)

    page = officer.get(f"{DESK}/p2")

    assert page.xpath("//li[@id='reading-1']//ins/text()") == ["формируют"]
    assert "Belarus" in said(page, "//li[@id='reading-1']")
    assert "Точнее." in said(page, "//li[@id='reading-1']")
    assert "collides with 2" in said(page, "//li[@id='reading-1']")
    assert page.xpath("//section[@class='base']//mark/text()") == ["создают"]


def test_recording_an_outcome_goes_on_to_the_next_open_case(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    submit(round_, world.actor("IND"), round_.of(Operation.DELETE, "p2b"))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    page = officer.press(page, "Record and go on", **outcome(one, Outcome.ACCEPTED))

    assert "2, б" in page.findtext(".//h1")
    assert desk(world).case("p2").readings[0].outcome is Outcome.ACCEPTED


def test_the_redline_of_the_resulting_text_follows_the_outcomes(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    page = officer.press(page, "Show the redline", **outcome(one, Outcome.KEPT_IN_BRACKETS))

    assert said(page, "//div[@id='made']//p[@class='t']").replace(" ", "").startswith("Стороны[создают][формируют]")
    assert desk(world).undecided


def test_a_deletion_that_leaves_what_stands_under_it_is_decided_as_such(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2", alone=True))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")
    assert "What stands under it stays." in said(page, "//li[@id='reading-1']")

    page = officer.press(page, "Show the redline", **outcome(one, Outcome.ACCEPTED))

    assert "What stands under it stays." in said(page, "//div[@id='made']")
    officer.press(page, "Record and go on", **outcome(one, Outcome.ACCEPTED))
    assert desk(world).result(desk(world).case("p2"), "ru").alone


def test_an_officer_may_leave_out_a_line_and_keep_what_stands_under_it(officer, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    officer.press(page, "Record and go on", wording_t0="own", gone_t0="y", alone_t0="y")

    found = desk(world).resolutions["p2", "ru"].text
    assert (found.exists, found.alone) == (False, True)
    page = officer.get(f"{DESK}/p2")
    assert page.xpath("//input[@name='alone_t0'][@checked]")


def test_the_live_redline_is_a_fragment(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)

    answer = officer.post(f"{DESK}/p2/redline", {"language": "ru", **outcome(one, Outcome.ACCEPTED)})

    assert answer.xpath("//ins/text()") == ["формируют"]
    assert not answer.xpath("//h1")


def test_the_text_can_be_worded_by_hand(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    officer.press(
        page,
        "Record and go on",
        **outcome(one, Outcome.ACCEPTED_AS_AMENDED, "Короче."),
        part_t0_0_0="Стороны создают платформу.",
    )

    found = desk(world).resolutions["p2", "ru"].text
    assert "".join(run.text for run in found.parts[TEXT]) == "Стороны создают платформу."


def test_editing_starts_from_the_text_that_the_outcomes_make(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    page = officer.press(page, "Edit the text", **outcome(one, Outcome.ACCEPTED))

    assert page.xpath("//textarea[@id='part_t0_0_0']")[0].text.strip() == FORM
    assert page.xpath("//input[@value='own'][@checked]")


def test_what_collides_has_to_be_worded(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("CHN"), round_.amended("p2", GROW))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    page = officer.press(
        page,
        "Record and go on",
        status=422,
        **outcome(one, Outcome.ACCEPTED),
        **outcome(two, Outcome.ACCEPTED),
    )

    assert "collides" in said(page, "//*[@role='alert']")
    assert desk(world).undecided


def test_a_no_without_a_reason_is_asked_for_one(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    page = officer.press(page, "Record and go on", status=422, **outcome(one, Outcome.NOT_ACCEPTED))

    assert "reason" in said(page, "//*[@role='alert']")


def test_the_second_officer_is_told_and_keeps_what_they_typed(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")
    worded(round_, "p2", GROW, actor=world.chair)

    page = officer.press(
        page,
        "Record and go on",
        status=412,
        **outcome(one, Outcome.ACCEPTED_AS_AMENDED, "Короче."),
        part_t0_0_0="Моя редакция.",
    )

    assert page.xpath("//textarea[@id='part_t0_0_0']")[0].text.strip() == "Моя редакция."
    assert GROW in said(page, "//div[@class='theirs']")
    assert "".join(run.text for run in desk(world).resolutions["p2", "ru"].text.parts[TEXT]) == GROW


def test_a_decision_is_corrected_on_the_same_page(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    page = officer.get(f"{DESK}/p2")

    officer.press(page, "Record and go on", **outcome(one, Outcome.DEFERRED))

    assert desk(world).case("p2").readings[0].decision.number == 2


def test_a_set_of_states_is_edited_as_checkboxes(officer, world, round_):
    one = submit(round_, world.actor("CHN"), round_.with_states("r1", "who", "KAZ", "RUS", "CHN"))
    close(world, round_)
    page = officer.get(f"{DESK}/r1")

    officer.press(
        page,
        "Record and go on",
        **outcome(one, Outcome.ACCEPTED_AS_AMENDED, "И Индия."),
        part_t0_0_2=["KAZ", "RUS", "CHN", "IND"],
    )

    assert desk(world).resolutions["r1", "ru"].text.parts["who"].members == {"KAZ", "RUS", "CHN", "IND"}


def test_an_insertion_is_decided_where_it_goes(officer, world, round_):
    block = (Provision("new", Kind.PARAGRAPH, 1, "s1", {TEXT: text("Новый абзац.")}),)
    one = submit(
        round_, world.actor("BLR"), replace(round_.of(Operation.INSERT, ""), place=Place("s1", "p1"), block=block)
    )
    close(world, round_)
    page = officer.get(f"{DESK}/after.p1")

    officer.press(
        page,
        "Record and go on",
        **outcome(one, Outcome.ACCEPTED_AS_AMENDED, "Короче."),
        wording_t0="own",
        gone_t0=[],
        part_t0_0_0="Свежий абзац.",
    )
    officer.press(officer.get("/documents/plan/rounds/1/issue"), "Issue Rev.1")

    assert "Свежий абзац." in words(round_, 1).values()


def test_another_proposal_covers_it_by_number(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    two = submit(round_, world.actor("CHN"), round_.amended("p2", GROW))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    officer.press(
        page, "Record and go on", **outcome(two, Outcome.COVERED), **{f"covered_{change_of(two)}": str(one.number)}
    )

    made = next(s.decision for s in desk(world).sources if s.change.id == change_of(two))
    assert made.covered_by == change_of(one)


def test_a_provision_is_noted_as_agreed_from_the_desk(officer, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)

    officer.press(officer.get(f"{DESK}/p2"), "Note as agreed")

    assert desk(world).agreed == {"p2"}


def test_opening_an_agreed_provision_again_needs_a_reason(officer, world, round_):
    page = officer.get("/documents/plan/versions/0/agreed")
    page = officer.press(page, "Note as agreed", key=["p1", "p2"])

    page = officer.press(page, "Open again", status=422, key=["p1"])

    assert "reason" in said(page, "//*[@role='alert']")
    assert page.xpath("//input[@value='p1'][@checked]")


def test_a_recommendation_is_recorded_on_a_reading(officer, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)

    page = officer.press(
        officer.get(f"{DESK}/p2"), "Record the recommendation", reading="1", text="Учесть.", shared="y"
    )

    assert "Учесть. (shared with the delegations)" in said(page, "//li[@id='reading-1']")


def test_the_version_is_issued_with_everything_undecided_carried_over(officer, world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get("/documents/plan/rounds/1/issue")
    page = officer.press(page, "Issue Rev.1", status=409)

    page = officer.press(page, "Issue Rev.1", carry_over="y")

    assert page.findtext(".//h1").startswith("Rev.1 is issued")


def test_the_concordance_shows_old_and_new_numbers(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2"))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    officer.press(officer.get("/documents/plan/rounds/1/issue"), "Issue Rev.1")

    page = officer.get("/documents/plan/versions/1/concordance")

    rows = [[" ".join(cell.text_content().split()) for cell in row.xpath("td")[:2]] for row in page.xpath("//tbody/tr")]
    assert ["2.", "deleted"] in rows
    assert ["3.", "2."] in rows


def test_the_chair_decides_too(browser, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    browser.sign_in(world.chair)

    browser.press(browser.get(f"{DESK}/p2"), "Record and go on", **outcome(one, Outcome.ACCEPTED))

    assert not desk(world).undecided


def test_the_chair_does_not_issue(browser, world, round_):
    close(world, round_)
    browser.sign_in(world.chair)

    browser.post("/documents/plan/rounds/1/issue", status=404)


@pytest.mark.parametrize(
    "path", [DESK, f"{DESK}/p2", "/documents/plan/rounds/1/issue", "/documents/plan/versions/0/agreed"]
)
def test_delegates_and_observers_find_no_desk(browser, world, round_, path):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)

    for actor in (world.actor("BLR"), world.observer, world.administrator):
        browser.sign_in(actor).get(path, status=404)


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_the_desk_speaks_the_languages_of_the_product(browser, world, round_, language):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    browser.sign_in(world.secretariat, language)

    page = browser.get(f"{DESK}/p2")

    assert page.get("lang") == language


def test_an_open_round_shows_its_readings_without_buttons(officer, world, round_, clock):
    clock.at = NOON
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))

    page = officer.get(f"{DESK}/p2")

    assert not page.xpath("//button[@id='record']")


def test_a_translation_is_worded_beside_the_negotiating_text(officer, world):
    found = open_on(world, make_bilingual(world, small_plan(), chinese()), number=1)
    one = submit(found, world.actor("BLR"), found.amended("p2", FORM))
    close(world, found)
    decided(world, one, Outcome.ACCEPTED)
    page = officer.get(f"{DESK}/p2?language=zh")

    officer.press(page, "Record and go on", part_t0_0_0="各方形成统一的经验交流平台。", wording_t0="own")

    assert "".join(run.text for run in desk(world).resolutions["p2", "zh"].text.parts[TEXT]) == (
        "各方形成统一的经验交流平台。"
    )
    assert ("p2", "ru") not in desk(world).resolutions


def test_a_decision_made_elsewhere_is_not_overwritten_by_an_old_page(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")
    decided(world, one, Outcome.DEFERRED)

    officer.press(page, "Record and go on", status=412, **outcome(one, Outcome.ACCEPTED))

    assert desk(world).case("p2").readings[0].outcome is Outcome.DEFERRED


def test_touching_the_shown_text_is_enough_to_word_it(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    decided(world, one, Outcome.ACCEPTED)
    page = officer.get(f"{DESK}/p2")

    officer.press(page, "Record and go on", part_t0_0_0="Стороны создают платформу.")

    assert ("p2", "ru") in desk(world).resolutions


def test_nothing_is_written_where_the_decisions_make_the_text(officer, world, round_):
    one = submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    close(world, round_)
    page = officer.get(f"{DESK}/p2")

    officer.press(page, "Record and go on", **outcome(one, Outcome.ACCEPTED))

    assert not desk(world).resolutions


def test_the_number_of_queries_does_not_depend_on_the_number_of_proposals(world, round_):
    submit(round_, world.actor("BLR"), round_.amended("p2", FORM))
    desk(world)  # a text read for the first time takes two queries more
    few = queries(lambda: desk(world))
    for code in ("IND", "IRN", "KAZ", "CHN", "KGZ", "PAK"):
        submit(round_, world.actor(code), round_.amended("p2", f"{FORM} {code}"), round_.amended("p1", f"{code}."))

    assert queries(lambda: desk(world)) == few


def queries(act):
    seen = []
    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    act()
    return len(seen)
