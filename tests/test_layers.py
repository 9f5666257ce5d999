"""The layers hold, and the contracts that say so bite: each planted violation is reported."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import ROOT

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

VIOLATIONS = {
    "the text core imports the web": ("app/text/planted.py", "import flask", "The core is pure"),
    "the text core imports the database": ("app/text/planted.py", "from sqlalchemy import select", "The core is pure"),
    "the rules import Word": ("app/negotiation/planted.py", "import docx", "The core is pure"),
    "Word imports the database": ("app/docxio/planted.py", "import sqlalchemy", "Word knows text"),
    "Word imports the tables": ("app/docxio/planted.py", "import app.models", "Screens ->"),
    "the text imports the rules": ("app/text/planted.py", "import app.negotiation", "Screens ->"),
    "the tables import the use cases": ("app/models/planted.py", "import app.services", "Screens ->"),
    "the reads import the use cases": ("app/queries/planted.py", "import app.services", "Screens ->"),
    "the use cases import the screens": ("app/services/planted.py", "from app.web import planted", "Screens ->"),
    "the screens import the commands": ("app/web/planted.py", "import app.cli", "Screens ->"),
    "a package has no layer": ("app/planted/__init__.py", "", "Screens ->"),
}


def lint_imports(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo", "--config", "pyproject.toml"]
    surroundings = {**os.environ, "PYTHONPATH": str(project)}
    return subprocess.run(command, cwd=project, env=surroundings, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the code and its contracts, to plant a violation in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "app", tmp_path / "app", ignore=lambda folder, names: [n for n in names if not _is_code(folder, n)]
    )
    return tmp_path


def _is_code(folder: str, name: str) -> bool:
    return name.endswith(".py") or (Path(folder, name).is_dir() and name != "__pycache__")


def test_imports_only_point_down():
    ran = lint_imports(ROOT)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


@pytest.mark.parametrize(("file", "line", "contract"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_a_planted_violation_is_reported(project, file, line, contract):
    planted = project / file
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f'"""Planted."""\n\n{line}\n', "utf-8")
    (project / "app" / "web" / "planted.py").touch()

    ran = lint_imports(project)

    assert ran.returncode == 1, ran.stdout + ran.stderr
    broken = [name for name in ran.stdout.splitlines() if name.endswith("BROKEN")]
    assert any(name.startswith(contract) for name in broken), ran.stdout
