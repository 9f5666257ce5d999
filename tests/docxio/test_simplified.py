"""A part is cut down before it is parsed: the reader sees the same, in fewer elements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.docxio.both_views import read_views
from app.docxio.gate import check_directory
from app.docxio.package import Package, parse
from app.docxio.reader import Source
from app.docxio.repeated_properties import spelled_once
from app.docxio.simplified import simplified
from app.docxio.state_names import StateNames
from app.docxio.stories import paragraphs_in
from tests.docxio.handmade import W, docx, members, p, part, run, table, zipped
from tests.docxio.handmade import cell as cell_of
from tests.docxio.handmade import row as row_of

BOTH_SIDES = '<w:jc w:val="both"/>'
STAMP = 'w:id="1" w:author="A" w:date="2025-04-20T10:00:00Z"'
OF_ONE_ALONE = [
    f"<w:rPr><w:ins {STAMP}/></w:rPr>",
    f"{BOTH_SIDES}<w:pPrChange {STAMP}><w:pPr/></w:pPrChange>",
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>',
]


def test_properties_that_were_spelled_before_are_told_by_their_number():
    plain = part(p(run("a"), BOTH_SIDES) + p(run("b"), "") + p(run("c"), BOTH_SIDES))

    assert spelled_once(plain) == part(
        f'<w:p><w:pPr same="0">{BOTH_SIDES}</w:pPr>{run("a")}</w:p>{p(run("b"))}<w:p><w:pPr same="0"/>{run("c")}</w:p>'
    )


@pytest.mark.parametrize("properties", OF_ONE_ALONE)
def test_what_is_of_one_paragraph_alone_is_spelled_each_time(properties):
    twice = part(p(run("a"), properties) + p(run("b"), properties))

    assert spelled_once(twice) == twice


@pytest.mark.parametrize(
    "written",
    [
        part("<!-- -->" + p(run("a") + run("b"), BOTH_SIDES)),
        part("<w:p><![CDATA[" + run("a") + run("b") + "]]></w:p>"),
        part(p(run("a") + run("b"), BOTH_SIDES), declared='xmlns:w="urn:other"'),
        part("<w:p xmlns:w='urn:other' xmlns:w=\"urn:other\">" + run("a") + run("b") + "</w:p>"),
        part(p(run("a") + run("b"))).replace(b'"1.0"?>', b'"1.0" encoding="UTF-8"?><?x y?>'),
    ],
)
def test_an_uncommon_part_is_left_alone(written):
    assert simplified(written) == written


_LOOKS = ["", "<w:b/>", '<w:rFonts w:ascii="Times New Roman"/><w:lang w:val="ru-RU"/>']
_LOOKS += [f"<w:b/><w:rPrChange {STAMP}><w:rPr>{look}</w:rPr></w:rPrChange>" for look in _LOOKS]
_PROPERTIES = [
    *("", BOTH_SIDES, '<w:jc w:val="center"/>', '<w:ind w:left="720"/>', '<w:outlineLvl w:val="1"/>'),
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    f'<w:jc w:val="center"/><w:pPrChange {STAMP}><w:pPr>{BOTH_SIDES}</w:pPr></w:pPrChange>',
    *OF_ONE_ALONE,
]
_WORDS = st.text(st.sampled_from("аб &<>. "), min_size=1, max_size=4)
_RUN = st.builds(run, _WORDS, st.sampled_from(_LOOKS))
_CHANGE = st.builds(f"<w:ins {STAMP}>{{}}</w:ins>".format, st.lists(_RUN, max_size=3).map("".join))
_CONTENT = st.lists(st.one_of(_RUN, _CHANGE, st.just("<w:r><w:tab/></w:r>")), max_size=6).map("".join)
_PARAGRAPH = st.builds(p, _CONTENT, st.sampled_from(_PROPERTIES))
_TABLE = st.builds(lambda inside: table(row_of(cell_of(inside))), _PARAGRAPH)
_BODY = st.lists(st.one_of(_PARAGRAPH, _PARAGRAPH, _TABLE), max_size=5).map("".join)


class AsWritten(Package):
    """A file that is parsed as it is written."""

    def document(self, *, is_whole=False):
        return parse(self._archive.read(self.main), self.main), []


def seen(package):
    """Return what the reader makes of a file, in both views."""
    source = Source(package)
    views = [
        [(one.kind, one.label, one.level, one.parts) for one in view.pieces]
        for view in read_views(source, StateNames({}))
    ]
    said = [
        (s.style_id, s.is_listed, s.num_id, s.ilvl, s.outline, s.justification, s.indent, len(s.marked), len(s.changed))
        for paragraph in paragraphs_in(source.body)
        for s in (paragraph.properties, paragraph.old)
    ]
    return views, said, source.stories.tracked


@given(_BODY)
def test_the_reader_sees_the_same(body):
    archive = check_directory(docx(body), "")

    assert seen(Package(archive)) == seen(AsWritten(archive))


def test_properties_that_are_spelled_in_a_branch_nobody_reads_are_found():
    choice = '<mc:Choice Requires="x">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
    branches = choice.format(p(run("new")), p(run("old"), BOTH_SIDES))
    declared = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x"'
    body = f"<mc:AlternateContent>{branches}</mc:AlternateContent>{p(run('below'), BOTH_SIDES)}"
    archive = check_directory(zipped(members() | {"word/document.xml": part(body, declared)}), "")

    assert seen(Package(archive)) == seen(AsWritten(archive))


def test_properties_that_hold_themselves_end_the_reading_soon():
    circle = f'<w:pPr same="a"><w:pPrChange {STAMP}><w:pPr same="a"/></w:pPrChange></w:pPr>'
    package = Package(check_directory(docx(f"<w:p>{circle}{run('words')}</w:p>"), ""))

    views, *_ = seen(package)

    assert [len(view) for view in views] == [1, 1]
