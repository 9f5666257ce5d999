"""Plant a fault for each promise, and see that the tests catch it: ``python -m tests.planted``.

The program is copied to a folder of its own, one text in it is replaced, and only the tests that should
notice are run. Prints "caught" or "missed" and the fault's name, a line each. The exit status is 1 where a
fault is missed, or where the same tests fail without any.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIED = ("app", "tests", "doc_templates", "pyproject.toml")
LAWS = "tests/text/test_laws.py"
TESTS_FAILED = 1


@dataclass(frozen=True)
class Fault:
    """A fault and who should notice it.

    Attributes:
        file: The module it is planted in.
        right: What stands there, exactly once.
        wrong: What is put in its place.
        tests: Tests of which at least one must fail.
    """

    name: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]


FAULTS = (
    Fault(
        "law 1: words that somebody deletes are gone when everything is rejected",
        "app/text/composing.py",
        "sponsor not in part.deleters[i]:",
        "(sponsor not in part.deleters[i] if sponsor else not part.deleters[i]):",
        (f"{LAWS}::test_rejecting_everything_gives_the_base",),
    ),
    Fault(
        "law 2: an insertion is its first sponsor's alone",
        "app/text/composing.py",
        "insertion.tokens if sponsor in insertion.sponsors else ()",
        "insertion.tokens if sponsor in insertion.sponsors[:1] else ()",
        (f"{LAWS}::test_accepting_what_a_delegation_sponsors_gives_what_it_asked_for",),
    ),
    Fault(
        "law 3: delegations are ranked as their wishes arrive",
        "app/text/composing.py",
        "enumerate(self._ranks.codes):\n            if code in by_sponsor:",
        "enumerate(dict.fromkeys((*by_sponsor, *self._ranks.codes))):\n            if code in by_sponsor:",
        (f"{LAWS}::test_the_order_in_which_wishes_arrive_does_not_matter",),
    ),
    Fault(
        "law 4: words put in place of others are lost",
        "app/text/composing.py",
        "            if added:\n",
        "            if added and start == end:\n",
        (f"{LAWS}::test_every_proposed_word_stands_with_its_sponsor",),
    ),
    Fault(
        "law 5: rival insertions at one gap are not reported",
        "app/text/conflicts.py",
        "if other.start > one.end:",
        "if other.start >= one.end:",
        (f"{LAWS}::test_every_conflict_between_edits_is_reported_with_all_its_sponsors",),
    ),
    Fault(
        "law 6: the brackets within brackets are not printed",
        "app/text/brackets.py",
        "*unparse(node.inner), node.closing",
        "*(inner for inner in node.inner if isinstance(inner, Token)), node.closing",
        ("tests/text/test_brackets.py::test_parsing_and_printing_again_changes_nothing",),
    ),
    Fault(
        "record: a changed row is not compared",
        "app/services/_images.py",
        "elif last.digest != _digest(values) and",
        "elif last.digest is None and",
        ("tests/services/test_verification.py::test_a_changed_column_is_named",),
    ),
    Fault(
        "record: an event is not held against the one before",
        "app/services/verification.py",
        'event["prev_hash"] != before.hash:',
        'event["prev_hash"] is None:',
        (
            "tests/services/test_verification.py::test_an_event_rewritten_with_a_fitting_hash_is_noticed_by_the_next",
            "tests/services/test_verification.py::test_two_swapped_events_are_noticed",
        ),
    ),
    Fault(
        "deadline: the instant itself is still in time",
        "app/services/proposals.py",
        "now >= deadline_for(round_, delegation_id)",
        "now > deadline_for(round_, delegation_id)",
        ("tests/services/test_proposals.py::test_the_instant_of_the_deadline_is_already_late",),
    ),
    Fault(
        "double submit: a form sent before is not recognised",
        "app/services/proposals.py",
        "Proposal.token_hash == _token_hash(delegation_id, token))",
        "Proposal.token_hash == token)",
        ("tests/services/test_proposals.py::test_the_same_form_sent_twice_is_one_proposal_with_one_receipt",),
    ),
    Fault(
        "leaking query: a delegation sees the drafts of another",
        "app/queries/drafts.py",
        "Draft.round_id == round_id, Draft.delegation_id == actor.delegation",
        "Draft.round_id == round_id",
        ("tests/web/test_delegation_room.py::test_anothers_draft_does_not_exist",),
    ),
    Fault(
        "leaking query: an observer reads what was not released",
        "app/queries/access.py",
        "statement = statement.where(Version.id.in_(released))",
        "statement = statement.where(Version.id.in_(released) | Version.round_id.is_(None))",
        ("tests/web/test_reading.py::test_an_unreleased_version_does_not_exist_for_an_observer",),
    ),
)


def occurrences(fault: Fault, root: Path = ROOT) -> int:
    """Return how often the text that a fault replaces stands in its module."""
    return (root / fault.file).read_text("utf-8").count(fault.right)


def main(faults: Iterable[Fault] = FAULTS) -> int:
    """Plant every fault in turn; return the exit status."""
    faults = tuple(faults)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy(folder)
        if (status := _run(folder, sorted({test for fault in faults for test in fault.tests}))) != 0:
            print(f"without any fault the tests end with status {status}", file=sys.stderr)
            return 1
        missed = [fault.name for fault in faults if not _caught(folder, fault)]
    return 1 if missed else 0


def _caught(folder: Path, fault: Fault) -> bool:
    """Plant one fault, run its tests, take it out again, and print what came of it."""
    module = folder / fault.file
    sound = module.read_text("utf-8")
    if sound.count(fault.right) != 1:
        print(f"missed\t{fault.name} (its place was not found)", flush=True)
        return False
    module.write_text(sound.replace(fault.right, fault.wrong), "utf-8")
    caught = _run(folder, fault.tests) == TESTS_FAILED
    module.write_text(sound, "utf-8")
    print(f"{'caught' if caught else 'missed'}\t{fault.name}", flush=True)
    return caught


def _copy(folder: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)


def _run(folder: Path, tests: Iterable[str]) -> int:
    """Run some tests of the copy and return pytest's status: 1 where a test fails."""
    words = ["-q", "-x", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly", *tests]
    # Repeatable examples; bytecode of a module changed within the same second would be stale.
    inside = {**os.environ, "PYTHONPATH": str(folder), "CI": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    inside.pop("HYPOTHESIS_PROFILE", None)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=folder,
        env=inside,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if ran.returncode not in (0, TESTS_FAILED):
        print(ran.stdout[-2000:], file=sys.stderr)
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
