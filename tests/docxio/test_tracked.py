"""The tracked consolidated draft: laws 1 and 2 on the file, read by LibreOffice."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from app.docxio.comments import Comment
from app.docxio.tracked import tracked
from app.text.changes import ContradictoryWishes
from app.text.composing import compose, wished
from app.text.provision import Edition, Kind
from tests.docx_lint import W, problems, schema_problems
from tests.docxio.papers import CODES, NAMES, edition, sheet
from tests.docxio.shown import Page, assert_shows, headed, listed
from tests.docxio.wishes import comments, wishes
from tests.text.strategies import rounds

LANGUAGES = ("ru", "zh", "en")
MANY = ("KZ", "IR", "UZ")
"""Those whose wishes are of most kinds; in one language all ten are read, which takes a minute."""
CLOSED = date(2025, 4, 25)


def names(language):
    return {code: name.short for code, name in NAMES[language].items()}


def consolidated(language, remarks=()):
    base, asked = wishes(language)
    composition = compose(base, asked, CODES)
    return composition, tracked(composition, sheet(language), names(language), CLOSED, remarks)


def part(data, name="word/document.xml"):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def page_of(composition, language, asked=()):
    notes = {p.key for p in composition.base if p.kind is Kind.FOOTNOTE}
    notes |= {p.key for w in asked for p in w.change.block if p.kind is Kind.FOOTNOTE}
    texts = [*composition.base, *(p for w in asked for p in w.change.block)]
    runs = [run for p in texts for content in p.parts.values() if isinstance(content, tuple) for run in content]
    runs += [
        run
        for w in asked
        for content in (w.change.parts or {}).values()
        if isinstance(content, tuple)
        for run in content
    ]
    return Page(
        sheet(language), listed(composition), notes, {run.note for run in runs if run.note}, headed(composition)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tracked_draft_passes_the_lint(language):
    _, data = consolidated(language, comments())

    assert problems(data) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tracked_draft_follows_the_schema(language):
    found = schema_problems(consolidated(language, comments())[1])

    if found is None:
        pytest.skip("the ISO/IEC 29500 schemas are absent (CHAPEAU_OOXML_XSD)")
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rejecting_everything_gives_the_base(libreoffice, language):
    base, asked = wishes(language)
    composition, data = consolidated(language, comments())

    reply = libreoffice.rejected(data)

    assert_shows(reply, page_of(composition, language, asked).blocks(base))


@pytest.mark.parametrize(
    ("language", "code"), [("ru", code) for code in CODES] + [(other, code) for other in ("zh", "en") for code in MANY]
)
def test_each_delegations_wish_comes_out_of_the_file(libreoffice, language, code):
    base, asked = wishes(language)
    composition, data = consolidated(language, comments())

    reply = libreoffice.wished(data, names(language)[code])

    assert_shows(reply, page_of(composition, language, asked).blocks(wished(base, asked, CODES, code)))


@pytest.mark.slow
@given(round_=rounds(max_provisions=6, max_changes=6))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_laws_hold_on_files_of_any_round(libreoffice, round_):
    base, asked = round_
    base = replace(base, language="zh" if base.language == "zh" else "en")
    try:
        composition = compose(base, asked, CODES)
    except ContradictoryWishes:
        return
    page = page_of(composition, base.language, asked)

    data = tracked(composition, sheet(base.language), names(base.language), CLOSED)

    assert problems(data) == []
    assert_shows(libreoffice.rejected(data), page.blocks(base))
    for code in sorted({wish.sponsor for wish in asked}):
        reply = libreoffice.wished(data, names(base.language)[code])
        assert_shows(reply, page.blocks(wished(base, asked, CODES, code)))


def test_the_author_is_the_whole_set_in_protocol_order(libreoffice):
    _, data = consolidated("ru")

    authors = libreoffice.as_marked(data)["authors"]

    assert "Иран; Таджикистан; Узбекистан" in authors
    assert "Китай; Пакистан" in authors


def test_every_change_has_the_day_the_round_closed():
    _, data = consolidated("ru", comments())

    dates = {e.get(f"{W}date") for name in ("document", "comments") for e in part(data, f"word/{name}.xml").iter()}

    assert dates - {None} == {"2025-04-25T00:00:00Z"}


def test_a_justification_is_a_comment_on_its_change(libreoffice):
    _, data = consolidated("ru", comments())

    found = libreoffice.as_marked(data)["comments"]

    assert ["Индия", "R&D <why>\nSecond paragraph", " + A & B <c>"] in found
    assert ["Иран; Таджикистан", "goes"] in [comment[:2] for comment in found]
    assert ["Пакистан", "joins"] in [comment[:2] for comment in found]


def test_a_move_says_where_to(libreoffice):
    _, data = consolidated("ru")

    found = [comment[:2] for comment in libreoffice.as_marked(data)["comments"]]

    assert ["Кыргызстан", "Перенести после 2)."] in found
    assert ["Кыргызстан", "Перенесено; прежнее место: 1)."] in found


def test_a_remark_on_the_whole_stands_with_the_legend(libreoffice):
    _, data = consolidated("ru", comments())

    legend = ["".join(run[0] for run in block[2]) for block in libreoffice.as_marked(data)["blocks"] if block[0] == "p"]

    assert "Узбекистан: On the whole." in legend


def test_a_comment_on_a_provision_that_is_not_there_is_not_lost(libreoffice):
    base = edition("en")
    data = tracked(compose(base, [], CODES), sheet("en"), names("en"), CLOSED, [Comment("gone", ("IN",), "A reason.")])

    lines = ["".join(run[0] for run in block[2]) for block in libreoffice.as_marked(data)["blocks"] if block[0] == "p"]

    assert "India: A reason." in lines


def test_too_many_sponsors_for_an_author_become_codes():
    codes = tuple(f"S{number:02}" for number in range(40))
    long = {code: f"A state with a long name {code}" for code in codes}
    base, asked = wishes("en")
    data = tracked(compose(base, [replace(asked[0], sponsor=code) for code in codes], codes), sheet("en"), long, CLOSED)

    authors = {e.get(f"{W}author") for e in part(data).iter(f"{W}del")}

    assert authors == {"; ".join(codes)}


def test_too_many_sponsors_even_for_codes_become_a_group():
    codes = tuple(f"S{number:03}" for number in range(200))
    base, asked = wishes("en")
    data = tracked(compose(base, [replace(asked[0], sponsor=code) for code in codes], codes), sheet("en"), {}, CLOSED)

    authors = {e.get(f"{W}author") for e in part(data).iter(f"{W}del")}

    assert authors == {"Group 1"}
    assert "S000, S001" in "".join(part(data).itertext())


def test_the_same_composition_gives_the_same_bytes():
    assert consolidated("zh", comments())[1] == consolidated("zh", comments())[1]


def test_no_change_at_all_leaves_a_file_without_changes():
    data = tracked(compose(edition("ru"), [], CODES), sheet("ru"), names("ru"), CLOSED)

    assert not list(part(data).iter(f"{W}ins", f"{W}del"))


def test_an_empty_base_is_a_sound_file():
    assert problems(tracked(compose(Edition("ru", ()), [], CODES), sheet("ru"), {}, CLOSED)) == []
