"""Word's lists counted as LibreOffice counts them: levels, starts, lists that share numbers and lists that begin anew.

LibreOffice 7.4 knows neither ``w:lvlRestart`` nor ``w:isLgl``; ``test_labels_in`` holds these to the standard's text.
"""

import random

import pytest

from app.docxio.revised import read_revised
from tests.docxio.handmade import docx, level, numbered, numbering, run

FORMS = ("decimal", "lowerRoman", "lowerLetter", "upperRoman", "russianLower", "chineseCountingThousand")


def levels(chance):
    """Return four levels: each begins with its number alone, or with those above it."""
    made = ""
    for ilvl in range(4):
        whole = "".join(f"%{at + 1}." for at in range(ilvl + 1))
        pattern = chance.choice((whole, f"(%{ilvl + 1})", f"%{ilvl + 1})"))
        made += level(ilvl, chance.choice(FORMS), pattern, start=chance.choice((1, 1, 3)))
    return made


def lists(seed):
    """Return paragraphs of four lists on two patterns; two of the lists begin anew, each at its highest level."""
    chance = random.Random(seed)
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    nums = {at: (at % 2, again.format(chance.randint(1, 5)) if at > 2 else "") for at in range(1, 5)}
    body, begun = "", set()
    for number in range(14):
        at = chance.randint(1, 4)
        body += numbered(f"Слово {number}.", at, chance.choice((0, 1, 1, 2, 3)) if at in begun else 0)
        begun.add(at)
    return docx(body, numbering=numbering({0: levels(chance), 1: levels(chance)}, nums))


@pytest.mark.parametrize("seed", range(8))
def test_lists_are_counted_as_libreoffice_counts_them(libreoffice, seed):
    data = lists(seed)

    assert [one.label for one in read_revised(data).after.texts] == libreoffice.as_marked(data)["labels"]


def test_words_struck_in_a_counted_paragraph_move_no_number(libreoffice):
    # On the page, with changes shown, LibreOffice 7.4 prints "1. [2.] 2.[3.]" for this file: what it counts by itself,
    # and in brackets the number that stands. It leaves out a counted paragraph as soon as words in it are struck.
    dated = 'w:id="1" w:author="Китай" w:date="2025-04-25T00:00:00Z"'
    struck = f"<w:del {dated}><w:r><w:delText>второе</w:delText></w:r></w:del>"
    body = numbered(run("Первое.")) + numbered(run("Здесь ") + struck + run(" слово.")) + numbered(run("Третье."))
    data = docx(body, numbering=numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")}))

    for found in (libreoffice.as_marked(data), libreoffice.rejected(data), libreoffice.accepted(data)):
        assert found["labels"] == ["1.", "2.", "3."]
