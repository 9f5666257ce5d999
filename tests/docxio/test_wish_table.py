"""The table of wishes: sent out empty, filled in by hand in Word, read again."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from app.docxio.clean import clean
from app.docxio.revised import read_revised
from app.docxio.sheets import Sheet, StateName
from app.docxio.state_names import StateNames
from app.docxio.wish_table import wish_lines, wish_table
from app.docxio.wish_table_in import read_filled
from app.text.changes import Change, Operation
from app.text.provision import TEXT, Kind, Provision, States
from app.text.runs import NOTE, Run, plain, text
from tests.world import small_plan

NAMES = {"KAZ": {"Казахстан"}, "RUS": {"Россия"}, "BLR": {"Беларусь"}}
SHEET = Sheet("ru", names={code: StateName(*names, *names) for code, names in NAMES.items()}, order=(*NAMES,))
ELEMENTS = {p.key: f"пункт {p.label}" for p in small_plan()}


def changed(data: bytes, change) -> bytes:
    """Return a table with its text part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = change(content.decode()).encode()
            new.writestr(name, content)
    return out.getvalue()


def filled(data: bytes, wishes, *, named: bool = True) -> bytes:
    """Return the table with words typed: key → (proposed wording, reason)."""

    def typed(xml: str) -> str:
        rows = xml.split("<w:tr>")
        for at, row in enumerate(rows):
            found = re.search(r'w:name="p[vx]_(\w+)"', row)
            wish = wishes.get(found[1]) if found else None
            if wish is not None:
                pieces = row.split("</w:p></w:tc>")
                for column, words in zip((2, 3), wish, strict=True):
                    lines = "</w:p><w:p>".join(f"<w:r><w:t>{line}</w:t></w:r>" for line in words.split("\n"))
                    pieces[column] += lines
                rows[at] = "</w:p></w:tc>".join(pieces)
        xml = "<w:tr>".join(rows)
        return xml if named else re.sub(r'w:name="p[vx]_\w+"', 'w:name="_x"', xml)

    return changed(data, typed)


def added(data: bytes, after: str, words: str, element: str = "") -> bytes:
    """Return the table with a row of its own after that of a provision."""

    def typed(xml: str) -> str:
        head, row, rest = re.fullmatch(
            rf'(?s)(.*)(<w:tr>(?:(?!<w:tr>).)*pv_{after}"(?:(?!<w:tr>).)*</w:tr>)(.*)', xml
        ).groups()
        cell = "<w:tc><w:tcPr/><w:p>{}</w:p></w:tc>"
        run, named = (f"<w:r><w:t>{said}</w:t></w:r>" if said else "" for said in (words, element))
        return head + row + "<w:tr>" + "".join(cell.format(c) for c in (named, "", run, "")) + "</w:tr>" + rest

    return changed(data, typed)


@pytest.fixture(scope="module")
def empty() -> bytes:
    return wish_table(small_plan(), ELEMENTS, SHEET)


def read(data: bytes):
    lines = wish_lines(small_plan(), ELEMENTS, SHEET)
    return read_filled(small_plan(), lines, read_revised(data), StateNames(NAMES))


def test_an_empty_table_asks_for_nothing(empty):
    assert (read(empty).wanted, read(empty).missed) == ((), ())


def test_a_rewritten_wording_is_an_amendment_with_its_reason(empty):
    (wish,) = read(filled(empty, {"p2": ("Стороны создают общую платформу.", "Короче.")})).wanted

    assert (wish.key, wish.reason, wish.remark) == ("p2", "Короче.", "")
    (change,) = wish.changes
    assert change.operation is Operation.AMEND
    assert plain(change.parts[TEXT]) == "Стороны создают общую платформу."


@pytest.mark.parametrize(
    "said",
    [
        "Стороны создают единую платформу обмена опытом.",
        "2. Стороны создают единую платформу обмена опытом.",
        "Стороны создают  единую платформу обмена опытом",
        "—",
        "Замечаний нет",
        "без изменений",
        "无意见",
        "No comments.",
    ],
)
def test_what_says_the_same_or_nothing_is_no_wish(empty, said):
    assert read(filled(empty, {"p2": (said, "")})).wanted == ()


@pytest.mark.parametrize("said", ["исключить", "Исключить.", "Исключить пункт", "删去", "Delete"])
def test_the_word_delete_deletes(empty, said):
    (wish,) = read(filled(empty, {"p3": (said, "Лишнее.")})).wanted

    assert [(c.operation, c.key) for c in wish.changes] == [(Operation.DELETE, "p3")]
    assert wish.reason == "Лишнее."


def test_a_formula_can_let_a_paragraph_go_and_keep_its_items(empty):
    (wish,) = read(filled(empty, {"p2": ("исключить, подпункты сохранить", "")})).wanted

    assert wish.changes == (Change(Operation.DELETE, "p2", alone=True),)


def test_an_exception_is_no_deletion(empty):
    found = read(filled(empty, {"p2": ("исключить, кроме подпункта «а»", "")}))

    assert (found.wanted, found.missed) == ((), (("p2", "formula", "исключить, кроме подпункта «а»"),))


def test_a_number_typed_with_the_wording_is_no_part_of_it(empty):
    (wish,) = read(filled(empty, {"p2": ("2. Стороны создают платформу.", "")})).wanted

    assert plain(wish.changes[0].parts[TEXT]) == "Стороны создают платформу."


@pytest.mark.parametrize(
    ("key", "said", "words"),
    [
        ("p2", "слова «единую» заменить словами «общую»", "Стороны создают общую платформу обмена опытом."),
        (
            "p2",
            "После слова «создают» дополнить словами «и развивают»",
            "Стороны создают и развивают единую платформу обмена опытом.",
        ),
        ("p2", "В пункте 2 слово «единую» исключить", "Стороны создают платформу обмена опытом."),
        ("p2", "изложить в следующей редакции: «Стороны создают платформу.»", "Стороны создают платформу."),
        ("title", "слова «План действий» заменить словами «Дорожная карта»", "Дорожная карта"),
        ("p2a", "слово «информацией» заменить словом «сведениями»", "обмениваются сведениями;"),
    ],
)
def test_formulas_of_the_trade_are_read_as_what_they_ask(empty, key, said, words):
    (wish,) = read(filled(empty, {key: (said, "Точнее.")})).wanted

    assert (wish.key, wish.reason) == (key, "Точнее.")
    assert plain(wish.changes[0].parts[TEXT]) == words


def test_a_formula_in_a_cell_of_a_measure_is_read(empty):
    (wish,) = read(filled(empty, {"r1__1": ("слова «2026 год» заменить словами «2027 год»", "")})).wanted

    assert plain(wish.changes[0].parts["time"]) == "2027 год"


def test_a_formula_that_is_not_understood_is_no_wording(empty):
    found = read(filled(empty, {"p2": ("слово «отсутствующее» исключить", "")}))

    assert found.wanted == ()
    assert found.missed == (("p2", "formula", "слово «отсутствующее» исключить"),)


@pytest.mark.parametrize("said", ["Просим пояснить, о какой платформе речь.", "Поддерживаем.", "Кто платит?"])
def test_a_question_or_a_nod_is_a_remark(empty, said):
    (wish,) = read(filled(empty, {"p2": (said, "")})).wanted

    assert (wish.changes, wish.remark) == ((), said)


def test_a_wording_that_begins_as_a_formula_does_is_a_wording():
    plan = replace_in(small_plan(), "p2", "В рамках «Плана» Стороны создают единую платформу обмена опытом.")
    lines = wish_lines(plan, ELEMENTS, SHEET)
    said = "После слов приветствия в рамках «Плана» Стороны создают единую платформу обмена опытом."

    typed = filled(wish_table(plan, ELEMENTS, SHEET), {"p2": (said, "")})
    (wish,) = read_filled(plan, lines, read_revised(typed), StateNames(NAMES)).wanted

    assert plain(wish.changes[0].parts[TEXT]) == said


def test_a_wording_that_is_all_new_is_a_wording(empty):
    (wish,) = read(filled(empty, {"p2": ("Государства учреждают общий каталог решений в цифровой сфере.", "")})).wanted

    assert wish.changes[0].operation is Operation.AMEND


def test_plain_spaces_typed_where_no_break_ones_stood_change_nothing():
    plan = replace_in(small_plan(), "p2", "Стороны до 2030\xa0года создают платформу.")
    data = wish_table(plan, ELEMENTS, SHEET)
    lines = wish_lines(plan, ELEMENTS, SHEET)
    typed = filled(data, {"p2": ("Стороны до 2030 года создают общую платформу.", "")})

    (wish,) = read_filled(plan, lines, read_revised(typed), StateNames(NAMES)).wanted

    assert plain(wish.changes[0].parts[TEXT]) == "Стороны до 2030\xa0года создают общую платформу."


def test_a_reference_to_a_footnote_stays_where_it_stood():
    note = Provision("n1", Kind.FOOTNOTE, 0, None, {TEXT: text("Примечание.")})
    plan = replace_in(small_plan(), "p2", "Стороны создают платформу", Run(NOTE, 0, "n1"), " обмена опытом.")
    plan = replace(plan, provisions=(*plan.provisions, note))
    lines = wish_lines(plan, {**ELEMENTS, "n1": "сноска 1"}, SHEET)
    data = wish_table(plan, {**ELEMENTS, "n1": "сноска 1"}, SHEET)

    typed = filled(data, {"p2": ("Стороны создают платформу взаимного обмена опытом.", "")})
    (wish,) = read_filled(plan, lines, read_revised(typed), StateNames(NAMES)).wanted

    words = wish.changes[0].parts[TEXT]
    assert [run.note for run in words if run.note] == ["n1"]
    assert plain(words) == f"Стороны создают платформу{NOTE} взаимного обмена опытом."


def replace_in(plan, key, *words):
    provisions = (replace(p, parts={TEXT: text(*words)}) if p.key == key else p for p in plan)
    return replace(plan, provisions=tuple(provisions))


def test_a_second_paragraph_is_a_new_provision_after_it(empty):
    (wish,) = read(filled(empty, {"p2": ("Стороны создают платформу.\nОна открыта для всех.", "")})).wanted

    _amended, inserted = wish.changes
    assert (inserted.operation, inserted.place.after) == (Operation.INSERT, "p2")
    assert [plain(p.text) for p in inserted.block] == ["Она открыта для всех."]


def test_a_reason_without_a_wording_is_a_remark(empty):
    (wish,) = read(filled(empty, {"p2": ("", "Просим пояснить.")})).wanted

    assert (wish.key, wish.changes, wish.remark) == ("p2", (), "Просим пояснить.")


def test_the_first_row_takes_remarks_on_the_whole(empty):
    (wish,) = read(filled(empty, {"0whole": ("Проект поддерживаем.", "")})).wanted

    assert (wish.key, wish.remark) == ("", "Проект поддерживаем.")


def test_a_cell_of_a_measure_is_amended_alone(empty):
    (wish,) = read(filled(empty, {"r1__1": ("2027 год", "")})).wanted

    (change,) = wish.changes
    assert plain(change.parts["time"]) == "2027 год"
    assert change.parts["measure"] == small_plan().by_key()["r1"].parts["measure"]


def test_states_in_a_cell_are_a_set(empty):
    (wish,) = read(filled(empty, {"r1__2": ("Россия, Беларусь", "")})).wanted

    assert wish.changes[0].parts["who"] == States(frozenset({"RUS", "BLR"}))


def test_words_where_states_belong_are_told_of(empty):
    found = read(filled(empty, {"r1__2": ("все желающие", "")}))

    assert found.wanted == ()
    assert found.missed == (("r1", "states_as_words", "все желающие"),)


def test_a_row_made_on_other_words_says_so():
    older = wish_table(replace_in(small_plan(), "p2", "Стороны создают платформу."), ELEMENTS, SHEET)

    found = read(filled(older, {"p2": ("Стороны создают общую платформу.", "")}))

    assert [wish.key for wish in found.wanted] == ["p2"]
    assert found.missed == (("p2", "base", "Стороны создают платформу."),)
    assert 0.8 < found.likeness < 1


def test_rows_are_found_without_their_names(empty):
    (wish,) = read(filled(empty, {"p2": ("Стороны создают платформу.", "")}, named=False)).wanted

    assert wish.key == "p2"


def test_a_row_that_was_added_is_a_new_provision(empty):
    (wish,) = read(added(empty, "p2", "2 бис. Платформа открыта.")).wanted

    (change,) = wish.changes
    assert (change.place.parent, change.place.after) == ("s1", "p2")
    assert [(p.kind, plain(p.text)) for p in change.block] == [(Kind.PARAGRAPH, "Платформа открыта.")]


@pytest.mark.parametrize(("element", "said"), [("пункт 77", "Иное."), ("", "исключить")])
def test_a_row_on_what_the_draft_does_not_have_is_told_of(empty, element, said):
    found = read(added(empty, "p2", said, element))

    assert found.wanted == ()
    assert [code for _, code, _ in found.missed] == ["row"]


def test_a_file_without_such_a_table_is_none():
    assert read(clean(small_plan(), SHEET)) is None
