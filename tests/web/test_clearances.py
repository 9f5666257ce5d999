"""Clearance on the screen: files sent back, readings chosen or worded, the cleared set submitted in one act."""

import io
from dataclasses import replace

import pytest

from app.docxio.frame import frame
from app.docxio.printing import Printer
from app.docxio.ruled import Row, ruled, words
from app.docxio.sheets import Sheet
from app.docxio.wish_table import wish_table
from app.models import db
from app.models.proposals import Proposal
from app.negotiation.vocabulary import ProposalState, ReturnSource, Role, Visibility
from app.queries.changes import stored
from app.queries.return_items import Item
from app.services import returns, rounds
from app.services.returns import NewReturn
from app.text.carry_over import CarryKind
from app.text.changes import Change, Operation
from app.text.provision import TEXT, Edition
from app.text.runs import text
from app.web.clearances import AT_ONCE
from tests.clearing import desk, sent_back, submit_all
from tests.docxio.test_wish_table import filled
from tests.office import saved_by_office
from tests.pages import Browser
from tests.rounds import CLOSED, make_round, open_round_on, submit
from tests.web.test_packets import members
from tests.web.test_return_uploads import edited, inserted
from tests.world import NOON, make_document, paragraph, small_plan

PAGE = "/documents/plan/rounds/1/clearance/ru"
SHARED = "Стороны создают единую общедоступную платформу обмена опытом."
GENERAL = "Стороны создают всеобщую платформу обмена опытом."
COMMON = "Стороны создают общую платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def belarus(world):
    return world.actor("BLR")


def upload(browser: Browser, *files: tuple[str, str, bytes], status: int = 200):
    """Upload files, each as (ministry, file name, content)."""
    fields: dict[str, object] = {}
    for row, (ministry, name, data) in enumerate(files):
        fields |= {f"ministry-{row}": ministry, f"file-{row}": (io.BytesIO(data), name)}
    return browser.post(f"{PAGE}/files", fields, status=status, content_type="multipart/form-data")


def case(page, key: str):
    (found,) = page.xpath(f"//section[@id='case-{key}']")
    return found


def press(browser: Browser, page, key: str, act: str, *taken: int, status: int = 200, **fields: str):
    """Press a button of a case with these readings ticked."""
    section = case(page, key)
    form = section.xpath(".//form")[0]
    boxes = section.xpath(".//input[@name='take']/@value")
    sent = {"seen": form.xpath(".//input[@name='seen']/@value")[0], "take": [boxes[n - 1] for n in taken], "act": act}
    return browser.post(form.get("action"), {**sent, **fields}, status=status)


def alert(page) -> str:
    return " ".join(page.xpath("//div[@role='alert']")[0].text_content().split())


def test_tables_and_copies_sent_back_are_consolidated_by_provision(browser, belarus, round_):
    packet = members(browser.sign_in(belarus))
    table = filled(packet["table"], {"p2": (COMMON, "Короче."), "p3": ("исключить", "Лишнее.")})

    page = upload(browser, ("Минюст", "t.docx", table), ("", "Минсвязи.docx", edited(packet["copy"], inserted)))

    said = case(page, "p2").text_content()
    assert "Минюст" in said
    assert "Минсвязи" in said
    assert "Короче." in said
    assert case(page, "p3").xpath(".//del")
    assert [x.text for x in page.xpath("//ul[contains(@class, 'files')]//strong")] == ["Минсвязи", "Минюст"]


def test_a_ministry_can_let_a_paragraph_go_and_keep_its_items(browser, belarus, round_):
    packet = members(browser.sign_in(belarus))

    upload(browser, ("Минюст", "t.docx", filled(packet["table"], {"p2": ("исключить, подпункты сохранить", "")})))

    (reading,) = desk(belarus).case("p2").case.readings
    assert reading.change == Change(Operation.DELETE, "p2", alone=True)


@pytest.mark.needs("soffice")
def test_tables_and_copies_saved_as_other_kinds_of_file_are_consolidated_too(browser, belarus, round_, tmp_path):
    packet = members(browser.sign_in(belarus))
    table = saved_by_office(filled(packet["table"], {"p2": (COMMON, "Короче.")}), "odt", tmp_path)
    changed = saved_by_office(edited(packet["copy"], inserted), "doc", tmp_path)

    page = upload(browser, ("Минюст", "t.odt", table), ("", "Минсвязи.doc", changed))

    said = case(page, "p2").text_content()
    assert "Короче." in said
    assert "Минсвязи" in said


def test_a_file_that_cannot_be_read_is_told_of_while_the_others_count(browser, belarus, round_):
    packet = members(browser.sign_in(belarus))
    good = filled(packet["table"], {"p2": (COMMON, "")})

    page = upload(browser, ("Минфин", "scan.docx", b"%PDF-1.7"), ("Минюст", "t.docx", good), status=422)

    assert "scan.docx" in alert(page)
    assert "PDF" in alert(page)
    assert [one.ministry for one in desk(belarus).files] == ["Минюст"]


def test_an_empty_table_is_told_to_ask_for_nothing(browser, belarus, round_):
    packet = members(browser.sign_in(belarus))

    page = upload(browser, ("Минюст", "t.docx", packet["table"]), status=422)

    assert "asks for nothing" in alert(page)


def test_a_file_named_like_the_packet_wants_a_ministry(browser, belarus, round_):
    packet = members(browser.sign_in(belarus))
    good = filled(packet["table"], {"p2": (COMMON, "")})

    page = upload(browser, ("", "plan.round1.table.ru.docx", good), status=422)

    assert "type the ministry" in alert(page)


def test_a_table_in_a_layout_of_the_ministrys_own_is_read(browser, belarus, round_):
    rows = (
        ("1", "пункт 2", "слово «единую» заменить словом «общую»", "Точнее."),
        ("2", "пункт 3", "исключить", ""),
        ("3", "пункт 77", "исключить", ""),
    )
    made = tabulated(("№ п/п", "Структурный элемент", "Предлагаемая редакция", "Обоснование"), rows)

    page = upload(browser.sign_in(belarus), ("Минюст", "minjust.docx", made))

    assert "общую" in case(page, "p2").xpath(".//ins")[0].text_content()
    assert case(page, "p3").xpath(".//del")
    assert "77" in page.xpath("//ul[@class='unclear']")[0].text_content()


def tabulated(headings, rows) -> bytes:
    """Return a Word file that holds one table."""
    sheet = Sheet("ru")
    printer = Printer(sheet, frame(sheet, None))
    ruled(printer, headings, [1] * len(headings), [Row(tuple(map(words, row))) for row in rows])
    return printer.finish()


def test_the_table_of_another_document_is_refused(browser, world, belarus, round_):
    words = {"p1": "Иное первое.", "p2": "Иное второе.", "p2a": "иное;", "p2b": "иное.", "p3": "Иное третье."}
    foreign = small_plan()
    foreign = replace(
        foreign, provisions=tuple(replace(p, parts={TEXT: text(words[p.key])}) for p in foreign if p.key in words)
    )
    table = wish_table(foreign, {key: f"пункт {key}" for key in words}, Sheet("ru"))
    browser.sign_in(belarus)

    page = upload(browser, ("Минюст", "t.docx", filled(table, {"p2": ("Иначе.", "")})), status=422)

    assert "not a copy" in alert(page)


def test_a_change_of_words_that_are_gone_is_listed(browser, world, belarus, round_):
    stale = Item((stored_change(round_, "p2"),), "Прежняя редакция.", carry=CarryKind.MUST_BE_RESTATED, kept=False)
    new = NewReturn(round_.version, "ru", ReturnSource.MINISTRY, "old.docx", [stale], sponsor="Минюст", content=b"PK")
    returns.keep_return(round_.id, new, actor=belarus, now=NOON)

    page = browser.sign_in(belarus).get(PAGE)

    assert "must be made anew" in page.xpath("//ul[@class='unclear']")[0].text_content()
    assert not page.xpath("//section[@id='case-p2']")


def stored_change(round_, key):
    change = Change(Operation.DELETE, key)
    return stored(change, version_id=round_.version, language="ru", comment="", fingerprint="x")


def test_what_was_not_understood_is_listed_with_its_file(browser, belarus, round_):
    packet = members(browser.sign_in(belarus))

    page = upload(browser, ("Минюст", "t.docx", filled(packet["table"], {"r1__2": ("все", "")})))

    assert "все" in page.xpath("//ul[@class='unclear']")[0].text_content()


def test_a_reading_is_chosen_and_what_goes_out_is_shown(browser, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", GENERAL), why="Всем.")
    sent_back(round_, belarus, "Минюст", round_.amended("p2", COMMON))
    page = browser.sign_in(belarus).get(PAGE)
    assert "collides with 2" in case(page, "p2").text_content()

    page = press(browser, page, "p2", "take", 2)

    assert "общую" in case(page, "p2").xpath(".//div[@class='fate']//ins")[0].text_content()


def test_colliding_readings_are_worded_by_the_delegation(browser, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", GENERAL))
    sent_back(round_, belarus, "Минюст", round_.amended("p2", COMMON))
    page = browser.sign_in(belarus).get(PAGE)

    page = press(browser, page, "p2", "take", 1, 2, status=409)
    assert "collides" in alert(page)
    words = {"words-0-0-0-0": "Стороны создают новую платформу.", "justification-0": "Согласовано."}
    page = press(browser, page, "p2", "save", 1, 2, **words)

    said = case(page, "p2").xpath(".//div[@class='fate']")[0].text_content()
    assert "новую" in said
    assert "Согласовано." in said


def test_a_wording_shows_what_it_changes_while_it_is_typed(browser, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", GENERAL))
    page = browser.sign_in(belarus).get(f"{PAGE}?open=p2")
    assert case(page, "p2").xpath(".//form/@hx-post")

    made = browser.client.post(
        f"{PAGE}/cases/p2/redline", data={"words-0-0-0-0": "Стороны создают новую платформу обмена опытом."}
    ).get_data(as_text=True)

    assert "<ins>новую</ins>" in made


def test_what_a_colleague_chose_meanwhile_is_not_overwritten(browser, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", GENERAL))
    page = browser.sign_in(belarus).get(PAGE)
    press(browser, page, "p2", "leave")

    page = press(browser, page, "p2", "save", **{"words-0-0-0-0": "Стороны создают новую платформу."}, status=412)

    assert "Somebody else changed this" in alert(page)
    assert "новую" in page.xpath("//textarea[@name='words-0-0-0-0']")[0].text


def test_many_provisions_stand_on_several_pages(browser, world, belarus):
    lines = [paragraph(f"k{n}", f"Положение {n}.", label=f"{n}.") for n in range(AT_ONCE + 1)]
    round_ = open_round_on(world, make_document(world, edition=Edition("ru", tuple(lines))))
    sent_back(round_, belarus, "Минсвязи", *(round_.of(Operation.DELETE, p.key) for p in lines))
    page = browser.sign_in(belarus).get(PAGE)
    assert len(page.xpath("//section")) == AT_ONCE
    (further,) = page.xpath(f"//a[text()='{AT_ONCE + 1}–{AT_ONCE + 1}']/@href")
    assert browser.get(further).xpath("//section/@id") == [f"case-k{AT_ONCE}"]

    page = press(browser, page, f"k{AT_ONCE - 1}", "take", 1)

    assert page.xpath("//section/@id") == [f"case-k{AT_ONCE}"]


def test_a_removed_file_takes_its_readings_along(browser, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", GENERAL))
    page = browser.sign_in(belarus).get(PAGE)

    page = browser.press(page, "Remove Минсвязи")

    assert not page.xpath("//section[@id='case-p2']")
    assert desk(belarus).files == ()


def test_the_cleared_set_is_submitted_in_one_act_and_replaces_what_stood(browser, belarus, round_):
    older = submit(round_, belarus, round_.amended("p2", COMMON)).proposal
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED), round_.amended("p3", "План не договор."))
    page = browser.sign_in(belarus).get(PAGE)
    page = browser.press(page, "Take everything that nobody disputes")
    page = press(browser, page, "p2", "take", 1)
    page = browser.get(f"{PAGE}/submit")
    assert "Gives way" in page.text_content()

    receipt = browser.press(page, "Submit all of it now")

    assert "2 proposals are received" in receipt.text_content()
    assert db.session.get_one(Proposal, older).state is ProposalState.REPLACED
    again = browser.press(page, "Submit all of it now")
    assert "2 proposals are received" in again.text_content()
    assert db.session.query(Proposal).count() == 3


def test_a_stale_page_is_told_so_and_submits_nothing(browser, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    browser.sign_in(belarus)
    press(browser, browser.get(PAGE), "p2", "take", 1)
    page = browser.get(f"{PAGE}/submit")
    press(browser, browser.get(PAGE), "p2", "leave")

    page = browser.press(page, "Submit all of it now", status=412)

    assert "Somebody else changed this" in alert(page)
    assert db.session.query(Proposal).count() == 0


def test_a_reason_that_names_a_ministry_is_pointed_out_before_it_goes_out(browser, belarus, round_):
    sent_back(round_, belarus, "Минюст", round_.amended("p2", SHARED), why="Требование Минюста.")
    browser.sign_in(belarus)
    press(browser, browser.get(PAGE), "p2", "take", 1)

    assert "These words name a ministry (Минюст)" in browser.get(f"{PAGE}/submit").text_content()


def test_the_cleared_set_can_wait_as_cleared_drafts(browser, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    browser.sign_in(belarus)
    press(browser, browser.get(PAGE), "p2", "take", 1)

    page = browser.press(browser.get(f"{PAGE}/submit"), "Make cleared drafts, to be submitted later")

    assert "cleared by" in page.text_content()


def test_a_closed_round_shows_what_was_cleared_and_takes_nothing(browser, world, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)
    page = browser.sign_in(belarus).get(PAGE)

    assert case(page, "p2") is not None
    assert not page.xpath("//section//button")
    upload(browser, ("Минюст", "t.docx", b"PK"), status=409)


def test_an_expert_reads_the_clearance_without_its_buttons(browser, world, belarus, round_):
    sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    page = browser.sign_in(world.actor("BLR", Role.EXPERT)).get(PAGE)

    assert "Your focal point chooses" in page.text_content()
    assert not page.xpath("//section//button")
    upload(browser, ("Минюст", "t.docx", b"PK"), status=403)
    browser.post(f"{PAGE}/undisputed", status=403)
    browser.post(f"{PAGE}/submit", status=403)


@pytest.mark.parametrize("who", ["secretariat", "chair", "observer", "administrator"])
def test_nobody_else_has_such_a_page(browser, world, belarus, round_, who):
    file = sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    browser.sign_in(getattr(world, who))

    for address in (PAGE, f"{PAGE}/submit", f"{PAGE}/ministries.docx", f"{PAGE}/receipts/1"):
        browser.get(address, status=404)
    browser.get(f"/returns/{file}/file", status=404)
    browser.post(f"{PAGE}/files/{file}/delete", status=404)


def test_another_delegation_finds_nothing_of_it(browser, world, belarus, round_):
    file = sent_back(round_, belarus, "Минсвязи", round_.amended("p2", SHARED))
    browser.sign_in(world.actor("IND"))

    assert "Минсвязи" not in browser.get(PAGE).text_content()
    browser.get(f"/returns/{file}/file", status=404)
    browser.get(f"/returns/{file}", status=404)
    browser.post(f"{PAGE}/files/{file}/delete", status=404)
    browser.get(f"{PAGE}/receipts/1", status=404)


CANARY = "КАНАРЕЙКА"
PLACES = (
    "/",
    "/documents",
    "/documents/plan/versions/0",
    "/delegation",
    "/record",
    "/rounds",
    "/rounds/1",
    PAGE,
    f"{PAGE}/ministries.docx",
    "/documents/plan/rounds/1/desk",
    "/documents/plan/rounds/1/files",
    "/rounds/1/package.ru.zip",
    "/documents/plan/rounds/1/tracked.ru.docx",
    "/documents/plan/rounds/1/packet.ru.zip",
)


@pytest.mark.parametrize("who", ["secretariat", "chair", "observer", "administrator", "IND"])
def test_no_word_of_a_ministrys_file_reaches_anybody_else(browser, world, belarus, caplog, who):
    round_ = make_round(world, Visibility.OPEN)
    words = f"Стороны создают {CANARY} обмена опытом."
    sent_back(round_, belarus, f"Министерство {CANARY}", round_.amended("p2", words), why=f"{CANARY} потому")
    sent_back(round_, belarus, "Минюст", round_.amended("p1", "Стороны сотрудничают."))
    assert CANARY in browser.sign_in(belarus).get(PAGE).text_content()
    press(browser, browser.get(PAGE), "p1", "take", 1)
    press(browser, browser.get(PAGE), "p2", "leave")
    submit_all(belarus)
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)

    browser.sign_in(world.actor(who) if who == "IND" else getattr(world, who))
    for place in PLACES:
        answer = browser.client.get(place, follow_redirects=True)
        assert CANARY not in _read(answer.data), place
    assert CANARY not in caplog.text
    told = db.session.execute(db.text("SELECT content || coalesce(person, '') FROM event_payload")).scalars().all()
    assert not any(CANARY in str(one) for one in told)


def _read(data: bytes) -> str:
    """Return everything that an answer says, what is packed in it included."""
    import zipfile

    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(_read(package.read(name)) for name in package.namelist())
