"""LibreOffice as somebody uses it who has no Word."""

import subprocess


def saved_by_office(data, ending, folder):
    """Return a Word file as LibreOffice saves it with another ending; *folder* takes its profile."""
    (folder / "draft.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*command, "--convert-to", ending, "draft.docx"], cwd=folder, check=True, capture_output=True)
    return (folder / f"draft.{ending}").read_bytes()
