"""The documentation says what is there: links lead somewhere, and the commands are those that are run."""

import re
from pathlib import Path

import pytest

import dev
from tests.programs import ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("**/*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_of_the_project(page: Path):
    links = LINK.findall(page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_build_runs_the_readmes_test_command():
    command = "python3 dev.py test"

    assert f"\n    {command}\n" in (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"^ *{command}( |$)", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)


def test_the_command_that_holds_the_core_to_every_branch_is_the_builds():
    command = "python3 dev.py test tests/text tests/negotiation --cov"

    assert f"\n    {command}" in (ROOT / "docs" / "run-the-tests.md").read_text("utf-8")
    assert f"\n    {command}\n" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("command", ["demo", "run", "test", "chapeau"])
def test_the_readme_names_each_command_of_the_starter(command):
    assert f"python3 dev.py {command}" in (ROOT / "README.md").read_text("utf-8")


def test_the_readme_names_the_default_port():
    assert f"port than {dev.DEFAULT_PORT}," in (ROOT / "README.md").read_text("utf-8")
