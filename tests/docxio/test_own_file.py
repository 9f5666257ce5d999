"""A draft in its own Word file: laws 1 and 2 on the file, what nobody touches byte for byte, no trace of anybody."""

import io
import os
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.docxio.comments import Comment
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file, tracked_in_own_file, working_copy_in_own_file
from app.docxio.own_text import NotItsFile
from app.docxio.reader import read_draft
from app.docxio.refusals import FileRefused
from app.docxio.sheets import Sheet
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose, wished
from app.text.provision import TEXT, Edition, Kind, Place, Provision, same_text
from app.text.runs import Marks, Run, plain, text
from app.text.tokens import tokens, untokenize
from tests.docx_lint import problems
from tests.docxio.handmade import W, cell, docx, level, notes, numbered, numbering, p, row, run, table, zipped
from tests.docxio.shown import seen

CODES = ("BY", "CN", "KZ", "UZ")
NAMES = {"BY": "Belarus", "CN": "China", "KZ": "Kazakhstan", "UZ": "Uzbekistan"}
CLOSED = date(2025, 4, 25)
SHEET = Sheet("en", marks=("Draft",), fingerprint="fingerprint 4711", sample="A training example")
CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
FILES = sorted(CORPUS.glob("*.docx"))


def source():
    """Return a file with what cuts must respect: marks, a link, a field, a note, numbers, a table at the end."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://example.org" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("paragraph 3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = f'<w:hyperlink w:anchor="a">{run("the linked words")}</w:hyperlink>'
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = [
        p(run("Action plan", "<w:b/>"), '<w:jc w:val="center"/>'),
        p(run("1. The Parties ") + run("shall", "<w:i/>") + run(" R&D <co-operate> as agreed") + note + run(".")),
        p(run("2. They follow ") + link + run(" and ") + field + run(" in good time.")),
        numbered("Exchange of experience;"),
        numbered("Training of specialists;"),
        numbered("Joint projects."),
        p("3. The last paragraph stands before a table."),
        table(
            row(cell("No."), cell("Measure"), cell("Time")),
            row(cell("1"), cell("Build networks"), cell("2026")),
            row(cell("2"), cell(p("Open data") + p("Second line")), cell("")),
            row(cell("3"), cell("Close the gap"), cell("2027")),
        ),
    ]
    levels = {
        0: level(
            0,
            "lowerLetter",
            "%1)",
        ),
    }
    return docx(
        "".join(body),
        numbering=numbering(levels, {1: (0, "")}),
        footnotes=notes(f'<w:footnote w:id="1">{p("Agreed in Hangzhou.")}</w:footnote>'),
    )


def base():
    return Edition("en", read_draft(source()).texts)


def amend(edition, key, sponsors, name=TEXT, *, words):
    parts = {**edition.by_key()[key].parts, name: words}
    return [Wish(sponsor, Change(Operation.AMEND, key, parts)) for sponsor in sponsors.split()]


def cut(content, start, end, new=""):
    pieces = tokens(content)
    return text(*untokenize(pieces[:start]), new, *untokenize(pieces[end:]))


def asked(edition):
    found = {plain(one.text): one for one in edition if one.text}
    by = lambda words: next(one for said, one in found.items() if words in said)  # noqa: E731
    p1, p2, a, b, p3 = map(by, ["co-operate", "linked", "Exchange", "Training", "last"])
    rows = [one for one in edition if one.kind is Kind.ROW]
    note = next(one for one in edition if one.kind is Kind.FOOTNOTE)
    new_row = Provision(
        "nr", Kind.ROW, 0, rows[0].parent, {"measure": text("A new row"), "time": text("2030")}, "1 bis"
    )
    measure = next(n for n in rows[0].parts if "measure" in n)
    time = next(n for n in rows[0].parts if "time" in n or "2026" in plain(rows[0].parts[n]))
    new_row = Provision("nr", Kind.ROW, 0, rows[0].parent, {measure: text("A new row"), time: text("2030")}, "1 bis")

    def one(operation, sponsor, key, **more):
        return [Wish(sponsor, Change(operation, key, **more))]

    return [
        *amend(edition, p1.key, "BY CN", words=cut(p1.text, 2, 5, " should ")),
        *amend(edition, p1.key, "KZ", words=text(Run("All ", Marks.BOLD), *p1.text)),
        *amend(edition, p2.key, "BY", words=cut(p2.text, 4, 8, "the new words")),
        *amend(edition, p2.key, "CN", words=text(*p2.text, " It counts.")),
        *amend(edition, a.key, "KZ", words=text("Exchange of good experience;")),
        *one(Operation.DELETE, "UZ", p2.key, alone=True),
        *one(Operation.DELETE, "UZ", b.key),
        *one(
            Operation.INSERT,
            "UZ",
            "n1",
            place=Place(a.parent, a.key),
            block=(Provision("n1", Kind.ITEM, a.level, a.parent, {TEXT: text("A new item;")}, "a bis)"),),
        ),
        *one(
            Operation.INSERT,
            "CN",
            "n2",
            place=Place(p3.parent, p3.key),
            block=(Provision("n2", Kind.PARAGRAPH, 0, p3.parent, {TEXT: text("Before the table.")}, "3 bis."),),
        ),
        *one(Operation.DELETE, "BY", p3.key),
        *one(Operation.MOVE, "CN", a.key, place=Place(b.parent, b.key)),
        *one(Operation.DELETE, "CN", rows[1].key),
        *one(Operation.INSERT, "KZ", "nr", place=Place(rows[0].parent, rows[0].key), block=(new_row,)),
        *amend(edition, rows[0].key, "UZ", measure, words=text("Build quick networks")),
        *amend(edition, rows[1].key, "BY", measure, words=text("Open data Second line")),
        *amend(edition, rows[2].key, "BY", measure, words=text("Close\nthe gap")),
        *amend(edition, note.key, "UZ", words=text("Agreed in Hangzhou, 2025.")),
    ]


def written():
    edition = base()
    composition = compose(edition, asked(edition), CODES)
    remarks = [Comment(next(p.key for p in edition if "co-operate" in plain(p.text)), ("BY", "CN"), "Softer.")]
    return edition, tracked_in_own_file(open_own_file(source(), edition), composition, SHEET, NAMES, CLOSED, remarks)


def words(reply):
    """Return paragraphs and rows as LibreOffice sees them, without labels that it counts itself."""
    return [
        "".join(c for c, _ in body) if kind == "p" else [" ".join("".join(c for c, _ in cell).split()) for cell in body]
        for kind, body in seen(reply)
    ]


def expected(edition):
    found = []
    for one in edition:
        if one.kind is Kind.ROW:
            found.append([one.label, *(" ".join(plain(c).split()) for c in one.parts.values())])
        elif one.kind is Kind.TABLE:
            found.append([plain(c) for c in one.parts.values()])
        elif one.kind is not Kind.FOOTNOTE:
            found.append(plain(one.text))
    return found


def same_words(actual, wanted):
    """Whether both have the same blocks; a paragraph may have a label in front."""
    if len(actual) != len(wanted):
        return False
    return all(
        sorted(x for x in b if x) == sorted(x for x in a if x)
        if isinstance(a, list)
        else not isinstance(b, list) and a.endswith(b)
        for a, b in zip(actual, wanted, strict=True)
    )


def test_a_tracked_draft_in_its_own_file_is_sound():
    _, data = written()

    assert problems(data) == []


def test_a_comment_on_a_footnote_stands_in_the_text_where_programs_take_it():
    edition = base()
    note = next(one for one in edition if one.kind is Kind.FOOTNOTE)
    composition = compose(edition, amend(edition, note.key, "UZ", words=text("Agreed in 2025.")), CODES)
    remarks = [Comment(note.key, ("UZ",), "The year will do.")]

    data = tracked_in_own_file(open_own_file(source(), edition), composition, SHEET, NAMES, CLOSED, remarks)

    assert problems(data) == []
    assert "The year will do." in part(data, "word/comments.xml")
    assert "commentReference" in part(data, "word/document.xml")


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_rejecting_everything_gives_the_file_as_it_was(libreoffice):
    _, data = written()

    reply, before = words(libreoffice.rejected(data)), words(libreoffice.rejected(source()))

    assert reply == before


@pytest.mark.parametrize("code", CODES)
def test_each_delegations_wish_comes_out_of_the_own_file(libreoffice, code):
    edition, data = written()

    actual = words(libreoffice.wished(data, NAMES[code]))

    wanted = expected(wished(edition, asked(edition), CODES, code))
    assert same_words(actual, wanted), (actual, wanted)


def test_the_same_input_gives_the_same_bytes_in_the_own_file():
    assert written()[1] == written()[1]


def test_the_clean_text_of_a_later_version_goes_out_in_the_same_file():
    edition = base()
    for code in CODES:
        later = wished(edition, asked(edition), CODES, code)

        data = clean_in_own_file(open_own_file(source(), edition), later, SHEET)

        read = read_draft(data).texts
        assert problems(data) == []
        assert [plain(p.text) for p in read] == [plain(p.text) for p in later], code


def test_a_working_copy_tracks_changes_and_says_so_on_each_page():
    edition = base()

    data = working_copy_in_own_file(open_own_file(source(), edition), edition, SHEET, "Write with Track Changes on.")

    package = zipfile.ZipFile(io.BytesIO(data))
    assert b"<w:trackRevisions/>" in package.read("word/settings.xml")
    assert b"Write with Track Changes on." in package.read("word/own_header.xml")


def test_a_working_copy_says_so_on_a_first_page_that_differs_too():
    package = zipfile.ZipFile(io.BytesIO(source()))
    files = {name: package.read(name) for name in package.namelist()}
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"<w:sectPr/>", b"<w:sectPr><w:titlePg/></w:sectPr>"
    )
    own = open_own_file(zipped(files), base())

    data = working_copy_in_own_file(own, base(), SHEET, "Write with Track Changes on.")

    assert problems(data) == []
    document = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert set(re.findall(r'<w:headerReference w:type="(\w+)"', document)) == {"default", "first"}


def test_a_text_that_does_not_stand_in_the_file_is_not_written_into_it():
    edition = base()
    other = Edition("en", tuple(Provision(q.key, q.kind, q.level, q.parent, {TEXT: text("other")}) for q in edition))

    with pytest.raises(NotItsFile):
        open_own_file(source(), other)


_ALLOWED = re.compile(
    r"\s(?:w:rsid\w*|w14:(?:paraId|textId)|descr|title|alt|name|o:title|o:gfxdata|o:spid|w:tooltip|w:docLocation|r:id)="
    r'"[^"]*"|<w:r>(?:<w:rPr><w:rStyle w:val="\w+"/>(?:<w:\w+/>)*</w:rPr>)?<w:commentReference[^<>]*/></w:r>'
    r"|<w:(?:bookmark(?:Start|End)|comment\w+|perm\w+)[^<>]*/>"
)


_PARAGRAPH = re.compile(r"<w:p(?:\s[^<>]*)?>(?:(?!<w:p[\s>]).)*?</w:p>", re.DOTALL)
_TOUCHED = re.compile(
    r"<w:(?:ins|del|move|\w+Change|commentRef|fldChar|sdt|hyperlink|object|pict|drawing)"
    r"|<mc:|txbxContent"
)
"""What is resolved, or leads out of the file, in a paragraph; a box cuts the paragraph that holds it."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_paragraphs_that_nobody_touches_stay_byte_for_byte(path):
    data = path.read_bytes()
    before = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    edition = Edition("en", read_draft(data).texts)

    out = clean_in_own_file(open_own_file(data, edition), edition, SHEET)

    after = zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml").decode()
    assert same_text(read_draft(out).texts, edition)
    ours = {_ALLOWED.sub("", one) for one in _PARAGRAPH.findall(after)}
    untouched = [_ALLOWED.sub("", one) for one in _PARAGRAPH.findall(before) if not _TOUCHED.search(one)]
    joined = sum(before.count(f"<w:{name} ") for name in ("del", "ins", "moveFrom"))
    assert sum(one not in ours for one in untouched) <= joined


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_person_and_no_trace_goes_out_of_an_own_file(path):
    data = path.read_bytes()
    package = zipfile.ZipFile(io.BytesIO(data))
    every = b"".join(package.read(n) for n in package.namelist() if n.endswith(".xml"))
    people = set(re.findall(rb'w:(?:author|initials)="([^"]{4,})"', every))
    people |= set(re.findall(rb"<(?:dc:creator|cp:lastModifiedBy)>([^<]{4,})<", every))
    edition = Edition("en", read_draft(data).texts)

    out = zipfile.ZipFile(io.BytesIO(clean_in_own_file(open_own_file(data, edition), edition, SHEET)))

    for name in out.namelist():
        content = out.read(name)
        assert b"w:rsid" not in content
        assert b"w14:paraId" not in content
        assert b"attachedTemplate" not in content
        assert not any(b'"' + person + b'"' in content for person in people), name


def test_a_header_that_is_no_xml_does_not_go_out():
    header = f'<w:hdr xmlns:w="{W}"><w:p <w:p>></w:hdr>'
    source = docx(p(run("The Parties meet.")), header=header)

    with pytest.raises(FileRefused):
        open_own_file(source, read_draft(source).edition())


@pytest.mark.parametrize(
    "inside",
    [
        '<w:r><w:t xml:space="preserve">The Parties > meet.</w:t></w:r>',
        "<w:r><w:t xml:space='preserve'>The Parties meet.</w:t></w:r>",
        "<w:r><w:t>The <![CDATA[Parties]]> meet.</w:t></w:r>",
        "<w:r><w:t>The Parties<!-- <w:p> --> meet.</w:t></w:r>",
        "<w:r><?note <w:p>?><w:t>The Parties meet.</w:t></w:r>",
    ],
)
def test_what_is_written_as_few_programs_write_is_brought_into_the_normal_form(inside):
    source = docx(f"<w:p>{inside}</w:p>{p(run('They report.'))}")

    own = open_own_file(source, read_draft(source).edition())

    written = own.parts.document
    assert not any(sign in written for sign in ("<!", "='", "<?note"))
    assert written.count("<") == written.count(">")
