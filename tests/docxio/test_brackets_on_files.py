"""Brackets are data in Word files too: read, parsed and printed again, whoever reads, they are what was written."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file
from app.docxio.reader import read_draft
from app.docxio.redlining import redlined
from app.docxio.sheets import Sheet
from app.text.brackets import Bracket, parse, unparse
from app.text.provision import TEXT, Edition
from app.text.tokens import Token, tokens
from tests import pandoc_reader
from tests.benchmarks.returned import base_file
from tests.docxio.shown import seen

DAY = date(2025, 4, 25)
words = st.lists(st.sampled_from(["[", "]", "[[", "]]", "слово", "数", "the"]), min_size=1, max_size=12)
paragraphs = st.lists(words.map(lambda found: ["Стороны", *found, "конец."]), min_size=1, max_size=4)
few = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def written(asked):
    """Return a draft with these paragraphs as it goes out in its own file."""
    data = base_file(asked)
    edition = Edition("ru", read_draft(data).texts)
    return clean_in_own_file(open_own_file(data, edition), edition, Sheet("ru"))


def trees(data, changes="accepted"):
    """Return the brackets of each paragraph as our reader finds them; printed again, they are its text."""
    found = []
    for one in read_draft(data, changes=changes).texts:
        pieces = tokens(one.parts[TEXT])
        found.append(parse(pieces))
        assert unparse(found[-1]) == pieces
    return found


def shape(nodes):
    """Return how brackets nest, and the letters in and between them."""
    found = ""
    for node in nodes:
        found += f"⟨{shape(node.inner)}⟩" if isinstance(node, Bracket) else node.text.strip()
    return found


def shape_of(letters):
    return shape(parse(tuple(Token(letter) for letter in letters)))


def asked_for(asked):
    return [shape_of("".join(one)) for one in asked]


@pytest.mark.needs("pandoc")
@given(paragraphs)
@few
def test_brackets_written_to_a_file_nest_as_they_did(asked):
    data = written(asked)

    assert [shape(tree) for tree in trees(data)] == asked_for(asked)
    assert [shape_of(line) for line in pandoc_reader.read(data, lambda _: True)] == asked_for(asked)


@pytest.mark.needs("pandoc")
@given(paragraphs, paragraphs)
@few
def test_brackets_put_in_and_struck_as_tracked_changes_nest_as_they_did_before_and_after(old, new):
    data = redlined(read_draft(written(old)), read_draft(written(new)), author="Beijing", at=DAY)

    for changes, asked in (("rejected", old), ("accepted", new)):
        read = pandoc_reader.read(data, lambda _, takes=changes == "accepted": takes)
        assert [shape(tree) for tree in trees(data, changes) if tree] == asked_for(asked)
        assert [shape_of(line) for line in read] == asked_for(asked)


def test_libreoffice_shows_nested_brackets_as_they_were_written(libreoffice):
    asked = [["Стороны", "[создают", "[единую]", "|", "[общую", "[открытую]]]", "платформу."]]
    data = written(asked)

    (line,) = ("".join(c for c, _ in body) for kind, body in seen(libreoffice.accepted(data)) if kind == "p")

    assert shape_of("".join(line.split())) == "Стороны⟨создают⟨единую⟩|⟨общую⟨открытую⟩⟩⟩платформу."
