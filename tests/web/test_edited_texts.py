"""The resulting text goes to Word and comes back: what differs is shown, taken or left, issued, and recorded."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from app import create_app
from app.config import Settings
from app.models import db, schema
from app.models.record import Event, EventPayload
from app.models.returns import EditedText
from app.negotiation.vocabulary import Outcome
from app.queries.issuing import next_version
from app.services import returns
from app.services.issuing import issue_version
from app.services.verification import verify
from app.text.changes import Operation
from app.text.provision import TEXT, Kind, Place, Provision
from app.text.runs import plain, text
from tests.conftest import Clock
from tests.desk import LATER, chinese, close, decided, desk, make_bilingual, open_on, worded, words
from tests.docxio.handmade import docx, p
from tests.office import saved_by_office
from tests.pages import Browser
from tests.rounds import make_round, submit
from tests.word_edits import added, edited, moved, removed, replaced, tracked
from tests.world import DAY, NOON, make_document, make_world, small_plan

MINUTE = timedelta(minutes=1)
FORM = "Стороны формируют единую платформу обмена опытом."
WORD = "/documents/plan/rounds/1/word"


@pytest.fixture(autouse=True)
def _later(clock):
    clock.at = LATER


@pytest.fixture
def round_(world):
    """A closed round in which paragraph 2 was worded anew and paragraph 3 left as it was."""
    found = make_round(world)
    one = submit(found, world.actor("BLR"), found.amended("p2", FORM))
    two = submit(found, world.actor("IND"), found.amended("p3", "План – договор."))
    close(world, found)
    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.NOT_ACCEPTED, reason="Консенсус не достигнут.")
    return found


@pytest.fixture
def officer(browser, world):
    return browser.sign_in(world.secretariat)


def downloaded(browser, language="ru"):
    return browser.get(f"/documents/plan/rounds/1/result.{language}.docx").data


def upload(browser, data, status=200, name="result.docx", language="ru"):
    sent = {"file": (io.BytesIO(data), name), "text": language}
    return browser.post(WORD, sent, status=status, content_type="multipart/form-data")


def taken(browser, page, **fields):
    return browser.press(page, "Take what is ticked into the resulting text", **fields)


def said(page, path="//main"):
    return " ".join(" ".join(page.xpath(f"{path}//text()")).split())


def kinds(page):
    return [" ".join(s.text_content().split()) for s in page.xpath("//section//p[@class='where']")]


EDITS = (
    replaced("развивают сотрудничество", "укрепляют сотрудничество"),
    tracked("формируют", "образуют"),
    added("обмена опытом", "Стороны назначают ответственных."),
    removed("План не является"),
    moved("обмениваются информацией", "проводят консультации"),
)


def test_what_was_edited_in_word_is_shown_taken_issued_and_recorded(officer, world, round_):
    page = upload(officer, edited(downloaded(officer), *EDITS))

    assert sorted(one.rsplit(" ", 1)[-1] for one in kinds(page)) == ["added", "deleted", "differs", "differs", "moved"]
    assert "Консенсус не достигнут." in said(page)
    page = taken(officer, page)
    assert "Nothing differs any more" in said(page)

    page = officer.get("/documents/plan/rounds/1/issue")
    assert "differs from the decisions in 5 places" in said(page)
    assert said(page).count("by Word") == 5
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    now = words(round_, 1)
    assert now["p1"] == "Стороны укрепляют сотрудничество в цифровой сфере."
    assert now["p2"] == "Стороны образуют единую платформу обмена опытом."
    (new,) = [key for key in now if key not in words(round_, 0)]
    assert now[new] == "Стороны назначают ответственных."
    assert [key for key in now if key.startswith("p") or key == new] == ["p1", "p2", new, "p2b", "p2a"]
    assert verify(db.session) == ()
    (event,) = db.session.scalars(db.select(Event).where(Event.action == "resolution.take"))
    payload = db.session.get(EventPayload, (event.chain_id, event.seq))
    assert '"places":5' in payload.content
    assert "result.docx" not in payload.content
    assert "result.docx" in payload.person


@pytest.mark.needs("soffice")
def test_a_text_saved_as_another_kind_of_file_is_read_too(officer, world, round_, tmp_path):
    data = saved_by_office(edited(downloaded(officer), tracked("формируют", "образуют")), "odt", tmp_path)

    page = upload(officer, data, name="result.odt")

    assert page.xpath("//section//ins[text()='образуют']")


def test_what_is_not_ticked_stays_as_it_was_decided(officer, world, round_):
    page = upload(officer, edited(downloaded(officer), *EDITS))
    page = officer.press(page, "Tick none")
    assert not page.xpath("//input[@name='take'][@checked]")
    page = officer.press(page, "Tick all")
    assert len(page.xpath("//input[@name='take'][@checked]")) == 5
    (wording,) = page.xpath("//section[.//ins[text()='образуют']]//input[@name='take']/@value")

    page = taken(officer, page, take=[wording])

    assert "4 differences, 1 taken or so already" in said(page)
    assert plain(next_version(desk(world)).editions["ru"].by_key()["p2"].text).startswith("Стороны образуют")
    assert "p3" in next_version(desk(world)).editions["ru"].by_key()


def test_taking_nothing_is_told(officer, round_):
    page = upload(officer, edited(downloaded(officer), *EDITS))

    page = officer.press(page, "Take what is ticked into the resulting text", status=422, take=[])

    assert "Tick what is to be taken." in said(page)


def test_what_is_worded_on_the_desk_after_the_download_is_not_overwritten_unseen(officer, world, round_, clock):
    data = downloaded(officer)
    worded(round_, "p1", "Стороны сотрудничают.", actor=world.chair, now=LATER + MINUTE)
    worded(round_, "p3", "План не договор.", actor=world.chair, now=LATER + MINUTE)
    clock.at = LATER + 2 * MINUTE

    page = upload(officer, edited(data, replaced("План не является", "План никогда не является")))

    assert len(page.xpath("//section")) == 2
    assert said(page).count("after this file was downloaded") == 2
    assert not page.xpath("//input[@name='take'][@checked]")


def test_a_tracked_change_stands_on_top_of_what_was_worded_on_the_desk_meanwhile(officer, world, round_, clock):
    data = downloaded(officer)
    seen = worded(round_, "p2", FORM.replace("единую", "общую"), actor=world.chair, now=LATER + MINUTE)
    clock.at = LATER + 2 * MINUTE

    page = upload(officer, edited(data, tracked("формируют", "образуют")))
    taken(officer, page)

    assert seen == 1
    assert (
        plain(desk(world).resolutions["p2", "ru"].text.parts[TEXT]) == "Стороны образуют общую платформу обмена опытом."
    )


def test_a_page_that_is_out_of_date_takes_nothing_and_loses_nothing(officer, world, round_):
    page = upload(officer, edited(downloaded(officer), *EDITS))
    worded(round_, "p2", FORM.replace("единую", "общую"), actor=world.chair)

    page = officer.press(page, "Take what is ticked into the resulting text", status=412)

    assert "changed on the desk while you were looking" in said(page)
    assert list(desk(world).resolutions) == [("p2", "ru")]
    assert len(page.xpath("//input[@name='take'][@checked]")) == 5
    taken(officer, page)
    assert (
        plain(desk(world).resolutions["p2", "ru"].text.parts[TEXT]) == "Стороны образуют общую платформу обмена опытом."
    )


def test_both_cannot_be_had_where_the_same_words_were_worded_anew(officer, world, round_):
    page = upload(officer, edited(downloaded(officer), tracked("формируют", "образуют")))
    worded(round_, "p2", FORM.replace("формируют", "имеют"), actor=world.chair)

    page = officer.get(officer.url)

    assert "word it there, or upload the file anew" in said(page)
    assert not page.xpath("//input[@name='take']")


def test_an_unchanged_file_is_told_to_be_one(officer, round_):
    page = upload(officer, downloaded(officer), status=422)

    assert "says what the resulting text says" in said(page, "//div[@role='alert']")


def test_what_is_no_word_file_is_refused_in_words(officer, round_):
    page = upload(officer, b"%PDF-1.7 ...", status=422)

    assert "PDF" in said(page, "//div[@role='alert']")


def test_the_file_of_another_text_is_refused_in_words(officer, round_):
    page = upload(officer, docx(p("Something else altogether.")), status=422)

    assert "not the resulting text of this document" in said(page, "//div[@role='alert']")


def test_the_file_of_another_document_of_the_round_is_refused_in_words(officer, world, round_):
    data = downloaded(officer)
    close(world, open_on(world, make_document(world, "other", small_plan())))

    page = officer.post(
        "/documents/other/rounds/2/word",
        {"file": (io.BytesIO(edited(data, *EDITS)), "x.docx"), "text": "ru"},
        status=422,
        content_type="multipart/form-data",
    )

    assert "another document, version or round" in said(page, "//div[@role='alert']")


def test_a_copy_of_the_text_before_the_decisions_is_refused_in_words(browser, world, clock):
    clock.at = NOON
    found = make_round(world)
    one = submit(found, world.actor("BLR"), found.amended("p2", FORM))
    data = browser.sign_in(world.actor("BLR")).get("/documents/plan/rounds/1/copy.ru.docx").data
    close(world, found)
    decided(world, one, Outcome.ACCEPTED)
    clock.at = LATER

    page = upload(browser.sign_in(world.secretariat), edited(data, EDITS[0]), status=422)

    assert "download the resulting text" in said(page, "//div[@role='alert']")


def test_what_a_delegation_proposed_keeps_its_place_its_key_and_its_origin(officer, world):
    found = make_round(world)
    block = (Provision("new", Kind.PARAGRAPH, 1, "s1", {TEXT: text("Стороны обмениваются данными.")}),)
    new = replace(found.of(Operation.INSERT, ""), place=Place("s1", "p1"), block=block)
    one = submit(found, world.actor("BLR"), new)
    close(world, found)
    decided(world, one, Outcome.ACCEPTED)
    (key,) = [r.change.key for r in desk(world).case("after.p1").readings]
    officer.get("/documents/plan/rounds/1/desk/after.p1")

    edits = replaced("обмениваются данными", "делятся данными"), added("обмениваются данными", "После него ещё один.")
    taken(officer, upload(officer, edited(downloaded(officer), *edits[::-1])))

    now = next_version(desk(world)).editions["ru"]
    assert [plain(p.text) for p in now][3:5] == ["Стороны делятся данными.", "После него ещё один."]
    assert now.provisions[3].key == key
    officer.get("/documents/plan/rounds/1/desk/after.p1")
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    assert verify(db.session) == ()


def test_a_block_of_which_a_part_is_left_can_still_be_worded_on_the_desk(officer, world):
    found = make_round(world)
    block = tuple(Provision(f"n{n}", Kind.PARAGRAPH, 1, "s1", {TEXT: text(f"Новый абзац {n}.")}) for n in (1, 2))
    new = replace(found.of(Operation.INSERT, ""), place=Place("s1", "p1"), block=block)
    one = submit(found, world.actor("BLR"), new)
    close(world, found)
    decided(world, one, Outcome.ACCEPTED)

    taken(officer, upload(officer, edited(downloaded(officer), removed("Новый абзац 1"))))

    page = officer.get("/documents/plan/rounds/1/desk/after.p1")
    assert len(page.xpath("//form[@id='decide']//textarea")) == 1
    assert "Новый абзац 1." in said(officer.press(page, "Edit the text"), "//li[@id='reading-1']")
    officer.press(page, "Record and go on", part_t0_0_0="Новый абзац, второй.")
    now = [plain(p.text) for p in next_version(desk(world)).editions["ru"]]
    assert now[3] == "Новый абзац, второй."
    assert "Новый абзац 1." not in now


def test_a_translation_takes_its_words_and_nothing_of_what_stands_where(officer, world):
    found = open_on(world, make_bilingual(world, small_plan(), chinese()), 1)
    close(world, found)
    worded(found, "p1", "Стороны сотрудничают.", actor=world.chair)
    data = edited(downloaded(officer, "zh"), replaced("发展合作", "开展合作"), removed("不是国际条约"))

    page = upload(officer, data, language="zh")
    assert "decided in the negotiating text" in said(page)
    taken(officer, page)

    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    now = words(found, 2, "zh")
    assert now["p1"] == "各方在数字领域开展合作。"
    assert "p3" in now
    assert verify(db.session) == ()


@pytest.mark.parametrize("who", ["BLR", "observer", "administrator"])
def test_only_chair_and_secretariat_see_any_of_it(browser, world, round_, who):
    browser.sign_in(world.secretariat)
    upload(browser, edited(downloaded(browser), *EDITS))
    address = browser.url
    browser.sign_in(world.actor("BLR") if who == "BLR" else getattr(world, who))

    for url in (WORD, address, f"{address}/file", "/documents/plan/rounds/1/result.ru.docx"):
        browser.get(url, status=404)
    browser.post(address, {"act": "take"}, status=404)
    browser.post(f"{address}/delete", status=404)
    upload(browser, b"", status=404)


def test_the_chair_may_take_what_the_secretariat_brought_back(browser, world, round_):
    browser.sign_in(world.secretariat)
    upload(browser, edited(downloaded(browser), *EDITS))
    address = browser.url

    taken(browser.sign_in(world.chair), browser.get(address))

    assert desk(world).resolutions["p2", "ru"].by_word


def test_once_the_version_is_issued_nothing_is_taken_any_more(officer, world, round_):
    page = upload(officer, edited(downloaded(officer), *EDITS))
    address = officer.url
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)

    officer.press(page, "Take what is ticked into the resulting text", status=409)
    officer.get("/documents/plan/rounds/1/result.ru.docx", status=409)
    assert not officer.get(address).xpath("//input[@name='take']")
    assert "next version is not issued" in said(officer.get(WORD))


def test_an_upload_can_be_deleted_and_goes_by_itself(officer, world, round_):
    page = upload(officer, edited(downloaded(officer), *EDITS))
    officer.press(page, "Delete this upload")
    assert db.session.query(EditedText).count() == 0

    upload(officer, edited(downloaded(officer), *EDITS))
    returns.forget_expired(LATER + 61 * DAY)

    assert db.session.query(EditedText).count() == 0


def test_the_same_holds_on_postgresql(postgres_url, tmp_path):
    installation = Settings(instance=tmp_path, database_url=postgres_url, secret_key="a key for tests only")
    app = create_app(installation, clock=Clock(LATER))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, WTF_CSRF_CHECK_DEFAULT=False)
    with app.app_context():
        schema.upgrade(db.engine)
        world = make_world()
        found = make_round(world)
        close(world, found)
        browser = Browser(app).sign_in(world.secretariat)
        taken(browser, upload(browser, edited(downloaded(browser), EDITS[0], *EDITS[2:])))
        issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)

        assert words(found, 1)["p1"] == "Стороны укрепляют сотрудничество в цифровой сфере."
        assert [key for key in words(found, 1) if key.startswith("p2")] == ["p2", "p2b", "p2a"]
        assert verify(db.session()) == ()
        db.session.remove()
        db.engine.dispose()
