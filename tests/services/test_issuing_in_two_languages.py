"""A version issued in two languages: what is decided holds in both, what is worded anew waits for its translation."""

import pytest

from app.models import db
from app.models.documents import ProvisionText
from app.negotiation.vocabulary import Outcome
from app.queries.texts import load_edition
from app.services.decisions import agree_provisions
from app.services.verification import verify
from app.text.changes import Operation
from app.text.provision import TEXT
from tests.desk import LATER, chinese, close, decided, desk, make_bilingual, open_on, worded, words
from tests.issued import inserted, issue, version_id
from tests.rounds import submit
from tests.world import small_plan

FORM = "Стороны формируют единую платформу обмена опытом."


@pytest.fixture
def bilingual(world):
    return open_on(world, make_bilingual(world, small_plan(), chinese()), number=1)


def made_from(number, key):
    rows = db.session.execute(
        db.select(ProvisionText.part, ProvisionText.made_from).where(
            ProvisionText.version_id == version_id(number), ProvisionText.key == key, ProvisionText.language == "zh"
        )
    )
    return {row.part: row.made_from for row in rows}


def test_a_translation_is_stale_where_the_negotiating_text_moved_on(world, bilingual):
    one = submit(bilingual, world.actor("BLR"), bilingual.amended("p2", FORM))
    close(world, bilingual)
    decided(world, one, Outcome.ACCEPTED)

    issue(world)

    assert words(bilingual, 2, "zh")["p2"] == "各方建立统一的经验交流平台。"
    assert made_from(2, "p2") == {TEXT: None}
    assert made_from(2, "p1")[TEXT] is not None


def test_a_translation_with_its_own_wording_is_fresh(world, bilingual):
    one = submit(bilingual, world.actor("BLR"), bilingual.amended("p2", FORM))
    close(world, bilingual)
    decided(world, one, Outcome.ACCEPTED)
    worded(bilingual, "p2", "各方形成统一的经验交流平台。", actor=world.secretariat, language="zh")

    issue(world)

    assert words(bilingual, 2, "zh")["p2"] == "各方形成统一的经验交流平台。"
    assert made_from(2, "p2")[TEXT] is not None


def test_a_russian_typist_does_not_stop_a_chinese_one(world, bilingual):
    close(world, bilingual)
    worded(bilingual, "p2", FORM, actor=world.secretariat)

    worded(bilingual, "p2", "各方形成统一的经验交流平台。", actor=world.chair, language="zh")

    assert set(desk(world).resolutions) == {("p2", "ru"), ("p2", "zh")}


def test_what_goes_in_one_language_goes_in_all(world, bilingual):
    one = submit(bilingual, world.actor("BLR"), bilingual.of(Operation.DELETE, "p2b"))
    close(world, bilingual)
    decided(world, one, Outcome.ACCEPTED)

    issue(world)

    assert "p2b" not in words(bilingual, 2, "zh")


def test_a_state_that_joins_joins_in_every_language(world, bilingual):
    one = submit(bilingual, world.actor("CHN"), bilingual.with_states("r1", "who", "KAZ", "RUS", "CHN"))
    close(world, bilingual)
    decided(world, one, Outcome.ACCEPTED)

    issue(world)

    row = load_edition(version_id(2), "zh").by_key()["r1"]
    assert row.parts["who"].members == {"KAZ", "RUS", "CHN"}
    assert None not in made_from(2, "r1").values()


def test_the_record_holds_everything_that_issuing_wrote(world, bilingual):
    one = submit(bilingual, world.actor("BLR"), bilingual.amended("p2", FORM), inserted(bilingual))
    submit(bilingual, world.actor("IND"), bilingual.amended("p1", "Иначе."))
    close(world, bilingual)
    agree_provisions("plan", 1, ("p2",), agreed=True, actor=world.chair, now=LATER)
    decided(world, one, Outcome.KEPT_IN_BRACKETS)
    decided(world, one, Outcome.ACCEPTED, ordinal=2)
    worded(bilingual, "p2", "各方形成统一的经验交流平台。", actor=world.secretariat, language="zh")

    issue(world, carry_over=True)

    assert verify(db.session()) == ()
