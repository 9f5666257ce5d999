"""Erasing a person: no table of the database holds name or address any longer."""

import pytest
from sqlalchemy import select

from app.models import Base, db
from app.negotiation.actors import system
from app.negotiation.vocabulary import Role
from app.services import accounts, invitations, outbox
from app.services.erasure import erase_person
from app.services.invitations import Letter, NewMember
from app.services.verification import verify
from tests.world import DAY, NOON

NAME, ADDRESS = "Аигуль Садыкова", "aigul@example.org"


def holding(*words):
    """Return (table, column) of every place where one of *words* stands."""
    db.session.rollback()
    found = set()
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            found |= {(table.name, name) for name, value in row.items() if any(word in str(value) for word in words)}
    return found


def invited(world):
    """Invite a focal point of Kazakhstan by mail; return the token of the link."""
    member = NewMember(NAME, ADDRESS.capitalize(), Role.FOCAL_POINT, world.delegations["KAZ"])

    def letter(link):
        return Letter("Invitation", f"{link.name}, open this link: {link.token}")

    (link,) = invitations.invite_members([member], days=14, letter=letter, actor=world.secretariat, now=NOON)
    return link.token


@pytest.fixture
def aigul(world):
    """A focal point who came by an invitation."""
    invitations.accept_invitation(invited(world), password_hash="-", actor=system(world.body), now=NOON)
    return accounts.find_account(ADDRESS).public_id


def test_nothing_of_an_erased_person_stays_in_the_database(world, aigul):
    assert len(holding(NAME, ADDRESS)) > 4

    erase_person(aigul, actor=world.administrator, now=NOON + DAY)

    assert holding(NAME, ADDRESS, ADDRESS.capitalize()) == set()
    assert verify(db.session()) == ()


def test_a_link_to_an_erased_person_opens_nothing(world, aigul):
    token = invited(world)

    erase_person(aigul, actor=world.administrator, now=NOON)

    with pytest.raises(invitations.NotFound):
        invitations.accept_invitation(token, password_hash="-", actor=system(world.body), now=NOON)


def test_no_letter_to_an_erased_person_goes_out(world, aigul):
    erase_person(aigul, actor=world.administrator, now=NOON)
    sent = []

    outbox.send_waiting(lambda *letter: sent.append(letter), now=NOON)

    assert sent == []
