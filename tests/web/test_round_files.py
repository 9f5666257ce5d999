"""The papers of a round narrowed, the list of open questions, the fate of proposals, the package."""

import io
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.bodies import Body
from app.negotiation.vocabulary import Category, Channel, Outcome, PositionKind, Visibility
from app.queries.proposals import reference
from app.services import bodies, decisions, positions, proposals
from app.services.issuing import issue_version
from app.services.proposals import NewProposal, Receipt
from app.text.changes import Operation
from app.text.provision import TEXT, Edition, Kind, Place, Provision
from app.text.runs import plain, text
from tests.desk import LATER, change_of, close, decided, open_on
from tests.docx_lint import problems, schema_problems
from tests.rounds import CLOSED, OpenRound, make_round, submit
from tests.web.test_papers import download, other_body, rows, said, words
from tests.world import NOON, make_document, paragraph, small_plan

ROUND = "/documents/plan/rounds/1"
FORMS = ("bracketed", "tracked", "questions", "table", "table-columns", "table-iso", "table-ippc")
LANGUAGES = ("ru", "zh", "en")


@dataclass(frozen=True, kw_only=True)
class Asked(OpenRound):
    """A round with the receipts of what was submitted in it."""

    iran: Receipt
    belarus: Receipt
    china: Receipt


@pytest.fixture
def asked(world):
    """A round in which three sides ask for something."""
    round_ = make_round(world)
    close_cooperation = round_.amended("p1", "Стороны развивают тесное сотрудничество в цифровой сфере.")
    return Asked(
        round_.id,
        round_.version,
        iran=submit(round_, world.actor("IRN"), close_cooperation),
        belarus=submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p3"), why="Уже сказано."),
        china=submit(round_, world.actor("CHN"), round_.with_states("r1", "who", "KAZ", "RUS", "CHN")),
    )


@pytest.fixture
def issued(world, asked):
    """The same round, decided; Rev.1 came out of it."""
    close(world, asked)
    decided(world, asked.iran, Outcome.ACCEPTED, reason="")
    decided(world, asked.belarus, Outcome.NOT_ACCEPTED, reason="Положение нужно.")
    decided(world, asked.china, Outcome.ACCEPTED, reason="")
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    return asked


# -- selections


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_narrowed_to_a_delegation_holds_its_proposals_alone(browser, world, asked, form):
    browser.sign_in(world.secretariat)

    response = download(browser, f"{ROUND}/{form}.ru.docx?delegation=IRN")
    found = words(response.data)

    assert "тесное" in found
    assert "Уже сказано." not in found
    assert "Выборка: предложения – Иран" in said(response.data)
    assert f"filename=plan.v0.round1.IRN.{form}.ru.docx" in response.headers["Content-Disposition"]


@pytest.fixture
def two_sections(world):
    """A round on a text of two sections, something asked in each and on the whole."""
    plan = small_plan()
    more = (
        Provision("s2", Kind.HEADING, parts={TEXT: text("ФИНАНСИРОВАНИЕ")}, label="II."),
        paragraph("p9", "Расходы несёт направляющая сторона.", parent="s2", level=1),
    )
    round_ = open_on(world, make_document(world, "plan", Edition("ru", (*plan.provisions, *more))))
    submit(round_, world.actor("IRN"), round_.amended("p1", "Стороны развивают сотрудничество."))
    submit(round_, world.actor("CHN"), round_.amended("p9", "Расходы несёт принимающая сторона."))
    submit(round_, world.actor("UZB"), round_.of(Operation.COMMENT, "", comment="В целом поддерживаем."))
    block = (paragraph("new", "Взносы добровольны.", parent="s2", level=1),)
    new = round_.of(Operation.INSERT, "new", place=Place("s2", "p9"), block=block)
    submit(round_, world.actor("KGZ"), new)
    return round_


def test_a_table_narrowed_to_a_section_leaves_out_the_others_and_the_remarks(browser, world, two_sections):
    browser.sign_in(world.secretariat)

    found = rows(download(browser, f"{ROUND}/table.ru.docx?section=s2").data)

    assert [row[3] for row in found] == ["Китай", "Кыргызстан"]


@pytest.mark.parametrize("form", ["bracketed", "tracked"])
def test_a_draft_narrowed_to_a_section_prints_that_section_with_the_title(browser, world, two_sections, form):
    browser.sign_in(world.secretariat)

    found = said(download(browser, f"{ROUND}/{form}.ru.docx?section=s2").data)

    assert "Выборка: раздел «II. ФИНАНСИРОВАНИЕ»" in found
    assert "принимающая" in found
    assert "Взносы добровольны." in found
    assert "Стороны развивают" not in found
    assert plain(two_sections.provision("title").text).split()[0] in found


def test_selections_combine(browser, world, issued):
    browser.sign_in(world.secretariat)

    found = rows(download(browser, f"{ROUND}/table.ru.docx?outcome=accepted&delegation=IRN&delegation=BLR").data)

    assert [row[3] for row in found] == ["Иран"]


def test_a_paper_is_narrowed_to_outcomes_by_those_alone_who_may_see_them(browser, world, asked):
    close(world, asked)
    decided(world, asked.belarus, Outcome.NOT_ACCEPTED, reason="Положение нужно.")
    url = f"{ROUND}/table.ru.docx?outcome=not_accepted"

    download(browser.sign_in(world.secretariat), url)
    download(browser.sign_in(world.actor("BLR")), url, 403)


@pytest.mark.parametrize("query", ["delegation=XXX", "section=none", "outcome=perhaps"])
def test_a_selection_of_what_is_not_there_is_not_found(browser, world, asked, query):
    download(browser.sign_in(world.secretariat), f"{ROUND}/table.ru.docx?{query}", 404)


def test_the_page_of_files_offers_selections_and_carries_them(browser, world, asked):
    browser.sign_in(world.secretariat)

    page = browser.get(f"{ROUND}/files?delegation=IRN")

    links = page.xpath("//ul[@class='roundfiles']//a/@href")
    assert len(links) == len(FORMS) * 3
    assert all("delegation=IRN" in link for link in links)
    assert page.xpath("//input[@name='delegation'][@checked]/@value") == ["IRN"]


def test_the_page_of_files_hides_outcomes_until_they_can_be_seen(browser, world, asked):
    page = browser.sign_in(world.actor("BLR")).get(f"{ROUND}/files")

    assert not page.xpath("//input[@name='outcome']")
    assert not page.xpath("//a[contains(@href, '/fate/')]")


# -- open questions


def test_the_list_of_open_questions_names_each_side_with_its_wording(browser, world, asked):
    positions.take_position(asked.belarus.proposal, PositionKind.OBJECTS, actor=world.actor("IND"), now=NOON)
    browser.sign_in(world.secretariat)

    found = rows(download(browser, f"{ROUND}/questions.ru.docx").data)

    assert [row[1] for row in found] == ["пункт 1", "пункт 3", "строка 1.1"]
    assert found[0][3].startswith("Иран: ")
    assert "Индия: возражает" in found[1][3]


def test_what_is_decided_for_good_is_no_open_question(browser, world, asked):
    close(world, asked)
    decided(world, asked.iran, Outcome.ACCEPTED, reason="")
    decided(world, asked.belarus, Outcome.KEPT_IN_BRACKETS, reason="")
    decisions.recommend(change_of(asked.china), "Поддержать.", shared=False, actor=world.secretariat, now=LATER)
    browser.sign_in(world.secretariat)

    found = rows(download(browser, f"{ROUND}/questions.ru.docx").data)

    assert [row[1] for row in found] == ["пункт 3", "строка 1.1"]
    assert found[1][4] == "Поддержать."


def test_a_round_without_open_questions_says_so(browser, world, issued):
    found = said(download(browser.sign_in(world.secretariat), f"{ROUND}/questions.ru.docx").data)

    assert "Неурегулированных вопросов нет." in found


# -- the fate of proposals


def test_a_delegation_reads_what_became_of_its_proposals_after_the_round(browser, world, issued):
    browser.sign_in(world.actor("BLR"))

    response = download(browser, f"{ROUND}/fate/BLR.ru.docx")
    (row,) = rows(response.data)

    assert row[1] == "пункт 3"
    assert row[3] == "Не учтено (консенсус не достигнут)"
    assert row[4].startswith("3. ")
    assert row[5] == "Положение нужно."
    assert "Информация о результатах рассмотрения предложений" in said(response.data)
    download(browser, f"{ROUND}/fate/IRN.ru.docx", 404)


def test_the_fate_is_not_there_before_the_round_is_concluded(browser, world, asked):
    close(world, asked)

    download(browser.sign_in(world.actor("BLR")), f"{ROUND}/fate/BLR.ru.docx", 409)
    download(browser.sign_in(world.secretariat), f"{ROUND}/fate/BLR.ru.docx")
    download(browser, f"{ROUND}/fate/XXX.ru.docx", 404)


def test_a_new_provision_that_was_accepted_is_shown_as_it_stands(browser, world, asked):
    block = (paragraph("new", "Стороны обмениваются опытом.", parent="s1", level=1),)
    receipt = submit(asked, world.actor("KGZ"), asked.of(Operation.INSERT, "new", place=Place("s1", "p1"), block=block))
    close(world, asked)
    decided(world, receipt, Outcome.ACCEPTED, reason="")

    (row,) = rows(download(browser.sign_in(world.chair), f"{ROUND}/fate/KGZ.ru.docx").data)

    assert row[4] == "2. Стороны обмениваются опытом."


def test_the_fate_tells_of_what_was_withdrawn_late_or_not_confirmed_too(browser, world, asked):
    kazakhstan = submit(asked, world.actor("KAZ"), asked.amended("p2", "Стороны ведут платформу."))
    proposals.withdraw_proposal(kazakhstan.proposal, actor=world.actor("KAZ"), now=NOON)
    submit(asked, world.actor("UZB"), asked.amended("p2a", "обмен;"), now=CLOSED)
    oral = NewProposal(Category.SUBSTANTIVE, "", [asked.amended("p2b", "сроки.")], channel=Channel.ORAL)
    proposals.enter_oral(asked.id, world.delegations["TJK"], oral, token="oral", actor=world.secretariat, now=NOON)
    close(world, asked)
    browser.sign_in(world.secretariat)
    fates = {code: rows(download(browser, f"{ROUND}/fate/{code}.ru.docx").data) for code in ("KAZ", "UZB", "TJK")}

    assert [(row[1], row[3]) for row in fates["UZB"]] == [
        ("подпункт «а» пункта 2", "Поступило после срока, не принято к рассмотрению")
    ]
    assert [row[3] for row in fates["TJK"]] == ["Устное, не подтверждено стороной"]
    assert [row[1:5] for row in fates["KAZ"]] == [["–", "Предложение № 4", "Отозвано", ""]]


def test_what_was_withdrawn_while_there_are_no_numbers_yet_is_told_of_by_its_reference(browser, world):
    round_ = make_round(world, visibility=Visibility.AT_CLOSE)
    receipt = submit(round_, world.actor("UZB"), round_.amended("p2a", "обмен;"))
    proposals.withdraw_proposal(receipt.proposal, actor=world.actor("UZB"), now=NOON)

    (row,) = rows(download(browser.sign_in(world.secretariat), f"{ROUND}/fate/UZB.ru.docx").data)

    assert row[2:4] == [f"Предложение № {reference(receipt.proposal)}", "Отозвано"]


def test_a_delegation_reads_what_it_withdrew_itself(browser, world, asked):
    receipt = submit(asked, world.actor("BLR"), asked.amended("p1", "Стороны сотрудничают."))
    proposals.withdraw_proposal(receipt.proposal, actor=world.actor("BLR"), now=NOON)
    close(world, asked)
    for one in (asked.iran, asked.belarus, asked.china):
        decided(world, one, Outcome.ACCEPTED, reason="")
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    browser.sign_in(world.actor("BLR"))

    found = rows(download(browser, f"{ROUND}/fate/BLR.ru.docx").data)

    assert [(row[1], row[3]) for row in found] == [("пункт 1", "Отозвано"), ("пункт 3", "Учтено")]
    assert "сотрудничают" in found[0][2]
    assert found[0][4] == "1. Стороны развивают тесное сотрудничество в цифровой сфере."


# -- old and new numbers


def test_the_old_and_new_numbers_come_as_a_word_file(browser, world, issued):
    response = download(browser.sign_in(world.actor("RUS")), "/documents/plan/versions/1/numbers.ru.docx")

    assert "ТАБЛИЦА СООТВЕТСТВИЯ НУМЕРАЦИИ" in said(response.data)
    assert "filename=plan.v0-rev1.numbers.ru.docx" in response.headers["Content-Disposition"]
    download(browser, "/documents/plan/versions/0/numbers.ru.docx", 404)


# -- the package


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_package_holds_every_form_in_every_language_with_fingerprints(browser, world, issued):
    found = unpacked(download(browser.sign_in(world.secretariat), "/rounds/1/package.en.zip").data)

    assert {f"plan/plan.v0.round1.{form}.{code}.docx" for form in FORMS for code in LANGUAGES} <= found.keys()
    assert "plan/versions/plan.v0.ru.docx" in found
    assert "plan/versions/plan.v0-rev1.ru.docx" in found
    assert "plan/fates/plan.v0.round1.fate-BLR.zh.docx" in found
    index = found.pop("index.html").decode()
    assert all(sha256(content).hexdigest() in index for content in found.values())


def test_a_package_holds_the_versions_as_they_were_issued(browser, world, issued):
    browser.sign_in(world.secretariat)
    kept = download(browser, "/documents/plan/versions/1/text.ru.docx").data

    assert unpacked(download(browser, "/rounds/1/package.ru.zip").data)["plan/versions/plan.rev1.ru.docx"] == kept


def test_the_same_round_gives_the_same_package(browser, world, issued):
    browser.sign_in(world.chair)

    one, two = (download(browser, "/rounds/1/package.zh.zip").data for _ in range(2))

    assert one == two


def test_a_delegations_package_holds_what_it_may_see(browser, world, issued):
    found = unpacked(download(browser.sign_in(world.actor("BLR")), "/rounds/1/package.ru.zip").data)

    assert {name for name in found if "fate-" in name} == {
        f"plan/fates/plan.v0.round1.fate-BLR.{code}.docx" for code in LANGUAGES
    }


@pytest.mark.parametrize("who", ["observer", "administrator"])
def test_a_package_is_for_members_alone(browser, world, issued, who):
    download(browser.sign_in(getattr(world, who)), "/rounds/1/package.ru.zip", 404)


def test_a_package_of_another_body_does_not_exist(browser, world, issued):
    download(browser.sign_in(other_body(world)), "/rounds/1/package.ru.zip", 404)


def test_every_word_file_of_a_package_is_sound_and_names_no_person(browser, world, issued):
    found = unpacked(download(browser.sign_in(world.secretariat), "/rounds/1/package.en.zip").data)
    persons = [said_ for person in db.session.execute(select(User.name, User.email)) for said_ in person]

    for name, content in found.items():
        if name.endswith(".docx"):
            assert problems(content) == [], name
            assert not schema_problems(content), name
            assert not [person for person in persons if person in words(content)], name


# -- handling marks


def test_the_handling_mark_of_the_body_stands_on_every_page_and_in_the_names_of_files(browser, world, asked):
    mark = {"ru": "Для служебного пользования", "zh": "内部资料", "en": "For official use"}
    bodies.change_body(
        rules={"handling": mark}, names={}, zone="Asia/Shanghai", languages=["ru", "zh", "en"],
        actor=world.secretariat, now=NOON,
    )  # fmt: skip
    browser.sign_in(world.secretariat)

    response = download(browser, f"{ROUND}/bracketed.ru.docx")
    name = unquote(response.headers["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(response.data)) as package:
        headers = [package.read(part).decode() for part in package.namelist() if "/header" in part]
    packed = unpacked(download(browser, "/rounds/1/package.zh.zip").data)

    assert "plan.v0.round1.bracketed.ru (Для служебного пользования).docx" in name
    assert all(mark["ru"] in header for header in headers)
    assert "plan/plan.v0.round1.table.zh (内部资料).docx" in packed


def test_an_officer_chooses_the_handling_mark_among_those_of_the_body(browser, world):
    browser.sign_in(world.secretariat)
    form = {
        "name_ru": "Группа", "name_zh": "专家组", "name_en": "Group", "zone": "Asia/Shanghai", "language_1": "ru",
        "language_2": "zh", "language_3": "en", "order_of_states": "fixed", "notation": "holder",
        "rivals": "suffix", "suffix": "word", "symbol": "", "groups": "", "handling_marks": "ДСП | 内部 | Limited",
    }  # fmt: skip

    browser.post("/body/settings", {**form, "handling": "Другая"}, status=422)
    browser.post("/body/settings", {**form, "handling": "Limited · ДСП · 内部"})

    rules = db.session.get_one(Body, world.secretariat.body).rules
    assert rules["handling"] == {"ru": "ДСП", "zh": "内部", "en": "Limited"}
    assert rules["rivals"] == "suffix"
    page = browser.get("/body/settings")
    assert page.xpath("//select[@name='handling']/option[@selected]/@value") == ["Limited · ДСП · 内部"]
