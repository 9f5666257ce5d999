"""Tracked changes as Word writes them, one phenomenon a file; each by hand, from the standard's text."""

from tests.docxio.handmade import NAMESPACES, cell, docx, level, notes, numbered, numbering, p, row, run, table

WHO = 'w:author="{}" w:date="2025-04-25T10:00:00Z"'
IRAN, CHINA = "Иран", "Китай"
_numbers = iter(range(1, 100_000))


def change(kind: str, inside: str = "", author: str = IRAN, more: str = "") -> str:
    """Return a revision element; *inside* is XML or words, deleted words as Word writes them."""
    at = f'w:id="{next(_numbers)}" {WHO.format(author)}{more}'
    if not inside:
        return f"<w:{kind} {at}/>"
    inside = inside if inside.startswith("<") else run(inside)
    if kind == "del":
        inside = (
            inside.replace("<w:t>", "<w:delText>").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        )
        inside = inside.replace("w:instrText", "w:delInstrText")
    return f"<w:{kind} {at}>{inside}</w:{kind}>"


def ins(inside: str = "", author: str = IRAN) -> str:
    return change("ins", inside, author)


def gone(inside: str = "", author: str = IRAN) -> str:
    return change("del", inside, author)


def mark(kind: str, author: str = IRAN) -> str:
    """Return the properties of a paragraph whose mark is inserted, deleted or moved."""
    return f"<w:rPr>{change(kind, author=author)}</w:rPr>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {words} </w:instrText></w:r>'


def control(inside: str) -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="{next(_numbers)}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def box(inside: str) -> str:
    """Return a drawn text box in both of Word's spellings."""
    drawn = (
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="1800000" cy="900000"/><wp:docPr id="1" name="Box"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline>"
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
        f'wordprocessingShape" Requires="wps"><w:drawing>{drawn}</w:drawing></mc:Choice>'
        f'<mc:Fallback><w:pict><v:shape style="width:140pt;height:70pt"><v:textbox><w:txbxContent>{inside}'
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def grid(*rows: str, columns: int = 2) -> str:
    """Return a table with its grid."""
    wide = '<w:gridCol w:w="3000"/>' * columns
    return table(*rows).replace("<w:tblGrid/>", f"<w:tblGrid>{wide}</w:tblGrid>")


def moved(kind: str, words: str, name: str = "move1", author: str = IRAN) -> str:
    """Return a paragraph moved away (``moveFrom``) or here (``moveTo``), its range as Word writes it."""
    at = next(_numbers)
    start = f'<w:{kind}RangeStart w:id="{at}" {WHO.format(author)} w:name="{name}"/>'
    return p(start + change(kind, words, author), mark(kind, author)) + f'<w:{kind}RangeEnd w:id="{at}"/>'


def moved_block(kind: str, *words: str, name: str = "move1") -> str:
    """Return several paragraphs moved as one."""
    at = next(_numbers)
    start = f'<w:{kind}RangeStart w:id="{at}" {WHO.format(IRAN)} w:name="{name}"/>'
    made = [p((start if not n else "") + change(kind, w), mark(kind)) for n, w in enumerate(words)]
    return "".join(made) + f'<w:{kind}RangeEnd w:id="{at}"/>'


def deleted_cells(kind: str) -> str:
    words = gone if kind == "cellDel" else ins
    second = [cell(p(words(f"Лишняя {n}"), mark("del" if kind == "cellDel" else "ins")), change(kind)) for n in (1, 2)]
    return grid(row(cell("Мера"), second[0]), row(cell("Обмен"), second[1]))


def _header(inside: str) -> str:
    return f'<?xml version="1.0"?><w:hdr {NAMESPACES}>{inside}</w:hdr>'


_FIRST, _LAST = p("Первый абзац остаётся."), p("Последний абзац остаётся.")
_LIST = {
    "numbering": numbering({0: level(0, "decimal", "%1.")}, {1: (0, "")}),
}
_BOLD = '<w:rPrChange w:id="7001" w:author="Иран" w:date="2025-04-25T10:00:00Z"><w:rPr/></w:rPrChange>'


def _files() -> dict[str, bytes]:
    link = f'<w:hyperlink w:anchor="a">{run("ссылка ")}{ins("новая ")}{gone("старая")}</w:hyperlink>'
    simple = f'<w:fldSimple w:instr=" REF a ">{run("пункт ")}{ins("5")}{gone("4")}</w:fldSimple>'
    whole = field("begin") + code("REF a") + field("separate") + run("пункт 4") + field("end")
    result = field("begin") + code("REF a") + field("separate") + gone("пункт 4") + ins("пункт 5") + field("end")
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    endnote = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    note_words = p(run("Принято ") + gone("в Москве") + ins("в Ханчжоу") + run("."))
    footnote = notes(f'<w:footnote w:id="1">{note_words}</w:footnote>')
    gone_row = row(cell(p(gone("2"), mark("del"))), cell(p(gone("Лишняя"), mark("del"))), properties=change("del"))
    new_row = row(cell(p(ins("3"), mark("ins"))), cell(p(ins("Новая"), mark("ins"))), properties=change("ins"))
    row_from = row(
        cell(p(change("moveFrom", "2"), mark("moveFrom"))), cell(p(change("moveFrom", "Связь"), mark("moveFrom"))),
        properties=change("del"),
    )  # fmt: skip
    row_to = row(
        cell(p(change("moveTo", "2"), mark("moveTo"))), cell(p(change("moveTo", "Связь"), mark("moveTo"))),
        properties=change("ins"),
    )  # fmt: skip
    row_to_table = [row("1", "Обмен"), row_from, row("3", "Торговля"), row_to, row("4", "Наука")]
    return {
        "words": docx(p(run("Стороны ") + gone("могут") + ins("должны") + run(" помогать."))),
        "hyperlink": docx(p(run("См. ") + link + run(" здесь."))),
        "hyperlink deleted": docx(
            p(run("См. ") + f'<w:hyperlink w:anchor="a">{gone("старая ссылка")}</w:hyperlink>' + run(" здесь."))
        ),
        "simple field": docx(p(run("См. ") + simple + run("."))),
        "field result": docx(p(run("См. ") + result + run("."))),
        "field deleted": docx(p(run("См. ") + gone(whole) + run(" здесь."))),
        "field inserted": docx(p(run("См. ") + ins(whole) + run(" здесь."))),
        "run control": docx(p(run("Срок: ") + control(gone("2025") + ins("2026")) + run(" год."))),
        "control in a change": docx(p(run("Срок: ") + ins(control(run("2026"))) + run(" год."))),
        "block control": docx(
            _FIRST + control(p(run("Срок: ") + gone("2025") + ins("2026")) + p(ins("Новый."), mark("ins"))) + _LAST
        ),
        "row control": docx(grid(row("1", "Обмен"), control(row("2", cell(p(gone("Связь") + ins("Сеть"))))))),
        "cell control": docx(grid(row("1", control(cell(p(gone("Связь") + ins("Сеть"))))), row("2", "Наука"))),
        "text box": docx(_FIRST + p(run("Рядом ") + box(p(run("В рамке ") + gone("три") + ins("четыре")))) + _LAST),
        "footnote": docx(p(run("План принят") + note + run(".")), footnotes=footnote),
        "footnote added": docx(
            p(run("План принят") + ins(note) + run(".")),
            footnotes=notes(f'<w:footnote w:id="1">{p(ins("Новая сноска."))}</w:footnote>'),
        ),
        "footnote taken out": docx(
            p(run("План принят") + gone(note) + run(".")),
            footnotes=notes(f'<w:footnote w:id="1">{p(gone("Старая сноска."))}</w:footnote>'),
        ),
        "endnote": docx(
            p(run("План принят") + endnote + run(".")),
            endnotes=notes(f'<w:endnote w:id="1">{note_words}</w:endnote>', "endnote"),
        ),
        "rows": docx(_FIRST + grid(row("1", "Обмен"), gone_row, new_row) + _LAST),
        "table taken out": docx(_FIRST + grid(gone_row, gone_row) + _LAST),
        "row moved": docx(_FIRST + grid(*row_to_table) + _LAST),
        "cells deleted": docx(_FIRST + deleted_cells("cellDel") + _LAST),
        "cells inserted": docx(_FIRST + deleted_cells("cellIns") + _LAST),
        "moved": docx(
            _FIRST + moved("moveFrom", "Обмен опытом.") + p("Второй абзац.") + moved("moveTo", "Обмен опытом.") + _LAST
        ),
        "several moved": docx(
            _FIRST
            + moved_block("moveFrom", "Обмен опытом.", "Обучение кадров.", "Общие проекты.")
            + p("Второй абзац.")
            + moved_block("moveTo", "Обмен опытом.", "Обучение кадров.", "Общие проекты.")
            + _LAST
        ),
        "moved words": docx(
            p(run("Стороны ") + change("moveFrom", "открыто ") + run("обмениваются ") + change("moveTo", "открыто "))
        ),
        "inserted then deleted": docx(p(run("Стороны ") + ins(gone("временно ", CHINA)) + run("согласны."))),
        "part of an insertion deleted": docx(
            p(run("Стороны ") + ins(run("надолго ") + gone("и временно ", CHINA)) + run("согласны."))
        ),
        "inserted paragraph deleted": docx(
            _FIRST
            + p(ins(gone("Временный.", CHINA)), f"<w:rPr>{change('ins')}{change('del', author=CHINA)}</w:rPr>")
            + _LAST
        ),
        "several marks inserted": docx(
            p("Первая часть.", mark("ins")) + p("Вторая часть.", mark("ins")) + p("Третья часть.") + _LAST
        ),
        "several marks deleted": docx(p("Первый. ", mark("del")) + p("Второй. ", mark("del")) + p("Третий.") + _LAST),
        "several paragraphs inserted": docx(
            _FIRST + p(ins("Один."), mark("ins")) + p(ins("Два."), mark("ins", CHINA)) + _LAST
        ),
        "several paragraphs deleted": docx(
            _FIRST + p(gone("Один."), mark("del")) + p(gone("Два."), mark("del")) + _LAST
        ),
        "empty paragraph inserted": docx(_FIRST + p("", mark("ins")) + _LAST),
        "empty paragraph deleted": docx(_FIRST + p("", mark("del")) + _LAST),
        "deletion over a mark": docx(
            p(run("Начало ") + gone("конец первого"), mark("del")) + p(gone("Начало ") + run("конец"))
        ),
        "last paragraph deleted": docx(_FIRST + p("Второй.", mark("del")) + p(gone("Последний."))),
        "before a table": docx(
            p("Перед таблицей.", mark("del")) + p(gone("Лишний.")) + grid(row("1", "Обмен")) + _LAST
        ),
        "nameless": docx(p(run("Все ") + f'<w:ins w:id="6001">{run("стороны")}</w:ins>' + run(" согласны."))),
        "bold": docx(p(run("Стороны ") + run("обязаны", f"<w:b/>{_BOLD}") + run(" помогать."))),
        "style of a paragraph": docx(p("Порядок.", f'<w:jc w:val="center"/>{change("pPrChange", "<w:pPr/>")}') + _LAST),
        "number given": docx(
            p(
                "Обмен опытом.",
                f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{change("ins")}</w:numPr>',
            )
            + numbered("Обучение."),
            **_LIST,
        ),
        "numbered inserted": docx(
            numbered("Обмен.")
            + p(ins("Связь."), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{mark("ins")}')
            + numbered("Обучение."),
            **_LIST,
        ),
        "properties of a table": docx(
            _FIRST
            + grid(
                row("1", cell("Обмен", change("tcPrChange", "<w:tcPr/>")), properties=change("trPrChange", "<w:trPr/>"))
            )
            + _LAST
        ),
        "equation": docx(
            p(run("Пусть ") + f"<m:oMath><m:r><m:t>y</m:t></m:r>{ins('<m:r><m:t>x</m:t></m:r>')}</m:oMath>")
        ),
        "header": docx(_FIRST, header=_header(p(run("Проект ") + gone("1") + ins("2")))),
        "spaces that are not kept": docx(
            p(
                "<w:r><w:t>Стороны </w:t></w:r>"
                + gone(" могут")
                + "<w:r><w:t> помогать </w:t></w:r>"
                + ins("друг другу")
            )
        ),
        "symbols and breaks": docx(
            p(
                run("Стороны")
                + ins("<w:r><w:tab/><w:t>и</w:t><w:br/><w:t>прочие</w:t><w:noBreakHyphen/></w:r>")
                + gone("<w:r><w:tab/><w:t>или</w:t></w:r>")
                + run(" согласны.")
            )
        ),
    }


FILES = _files()
