"""The starter: what it understands, what it hands over, and its one-line refusals."""

import os
import subprocess
import sys

import pytest

import dev
from tests.programs import ROOT

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Round"\nmsgstr "Раунд"\n'


def started(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "dev.py", *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("demo", "--prot", "80"),
        ("demo", "--port", "many"),
        ("run", "--port", "65536"),
        ("run", "here"),
        ("--instance", "there", "test"),
    ],
)
def test_wrong_usage_is_answered_in_one_line_with_status_2(words):
    ran = started(*words)

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith("dev.py: ")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("--port", "9000", "demo"), ("demo", "--port", "9000"), ("demo", "--port=9000")])
def test_options_stand_before_or_after_the_command(words):
    found = dev.read_arguments(words)

    assert dev.command_inside(found)[:5] == ["-P", "-m", "app.cli", "demo", "--port"]
    assert dev.command_inside(found)[5] == "9000"


def test_the_instance_is_handed_over_as_seen_from_where_the_caller_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    found = dev.read_arguments(["run", "--instance", "office"])

    assert dev.command_inside(found)[-2:] == ["--instance", str(tmp_path.resolve() / "office")]


def test_words_for_the_command_line_are_handed_over_untouched():
    found = dev.read_arguments(["chapeau", "--help", "redline", "--port", "старый.docx", "-o", "out.docx"])

    assert dev.command_inside(found)[2:] == ["app.cli", "--help", "redline", "--port", "старый.docx", "-o", "out.docx"]


def test_words_for_pytest_are_handed_over_after_two_workers():
    found = dev.read_arguments(["test", "tests/text", "-k", "bracket"])

    assert dev.command_inside(found) == ["-m", "pytest", *dev.WORKERS, "tests/text", "-k", "bracket"]


@pytest.mark.parametrize("words", [["-n0"], ["-n", "4"], ["--numprocesses=1"], ["--pdb"]])
def test_the_caller_can_choose_the_number_of_workers(words):
    found = dev.read_arguments(["test", *words])

    assert dev.command_inside(found) == ["-m", "pytest", *words]


def test_planted_faults_are_another_program():
    found = dev.read_arguments(["test", "--planted", "law-1"])

    assert dev.command_inside(found) == ["-m", "tests.planted", "law-1"]


def test_settings_that_lead_packages_astray_are_left_out():
    given = {
        "PIP_USER": "1",
        "PYTHONHOME": "x",
        "PYTHONPATH": "y",
        "HOME": "z",
        "DATABASE_URL": "postgresql:///chapeau",
    }

    inside = dev.environment(given)

    assert set(inside) == {"HOME", "DATABASE_URL", "PYTHONPATH", "VIRTUAL_ENV"}
    assert inside["PYTHONPATH"] == str(ROOT)


def test_only_packages_that_are_fully_installed_count():
    status = "chromium installed\npandoc config-files\npostgresql installed\n"

    assert dev.missing_packages(["chromium", "pandoc", "poppler-utils"], status) == ["pandoc", "poppler-utils"]


def test_a_catalogue_is_compiled_where_its_compiled_form_is_missing_or_older(tmp_path):
    for language, age in (("ru", None), ("zh_Hans_CN", -10), ("en", 10)):
        folder = tmp_path / "translations" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        source = folder / "messages.po"
        source.write_text(CATALOGUE, "utf-8")
        if age is not None:
            (folder / "messages.mo").touch()
            os.utime(folder / "messages.mo", (source.stat().st_mtime + age,) * 2)

    assert [found.parts[-3] for found in dev.stale_catalogues(tmp_path)] == ["ru", "zh_Hans_CN"]


def test_the_programs_of_the_tests_are_those_the_starter_installs():
    from tests.programs import PROGRAMS

    assert {program.package for program in PROGRAMS.values()} <= set(dev.DEBIAN_PACKAGES)
