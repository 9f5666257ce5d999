"""A delegation's internal draft: what its ministries ask for, each under its name, as tracked changes in one file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.docxio.comments import Comment
from app.docxio.sheets import Sheet, StateName
from app.docxio.tracked import TrackedWriter
from app.docxio.wording import Wording
from app.text.composition import Composition

_LEGEND: Mapping[str, tuple[str, str, str, str]] = {
    "ru": (
        "Внутренний сводный проект делегации в режиме исправлений: вставки и исключения – предложения её ведомств.",
        "Автор исправления – все ведомства, которые его предлагают, через точку с запятой.",
        "Редакция ведомства: отклонить исправления, автором которых оно не является, затем принять остальные.",
        "Ведомства",
    ),
    "zh": (
        "本文件为代表团内部的修订模式合并案文。插入和删除均为本国各部门的意见。",
        "修订的作者为提出该修订的全部部门，以分号隔开。",
        "先拒绝作者中不含某部门的修订，再接受其余修订，即得该部门所提案文。",
        "部门",
    ),
    "en": (
        "The delegation's internal consolidated draft: insertions and deletions are what its ministries ask for.",
        "The author of a change is every ministry that asks for it, joined by semicolons.",
        "A ministry's text: reject the changes that it is not an author of, then accept the others.",
        "Ministries",
    ),
}
"""What takes the place of the legend's first two lines, of the fourth, and of the heading of the sponsors."""


def ministries_draft(
    composition: Composition, sheet: Sheet, names: Mapping[str, str], on: date, comments: Sequence[Comment] = ()
) -> bytes:
    """Return the internal draft as a Word file.

    Args:
        composition: Base and wishes, sponsored by codes of files.
        sheet: The head, in the language of the base.
        names: Code of a file to the ministry under whose name it stands.
        on: The date of every change.
        comments: Reasons and remarks.
    """
    known = {code: StateName(name, name) for code, name in names.items()}
    sheet = replace(sheet, names={**sheet.names, **known}, order=(*names, *sheet.order))
    writer = TrackedWriter(composition, sheet, names, on, comments, None)
    writer.p.words = _worded(writer.p.words, sheet.language)
    writer.body()
    return writer.finish()


def _worded(words: Wording, language: str) -> Wording:
    first, second, one, heading = _LEGEND[language]
    notes = (first, second, words.tracked.notes[2], one, *words.tracked.notes[4:])
    return replace(words, tracked=replace(words.tracked, notes=notes, delegations=heading))
