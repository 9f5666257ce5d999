"""A draft goes from the secretariat's Word file to the adopted Word file, in a real browser."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from app.docxio.reader import read_draft
from app.jobs import tick
from app.models import db
from app.models.documents import Document, Version
from app.negotiation.vocabulary import Role
from app.queries.texts import load_edition
from app.sample.states import DELEGATIONS, GROUPS
from app.sample.word_files import FOLDER, file_name
from app.text.canonical import encode_content
from app.text.provision import Edition, Kind
from app.text.runs import plain
from tests.sample.conftest import LOADED_AT

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.slow]

DESK = "/documents/journey/versions/0"
NAMES = {d.code: {n for forms in d.names.values() for n in forms.values() if n} for d in DELEGATIONS} | {
    g.code: set(g.names.values()) for g in GROUPS
}


def pressed(page, name, within="main"):
    page.locator(within).get_by_role("button", name=name, exact=True).first.click()


def headline(page):
    return " ".join(page.locator("h1").inner_text().split())


def stored(number) -> Edition:
    """Return a version of the document as the database has it now."""
    db.session.rollback()
    version = db.session.scalar(
        db.select(Version.id)
        .join(Document, Document.id == Version.document_id)
        .where(Document.slug == "journey", Version.number == number)
    )
    assert version is not None
    return load_edition(version, "ru")


def labelled(edition, label):
    """Return the paragraph with that number."""
    return next(p for p in edition if p.label == label and p.kind is Kind.PARAGRAPH)


def import_draft(page):
    """Start a document, read the Word file, look, correct a number, save."""
    page.goto("/documents/new")
    page.locator("[name=title_ru]").fill("План действий по цифровой трансформации")
    page.locator("[name=slug]").fill("journey")
    pressed(page, "Start the document")
    page.locator("#file-ru").set_input_files(FOLDER / file_name("plan", "ru"))
    pressed(page, "Read the file")
    assert "What was understood of action-plan.ru.docx" in page.locator("main").inner_text()
    assert "Everything in the file was understood." in page.locator("main").inner_text()
    row = page.locator("tr.sure, tr[id^=u-]").filter(has=page.get_by_role("cell", name="1.2", exact=True)).first
    row.get_by_role("link", name=re.compile("^Correct")).click()
    page.locator("#label").fill("1.2.")
    pressed(page, "Correct")
    pressed(page, "Save as the first draft")
    assert page.locator("h1").inner_text()


def open_round(page):
    """Open a round on the new document until ten days after the loading."""
    page.goto("/rounds/new")
    page.get_by_label(re.compile("План действий по цифровой")).last.check()
    page.locator("[name=deadline_on]").fill("2026-03-12")
    page.locator("[name=deadline_at]").fill("18:00")
    pressed(page, "Continue")
    assert "12 March 2026" in page.locator("main").inner_text()
    pressed(page, "Open the round")
    assert headline(page).startswith("Round 3")


def propose(page, provision, words, why, *, script=True):
    """Write another text under a paragraph of the draft, and see what changes."""
    page.goto(DESK)
    page.locator(f"#p-{provision.key}").get_by_role("link", name=re.compile("^Propose")).first.click()
    page.locator("[name=part_0]").fill(words)
    if not script:
        pressed(page, "Show the change")
    assert page.locator(".preview ins").first.inner_text()
    page.locator("[name=justification]").fill(why)


def enter_letter(page, words):
    """Enter what came by note verbale from Iran."""
    page.goto("/rounds/3/letters")
    page.get_by_label("Delegation", exact=True).select_option(label="Iran")
    page.locator("[name=letter_number]").fill("118")
    page.locator("[name=letter_on]").fill("2026-03-05")
    pressed(page, "Continue")
    page.locator("#at").fill("2.")
    pressed(page, "Show the text")
    page.locator("[name=part_0]").fill(words)
    page.locator("[name=justification]").fill("Так точнее.")
    pressed(page, "Continue")
    pressed(page, "Enter it for Iran")


def decide(page, first, second, edited):
    """Accept Belarus's wording, not China's; word the letter's otherwise."""
    page.goto(f"/documents/journey/rounds/3/desk/{first.key}")
    belarus = page.locator(".reading").filter(has=page.locator(".by", has_text="Belarus"))
    china = page.locator(".reading").filter(has=page.locator(".by", has_text="China"))
    assert "collides" in page.locator("ol.readings").inner_text()
    belarus.get_by_role("radio", name=re.compile("^accepted( A)?$")).check()
    china.get_by_role("radio", name=re.compile("^not accepted")).check()
    china.locator("details summary").click()
    china.locator("input[name^=reason_]").fill("Консенсус не достигнут.")
    pressed(page, "Record and go on")
    assert page.url.endswith(f"/desk/{second.key}")
    page.get_by_role("radio", name=re.compile("^accepted as amended")).check()
    details = page.locator("ol.readings details")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    page.locator("input[name^=reason_]").fill("Короче.")
    page.locator("details.word summary").click()
    page.locator("details.word").get_by_role("radio", name="as worded below").check()
    page.locator("details.word textarea").first.fill(edited)
    pressed(page, "Record and go on")


def adopt(page):
    """Declare the agreed text adopted by the ministers."""
    page.goto("/documents/journey/adopt")
    page.get_by_label("Meeting, in Russian").fill("Четвёртое совещание министров")
    page.get_by_label("Place, in Russian").fill("Карамай")
    page.locator("[name=on]").fill("2026-03-12")
    pressed(page, "Continue")
    pressed(page, "Declare adopted")


def below_the_mark(provisions):
    """Return key to provision of the text itself: from the title on, below the mark of adoption."""
    start = next(i for i, p in enumerate(provisions) if p.kind is Kind.TITLE)
    return {p.key: p for p in provisions[start:]}


def shape(provisions):
    """Return what makes two texts the same, but for their keys: kinds, levels, words with marks, cells, notes."""
    provisions = tuple(provisions)
    notes = {p.key: str(i) for i, p in enumerate(p for p in provisions if p.kind is Kind.FOOTNOTE)}
    found = []
    for p in provisions:
        parts = []
        for name, content in p.parts.items():
            spelled = repr(encode_content(content)) if content else ""
            for key, number in notes.items():
                spelled = spelled.replace(f"'{key}'", f"'note {number}'")
            parts.append((name, spelled))
        found.append((p.kind, p.level, sorted(part for part in parts if part[1])))
    return found


def test_a_draft_goes_from_word_to_the_adopted_word_file(enter, person, clock, app, tmp_path):
    officer = enter(person(Role.SECRETARIAT))
    observer = enter(person(Role.OBSERVER))
    import_draft(officer)
    base = stored(0)
    assert any(p.label == "1.2." for p in base)
    open_round(officer)
    first, second = labelled(base, "1."), labelled(base, "2.")
    accepted = plain(first.text).replace("цифров", "безопасной цифров", 1)
    assert accepted != plain(first.text)

    expert = enter(person(Role.EXPERT, "BLR"))
    propose(expert, first, accepted, "Безопасность прежде всего.")
    pressed(expert, "Hand over to the focal point")
    focal = enter(person(Role.FOCAL_POINT, "BLR"))
    focal.goto("/delegation?round=3")
    pressed(focal, "Clear")
    pressed(focal, "Submit what is ticked")
    assert headline(focal).startswith("Receipt")
    assert "The proposal of Belarus was received." in focal.locator("main").inner_text()

    rival = enter(person(Role.FOCAL_POINT, "CHN"))
    propose(rival, first, plain(first.text).replace("цифров", "совместной цифров", 1), "Это общее дело.")
    pressed(rival, "Save the draft")
    rival.goto("/delegation?round=3")
    pressed(rival, "Submit what is ticked")
    enter_letter(officer, plain(second.text) + " По просьбе Ирана.")

    clock.at = LOADED_AT + timedelta(days=11)
    tick(app, now=clock.at)
    edited = plain(second.text) + " Это общая редакция."
    officer = enter(person(Role.SECRETARIAT))
    decide(officer, first, second, edited)
    officer.goto("/documents/journey/rounds/3/issue")
    pressed(officer, "Issue Rev.1")
    assert headline(officer).startswith("Rev.1 is issued")
    assert plain(stored(1).by_key()[first.key].text) == accepted
    assert plain(stored(1).by_key()[second.key].text) == edited

    officer.get_by_role("link", name=re.compile("^What changed since")).click()
    assert officer.locator(f"#p-{first.key} ins").first.inner_text().strip() == "безопасной"
    focal = enter(person(Role.FOCAL_POINT, "BLR"))
    focal.goto("/documents/journey/versions/1/consents")
    focal.locator("[name=answer]").select_option("agreed")
    pressed(focal, "Record the answer")

    observer = enter(person(Role.OBSERVER))
    assert observer.goto("/documents/journey/versions/1").status == 404
    officer.goto("/documents/journey/versions/1/releases")
    officer.get_by_role("button", name=re.compile("^Release")).first.click()
    assert observer.goto("/documents/journey/versions/1").status == 200
    assert " ".join(accepted.split()) in " ".join(observer.locator("main").inner_text().split())
    assert observer.goto("/documents/journey/versions/0").status == 404
    assert observer.goto("/delegation").status == 404

    officer.goto("/documents/journey/agree")
    pressed(officer, "Record that it is agreed")
    adopt(officer)
    final = stored(2)
    officer.goto("/documents/journey")
    with officer.expect_download() as waiting:
        officer.get_by_role("link", name=re.compile("^as issued")).first.click()
    target = tmp_path / "adopted.docx"
    waiting.value.save_as(target)
    read = read_draft(Path(target).read_bytes(), states=NAMES)
    mark = [plain(p.text) for p in read.texts if p.key not in below_the_mark(read.texts)]
    assert mark[0] == "УТВЕРЖДЁН"
    for ours, theirs in zip(shape(final), shape(below_the_mark(read.texts).values()), strict=True):
        assert ours == theirs


def test_without_a_script_a_proposal_is_made_and_submitted(enter, person, clock, app):
    officer = enter(person(Role.SECRETARIAT), script=False)
    import_draft(officer)
    open_round(officer)
    first = labelled(stored(0), "1.")

    focal = enter(person(Role.FOCAL_POINT, "KAZ"), script=False)
    propose(focal, first, plain(first.text) + " Без сценариев.", "Так яснее.", script=False)
    pressed(focal, "Save the draft")
    focal.goto("/delegation?round=3")
    pressed(focal, "Submit what is ticked")

    assert headline(focal).startswith("Receipt")
    assert "Без сценариев." in focal.locator("main ins").first.inner_text()
