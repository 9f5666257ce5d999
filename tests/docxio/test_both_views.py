"""A file's two views are read in step, what is alike in them once: each is as if it were read alone."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.docxio.atoms import AFTER, BEFORE
from app.docxio.both_views import read_views
from app.docxio.gate import check_directory
from app.docxio.package import Package
from app.docxio.reader import Draft, Source, positions
from app.docxio.state_names import StateNames
from tests.docxio.handmade import cell, docx, level, notes, numbered, numbering, p, row, run, styles
from tests.docxio.phenomena import FILES, box, code, field, gone, grid, ins, mark

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
LISTS = numbering(
    {0: level(0, "decimal", "%1.") + level(1, "russianLower", "%2)"), 1: level(0, "upperRoman", "%1.")},
    {1: (0, ""), 2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'), 3: (1, "")},
)
NOTES = notes(f'<w:footnote w:id="2">{numbered(run("Сноска ") + ins("новая"))}</w:footnote>')
STYLES = styles('<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>')
HEADED = '<w:pPrChange w:id="9" w:author="A"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>'
REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
PLAIN = [
    p("Стороны обмениваются опытом."),
    p("1. Стороны обмениваются опытом;"),
    p("а) проводят встречи;"),
    p("II. Общие положения"),
    p(run("ОБЩИЕ ПОЛОЖЕНИЯ", "<w:b/>"), '<w:jc w:val="center"/>'),
    numbered("Стороны учреждают группу."),
    numbered("группу экспертов;", 1, 1),
    numbered("Группа собирается.", 2),
    numbered("Раздел", 3),
    p(""),
    numbered(""),
    p("Содержание\t3", '<w:pStyle w:val="TOC1"/>'),
    p(run("Сведения") + REFERENCE),
    p(run("В рамке: ") + box(p("Рамка."))),
    p(run("Скрыто", "<w:vanish/>") + run("Видно")),
    grid(row("№", "Мера"), row("1", "Обмен")),
    p(field("begin") + code("TOC") + field("separate") + run("Глава 1\t2") + field("end")),
]
CHANGED = [
    p(run("Стороны ") + gone("обмениваются") + ins("делятся") + run(" опытом.")),
    p(gone("1. ") + run("Стороны обмениваются опытом;")),
    p(gone("Убрано."), mark("del")),
    p(ins("Внесено."), mark("ins")),
    p("Слито с ", mark("del")),
    p("Разделено", mark("ins")),
    p(ins("III. Новый раздел"), mark("ins")),
    p("ПЛАН", HEADED),
    numbered(ins("Новый пункт")).replace("</w:numPr>", f"</w:numPr>{mark('ins')}"),
    numbered(run("Пункт ") + gone("старый"), 1, 1),
    grid(row("№", "Мера"), row("1", "Обмен"), row(cell("2"), cell(p(ins("Новое"))), properties=ins())),
    p(run("Сведения") + ins(REFERENCE)),
    p(gone(field("begin") + code("TOC") + field("separate")) + run("Глава 2")),
    p(gone(field("end")) + run("Дальше.")),
    p(ins(field("begin") + code("TOC"))),
    p(run("Слова") + ins(field("separate"))),
    numbered("").replace("</w:numPr>", f"</w:numPr>{mark('ins')}"),
]


def seen(draft):
    """Return what a view holds: pieces with what they were read from, remarks, warnings."""
    keys = positions(draft.pieces)
    read = [
        (o.kind, o.parts, o.label, o.level, o.columns, o.by, o.sure, [q.element for q in o.paragraphs])
        for o in draft.pieces
    ]
    understood = draft.understood(keys)
    return read, understood.not_understood, understood.warnings


def assert_as_if_alone(data):
    source, names = Source(Package(check_directory(data, ""))), StateNames({})
    columns = {}  # those of a table are what they were before the changes
    alone = [Draft(source, names, view, columns) for view in (BEFORE, AFTER)]
    for draft in alone:
        draft.read(source.body)
        draft.end()
    together = read_views(source, names)

    assert [seen(draft) for draft in together] == [seen(draft) for draft in alone]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PLAIN, *CHANGED]), max_size=10))
@example([CHANGED[12], *PLAIN, CHANGED[13], *PLAIN])
@example([CHANGED[14], PLAIN[15], *PLAIN])
@example([CHANGED[16], PLAIN[4], PLAIN[5]])
@example([PLAIN[0], CHANGED[3], PLAIN[9], PLAIN[10]])
@example([p(ins("Глава 1\t2"), '<w:pStyle w:val="TOC1"/>'), PLAIN[11], PLAIN[0]])
@example([*CHANGED, *PLAIN, *PLAIN])
def test_each_view_is_as_if_it_were_read_alone(blocks):
    assert_as_if_alone(docx("".join(blocks), numbering=LISTS, footnotes=NOTES, styles=STYLES))


@pytest.mark.parametrize("name", FILES)
def test_each_phenomenon_is_as_if_it_were_read_alone(name):
    assert_as_if_alone(FILES[name])


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.docx")), ids=lambda path: path.stem)
def test_each_file_of_others_is_as_if_it_were_read_alone(path):
    assert_as_if_alone(path.read_bytes())
