"""A table of a draft's own file whose headings some write anew and that others delete or move."""

from datetime import date

import pytest

from app.docxio.comments import Comment
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import tracked_in_own_file
from app.docxio.own_text import NotItsFile
from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose
from app.text.provision import Edition, Kind, Place
from app.text.runs import text
from tests.docx_lint import problems, schema_problems
from tests.docxio.handmade import cell, p, row
from tests.docxio.shown import rows_of_comments
from tests.docxio.test_own_rows import HEAD, LAST, ONE, TWO, file, table_in
from tests.docxio.wishes import amended

NAMES = {"BY": "Беларусь", "CN": "Китай", "KZ": "Казахстан", "IN": "Индия"}


def repeated(*cells):
    return row(*cells, properties="<w:tblHeader/>")


TALL = repeated(*(cell(p(words), '<w:vMerge w:val="restart"/>') for words in ("№", "Мера")), cell(p("Срок")))
BELOW = repeated(*(cell(p(""), "<w:vMerge/>") for _ in range(2)), cell(p("год")))
REPEATED = repeated(HEAD.removeprefix("<w:tr>").removesuffix("</w:tr>"))
FILES = {"plain headings": (HEAD, ONE, TWO), "repeated headings": (REPEATED, ONE, LAST, TWO)}
OTHERS = {"deleted": ("deleted",), "moved": ("moved",), "deleted and moved": ("deleted", "moved")}
OLD, NEW = ["№", "Мера", "Срок"], ["Номер", "Что делается", "Когда"]
every_case = pytest.mark.parametrize(
    ("rows", "others"),
    [(rows, others) for rows in FILES.values() for others in OTHERS.values()],
    ids=[f"{rows}, {others}" for rows in FILES for others in OTHERS],
)


def disputed(data, others, comments=()):
    """Return the tracked draft: BY and KZ write the headings anew, CN and IN delete or move the table."""
    edition = Edition("ru", read_draft(data).texts)
    table = next(one for one in edition if one.kind is Kind.TABLE)
    first = Place(table.parent, None)
    changes = {
        "deleted": Change(Operation.DELETE, table.key),
        "moved": Change(Operation.MOVE, table.key, place=first),
    }
    asked = [
        *amended(edition, table.key, "BY KZ", **dict(zip(table.columns, map(text, NEW), strict=True))),
        *(Wish(code, changes[other]) for code, other in zip(("CN", "IN"), others, strict=False)),
    ]
    said = tuple(Comment(table.key, sponsors, words) for sponsors, words in comments)
    own = open_own_file(data, edition)
    return tracked_in_own_file(own, compose(edition, asked, tuple(NAMES)), Sheet("ru"), NAMES, date(2025, 4, 25), said)


@every_case
def test_each_wish_on_a_table_comes_out_whole(libreoffice, rows, others):
    before = table_in(libreoffice.rejected(file(*rows)))
    data = disputed(file(*rows), others)

    assert table_in(libreoffice.rejected(data)) == before
    for code in ("BY", "KZ"):
        assert table_in(libreoffice.wished(data, NAMES[code])) == [NEW, *before[1:]]
    for code, other in zip(("CN", "IN"), others, strict=False):
        assert table_in(libreoffice.wished(data, NAMES[code])) == ([] if other == "deleted" else before)


@every_case
def test_such_a_draft_is_sound_and_read_again_as_it_was(rows, others):
    data = disputed(file(*rows), others)

    table = next(one for one in read_revised(data).before.texts if one.kind is Kind.TABLE)
    assert dict(table.parts) == dict(zip(table.columns, map(text, OLD), strict=True))
    assert problems(data) == []
    assert schema_problems(data) in ([], None)


def test_each_justification_stands_in_the_row_of_its_change():
    why = [(("KZ",), "Короче."), (("CN",), "Не здесь.")]

    assert rows_of_comments(disputed(file(HEAD, ONE), ("deleted",), why)) == {"Короче.": "ins", "Не здесь.": "del"}


def test_headings_in_two_rows_do_not_fit_the_own_file_when_disputed():
    with pytest.raises(NotItsFile):
        disputed(file(TALL, BELOW, ONE), ("deleted",))
