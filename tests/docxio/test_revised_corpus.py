"""Files that others made, read with their tracked changes: both texts, every change told."""

import os
from pathlib import Path

import pytest

from app.docxio.gate import check_directory
from app.docxio.package import Package
from app.docxio.reader import Source, read_draft
from app.docxio.revised import decode_revised, encode_revised, read_revised
from app.docxio.tracked_changes import tracked_elements
from app.docxio.understanding import Unclear
from app.docxio.upload import read_returned
from app.text.outline import outline
from app.text.provision import Provision

CORPUS = Path(os.environ.get("CHAPEAU_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))
FILES = sorted(CORPUS.glob("*.docx"))
pytestmark = pytest.mark.skipif(not FILES, reason="no corpus of Word files here; CHAPEAU_CORPUS names one")
PAIRS = [
    (path, kind) for path in sorted((CORPUS / "expected").glob("*.accepted.docx")) for kind in ("accepted", "rejected")
]


def without_keys(provisions: tuple[Provision, ...]) -> list[tuple[object, ...]]:
    """Return provisions without their keys; notes in their runs are named by position."""
    at = {p.key: str(i) for i, p in enumerate(provisions)}
    return [
        (
            p.kind,
            p.level,
            p.label,
            {
                name: content
                if not isinstance(content, tuple)
                else tuple(run._replace(note=run.note and at[run.note]) for run in content)
                for name, content in p.parts.items()
            },
            p.columns,
        )
        for p in provisions
    ]


@pytest.mark.parametrize(("path", "kind"), PAIRS, ids=lambda value: getattr(value, "name", value)[:8])
def test_both_texts_are_those_of_the_origins_own_tool(path, kind):
    name = path.name.removesuffix(".accepted.docx")
    expected = read_draft((path.parent / f"{name}.{kind}.docx").read_bytes()).texts

    revised = read_revised((CORPUS / f"{name}.docx").read_bytes())

    found = revised.after if kind == "accepted" else revised.before
    assert without_keys(found.texts) == without_keys(expected)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_revision_element_is_told(path):
    data = path.read_bytes()
    source = Source(Package(check_directory(data, "")), is_whole=True)
    roots = [source.root, *source.notes.roots.values(), *source.package.beside("header", "footer")]

    revised = read_revised(data)

    unread = [n for n in revised.after.not_understood if n.what is Unclear.UNREAD_CHANGE]
    assert sum(c.elements for c in revised.changes) + len(unread) == sum(tracked_elements(roots).values())
    assert unread == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_view_is_a_valid_outline_with_unique_keys(path):
    revised = read_revised(path.read_bytes())

    for view in (revised.before, revised.after):
        keys = [p.key for p in view.texts]
        assert outline(view.texts) == view.texts
        assert len(set(keys)) == len(keys)
    known = {p.key for p in (*revised.before.texts, *revised.after.texts)} | {""}
    assert {c.provision for c in revised.changes} <= known
    assert {c.provision for c in revised.comments} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_view_is_what_the_draft_reads_alone(path):
    data = path.read_bytes()

    revised = read_revised(data)

    assert without_keys(revised.before.texts) == without_keys(read_draft(data, changes="rejected").texts)
    assert without_keys(revised.after.texts) == without_keys(read_draft(data).texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_read_survives_the_way_between_processes(path):
    revised = read_revised(path.read_bytes())

    assert decode_revised(encode_revised(revised)) == revised


def test_the_limited_process_reads_the_same_as_this_one():
    data = (CORPUS / "sdk-comment025.docx").read_bytes()

    assert read_returned(data, "returned.docx") == read_revised(data)
