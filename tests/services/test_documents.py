"""Documents and versions."""

from app.models.documents import Version
from app.models.record import Event
from app.queries.texts import load_edition
from tests.world import make_document, small_plan


def test_a_stored_edition_reads_back_as_it_was(world):
    document = make_document(world)

    version = Version.__table__.c
    from app.models import db

    found = db.session.execute(db.select(version.id).where(version.document_id == document)).scalar_one()
    assert load_edition(found, "ru") == small_plan()
    actions = [e.action for e in db.session.scalars(db.select(Event).where(Event.chain_id == world.body))]
    assert actions == ["document.create", "version.import"]
