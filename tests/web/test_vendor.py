"""What others wrote stands as they published it."""

import hashlib
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "app" / "web" / "static" / "vendor"
LISTED = tomllib.loads((FOLDER / "vendor.toml").read_text())


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_vendored_file_is_the_published_one(name):
    entry = LISTED[name]

    assert hashlib.sha512((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha512"]
    assert (FOLDER / entry["licence_file"]).is_file()


def test_every_vendored_file_is_listed():
    listed = {"vendor.toml", *(e[key] for e in LISTED.values() for key in ("file", "licence_file"))}

    assert {path.name for path in FOLDER.iterdir()} == listed
