"""The laws of composition on files: delegates edit real drafts, LibreOffice and pandoc read what comes out."""

import io
import os
import zipfile
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from lxml import etree

from app.docxio.consolidating import consolidate, consolidated
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file
from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet
from app.text.conflicts import conflicts
from app.text.provision import Edition
from app.text.runs import plain
from tests import pandoc_reader
from tests.docxio.stranger import Delegate, W
from tests.docxio.test_phenomena import in_libreoffice, in_pandoc, without_empty

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
DAY = date(2025, 4, 25)
BASES = ("regex01-two-authors", "rp047-ins-then-del", "sdk-comment025", "rp015-move", "paper-lo-ins-del")
IN_LIBREOFFICE = BASES[:3]
"""It takes a second for each wish; pandoc reads the others too."""
EDITS = 5
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="no corpus of Word files here; CHAPEAU_CORPUS names one")


def sent_out(stem):
    """Return a real file as it is sent out: its own tracked changes rejected."""
    data = (CORPUS / f"{stem}.docx").read_bytes()
    edition = Edition("en", read_draft(data, changes="rejected").texts)
    return clean_in_own_file(open_own_file(data, edition, changes="rejected"), edition, Sheet("en"))


def sent_back(base, seed=0):
    """Return what three delegations sent back: two with tracked changes, one simply edited."""
    found = {}
    for at, (name, tracked) in enumerate((("Belarus", True), ("China", False), ("Iran", True))):
        delegate = Delegate(base, name, tracked=tracked, seed=10 * seed + at)
        assert delegate.edit(EDITS)
        found[name] = delegate.file()
    return found


_made = {}


def made(stem):
    """Return base, files sent back and the tracked draft; each is made once."""
    if stem not in _made:
        base = sent_out(stem)
        returned = sent_back(base)
        _made[stem] = base, returned, consolidated(base, returned, at=DAY)
    return _made[stem]


def told(data):
    """Return the tracked changes of a draft without their order and that of their sponsors."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    changes = [
        (change.tag, "".join(change.itertext()), sorted(change.get(W + "author").split("; ")))
        for change in root.iter(W + "ins", W + "del")
    ]
    return sorted(changes)


@pytest.mark.parametrize("stem", BASES)
def test_rejecting_everything_gives_the_base(libreoffice, stem):
    base, _, draft = made(stem)

    assert in_libreoffice(libreoffice.rejected(draft)) == in_libreoffice(libreoffice.rejected(base))


@pytest.mark.parametrize("stem", IN_LIBREOFFICE)
def test_each_delegation_gets_what_it_sent_back(libreoffice, stem):
    _, returned, draft = made(stem)

    for name, data in returned.items():
        wish = in_libreoffice(libreoffice.wished(draft, name))
        assert wish == in_libreoffice(libreoffice.accepted(data)), name


@pytest.mark.needs("pandoc")
@pytest.mark.parametrize("stem", BASES)
def test_pandoc_finds_the_base_and_every_wish(stem):
    base, returned, draft = made(stem)

    assert in_pandoc(draft, pandoc_reader.nothing) == in_pandoc(base, pandoc_reader.nothing)
    for name, data in returned.items():
        wish = without_empty(pandoc_reader.read(draft, pandoc_reader.sponsored_by(name)))
        assert wish == in_pandoc(data, pandoc_reader.everything), name


@pytest.mark.parametrize("stem", BASES)
def test_the_order_of_the_files_changes_the_order_of_the_names_alone(stem):
    base, returned, draft = made(stem)

    for order in list(permutations(returned))[1:4]:
        other = consolidated(base, {name: returned[name] for name in order}, at=DAY)
        assert told(other) == told(draft)


def test_identical_wishes_are_joined_whoever_tracked_them():
    base = sent_out("regex01-two-authors")
    tracked, edited = (Delegate(base, "x", tracked=tracked, seed=8) for tracked in (True, False))
    for delegate in (tracked, edited):
        assert delegate.reword(5)
        assert delegate.add_words(5)
        assert delegate.strike_words(5)
        assert delegate.add_after(5)

    draft = consolidated(base, {"Belarus": tracked.file(), "China": edited.file()}, at=DAY)

    assert {change.author for change in read_revised(draft).changes} == {"Belarus; China"}


@pytest.mark.parametrize("stem", BASES)
def test_no_proposed_word_is_lost(stem):
    base, returned, draft = made(stem)
    added = [change for change in read_revised(draft).changes if change.added]

    for name, data in returned.items():
        own = consolidated(base, {name: data}, at=DAY)
        for change in read_revised(own).changes:
            ours = "".join(plain(c.added) for c in added if name in c.author.split("; "))
            assert plain(change.added) in ours, (name, plain(change.added))


def test_every_conflict_is_reported_with_all_readings():
    base = sent_out("regex01-two-authors")
    names = ("Belarus", "China", "Iran")
    edition = Edition("en", read_draft(base).texts)
    delegates = [Delegate(base, name, tracked=True, seed=3) for name in names]
    words = ("first", "second", "third")
    for delegate, word in zip(delegates, words, strict=True):
        assert delegate.reword(1, word)

    found = consolidate(edition, {d.author: read_revised(d.file()) for d in delegates})

    (conflict,) = conflicts(found.composition)
    assert {reading.sponsors: plain(reading.text) for reading in conflict.readings} == {
        (name,): word for name, word in zip(names, words, strict=True)
    }


def test_a_change_carried_over_an_unrelated_one_is_the_change_made_after_it(libreoffice):
    old = sent_out("regex01-two-authors")
    other = Delegate(old, "x", tracked=False, seed=1)
    assert other.reword(1)
    assert other.strike_words(3)
    new = other.file()
    later = Delegate(old, "Iran", tracked=True, seed=2, start=8), Delegate(new, "Iran", tracked=True, seed=2, start=8)
    assert later[0].edit(EDITS) == later[1].edit(EDITS)

    draft = consolidated(new, {"Iran": later[0].file()}, at=DAY, align=True)

    assert in_libreoffice(libreoffice.wished(draft, "Iran")) == in_libreoffice(libreoffice.accepted(later[1].file()))


@pytest.mark.parametrize("stem", ["hc031-complicated", "tika-numbered", "rp049-before-table", "sdk-comment025"])
def test_a_file_that_was_only_saved_in_libreoffice_asks_for_nothing(libreoffice, stem):
    base = sent_out(stem)
    edition = Edition("en", read_draft(base).texts)

    found = consolidate(edition, {"China": read_revised(libreoffice.edited(base))})

    assert found.wishes == ()


def test_words_changed_in_a_file_that_libreoffice_saved_are_asked_for(libreoffice):
    base = sent_out("sdk-comment025")
    delegate = Delegate(libreoffice.edited(base), "China", tracked=True, seed=4)
    assert delegate.reword(12, "singular")
    edition = Edition("en", read_draft(base).texts)

    ((change, names),) = consolidate(edition, {"China": read_revised(delegate.file())}).wishes

    assert names == ("China",)
    assert "singular" in "".join(plain(content) for content in change.parts.values())
