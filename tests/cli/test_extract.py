"""``chapeau extract``: what a Word file says, as JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from tests.docxio.handmade import W, docx, p, run

ROOT = Path(__file__).parents[2]


def changed(kind: str, words: str, author: str = "Иран") -> str:
    """Return words as a tracked change."""
    written = run(words).replace("w:t", "w:delText") if kind == "del" else run(words)
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="2025-04-25T10:00:00Z">{written}</w:{kind}>'


@pytest.fixture
def file(tmp_path):
    """A file with one replaced word."""
    path = tmp_path / "draft.docx"
    path.write_bytes(
        docx(p(run("1. Стороны ") + changed("del", "могут") + changed("ins", "должны") + run(" помогать.")))
    )
    return path


def test_extract_prints_the_base_and_its_changes(file, capfdbinary):
    assert main(["extract", str(file)]) == 0

    told = json.loads(capfdbinary.readouterr().out)
    assert told["provisions"] == [
        {"key": "p1", "kind": "paragraph", "level": 0, "parent": None, "label": "1.", "text": "Стороны могут помогать.",
         "cells": {}}
    ]  # fmt: skip
    assert told["changes"] == [
        {"id": "c1", "provision": "p1", "cell": "", "author": "Иран", "at": "2025-04-25T10:00:00Z",
         "operation": "replace", "removed": "могут", "added": "должны", "comments": [], "elements": 2}
    ]  # fmt: skip


def test_extract_prints_the_final_text(file, capfdbinary):
    assert main(["extract", str(file), "--changes", "accepted"]) == 0

    assert json.loads(capfdbinary.readouterr().out)["provisions"][0]["text"] == "Стороны должны помогать."


def test_extract_does_not_overwrite_without_force(file, tmp_path, capfd):
    out = tmp_path / "out.json"
    out.write_text("mine")

    assert main(["extract", str(file), "-o", str(out)]) == 2
    assert out.read_text() == "mine"
    assert "--force" in capfd.readouterr().err
    assert main(["extract", str(file), "-o", str(out), "--force"]) == 0
    assert json.loads(out.read_text("utf-8"))["format"] == 1


@pytest.mark.parametrize("name", ["absent.docx", "", "plain.docx", "paper.pdf"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path, capfd, name):
    (tmp_path / "plain.docx").write_text("words")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")

    assert main(["extract", str(tmp_path / name)]) == 2

    told = capfd.readouterr().err
    assert told.startswith("chapeau: ")
    assert len(told.splitlines()) == 1


def test_extract_loads_neither_the_web_nor_the_database(file):
    code = (
        "import sys; from app.cli import main; "
        f"main(['extract', {str(file)!r}, '-o', {str(file.with_suffix('.json'))!r}]); "
        "sys.exit(len({'flask', 'sqlalchemy', 'werkzeug'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_extract_prints_the_warnings(tmp_path, capfdbinary):
    path = tmp_path / "draft.docx"
    path.write_bytes(docx(p("1. Стороны помогают."), header=f'<w:hdr xmlns:w="{W}">{p("Проект")}</w:hdr>'))

    assert main(["extract", str(path)]) == 0

    assert json.loads(capfdbinary.readouterr().out)["warnings"] == [{"what": "headers", "count": 1, "detail": ""}]
