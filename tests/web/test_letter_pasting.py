"""Letters in: pasted, understood, corrected, confirmed as drafts or entered on behalf."""

import io

import pytest
from docx import Document as WordDocument

from app.models import db
from app.models.proposals import Change, Proposal
from app.models.returns import ReturnedText
from app.negotiation.vocabulary import Role
from app.queries.delegation_room import declared_no_comments
from app.queries.drafts import list_drafts
from app.services import rounds
from app.text.changes import Operation
from app.text.provision import Edition, States
from app.text.runs import plain
from tests.pages import Browser
from tests.rounds import CLOSED, make_round, open_round_on
from tests.world import make_document, paragraph

PASTE = "/rounds/1/returns/letter"
LETTER = """Уважаемые коллеги!

Министерство связи рассмотрело проект Плана действий и предлагает следующее.
1. В пункте 1 слова «в цифровой сфере» заменить словами «в сфере цифровой трансформации».
Обоснование: единообразие терминов.
2. В подпункте «а» пункта 2 после слова «информацией» дополнить словами «и опытом».
3. В подпункте «б» пункта 2 слово «проводят» исключить.
4. Пункт 3 исключить.
5. Дополнить пунктом 4 следующего содержания: «4. Стороны подводят итоги ежегодно.»
6. Мероприятие 1.1 дополнить исполнителем «Беларусь».
7. В графе «Сроки исполнения» мероприятия 1.2 слова «2026–2027 гг.» заменить словами «2027 год».
8. Просим пояснить, кто созывает консультации по пункту 2.
9. В пункте 9 слово «план» исключить.

С уважением,
И. Иванов
"""


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def belarus(world):
    return world.actor("BLR")


def paste(browser: Browser, round_, words: str, status: int = 200, **fields: str):
    """Paste words and return the page that answers."""
    sent = {"words": words, "text": f"{round_.version}:ru", "spoken": "", **fields}
    return browser.post(PASTE, sent, status=status, content_type="multipart/form-data")


def told(draft):
    """Return what a draft asks for: key and operation, or key and new words."""
    found = {}
    for stored in draft.changes:
        change = stored.change()
        if change.operation is Operation.AMEND:
            for part, content in change.parts.items():
                found[change.key, part] = content.members if isinstance(content, States) else plain(content)
        else:
            found[stored.anchor or ""] = change.operation
    return found


def drafted(round_, actor):
    """Return what all drafts together ask for."""
    return {at: what for draft in list_drafts(round_.id, actor=actor) for at, what in told(draft).items()}


def problem(page):
    return page.xpath("//div[@role='alert']")[0].text_content()


# -- a letter


def test_a_letter_becomes_drafts_and_what_is_not_understood_is_listed(browser, belarus, round_):
    page = paste(browser.sign_in(belarus), round_, LETTER)

    (unclear,) = page.xpath("//ul[@class='unclear']/li")
    assert "The draft has no such provision (9)" in unclear.text_content()
    assert "В пункте 9 слово «план» исключить" in unclear.text_content()
    assert "С уважением" in page.xpath("//details[@class='beside']")[0].text_content()
    browser.press(page, "Make drafts of what is ticked")

    made = drafted(round_, belarus)
    assert made["p1", "text"] == "Стороны развивают сотрудничество в сфере цифровой трансформации."
    assert made["p2a", "text"] == "обмениваются информацией и опытом;"
    assert made["p2b", "text"] == "консультации."
    assert made["p3"] is not None
    assert made["r1", "who"] == {"KAZ", "RUS", "BLR"}
    assert made["r2", "time"] == "2027 год"
    assert made["p2"] is Operation.COMMENT
    reasons = {d.justification for d in list_drafts(round_.id, actor=belarus)}
    assert "единообразие терминов." in reasons


def test_a_letter_in_chinese_about_the_russian_text_is_read(browser, belarus, round_):
    letter = (
        "一、第1段中的“в цифровой сфере”改为“в сфере связи”。\n理由：术语统一。\n"
        "二、删去第3段。\n三、措施1.1中增加“白俄罗斯”为负责方。"
    )

    page = paste(browser.sign_in(belarus), round_, letter)
    browser.press(page, "Make drafts of what is ticked")

    made = drafted(round_, belarus)
    assert made["p1", "text"] == "Стороны развивают сотрудничество в сфере связи."
    assert made["p3"] is Operation.DELETE
    assert made["r1", "who"] == {"KAZ", "RUS", "BLR"}


def test_a_letter_in_english_is_read(browser, belarus, round_):
    letter = (
        "1. In paragraph 1 replace “в цифровой сфере” with “в сфере связи”.\nJustification: one term.\n"
        "2. Delete paragraph 3.\n3. Move subparagraph (б) of paragraph 2 before subparagraph (а) of paragraph 2."
    )

    page = paste(browser.sign_in(belarus), round_, letter)
    browser.press(page, "Make drafts of what is ticked")

    made = drafted(round_, belarus)
    assert made["p1", "text"] == "Стороны развивают сотрудничество в сфере связи."
    assert (made["p3"], made["p2b"]) == (Operation.DELETE, Operation.MOVE)


def test_other_forms_of_the_words_wait_for_a_tick_one_for_each_place(browser, belarus, round_):
    letter = "По всему тексту слова «стороны» заменить словами «участники» в соответствующих падежах."
    words = letter.replace("стороны", "обмен опытом").replace("участники", "обмен знаниями")

    page = paste(browser.sign_in(belarus), round_, words)

    boxes = page.xpath("//input[@name='keep']")
    assert [box.get("checked") for box in boxes] == [None]
    assert "another form" in page.text_content()
    browser.press(page, "Make drafts of what is ticked", keep=["0"])
    assert drafted(round_, belarus)["p2", "text"] == "Стороны создают единую платформу обмен знаниями."


def test_forms_ticked_in_one_provision_make_one_draft(browser, belarus, world):
    words = "Стороны поддерживают обмен в сети и развитие сетей."
    edition = Edition("ru", (paragraph("p1", words, label="1."),))
    round_ = open_round_on(world, make_document(world, edition=edition))
    letter = "По всему тексту слово «сеть» заменить словом «система» в соответствующих падежах."

    page = paste(browser.sign_in(belarus), round_, letter)
    assert len(page.xpath("//input[@name='keep']")) == 2
    browser.press(page, "Make drafts of what is ticked", keep=["0", "1"])

    (made,) = list_drafts(round_.id, actor=belarus)
    assert told(made) == {("p1", "text"): "Стороны поддерживают обмен в система и развитие система."}


def test_what_is_pasted_is_kept_and_can_be_corrected_and_read_again(browser, belarus, round_):
    page = paste(browser.sign_in(belarus), round_, LETTER)
    assert LETTER.strip() in page.xpath("//details[@class='pasted']")[0].text_content()

    (link,) = page.xpath("//a[contains(@href, 'again=')]/@href")
    page = browser.get(link)
    assert page.xpath("//textarea[@id='words']")[0].text.strip() == LETTER.strip()
    page = browser.press(
        page, "Read the text", words=LETTER.replace("В пункте 9 слово «план»", "В пункте 2 слово «единую»")
    )

    assert not page.xpath("//ul[@class='unclear']")
    assert db.session.query(ReturnedText).count() == 1


# -- a table, and what was printed


@pytest.mark.parametrize(
    ("heads", "place"),
    [
        ("Обоснование\tПункт\tПредлагаемая редакция", "п. 2"),
        ("理由\t条款\t修改建议", "第2段"),
        ("Justification\tProvision\tProposed text", "paragraph 2"),
    ],
)
def test_a_pasted_table_is_read_in_the_language_of_its_headings(browser, belarus, round_, heads, place):
    table = f"{heads}\nТак точнее.\t{place}\tСтороны создают общую платформу обмена опытом."

    page = paste(browser.sign_in(belarus), round_, table)
    browser.press(page, "Make drafts of what is ticked")

    (made,) = list_drafts(round_.id, actor=belarus)
    assert told(made) == {("p2", "text"): "Стороны создают общую платформу обмена опытом."}
    assert made.justification == "Так точнее."


@pytest.mark.parametrize("language", ["ru", "zh", "en"])
def test_a_printed_annex_pasted_in_another_room_asks_for_the_same(browser, world, belarus, round_, language):
    page = paste(browser.sign_in(belarus), round_, LETTER.replace("В пункте 9 слово «план» исключить.", ""))
    browser.press(page, "Make drafts of what is ticked")
    response = browser.client.get(f"/documents/plan/rounds/1/letter.{language}.docx?of=drafts")
    printed = "\n".join(p.text for p in WordDocument(io.BytesIO(response.data)).paragraphs)

    india = world.actor("IND")
    page = paste(browser.sign_in(india), round_, printed)
    browser.press(page, "Make drafts of what is ticked")

    wishes = [
        {(c.key, c.operation): c.wished for d in list_drafts(round_.id, actor=who) for c in d.changes if not c.comment}
        for who in (belarus, india)
    ]
    assert wishes[0] == wishes[1]
    assert len(wishes[0]) == 7


# -- clear answers


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("  \n ", "Paste the letter"),
        ("Уважаемые коллеги! Благодарим за присланный проект.", "No proposal was found"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words_and_stays_typed(browser, belarus, round_, words, said):
    page = paste(browser.sign_in(belarus), round_, words, status=422)

    assert said in problem(page)
    assert page.xpath("//textarea[@id='words']")[0].text.strip() == words.strip()


def test_the_wrong_language_is_told(browser, belarus, round_):
    page = paste(browser.sign_in(belarus), round_, "Пункт 3 исключить.", spoken="zh", status=422)

    assert "in the language that you chose" in problem(page)


def test_a_letter_without_comments_offers_the_act_that_says_so(browser, belarus, round_, world):
    words = "По проекту Плана действий замечаний и предложений не имеем."
    expert = paste(browser.sign_in(world.actor("BLR", Role.EXPERT)), round_, words)
    assert "Your focal point can declare it" in expert.text_content()

    page = paste(browser.sign_in(belarus), round_, words)
    browser.press(page, "Declare: no comments")

    found = db.session.get_one(rounds.Round, round_.id)
    assert declared_no_comments(found, belarus)


def test_a_closed_round_takes_no_letter(browser, world, belarus, round_):
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)
    browser.sign_in(belarus)

    browser.get(PASTE, status=409)
    paste(browser, round_, LETTER, status=409)


def test_a_preview_of_others_cannot_be_read_again(browser, world, belarus, round_):
    paste(browser.sign_in(belarus), round_, LETTER)
    (row,) = db.session.query(ReturnedText).all()
    found = row.id

    browser.sign_in(world.actor("IND")).get(PASTE, query_string={"again": found}, status=404)
    paste(browser, round_, LETTER, again=found)
    assert db.session.query(ReturnedText).count() == 2


# -- on behalf


def test_the_secretariat_enters_a_pasted_letter_as_one_proposal(browser, world, round_):
    behalf = {"delegation": world.delegations["BLR"], "letter_number": "15-2", "letter_on": "2025-04-10"}
    browser.sign_in(world.secretariat)
    page = browser.get("/rounds/1/entries/letter", query_string=behalf)
    (link,) = page.xpath("//a[contains(@href, 'returns/letter')]/@href")
    page = browser.get(link)

    page = browser.press(page, "Read the text", words=LETTER)
    assert "15-2" in page.text_content()
    browser.press(page, "Enter what is ticked as one proposal")

    (proposal,) = db.session.query(Proposal).all()
    assert (proposal.channel, proposal.letter_number) == ("letter", "15-2")
    assert proposal.delegation_id == world.delegations["BLR"]
    assert db.session.query(Change).filter_by(proposal_id=proposal.id).count() == 8


def test_a_delegation_pastes_for_nobody_else(browser, world, belarus, round_):
    behalf = {"delegation": world.delegations["IND"], "letter_number": "1", "letter_on": "2025-04-10"}

    browser.sign_in(belarus).get(PASTE, query_string=behalf, status=404)
    paste(browser, round_, LETTER, status=404, **behalf)
