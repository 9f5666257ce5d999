"""How formulas are written in each language: the words around places and quotations."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.text.formulas.grammar import Unit


@dataclass(frozen=True)
class Phrases:
    """The words of one language; case forms are stored, never built.

    Attributes:
        units: How a place is called as object, of something, in something, by means of or before something;
            ``{label}`` is its number.
        within: A place inside another: ``{inner}``, ``{outer}``; the outer one as *of*.
        quotes: Pairs of marks, the likeliest first.
        apart: Between formulas on one provision.
        one, several: Forms of "word": as object, of, by; for one word and for more.
    """

    units: Mapping[Unit, tuple[str, str, str, str]]
    within: str
    quotes: tuple[tuple[str, str], ...]
    apart: str
    at: str
    one: tuple[str, str, str]
    several: tuple[str, str, str]
    replace: str
    delete_words: str
    insert_after: str
    insert_before: str
    restate: str
    cell: tuple[str, str, str, str]
    states: tuple[str, str, str, str]
    join: tuple[str, str]
    join_list: str
    leave: str
    add_numbered: str
    add_after: str
    add_before: str
    add_under: str
    new: Mapping[Unit, str]
    delete: str
    move_after: str
    move_before: str
    move_under: str
    keep: str
    comment: str
    comma: str
    justification: str
    approximate: str


RUSSIAN = Phrases(
    units={
        Unit.SECTION: ("раздел {label}", "раздела {label}", "разделе {label}", "разделом {label}"),
        Unit.PARAGRAPH: ("пункт {label}", "пункта {label}", "пункте {label}", "пунктом {label}"),
        Unit.ITEM: ("подпункт «{label}»", "подпункта «{label}»", "подпункте «{label}»", "подпунктом «{label}»"),
        Unit.ROW: ("мероприятие {label}", "мероприятия {label}", "мероприятии {label}", "мероприятием {label}"),
        Unit.NOTE: ("сноску {label}", "сноски {label}", "сноске {label}", "сноской {label}"),
        Unit.TABLE: ("таблицу {label}", "таблицы {label}", "таблице {label}", "таблицей {label}"),
        Unit.TITLE: ("наименование проекта", "наименования проекта", "наименовании проекта", "наименованием проекта"),
        Unit.LINE: (
            "абзац {label} преамбулы",
            "абзаца {label} преамбулы",
            "абзаце {label} преамбулы",
            "абзацем {label} преамбулы",
        ),
        Unit.OPENING: (
            "абзац, начинающийся словами {label},",
            "абзаца, начинающегося словами {label},",
            "абзаце, начинающемся словами {label},",
            "абзацем, начинающимся словами {label},",
        ),
    },
    within="{inner} {outer}",
    quotes=(("«", "»"), ("„", "“"), ("“", "”"), ('"', '"')),
    apart="; ",
    at="в {place} ",
    one=("слово", "слова", "словом"),
    several=("слова", "слов", "словами"),
    replace="{word0} {old} заменить {word2} {new}",
    delete_words="{word0} {old} исключить",
    insert_after="после {word1} {old} дополнить {word2} {new}",
    insert_before="перед {word2} {old} дополнить {word2new} {new}",
    restate="{object} изложить в следующей редакции: {new}",
    cell=("графу {column} {of}", "графы {column} {of}", "графе {column} {of}", ""),
    states=("перечень государств {of}", "перечня государств {of}", "перечне государств {of}", ""),
    join=("{object} дополнить исполнителем {new}", "{object} дополнить исполнителями {new}"),
    join_list="{object} дополнить {word2} {new}",
    leave="в {in} {word0} {old} исключить",
    add_numbered="дополнить {by} следующего содержания: {new}",
    add_after="после {of} дополнить {by} следующего содержания: {new}",
    add_before="перед {before} дополнить {by} следующего содержания: {new}",
    add_under="под {object} дополнить {by} следующего содержания: {new}",
    new={
        Unit.SECTION: "новым разделом",
        Unit.PARAGRAPH: "новым абзацем",
        Unit.ITEM: "новым подпунктом",
        Unit.ROW: "новым мероприятием",
        Unit.NOTE: "новой сноской",
    },
    delete="{object} исключить",
    move_after="{object} перенести после {to_of}",
    move_before="{object} перенести перед {to_by}",
    move_under="{object} перенести под {to_object}",
    keep="{object} оставить в редакции проекта",
    comment="в отношении {of}: {words}",
    comma=", ",
    justification="Обоснование: {words}",
    approximate="(оформление – по прилагаемому тексту)",
)
CHINESE = Phrases(
    units={
        Unit.SECTION: ("第{label}部分",) * 4,
        Unit.PARAGRAPH: ("第{label}段",) * 4,
        Unit.ITEM: ("第（{label}）项",) * 4,
        Unit.ROW: ("措施{label}",) * 4,
        Unit.NOTE: ("脚注{label}",) * 4,
        Unit.TABLE: ("表格{label}",) * 4,
        Unit.TITLE: ("标题",) * 4,
        Unit.LINE: ("序言第{label}段",) * 4,
        Unit.OPENING: ("以{label}开头的段落",) * 4,
    },
    within="{outer}{inner}",
    quotes=(("“", "”"), ("「", "」"), ("『", "』"), ('"', '"')),
    apart="；",
    at="{place}中的",
    one=("", "", ""),
    several=("", "", ""),
    replace="{old}改为{new}",
    delete_words="{old}删去",
    insert_after="{old}之后增加{new}",
    insert_before="{old}之前增加{new}",
    restate="{object}修改为：{new}",
    cell=("{of}{column}栏",) * 4,
    states=("{of}参加国名单",) * 4,
    join=("{object}中增加{new}为负责方", "{object}中增加{new}为负责方"),
    join_list="{object}中增加{new}",
    leave="{in}中的{old}删去",
    add_numbered="增加{by}：{new}",
    add_after="在{of}之后增加{by}：{new}",
    add_before="在{of}之前增加{by}：{new}",
    add_under="在{object}之下增加{by}：{new}",
    new={
        Unit.SECTION: "一个标题",
        Unit.PARAGRAPH: "一段",
        Unit.ITEM: "一项",
        Unit.ROW: "一项措施",
        Unit.NOTE: "一个脚注",
    },
    delete="删去{object}",
    move_after="将{object}移至{to_of}之后",
    move_before="将{object}移至{to_of}之前",
    move_under="将{object}移至{to_object}之下",
    keep="{object}保持不变",
    comment="关于{in}：{words}",
    comma="、",
    justification="理由：{words}",
    approximate="（格式以所附案文为准）",
)
ENGLISH = Phrases(
    units={
        Unit.SECTION: ("section {label}",) * 4,
        Unit.PARAGRAPH: ("paragraph {label}",) * 4,
        Unit.ITEM: ("subparagraph ({label})",) * 4,
        Unit.ROW: ("measure {label}",) * 4,
        Unit.NOTE: ("footnote {label}",) * 4,
        Unit.TABLE: ("table {label}",) * 4,
        Unit.TITLE: ("the title",) * 4,
        Unit.LINE: ("preambular paragraph {label}",) * 4,
        Unit.OPENING: ("the paragraph beginning with the words {label}",) * 4,
    },
    within="{inner} of {outer}",
    quotes=(("“", "”"), ("«", "»"), ("‘", "’"), ('"', '"')),
    apart="; ",
    at="in {place} ",
    one=("", "", ""),
    several=("", "", ""),
    replace="replace {old} with {new}",
    delete_words="delete {old}",
    insert_after="after {old} add {new}",
    insert_before="before {old} add {new}",
    restate="{object} should read: {new}",
    cell=("the column {column} of {of}",) * 4,
    states=("the list of States of {of}",) * 4,
    join=("in {object} add {new} to the executors", "in {object} add {new} to the executors"),
    join_list="in {object} add {new}",
    leave="in {in} delete {old}",
    add_numbered="add a new {by}: {new}",
    add_after="after {of} add a new {by}: {new}",
    add_before="before {of} add a new {by}: {new}",
    add_under="under {object} add a new {by}: {new}",
    new={
        Unit.SECTION: "heading",
        Unit.PARAGRAPH: "paragraph",
        Unit.ITEM: "item",
        Unit.ROW: "measure",
        Unit.NOTE: "footnote",
    },
    delete="delete {object}",
    move_after="move {object} after {to_of}",
    move_before="move {object} before {to_of}",
    move_under="move {object} under {to_object}",
    keep="keep {object} as it is",
    comment="on {in}: {words}",
    comma=", ",
    justification="Justification: {words}",
    approximate="(formatting as in the attached text)",
)
PHRASES = {"ru": RUSSIAN, "zh": CHINESE, "en": ENGLISH}
