"""The words of the tables that go with a draft, per language. Source: the field's own papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.docxio.dates import written
from app.negotiation.vocabulary import Category


class Layout(StrEnum):
    """How a compilation table is laid out."""

    SVODNAYA = "svodnaya"
    """Сводная таблица замечаний и предложений, of interstate bodies."""
    COLUMNS = "columns"
    """Base, proposed wordings by side, agreed wording: to write in by hand in the room."""
    ISO = "iso"
    """The commenting template of the ISO/IEC Directives."""
    IPPC = "ippc"
    """Compiled comments as the International Plant Protection Convention has them."""


@dataclass(frozen=True)
class TableWords:
    """Fixed words of one language; ``{…}`` are filled in.

    Attributes:
        titles, columns: Of each layout of the compilation table.
        on: A title's last line with the day as at which the table is made.
        whole: What a remark on the document as a whole is said to be on.
        categories: Kind of comment in words.
        questions: Title and columns of the list of open questions.
        numbers: Title and columns of the concordance of numbers.
        fate: Title of the fate of one side's proposals, with the side as an adjective in the genitive;
            *fate_delegation* with the state in the genitive, *fate_of* with its plain name, where that is not stored.
    """

    titles: Mapping[Layout, str]
    columns: Mapping[Layout, tuple[str, ...]]
    on: str
    whole: str
    letter: str
    side: str
    colon: str
    semicolon: str
    categories: Mapping[Category, str]
    questions: str
    question_columns: tuple[str, ...]
    no_questions: str
    numbers: str
    number_columns: tuple[str, ...]
    new: str
    deleted: str
    fate: str
    fate_delegation: str
    fate_of: str
    fate_columns: tuple[str, ...]
    no_proposals: str


_RU = TableWords(
    titles={
        Layout.SVODNAYA: "СВОДНАЯ ТАБЛИЦА ЗАМЕЧАНИЙ И ПРЕДЛОЖЕНИЙ",
        Layout.COLUMNS: "ТАБЛИЦА РЕДАКЦИЙ ДЛЯ ОБСУЖДЕНИЯ НА ЗАСЕДАНИИ",
        Layout.ISO: "ТАБЛИЦА ЗАМЕЧАНИЙ И ЗАКЛЮЧЕНИЙ СЕКРЕТАРИАТА",
        Layout.IPPC: "СВОД ЗАМЕЧАНИЙ",
    },
    columns={
        Layout.SVODNAYA: (
            "№ п/п",
            "Структурный элемент (пункт)",
            "Редакция проекта",
            "Сторона (орган; исх. № и дата письма)",
            "Замечание, предлагаемая редакция",
            "Обоснование",
            "Позиция председателя (Секретариата)",
            "Результат",
        ),
        Layout.COLUMNS: ("Исходная редакция", "Предлагаемые редакции", "Согласованная редакция"),
        Layout.ISO: (
            "Член",
            "Раздел",
            "Пункт, рисунок, таблица",
            "Вид замечания (ge/te/ed)",
            "Замечание",
            "Предлагаемое изменение",
            "Заключение секретариата",
        ),
        Layout.IPPC: (
            "Номер пункта",
            "Вид замечания",
            "Замечание",
            "Предлагаемый текст",
            "Обоснование",
            "Ответ секретариата",
        ),
    },
    on="{title} по состоянию на {day}",
    whole="Документ в целом",
    letter="исх. № {number} от {day}",
    side="{side} ({letter})",
    colon=": ",
    semicolon="; ",
    categories={
        Category.GENERAL: "общее",
        Category.SUBSTANTIVE: "по существу",
        Category.TECHNICAL: "техническое",
        Category.EDITORIAL: "редакционное",
        Category.TRANSLATION: "по переводу",
    },
    questions="ПЕРЕЧЕНЬ НЕУРЕГУЛИРОВАННЫХ ВОПРОСОВ",
    question_columns=(
        "№ п/п",
        "Пункт",
        "Существо вопроса",
        "Позиции Сторон",
        "Предложение председателя (Секретариата)",
    ),
    no_questions="Неурегулированных вопросов нет.",
    numbers="ТАБЛИЦА СООТВЕТСТВИЯ НУМЕРАЦИИ",
    number_columns=("Прежний номер", "Новый номер", "Положение"),
    new="новое",
    deleted="исключено",
    fate="Информация о результатах рассмотрения предложений {side} стороны",
    fate_delegation="Информация о результатах рассмотрения предложений делегации {side}",
    fate_of="Информация о результатах рассмотрения предложений: {side}",
    fate_columns=("№ п/п", "Пункт", "Предложение", "Результат", "Окончательная редакция", "Комментарий"),
    no_proposals="Предложений не поступало.",
)

_ZH = TableWords(
    titles={
        Layout.SVODNAYA: "意见汇总表",
        Layout.COLUMNS: "会议讨论案文对照表",
        Layout.ISO: "意见和秘书处处理情况表",
        Layout.IPPC: "意见汇编",
    },
    columns={
        Layout.SVODNAYA: (
            "序号",
            "条款",
            "草案原文",
            "提出方（来函编号、日期）",
            "意见及建议修改文本",
            "理由",
            "主席（秘书处）意见",
            "处理结果",
        ),
        Layout.COLUMNS: ("原案文", "建议案文", "商定案文"),
        Layout.ISO: ("成员", "章节", "段、图、表", "意见类型（ge/te/ed）", "意见", "建议修改", "秘书处处理意见"),
        Layout.IPPC: ("段落编号", "意见类型", "意见", "建议案文", "理由", "秘书处答复"),
    },
    on="{title}（截至{day}）",
    whole="整个文件",
    letter="{number}号函，{day}",
    side="{side}（{letter}）",
    colon="：",
    semicolon="；",
    categories={
        Category.GENERAL: "一般性",
        Category.SUBSTANTIVE: "实质性",
        Category.TECHNICAL: "技术性",
        Category.EDITORIAL: "编辑性",
        Category.TRANSLATION: "翻译",
    },
    questions="未决问题清单",
    question_columns=("序号", "条款", "问题实质", "各方立场", "主席（秘书处）建议"),
    no_questions="无未决问题。",
    numbers="新旧编号对照表",
    number_columns=("原编号", "新编号", "条款"),
    new="新增",
    deleted="删除",
    fate="关于{side}提案处理结果的说明",
    fate_delegation="关于{side}提案处理结果的说明",
    fate_of="关于{side}提案处理结果的说明",
    fate_columns=("序号", "条款", "提案", "处理结果", "最终案文", "备注"),
    no_proposals="未收到提案。",
)

_EN = TableWords(
    titles={
        Layout.SVODNAYA: "COMPILATION OF COMMENTS AND PROPOSALS",
        Layout.COLUMNS: "WORDINGS FOR DISCUSSION IN THE MEETING",
        Layout.ISO: "COMMENTS AND SECRETARIAT OBSERVATIONS",
        Layout.IPPC: "COMPILED COMMENTS",
    },
    columns={
        Layout.SVODNAYA: (
            "No.",
            "Element (paragraph)",
            "Text of the draft",
            "Side (body; letter No. and date)",
            "Comment, proposed wording",
            "Justification",
            "Position of the Chair (Secretariat)",
            "Outcome",
        ),
        Layout.COLUMNS: ("Original wording", "Proposed wordings", "Agreed wording"),
        Layout.ISO: (
            "Member body",
            "Clause, subclause",
            "Paragraph, figure, table",
            "Type of comment (ge/te/ed)",
            "Comment",
            "Proposed change",
            "Observations of the secretariat",
        ),
        Layout.IPPC: (
            "Para. No.",
            "Comment type",
            "Comment",
            "Proposed text",
            "Justification",
            "Response of the secretariat",
        ),
    },
    on="{title}, as at {day}",
    whole="The document as a whole",
    letter="letter No. {number} of {day}",
    side="{side} ({letter})",
    colon=": ",
    semicolon="; ",
    categories={
        Category.GENERAL: "General",
        Category.SUBSTANTIVE: "Substantive",
        Category.TECHNICAL: "Technical",
        Category.EDITORIAL: "Editorial",
        Category.TRANSLATION: "Translation",
    },
    questions="LIST OF OPEN QUESTIONS",
    question_columns=(
        "No.",
        "Paragraph",
        "Substance of the question",
        "Positions of the Sides",
        "Proposal of the Chair (Secretariat)",
    ),
    no_questions="No questions are open.",
    numbers="CONCORDANCE OF NUMBERS",
    number_columns=("Old number", "New number", "Provision"),
    new="new",
    deleted="deleted",
    fate="Information on the outcome of the proposals of the {side} side",
    fate_delegation="Information on the outcome of the proposals of the delegation of {side}",
    fate_of="Information on the outcome of the proposals of: {side}",
    fate_columns=("No.", "Paragraph", "Proposal", "Outcome", "Final wording", "Comment"),
    no_proposals="No proposals were received.",
)

TABLE_WORDS: Mapping[str, TableWords] = {"ru": _RU, "zh": _ZH, "en": _EN}
"""Languages that papers are printed in."""


def titled(title: Sequence[str], on: date, language: str) -> tuple[str, ...]:
    """Return the lines of a title; the last says as at which day: a line of its own would cost the page one."""
    *above, last = title
    return *above, TABLE_WORDS[language].on.format(title=last, day=written(on, language))
