"""The signature copy: the text alone, and never a page with signatures alone, as LibreOffice lays it out."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from app.docxio.bilingual import bilingual_table
from app.docxio.signature import Signatures, Signer, in_columns, shares_a_page, signature_copy
from app.text.provision import TEXT, Edition, Kind, Provision
from app.text.runs import text
from tests.docx_lint import problems, schema_problems
from tests.docxio.papers import CODES, NAMES, edition, sheet

LANGUAGES = ("ru", "zh", "en")
SENTENCE = {
    "ru": "Реализация Плана осуществляется на добровольной основе с учётом законодательства Сторон. ",
    "zh": "各方根据本国法律和国际义务，在自愿基础上落实本计划，并定期交流经验。",
    "en": "The Plan is carried out on a voluntary basis, taking national legislation into account. ",
}
CAPACITY = {"ru": "От делегации", "zh": "代表团", "en": "For the delegation of"}
CLOSING = {
    "ru": "Настоящий Протокол составлен в г. Ханчжоу 9 апреля 2025 года в одном экземпляре на русском и китайском "
    "языках, причём оба текста имеют одинаковую силу.",
    "zh": "本纪要于2025年4月9日在杭州签署，一式一份，用俄文和中文写成，两种文本同等作准。",
    "en": "Done at Hangzhou on 9 April 2025 in one copy in the Russian and Chinese languages.",
}


def signatures(language, codes=CODES, **more):
    signers = tuple(
        Signer((CAPACITY[language], NAMES[language][code].full), "Минister", f"name {code}") for code in codes
    )
    return Signatures((CLOSING[language],), signers, **more)


def plan(language, paragraphs, sentences=2):
    found = [Provision("t", Kind.TITLE, parts={TEXT: text("PLAN")})]
    found += [
        Provision(f"p{i}", Kind.PARAGRAPH, parts={TEXT: text(SENTENCE[language] * sentences)}, label=f"{i + 1}.")
        for i in range(paragraphs)
    ]
    return Edition(language, tuple(found))


def shown(data):
    found = Document(io.BytesIO(data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in found.paragraphs), *cells])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signature_copy_passes_lint_and_schema(language):
    made = signature_copy(edition(language), sheet(language), signatures(language))

    assert problems(made) == []
    assert not schema_problems(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signature_copy_is_the_text_alone(language):
    head = sheet(language)
    made = signature_copy(edition(language), head, signatures(language))

    with zipfile.ZipFile(io.BytesIO(made)) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    for never in (*head.marks, head.fingerprint, "bookmarkStart", "w:comment", "NUMPAGES", "w:ins "):
        assert never not in everything
    assert head.sample in everything


def test_the_same_input_gives_the_same_bytes():
    made = [signature_copy(edition("ru"), sheet("ru"), signatures("ru")) for _ in range(2)]

    assert made[0] == made[1]


def test_the_annex_mark_stands_at_the_head():
    marked = replace(sheet("ru"), annex=("Приложение № 3", "к Протоколу"))

    assert shown(signature_copy(edition("ru"), marked, Signatures())).startswith("Приложение № 3\nк Протоколу")


def test_the_block_is_read_row_by_row_or_down_the_columns():
    one, two, three = (Signer((name,)) for name in "abc")

    assert list(in_columns((one, two, three), down=False)) == [(one, two), (three, None)]
    assert list(in_columns((one, two, three), down=True)) == [(one, three), (two, None)]


def test_a_side_that_does_not_sign_has_a_dash_for_a_rule():
    made = shown(signature_copy(plan("ru", 1), sheet("ru"), Signatures((), (Signer(("От Индии",), dash=True),))))

    assert "____" not in made
    assert "–" in made


def test_more_sides_than_a_page_holds_do_not_share_it():
    assert shares_a_page(plan("ru", 3), sheet("ru"), signatures("ru"))
    assert not shares_a_page(plan("ru", 3), sheet("ru"), signatures("ru", CODES * 3))
    assert shares_a_page(plan("ru", 3), sheet("ru"), Signatures((CLOSING["ru"],)))
    assert not shares_a_page(Edition("ru", ()), sheet("ru"), signatures("ru"))


def test_the_languages_stand_side_by_side():
    editions = [edition(code) for code in LANGUAGES]
    late = editions[0].provisions[3].key
    made = bilingual_table(editions, {c: sheet(c) for c in LANGUAGES}, "ru", frozenset({("zh", late)}))

    assert problems(made) == []
    rows = [[cell.text for cell in row.cells] for row in Document(io.BytesIO(made)).tables[0].rows]
    assert rows[0][1:4] == ["Русский текст", "中文文本", "English text"]
    assert any("перевод старше исходного текста" in row[-1] for row in rows)


def test_a_language_without_words_is_told():
    russian = plan("ru", 2)
    chinese = Edition("zh", plan("zh", 1).provisions)
    made = bilingual_table([russian, chinese], {c: sheet(c) for c in ("ru", "zh")}, "zh")

    rows = [[cell.text for cell in row.cells] for row in Document(io.BytesIO(made)).tables[0].rows]
    assert rows[3][-1] == "中文文本: 缺少文本"


# As LibreOffice lays it out: several lengths around the end of a page, in one run of the converter.
ENDS = {"ru": range(2, 14), "zh": range(1, 9)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """(language, paragraphs, sentences) to the text of each page."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("needs soffice and pdftotext: the pages are looked at as they are printed")
    folder = tmp_path_factory.mktemp("signed")
    cases = {}
    for language, lengths in ENDS.items():
        for count in lengths:
            for sentences in (1, 5):
                name = f"{language}-{count}-{sentences}"
                made = signature_copy(plan(language, count, sentences), sheet(language), signatures(language))
                (folder / f"{name}.docx").write_bytes(made)
                cases[name] = (language, count, sentences)
    (folder / "table.docx").write_bytes(signature_copy(with_table_at_the_end(), sheet("ru"), signatures("ru")))
    cases["table"] = ("ru", 0, 0)
    convert = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    convert += ["--convert-to", "pdf", "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in cases)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    found = {}
    for name, case in cases.items():
        read = subprocess.run(
            ["pdftotext", "-layout", str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True, text=True
        )
        found[case] = read.stdout.split("\f")[:-1]
    return found


def with_table_at_the_end():
    columns = ("measure", "time", "who", "note")
    heads = {column: text(column) for column in columns}
    table = Provision("t1", Kind.TABLE, parts=heads, columns=columns)
    rows = [
        Provision(f"r{i}", Kind.ROW, 1, "t1", {c: text(f"строка {i}") for c in columns}, f"{i}.") for i in range(40)
    ]
    return Edition("ru", (*plan("ru", 3).provisions, table, *rows))


def test_no_page_holds_signatures_alone(pages):
    for (language, count, sentences), found in pages.items():
        if not count:
            continue
        signed = [page for page in found if CAPACITY[language] in page]
        beginning = SENTENCE[language][: 12 if language == "ru" else 6]
        last = next(page for page in found if "name BY" in page)
        assert len(signed) == 1, (language, count, sentences)
        before = last[: last.index("name BY")].split(CLOSING[language][:8])[0]
        lines = [line for line in before.splitlines() if line.strip()]
        assert len(lines) >= 3, (language, count, sentences, lines)  # two of the text, and the mark of the sample
        assert beginning in before or len(lines) >= 3


def test_signatures_follow_a_table_on_its_page(pages):
    (last,) = [page for page in pages["ru", 0, 0] if "name BY" in page]

    assert "строка 39" in last
