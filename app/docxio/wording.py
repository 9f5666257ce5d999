"""The words of the papers that are not the delegations', per language. Source: the field's own papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """What a delegation says of a provision beside proposing words; printed as a footnote."""

    KEEP = "keep"
    SUPPORTS = "supports"
    OBJECTS = "objects"
    RESERVES = "reserves"
    STUDIES = "studies"
    """Until the day in *detail*."""
    SUBJECT_TO_PROCEDURES = "subject_to_procedures"
    LINKED = "linked"
    """To the provision named in *detail*."""
    COMMENT = "comment"
    """The words in *detail*."""


@dataclass(frozen=True)
class Tracked:
    """Words of the tracked draft; ``{…}`` are filled in."""

    group: str
    moved_to: str
    stays: str
    moved_here: str
    notes: tuple[str, ...]
    authors: str
    author: str
    delegations: str
    general_remarks: str


@dataclass(frozen=True)
class Bracketed:
    """Words of the bracketed draft; the legend names what occurs."""

    consolidated: str
    received: str
    brackets: str
    holder: str
    struck: str
    bold: str
    variants: str
    suffixed: str
    inserted: str
    moved: str
    unmarked: str
    total: str
    agreed: str
    bracketed: str
    undiscussed: str
    answered: str
    no_comments: str
    awaited: str
    is_agreed: str
    is_agreed_ad_referendum: str
    is_undiscussed: str
    delete: str
    move: str


@dataclass(frozen=True)
class Wording:
    """Fixed words of the papers in one language."""

    number: str
    quoted: str
    after: str
    under: str
    at_the_top: str
    legend: str
    stop: str
    tracked: Tracked
    bracketed: Bracketed
    side: str
    stances: Mapping[Stance, str]


_RU = Wording(
    number="№ п/п",
    quoted="«{words}»",
    after="после {provision}",
    under="в начало {provision}",
    at_the_top="в начало текста",
    legend="Условные обозначения",
    stop="; ",
    tracked=Tracked(
        group="Группа {number}",
        moved_to="Перенести {place}.",
        stays="Подчинённые положения остаются.",
        moved_here="Перенесено; прежнее место: {provision}.",
        notes=(
            "Сводный проект в режиме исправлений: вставки и исключения – предложения делегаций.",
            "Автор исправления – все делегации, которые его предлагают, в принятом порядке, через точку с запятой.",
            "Отклонение всех исправлений даёт исходный текст.",
            "Редакция делегации: отклонить исправления, автором которых она не является, затем принять остальные.",
            "Обоснования даны в примечаниях. Перенос показан как исключение и вставка с примечанием.",
            "В изменяемых перечнях государств каждое государство стоит на своей строке.",
            "Строка, которую одни исключают, а другие изменяют, показана в каждой редакции целиком.",
            "Этот лист не является частью текста.",
        ),
        authors="Авторы исправлений",
        author="Автор в файле",
        delegations="Делегации",
        general_remarks="Замечания к документу в целом",
    ),
    bracketed=Bracketed(
        consolidated="сводный текст",
        received="с учётом предложений Сторон, поступивших на {day}",
        brackets="В квадратных скобках – несогласованный текст.",
        holder="После двоеточия – редакция, предложенная Стороной (Сторонами), указанной перед ним.",
        struck="– предложено исключить.",
        bold="– предложено дополнить.",
        variants="Варианты 1, 2 … – редакции всего пункта; в скобках – кем предложены.",
        suffixed="Пункты с одним номером и «бис», «тер» … – разные редакции одного пункта.",
        inserted="Новый пункт взят в скобки целиком; после номера указана предложившая его Сторона.",
        moved="Предложенный перенос показан на прежнем и на новом месте.",
        unmarked="Без скобок – согласовано или замечаний не поступило.",
        total="Пунктов: {count}",
        agreed="согласовано: {count}",
        bracketed="в скобках: {count}",
        undiscussed="не рассматривалось: {count}",
        answered="Предложения поступили: {names}",
        no_comments="замечаний нет: {names}",
        awaited="ожидаются: {names}",
        is_agreed="(согласовано) ",
        is_agreed_ad_referendum="(согласовано реф.) ",
        is_undiscussed="(не рассматривался) ",
        delete=" – исключить: {names}",
        move=" – перенести {place}: {names}",
    ),
    side="{side} сторона",
    stances={
        Stance.KEEP: "{side} предлагает сохранить редакцию пункта.",
        Stance.SUPPORTS: "{side} поддерживает данное предложение.",
        Stance.OBJECTS: "{side} возражает против данного предложения.",
        Stance.RESERVES: "{side} резервирует свою позицию по данному пункту.",
        Stance.STUDIES: "{side} изучает данное предложение и сообщит позицию до {detail}.",
        Stance.SUBJECT_TO_PROCEDURES: "Согласовано при условии завершения внутригосударственных процедур ({side}).",
        Stance.LINKED: "{side}: вопрос увязан с согласованием пункта {detail}.",
        Stance.COMMENT: "{side}: {detail}",
    },
)

_ZH = Wording(
    number="序号",
    quoted="“{words}”",
    after="{provision}之后",
    under="{provision}之首",
    at_the_top="案文之首",
    legend="说明",
    stop="；",
    tracked=Tracked(
        group="第{number}组",
        moved_to="移至{place}。",
        stays="其下属内容保留。",
        moved_here="由{provision}移来。",
        notes=(
            "本文件为修订模式下的合并案文。插入和删除均为各代表团的提案。",
            "修订的作者为提出该修订的全部代表团，按既定顺序排列，以分号隔开。",
            "拒绝全部修订即得原案文。",
            "先拒绝作者中不含某代表团的修订，再接受其余修订，即得该代表团所提案文。",
            "理由见批注。移动以删除和插入表示，并加批注。",
            "有变动的国家名单中，每一国家单列一行。",
            "一方要求删除而另一方要求修改的表格行，各种案文均整行列出。",
            "本页不属于案文。",
        ),
        authors="修订作者",
        author="文件中的作者",
        delegations="代表团",
        general_remarks="对整个文件的意见",
    ),
    bracketed=Bracketed(
        consolidated="合并案文",
        received="（汇总截至{day}收到的各方意见）",
        brackets="方括号内为未商定案文。",
        holder="冒号后为冒号前所列一方（各方）提出的案文。",
        struck="为建议删除的文字。",
        bold="为建议增加的文字。",
        variants="备选案文1、2……为整段的不同案文，括号内为提出方。",
        suffixed="同一编号及其“之二”“之三”……为同一段的不同案文。",
        inserted="新段落整段置于方括号内，序号后注明提出方。",
        moved="建议移动的段落在原位置和新位置均予标示。",
        unmarked="无方括号的文字为已商定或未收到意见的案文。",
        total="共{count}段",
        agreed="已商定{count}段",
        bracketed="带方括号{count}段",
        undiscussed="尚未审议{count}段",
        answered="已提出意见：{names}",
        no_comments="无意见：{names}",
        awaited="待答复：{names}",
        is_agreed="（已商定）",
        is_agreed_ad_referendum="（暂定商定）",
        is_undiscussed="（尚未审议）",
        delete=" – 删除：{names}",
        move=" – 移至{place}：{names}",
    ),
    side="{side}",
    stances={
        Stance.KEEP: "{side}建议保留原文。",
        Stance.SUPPORTS: "{side}支持该提案。",
        Stance.OBJECTS: "{side}对该提案持异议。",
        Stance.RESERVES: "{side}对本段保留立场。",
        Stance.STUDIES: "{side}正在研究，将于{detail}前答复。",
        Stance.SUBJECT_TO_PROCEDURES: "须经{side}国内程序确认。",
        Stance.LINKED: "{side}：与第{detail}段挂钩。",
        Stance.COMMENT: "{side}：{detail}",
    },
)

_EN = Wording(
    number="No.",
    quoted="“{words}”",
    after="after {provision}",
    under="to the beginning of {provision}",
    at_the_top="to the beginning of the text",
    legend="Notation",
    stop="; ",
    tracked=Tracked(
        group="Group {number}",
        moved_to="To be moved {place}.",
        stays="What stands under it stays.",
        moved_here="Moved here; former place: {provision}.",
        notes=(
            "Consolidated draft in tracked changes: insertions and deletions are proposals of delegations.",
            "The author of a change is every delegation that proposes it, in the agreed order, joined by semicolons.",
            "Rejecting all changes gives the base text.",
            "A delegation's text: reject the changes that it is not an author of, then accept the others.",
            "Justifications stand in comments. A move is shown as a deletion and an insertion with a comment.",
            "In a list of states that changes, each state stands on a line of its own.",
            "A row that some delete and others amend is shown whole in each reading.",
            "This page is no part of the text.",
        ),
        authors="Authors of changes",
        author="Author in the file",
        delegations="Delegations",
        general_remarks="Remarks on the document as a whole",
    ),
    bracketed=Bracketed(
        consolidated="Consolidated text",
        received="with the proposals of the Sides received by {day}",
        brackets="Text in square brackets is not agreed.",
        holder="After a colon stands the wording proposed by the Side or Sides named before it.",
        struck="– proposed to be deleted.",
        bold="– proposed to be added.",
        variants="Alt 1, Alt 2 … are wordings of the whole paragraph; who proposes them stands in parentheses.",
        suffixed="A number and the same number with bis, ter … are different wordings of one paragraph.",
        inserted="A new paragraph stands in brackets as a whole; the Side that proposes it follows its number.",
        moved="A proposed move is shown at the former and at the new place.",
        unmarked="Text without brackets is agreed, or no remarks were received on it.",
        total="Paragraphs: {count}",
        agreed="agreed: {count}",
        bracketed="in brackets: {count}",
        undiscussed="not considered: {count}",
        answered="Proposals received from: {names}",
        no_comments="no comments: {names}",
        awaited="awaited: {names}",
        is_agreed="(agreed) ",
        is_agreed_ad_referendum="(agreed ad ref) ",
        is_undiscussed="(not considered) ",
        delete=" – delete: {names}",
        move=" – move {place}: {names}",
    ),
    side="The {side} side",
    stances={
        Stance.KEEP: "{side} proposes to keep the wording of the paragraph.",
        Stance.SUPPORTS: "{side} supports this proposal.",
        Stance.OBJECTS: "{side} objects to this proposal.",
        Stance.RESERVES: "{side} reserves its position on this paragraph.",
        Stance.STUDIES: "{side} is studying the proposal and will revert by {detail}.",
        Stance.SUBJECT_TO_PROCEDURES: "Agreed subject to completion of internal procedures ({side}).",
        Stance.LINKED: "{side}: linked to paragraph {detail}.",
        Stance.COMMENT: "{side}: {detail}",
    },
)

WORDING = {"ru": _RU, "zh": _ZH, "en": _EN}
