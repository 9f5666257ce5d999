"""The one written form of a text."""

from dataclasses import replace

from hypothesis import given

from app.text.canonical import (
    decode_parts,
    decode_provision,
    dumps,
    encode_parts,
    encode_provision,
    fingerprint,
    mint_key,
    text_fingerprint,
)
from app.text.provision import Edition, without_empty
from app.text.runs import NOTE, Run, text
from tests.text.drafts import edition, paragraph
from tests.text.strategies import editions


@given(editions())
def test_a_provision_written_and_read_is_the_same(base):
    for provision in base:
        read = decode_provision(encode_provision(provision))

        assert read == replace(provision, parts=without_empty(provision.parts))
        assert decode_parts(encode_parts(provision.parts)) == read.parts


def test_the_spelling_is_sorted_and_tight():
    assert dumps({"б": [1, 2], "a": "数"}) == '{"a":"数","б":[1,2]}'


def test_a_footnote_reference_is_written_with_its_note():
    one = replace(paragraph("1"), parts={"text": text("a", Run(NOTE, 8, "n1"))})

    assert encode_provision(one)["parts"] == {"text": [["a", 0], [NOTE, 8, "n1"]]}


def test_the_fingerprint_of_an_edition_knows_its_labels():
    one, other = paragraph("1", "a", label="1."), paragraph("1", "a", label="2.")

    assert fingerprint(edition(one)) != fingerprint(edition(other))
    assert fingerprint(edition(one)) == fingerprint(Edition("en", (one,)))


def test_the_fingerprint_of_a_text_does_not_know_its_label():
    assert text_fingerprint(paragraph("1", "a", label="1.")) == text_fingerprint(paragraph("1", "a", "I"))
    assert text_fingerprint(paragraph("1", "a")) != text_fingerprint(paragraph("1", "b"))


def test_the_same_wish_mints_the_same_key():
    parts = [{"text": text("a")}]

    assert mint_key("v0", (None, "1"), 0, parts) == mint_key("v0", (None, "1"), 0, parts)
    assert mint_key("v0", (None, "1"), 0, parts) != mint_key("v0", (None, "2"), 0, parts)


def test_every_kind_of_content_is_read_as_it_was_written():
    one = replace(paragraph("1", "words", "0", 2, "1.", states={"BY", "CN"}), columns=("what",))
    read = decode_provision(encode_provision(one))

    assert read == one
    assert decode_parts(encode_parts(one.parts)) == one.parts
