"""Plain paragraphs are read without being parsed: the reader sees what it sees of them parsed."""

import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.docxio.gate import check_directory
from app.docxio.package import Package
from app.docxio.plain_paragraphs import WORDS, taken_out
from app.docxio.reader import Source
from app.docxio.refusals import FileRefused, Reason
from app.docxio.revised import encode_revised, read_revised
from app.docxio.simplified import simplified
from app.docxio.understanding import Unclear
from tests.docxio.handmade import docx, members, notes, p, part, run, styles, zipped
from tests.docxio.phenomena import FILES, code, field
from tests.docxio.test_both_views import CHANGED, LISTS, NOTES, PLAIN, STYLES

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
_DECLARED = re.compile(rb"""<\?xml version=["']1.0["'](?: encoding=["']UTF-8["'])?""", re.IGNORECASE)
STAMP = 'w:id="1" w:author="Делегация &quot;А&quot;" w:date="2025-04-20T10:00:00Z"'
HERE = 'w:id="1" w:author="Сингапур" w:date="2025-04-20T10:00:00Z"'
KEY = '<w:bookmarkStart w:id="7" w:name="pv_p4"/>', '<w:bookmarkEnd w:id="7"/>'
HIDDEN = styles(
    '<w:style w:type="paragraph" w:styleId="Hidden"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def change(kind, words, stamp=HERE):
    inside = words if words.startswith("<") else run(words)
    return f"<w:{kind} {stamp}>{inside.replace('w:t', 'w:delText') if kind == 'del' else inside}</w:{kind}>"


def said(data):
    """Return all that is read from a file."""
    return encode_revised(read_revised(data))


def parsed(data):
    """Return the file with its encoding spelled as no program spells it, so that all of its main part is parsed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = _DECLARED.sub(rb'<?xml version="1.0" encoding="utf8"', content)
            new.writestr(name, content)
    return written.getvalue()


def count_taken_out(body):
    return len(taken_out(simplified(part(body)))[1])


def test_the_words_of_a_plain_paragraph_are_taken_out():
    key_begins, key_ends = KEY
    body = (
        f"<w:p>{key_begins}{run('Стороны ')}{change('del', 'делятся')}{change('ins', 'обмениваются')}{key_ends}</w:p>"
    )

    left, (inline,) = taken_out(part(body))

    assert left == part(f'<w:p {WORDS}="0"></w:p>')
    assert [(words, mask) for words, _, _, mask, _ in inline.atoms] == [
        ("Стороны ", 3), ("делятся", 1), ("обмениваются", 2)
    ]  # fmt: skip
    assert [(one.author, one.at, one.start, one.end) for one in inline.revisions] == [
        ("Сингапур", "2025-04-20T10:00:00Z", 1, 2),
        ("Сингапур", "2025-04-20T10:00:00Z", 2, 3),
    ]
    assert inline.bookmarks == ["pv_p4"]


@pytest.mark.parametrize(
    "body",
    [
        p("R & D"),
        p("две\nстроки"),
        p(run("жирно", "<w:b/>")),
        p("<w:r><w:tab/></w:r>"),
        p(change("ins", "слова", STAMP)),
        p(change("ins", run("два ") + run("куска", "<w:i/>"))),
        p(f"<w:ins {HERE}>{change('del', 'внесено и убрано')}</w:ins>"),
        p('<w:bookmarkStart w:id="1" w:name="_GoBack"/>'),
        p("слова", f"<w:rPr><w:ins {HERE}/></w:rPr>"),
        '<w:p w:other="a > b"><w:r><w:t>слова</w:t></w:r></w:p>',
    ],
)
def test_any_other_paragraph_is_left_in(body):
    assert count_taken_out(body) == 0
    assert said(docx(body)) == said(parsed(docx(body)))


_PIECES = [
    run("слова "), run(" "), "<w:r><w:t> края </w:t></w:r>", "<w:r><w:t></w:t></w:r>", run("\u200dклей"), run("R & D"),
    "<w:r><w:t>a ]]&gt; b</w:t></w:r>", run("с\nновой"), "<w:r><w:tab/></w:r>", run("жирно", "<w:b/>"),
    change("ins", "внесено"), change("del", "убрано"), change("ins", "<w:r><w:t> х </w:t></w:r>"),
    change("ins", run("")), change("ins", "слова", STAMP), f"<w:ins {HERE}/>",
    f"<w:ins {HERE}>{change('del', 'то и другое')}</w:ins>",
    change("moveFrom", "ушло"), "".join(KEY), '<w:bookmarkStart w:id="1" w:name="_GoBack"/>', "<w:proofErr/>",
    field("begin") + code("TOC") + field("separate"), field("end"),
]  # fmt: skip
_PROPERTIES = ["", '<w:jc w:val="center"/>', '<w:pStyle w:val="Hidden"/>', f"<w:rPr><w:del {HERE}/></w:rPr>"]
_PARAGRAPH = st.builds(p, st.lists(st.sampled_from(_PIECES), max_size=5).map("".join), st.sampled_from(_PROPERTIES))
_WITHIN = st.sampled_from(
    ["{}", "{}", "{}", f"<w:ins {HERE}>{{}}</w:ins>", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.builds(str.format, _WITHIN, _PARAGRAPH), max_size=6))
def test_whatever_stands_in_them_paragraphs_read_as_they_do_parsed(paragraphs):
    data = docx("".join(paragraphs), styles=HIDDEN)

    assert said(data) == said(parsed(data))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*PLAIN, *CHANGED]), max_size=8))
def test_whatever_stands_beside_them_paragraphs_read_as_they_do_parsed(blocks):
    data = docx("".join(blocks), numbering=LISTS, footnotes=NOTES, styles=STYLES)

    assert said(data) == said(parsed(data))


@pytest.mark.parametrize("name", FILES)
def test_each_phenomenon_reads_as_it_does_parsed(name):
    assert said(FILES[name]) == said(parsed(FILES[name]))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.docx")), ids=lambda path: path.stem)
def test_each_file_of_others_reads_as_it_does_parsed(path):
    assert said(path.read_bytes()) == said(parsed(path.read_bytes()))


@pytest.mark.parametrize(
    "written",
    [
        "слова \x01".encode(),
        "слова \uffff".encode(),
        b"a ]]> b",
        "слова".encode("utf-16-le"),
        b"\xff\xfe",
    ],
)
def test_what_a_parser_refuses_is_refused(written):
    body = part(p("ЗДЕСЬ")).replace("ЗДЕСЬ".encode(), written)

    with pytest.raises(FileRefused) as refused:
        read_revised(zipped(members() | {"word/document.xml": body}))

    assert refused.value.reason is Reason.DAMAGED


@pytest.mark.parametrize(("encoding", "words"), [("windows-1251", "Стороны"), ("iso-8859-1", "Ð¡")])
def test_another_encoding_is_read_as_it_says(encoding, words):
    body = part(p(words)).decode().replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)

    read = read_revised(zipped(members() | {"word/document.xml": body}))

    assert [one.text[0].text for one in read.after.texts] == [words]


def test_white_space_that_the_whole_file_keeps_is_kept():
    body = part("<w:p><w:r><w:t>Стороны </w:t></w:r><w:r><w:t>договорились</w:t></w:r></w:p>")
    body = body.replace(b"<w:document ", b'<w:document xml:space="preserve" ')

    read = read_revised(zipped(members() | {"word/document.xml": body}))

    assert [one.text[0].text for one in read.after.texts] == ["Стороны договорились"]


def test_changes_in_what_is_not_opened_are_listed():
    data = docx(p("Стороны.") + f"<w:unknown>{p(change('ins', 'внесено'))}</w:unknown>")

    assert [(one.what, one.excerpt) for one in read_revised(data).after.not_understood] == [
        (Unclear.UNREAD_CHANGE, "внесено")
    ]


def test_the_attribute_is_another_in_each_process_so_that_no_file_names_the_words_of_another_paragraph():
    data = docx(p("Тайна.") + '<w:p words="0"/>', footnotes=notes('<w:footnote w:id="2"><w:p words="0"/></w:footnote>'))

    assert len(WORDS) > len("words-") + 12
    assert [one.text[0].text for one in read_revised(data).after.texts] == ["Тайна."]


def test_who_asks_for_every_element_gets_it():
    package = Package(check_directory(docx(p("Слова.")), ""))

    whole, short = Source(package, is_whole=True).root, Source(package).root

    assert "".join(whole.itertext()) == "Слова."
    assert "".join(short.itertext()) == ""
