"""``chapeau backup`` copies all that was received, and nothing else, while others write."""

import os

import pytest
from sqlalchemy import create_engine, text

from app.cli.backup import backup
from app.models import db
from tests.rounds import make_round, submit


def taken(app, target):
    return app.test_cli_runner().invoke(backup, [str(target)])


def proposals_in(target):
    engine = create_engine(f"sqlite:///{target}")
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM proposal")).scalar_one()
    engine.dispose()
    return count


def test_a_copy_taken_while_others_write_holds_what_was_received(app, world, tmp_path):
    round_ = make_round(world)
    submit(round_, world.actor("BLR"), round_.amended("p2", "Стороны создают общую платформу."))
    with db.engine.connect() as writer, writer.begin():
        writer.exec_driver_sql("UPDATE account SET zone = 'UTC'")

        answer = taken(app, tmp_path / "copy.sqlite")

    assert answer.exit_code == 0, answer.output
    assert "nothing to report" in answer.output
    assert proposals_in(tmp_path / "copy.sqlite") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_copy_can_be_read_by_its_owner_alone(app, world, tmp_path):
    taken(app, tmp_path / "copy.sqlite")

    assert (tmp_path / "copy.sqlite").stat().st_mode & 0o077 == 0


def test_a_copy_takes_no_other_files_place(app, world, tmp_path):
    (tmp_path / "copy.sqlite").write_text("another file")

    answer = taken(app, tmp_path / "copy.sqlite")

    assert "copy.sqlite exists; give another name" in answer.output
    assert (tmp_path / "copy.sqlite").read_text() == "another file"


def test_a_copy_of_what_somebody_changed_says_so(app, world, tmp_path):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER record_body_no_update")
        connection.exec_driver_sql("UPDATE body SET slug = 'another'")

    answer = taken(app, tmp_path / "copy.sqlite")

    assert answer.exit_code == 1
    assert "body" in answer.output
