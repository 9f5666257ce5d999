"""Consents to a version, releases to observers, agreement and adoption."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models import db
from app.models.documents import Document, Version
from app.models.rounds import Consent, Round
from app.negotiation.actors import system
from app.negotiation.errors import Missing, NotFound, NotPermitted, NotReady, TransitionNotAllowed
from app.negotiation.vocabulary import ConsentAnswer, DocumentState, Role, RoundState, Visibility
from app.queries import access
from app.queries.texts import load_edition
from app.services import adoption, consents, releases, rounds
from tests.world import DAY, NOON, make_document, paragraph, small_plan

MEETING = {"ru": "Четвёртое Совещание", "en": "Fourth Meeting"}
PLACE = {"ru": "Карамай", "en": "Karamay"}


@pytest.fixture
def negotiated(world):
    """A document whose only round is closed and concluded."""
    document = make_document(world)
    _finish_a_round(world, document)
    return "plan"


def _finish_a_round(world, document):
    version = db.session.scalar(select(Version.id).where(Version.document_id == document))
    opened = rounds.create_round(
        [version],
        opens_at=NOON,
        deadline=NOON + DAY,
        zone="Asia/Shanghai",
        visibility=Visibility.OPEN,
        actor=world.secretariat,
        now=NOON,
    )
    rounds.open_round(opened, actor=world.secretariat, now=NOON)
    rounds.close_round(opened, actor=system(world.body), now=NOON + 2 * DAY)
    with db.engine.begin() as connection:
        connection.execute(Round.__table__.update().values(state=RoundState.CONCLUDED, concluded_at=NOON + 3 * DAY))
    db.session.rollback()


def test_a_later_answer_takes_the_place_of_an_earlier_one(world, negotiated):
    belarus = world.actor("BLR")

    consents.give_consent(negotiated, 0, ConsentAnswer.NOT_AGREED, actor=belarus, now=NOON)
    consents.give_consent(negotiated, 0, ConsentAnswer.AGREED, actor=belarus, now=NOON + DAY)

    answers = db.session.execute(select(Consent.number, Consent.answer).order_by(Consent.number)).all()
    assert [tuple(a) for a in answers] == [(1, ConsentAnswer.NOT_AGREED), (2, ConsentAnswer.AGREED)]


def test_agreed_with_remarks_needs_the_remarks(world, negotiated):
    with pytest.raises(Missing, match="remarks"):
        consents.give_consent(negotiated, 0, ConsentAnswer.AGREED_WITH_REMARKS, actor=world.actor("BLR"), now=NOON)


def test_a_focal_point_answers_for_no_other_delegation(world, negotiated):
    with pytest.raises(NotFound):
        consents.give_consent(
            negotiated,
            0,
            ConsentAnswer.AGREED,
            delegation_id=world.delegations["IRN"],
            actor=world.actor("BLR"),
            now=NOON,
        )


def test_the_secretariat_enters_an_answer_with_its_letter(world, negotiated):
    iran = world.delegations["IRN"]
    agreed = ConsentAnswer.AGREED

    with pytest.raises(Missing, match="letter"):
        consents.give_consent(negotiated, 0, agreed, delegation_id=iran, actor=world.secretariat, now=NOON)
    letter = consents.Letter("118", date(2025, 4, 22))
    consents.give_consent(negotiated, 0, agreed, delegation_id=iran, letter=letter, actor=world.secretariat, now=NOON)

    assert db.session.scalar(select(Consent.letter_number)) == "118"


def test_an_expert_does_not_answer_for_the_delegation(world, negotiated):
    with pytest.raises(NotPermitted):
        consents.give_consent(negotiated, 0, ConsentAnswer.AGREED, actor=world.actor("BLR", Role.EXPERT), now=NOON)


def test_an_observer_sees_what_was_released_until_it_is_taken_back(world, negotiated):
    observer, seen = world.observer, world.delegations["OBS"]
    with pytest.raises(NotFound):
        access.get_document(negotiated, actor=observer)

    releases.release_version(negotiated, 0, seen, actor=world.secretariat, now=NOON)
    assert access.get_document(negotiated, actor=observer).slug == "plan"

    releases.take_back_release(negotiated, 0, seen, actor=world.secretariat, now=NOON)
    with pytest.raises(NotFound):
        access.get_document(negotiated, actor=observer)


def test_a_version_is_not_released_to_a_member_state(world, negotiated):
    with pytest.raises(NotFound):
        releases.release_version(negotiated, 0, world.delegations["BLR"], actor=world.secretariat, now=NOON)


def test_adoption_issues_a_final_version_of_its_own(world, negotiated):
    adoption.agree_document(negotiated, actor=world.secretariat, now=NOON)

    number = adoption.adopt_document(
        negotiated, on=date(2025, 6, 17), place=PLACE, by=MEETING, actor=world.secretariat, now=NOON
    )

    final = db.session.scalars(select(Version).where(Version.final)).one()
    assert (number, final.number) == (1, 1)
    assert load_edition(final.id, "ru") == small_plan()
    assert db.session.scalar(select(Document.state)) is DocumentState.ADOPTED


def test_a_text_with_brackets_is_not_agreed(world):
    edition = small_plan()
    bracketed = paragraph("px", "Стороны [создают] платформу.")
    document = make_document(world, edition=type(edition)("ru", (*edition.provisions, bracketed)))
    _finish_a_round(world, document)

    with pytest.raises(NotReady, match="brackets"):
        adoption.agree_document("plan", actor=world.secretariat, now=NOON)


def test_a_document_that_is_not_agreed_is_not_adopted(world, negotiated):
    with pytest.raises(TransitionNotAllowed):
        adoption.adopt_document(
            negotiated, on=date(2025, 6, 17), place=PLACE, by=MEETING, actor=world.secretariat, now=NOON
        )


def test_reopening_an_agreed_document_needs_a_reason(world, negotiated):
    adoption.agree_document(negotiated, actor=world.secretariat, now=NOON)

    with pytest.raises(Missing):
        adoption.reopen_document(negotiated, reason="", actor=world.chair, now=NOON)
    adoption.reopen_document(negotiated, reason="New mandate", actor=world.chair, now=NOON)

    assert db.session.scalar(select(Document.state)) is DocumentState.NEGOTIATION
