"""Two files compared: rejecting gives the older, accepting the newer, whoever reads the result."""

import io
import re
import zipfile
from datetime import date

import pytest

from app.docxio.reader import read_draft
from app.docxio.redlining import redlined
from app.docxio.revised import read_revised
from app.text.provision import States, same_text
from app.text.runs import plain
from tests.docx_lint import problems
from tests.docxio.handmade import docx, level, numbered, numbering, p, row
from tests.docxio.phenomena import grid

ON = date(2025, 5, 28)
PAIRS = (
    *("rp004-sdt", "rp005-pmark-del", "rp008-pmarks-ins", "rp012-rows-ins", "rp015-move", "rp019-field-del"),
    *("rp021-numbering-ins", "rp025-pprchange", "rp034-cells-del", "rp042-itu-es", "rp046-consecutive"),
    *("rp047-ins-then-del", "rp049-before-table"),
)


def pair(corpus, name):
    """Return a real file before and after its changes, as Microsoft's own tool resolved them."""
    return [(corpus / "expected" / f"{name}.{end}.docx").read_bytes() for end in ("rejected", "accepted")]


def compared(old, new, *, own):
    """Return the redline of two files, in the older one itself or in the template."""
    before, after = read_draft(old), read_draft(new)
    return redlined(before, after, author="Секретариат", at=ON, source=old if own else None)


def letters(data, changes="accepted", *, labels=True):
    """Return the characters of a file in reading order, without white space."""
    found = []
    for one in read_draft(data, changes=changes).texts:
        found += [one.label if labels else "", *(plain(c) for c in one.parts.values() if not isinstance(c, States))]
    return "".join("".join(found).split())


def seen(reply):
    """Return the characters that LibreOffice shows, without white space."""
    found = []
    for kind, *rest in reply["blocks"]:
        paragraphs = [rest[:2]] if kind == "p" else [line for cell in rest[0] for line in cell]
        found += [run[0] for _, runs in paragraphs for run in runs]
    return "".join("".join(found).split())


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
@pytest.mark.parametrize("name", PAIRS)
def test_a_real_pair_comes_back_whole_both_ways(corpus, name, own):
    # Numbers that Word counts are the look of an own file: they do not change with the words.
    labels = not (own and name == "rp021-numbering-ins")
    for old, new in (pair(corpus, name), pair(corpus, name)[::-1]):
        made = compared(old, new, own=own)

        assert letters(made, "rejected", labels=labels) == letters(old, labels=labels)
        assert letters(made, labels=labels) == letters(new, labels=labels)
        assert problems(made) == []


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
@pytest.mark.parametrize("name", ["rp012-rows-ins", "rp042-itu-es", "rp046-consecutive"])
def test_libreoffice_reads_a_real_pair_both_ways(corpus, libreoffice, name, own):
    old, new = pair(corpus, name)

    made = compared(old, new, own=own)

    assert seen(libreoffice.rejected(made)) == letters(old)
    assert seen(libreoffice.accepted(made)) == letters(new)


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
def test_a_file_compared_with_itself_has_no_change(corpus, own):
    draft = (corpus / "un-wgig.docx").read_bytes()

    made = compared(draft, draft, own=own)

    assert same_text(read_draft(made, changes="rejected").texts, read_draft(made).texts)


def test_paragraphs_that_nobody_changes_stay_in_the_own_file_as_they_are(corpus):
    draft = (corpus / "un-wgig.docx").read_bytes()

    made = paragraphs(compared(draft, draft, own=True))

    plain_ones = [p for p in paragraphs(draft) if not SPECIAL.search(p)]
    assert len(plain_ones) > 500
    assert [p for p in plain_ones if p not in made] == []


SPECIAL = re.compile("fldChar|fldSimple|hyperlink|drawing|pict|w:ins |w:del |proofErr|sectPr|commentR|<w:sdt|smartTag")


def paragraphs(data):
    """Return the paragraphs of a file as they are spelled, without bookmarks and revision save ids."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = package.read("word/document.xml").decode()
    document = re.sub(r' w:rsid\w+="[^"]*"| w14:(?:para|text)Id="[^"]*"|<w:bookmark(?:Start|End)[^>]*>', "", document)
    return set(re.findall(r"<w:p[ >](?:(?!<w:p[ >]).)*?</w:p>", document, re.DOTALL))


def test_numbers_that_word_counts_go_on_being_counted(libreoffice):
    lists = {"numbering": numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")})}
    words = ["Обмен опытом.", "Обучение кадров.", "Общие проекты."]
    old = docx(p("Меры:") + "".join(map(numbered, words)) + p("Конец."), **lists)
    new = docx(p("Меры:") + "".join(map(numbered, [words[0], "Новая мера.", *words[1:]])) + p("Конец."), **lists)

    out = redlined(read_draft(old), read_draft(new), author="A", at=date(2025, 4, 25), source=old)

    assert libreoffice.rejected(out)["labels"] == ["1.", "2.", "3."]
    assert libreoffice.accepted(out)["labels"] == ["1.", "2.", "3.", "4."]


def test_a_file_that_cannot_hold_the_changes_is_told_of_in_the_log(caplog):
    old, new, other = (docx(p(words)) for words in ("Стороны создают", "Стороны развивают", "Другой документ"))

    made = redlined(read_draft(old), read_draft(new), author="Секретариат", at=ON, source=other)

    assert letters(made) == "Стороныразвивают"
    assert "own file cannot hold this" in caplog.text


ROWS = ("1.1", "Обзор программ", "2026 г."), ("1.2", "Семинар по связи", "2027 г.")
HEADS = "№ п/п", "Мероприятия", "Сроки исполнения"


def tabled(heads, rows):
    body = grid(*([row(*heads, properties="<w:tblHeader/>")] if heads else []), *(row(*cells) for cells in rows))
    return docx(p("Первый.") + body + p("Последний."))


def changes_of(data):
    return [(plain(c.removed), plain(c.added)) for c in read_revised(data).changes]


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
def test_a_column_that_is_called_otherwise_is_the_same_column(own):
    renamed = "№ п/п", "Что делается", "Сроки исполнения"

    assert changes_of(compared(tabled(HEADS, ROWS), tabled(renamed, ROWS), own=own)) == [
        ("Мероприятия", "Что делается")
    ]


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
def test_a_column_that_comes_leaves_the_words_of_the_others(own):
    old = tabled(("Что", "Сколько"), [("Курс", "два"), ("Сеть", "три")])
    new = tabled(("Что", "Число", "Где"), [("Курс", "два", "Минск"), ("Сеть", "три", "Пекин")])

    made = compared(old, new, own=own)

    assert changes_of(made) == [("Сколько", "Число"), ("", "Где"), ("", "Минск"), ("", "Пекин")]


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
def test_a_column_that_comes_before_others_stands_before_them(own):
    old = tabled(("Что", "Сколько"), [("Курс", "два"), ("Сеть", "три")])
    new = tabled(("Где", "Что", "Сколько"), [("Минск", "Курс", "два"), ("Пекин", "Сеть", "три")])

    made = compared(old, new, own=own)

    assert letters(made, "rejected") == letters(old)
    assert letters(made) == letters(new)


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
def test_rows_keep_their_numbers_where_the_headings_go(own):
    made = compared(tabled(HEADS, ROWS), tabled((), ROWS), own=own)

    assert {removed for removed, _ in changes_of(made)} <= {*HEADS, "\n".join(HEADS)}
    assert [added for _, added in changes_of(made) if added] == []


@pytest.mark.parametrize("own", [True, False], ids=["own file", "template"])
def test_a_row_that_comes_last_stays_in_its_table_where_the_paragraph_after_it_goes(own):
    table = [row("Курс", "два"), row("Сеть", "три")]
    old = docx(grid(row("Что", "Число"), *table) + p("Итоги подводит Секретариат.") + p("План вступает в силу."))
    new = docx(grid(row("Что", "Число"), *table, row("Опыт", "пять")) + p("План вступает в силу."))

    made = compared(old, new, own=own)

    assert letters(made, "rejected") == letters(old)
    assert letters(made) == letters(new)
