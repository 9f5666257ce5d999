"""Word files that others made are imported through the screens, read there, and exported with equal text."""

import io

import pytest

from app.docxio.clean import clean
from app.docxio.reader import read_draft
from app.docxio.sheets import Sheet
from app.models import db
from app.models.documents import Document, Version
from app.queries.texts import load_edition
from app.text.provision import States
from app.text.runs import plain
from tests.pages import Browser
from tests.world import make_world

FILES = {"un-wgig": "en", "rp042-itu-es": "en", "tika-numbered": "en", "sdk-comment-cjk": "zh"}
"""File to the language of the body it is imported under."""


@pytest.fixture
def app(tmp_path, clock):
    """The application on an empty database: the journeys' own app has the sample."""
    from tests.conftest import application

    app = application(tmp_path, clock)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def printed(provisions):
    """Return what each provision prints, labels and cells included, without its spacing; nothing empty."""
    found = (
        p.label + "".join(plain(c) for c in p.parts.values() if c and not isinstance(c, States)) for p in provisions
    )
    return [words for one in found if (words := "".join(one.split()))]


def imported(browser, data, name, language):
    """Import a file through the pages, as an officer does, and return what was stored."""
    browser.post(
        "/documents/new",
        {
            "slug": "foreign",
            f"title_{language}": "A text of others",
            "type_of_paper": "other",
            "negotiating_language": language,
            "symbol": "",
        },
    )
    page = browser.post(
        f"/documents/foreign/import/{language}",
        {"file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )
    browser.press(page, "Save as the first draft")
    version = db.session.scalars(
        db.select(Version.id).join(Document, Document.id == Version.document_id).where(Document.slug == "foreign")
    ).one()
    return load_edition(version, language)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_others_is_imported_read_on_the_desk_exported_with_equal_text(app, corpus, name):
    source = corpus / f"{name}.docx"
    if not source.is_file():
        pytest.skip(f"{source.name} is not in the corpus")
    language = FILES[name]
    browser = Browser(app).sign_in(make_world().secretariat)

    edition = imported(browser, source.read_bytes(), source.name, language)
    desk = browser.get("/documents/foreign/versions/0?whole=yes")
    download = browser.get(f"/documents/foreign/versions/0/text.{language}.docx")

    assert printed(edition)
    shown = "".join("".join(desk.xpath("//main//text()")).split())
    long_ones = [words for p in edition if len(words := "".join(plain(p.text).split())) > 40 and "\ufffc" not in words]
    assert [words for words in long_ones[:200] if words not in shown] == []
    assert printed(read_draft(clean(edition, Sheet(language))).texts) == printed(edition)
    # The paper itself has a head above the text.
    paper = "".join(printed(read_draft(download.data).texts))
    assert paper.endswith("".join(printed(edition)))
