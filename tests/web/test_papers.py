"""Word files to download: who gets which, under what name, with whose words in them, and never other bytes."""

import io
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
from docx import Document as WordDocument
from sqlalchemy import select

from app.models import db
from app.models.accounts import User
from app.models.bodies import Delegation
from app.models.documents import StoredFile
from app.models.record import Event
from app.negotiation.vocabulary import Category, Channel, DelegationKind, Outcome, PositionKind, Role, Visibility
from app.services import bodies, decisions, positions, proposals, releases
from app.services._unit import record, use_case
from app.services.issued_files import store_issued_files
from app.services.issuing import issue_version
from app.services.proposals import NewProposal
from app.text.changes import Operation
from app.text.provision import TEXT, Edition, Place
from app.text.runs import text
from tests.desk import LATER, change_of, close, decided, make_bilingual
from tests.rounds import CLOSED, make_round, submit
from tests.world import DAY, NOON, make_document, paragraph, small_plan

ROUND = "/documents/plan/rounds/1"
CLEAN = "/documents/plan/versions/0/text.ru.docx"
FORMS = ("tracked", "bracketed", "table")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(browser, url, status=200):
    response = browser.client.get(url)
    assert response.status_code == status, f"{response.status_code} for {url}"
    return response


def words(data):
    """Return every character of every part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def said(data):
    """Return the text of a Word file's body, tables and all, without its tags."""
    document = WordDocument(io.BytesIO(data))
    return "".join(t.text or "" for t in document.element.body.iter() if t.tag.endswith(("}t", "}delText")))


def rows(data):
    """Return the cells of the compilation table, heading left out."""
    table = WordDocument(io.BytesIO(data)).tables[-1]
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


@pytest.fixture
def asked(world):
    """An open round with three delegations' wishes, a remark and a letter."""
    round_ = make_round(world)
    submit(
        round_, world.actor("IRN"), round_.amended("p1", "Стороны развивают тесное сотрудничество в цифровой сфере.")
    )
    submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p3"), why="Уже сказано.")
    submit(
        round_, world.actor("CHN"), round_.with_states("r1", "who", "KAZ", "RUS", "CHN"), why="Китай присоединяется."
    )
    return round_


# -- who gets what


def readers(world):
    return {
        "secretariat": world.secretariat,
        "chair": world.chair,
        "focal point": world.actor("BLR"),
        "expert": world.actor("BLR", Role.EXPERT),
        "observer": world.observer,
        "administrator": world.administrator,
    }


MEMBERS = ("secretariat", "chair", "focal point", "expert")


@pytest.mark.parametrize("who", [*MEMBERS, "observer", "administrator"])
def test_files_of_an_open_round_are_for_members(browser, world, asked, who):
    browser.sign_in(readers(world)[who])
    expected = 200 if who in MEMBERS else 404

    for form in FORMS:
        download(browser, f"{ROUND}/{form}.ru.docx", expected)
    download(browser, CLEAN, expected)


@pytest.mark.parametrize("who", MEMBERS)
def test_files_of_a_sealed_round_are_for_delegations_once_it_is_closed(browser, world, who):
    round_ = make_round(world, Visibility.AT_CLOSE)
    submit(round_, world.actor("IRN"), round_.of(Operation.DELETE, "p3"))
    browser.sign_in(readers(world)[who])

    for form in FORMS:
        download(browser, f"{ROUND}/{form}.ru.docx", 200 if who in ("secretariat", "chair") else 404)
    close(world, round_)
    for form in FORMS:
        download(browser, f"{ROUND}/{form}.ru.docx")


def test_nobody_gets_files_without_signing_in(browser, world, asked):
    for url in (CLEAN, *(f"{ROUND}/{form}.ru.docx" for form in FORMS), "/documents/plan/compare/0-0.ru.docx"):
        response = download(browser, url, 302)

        assert "sign-in" in response.location


def test_members_of_another_body_get_nothing(browser, world, asked):
    browser.sign_in(other_body(world))

    for url in (CLEAN, *(f"{ROUND}/{form}.ru.docx" for form in FORMS), "/documents/plan/compare/0-0.ru.docx"):
        download(browser, url, 404)


def other_body(world):
    """Return an officer of another body."""
    from app.negotiation.actors import system
    from app.queries.members import list_memberships

    body = bodies.create_body(
        "other",
        names={"en": "Other"},
        zone="UTC",
        languages=["ru"],
        rules={},
        delegations=[bodies.NewDelegation("SEC", DelegationKind.SECRETARIAT, {"en": {"short": "Secretariat"}})],
        actor=system(),
        now=NOON,
    )
    user = User(email="o@example.org", name="Other officer", fs_uniquifier="other", created_at=NOON)
    db.session.add(user)
    db.session.commit()
    public_id = user.public_id
    desk = db.session.scalar(select(Delegation.id).where(Delegation.body_id == body))
    bodies.add_membership(public_id, desk, Role.SECRETARIAT, actor=system(body), now=NOON)
    return list_memberships(public_id)[0].actor


def test_an_observer_gets_the_clean_text_that_was_released_until_it_is_taken_back(browser, world, asked):
    seen = world.delegations["OBS"]
    browser.sign_in(world.observer)

    releases.release_version("plan", 0, seen, actor=world.secretariat, now=NOON)
    download(browser, CLEAN)
    download(browser, "/documents/plan/compare/0-0.ru.docx", 404)
    for form in FORMS:
        download(browser, f"{ROUND}/{form}.ru.docx", 404)
    releases.take_back_release("plan", 0, seen, actor=world.secretariat, now=NOON)
    download(browser, CLEAN, 404)


@pytest.mark.parametrize(
    "url",
    [
        "/documents/plan/versions/7/text.ru.docx",
        "/documents/plan/versions/0/text.zh.docx",
        "/documents/plan/versions/0/text.fr.docx",
        "/documents/none/versions/0/text.ru.docx",
        "/documents/plan/compare/0-7.ru.docx",
        "/documents/plan/rounds/7/table.ru.docx",
        "/documents/plan/rounds/1/table.fr.docx",
        "/documents/other/rounds/1/tracked.ru.docx",
    ],
)
def test_what_is_not_there_is_not_found(browser, world, asked, url):
    make_document(world, "other")
    browser.sign_in(world.secretariat)

    download(browser, url, 404)


def test_a_draft_without_a_round_is_the_secretariats(browser, world):
    make_document(world)

    download(browser.sign_in(world.secretariat), CLEAN)
    download(browser.sign_in(world.actor("BLR")), CLEAN, 404)


# -- names, kinds, bytes


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (CLEAN, "plan.v0.ru.docx"),
        (f"{ROUND}/tracked.zh.docx", "plan.v0.round1.tracked.zh.docx"),
        (f"{ROUND}/bracketed.ru.docx", "plan.v0.round1.bracketed.ru.docx"),
        (f"{ROUND}/table.en.docx", "plan.v0.round1.table.en.docx"),
        ("/documents/plan/compare/0-0.ru.docx", "plan.v0-v0.ru.docx"),
    ],
)
def test_a_file_is_an_attachment_with_a_speaking_name(browser, world, asked, url, name):
    response = download(browser.sign_in(world.secretariat), url)

    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert response.mimetype == WORD
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["ru", "zh", "en"])
def test_no_persons_name_stands_in_any_file(browser, world, asked, form, language):
    persons = db.session.execute(select(User.name, User.email)).all()
    data = download(browser.sign_in(world.secretariat), f"{ROUND}/{form}.{language}.docx").data

    found = words(data)

    assert [p for person in persons for p in person if p in found] == []
    assert "/tmp" not in found


def test_the_same_state_gives_the_same_bytes(browser, world, asked):
    close(world, asked)
    browser.sign_in(world.chair)

    for form in FORMS:
        one, two = (download(browser, f"{ROUND}/{form}.ru.docx").data for _ in range(2))
        assert one == two


# -- what stands in them


def test_a_print_of_a_running_round_says_as_at_when(browser, world, asked, clock):
    clock.at = NOON + 10 * DAY / 24
    browser.sign_in(world.secretariat)

    russian = said(download(browser, f"{ROUND}/bracketed.ru.docx").data)
    close(world, asked)
    closed = said(download(browser, f"{ROUND}/bracketed.ru.docx").data)

    assert "по состоянию на 22:00 10 апреля 2025\u00a0г." in russian
    assert "по состоянию" not in closed


def test_changes_bear_the_day_the_round_closed(browser, world, asked):
    close(world, asked)

    found = words(download(browser.sign_in(world.actor("RUS")), f"{ROUND}/tracked.ru.docx").data)

    day = CLOSED.date().isoformat()
    assert f'w:date="{day}T00:00:00Z"' in found
    assert 'w:author="Иран"' in found


def test_a_justification_is_a_comment(browser, world, asked):
    found = words(download(browser.sign_in(world.actor("RUS")), f"{ROUND}/tracked.ru.docx").data)

    assert "Уже сказано." in found


def test_what_does_not_stand_is_in_no_file(browser, world, asked, clock):
    canaries = {
        "withdrawn": submit(asked, world.actor("KAZ"), asked.amended("p2", "Стороны КАНАРЕЙКА1 платформу.")),
        "late": submit(asked, world.actor("UZB"), asked.amended("p2a", "КАНАРЕЙКА2;"), now=CLOSED),
    }
    remarked = submit(asked, world.actor("KAZ"), remark(asked, "КАНАРЕЙКА5"), why="КАНАРЕЙКА6")
    proposals.withdraw_proposal(remarked.proposal, actor=world.actor("KAZ"), now=NOON)
    submit(asked, world.actor("UZB"), remark(asked, "КАНАРЕЙКА7"), now=CLOSED)
    proposals.withdraw_proposal(canaries["withdrawn"].proposal, actor=world.actor("KAZ"), now=NOON)
    oral = NewProposal(Category.SUBSTANTIVE, "КАНАРЕЙКА4", [asked.amended("p2b", "КАНАРЕЙКА3.")], channel=Channel.ORAL)
    proposals.enter_oral(asked.id, world.delegations["TJK"], oral, token="oral", actor=world.secretariat, now=NOON)
    for actor in (world.secretariat, world.chair, world.actor("KAZ"), world.actor("UZB")):
        browser.sign_in(actor)
        for form in FORMS:
            assert "КАНАРЕЙКА" not in words(download(browser, f"{ROUND}/{form}.ru.docx").data)


def test_the_table_lists_remarks_first_then_the_order_of_the_text(browser, world, asked):
    submit(asked, world.actor("UZB"), remark(asked, "В целом поддерживаем."), why="")
    submit(asked, world.actor("RUS"), asked.of(Operation.DELETE, "p1"), why="Лишнее.")

    found = rows(download(browser.sign_in(world.secretariat), f"{ROUND}/table.ru.docx").data)

    assert [(row[1], row[3]) for row in found] == [
        ("Документ в целом", "Узбекистан"),
        ("пункт 1", "Иран"),
        ("пункт 1", "Россия"),
        ("пункт 3", "Беларусь"),
        ("строка 1.1", "Китай"),
    ]


def remark(round_, words_):
    return round_.of(Operation.COMMENT, "", comment=words_)


def test_a_deletion_that_leaves_what_stands_under_it_says_so(browser, world):
    round_ = make_round(world)
    submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p2", alone=True))

    (row,) = rows(download(browser.sign_in(world.secretariat), f"{ROUND}/table.ru.docx").data)

    assert "Исключить.\nПодчинённые положения остаются." in "\n".join(row)


def test_a_new_paragraph_is_cited_by_its_place(browser, world, asked):
    block = (paragraph("new", "Стороны обмениваются опытом.", parent="s1", level=1),)
    new = asked.of(Operation.INSERT, "new", place=Place("s1", "p1"), block=block)
    submit(asked, world.actor("KGZ"), new)
    browser.sign_in(world.secretariat)

    table = rows(download(browser, f"{ROUND}/table.ru.docx").data)
    tracked = said(download(browser, f"{ROUND}/tracked.ru.docx").data)

    assert ["новое положение; место – после: пункт 1", "Стороны обмениваются опытом."] in [[r[1], r[4]] for r in table]
    assert "1 бис" in tracked


def test_a_recommendation_is_for_the_secretariat_until_it_is_shared(browser, world):
    round_ = make_round(world)
    receipt = submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p3"))
    close(world, round_)
    change = change_of(receipt)
    url = f"{ROUND}/table.ru.docx"

    decisions.recommend(change, "Сохранить пункт.", shared=False, actor=world.secretariat, now=LATER)
    assert "Сохранить пункт." in said(download(browser.sign_in(world.chair), url).data)
    assert "Сохранить пункт." not in said(download(browser.sign_in(world.actor("BLR")), url).data)
    decisions.recommend(change, "Обсудить.", shared=True, actor=world.secretariat, now=LATER)
    assert "Обсудить." in said(download(browser, url).data)


def test_results_are_for_delegations_once_the_round_is_concluded(browser, world):
    round_ = make_round(world)
    receipt = submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p3"))
    close(world, round_)
    decided(world, receipt, Outcome.NOT_ACCEPTED, reason="Положение нужно.")
    url = f"{ROUND}/table.ru.docx"
    result = "Не учтено (консенсус не достигнут): Положение нужно."

    assert result in said(download(browser.sign_in(world.secretariat), url).data)
    assert result not in said(download(browser.sign_in(world.actor("BLR")), url).data)
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    assert result in said(download(browser, url).data)


def test_a_position_is_a_footnote_of_the_bracketed_draft(browser, world, asked):
    receipt = submit(asked, world.actor("KGZ"), asked.amended("p2b", "проводят встречи."))
    positions.take_position(receipt.proposal, PositionKind.OBJECTS, actor=world.actor("IND"), now=NOON)

    found = words(download(browser.sign_in(world.secretariat), f"{ROUND}/bracketed.ru.docx").data)

    assert "возражает против данного предложения" in found


def test_a_request_to_keep_the_text_is_a_footnote(browser, world, asked):
    submit(asked, world.actor("KGZ"), asked.of(Operation.NO_CHANGE, "p3"))

    found = words(download(browser.sign_in(world.secretariat), f"{ROUND}/bracketed.ru.docx").data)

    assert "предлагает сохранить редакцию пункта" in found


def test_a_wording_in_another_language_stands_beside_as_a_comment(browser, world, asked):
    change = replace(asked.of(Operation.DELETE, "p2a"), language="zh")
    submit(asked, world.actor("CHN"), change, why="俄文本无此内容。")

    found = words(download(browser.sign_in(world.secretariat), f"{ROUND}/tracked.ru.docx").data)

    assert "На китайском языке: Исключить." in found


# -- issued files


def issued(world):
    """Issue Rev.1 out of a round in which a paragraph was deleted."""
    round_ = make_round(world)
    receipt = submit(round_, world.actor("BLR"), round_.of(Operation.DELETE, "p3"))
    close(world, round_)
    decided(world, receipt, Outcome.ACCEPTED, reason="")
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    return "/documents/plan/versions/1/text.ru.docx"


def test_an_issued_file_is_served_as_it_was_issued_ever_after(browser, world):
    url = issued(world)
    store_issued_files("plan", 1, actor=world.secretariat, now=LATER)
    before = download(browser.sign_in(world.actor("BLR")), url).data
    rename(world)

    after = download(browser, url).data

    kept = db.session.scalars(select(StoredFile).where(StoredFile.purpose == "issued")).one()
    assert sha256(after).hexdigest() == sha256(before).hexdigest() == kept.sha256


def test_no_persons_name_stands_in_an_issued_file(browser, world):
    url = issued(world)
    persons = [p for row in db.session.execute(select(User.name, User.email)) for p in row]
    browser.sign_in(world.secretariat)

    found = words(download(browser, url).data) + words(download(browser, "/documents/plan/compare/0-1.ru.docx").data)

    assert [person for person in persons if person in found] == []


def test_each_language_has_its_own_file_and_head(browser, world):
    russian = small_plan()
    chinese = Edition("zh", tuple(replace(p, parts={TEXT: text("各方开展合作。")}) for p in russian if TEXT in p.parts))
    make_bilingual(world, Edition("ru", tuple(p for p in russian if TEXT in p.parts)), chinese)
    browser.sign_in(world.secretariat)

    found = {
        language: said(download(browser, f"/documents/plan/versions/1/text.{language}.docx").data)
        for language in ("ru", "zh")
    }

    assert "Проект" in found["ru"]
    assert "草案（第二稿）" in found["zh"]
    assert "各方开展合作。" in found["zh"]
    download(browser, "/documents/plan/versions/1/text.en.docx", 404)


@use_case
def _rename(delegation_id, *, actor, now):
    from app.models.bodies import Body

    body = db.session.get_one(Body, actor.body)
    body.zone = "Pacific/Honolulu"
    record("body.change", body)


def rename(world):
    """Change what a head printed now would say: the zone its days are in."""
    _rename(None, actor=world.secretariat, now=LATER)


def test_the_first_download_keeps_the_file(browser, world):
    url = issued(world)

    first = download(browser.sign_in(world.actor("BLR")), url).data
    second = download(browser.sign_in(world.secretariat), url).data

    events = db.session.scalars(select(Event).where(Event.action == "version.keep_file")).all()
    assert first == second
    assert [event.role for event in events] == [Role.SYSTEM]


def test_a_draft_that_can_be_discarded_is_not_kept(browser, world):
    make_document(world)

    download(browser.sign_in(world.secretariat), CLEAN)

    assert db.session.scalars(select(StoredFile)).all() == []


def test_a_comparison_shows_what_changed(browser, world):
    issued(world)

    data = download(browser.sign_in(world.actor("BLR")), "/documents/plan/compare/0-1.ru.docx").data

    assert 'w:author="Rev.1"' in words(data)
    assert "План не является международным договором." in said(data)
    assert "изменения к редакции от 10 апреля 2025" in said(data)
