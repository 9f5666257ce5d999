"""The sample, loaded once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.models import db
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import Role
from app.queries.members import list_memberships, list_persons
from app.sample.load import load_sample
from tests.conftest import Clock, application

LOADED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    """The clock of the screens: the instant of loading until moved."""
    return Clock(LOADED_AT)


@pytest.fixture(scope="session")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    app = application(folder, Clock(LOADED_AT))
    with app.app_context():
        db.create_all()
        load_sample(now=LOADED_AT)
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder


@pytest.fixture
def app(_loaded: Path, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application on a copy of the loaded sample."""
    folder = tmp_path / "instance"
    shutil.copytree(_loaded, folder)
    app = application(folder, clock)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def person(app: Flask) -> Callable[..., Actor]:
    """Who acts in a role, for a delegation: ``person(Role.FOCAL_POINT, "BLR")``."""

    def find(role: Role, code: str = "") -> Actor:
        row = next(p for p in list_persons() if p.role == role and code in ("", p.code))
        return next(m.actor for m in list_memberships(row.user) if m.role == role and code in ("", m.delegation_code))

    return find
