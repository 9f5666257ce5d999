"""The command line: one line where something cannot be done, links where they are asked for."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import click
import pytest

from app.cli import COMMANDS, chapeau, main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """A folder for an installation, and an environment that does not point elsewhere."""
    for name in ("DATABASE_URL", "CHAPEAU_BASE_URL", "CHAPEAU_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHAPEAU_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["run", "--port", "many"],
        ["run", "--port", "70000"],
        ["invite"],
        ["invite", "no-address", "Name", "--role", "administrator"],
        ["invite", "a@example.org", "Name", "--role", "king"],
        ["invite", "a@example.org", "Name", "--role", "expert"],
        ["erase", "nobody@example.org"],
        ["verify"],
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(instance, capfd, arguments):
    status = main(arguments)

    told = capfd.readouterr().err
    assert status == 2
    assert told.startswith("chapeau: ")
    assert len(told.splitlines()) == 1
    assert "Traceback" not in told


def test_help_names_the_commands(instance, capfd):
    assert main(["--help"]) == 0

    shown = capfd.readouterr().out
    assert all(f"  {name} " in shown for name in ("run", "demo", "invite", "verify"))


def test_help_is_there_at_once(instance):
    told = [sys.executable, "-X", "importtime", "-m", "app.cli", "--help"]

    loaded = subprocess.run(told, cwd=ROOT, check=True, capture_output=True, text=True).stderr

    assert "click" in loaded
    assert not any(name in loaded for name in ("flask", "sqlalchemy", "lxml"))


def test_every_command_is_where_it_is_said_to_be():
    for name in COMMANDS:
        assert chapeau.get_command(click.Context(chapeau), name).name == name


@pytest.fixture
def started(instance):
    """Start a command that serves, hand out its lines until it is ready, stop it afterwards."""
    running = []

    def start(*arguments):
        command = [sys.executable, "-m", "app.cli", *arguments, "--instance", str(instance)]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        running.append(process)
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("Stop it"):
                break
        return lines

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


@pytest.fixture
def port():
    """A port that is free now."""
    import socket

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return str(listening.getsockname()[1])


def read(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def test_the_first_start_prints_a_link_for_the_first_administrator(started, port):
    lines = started("run", "--port", port)

    assert f"Chapeau answers at http://127.0.0.1:{port}/" in lines
    (link,) = [line for line in lines if "/links/" in line]
    assert link.startswith(f"http://127.0.0.1:{port}/links/")
    assert "The first administrator" in read(link)


def test_a_taken_port_is_told_in_one_line(started, port, instance):
    started("run", "--port", port)

    command = [sys.executable, "-m", "app.cli", "run", "--port", port, "--instance", str(instance)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert second.returncode == 2
    assert len(second.stderr.splitlines()) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "chapeau.example.org"])
def test_plain_http_is_not_served_to_a_network(instance, port, host):
    command = [sys.executable, "-m", "app.cli", "run", "--port", port, "--host", host, "--instance", str(instance)]

    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=20)

    assert refused.returncode == 2
    assert "plain http is for this machine alone" in refused.stderr
    assert not instance.exists()


def test_behind_a_proxy_with_https_any_address_is_listened_on(started, port, monkeypatch):
    monkeypatch.setenv("CHAPEAU_BASE_URL", "https://chapeau.example.org")

    assert "Chapeau answers at https://chapeau.example.org/" in started("run", "--port", port, "--host", "0.0.0.0")


def test_a_link_is_printed_for_who_runs_the_installation(started, port, instance, capfd):
    started("run", "--port", port)

    status = main(["--instance", str(instance), "invite", "ada@example.org", "Ada", "--role", "administrator"])

    link = capfd.readouterr().out.strip()
    assert status == 0
    assert "ada@example.org" in read(link.replace("http://127.0.0.1:8080", f"http://127.0.0.1:{port}"))


@pytest.mark.parametrize(
    ("proxy", "comes_from"), [("127.0.0.1", "203.0.113.7"), ("", "127.0.0.1"), ("192.0.2.1", "127.0.0.1")]
)
def test_only_a_named_proxy_says_where_a_request_comes_from(instance, proxy, comes_from):
    import dataclasses

    import waitress

    from app.cli.run import server_options
    from app.config import Settings

    seen = []
    settings = dataclasses.replace(Settings.from_environment(instance), proxy=proxy)
    options = server_options(settings)
    server = waitress.create_server(lambda asked, _start: seen.append(asked), host="127.0.0.1", port=0, **options)
    server.close()

    server.application({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.7"}, None)

    assert [asked["REMOTE_ADDR"] for asked in seen] == [comes_from]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("there", [False, True], ids=["a new database", "one that was open to others"])
def test_nobody_else_on_the_machine_reads_the_database(instance, there):
    from app import create_app
    from app.config import Settings
    from app.models import db, schema

    instance.mkdir(mode=0o755)
    if there:
        (instance / "chapeau.sqlite").touch(mode=0o644)
    app = create_app(Settings.from_environment(instance))
    with app.app_context(), db.engine.connect() as connection:
        schema.upgrade(db.engine)
        connection.exec_driver_sql("SELECT 1")
        modes = {path.name: path.stat().st_mode & 0o077 for path in instance.iterdir()}
        db.engine.dispose()

    assert modes == dict.fromkeys(("chapeau.sqlite", "chapeau.sqlite-shm", "chapeau.sqlite-wal", "secret-key"), 0)


def test_demo_keeps_away_from_real_bodies(instance, capfd):
    from app import create_app
    from app.config import Settings
    from app.models import db, schema
    from app.negotiation.actors import system
    from app.services import bodies
    from tests.world import NOON

    app = create_app(Settings.from_environment(instance))
    with app.app_context():
        schema.upgrade(db.engine)
        bodies.create_body(
            "real", names={}, zone="UTC", languages=[], rules={}, delegations=[], actor=system(), now=NOON
        )
        db.session.remove()
        db.engine.dispose()

    assert main(["demo", "--instance", str(instance)]) == 2
    assert "real bodies" in capfd.readouterr().err


@pytest.mark.parametrize(("answer", "name"), [("y\n", ""), ("n\n", "focal_point BLR")])
def test_a_person_is_erased_once_the_operator_says_so(app, world, answer, name):
    from app.cli.erase import erase
    from app.models import db
    from app.models.accounts import User

    app.test_cli_runner().invoke(erase, ["focal_point.blr@example.org"], input=answer)

    assert db.session.query(User).filter_by(public_id=world.actor("BLR").user).one().name == name
