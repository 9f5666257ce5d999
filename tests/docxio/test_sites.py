"""Where the words of each provision stand in its file."""

import os
import re
from pathlib import Path

import pytest

from app.docxio.atoms import AFTER, BEFORE
from app.docxio.inline import InlineReader
from app.docxio.sites import Sited, read_sited
from app.docxio.understanding import Unclear
from app.docxio.word_styles import Styles
from app.text.provision import Kind, States
from app.text.runs import plain
from tests.docxio.drafts import STATE_NAMES
from tests.docxio.handmade import cell, docx, p, row, run, table

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
FILES = sorted(CORPUS.glob("*.docx"))


def words_at(sited: Sited, key: str, part: str, changes: str = "rejected") -> list[str]:
    """Return the characters of each of a part's stretches."""
    style = Styles(None).get(None)
    view = BEFORE if changes == "rejected" else AFTER
    return [
        plain(InlineReader(Styles(None)).read(s.paragraph, style, style).text(view))[s.start : s.end]
        for s in sited.sites[key].stretches.get(part, ())
    ]


def elsewhere(sited: Sited, changes: str) -> list[tuple[str, str, str, list[str]]]:
    """Return key, part, words read and words at the site, wherever the two differ.

    Automatic numbers inside cells, breaks and the tabs of nested tables stand in no paragraph.
    """
    equations = {n.where for n in sited.understood.not_understood if n.what is Unclear.EQUATION}
    found = []
    for provision in sited.understood.texts:
        for part, content in provision.parts.items():
            if isinstance(content, States) or provision.key in equations:
                continue
            there, read = words_at(sited, provision.key, part, changes), plain(content)
            same = "".join(there) == read.replace("\n", "")
            if provision.kind in (Kind.ROW, Kind.TABLE):
                same = bool(re.search(".*?".join(map(re.escape, there)), read, re.DOTALL))
            if not same:
                found.append((provision.key, part, read, there))
    return found


@pytest.mark.skipif(not FILES, reason="no corpus of Word files here; CHAPEAU_CORPUS names one")
@pytest.mark.parametrize("changes", ["rejected", "accepted"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_of_every_provision_stand_at_its_site(path, changes):
    sited = read_sited(path.read_bytes(), changes=changes)

    assert set(sited.sites) == {p.key for p in sited.understood.texts}
    assert elsewhere(sited, changes) == []


def test_a_typed_label_is_no_word_of_the_site():
    sited = read_sited(docx(p("  12 бис. Стороны договорились. ")))

    (stretch,) = sited.sites["p1"].stretches["text"]
    assert (stretch.number, stretch.start, stretch.end) == (0, 10, 31)
    assert words_at(sited, "p1", "text") == ["Стороны договорились."]


def test_states_that_join_stand_before_the_words():
    names = "Республика Беларусь, Исламская Республика Иран, Китайская Народная Республика"
    sited = read_sited(docx(p(f"{names} договорились")), states=STATE_NAMES)

    assert words_at(sited, "p1", "states") == [names + " "]
    assert words_at(sited, "p1", "text") == ["договорились"]


def test_the_label_of_a_row_over_all_columns_is_no_word_of_the_site():
    over = row(cell("2. Кадры", '<w:gridSpan w:val="2"/>'))
    sited = read_sited(docx(table(row("№", "Мероприятие"), row("1", "Обмен"), over)))

    assert words_at(sited, "p3", "text") == ["Кадры"]


def test_a_provision_has_the_key_of_its_first_bookmark():
    marked = '<w:bookmarkStart w:id="1" w:name="pv_{}"/>'
    first, copied = (p(marked.format("k7") + run(words)) for words in ("1. Первый", "2. Второй"))

    sited = read_sited(docx(first + copied + p(marked.format("p2") + run("3. Третий"))))

    assert [x.key for x in sited.understood.texts] == ["k7", "p2x", "p2"]
