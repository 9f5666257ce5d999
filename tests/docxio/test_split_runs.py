"""Runs that were split for no reason are joined before they are parsed: the reader sees the same, in fewer elements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.docxio.split_runs import joined_runs
from tests.docxio.handmade import p, part, run

BOLD = "<w:b/>"
FONT = '<w:rFonts w:ascii="Times New Roman"/><w:lang w:val="ru-RU"/>'
CHANGED = BOLD + '<w:rPrChange w:id="1" w:author="Ivanova" w:date="2025-04-20T10:00:00Z"><w:rPr/></w:rPrChange>'


def test_neighbours_of_one_look_become_one_run():
    split = part(p(run("The ", FONT) + run("Parties ", FONT) + run("meet.", FONT)))

    assert joined_runs(split) == part(p(run("The Parties meet.")))


def test_neighbours_that_differ_by_nothing_that_is_read_become_one_run():
    split = part(
        p(run("The ", BOLD + FONT) + run("Parties", FONT + BOLD), f'<w:jc w:val="both"/><w:rPr>{FONT}</w:rPr>')
    )

    assert joined_runs(split) == part(p(run("The Parties", BOLD), '<w:jc w:val="both"/>'))


def test_what_word_notes_for_itself_goes():
    split = (
        '<w:p w14:paraId="0A1B2C3D" w14:textId="77777777" w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">'
        '<w:r w:rsidRPr="00AB12CD"><w:t xml:space="preserve">The </w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:r w:rsidR="00000001"><w:lastRenderedPageBreak/><w:t>Partys</w:t></w:r><w:proofErr w:type="spellEnd"/></w:p>'
    )

    assert joined_runs(part(split)) == part(p(run("The Partys")))


def test_where_few_runs_are_split_they_stay_apart():
    whole = "The Parties shall meet. " * 80

    assert joined_runs(part(p(run(whole, FONT) + run("Soon.", FONT)))) == part(p(run(whole) + run("Soon.")))


def test_deleted_words_are_joined_within_their_change():
    removed = '<w:r><w:delText xml:space="preserve">{}</w:delText></w:r>'
    split = f'<w:del w:id="1" w:author="A">{removed.format("one ")}{removed.format("two")}</w:del>'

    assert joined_runs(part(split)) == part(f'<w:del w:id="1" w:author="A">{removed.format("one two")}</w:del>')


@pytest.mark.parametrize(
    "content",
    [
        run("a") + run("b", BOLD),
        run("a", BOLD) + run("b"),
        run("a") + "<w:r><w:tab/></w:r>" + run("b"),
        run("a") + '<w:bookmarkStart w:id="1" w:name="x"/>' + run("b"),
        run("a", CHANGED) + run("b", CHANGED),
        run("a") + '<w:r><w:delText xml:space="preserve">b</w:delText></w:r>',
        "<w:r><w:t> a </w:t></w:r>" + run("b"),
        "<w:r><w:t></w:t></w:r><w:r><w:t/></w:r>",
    ],
)
def test_runs_that_differ_stay_apart(content):
    assert joined_runs(part(p(content))) == part(p(content))


_WORDS = st.text(st.sampled_from("аб &<>. "), min_size=1, max_size=4)
_RUN = st.builds(run, _WORDS, st.sampled_from(["", BOLD, FONT, CHANGED]))
_CHANGE = st.builds('<w:ins w:id="1" w:author="A">{}</w:ins>'.format, st.lists(_RUN, max_size=3).map("".join))
_CONTENT = st.lists(st.one_of(_RUN, _CHANGE, st.just("<w:r><w:tab/></w:r>")), max_size=8).map("".join)


@given(_CONTENT)
def test_joining_again_changes_nothing(content):
    once = joined_runs(part(p(content)))

    assert joined_runs(once) == once
