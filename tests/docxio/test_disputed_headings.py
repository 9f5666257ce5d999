"""A table whose headings some amend and that others delete or move: a row of headings is disputed as a row is."""

import pytest

from app.docxio.comments import Comment
from app.docxio.revised import read_revised
from app.docxio.tracked import tracked
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose, wished
from app.text.provision import Kind, Place
from app.text.runs import text
from tests.docx_lint import problems, schema_problems
from tests.docxio.papers import CODES, edition, sheet
from tests.docxio.shown import assert_shows, rows_of_comments
from tests.docxio.test_tracked import CLOSED, names, page_of
from tests.docxio.wishes import amended

BASE = edition("en")
COLUMNS = BASE.by_key()["tab"].columns
ANEW = {column: text(f"Agreed {number}") for number, column in enumerate(COLUMNS)}
MORE = {COLUMNS[0]: text("Agreed ", *BASE.by_key()["tab"].parts[COLUMNS[0]])}
GOES = Change(Operation.DELETE, "tab")
MOVES = Change(Operation.MOVE, "tab", place=Place("h1", "p1"))
CASES = {
    "written anew, deleted": (ANEW, (GOES,)),
    "written anew, moved": (ANEW, (MOVES,)),
    "one more word, deleted and moved": (MORE, (GOES, MOVES)),
    "written anew, deleted and moved": (ANEW, (GOES, MOVES)),
}


def disputed(parts, others, comments=()):
    asked = [
        *amended(BASE, "tab", "BY KZ", **parts),
        *(Wish(code, change) for code, change in zip(("IN", "CN"), others, strict=False)),
    ]
    composition = compose(BASE, asked, CODES)
    return asked, composition, tracked(composition, sheet("en"), names("en"), CLOSED, comments=comments)


@pytest.mark.parametrize(("parts", "others"), CASES.values(), ids=CASES)
def test_each_wish_on_a_table_comes_out_whole(libreoffice, parts, others):
    asked, composition, data = disputed(parts, others)
    page = page_of(composition, "en", asked)

    assert_shows(libreoffice.rejected(data), page.blocks(BASE))
    for code in sorted({wish.sponsor for wish in asked}):
        assert_shows(libreoffice.wished(data, names("en")[code]), page.blocks(wished(BASE, asked, CODES, code)))


@pytest.mark.parametrize(("parts", "others"), CASES.values(), ids=CASES)
def test_a_table_with_rival_headings_is_sound(parts, others):
    _, _, data = disputed(parts, others)

    assert problems(data) == []
    assert schema_problems(data) in ([], None)


def test_rival_headings_are_read_as_headings_again():
    _, _, data = disputed(ANEW, (GOES,))

    table = next(p for p in read_revised(data).before.texts if p.kind is Kind.TABLE)

    assert dict(table.parts) == dict(BASE.by_key()["tab"].parts)


def test_each_justification_stands_in_the_row_of_its_change():
    why = (Comment("tab", ("KZ",), "Shorter."), Comment("tab", ("IN",), "Not here."))
    _, _, data = disputed(ANEW, (GOES,), why)

    assert rows_of_comments(data) == {"Shorter.": "ins", "Not here.": "del"}
