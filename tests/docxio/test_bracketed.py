"""The bracketed consolidated draft as a Word file."""

import io
import zipfile
from datetime import date

import pytest
from lxml import etree

from app.docxio.bracketed import bracketed_draft
from app.docxio.standing import Position, Standing
from app.docxio.wording import Stance
from app.text.changes import Change, Operation, Wish
from app.text.composing import compose
from app.text.numbering import Numbering
from app.text.provision import TEXT, Kind, Place, Provision
from app.text.runs import text
from tests.docx_lint import W, problems, schema_problems
from tests.docxio.papers import CODES, edition, sheet
from tests.docxio.wishes import amended, states, wishes

LANGUAGES = ("ru", "zh", "en")
STANDING = Standing(date(2025, 4, 25), answered=("IN", "BY"), no_comments=("UZ",), awaited=("PK",))
POSITIONS = (Position("p1", Stance.KEEP, "RU"), Position("r1", Stance.RESERVES, "IN"))


def draft(language, asked=(), standing=STANDING, positions=(), **options):
    composition = compose(edition(language), asked, CODES)
    return bracketed_draft(composition, sheet(language), standing, positions, **options)


def part(data, name="word/document.xml"):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def lines_of(data, name="word/document.xml"):
    """Return the paragraphs; struck words between tildes, bold ones between asterisks, as in print."""
    found = []
    for paragraph in part(data, name).iter(f"{W}p"):
        line = ""
        for run in paragraph.iter(f"{W}r"):
            words = "".join("\t" if e.tag == f"{W}tab" else e.text or "" for e in run.iter(f"{W}t", f"{W}tab"))
            mark = "~~" if run.find(f"{W}rPr/{W}strike") is not None else ""
            mark = mark or ("**" if run.find(f"{W}rPr/{W}b") is not None else "")
            line += f"{mark}{words}{mark}" if words else ""
        found.append(line.replace("****", "").replace("~~~~", ""))
    return found


def reworded(language, old, new):
    base = edition(language)
    words = "".join(run.text for run in base.by_key()["p2"].text)
    return amended(base, "p2", "CN IR", **{TEXT: text(words.replace(old, new))})


@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bracketed_draft_passes_the_lint(language, anonymous):
    assert problems(draft(language, wishes(language)[1], positions=POSITIONS, anonymous=anonymous)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bracketed_draft_follows_the_schema(language):
    found = schema_problems(draft(language, wishes(language)[1], positions=POSITIONS))

    if found is None:
        pytest.skip("the ISO/IEC 29500 schemas are absent (CHAPEAU_OOXML_XSD)")
    assert found == []


@pytest.mark.parametrize(
    ("language", "old", "new", "printed"),
    [
        ("ru", "добровольной", "взаимовыгодной", "на [~~добровольной~~ **Иран, Китай: взаимовыгодной**] основе"),
        ("en", "voluntary", "mutual", "on a [~~voluntary~~ **Iran, China: mutual**] basis"),
        ("zh", "自愿", "互利", "在[~~自愿~~ **伊朗、中国：互利**]基础上"),
    ],
)
def test_replaced_words_stand_with_their_holders(language, old, new, printed):
    lines = lines_of(draft(language, reworded(language, old, new)))

    assert any(printed in line for line in lines)


def test_the_anonymous_style_names_nobody():
    lines = lines_of(draft("ru", reworded("ru", "добровольной", "взаимовыгодной"), anonymous=True))

    assert any("на [добровольной] [взаимовыгодной] основе" in line for line in lines)


def test_a_new_paragraph_stands_in_brackets_with_its_number():
    block = (Provision("n", Kind.PARAGRAPH, 0, "h1", {TEXT: text("Новый.")}, "2 бис."),)
    lines = lines_of(draft("ru", [Wish("KZ", Change(Operation.INSERT, "n", place=Place("h1", "p2"), block=block))]))

    assert "[**2 бис.\t(Казахстан) Новый.**]" in lines


def test_a_deleted_paragraph_is_struck_with_who_deletes_it():
    lines = lines_of(draft("ru", [Wish("PK", Change(Operation.DELETE, "i2"))]))

    assert "[~~2)\tразвитие умных городов и ИКТ-инфраструктуры.~~ – исключить: Пакистан]" in lines


def test_a_move_is_shown_at_both_places():
    lines = lines_of(draft("ru", [Wish("KG", Change(Operation.MOVE, "i1", place=Place("p2", "i2")))]))

    shown = [line for line in lines if "обмен опытом" in line]
    assert shown[0].endswith("~~ – перенести после 2): Кыргызстан]")
    assert shown[1].startswith("[**1)\t(Кыргызстан) обмен")


def test_rivals_with_little_in_common_are_variants():
    asked = amended(edition("ru"), "p2", "BY RU", **{TEXT: text("Каждая Сторона создаёт единую базу данных.")})
    lines = lines_of(draft("ru", asked))

    assert any(line.startswith("2.\tВариант 1 (исходный текст). Реализация") for line in lines)
    assert "2.\tВариант 2 (Беларусь, Россия). Каждая Сторона создаёт единую базу данных." in lines


def test_joining_a_set_of_states_is_shown_in_its_cell():
    lines = lines_of(draft("ru", amended(edition("ru"), "r2", "KG", who=states("RU", "UZ", "KG"))))

    assert "Россия, Узбекистан, [**Кыргызстан: Кыргызстан**]" in lines


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("ru", "Россия предлагает сохранить редакцию пункта."),
        ("zh", "俄罗斯建议保留原文。"),
        ("en", "Russia proposes to keep the wording of the paragraph."),
    ],
)
def test_a_request_to_keep_the_text_is_a_footnote(language, note):
    notes = lines_of(draft(language, positions=POSITIONS), "word/footnotes.xml")

    assert f" {note}" in notes


def test_the_legend_explains_only_what_occurs():
    lines = lines_of(draft("ru", [Wish("PK", Change(Operation.DELETE, "i2"))]))

    legend = next(line for line in lines if "В квадратных скобках" in line)
    assert "~~Зачёркнуто~~" in legend
    assert "Полужирным" not in legend


def test_the_head_counts_and_names():
    lines = lines_of(
        draft(
            "ru",
            [Wish("PK", Change(Operation.DELETE, "i2"))],
            Standing(
                date(2025, 4, 25),
                frozenset({"p1", "p2"}),
                frozenset(),
                frozenset({"p3"}),
                ("BY", "IN"),
                ("UZ",),
                ("PK",),
            ),
        )
    )

    assert "Пунктов: 9; согласовано: 2; в скобках: 1; не рассматривалось: 1." in lines
    assert "Предложения поступили: Беларусь, Индия; замечаний нет: Узбекистан; ожидаются: Пакистан." in lines
    assert "с учётом предложений Сторон, поступивших на 25 апреля 2025\u00a0г." in lines


def test_an_agreed_paragraph_says_so_after_its_number():
    lines = lines_of(draft("ru", standing=Standing(date(2025, 4, 25), frozenset({"p2"}))))

    assert any(line.startswith("2.\t(согласовано) Реализация") for line in lines)


def test_an_untouched_draft_has_no_brackets():
    assert not any("[" in line for line in lines_of(draft("en")))


def test_every_proposed_word_stands_in_the_draft():
    data = draft("en", wishes("en")[1])
    everything = " ".join(lines_of(data) + lines_of(data, "word/footnotes.xml"))

    for proposed in ("KZ 1", "CN 1", "CN 2", "BY 0", "BY 9", "R&D 5G", "A & B <c>", "RU note", "2030", "Tajikistan"):
        assert proposed in everything


def test_the_same_wishes_give_the_same_bytes():
    assert draft("zh", wishes("zh")[1]) == draft("zh", wishes("zh")[1])


RIVAL = "Совсем иначе построенное предложение о другом предмете с новыми словами внутри."


def rewritten(**options):
    """Return the paragraphs of a draft in which a numbered paragraph has a rival wording."""
    wish = Wish("IN", Change(Operation.AMEND, "p2", {TEXT: text(RIVAL)}))
    return lines_of(draft("ru", [wish], **options))


def test_rival_paragraphs_stand_under_numbers_of_their_own_where_the_body_writes_so():
    found = rewritten(suffixes=Numbering("ru"))

    assert any(line.startswith("[2.\t**(исходный текст) **Реализация Плана") for line in found)
    assert f"[**2 бис.\t(Индия) {RIVAL}**]" in found
    assert any("разные редакции одного пункта" in line for line in found)


def test_rival_paragraphs_stand_as_alternatives_else():
    assert any("Вариант 2 (Индия)" in line for line in rewritten())


def test_states_in_a_text_of_another_language_bear_their_names_in_it():
    head = sheet("ru", of_text=sheet("zh"))

    found = "".join(lines_of(bracketed_draft(compose(edition("zh"), (), CODES), head, STANDING)))

    assert "白俄罗斯共和国、伊朗伊斯兰共和国、中华人民共和国和俄罗斯联邦" in found
    assert "Республика Беларусь" not in found


def test_a_handling_mark_stands_in_the_header_of_every_page():
    data = bracketed_draft(compose(edition("ru"), (), CODES), sheet("ru", handling="ДСП"), STANDING)
    package = zipfile.ZipFile(io.BytesIO(data))
    headers = [package.read(name).decode() for name in package.namelist() if "/header" in name]

    assert headers
    assert all("ДСП" in header for header in headers)
