"""Law 2 on the tracked file of a round: what LibreOffice makes of it is what each delegation asked for."""

from dataclasses import replace

import pytest

from app.queries.round_papers import composed, load_round_paper
from app.queries.wishes import find_round, wished_json
from app.services import positions
from app.text.canonical import decode_provision
from app.text.changes import Operation
from app.text.provision import Kind, Place
from app.text.runs import plain
from tests import lo_reader
from tests.docxio.shown import Page, assert_shows, listed
from tests.docxio.test_own_file import expected, same_words, source, words
from tests.imported import round_on_import
from tests.rounds import make_round, submit
from tests.web.test_papers import ROUND, download
from tests.world import NOON, paragraph

WISHING = {"IRN": "Иран", "BLR": "Беларусь", "CHN": "Китай", "UZB": "Узбекистан"}


@pytest.fixture(scope="module")
def libreoffice():
    absent = lo_reader.missing()
    if absent:
        pytest.skip(f"needs {absent}: LibreOffice with its Python bridge reads the files independently")
    with lo_reader.LibreOffice() as office:
        yield office


@pytest.fixture
def asked(world):
    """Overlapping, identical and rival wishes of three delegations, one co-sponsored; a fourth asks for nothing."""
    round_ = make_round(world)
    iran, belarus, china = world.actor("IRN"), world.actor("BLR"), world.actor("CHN")
    shared = round_.amended("p2", "Стороны создают общую платформу обмена опытом и знаниями.")
    receipt = submit(round_, iran, shared, round_.of(Operation.DELETE, "p3"))
    positions.co_sponsor(receipt.proposal, actor=belarus, now=NOON)
    submit(round_, belarus, round_.amended("p1", "Стороны развивают сотрудничество в цифровой области."))
    submit(round_, china, round_.amended("p2", "Государства создают единую сеть."))
    submit(round_, china, round_.with_states("r1", "who", "KAZ", "CHN"))
    submit(round_, china, round_.of(Operation.DELETE, "r2"))
    block = (paragraph("neu", "Стороны обмениваются [лучшими] практиками.", parent="s1", level=1),)
    submit(round_, iran, round_.of(Operation.INSERT, "neu", place=Place("s1", "p1"), block=block))
    return round_


@pytest.mark.parametrize("code", list(WISHING))
def test_each_delegations_wish_comes_out_of_the_downloaded_file(browser, world, asked, libreoffice, code):
    data = download(browser.sign_in(world.secretariat), f"{ROUND}/tracked.ru.docx").data
    (document,) = wished_json(find_round(None, 1), code)["documents"]
    paper = load_round_paper("plan", 1, "ru", actor=world.secretariat, now=NOON)
    composition = composed(paper)
    labels = {p.key: p.label for item in composition.items for p in getattr(item, "provisions", ())}

    reply = without_numbering(libreoffice.wished(data, WISHING[code]))

    wished = [decode_provision(p) for p in document["provisions"]]
    wished = [relabelled(p, labels) for p in wished]
    assert_shows(reply, Page(paper.sheet, listed(composition)).blocks(wished))


def without_numbering(reply):
    """Leave out the heading that the writer puts over the numbers of a table that has no column for them."""
    blocks = []
    for kind, *rest in reply["blocks"]:
        if kind == "row":
            rest = [[cell for cell in rest[0] if "".join(run[0] for _, runs in cell for run in runs) != "№ п/п"]]
        blocks.append([kind, *rest])
    return {**reply, "blocks": blocks}


def relabelled(provision, labels):
    return provision if provision.label else replace(provision, label=labels.get(provision.key, ""))


def test_rejecting_everything_gives_the_version(browser, world, asked, libreoffice):
    data = download(browser.sign_in(world.secretariat), f"{ROUND}/tracked.ru.docx").data
    paper = load_round_paper("plan", 1, "ru", actor=world.secretariat, now=NOON)

    reply = without_numbering(libreoffice.rejected(data))

    assert_shows(reply, Page(paper.sheet, listed(composed(paper))).blocks(asked.edition))


@pytest.mark.parametrize("form", ["bracketed", "table"])
@pytest.mark.parametrize("language", ["ru", "zh", "en"])
def test_the_other_papers_open(browser, world, asked, libreoffice, form, language):
    data = download(browser.sign_in(world.secretariat), f"{ROUND}/{form}.{language}.docx").data

    reply = libreoffice.as_marked(data)

    assert reply["blocks"]
    assert not reply.get("authors")


@pytest.fixture
def asked_of_its_file(world):
    """Overlapping wishes of three delegations on a draft that came from a Word file."""
    round_ = round_on_import(world, {"en": source()})
    found = {plain(p.text): p for p in round_.edition if p.text}
    first, last = (next(p for said, p in found.items() if part in said) for part in ("co-operate", "last"))
    rows = [p for p in round_.edition if p.kind is Kind.ROW]
    iran, belarus, china = world.actor("IRN"), world.actor("BLR"), world.actor("CHN")
    submit(round_, iran, round_.amended(first.key, plain(first.text).replace("shall", "should")))
    submit(round_, belarus, round_.amended(first.key, plain(first.text).replace("shall", "may")))
    submit(round_, china, round_.of(Operation.DELETE, last.key), round_.of(Operation.DELETE, rows[1].key))
    block = (paragraph("neu", "They exchange good practices.", parent=last.parent, level=last.level),)
    submit(round_, iran, round_.of(Operation.INSERT, "neu", place=Place(last.parent, first.key), block=block))
    return round_


def test_in_the_drafts_own_file_rejecting_everything_gives_the_file(browser, world, asked_of_its_file, libreoffice):
    data = download(browser.sign_in(world.secretariat), f"{ROUND}/tracked.en.docx?look=own").data

    reply, before = words(libreoffice.rejected(data)), words(libreoffice.rejected(source()))

    assert reply == before


@pytest.mark.parametrize("code", ["IRN", "CHN"])
def test_each_delegations_wish_comes_out_of_the_drafts_own_file(browser, world, asked_of_its_file, libreoffice, code):
    data = download(browser.sign_in(world.secretariat), f"{ROUND}/tracked.en.docx?look=own").data
    (document,) = wished_json(find_round(None, 1), code)["documents"]

    reply = words(libreoffice.wished(data, {"IRN": "Iran", "CHN": "China"}[code]))

    wished = expected([decode_provision(p) for p in document["provisions"]])
    assert same_words(reply, wished), (reply, wished)
