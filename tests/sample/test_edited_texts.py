"""The sample's Russian plan goes to Word, is edited in five ways, comes back, and is issued as it was edited."""

import io
from datetime import timedelta

import pytest

from app.docxio.revised import read_revised
from app.models import db
from app.models.documents import Document, Version
from app.models.rounds import Round
from app.negotiation.vocabulary import Role
from app.queries.people import load_people, names_by_code
from app.queries.texts import load_edition
from app.services import rounds
from app.services.issuing import issue_version
from app.services.verification import verify
from app.text.provision import Kind, States
from app.text.runs import plain
from tests.word_edits import added, edited, moved, removed, replaced, tracked

EDITS = (
    replaced("Очередные заседания", "Регулярные заседания"),
    tracked("поддержка цифровизации", "содействие цифровизации"),
    added("доступной цифровой инфраструктуры", "сближение подходов к управлению данными;"),
    removed("План не является международным договором"),
    moved("конкурс лучших городских", "датчиков и открытых"),
)


def said(provisions):
    """Return the words of what stands outside tables, states apart."""
    lines = [p for p in provisions if p.kind not in (Kind.TABLE, Kind.ROW, Kind.FOOTNOTE)]
    return [" ".join(" ".join(plain(c) for c in p.parts.values() if not isinstance(c, States)).split()) for p in lines]


@pytest.mark.slow
def test_the_plan_is_issued_as_it_was_edited_in_word(browser, person, clock):
    officer = person(Role.SECRETARIAT)
    round_ = db.session.query(Round).filter_by(number=2).one()
    clock.at = round_.deadline + timedelta(hours=1)
    rounds.close_round(round_.id, actor=officer, now=clock.at)
    browser.sign_in(officer)
    data = edited(browser.get("/documents/action-plan/rounds/2/result.ru.docx").data, *EDITS)

    page = browser.post(
        "/documents/action-plan/rounds/2/word",
        {"file": (io.BytesIO(data), "plan.docx"), "text": "ru"},
        content_type="multipart/form-data",
    )
    assert len(page.xpath("//input[@name='take']")) == 5
    browser.press(page, "Take what is ticked into the resulting text")
    number = issue_version("action-plan", 2, carry_over=True, actor=officer, now=clock.at)

    before, after = (load_edition(version_id(n), "ru") for n in (number - 1, number))
    read = read_revised(data, states=names_by_code(load_people(officer.body)))
    assert said(after) == said(read.after.texts)
    came, went = set(after.by_key()) - set(before.by_key()), set(before.by_key()) - set(after.by_key())
    assert [said([after.by_key()[key]]) for key in came] == [["сближение подходов к управлению данными;"]]
    assert ["План не является" in said([before.by_key()[key]])[0] for key in went] == [True]
    assert verify(db.session) == ()


def version_id(number):
    statement = db.select(Version.id).join(Document, Document.id == Version.document_id)
    return db.session.scalar(statement.where(Document.slug == "action-plan", Version.number == number))
