"""Two files compared: rejecting gives the older, accepting the newer, whoever reads the result."""

from datetime import date

import pytest

from app.docxio.reader import read_draft
from app.docxio.redlining import redlined
from app.text.provision import States, same_text
from app.text.runs import plain
from tests.docx_lint import problems

PAIRS = (
    *("rp004-sdt", "rp005-pmark-del", "rp008-pmarks-ins", "rp012-rows-ins", "rp015-move", "rp019-field-del"),
    *("rp021-numbering-ins", "rp025-pprchange", "rp034-cells-del", "rp042-itu-es", "rp046-consecutive"),
    *("rp047-ins-then-del", "rp049-before-table"),
)


def pair(corpus, name):
    """Return a real file before and after its changes, as Microsoft's own tool resolved them."""
    return [read_draft((corpus / "expected" / f"{name}.{end}.docx").read_bytes()) for end in ("rejected", "accepted")]


def letters(draft):
    """Return the characters of a draft in reading order, labels too, without white space."""
    found = []
    for p in draft.texts:
        found += [p.label, *(plain(c) for c in p.parts.values() if not isinstance(c, States))]
    return "".join("".join(found).split())


def seen(reply):
    """Return the characters that LibreOffice shows, without white space."""
    found = []
    for kind, *rest in reply["blocks"]:
        paragraphs = [rest[:2]] if kind == "p" else [line for cell in rest[0] for line in cell]
        found += [run[0] for _, runs in paragraphs for run in runs]
    return "".join("".join(found).split())


@pytest.mark.parametrize("name", PAIRS)
def test_a_real_pair_comes_back_whole_both_ways(corpus, name):
    for old, new in (pair(corpus, name), pair(corpus, name)[::-1]):
        made = redlined(old, new, author="Секретариат", at=date(2025, 5, 28))

        assert letters(read_draft(made, changes="rejected")) == letters(old)
        assert letters(read_draft(made)) == letters(new)
        assert problems(made) == []


@pytest.mark.parametrize("name", ["rp012-rows-ins", "rp034-cells-del", "rp042-itu-es", "rp046-consecutive"])
def test_libreoffice_reads_a_real_pair_both_ways(corpus, libreoffice, name):
    old, new = pair(corpus, name)

    made = redlined(old, new, author="Секретариат", at=date(2025, 5, 28))

    assert seen(libreoffice.rejected(made)) == letters(old)
    assert seen(libreoffice.accepted(made)) == letters(new)


def test_a_file_compared_with_itself_has_no_change(corpus):
    draft = read_draft((corpus / "un-wgig.docx").read_bytes())

    made = redlined(draft, draft, author="X", at=date(2025, 5, 28))

    assert same_text(read_draft(made, changes="rejected").texts, read_draft(made).texts)
