"""The programs the tests use: skipped loudly, failed where they are required, PostgreSQL for throwing away."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests import programs
from tests.programs import Program

pytest_plugins = ["pytester"]

A_TEST = """
    import pytest

    pytest_plugins = ["tests.programs"]

    @pytest.mark.needs("absent")
    def test_something():
        raise AssertionError("was run")
"""


@pytest.fixture
def absent(monkeypatch, pytester):
    monkeypatch.setitem(programs.PROGRAMS, "absent", Program(("no-such-program",), ("/no/such/program",), "absentware"))
    monkeypatch.syspath_prepend(programs.ROOT)
    pytester.makeini("[pytest]\nmarkers =\n    needs(program): skipped")
    return pytester


def test_a_test_is_skipped_with_the_name_of_the_program_it_misses(absent, monkeypatch):
    monkeypatch.delenv("CHAPEAU_REQUIRE_PROGRAMS", raising=False)
    absent.makepyfile(A_TEST)

    result = absent.runpytest_inprocess("-ra", "-p", "no:cacheprovider")

    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines("*SKIPPED*needs absent (Debian: absentware)*")


def test_a_test_fails_without_its_program_where_programs_are_required(absent, monkeypatch):
    monkeypatch.setenv("CHAPEAU_REQUIRE_PROGRAMS", "1")
    absent.makepyfile(A_TEST)

    result = absent.runpytest_inprocess("-ra", "-p", "no:cacheprovider")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines("*needs absent (Debian: absentware)*")


@pytest.mark.parametrize("name", sorted(programs.PROGRAMS))
def test_every_known_program_is_looked_for(name):
    found = programs.find_program(name)

    assert found is None or found.is_file()


@pytest.mark.needs("postgres")
def test_each_test_gets_a_fresh_postgresql_database(postgres_cluster):
    addresses = [postgres_cluster.url(postgres_cluster.create_database()) for _ in range(2)]
    engines = [create_engine(address, poolclass=NullPool) for address in addresses]

    with engines[0].begin() as connection:
        connection.execute(text("CREATE TABLE state (name text)"))

    with engines[1].begin() as connection:
        assert connection.scalar(text("SELECT to_regclass('state')")) is None


@pytest.mark.needs("postgres")
def test_postgresql_folds_cyrillic_and_keeps_chinese(postgres_url):
    engine = create_engine(postgres_url, poolclass=NullPool)

    with engine.begin() as connection:
        assert connection.scalar(text("SELECT lower('СТОРОНЫ 数字化')")) == "стороны 数字化"


@pytest.mark.needs("postgres")
def test_postgresql_listens_on_no_network_address(postgres_url):
    engine = create_engine(postgres_url, poolclass=NullPool)

    with engine.begin() as connection:
        assert connection.scalar(text("SHOW listen_addresses")) == ""
