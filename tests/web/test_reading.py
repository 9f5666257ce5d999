"""The reading desk: the draft as a page."""

import pytest

from app.models import db
from app.models.documents import Version
from app.negotiation.vocabulary import Visibility
from app.services import rounds
from tests.world import DAY, NOON, make_document

DESK = "/documents/plan/versions/0"


@pytest.fixture
def version(world):
    document = make_document(world)
    return db.session.scalar(db.select(Version.id).where(Version.document_id == document))


@pytest.fixture
def open_round(world, version):
    found = rounds.create_round(
        [version],
        opens_at=NOON,
        deadline=NOON + 10 * DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )
    rounds.open_round(found, actor=world.secretariat, now=NOON)
    return found


def words(page, path):
    return [" ".join(node.text_content().split()) for node in page.xpath(path)]


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_a_delegate_reads_the_draft_with_its_numbers(browser, world, open_round, language):
    page = browser.sign_in(world.actor("BLR"), language).get(DESK)

    assert words(page, "//section[@id='p-p2']/a[@class='no']") == ["2."]
    assert "Стороны создают единую платформу" in words(page, "//section[@id='p-p2']/p")[0]
    assert page.xpath("//section[@id='p-p2']/p/@lang") == ["ru"]
