"""The whole sample on PostgreSQL: migrated, loaded through the use cases, verified, and shown."""

from pathlib import Path

import pytest

from app import create_app
from app.config import Settings
from app.models import db, schema
from app.negotiation.vocabulary import Role
from app.queries.members import list_memberships, list_persons
from app.sample.load import load_sample
from app.services.verification import examine
from tests.conftest import Clock
from tests.pages import Browser
from tests.sample.conftest import LOADED_AT

PAGES = (
    "/",
    "/documents/action-plan",
    "/documents/action-plan/versions/1?q=платформа",
    "/rounds/2",
    "/documents/action-plan/rounds/1/desk",
    "/record",
    "/documents/action-plan/rounds/1/tracked.ru.docx",
)


@pytest.mark.slow
def test_the_sample_lives_on_postgresql_as_it_does_on_the_embedded_database(postgres_url: str, tmp_path: Path) -> None:
    schema.upgrade(postgres_url)
    settings = Settings(instance=tmp_path, database_url=postgres_url, secret_key="a key for tests only")
    app = create_app(settings, clock=Clock(LOADED_AT))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, WTF_CSRF_CHECK_DEFAULT=False)

    with app.app_context():
        load_sample(now=LOADED_AT)
        report = examine(db.session())
        officer = next(p for p in list_persons() if p.role == Role.SECRETARIAT)
        browser = Browser(app).sign_in(list_memberships(officer.user)[0].actor)
        for page in PAGES:
            browser.get(page)
        db.session.remove()
        db.engine.dispose()

    assert report.findings == ()
    assert report.rows > 1000
