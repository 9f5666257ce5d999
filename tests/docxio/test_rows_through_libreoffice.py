"""Rows that a person adds or strikes in LibreOffice: it marks an empty one with a joiner, which is no word."""

import io
import zipfile
from dataclasses import replace
from datetime import date

from app.docxio.own_file import open_own_file
from app.docxio.own_forms import comparison_in_own_file
from app.docxio.reader import read_draft
from app.docxio.returned import understand_return
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.changes import Operation
from app.text.provision import Edition, Kind
from app.text.runs import plain, text
from tests.docxio.handmade import docx, p, row
from tests.docxio.phenomena import grid

JOINER = "\u200d"
FIRST, LAST = row("Открытые данные", "2026 г."), row("Обмен опытом", "2027 г.")
DRAFT = docx(p("Мероприятия") + grid(FIRST, row("", ""), LAST) + p("План применяется с даты принятия."))


def main_part(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def cells(provision):
    return [plain(content) for content in provision.parts.values()]


def test_a_row_written_in_libreoffice_holds_the_words_written_there(libreoffice):
    data = libreoffice.edited(DRAFT, ("add_row", "Открытые данные", "Связь", "2028 г."), tracked=True)

    assert JOINER in main_part(data)
    changes = understand_return(read_draft(DRAFT).edition(), read_revised(data)).changes
    assert [cells(block) for change in changes for block in change.block] == [["Связь", "2028 г."]]


def test_who_strikes_an_empty_row_in_libreoffice_has_the_same_base(libreoffice):
    data = libreoffice.edited(DRAFT, ("strike_row", "Открытые данные", 1), tracked=True)

    assert JOINER in main_part(data)
    changes = understand_return(read_draft(DRAFT).edition(), read_revised(data)).changes
    assert [change.operation for change in changes] == [Operation.DELETE]


def test_a_draft_with_such_a_row_is_changed_in_its_own_file():
    draft = docx(grid(FIRST, row(JOINER + "Связь", "2028 г."), LAST))
    base = read_draft(draft).edition()
    assert [cells(one) for one in base if one.kind is Kind.ROW][1] == ["Связь", "2028 г."]
    later = Edition("ru", tuple(replace(p, parts={k: reworded(c) for k, c in p.parts.items()}) for p in base))

    data = comparison_in_own_file(open_own_file(draft, base), later, Sheet("ru"), "Секретариат", date(2025, 4, 25))

    revised = read_revised(data)
    assert [cells(one) for one in revised.before.texts] == [cells(one) for one in base]
    assert [cells(one) for one in revised.after.texts if one.kind is Kind.ROW][1] == ["Связь и сети", "2028 г."]
    assert [(plain(c.removed), plain(c.added)) for c in revised.changes] == [("", " и сети")]


def reworded(content):
    return text("Связь и сети") if plain(content) == "Связь" else content
