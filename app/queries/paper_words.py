"""What the papers say of versions, rounds and results, in the language of the paper.

Data, not messages: a paper in Chinese is printed from an English screen too. Source: the field's own papers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.negotiation.vocabulary import Outcome, PositionKind, ProposalState
from app.text.changes import Operation
from app.text.provision import Kind


@dataclass(frozen=True)
class PaperWords:
    """Fixed words of one language; ``{…}`` are filled in.

    Attributes:
        adopted: Type of paper to the formula of adoption, which agrees with its gender; "" for all others.
        decided_by: Where the higher meeting's name is known in the genitive; else *decided_at*.
        elements: Kind of provision to how it is cited.
        in_language: Language to "in that language".
        substances: Operation to what a question about it is called.
        states: State of a proposal that does not stand to what the fate of proposals says of it.
        only: What a filtered paper says in its head; *only_of* and the like are its parts.
    """

    draft: tuple[str, ...]
    version_of: str
    as_at: str
    since: str
    since_version: str
    fingerprint: str
    base_fingerprint: str
    sample: str
    on_the_draft: str
    final: str
    adopted: Mapping[str, str]
    decided_by: str
    decided_at: str
    elements: Mapping[Kind, str]
    element_in: str
    unnumbered: str
    new: str
    new_after: str
    new_at: str
    keep: str
    delete: str
    stays: str
    move_after: str
    move_under: str
    level: str
    beginning: str
    in_language: Mapping[str, str]
    outcomes: Mapping[Outcome, str]
    reason: str
    positions: Mapping[PositionKind, str]
    substances: Mapping[Operation, str]
    substance: str
    in_brackets: str
    not_in_text: str
    undecided: str
    states: Mapping[ProposalState, str]
    proposal: str
    covered: str
    only: str
    only_of: str
    only_section: str
    only_outcome: str
    only_stop: str
    only_comma: str
    preamble: str
    ordinals: tuple[str, ...] = field(default=())


_RU = PaperWords(
    draft=("Проект",),
    version_of="редакция от {day}",
    as_at="по состоянию на {time} {day}",
    since="изменения к {version}",
    since_version="редакции от {day}",
    fingerprint="Контрольная сумма текста (SHA-256): {hash}",
    base_fingerprint="Контрольная сумма исходного текста (SHA-256): {hash}",
    sample="Учебный пример: текст и предложения вымышлены",
    on_the_draft="к проекту документа «{title}»",
    final="Принятый текст",
    adopted={
        "": "УТВЕРЖДЁН",
        "concept": "УТВЕРЖДЕНА",
        "declaration": "ПРИНЯТА",
        "resolution": "ПРИНЯТА",
        "agreement": "ПРИНЯТО",
        "agenda": "УТВЕРЖДЕНА",
        "regulations": "УТВЕРЖДЕНО",
    },
    decided_by="решением {meeting}\u2028(протокол от {day})",
    decided_at="{meeting}\u2028({place}, {day})",
    elements={
        Kind.TITLE: "наименование",
        Kind.HEADING: "раздел {label}",
        Kind.PARAGRAPH: "пункт {label}",
        Kind.ITEM: "подпункт «{label}»",
        Kind.TABLE: "таблица {label}",
        Kind.ROW: "строка {label}",
        Kind.FOOTNOTE: "сноска {label}",
        Kind.FIXED: "вложение",
    },
    element_in="{element} пункта {label}",
    unnumbered="«{words}»",
    new="новое положение: {element}",
    new_after="новое положение; место – после: {element}",
    new_at="новое положение; место – в начале: {element}",
    keep="Сохранить редакцию.",
    delete="Исключить.",
    stays="Подчинённые положения остаются.",
    move_after="Перенести; новое место – после: {element}.",
    move_under="Перенести; новое место – в начале: {element}.",
    level="Изменить уровень.",
    beginning="начало текста",
    in_language={"ru": "На русском языке", "zh": "На китайском языке", "en": "На английском языке"},
    outcomes={
        Outcome.ACCEPTED: "Учтено",
        Outcome.ACCEPTED_AS_AMENDED: "Учтено частично",
        Outcome.NOT_ACCEPTED: "Не учтено (консенсус не достигнут)",
        Outcome.KEPT_IN_BRACKETS: "Сохранено в скобках",
        Outcome.COVERED: "Учтено в предложении № {number}",
        Outcome.DEFERRED: "Вынесено на обсуждение",
        Outcome.NOTED: "Принято к сведению",
    },
    reason="{outcome}: {reason}",
    positions={
        PositionKind.SUPPORTS: "поддерживает предложение ({names})",
        PositionKind.OBJECTS: "возражает против предложения ({names})",
        PositionKind.RESERVES: "резервирует свою позицию по предложению ({names})",
    },
    substances={
        Operation.AMEND: "редакция",
        Operation.INSERT: "новое положение",
        Operation.DELETE: "исключение",
        Operation.MOVE: "место в тексте",
        Operation.NO_CHANGE: "сохранение редакции",
        Operation.COMMENT: "замечание",
    },
    substance="{kinds}: «{words}»",
    in_brackets="Текст в квадратных скобках: «{words}»",
    not_in_text="в текст не включено",
    undecided="Не рассмотрено",
    states={
        ProposalState.WITHDRAWN: "Отозвано",
        ProposalState.LATE: "Поступило после срока, не принято к рассмотрению",
        ProposalState.ORAL: "Устное, не подтверждено стороной",
    },
    proposal="Предложение № {number}",
    covered="Учтено в другом предложении",
    only="Выборка: {what}",
    only_of="предложения – {names}",
    only_section="раздел «{section}»",
    only_outcome="результат – {outcomes}",
    only_stop="; ",
    only_comma=", ",
    preamble="вводная часть",
)

_ZH = PaperWords(
    draft=("草案（{ordinal}稿）",),
    version_of="{day}稿",
    as_at="截至{day}{time}",
    since="对照{version}的改动",
    since_version="{day}稿",
    fingerprint="案文校验值（SHA-256）：{hash}",
    base_fingerprint="原案文校验值（SHA-256）：{hash}",
    sample="培训示例：案文和提案均为虚构",
    on_the_draft="《{title}》（草案）",
    final="通过的案文",
    adopted={"": "（{day}{meeting}通过）"},
    decided_by="",
    decided_at="",
    elements={
        Kind.TITLE: "标题",
        Kind.HEADING: "第{label}部分",
        Kind.PARAGRAPH: "第{label}段",
        Kind.ITEM: "第（{label}）项",
        Kind.TABLE: "表{label}",
        Kind.ROW: "第{label}行",
        Kind.FOOTNOTE: "脚注{label}",
        Kind.FIXED: "附图",
    },
    element_in="第{label}段{element}",
    unnumbered="“{words}”",
    new="新增：{element}",
    new_after="新增，位置在{element}之后",
    new_at="新增，位置在{element}之首",
    keep="保留原文。",
    delete="删除。",
    stays="其下属内容保留。",
    move_after="移至{element}之后。",
    move_under="移至{element}之首。",
    level="调整层级。",
    beginning="案文",
    in_language={"ru": "俄文本", "zh": "中文本", "en": "英文本"},
    outcomes={
        Outcome.ACCEPTED: "已采纳",
        Outcome.ACCEPTED_AS_AMENDED: "部分采纳",
        Outcome.NOT_ACCEPTED: "未采纳（未达成一致）",
        Outcome.KEPT_IN_BRACKETS: "保留方括号",
        Outcome.COVERED: "已由第{number}号提案涵盖",
        Outcome.DEFERRED: "提交会议讨论",
        Outcome.NOTED: "已注意到",
    },
    reason="{outcome}：{reason}",
    positions={
        PositionKind.SUPPORTS: "支持{names}的提案",
        PositionKind.OBJECTS: "反对{names}的提案",
        PositionKind.RESERVES: "对{names}的提案保留立场",
    },
    substances={
        Operation.AMEND: "措辞",
        Operation.INSERT: "新增条款",
        Operation.DELETE: "删除",
        Operation.MOVE: "位置",
        Operation.NO_CHANGE: "保留原文",
        Operation.COMMENT: "意见",
    },
    substance="{kinds}：“{words}”",
    in_brackets="方括号内案文：“{words}”",
    not_in_text="未列入案文",
    undecided="尚未审议",
    states={
        ProposalState.WITHDRAWN: "已撤回",
        ProposalState.LATE: "逾期提交，未予受理",
        ProposalState.ORAL: "口头提出，尚未确认",
    },
    proposal="第{number}号提案",
    covered="已由其他提案涵盖",
    only="摘选：{what}",
    only_of="{names}的提案",
    only_section="“{section}”部分",
    only_outcome="处理结果：{outcomes}",
    only_stop="；",
    only_comma="、",
    preamble="序言",
    ordinals=("第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九", "第十"),
)

_EN = PaperWords(
    draft=("DRAFT",),
    version_of="version of {day}",
    as_at="as at {time}, {day}",
    since="changes since {version}",
    since_version="the version of {day}",
    fingerprint="Fingerprint of the text (SHA-256): {hash}",
    base_fingerprint="Fingerprint of the base text (SHA-256): {hash}",
    sample="Training example: text and proposals are invented",
    on_the_draft="on the draft “{title}”",
    final="Adopted text",
    adopted={"": "ADOPTED"},
    decided_by="",
    decided_at="by the {meeting}\u2028({place}, {day})",
    elements={
        Kind.TITLE: "title",
        Kind.HEADING: "section {label}",
        Kind.PARAGRAPH: "paragraph {label}",
        Kind.ITEM: "item ({label})",
        Kind.TABLE: "table {label}",
        Kind.ROW: "row {label}",
        Kind.FOOTNOTE: "footnote {label}",
        Kind.FIXED: "insert",
    },
    element_in="{element} of paragraph {label}",
    unnumbered="“{words}”",
    new="new: {element}",
    new_after="new, after {element}",
    new_at="new, at the beginning of {element}",
    keep="Keep the wording.",
    delete="Delete.",
    stays="What stands under it stays.",
    move_after="Move after {element}.",
    move_under="Move to the beginning of {element}.",
    level="Change the level.",
    beginning="the text",
    in_language={"ru": "In Russian", "zh": "In Chinese", "en": "In English"},
    outcomes={
        Outcome.ACCEPTED: "Accepted",
        Outcome.ACCEPTED_AS_AMENDED: "Accepted in part",
        Outcome.NOT_ACCEPTED: "Not accepted (no consensus)",
        Outcome.KEPT_IN_BRACKETS: "Kept in brackets",
        Outcome.COVERED: "Covered by proposal No. {number}",
        Outcome.DEFERRED: "Put forward for discussion",
        Outcome.NOTED: "Noted",
    },
    reason="{outcome}: {reason}",
    positions={
        PositionKind.SUPPORTS: "supports the proposal of {names}",
        PositionKind.OBJECTS: "objects to the proposal of {names}",
        PositionKind.RESERVES: "reserves its position on the proposal of {names}",
    },
    substances={
        Operation.AMEND: "wording",
        Operation.INSERT: "new provision",
        Operation.DELETE: "deletion",
        Operation.MOVE: "place",
        Operation.NO_CHANGE: "keeping the wording",
        Operation.COMMENT: "comment",
    },
    substance="{kinds}: “{words}”",
    in_brackets="Text in square brackets: “{words}”",
    not_in_text="not in the text",
    undecided="Not considered",
    states={
        ProposalState.WITHDRAWN: "Withdrawn",
        ProposalState.LATE: "Arrived after the deadline, not admitted",
        ProposalState.ORAL: "Spoken, not confirmed",
    },
    proposal="Proposal No. {number}",
    covered="Covered by another proposal",
    only="Selection: {what}",
    only_of="proposals of {names}",
    only_section="section “{section}”",
    only_outcome="outcome: {outcomes}",
    only_stop="; ",
    only_comma=", ",
    preamble="preamble",
)

WORDS: Mapping[str, PaperWords] = {"ru": _RU, "zh": _ZH, "en": _EN}
"""Languages that papers are printed in."""
