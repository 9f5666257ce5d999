"""Packets for the ministries: who gets one, and what is in it."""

import io
import zipfile

import pytest

from app.docxio.upload import read_returned
from app.docxio.wish_table import SAID
from app.negotiation.vocabulary import Role
from app.services import rounds
from tests.docx_lint import problems, schema_problems
from tests.pages import Browser
from tests.rounds import CLOSED, make_round

ADDRESS = "/documents/plan/rounds/1/packet.ru.zip"


@pytest.fixture
def round_(world):
    return make_round(world)


def members(browser: Browser) -> dict[str, bytes]:
    """Return the files of the packet by the word that tells them apart."""
    with zipfile.ZipFile(io.BytesIO(browser.get(ADDRESS).data)) as packet:
        return {name.split(".")[-3]: packet.read(name) for name in packet.namelist()}


def test_a_packet_holds_a_note_the_working_copy_an_empty_table_and_nothing_else(browser, world, round_):
    browser.sign_in(world.actor("BLR"))

    assert [*members(browser)] == ["note", "copy", "table"]


def test_the_same_text_gives_the_same_bytes(browser, world, round_):
    browser.sign_in(world.actor("BLR"))

    assert browser.get(ADDRESS).data == browser.get(ADDRESS).data


def test_every_file_of_a_packet_is_sound(browser, world, round_):
    for data in members(browser.sign_in(world.actor("BLR"))).values():
        assert problems(data) == []
        assert schema_problems(data) in (None, [])


def test_the_table_has_a_row_for_each_provision_with_its_wording(browser, world, round_):
    read = read_returned(members(browser.sign_in(world.actor("BLR")))["table"], "table.docx")

    rows = {p.key: p for p in read.after.texts if p.key in round_.edition.by_key()}
    said = {key: [str(c[0].text) for c in p.parts.values() if c] for key, p in rows.items()}
    assert said["p2"] == ["пункт 2", "Стороны создают единую платформу обмена опытом."]
    assert said["p2a"][0] == "подпункт «а» пункта 2"
    assert said["r1"][0].startswith("строка 1.1")


def test_a_ministry_is_told_what_to_do(browser, world, round_):
    note = read_returned(members(browser.sign_in(world.actor("BLR")))["note"], "note.docx")

    said = " ".join(str(c[0].text) for p in note.after.texts for c in p.parts.values())
    assert "министерства или ведомства" in said
    assert "20 апреля 2025" in said


def test_the_table_is_told_in_every_language_of_the_papers():
    assert SAID.keys() == {"ru", "zh", "en"}


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.EXPERT])
def test_a_delegation_gets_the_packet(browser, world, round_, role):
    browser.sign_in(world.actor("BLR", role)).get(ADDRESS)


@pytest.mark.parametrize("who", ["secretariat", "chair", "observer", "administrator"])
def test_who_has_no_ministries_gets_no_packet(browser, world, round_, who):
    browser.sign_in(getattr(world, who)).get(ADDRESS, status=404)


def test_a_closed_round_has_no_packet(browser, world, round_):
    rounds.close_round(round_.id, actor=world.secretariat, now=CLOSED)

    browser.sign_in(world.actor("BLR")).get(ADDRESS, status=404)
