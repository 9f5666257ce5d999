"""A draft's own file that came with tracked changes: opened either way, it says what the reader says, look and all."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file
from app.docxio.reader import read_draft
from app.docxio.sheets import Sheet
from app.text.provision import Edition
from tests.docx_lint import problems, schema_problems
from tests.docxio.handmade import cell, docx, p, row
from tests.docxio.phenomena import FILES, change, gone, grid, ins, mark

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
TRACKED = ("rp005", "rp008", "rp012", "rp015", "rp019", "rp021", "rp025", "rp042", "rp046", "rp047", "rp049", "paper")
REAL = {path.stem: path for path in sorted(CORPUS.glob("*.docx")) if path.stem.startswith(TRACKED)}


def worded(provisions):
    """Return provisions with their notes named by position."""
    at = {p.key: str(i) for i, p in enumerate(provisions)}
    return [
        replace(
            p,
            key=at[p.key],
            parent=None if p.parent is None else at[p.parent],
            parts={
                name: tuple(run._replace(note=run.note and at[run.note]) for run in content)
                for name, content in p.parts.items()
            },
        )
        for p in provisions
    ]


@pytest.mark.parametrize("changes", ["rejected", "accepted"])
@pytest.mark.parametrize("name", [*(name for name in FILES if name != "equation"), *REAL])
def test_a_files_own_changes_are_taken_either_way(name, changes):
    # Changes inside equations are listed, not read: either way the reader shows the equation with all its signs.
    data = FILES[name] if name in FILES else REAL[name].read_bytes()
    edition = Edition("ru", read_draft(data, changes=changes).texts)

    out = clean_in_own_file(open_own_file(data, edition, changes=changes), edition, Sheet("ru"))

    assert [remark for _, remark in problems(out) if not remark.startswith("edge space")] == []
    assert worded(read_draft(out).texts) == worded(edition)


def going(words, properties=""):
    return cell(p(gone(words), mark("del")), properties + change("cellDel"))


def coming(words):
    return cell(p(ins(words), mark("ins")), change("cellIns"))


HEAD, LAST = row("Мера", "Срок", "Кто"), row("Наука", "2028", "Курсы")
CELLS = {
    "in the middle deleted": row("Связь", going("2027"), "Узлы"),
    "at the beginning deleted": row(going("Связь"), "2027", "Узлы"),
    "at the end deleted": row("Связь", "2027", going("Узлы")),
    "over two columns deleted": row("Связь", going("2027", '<w:gridSpan w:val="2"/>')),
    "all deleted": row(going("Связь"), going("2027"), going("Узлы")),
    "inserted": row("Связь", coming("2027"), "Узлы", "Сети"),
}


@pytest.mark.parametrize("changes", ["rejected", "accepted"])
@pytest.mark.parametrize("changed", CELLS.values(), ids=CELLS)
def test_single_cells_that_came_or_went_are_taken_either_way(changed, changes):
    data = docx(grid(HEAD, row("Обмен", "2026", "Обзор"), changed, LAST, columns=3))
    edition = Edition("ru", read_draft(data, changes=changes).texts)

    out = clean_in_own_file(open_own_file(data, edition, changes=changes), edition, Sheet("ru"))

    assert problems(out) == []
    assert schema_problems(out) in ([], None)
    assert worded(read_draft(out).texts) == worded(edition)
