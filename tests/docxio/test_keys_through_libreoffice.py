"""Keys through an edit in LibreOffice: what a person reworded, split or moved there is found again, by likeness too."""

import io
import re
import zipfile

import pytest

from app.docxio.clean import clean
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file
from app.docxio.returned import understand_return
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.changes import Operation
from app.text.provision import TEXT, Edition, Kind, Provision
from app.text.runs import plain, text
from tests.docxio.handmade import docx, p, row
from tests.docxio.phenomena import grid

WORDS = (
    "Стороны создают единую платформу обмена опытом.",
    "Стороны проводят консультации. Стороны обмениваются сведениями.",
    "План не является международным договором.",
    "Финансирование осуществляется из национальных бюджетов.",
    "Заседания группы проводятся ежегодно в каждом государстве.",
    "Итоговый доклад рассматривается министрами связи.",
    "Мероприятия перечислены в таблице.",
)
KEYS = [f"k{at}a" for at in range(len(WORDS))]
EDITS = (
    ("reword", "единую платформу", "общую площадку"),
    ("split", "проводят консультации."),
    ("strike", "международным договором"),
    ("add", "национальных бюджетов", "Новый пункт о языках."),
    ("move", "Итоговый доклад", "Финансирование осуществляется"),
    ("reword", "Открытые данные", "Открытые и полные данные"),
)
ASKED = {
    (Operation.AMEND, "k0a"),
    (Operation.AMEND, "k1a"),
    (Operation.INSERT, "Стороны обмениваются сведениями."),
    (Operation.DELETE, "k2a"),
    (Operation.INSERT, "Новый пункт о языках."),
    (Operation.MOVE, "k5a"),
    (Operation.AMEND, "r1a"),
}


def base():
    lines = [
        Provision(key, Kind.PARAGRAPH, 0, None, {TEXT: text(words)}) for key, words in zip(KEYS, WORDS, strict=True)
    ]
    table = Provision("t1a", Kind.TABLE, 0, None, {}, columns=("c1", "c2"))
    row_ = Provision("r1a", Kind.ROW, 0, "t1a", {"c1": text("Открытые данные"), "c2": text("2026 г.")})
    last = Provision("k9a", Kind.PARAGRAPH, 0, None, {TEXT: text("План применяется с даты принятия.")})
    return Edition("ru", (*lines, table, row_, last))


def in_template():
    return clean(base(), Sheet("ru"))


def in_own_file():
    body = "".join(p(words) for words in WORDS)
    own = docx(body + grid(row("Открытые данные", "2026 г.")) + p("План применяется с даты принятия."))
    return clean_in_own_file(open_own_file(own, base()), base(), Sheet("ru"))


def without_bookmarks(data):
    """Return the file as a program leaves it that knows no bookmarks."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(written, "w") as made:
        for name in package.namelist():
            made.writestr(name, re.sub(rb"<w:bookmark(?:Start|End)[^<>]*/>", b"", package.read(name)))
    return written.getvalue()


def asked(revised):
    """Return operation and key of each change; of an insertion its words."""
    changes = understand_return(base(), revised).changes
    return {
        (c.operation, " ".join(plain(q.text) for q in c.block) if c.operation is Operation.INSERT else c.key)
        for c in changes
    }


@pytest.mark.parametrize("write", [in_template, in_own_file])
def test_keys_come_back_as_they_went_out(write):
    keys = {plain(one.text): one.key for one in read_revised(write()).after.texts if one.kind is Kind.PARAGRAPH}

    assert [keys[words] for words in WORDS] == KEYS


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize("write", [in_template, in_own_file])
def test_an_edit_in_libreoffice_is_understood_as_it_was_made(libreoffice, write, tracked):
    data = libreoffice.edited(write(), *EDITS, tracked=tracked)

    assert asked(read_revised(data)) == ASKED


@pytest.mark.parametrize("write", [in_template, in_own_file])
def test_likeness_finds_what_lost_its_bookmark(libreoffice, write):
    data = without_bookmarks(libreoffice.edited(write(), *EDITS))

    assert asked(read_revised(data)) == ASKED
