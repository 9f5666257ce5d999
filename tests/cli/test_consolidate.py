"""``chapeau consolidate``: what delegations sent back in Word, made one draft."""

import io
import json
import re
import zipfile

import pytest

from app.cli import main
from app.docxio.reader import read_draft
from app.text.runs import plain
from tests.docx_lint import problems
from tests.docxio.handmade import NAMESPACES, docx, p, run


def deleted(words, author="Person One"):
    inner = f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
    return f'<w:del w:id="1" w:author="{author}" w:date="2025-04-20T10:00:00Z">{inner}</w:del>'


def inserted(words, author="Person One"):
    return f'<w:ins w:id="2" w:author="{author}" w:date="2025-04-20T10:00:00Z">{run(words)}</w:ins>'


FIRST, SECOND, THIRD = "1. Стороны создают платформу обмена опытом.", "2. Стороны проводят консультации.", "3. План."
BASE = docx(p(FIRST) + p(SECOND) + p(THIRD))
BELARUS = docx(
    p(run("1. Стороны ") + deleted("создают") + inserted("формируют") + run(" платформу обмена опытом."))
    + p(SECOND)
    + p(THIRD)
)
"""One word replaced, tracked."""
CHINA = docx(
    p("1. Стороны формируют платформу обмена опытом.") + p("2. Стороны ежегодно проводят консультации.") + p(THIRD)
)
"""The same word and another, simply edited."""
IRAN = docx(p("1. Стороны развивают платформу обмена опытом.") + p(SECOND))
"""A rival word; the last paragraph deleted."""


@pytest.fixture
def files(tmp_path):
    for name, data in {"base": BASE, "by": BELARUS, "cn": CHINA, "ir": IRAN}.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    return tmp_path


def consolidated(folder, *more, out="out.docx", sources=("Belarus=by", "China=cn", "Iran=ir")):
    named = [word for one in sources for word in ("--from", f"{one.split('=')[0]}={folder / one.split('=')[1]}.docx")]
    return main(["consolidate", str(folder / "base.docx"), *named, "-o", str(folder / out), *more])


def document(path):
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()


def changes(path):
    """Return author to what it deletes and inserts."""
    found = re.findall(r'<w:(del|ins) w:id="\d+" w:author="([^"]*)"[^>]*>(.*?)</w:\1>', document(path))
    return {
        (author, kind, "".join(re.findall(r"<w:(?:t|delText)[^>]*>([^<]*)<", inner))) for kind, author, inner in found
    }


def test_every_change_stands_under_all_who_ask_for_it(files):
    assert consolidated(files) == 0

    asked = changes(files / "out.docx")
    assert ("Belarus; China", "ins", "формируют") in asked
    assert ("Belarus; China; Iran", "del", "создают") in asked
    assert ("Iran", "ins", "развивают") in asked
    assert ("China", "ins", "ежегодно ") in asked or ("China", "ins", " ежегодно") in asked
    assert problems((files / "out.docx").read_bytes()) == []


def test_rejecting_everything_gives_the_base(files):
    consolidated(files)

    found = read_draft((files / "out.docx").read_bytes(), changes="rejected").texts
    assert [(x.label, plain(x.text)) for x in found if x.label] == [
        (x.label, plain(x.text)) for x in read_draft(BASE).texts
    ]


def test_libreoffice_reads_each_delegations_wish(files, libreoffice):
    consolidated(files)
    data = (files / "out.docx").read_bytes()

    for name, sent in {"Belarus": BELARUS, "China": CHINA, "Iran": IRAN}.items():
        reply = libreoffice.wished(data, name)
        seen = "".join(r[0] for kind, *rest in reply["blocks"] if kind == "p" for r in rest[1])
        for wished in read_draft(sent).texts:
            assert plain(wished.text) in seen
        assert ("План." in seen) == (name != "Iran")


def test_the_order_of_the_files_changes_the_order_of_names_alone(files):
    consolidated(files)
    consolidated(files, out="other.docx", sources=("Iran=ir", "China=cn", "Belarus=by"))

    def unordered(path):
        return {("; ".join(sorted(author.split("; "))), kind, words) for author, kind, words in changes(path)}

    assert unordered(files / "out.docx") == unordered(files / "other.docx")


def test_no_person_of_a_returned_file_goes_out(files):
    consolidated(files)

    with zipfile.ZipFile(files / "out.docx") as package:
        assert not any(b"Person One" in package.read(name) for name in package.namelist())


def test_the_report_names_every_conflict_with_its_readings(files):
    consolidated(files, "--report", str(files / "report.json"))

    told = json.loads((files / "report.json").read_text("utf-8"))
    (conflict,) = [one for one in told["conflicts"] if one["kind"] == "rival_insertions"]
    assert {tuple(reading["sponsors"]): reading["text"] for reading in conflict["readings"]} == {
        ("Belarus", "China"): "формируют",
        ("Iran",): "развивают",
    }
    assert [one["name"] for one in told["delegations"]] == ["Belarus", "China", "Iran"]


def test_a_file_made_from_another_text_is_refused_with_the_differences(files, capsys):
    other = docx(p(run("1. Стороны ") + inserted("совместно ") + run("строят дороги.")) + p(SECOND) + p(THIRD))
    (files / "by.docx").write_bytes(other)

    assert consolidated(files) == 2

    told = capsys.readouterr().err.strip().splitlines()[-1]
    assert "The file of Belarus was made from another text" in told
    assert not (files / "out.docx").exists()


def test_a_file_made_from_another_text_is_carried_over_on_demand(files):
    other = docx(
        p("1. Стороны создают платформу обмена опытом и знаниями.")
        + p(run("2. Стороны ") + inserted("ежегодно ") + run("проводят консультации."))
        + p(THIRD)
    )
    (files / "by.docx").write_bytes(other)

    assert consolidated(files, "--align") == 0

    assert any("Belarus" in author and "ежегодно" in words for author, _, words in changes(files / "out.docx"))


def test_a_folder_gets_every_form(files):
    (files / "forms").mkdir()

    assert consolidated(files, out="forms") == 0

    assert sorted(path.name for path in (files / "forms").iterdir()) == [
        "bracketed.docx",
        "table-columns.docx",
        "table-ippc.docx",
        "table-iso.docx",
        "table-svodnaya.docx",
        "tracked.docx",
    ]
    for path in (files / "forms").iterdir():
        assert problems(path.read_bytes()) == []


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        (("Belarus=by", "Belarus=cn"), "Belarus is named twice"),
        (("=by",), "is not NAME=FILE"),
        (("Belarus=nothing",), "There is no file"),
    ],
)
def test_wrong_arguments_are_told_in_one_line(files, capsys, sources, told):
    assert consolidated(files, sources=sources) == 2

    assert told in capsys.readouterr().err.strip().splitlines()[-1]


def test_nothing_is_overwritten_unasked(files):
    (files / "out.docx").write_bytes(b"mine")

    assert consolidated(files) == 2
    assert (files / "out.docx").read_bytes() == b"mine"


def test_the_report_never_takes_the_place_of_the_draft(files, capsys):
    assert consolidated(files, "--force", "--report", str(files / "out.docx")) == 2

    assert "out.docx cannot be both the draft and the report." in capsys.readouterr().err
    assert not (files / "out.docx").exists()


def test_a_file_that_is_sent_back_unchanged_asks_for_nothing(files):
    (files / "by.docx").write_bytes(io.BytesIO(BASE).getvalue())

    consolidated(files, sources=("Belarus=by",))

    assert changes(files / "out.docx") == set()


@pytest.mark.parametrize("part", ["styles", "footnotes", "endnotes", "comments", "numbering"])
def test_a_base_may_have_parts_that_are_empty_elements(files, part):
    empty = {part: f"<w:{part} {NAMESPACES}/>"}
    (files / "base.docx").write_bytes(docx(p(FIRST) + p(SECOND) + p(THIRD), **empty))

    assert consolidated(files) == 0

    assert problems((files / "out.docx").read_bytes()) == []
    assert ("Belarus; China", "ins", "формируют") in changes(files / "out.docx")
