"""Letters out: a delegation's own proposals in their formulas, before and after they are submitted."""

import io

import pytest
from docx import Document as WordDocument

from app.docxio.letter_annex import lines_of
from app.docxio.state_names import StateNames
from app.models import db
from app.models.bodies import Delegation
from app.negotiation.vocabulary import Role
from app.queries.drafts import list_drafts
from app.queries.letters import Of, load_letter
from app.queries.people import load_people, names_by_code
from app.services import bodies, positions
from app.text.changes import Operation
from app.text.formulas.letters import read_letter
from app.text.formulas.printing import same
from app.text.provision import Kind, Place, Provision
from app.text.runs import text
from tests.rounds import draft, make_round, submit
from tests.world import NOON

LETTER = "/documents/plan/rounds/1/letter.ru.docx"
SHARED = "Стороны создают единую общедоступную платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def belarus(world):
    return world.actor("BLR")


def lines(browser, url, status=200):
    """Return the paragraphs of a downloaded Word file."""
    response = browser.client.get(url)
    assert response.status_code == status
    return [p.text for p in WordDocument(io.BytesIO(response.data)).paragraphs if p.text] if status == 200 else []


def test_drafts_print_in_formulas_with_their_reasons_and_say_that_they_are_drafts(browser, belarus, round_):
    draft(round_, belarus, round_.of(Operation.DELETE, "p3"), why="Уже сказано.")
    draft(round_, belarus, round_.amended("p2", SHARED))

    printed = lines(browser.sign_in(belarus), f"{LETTER}?of=drafts")

    assert printed[0] == "Проект"
    assert printed[-4:] == [
        "1. В пункте 2 после слова «единую» дополнить словом «общедоступную».",
        "Обоснование: Так точнее.",
        "2. Пункт 3 исключить.",
        "Обоснование: Уже сказано.",
    ]


def test_what_is_submitted_prints_without_the_mark_of_a_draft(browser, belarus, round_):
    draft(round_, belarus, round_.of(Operation.DELETE, "p3"))
    submit(round_, belarus, round_.amended("p2", SHARED))

    printed = lines(browser.sign_in(belarus), LETTER)

    assert "Проект" not in printed
    assert [line for line in printed if line[0].isdigit()] == [
        "1. В пункте 2 после слова «единую» дополнить словом «общедоступную»."
    ]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "ru",
            "мероприятия 1.1 слово «Россия» исключить; мероприятие 1.1 дополнить исполнителями «Беларусь», «Иран».",
        ),
        ("zh", "措施1.1“Исполнители”栏中的“俄罗斯”删去；措施1.1中增加“白俄罗斯”、“伊朗”为负责方。"),
        ("en", "In the column “Исполнители” of measure 1.1 delete “Russia”; in measure 1.1 add “Belarus”, “Iran”"),
    ],
)
def test_the_formulas_are_in_the_language_of_the_page_and_states_in_the_order_of_the_body(
    browser, belarus, round_, language, wanted
):
    submit(round_, belarus, round_.with_states("r1", "who", "KAZ", "IRN", "BLR"))

    printed = lines(browser.sign_in(belarus), LETTER.replace(".ru.", f".{language}."))

    assert wanted in printed[-2]


def test_no_comments_print_as_a_formula_once_they_are_declared(browser, belarus, round_):
    lines(browser.sign_in(belarus), LETTER, 409)

    positions.declare_no_comments(round_.id, actor=belarus, now=NOON)

    assert lines(browser, LETTER)[-1] == "Замечаний и предложений не имеем."


def test_the_head_names_the_side_in_the_form_that_the_body_stores(browser, world, belarus, round_):
    submit(round_, belarus, round_.of(Operation.DELETE, "p3"))
    row = db.session.get_one(Delegation, world.delegations["BLR"])
    forms = {**row.forms, "ru": {**row.forms["ru"], "adjective_genitive": "белорусской"}}
    bodies.change_delegation(row.id, forms=forms, actor=world.secretariat, now=NOON)

    printed = lines(browser.sign_in(belarus), LETTER)

    assert "Предложения белорусской стороны" in printed
    assert "к проекту документа «План действий»" in printed


def test_a_delegation_prints_its_own_alone(browser, world, belarus, round_):
    submit(round_, world.actor("IND"), round_.of(Operation.DELETE, "p3"))

    submit(round_, belarus, round_.amended("p2", SHARED))

    assert not any("исключить" in line for line in lines(browser.sign_in(belarus), LETTER))
    lines(browser.sign_in(world.observer), LETTER, 404)
    lines(browser.sign_in(world.administrator), LETTER, 404)


def test_the_room_offers_the_annex_of_drafts_and_of_what_is_submitted(browser, world, round_):
    expert = world.actor("BLR", Role.EXPERT)
    page = browser.sign_in(expert).get("/delegation")
    assert not page.xpath("//p[@class='annex']")

    draft(round_, expert, round_.of(Operation.DELETE, "p3"))
    submit(round_, world.actor("BLR"), round_.amended("p2", SHARED))
    links = browser.get("/delegation").xpath("//p[@class='annex']//a[@lang='ru']/@href")

    assert links == [f"{LETTER}?of=drafts", LETTER]


@pytest.mark.parametrize("language", ["ru", "zh", "en"])
def test_what_is_printed_asks_for_the_same_when_it_is_read_again(belarus, round_, world, language):
    new = Provision("new", Kind.PARAGRAPH, 1, "s1", {"text": text("Стороны ежегодно подводят итоги.")})
    row = Provision("row", Kind.ROW, 1, "t1", {"measure": text("Обмен визитами"), "time": text("2027 год")})
    for change in (
        round_.amended("p1", "Стороны сотрудничают."),
        round_.amended("p2", SHARED),
        round_.of(Operation.MOVE, "p2b", place=Place("p2", None)),
        round_.of(Operation.NO_CHANGE, "p3"),
        round_.of(Operation.INSERT, "", place=Place("s1", "p3"), block=(new,)),
        round_.with_states("r1", "who", "KAZ", "BLR"),
        round_.of(Operation.INSERT, "", place=Place("t1", "r2"), block=(row,)),
    ):
        draft(round_, belarus, change)

    paper = load_letter("plan", 1, language, Of.DRAFTS, actor=belarus, now=NOON)
    words = "\n".join(line for n, e in enumerate(paper.entries, 1) for line in lines_of(n, e, language))
    names = StateNames(names_by_code(load_people(world.body)))
    read = read_letter(words, round_.edition, language=language, names=names, minted_from=round_.version)

    wished = [d.changes[0].change() for d in list_drafts(round_.id, actor=belarus)]
    assert read.not_understood == ()
    assert {same(a.change).key: same(a.change) for a in read.asked} == {c.key: same(c) for c in wished}
