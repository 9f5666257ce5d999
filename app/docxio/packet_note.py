"""The note that goes with a packet for the ministries: what to do with the two files, on one page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.docxio.dates import written
from app.docxio.frame import frame
from app.docxio.printing import Printer
from app.docxio.sheets import Sheet


@dataclass(frozen=True, slots=True)
class _Said:
    """``{…}`` are filled in; the lines are numbered in the file."""

    title: str
    lead: str
    lines: tuple[str, ...]
    until: str


_SAID: Mapping[str, _Said] = {
    "ru": _Said(
        "ПРОЕКТ ДЛЯ РАССМОТРЕНИЯ В МИНИСТЕРСТВАХ И ВЕДОМСТВАХ",
        "Просим сообщить предложения и замечания к проекту документа «{title}». Достаточно заполнить один из двух "
        "файлов, какой удобнее.",
        (
            (
                "Рабочая копия ({copy}). Правьте прямо в тексте: исправления записываются. Обоснование пишется "
                "примечанием к исправленному месту."
            ),
            (
                "Таблица ({table}). Положения и действующая редакция уже вписаны. Впишите в третью графу, как следует "
                "читать положение целиком, в четвёртую – почему. «Исключить» – чтобы исключить положение. Новое "
                "положение – в новой строке под тем, после которого оно должно стоять. Пустая графа: предложений нет."
            ),
            "Назовите файл именем министерства или ведомства и сохраните его в формате Word (.docx).",
            "Верните файл координатору делегации. Другие делегации и Секретариат его не увидят.",
        ),
        "Срок представления предложений делегацией – {day}; просим ответить заблаговременно.",
    ),
    "zh": _Said(
        "送请各部门研提意见的草案",
        "请对《{title}》草案提出意见和建议。以下两个文件任选其一填写即可。",
        (
            "工作副本（{copy}）：请直接在文中修改，修改会被记录；理由请以批注形式写在修改处。",
            (
                "表格（{table}）：条款和现有案文已填好。请在第三栏完整写出该条款应有的表述，在第四栏写明理由；"
                "如要删去，请写“删去”；新增条款请在其前一条款下方另起一行填写。留空表示无意见。"
            ),
            "请以部门名称命名文件，并保存为Word格式（.docx）。",
            "请将文件退回代表团联络人。其他代表团和秘书处均看不到。",
        ),
        "代表团提交建议的截止日期为{day}，请提前答复。",
    ),
    "en": _Said(
        "DRAFT FOR COMMENTS BY MINISTRIES AND AGENCIES",
        "Please give your proposals and comments on the draft “{title}”. One of the two files is enough, whichever "
        "suits you.",
        (
            (
                "The working copy ({copy}). Edit in the text: changes are recorded. Give the reason as a comment "
                "on the place you changed."
            ),
            (
                "The table ({table}). Provisions and present wording are filled in. Write in the third column how the "
                "provision should read in full, in the fourth why. “Delete” deletes a provision. A new provision "
                "goes in a new row below the one that it should follow. An empty cell: no proposal."
            ),
            "Name the file after your ministry or agency and save it as a Word file (.docx).",
            "Return it to the delegation’s focal point. Other delegations and the Secretariat do not see it.",
        ),
        "The delegation’s proposals are due on {day}; please answer well before.",
    ),
}


def packet_note(sheet: Sheet, title: str, copy: str, table: str, due: date, template: bytes | None = None) -> bytes:
    """Return the note as a Word file.

    Args:
        sheet: The head, in the language of the text.
        title: Of the draft.
        copy, table: Names of the two files.
        due: The day by which the delegation proposes.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    said = _SAID[sheet.language]
    sheet = replace(sheet, title=(said.title,), marks=(), fingerprint="")
    printer = Printer(sheet, frame(sheet, template))
    printer.furniture("Body Text", said.lead.format(title=title))
    stop = "．" if sheet.language == "zh" else ".\t"
    for number, line in enumerate(said.lines, 1):
        printer.furniture("Body Text", f"{number}{stop}{line.format(copy=copy, table=table)}")
    printer.furniture("Body Text", said.until.format(day=written(due, sheet.language)))
    return printer.finish()
