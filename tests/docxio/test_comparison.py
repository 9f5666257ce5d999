"""The comparison of two versions, read by LibreOffice."""

from dataclasses import replace
from datetime import date

import pytest

from app.docxio.comparison import comparison
from app.text.composing import wished
from app.text.provision import TEXT, Edition, Kind, Provision
from app.text.runs import text
from tests.docx_lint import problems, schema_problems
from tests.docxio.papers import CODES, edition, sheet
from tests.docxio.shown import Page, assert_shows
from tests.docxio.wishes import states, wishes

ISSUED = date(2025, 5, 28)
LANGUAGES = ("ru", "zh", "en")


def versions(language):
    """Return a version and the next: words, rows, states, a note, numbers."""
    old, asked = wishes(language)
    new = wished(old, [w for w in asked if w.sponsor == "IN"], CODES, "IN").provisions
    new = [p for p in new if p.key != "i1"]
    new = [replace(p, label="1)") if p.key == "i2" else p for p in new]
    new = [replace(p, parts={**p.parts, "who": states("RU", "UZ", "KG")}) if p.key == "r2" else p for p in new]
    place = next(i for i, p in enumerate(new) if p.key == "p3")
    new.insert(place, Provision("x1", Kind.PARAGRAPH, 0, "h1", {TEXT: text("R&D")}, "2 bis."))
    new.append(new.pop(next(i for i, p in enumerate(new) if p.key == "pre")))
    return old, Edition(language, tuple(new))


def page(language):
    return Page(sheet(language), {("r2", "who")}, {"fn1"}, {"fn1"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_passes_the_lint(language):
    assert problems(comparison(*versions(language), sheet(language), "Rev.1", ISSUED)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_follows_the_schema(language):
    found = schema_problems(comparison(*versions(language), sheet(language), "Rev.1", ISSUED))

    if found is None:
        pytest.skip("the ISO/IEC 29500 schemas are absent (CHAPEAU_OOXML_XSD)")
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rejecting_everything_gives_the_old_version(libreoffice, language):
    old, new = versions(language)

    reply = libreoffice.rejected(comparison(old, new, sheet(language), "Rev.1", ISSUED))

    assert_shows(reply, page(language).blocks(old))


@pytest.mark.parametrize("language", LANGUAGES)
def test_accepting_everything_gives_the_new_version(libreoffice, language):
    old, new = versions(language)

    reply = libreoffice.accepted(comparison(old, new, sheet(language), "Rev.1", ISSUED))

    assert_shows(reply, page(language).blocks(new))


def test_equal_versions_have_no_changes(libreoffice):
    reply = libreoffice.as_marked(comparison(edition("ru"), edition("ru"), sheet("ru"), "Rev.1", ISSUED))

    assert (reply["left"], reply["authors"]) == (0, [])


def test_the_author_is_the_version(libreoffice):
    reply = libreoffice.as_marked(comparison(*versions("ru"), sheet("ru"), "Rev.1", ISSUED))

    assert reply["authors"] == ["Rev.1"]
