"""The words of the papers that are not the delegations', per language. Source: the field's own papers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """Fixed words of the papers in one language; ``{…}`` are filled in."""

    number: str
    group: str
    quoted: str
    moved_to: str
    moved_here: str
    after: str
    under: str
    at_the_top: str
    legend: str
    tracked_notes: tuple[str, ...]
    authors: str
    author: str
    delegations: str
    general_remarks: str


WORDING = {
    "ru": Wording(
        number="№ п/п",
        group="Группа {number}",
        quoted="«{words}»",
        moved_to="Перенести {place}.",
        moved_here="Перенесено; прежнее место: {provision}.",
        after="после {provision}",
        under="в начало {provision}",
        at_the_top="в начало текста",
        legend="Условные обозначения",
        tracked_notes=(
            (
                "Сводный проект в режиме исправлений. Вставки и исключения – предложения делегаций; автор исправления – "
                "все делегации, которые его предлагают, в принятом порядке, через точку с запятой."
            ),
            (
                "Отклонение всех исправлений даёт исходный текст. Отклонение исправлений, среди авторов которых нет "
                "делегации, и принятие остальных даёт текст в редакции этой делегации."
            ),
            (
                "Обоснования даны в примечаниях к исправлениям. Перенос показан как исключение и вставка с примечанием. "
                "В изменяемых перечнях государств каждое государство стоит на своей строке."
            ),
            "Этот лист и линии разделов не являются частью текста.",
        ),
        authors="Авторы исправлений",
        author="Автор в файле",
        delegations="Делегации",
        general_remarks="Замечания к документу в целом",
    ),
    "zh": Wording(
        number="序号",
        group="第{number}组",
        quoted="“{words}”",
        moved_to="移至{place}。",
        moved_here="由{provision}移来。",
        after="{provision}之后",
        under="{provision}之首",
        at_the_top="案文之首",
        legend="说明",
        tracked_notes=(
            (
                "本文件为修订模式下的合并案文。插入和删除均为各代表团的提案；修订的作者为提出该修订的全部代表团，"
                "按既定顺序排列，以分号隔开。"
            ),
            "拒绝全部修订即得原案文。拒绝作者中不含某代表团的修订并接受其余修订，即得该代表团所提案文。",
            "理由见各修订的批注。移动以删除和插入表示，并加批注。有变动的国家名单中，每一国家单列一行。",
            "本页及分节线不属于案文。",
        ),
        authors="修订作者",
        author="文件中的作者",
        delegations="代表团",
        general_remarks="对整个文件的意见",
    ),
    "en": Wording(
        number="No.",
        group="Group {number}",
        quoted="“{words}”",
        moved_to="To be moved {place}.",
        moved_here="Moved here; former place: {provision}.",
        after="after {provision}",
        under="to the beginning of {provision}",
        at_the_top="to the beginning of the text",
        legend="Notation",
        tracked_notes=(
            (
                "Consolidated draft in tracked changes. Insertions and deletions are proposals of delegations; the author "
                "of a change is every delegation that proposes it, in the agreed order, separated by semicolons."
            ),
            (
                "Rejecting all changes gives the base text. Rejecting the changes that a delegation is not an author of "
                "and accepting the others gives the text as that delegation proposes it."
            ),
            (
                "Justifications stand in comments on the changes. A move is shown as a deletion and an insertion with a "
                "comment. In a list of states that changes, each state stands on a line of its own."
            ),
            "This page and the section rules are no part of the text.",
        ),
        authors="Authors of changes",
        author="Author in the file",
        delegations="Delegations",
        general_remarks="Remarks on the document as a whole",
    ),
}
