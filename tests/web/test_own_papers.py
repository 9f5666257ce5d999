"""Word files in the draft's own file: what changed is written into it, the rest stays, nobody's traces go out."""

import io
import re
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest

from app.docxio.bookmarks import version_of
from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from app.models import db
from app.models.documents import StoredFile
from app.negotiation.vocabulary import Outcome
from app.queries.own_files import load_own_source
from app.queries.people import load_people, names_by_code
from app.queries.texts import load_edition
from app.services import printing
from app.services.issuing import issue_version
from app.services.returned_files import understand_file
from app.text.changes import Operation
from app.text.outline import Correction, Step
from app.text.provision import Kind, States, same_text
from app.text.runs import plain
from tests.desk import LATER, close, decided, open_on
from tests.docx_lint import problems
from tests.imported import CANARIES, import_draft, newest, planted, round_on_import, sample_file
from tests.rounds import make_round, submit
from tests.web.test_papers import rename
from tests.web.test_return_uploads import INS, edited

CLEAN = "/documents/plan/versions/{}/text.ru.docx?look=own"
TRACKED = "/documents/plan/rounds/1/tracked.ru.docx"
COMPARED = "/documents/plan/compare/0-1.ru.docx"
COPY = "/documents/plan/rounds/1/copy.ru.docx"
_PARAGRAPH = re.compile(r"<w:p[ >](?:(?!<w:p[ >]).)*?</w:p>", re.DOTALL)
_OURS = re.compile(r'<w:bookmark(?:Start|End)[^<>]*/>|<w:(?:header|footer)Reference[^<>]*/>|\sw:rsid\w*="[^"]*"')


def download(browser, url, status=200):
    response = browser.client.get(url)
    assert response.status_code == status, f"{response.status_code} for {url}"
    return response


def is_own(response):
    """Whether a download stands in the draft's own file, by its name."""
    return ".own" in response.headers["Content-Disposition"]


def paragraphs(data):
    main = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return [_OURS.sub("", one) for one in _PARAGRAPH.findall(main)]


def keys(edition, kind):
    return [p.key for p in edition if p.kind is kind and plain(p.text)]


def propose(round_, world):
    """Two delegations ask for changes of the Russian sample; return what they asked for."""
    items = keys(round_.edition, Kind.PARAGRAPH)
    first = plain(round_.provision(items[0]).text)
    amended = submit(round_, world.actor("BLR"), round_.amended(items[0], first.rstrip(".") + " на основе равенства."))
    deleted = submit(round_, world.actor("CHN"), round_.of(Operation.DELETE, items[2]))
    return amended, deleted


@pytest.fixture
def asked(world):
    round_ = round_on_import(world, {"ru": sample_file("ru")})
    return round_, propose(round_, world)


def issued(world, round_, receipts):
    """Close the round, accept everything, issue Rev.1."""
    close(world, round_)
    for receipt in receipts:
        decided(world, receipt, Outcome.ACCEPTED)
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)


def read(data, world):
    """Return what a file says, changes rejected and accepted, as our own reader has it."""
    return read_revised(data, states=names_by_code(load_people(world.body)))


def says(understood, edition):
    """Whether a file says a text, keys and all; what follows it (a legend) does not count."""
    return same_text(understood.texts[: len(edition.provisions)], edition)


def test_a_tracked_draft_stands_in_the_file_that_the_draft_came_from(browser, world, asked):
    round_, _ = asked
    browser.sign_in(world.secretariat)

    response = download(browser, TRACKED)

    assert is_own(response)
    assert problems(response.data) == []
    assert says(read(response.data, world).before, round_.edition)
    source, ours = paragraphs(sample_file("ru")), set(paragraphs(response.data))
    assert sum(one not in ours for one in source) == 2


def test_a_later_version_stands_in_the_file_of_the_first(browser, world, asked):
    issued(world, *asked)
    browser.sign_in(world.secretariat)

    response = download(browser, CLEAN.format(1))

    assert is_own(response)
    assert problems(response.data) == []
    assert says(read(response.data, world).after, load_edition(newest().id, "ru"))
    source, ours = paragraphs(sample_file("ru")), set(paragraphs(response.data))
    assert sum(one not in ours for one in source) == 2


def test_the_comparison_of_two_versions_stands_in_the_file_of_the_first(browser, world, asked):
    round_, _ = asked
    issued(world, *asked)
    browser.sign_in(world.secretariat)

    response = download(browser, COMPARED)

    assert is_own(response)
    assert problems(response.data) == []
    found = read(response.data, world)
    assert says(found.before, round_.edition)
    assert says(found.after, load_edition(newest().id, "ru"))


def test_the_draft_of_a_second_round_is_tracked_on_the_first_revision(browser, world, asked):
    issued(world, *asked)
    second = open_round_again(world)
    added = keys(second.edition, Kind.ITEM)[1]
    submit(second, world.actor("KAZ"), second.of(Operation.DELETE, added), now=LATER)
    browser.sign_in(world.secretariat)

    response = download(browser, TRACKED.replace("rounds/1", "rounds/2"))

    assert is_own(response)
    assert problems(response.data) == []
    found = read(response.data, world)
    assert says(found.before, second.edition)
    assert {change.author for change in found.changes} == {"Казахстан"}


def open_round_again(world):
    """Open a second round on the newest version."""
    version = newest()
    return open_on(world, version.document_id, version.number, LATER)


def test_a_head_in_another_language_leaves_the_words_of_the_text_in_its_own(browser, world, asked):
    round_, _ = asked
    row = next(p for p in round_.edition if p.kind is Kind.ROW and isinstance(p.parts.get("who"), States))
    submit(round_, world.actor("IRN"), round_.with_states(row.key, "who", "IRN"))
    browser.sign_in(world.secretariat)

    response = download(browser, TRACKED.replace(".ru.", ".zh."))

    assert is_own(response)
    assert any("Иран" in plain(change.added) for change in read(response.data, world).changes)


def test_what_an_officer_corrected_on_import_is_no_hindrance(browser, world):
    read_first = read_draft(sample_file("ru")).texts
    paragraphs_ = [p for p in read_first if p.kind is Kind.PARAGRAPH]
    corrections = (
        Correction(paragraphs_[0].key, Step.DROP),
        Correction(paragraphs_[2].key, Step.JOIN),
        Correction(paragraphs_[4].key, kind=Kind.HEADING, level=1),
        Correction(paragraphs_[5].key, Step.DEMOTE),
    )
    round_ = round_on_import(world, {"ru": sample_file("ru")}, corrections=corrections)
    browser.sign_in(world.secretariat)

    response = download(browser, CLEAN.format(0))

    assert is_own(response)
    assert [said(p) for p in read(response.data, world).after.texts] == [said(p) for p in round_.edition]
    source, ours = paragraphs(sample_file("ru")), set(paragraphs(response.data))
    assert sum(one not in ours for one in source) == 3


def said(provision):
    return {name: plain(content) for name, content in provision.parts.items() if not isinstance(content, States)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_language_goes_out_in_the_file_that_it_came_in(browser, world, language):
    import_draft(world, {code: sample_file(code) for code in ("ru", language)})
    browser.sign_in(world.secretariat)

    response = download(browser, CLEAN.format(0).replace(".ru.", f".{language}."))

    assert is_own(response)
    assert says(read(response.data, world).after, load_edition(newest().id, language))


def test_nothing_of_a_person_leaves_with_any_paper(browser, world):
    upload = planted(sample_file("ru"))
    assert [trace for trace in CANARIES if trace.encode() not in unpacked(upload)] == []
    round_ = round_on_import(world, {"ru": upload})
    submit(round_, world.actor("CHN"), round_.of(Operation.DELETE, keys(round_.edition, Kind.PARAGRAPH)[2]))
    browser.sign_in(world.secretariat)

    for url in (CLEAN.format(0), TRACKED, COPY):
        response = download(browser, url)

        assert is_own(response)
        assert [trace for trace in CANARIES if trace.encode() in unpacked(response.data)] == []


def unpacked(data):
    package = zipfile.ZipFile(io.BytesIO(data))
    return b"".join(package.read(name) for name in package.namelist())


def test_the_same_draft_gives_the_same_bytes(browser, world, asked):
    close(world, asked[0])
    browser.sign_in(world.secretariat)

    assert download(browser, TRACKED).data == download(browser, TRACKED).data


def test_the_working_copy_stands_in_the_own_file_with_changes_tracked(browser, world, asked):
    browser.sign_in(world.actor("BLR"))

    response = download(browser, COPY)

    assert is_own(response)
    assert problems(response.data) == []
    package = zipfile.ZipFile(io.BytesIO(response.data))
    assert b"<w:trackRevisions/>" in package.read("word/settings.xml")
    assert b"your changes are recorded" in package.read("word/header1.xml")
    assert version_of(read(response.data, world).marker) == asked[0].version


def test_a_working_copy_in_the_own_file_comes_back_as_what_was_asked(browser, world, asked):
    round_, _ = asked
    data = download(browser.sign_in(world.actor("BLR")), COPY).data
    key, words = next((p.key, plain(p.text)) for p in round_.edition if "международным договором" in plain(p.text))
    addition = INS.format("Да.")

    returned = edited(data, lambda xml: xml.replace(f"{words}</w:t></w:r>", f"{words}</w:t></w:r>{addition}"))
    found = understand_file(
        round_.id, returned, "by.docx", version=round_.version, language="ru", actor=world.actor("BLR")
    )

    assert found.remarks.made_on is None
    assert [(new.key, plain(new.parts["text"])) for one in found.asked for new in one.changes] == [(key, words + "Да.")]
    assert list(found.unclear) == []


def test_a_later_version_bears_its_own_date_where_the_file_had_the_first(browser, world, asked):
    issued(world, *asked)
    browser.sign_in(world.secretariat)

    response = download(browser, CLEAN.format(1))

    heads = zipfile.ZipFile(io.BytesIO(response.data))
    said = "".join(heads.read(name).decode() for name in heads.namelist() if "header" in name)
    assert "редакция от 21 апреля 2025" in said
    assert "редакция от 9 апреля 2025" not in said
    assert said.count("Проект") == 1


@pytest.mark.parametrize("name", ["rp042-itu-es", "tika-numbered"])
def test_files_of_others_go_out_as_they_came(browser, world, corpus, name):
    data = (corpus / f"{name}.docx").read_bytes()
    round_ = round_on_import(world, {"en": data})
    browser.sign_in(world.secretariat)

    response = download(browser, CLEAN.format(0).replace(".ru.", ".en."))

    assert is_own(response)
    assert says(read(response.data, world).after, round_.edition)
    assert problems(response.data) == []


def test_the_house_template_can_be_had_instead(browser, world, asked):
    browser.sign_in(world.secretariat)

    response = download(browser, f"{TRACKED}?look=house")

    assert not is_own(response)
    assert problems(response.data) == []


def test_a_draft_that_did_not_come_from_word_goes_out_in_the_house_template(browser, world):
    round_ = make_round(world)
    submit(round_, world.actor("CHN"), round_.of(Operation.DELETE, "p3"))
    browser.sign_in(world.secretariat)

    assert not is_own(download(browser, TRACKED))
    page = browser.get(f"{TRACKED}?look=own&section=s1", status=409)
    assert page.xpath("//main//a/@href")[0] == f"{TRACKED}?look=house&section=s1"


def test_pages_offer_the_own_file_first_where_there_is_one(browser, world, asked):
    browser.sign_in(world.secretariat)

    document = browser.get("/documents/plan").xpath("//a[contains(@href, 'text.ru.docx')]/@href")
    files = browser.get("/documents/plan/rounds/1/files").xpath("//a[contains(@href, 'tracked.ru.docx')]/@href")

    assert [url.partition("?")[2] for url in document] == ["look=own", "look=house"]
    assert [url.partition("?")[2] for url in files] == ["look=own", "look=house"]


def test_a_file_that_cannot_be_written_into_is_told_of_in_the_log(browser, world, asked, caplog, monkeypatch):
    broken = sample_file("ru").replace(b"word/document.xml", b"word/documents.xml")
    source = replace(load_own_source(newest(), "ru", load_people(world.body)), content=broken)
    monkeypatch.setattr(printing, "load_own_source", lambda *_: source)
    browser.sign_in(world.secretariat)

    response = download(browser, TRACKED)

    assert not is_own(response)
    assert "is not written in its own file" in caplog.text


def test_a_version_in_its_own_file_is_served_as_it_first_went_out(browser, world, asked):
    issued(world, *asked)
    browser.sign_in(world.secretariat)
    before = download(browser, CLEAN.format(1)).data
    rename(world)

    after = download(browser, CLEAN.format(1)).data

    assert after == before
    kept = db.session.scalars(db.select(StoredFile).where(StoredFile.name == "plan.rev1.ru.own.docx")).one()
    assert kept.sha256 == sha256(after).hexdigest()


def test_a_draft_that_can_be_discarded_is_not_kept_in_its_own_file(browser, world):
    import_draft(world, {"ru": sample_file("ru")})
    browser.sign_in(world.secretariat)

    download(browser, CLEAN.format(0))

    assert db.session.scalars(db.select(StoredFile).where(StoredFile.purpose == "issued")).all() == []
