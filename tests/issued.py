"""Versions issued out of what a round decided."""

from dataclasses import replace

from app.models import db
from app.models.documents import Document, Version
from app.services.issuing import issue_version
from app.text.changes import Operation
from app.text.provision import TEXT, Kind, Place, Provision
from app.text.runs import text
from tests.desk import LATER, open_on


def issue(world, *, number=1, carry_over=False):
    """Issue the version that comes out of a round."""
    return issue_version("plan", number, carry_over=carry_over, actor=world.secretariat, now=LATER)


def version_id(number):
    """Return the id of the version of that number."""
    return db.session.scalar(db.select(Version.id).where(Version.number == number))


def inserted(round_, words_="Стороны обмениваются данными.", after="p1"):
    """Return the insertion of a paragraph."""
    block = (Provision("new", Kind.PARAGRAPH, 1, "s1", {TEXT: text(words_)}),)
    return replace(round_.of(Operation.INSERT, ""), place=Place("s1", after), block=block)


def next_round(world, number):
    """Open a round on the version of that number."""
    document = db.session.scalar(db.select(Document.id).where(Document.slug == "plan"))
    return open_on(world, document, number, LATER)
