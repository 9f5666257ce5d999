"""``chapeau verify`` answers in its exit code, and in lines that name table, row and column."""

from flask import Flask
from sqlalchemy import text

from app.cli.verify import verify
from app.models import db
from app.services.erasure import erase_person
from tests.record import CLERK, NOON, remove_triggers


def test_a_sound_record_is_told_in_one_line(recorded_app: Flask) -> None:
    answer = recorded_app.test_cli_runner().invoke(verify)

    assert answer.output == "10 events, 27 rows: nothing to report\n"
    assert answer.exit_code == 0


def test_every_change_is_told_in_a_line_of_its_own(recorded_app: Flask) -> None:
    with db.engine.begin() as connection:
        remove_triggers(connection)
        connection.execute(text("UPDATE body SET zone = 'UTC' WHERE id = 'b-sco'"))
        connection.execute(text("UPDATE provision_text SET label = '2.'"))

    answer = recorded_app.test_cli_runner().invoke(verify)

    assert answer.output.splitlines() == [
        "body b-sco zone: is not what the record says",
        "provision_text v0/k1/ru/text label: is not what the record says",
    ]
    assert answer.exit_code == 1


def test_erased_data_is_told_and_is_no_fault(recorded_app: Flask) -> None:
    erase_person("u-officer", actor=CLERK, now=NOON)

    answer = recorded_app.test_cli_runner().invoke(verify)

    assert answer.output.splitlines()[0] == "event_payload b-sco/1 person: erased on 2025-04-09T12:00:00.123456Z"
    assert answer.exit_code == 0
