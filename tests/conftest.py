"""What all tests share: an installation of its own for each, made once and copied."""

import os
import pickle
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from app import create_app
from app.config import Settings
from app.models import db
from tests.pages import Browser
from tests.world import NOON, World, make_world

pytest_plugins = ["tests.programs", "tests.postgres", "tests.record"]

# No deadlines: a slow machine is not a wrong answer. The build machine repeats the same examples,
# so that what it reports can be found again; "thorough" is for the night.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, database=None, print_blob=True)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    """The clock of the screens: noon until moved."""
    return Clock(NOON)


def application(folder: Path, clock: Clock) -> Flask:
    """Return the application on the instance in *folder*, by *clock*, whose forms ask for no token."""
    installation = Settings(
        instance=folder, database_url=f"sqlite:///{folder / 'chapeau.sqlite'}", secret_key="a key for tests only"
    )
    app = create_app(installation, clock=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, WTF_CSRF_CHECK_DEFAULT=False)
    return app


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    app = application(folder, Clock(NOON))
    with app.app_context():
        db.create_all()
        (folder / "world").write_bytes(pickle.dumps(make_world()))
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder


@pytest.fixture
def app(_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application on a database of its own that holds the world."""
    folder = tmp_path / "instance"
    shutil.copytree(_template, folder)
    app = application(folder, clock)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def world(app: Flask, _template: Path) -> World:
    """The body, its delegations and actors."""
    found: World = pickle.loads((_template / "world").read_bytes())
    return found


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser without a screen; ``sign_in(actor)`` first."""
    return Browser(app)
