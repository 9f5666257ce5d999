"""Orders to write a draft into its own file: they reach the limited process whole, and are kept within its limits."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from app.docxio.archive import LIMITS
from app.docxio.comments import Comment
from app.docxio.own_orders import (
    CleanForm,
    ComparisonForm,
    CopyForm,
    OwnOrder,
    TrackedForm,
    decode_order,
    encode_order,
)
from app.docxio.own_printing import looked_at, printed_in_own_file
from app.docxio.own_text import NotItsFile
from app.docxio.reader import read_draft
from app.docxio.refusals import FileRefused
from app.docxio.sheets import Sheet, Stage, StateName
from app.text.composing import compose
from app.text.provision import Edition, without_empty
from tests.docxio.test_own_file import CODES, NAMES, asked, base, source

# An empty cell and a missing one are the same; only the second travels.
BASE = Edition("en", tuple(replace(p, parts=without_empty(p.parts)) for p in base()))
SHEET = Sheet(
    "ru",
    Stage.VERSION,
    title=("План",),
    marks=("Проект",),
    names={"BY": StateName("Беларусь", "Республика Беларусь")},
    order=("BY",),
    of_text=Sheet("en"),
)


@pytest.mark.parametrize(
    "form",
    [
        CleanForm(),
        CopyForm("Edit here", "vc_1"),
        ComparisonForm(BASE, "Rev.1", date(2025, 5, 1)),
        TrackedForm(compose(BASE, asked(BASE), CODES), NAMES, date(2025, 5, 1), (Comment("p1", ("BY",), "Softer"),)),
    ],
    ids=lambda form: type(form).__name__,
)
def test_an_order_arrives_as_it_was_given(form):
    order = OwnOrder(BASE, BASE, SHEET, form, {"BY": ["Беларусь"]})

    assert decode_order(json.loads(json.dumps(encode_order(order)))) == order


def test_a_file_that_takes_too_long_is_not_written():
    order = OwnOrder(base(), base(), SHEET, CleanForm())

    with pytest.raises(NotItsFile, match="too_slow"):
        printed_in_own_file(source(), order, replace(LIMITS, wall_seconds=0.01))


def test_what_is_no_word_file_is_not_written():
    with pytest.raises(NotItsFile, match="refused"):
        printed_in_own_file(b"PK\x03\x04 and nothing else", OwnOrder(base(), base(), SHEET, CleanForm()))


def test_a_text_of_another_file_is_not_written_into_it():
    other = Edition("en", read_draft(source()).texts[:1])

    data = printed_in_own_file(source(), OwnOrder(base(), other, SHEET, CleanForm()))

    assert len(read_draft(data).texts) == 1


@pytest.mark.parametrize("name", ["word/embeddings/oleObject1.bin", "customXml/item1.xml", "word/people.xml/../x.exe"])
def test_what_the_process_gives_back_has_parts_of_the_allowed_names_alone(name):
    packed = io.BytesIO(printed_in_own_file(source(), OwnOrder(BASE, BASE, SHEET, CleanForm())))
    with zipfile.ZipFile(packed, "a") as package:
        package.writestr(name, "planted")

    with pytest.raises(FileRefused):
        looked_at(packed.getvalue())
