"""The lists of packages: complete, pinned, hashed, and naming no server."""

import re
import tomllib
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.programs import ROOT

RUN_LIST = "requirements.txt"
TEST_LIST = "requirements-dev.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = [line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra]
RUN = [*PROJECT["project"]["dependencies"], *EXTRAS]
TEST = [*RUN, *PROJECT["dependency-groups"]["dev"]]
PIN = re.compile(r"[a-z0-9.-]+==\S+( ; [^;]+)?( --hash=sha256:[0-9a-f]{64})+")


def written(name: str) -> list[str]:
    """Return the entries of a list, the lines of each joined."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def pins(name: str) -> dict[str, str]:
    """Return the version of each package of a list."""
    entries = [Requirement(entry.split(" --hash", 1)[0]) for entry in written(name)]
    return {canonicalize_name(entry.name): next(iter(entry.specifier)).version for entry in entries}


def unmet(requirements: Iterable[str], pinned: dict[str, str]) -> list[str]:
    """Return the requirements that the pinned versions do not meet."""
    found = map(Requirement, requirements)
    return [str(r) for r in found if not r.specifier.contains(pinned.get(canonicalize_name(r.name), ""))]


@pytest.mark.parametrize("name", [RUN_LIST, TEST_LIST])
def test_every_line_is_a_pinned_package_with_its_hashes(name):
    assert [entry for entry in written(name) if not PIN.fullmatch(entry)] == []


@pytest.mark.parametrize(("name", "requirements"), [(RUN_LIST, RUN), (TEST_LIST, TEST)])
def test_every_dependency_of_the_project_is_in_the_list(name, requirements):
    assert unmet(requirements, pins(name)) == []


def test_the_list_of_the_tests_holds_all_of_the_other():
    assert set(written(RUN_LIST)) - set(written(TEST_LIST)) == set()


@pytest.mark.parametrize("name", [RUN_LIST, TEST_LIST])
def test_no_list_names_a_server(name):
    text = (ROOT / name).read_text("utf-8")

    assert not re.search(r"https?:|//|@|^\s*-(i|f|-index|-extra|-find)", text, re.MULTILINE)


def test_a_missing_and_an_outdated_package_are_noticed():
    assert unmet(["flask>=3.1", "lxml>=6.1", "Babel>=2"], {"flask": "3.0.9", "babel": "2.18.0"}) == [
        "flask>=3.1",
        "lxml>=6.1",
    ]
