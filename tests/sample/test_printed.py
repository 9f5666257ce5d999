"""Papers of the sample as they come out of the printer."""

import subprocess

import pytest

from app.negotiation.vocabulary import Role
from tests.office import saved_by_office
from tests.pages import Browser


@pytest.mark.needs("soffice")
@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_list_of_open_questions_is_one_page(app, person, language, tmp_path):
    browser = Browser(app).sign_in(person(Role.SECRETARIAT), language)

    sent = browser.client.get(f"/documents/action-plan/rounds/2/questions.{language}.docx")
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(saved_by_office(sent.data, "pdf", tmp_path))

    read = subprocess.run(["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True)
    (page,) = read.stdout.split("\f")[:-1]
    assert [line.split()[0] for line in page.splitlines() if line[:5].strip().isdigit()] == list("12345678")
