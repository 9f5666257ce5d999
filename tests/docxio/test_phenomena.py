"""Each kind of tracked change, one a file: both texts are what LibreOffice and pandoc give, and nothing goes untold."""

from datetime import date

import pytest

from app.docxio.consolidating import consolidated
from app.docxio.gate import check_directory
from app.docxio.package import Package
from app.docxio.reader import Source
from app.docxio.revised import read_revised
from app.docxio.tracked_changes import tracked_elements
from app.docxio.understanding import Unclear
from app.text.provision import Kind
from app.text.runs import plain
from tests import pandoc_reader
from tests.docx_lint import problems
from tests.docxio.phenomena import FILES
from tests.docxio.shown import seen

IN_FIELDS = "LibreOffice keeps the result of a field as one, without changes inside it"
IN_CONTROLS = "LibreOffice 7.4 loses changes inside content controls of blocks and cells"
BOXES = "LibreOffice and pandoc keep text boxes apart from the text"
LIBREOFFICE_DIFFERS = {
    "simple field": IN_FIELDS,
    "field result": IN_FIELDS,
    "field deleted": IN_FIELDS,
    "block control": IN_CONTROLS,
    "cell control": IN_CONTROLS,
    "text box": BOXES,
    "equation": "LibreOffice reads equations as objects",
}
PANDOC_DIFFERS = {
    "simple field": "pandoc 2.17 leaves out simple fields",
    "text box": BOXES,
    "nameless": "pandoc 2.17 leaves out changes without author or date",
    "equation": "pandoc prints equations in TeX",
}
EVERY = pytest.mark.parametrize("name", FILES)


def ours(view):
    """Return what we read as the independent readers tell it: letters of paragraphs, of rows' cells, of notes."""
    found, notes = [], []
    for one in view.texts:
        cells = tuple(letters(plain(content)) for content in one.parts.values())
        if one.kind is Kind.FOOTNOTE:
            notes.append("".join(cells))
        elif one.kind in (Kind.ROW, Kind.TABLE):
            found.append((letters(one.label), *cells) if one.label else cells)
        else:
            found.append("".join(cells))
    return without_empty([*found, *notes])


def letters(words):
    return "".join(words.split())


def without_empty(blocks):
    """Drop empty blocks and cells, and what columns cells stand in."""
    told = [one if isinstance(one, str) else tuple(sorted(cell for cell in one if cell)) for one in blocks]
    return [one for one in told if one]


def in_libreoffice(reply):
    """Return LibreOffice's answer in the same form."""
    spelled = []
    for kind, body in seen(reply):
        if kind == "p":
            spelled.append(letters("".join(c for c, _ in body)))
        else:
            spelled.append(tuple(letters("".join(c for c, _ in cell)) for cell in body))
    notes = [letters("".join(run[0] for _, runs in note for run in runs)) for note in reply["notes"]]
    return without_empty([*spelled, *notes])


_known = {}


def source_in_libreoffice(libreoffice, name, how):
    """Return what LibreOffice makes of a file with all its changes ``rejected`` or ``accepted``; it is asked once."""
    if (name, how) not in _known:
        _known[name, how] = in_libreoffice(getattr(libreoffice, how)(FILES[name]))
    return _known[name, how]


def in_pandoc(data, takes):
    return without_empty(pandoc_reader.read(data, takes))


@EVERY
def test_every_change_is_told_or_listed(name):
    source = Source(Package(check_directory(FILES[name], "")), is_whole=True)
    elements = tracked_elements([source.root, *source.notes.roots.values(), *source.package.beside("header", "footer")])

    revised = read_revised(FILES[name])

    listed = [n for n in revised.after.not_understood if n.what is Unclear.UNREAD_CHANGE]
    assert sum(change.elements for change in revised.changes) + len(listed) == sum(elements.values())


@pytest.mark.parametrize("name", [name for name in FILES if name not in LIBREOFFICE_DIFFERS])
def test_both_texts_are_what_libreoffice_gives(libreoffice, name):
    revised = read_revised(FILES[name])

    assert ours(revised.before) == source_in_libreoffice(libreoffice, name, "rejected")
    assert ours(revised.after) == source_in_libreoffice(libreoffice, name, "accepted")


@pytest.mark.needs("pandoc")
@pytest.mark.parametrize("name", [name for name in FILES if name not in PANDOC_DIFFERS])
def test_both_texts_are_what_pandoc_gives(name):
    revised = read_revised(FILES[name])

    assert ours(revised.before) == in_pandoc(FILES[name], pandoc_reader.nothing)
    assert ours(revised.after) == in_pandoc(FILES[name], pandoc_reader.everything)


@EVERY
def test_each_kind_consolidates_soundly(name):
    data = consolidated(FILES[name], {"Iran": FILES[name]}, at=date(2025, 4, 25))

    assert [remark for _, remark in problems(data) if not remark.startswith("edge space")] == []


@pytest.mark.parametrize("name", [name for name in FILES if name not in LIBREOFFICE_DIFFERS])
def test_each_kind_consolidates_to_the_same_two_texts(libreoffice, name):
    data = consolidated(FILES[name], {"Iran": FILES[name]}, at=date(2025, 4, 25))

    assert in_libreoffice(libreoffice.rejected(data)) == source_in_libreoffice(libreoffice, name, "rejected")
    assert in_libreoffice(libreoffice.wished(data, "Iran")) == source_in_libreoffice(libreoffice, name, "accepted")
