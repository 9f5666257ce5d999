"""The resulting text goes to Word and comes back: what differs is shown, taken or left, issued, and recorded."""

import copy
import io
import zipfile

import pytest
from lxml import etree

from app.models import db
from app.models.record import Event, EventPayload
from app.negotiation.vocabulary import Outcome
from app.services.issuing import issue_version
from app.services.verification import verify
from tests.desk import LATER, close, decided, words
from tests.rounds import make_round, submit

FORM = "Стороны формируют единую платформу обмена опытом."
WORD = "/documents/plan/rounds/1/word"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def _later(clock):
    clock.at = LATER


@pytest.fixture
def round_(world):
    """A closed round in which paragraph 2 was worded anew and paragraph 3 left as it was."""
    found = make_round(world)
    one = submit(found, world.actor("BLR"), found.amended("p2", FORM))
    two = submit(found, world.actor("IND"), found.amended("p3", "План – договор."))
    close(world, found)
    decided(world, one, Outcome.ACCEPTED)
    decided(world, two, Outcome.NOT_ACCEPTED, reason="Консенсус не достигнут.")
    return found


@pytest.fixture
def officer(browser, world):
    return browser.sign_in(world.secretariat)


def downloaded(browser, language="ru"):
    return browser.get(f"/documents/plan/rounds/1/result.{language}.docx").data


def edited(data, *edits):
    """Return a Word file with its body edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                for edit in edits:
                    edit(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, content)
    return out.getvalue()


def paragraph(root, said):
    """Return the paragraph with these words."""
    return next(p for p in root.iter(f"{W}p") if said in "".join(t.text or "" for t in p.iter(f"{W}t")))


def replaced(old, new):
    def edit(root):
        (t,) = [t for t in paragraph(root, old).iter(f"{W}t") if old in (t.text or "")]
        t.text = t.text.replace(old, new)

    return edit


def tracked(old, new):
    """Replace words under tracked changes."""

    def edit(root):
        (t,) = [t for t in paragraph(root, old).iter(f"{W}t") if old in (t.text or "")]
        run = t.getparent()
        before, _, after = t.text.partition(old)
        pieces = []
        for kind, said in (("", before), ("del", old), ("ins", new), ("", after)):
            made = copy.deepcopy(run)
            (text,) = made.iter(f"{W}t")
            text.text, text.tag = said, f"{W}delText" if kind == "del" else text.tag
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if kind:
                change = etree.Element(f"{W}{kind}", {f"{W}id": f"90{len(pieces)}", f"{W}author": "Иванов"})
                change.append(made)
                made = change
            pieces.append(made)
        for made in pieces:
            run.addprevious(made)
        run.getparent().remove(run)

    return edit


def added(after, said):
    """Add a paragraph of one's own, without a bookmark."""

    def edit(root):
        before = paragraph(root, after)
        new = copy.deepcopy(before)
        for mark in list(new.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)
        runs = list(new.iter(f"{W}t"))
        for t in runs:
            t.text = ""
        runs[-1].text = said
        before.addnext(new)

    return edit


def removed(said):
    def edit(root):
        found = paragraph(root, said)
        found.getparent().remove(found)

    return edit


def moved(said, after):
    def edit(root):
        paragraph(root, after).addnext(paragraph(root, said))

    return edit


def upload(browser, data, status=200, name="result.docx", language="ru"):
    sent = {"file": (io.BytesIO(data), name), "text": language}
    return browser.post(WORD, sent, status=status, content_type="multipart/form-data")


def taken(browser, page, **fields):
    return browser.press(page, "Take what is ticked into the resulting text", **fields)


def said(page, path="//main"):
    return " ".join(" ".join(page.xpath(f"{path}//text()")).split())


def kinds(page):
    return [" ".join(s.text_content().split()) for s in page.xpath("//section//p[@class='where']")]


EDITS = (
    replaced("развивают сотрудничество", "укрепляют сотрудничество"),
    tracked("формируют", "образуют"),
    added("обмена опытом", "Стороны назначают ответственных."),
    removed("План не является"),
    moved("обмениваются информацией", "проводят консультации"),
)


def test_what_was_edited_in_word_is_shown_taken_issued_and_recorded(officer, world, round_):
    page = upload(officer, edited(downloaded(officer), *EDITS))

    print(kinds(page), said(page))
    assert sorted(one.rsplit(" ", 1)[-1] for one in kinds(page)) == ["added", "deleted", "differs", "differs", "moved"]
    assert "Консенсус не достигнут." in said(page)
    page = taken(officer, page)
    assert "Nothing differs any more" in said(page)

    page = officer.get("/documents/plan/rounds/1/issue")
    assert "differs from the decisions in 5 places" in said(page)
    assert said(page).count("by Word") == 5
    issue_version("plan", 1, carry_over=False, actor=world.secretariat, now=LATER)
    now = words(round_, 1)
    assert now["p1"] == "Стороны укрепляют сотрудничество в цифровой сфере."
    assert now["p2"] == "Стороны образуют единую платформу обмена опытом."
    (new,) = [key for key in now if key not in words(round_, 0)]
    assert now[new] == "Стороны назначают ответственных."
    assert [key for key in now if key.startswith("p") or key == new] == ["p1", "p2", new, "p2b", "p2a"]
    assert verify(db.session) == ()
    (event,) = db.session.scalars(db.select(Event).where(Event.action == "resolution.take"))
    payload = db.session.get(EventPayload, (event.chain_id, event.seq))
    assert '"places":5' in payload.content
    assert "result.docx" not in payload.content
    assert "result.docx" in payload.person
