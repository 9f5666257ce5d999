"""A draft's own file that came with tracked changes: opened either way, it says what the reader says, look and all."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.docxio.own_file import open_own_file
from app.docxio.own_forms import clean_in_own_file
from app.docxio.reader import read_draft
from app.docxio.sheets import Sheet
from app.text.provision import Edition
from tests.docx_lint import problems
from tests.docxio.phenomena import FILES

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
TRACKED = ("rp005", "rp008", "rp012", "rp015", "rp019", "rp021", "rp025", "rp042", "rp046", "rp047", "rp049", "paper")
REAL = {path.stem: path for path in sorted(CORPUS.glob("*.docx")) if path.stem.startswith(TRACKED)}


def worded(provisions):
    """Return provisions with their notes named by position."""
    at = {p.key: str(i) for i, p in enumerate(provisions)}
    return [
        replace(
            p,
            key=at[p.key],
            parent=None if p.parent is None else at[p.parent],
            parts={
                name: tuple(run._replace(note=run.note and at[run.note]) for run in content)
                for name, content in p.parts.items()
            },
        )
        for p in provisions
    ]


@pytest.mark.parametrize("changes", ["rejected", "accepted"])
@pytest.mark.parametrize("name", [*(name for name in FILES if name != "equation"), *REAL])
def test_a_files_own_changes_are_taken_either_way(name, changes):
    # Changes inside equations are listed, not read: either way the reader shows the equation with all its signs.
    data = FILES[name] if name in FILES else REAL[name].read_bytes()
    edition = Edition("ru", read_draft(data, changes=changes).texts)

    out = clean_in_own_file(open_own_file(data, edition, changes=changes), edition, Sheet("ru"))

    assert [remark for _, remark in problems(out) if not remark.startswith("edge space")] == []
    assert worded(read_draft(out).texts) == worded(edition)
