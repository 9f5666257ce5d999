"""Copies that come back are copies of the version they say, also where they read like another."""

import io
import zipfile

import pytest

from app.docxio.working_copy import working_copy
from app.models import db
from app.models.rounds import Round
from app.negotiation.vocabulary import Outcome
from app.queries.working_copies import load_working_copy
from app.services import rounds
from app.services.issuing import issue_version
from app.services.returned_files import understand_file
from app.text.runs import plain
from tests.desk import LATER, close, decided
from tests.imported import newest
from tests.rounds import OpenRound, make_round, submit
from tests.world import DAY

OLD = "Стороны развивают сотрудничество в цифровой сфере."
NEW = "Стороны углубляют сотрудничество в цифровой сфере."


@pytest.fixture
def two(world):
    """A round on Rev.1, and the working copies of Version 0 and of Rev.1."""
    first = make_round(world)
    receipt = submit(first, world.actor("BLR"), first.amended("p1", NEW))
    old = copy(world, 1)
    second = revised(world, first, receipt)
    return second, old, copy(world, 2)


def revised(world, first, receipt):
    """Close a round, accept a proposal, issue Rev.1 and open a round on it."""
    close(world, first)
    decided(world, receipt, Outcome.ACCEPTED)
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    version = newest().id
    found = rounds.create_round(
        [version],
        opens_at=LATER,
        deadline=LATER + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=db.session.get_one(Round, first.id).visibility,
        actor=world.secretariat,
        now=LATER,
    )
    rounds.open_round(found, actor=world.secretariat, now=LATER)
    return OpenRound(found, version)


def copy(world, number):
    paper = load_working_copy("plan", number, "ru", actor=world.actor("BLR"))
    return working_copy(paper.edition, paper.sheet, "!", mark=paper.marker)


def retyped(data, old, new):
    """Return a file in which somebody typed other words, changes not tracked."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            made.writestr(name, content)
    return out.getvalue()


def understood(world, round_, data):
    return understand_file(round_.id, data, "by.docx", version=round_.version, language="ru", actor=world.actor("BLR"))


def test_a_copy_of_version_0_that_reads_like_rev_1_is_a_copy_of_version_0(world, two):
    round_, old, _ = two

    found = understood(world, round_, retyped(old, OLD, NEW))

    assert found.remarks.made_on == 0


def test_a_copy_of_rev_1_that_reads_like_version_0_is_a_copy_of_rev_1(world, two):
    round_, _, new = two

    found = understood(world, round_, retyped(new, NEW, OLD))

    assert found.remarks.made_on is None
    assert [plain(asked.changes[0].parts["text"]) for asked in found.asked] == [OLD]


def test_without_the_mark_likeness_tells_the_version(world, two):
    round_, old, _ = two
    unmarked = retyped(old, "vc_", "xx_")

    assert understood(world, round_, unmarked).remarks.made_on == 0
    assert understood(world, round_, retyped(unmarked, OLD, NEW)).remarks.made_on is None


def test_a_mark_that_names_another_text_is_not_believed(world, two):
    round_, old, _ = two
    foreign = retyped(old, "vc_", "vc_zzzz")

    assert understood(world, round_, foreign).remarks.made_on == 0
