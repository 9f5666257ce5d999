"""Every connection is set up so that what was acknowledged is on the disk, and the record's triggers hold."""

import pytest

from app.models import db

SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit has reached the disk
    "foreign_keys": 1,
    "recursive_triggers": 1,  # without them INSERT OR REPLACE deletes unnoticed
    "trusted_schema": 0,
    "busy_timeout": 20000,
}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("name", SETTINGS)
def test_every_connection_is_set_up_safely(name):
    with db.engine.connect() as first, db.engine.connect() as second:
        found = {connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for connection in (first, second)}

    assert found == {SETTINGS[name]}
