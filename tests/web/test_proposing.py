"""Proposing in place: the form under a provision."""

import pytest

from app.models import db
from app.models.proposals import Draft, Proposal
from app.negotiation.vocabulary import Category, Role
from app.queries.changes import of_json
from app.services import drafts
from app.text.changes import Operation
from app.text.provision import TEXT, Place, States
from app.text.runs import plain
from tests.rounds import draft, make_round, submit
from tests.world import DAY, NOON

DESK = "/documents/plan/versions/0"
SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def expert(browser, world, round_):
    return browser.sign_in(world.actor("BLR", Role.EXPERT))


def opened(browser, key, operation="amend", **query):
    return browser.get(DESK, query_string={"propose": key, "as": operation, **query})


def saved():
    """Return the changes of the one draft there is."""
    (found,) = db.session.scalars(db.select(Draft)).all()
    return [of_json(change) for change in found.content["changes"]]


def words(page, path):
    return [" ".join(node.text_content().split()) for node in page.xpath(path)]


def test_an_amendment_is_saved_as_a_draft(expert):
    page = opened(expert, "p2")

    answer = expert.press(page, "Save the draft", part_0=SHARED, justification="Так точнее.")

    (change,) = saved()
    assert (change.operation, change.key) == (Operation.AMEND, "p2")
    assert plain(change.change().parts[TEXT]) == SHARED
    assert "Your draft" in answer.xpath("//section[@id='p-p2']")[0].text_content()


def test_a_draft_opens_again_as_it_was_saved(expert):
    expert.press(opened(expert, "p2"), "Save the draft", part_0=SHARED, justification="Так точнее.")

    page = opened(expert, "p2")

    assert page.xpath("//textarea[@name='part_0']")[0].text.strip() == SHARED
    assert page.xpath("//textarea[@name='justification']")[0].text.strip() == "Так точнее."


def test_deleting_what_has_something_under_it_offers_to_keep_that(expert):
    page = opened(expert, "p2", "delete")

    assert words(page, "//fieldset[legend='What is deleted']//label") == [
        "it and everything that stands under it",
        "it alone: what stands under it stays",
    ]
    expert.press(page, "Save the draft", scope="alone")

    (change,) = saved()
    assert (change.operation, change.key, change.change().alone) == (Operation.DELETE, "p2", True)
    assert opened(expert, "p2", "delete").xpath("//input[@name='scope'][@checked]/@value") == ["alone"]
    assert "What stands under it stays." in expert.get(DESK).xpath("//section[@id='p-p2']")[0].text_content()


def test_deleting_a_line_by_itself_asks_nothing_more(expert):
    page = opened(expert, "p3", "delete")

    assert not page.xpath("//input[@name='scope']")
    expert.press(page, "Save the draft")

    assert not saved()[0].change().alone


def test_saving_twice_keeps_one_draft(expert):
    page = opened(expert, "p2")

    expert.press(page, "Save the draft", part_0=SHARED)
    expert.press(page, "Save the draft", part_0=SHARED)

    assert len(saved()) == 1


def test_without_a_script_the_change_is_shown_on_request(expert):
    page = expert.press(opened(expert, "p2"), "Show the change", part_0=SHARED)

    assert words(page, "//div[@class='preview']//ins") == ["общедоступную"]
    assert db.session.query(Draft).count() == 0


def test_the_live_redline_is_a_fragment(expert):
    data = {"key": "p2", "operation": "amend", "part_0": SHARED, "category": "substantive"}

    fragment = expert.post(f"{DESK}/redline", data)

    assert words(fragment, "//ins") == ["общедоступную"]
    assert not fragment.xpath("//h1")


def test_the_form_opens_alone_for_the_script(expert):
    fragment = expert.get(DESK, query_string={"propose": "p2"}, headers={"HX-Request": "true"})

    assert not fragment.xpath("//h1")
    assert fragment.xpath("//textarea[@name='part_0']")


def test_nothing_changed_is_said_and_nothing_saved(expert):
    page = expert.press(opened(expert, "p2"), "Save the draft", status=422)

    assert "there is nothing to propose yet" in words(page, "//div[@role='alert']")[0]
    assert db.session.query(Draft).count() == 0


def test_several_paragraphs_are_inserted_as_one_block(expert):
    page = opened(expert, "p2", "insert")

    expert.press(page, "Save the draft", block="Первый новый пункт.\r\n\r\nВторой новый пункт.", where="after")

    (change,) = saved()
    assert [plain(p.text) for p in change.change().block] == ["Первый новый пункт.", "Второй новый пункт."]
    assert change.change().place == Place("s1", "p2")
    assert {p.parent for p in change.change().block} == {"s1"}


def test_a_row_is_inserted_with_its_cells_and_its_set(expert):
    page = opened(expert, "r1", "insert")

    expert.press(page, "Save the draft", part_0="Новая мера", part_1="2027 год", part_2=["BLR", "RUS"])

    (row,) = saved()[0].change().block
    assert row.parts["who"] == States(frozenset({"BLR", "RUS"}))
    assert plain(row.parts["measure"]) == "Новая мера"


def test_a_cell_is_amended_and_the_others_stay(expert, round_):
    page = opened(expert, "r1")

    expert.press(page, "Save the draft", part_1="III квартал 2026 г.")

    parts = saved()[0].change().parts
    assert plain(parts["time"]) == "III квартал 2026 г."
    assert parts["who"] == round_.provision("r1").parts["who"]


def test_a_state_joins_and_leaves_with_one_press(expert, round_):
    expert.press(opened(expert, "r1"), "Join: Belarus")
    joined = saved()[0].change().parts["who"].members

    page = expert.press(opened(expert, "r1"), "Leave: Belarus", status=422)

    assert joined == {"KAZ", "RUS", "BLR"}
    assert "the same as in the draft" in page.findtext(".//h1")


def test_a_provision_is_moved_behind_another(expert):
    expert.press(opened(expert, "p1", "move"), "Save the draft", place="after:p3")

    assert saved()[0].change().place == Place("s1", "p3")


@pytest.mark.parametrize("operation", ["delete", "no_change"])
def test_a_provision_is_deleted_or_kept(expert, operation):
    expert.press(opened(expert, "p1", operation), "Save the draft", justification="Так лучше.")

    assert saved()[0].operation == operation


def test_a_comment_stands_beside_an_amendment(expert):
    expert.press(opened(expert, "p2"), "Save the draft", part_0=SHARED)
    expert.press(opened(expert, "p2", "comment"), "Save the draft", comment="Просим пояснить.")

    assert db.session.query(Draft).count() == 2


def test_a_general_remark_belongs_to_no_provision(expert):
    page = expert.get(DESK, query_string={"propose": "-"})

    expert.press(page, "Save the draft", comment="Единообразно писать «государства-члены».", category="general")

    (change,) = saved()
    assert (change.key, change.operation) == (None, Operation.COMMENT)


def test_two_who_edit_the_same_draft_see_both_wordings(browser, world, expert, round_):
    expert.press(opened(expert, "p2"), "Save the draft", part_0=SHARED)
    mine = opened(expert, "p2")
    browser.sign_in(world.actor("BLR"))
    browser.press(opened(browser, "p2"), "Save the draft", part_0="Стороны создают общую платформу.")

    page = browser.press(mine, "Save the draft", part_0="Стороны создают нашу платформу.", status=412)

    assert plain(saved()[0].change().parts[TEXT]) == "Стороны создают общую платформу."
    assert words(page, "//div[@class='versus']//ins") == ["общую платформу", "нашу платформу"]
    assert page.xpath("//textarea[@name='part_0']")[0].text.strip() == "Стороны создают нашу платформу."


def test_after_a_clash_one_may_knowingly_put_ones_own_wording(browser, world, expert, round_):
    expert.press(opened(expert, "p2"), "Save the draft", part_0=SHARED)
    mine = opened(expert, "p2")
    browser.press(opened(browser, "p2"), "Save the draft", part_0="Стороны создают общую платформу.")
    clash = browser.press(mine, "Save the draft", part_0="Стороны создают нашу платформу.", status=412)

    browser.press(clash, "Save the draft")

    assert plain(saved()[0].change().parts[TEXT]) == "Стороны создают нашу платформу."


def test_amending_what_was_submitted_makes_a_draft_that_replaces_it(browser, world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    browser.sign_in(world.actor("BLR"))
    page = opened(browser, "p2")

    browser.press(page, "Save the draft", part_0="Стороны создают общую платформу.")

    assert page.xpath("//textarea[@name='part_0']")[0].text.strip() == SHARED
    assert db.session.scalars(db.select(Draft.replaces)).one() == receipt.proposal


def test_anothers_draft_cannot_be_overwritten_by_its_id(browser, world, expert, round_):
    theirs = draft(round_, world.actor("IND"), round_.amended("p2", SHARED))
    page = opened(expert, "p2")

    expert.press(page, "Save the draft", part_0="Чужое.", draft=theirs.draft, lock_version="1", ordinal="0", status=404)

    assert plain(saved()[0].change().parts[TEXT]) == SHARED


def test_an_observer_finds_no_form(browser, world, round_):
    from app.services import releases

    releases.release_version("plan", 0, world.delegations["OBS"], actor=world.secretariat, now=NOON)
    browser.sign_in(world.observer)

    page = browser.get(DESK)

    assert not page.xpath("//a[@class='do']")
    browser.post(f"{DESK}/propose", {"key": "p2", "operation": "amend", "part_0": "x"}, status=404)


def test_a_provision_that_is_not_there_is_not_found(expert):
    expert.get(DESK, query_string={"propose": "nothing"}, status=404)
    expert.get(DESK, query_string={"propose": "p2", "as": "explode"}, status=404)


def test_saving_a_draft_leaves_no_event(expert, world):
    from app.models.record import Event

    before = db.session.query(Event).count()

    expert.press(opened(expert, "p2"), "Save the draft", part_0=SHARED)

    assert db.session.query(Event).count() == before
    assert db.session.query(Proposal).count() == 0


def test_an_edit_takes_the_clearance_back(world, round_):
    found = draft(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    drafts.clear_draft(found.draft, lock_version=found.lock_version, actor=world.actor("BLR"), now=NOON)
    cleared = db.session.get_one(Draft, found.draft).lock_version

    drafts.save_draft(
        round_.id,
        round_.amended("p2", "Иначе."),
        category=Category.SUBSTANTIVE,
        justification="",
        opened=drafts.Opened(found.draft, cleared),
        actor=world.actor("BLR", Role.EXPERT),
        now=NOON + DAY,
    )

    assert db.session.get_one(Draft, found.draft).cleared_at is None
