"""LibreOffice for the tests of Word files: one for the session, absent loudly."""

import pytest

from tests import lo_reader


@pytest.fixture(scope="session")
def libreoffice():
    absent = lo_reader.missing()
    if absent:
        pytest.skip(f"needs {absent}: LibreOffice with its Python bridge reads the files independently")
    with lo_reader.LibreOffice() as office:
        yield office
