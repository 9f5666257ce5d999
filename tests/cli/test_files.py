"""What the commands tell while they work."""

from threading import Event

from app.cli import files
from app.cli.files import telling


def test_a_user_is_told_what_takes_long(monkeypatch):
    told, twice = [], Event()

    def progress(message):
        told.append(message)
        if len(told) == 2:
            twice.set()

    monkeypatch.setattr(files, "progress", progress)
    with telling("reading draft.docx", every=0.01):
        assert twice.wait(60)

    assert all(message.startswith("reading draft.docx … ") for message in told)


def test_nothing_is_told_of_what_is_done_at_once(capsys):
    with telling("reading draft.docx", every=60):
        pass

    assert capsys.readouterr().err == ""
