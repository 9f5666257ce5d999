"""The faults that can be planted still have their place in the program."""

import pytest

from tests.planted import FAULTS, ROOT, occurrences


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_has_exactly_one_place(fault):
    assert occurrences(fault) == 1


@pytest.mark.parametrize("promise", [*(f"law {n}" for n in range(1, 7)), "record", "deadline", "double submit", "leak"])
def test_every_promise_has_a_fault(promise):
    assert any(fault.name.startswith(promise) for fault in FAULTS)


def test_the_tests_that_should_notice_are_there():
    for fault in FAULTS:
        for test in fault.tests:
            file, name = test.split("::")
            assert f"def {name}(" in (ROOT / file).read_text("utf-8"), test
