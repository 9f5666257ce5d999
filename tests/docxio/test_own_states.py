"""States in a draft's own file: they join where none stood, in front of the words they are to act on."""

from datetime import date

import pytest

from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file, comparison_in_own_file, tracked_in_own_file
from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet, StateName
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose, wished
from app.text.provision import STATES, TEXT, Edition, States
from app.text.runs import plain, text
from tests.docx_lint import problems, schema_problems
from tests.docxio.drafts import STATE_NAMES
from tests.docxio.handmade import docx, level, numbered, numbering, p

CODES = ("BY", "CN", "IR")
NAMES = {"BY": "Беларусь", "CN": "Китай", "IR": "Иран"}
SHEET = Sheet("ru", names={code: StateName(name, STATE_NAMES[code][0]) for code, name in NAMES.items()}, order=CODES)
SOURCE = docx(
    p("1. Стороны сотрудничают.") + numbered("обмениваются опытом;") + p("2. готовят специалистов."),
    numbering=numbering({0: level(0, "lowerLetter", "%1)")}, {1: (0, "")}),
)


def base():
    return Edition("ru", read_draft(SOURCE).texts)


def joining(sponsor, at, *codes, words=None):
    one = base().provisions[at]
    parts = {STATES: States(frozenset(codes)), TEXT: words or one.text}
    return Wish(sponsor, Change(Operation.AMEND, one.key, parts))


ASKED = [
    joining("BY", 1, *CODES),
    joining("CN", 1, *CODES, words=text("часто обмениваются опытом;")),
    joining("IR", 1, "CN"),
    joining("IR", 2, "IR", words=text("обучают специалистов.")),
]


def tracked():
    edition = base()
    own = open_own_file(SOURCE, edition, states=STATE_NAMES)
    return tracked_in_own_file(own, compose(edition, ASKED, CODES), SHEET, NAMES, date(2025, 4, 25), (), STATE_NAMES)


def said(provisions):
    """Return how the provisions read: states in front of the words."""
    return [written(one.parts.get(STATES)) + plain(one.text) for one in provisions][:3]


def written(states):
    return f"{SHEET.joined_list(states.members)} " if isinstance(states, States) else ""


def test_a_file_that_states_join_is_sound():
    assert problems(tracked()) == []
    assert schema_problems(tracked()) in ([], None)


def test_without_the_changes_no_state_stands_there():
    assert said(read_revised(tracked(), states=STATE_NAMES).before.texts) == said(base())


@pytest.mark.parametrize("code", CODES)
def test_each_delegations_states_stand_before_the_words(libreoffice, code):
    full = {code: STATE_NAMES[code][0] for code in CODES}
    every = f"{full['BY']}, {full['CN']} и {full['IR']}"
    wanted = {
        "BY": ["1. Стороны сотрудничают.", f"{every} обмениваются опытом;"],
        "CN": ["1. Стороны сотрудничают.", f"{every} часто обмениваются опытом;"],
        "IR": ["1. Стороны сотрудничают.", f"{full['CN']} обмениваются опытом;"],
    }

    blocks = libreoffice.wished(tracked(), NAMES[code])["blocks"]

    words = ["".join(word for word, _ in block[2]) for block in blocks if block[0] == "p"]
    last = f"2. {full['IR']} обучают специалистов." if code == "IR" else "2. готовят специалистов."
    assert words[:3] == [*wanted[code], last]


@pytest.mark.parametrize("code", CODES)
def test_the_later_text_with_its_states_goes_out_in_the_same_file(code):
    edition = base()
    later = wished(edition, ASKED, CODES, code)

    clean = clean_in_own_file(open_own_file(SOURCE, edition), later, SHEET, STATE_NAMES)
    own = open_own_file(SOURCE, edition)
    compared = comparison_in_own_file(own, later, SHEET, "Rev.1", date(2025, 4, 25), STATE_NAMES)

    assert said(read_draft(clean, states=STATE_NAMES).texts) == said(later)
    assert said(read_revised(compared, states=STATE_NAMES).after.texts) == said(later)
    assert said(read_revised(compared, states=STATE_NAMES).before.texts) == said(edition)
