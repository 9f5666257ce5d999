"""The legend page at the end of a tracked draft in its own file: notation, sponsors, remarks on the whole."""

from app.docxio import oxml
from app.docxio.own_parts import MAIN, OwnParts, Relation
from app.docxio.own_text import elements
from app.docxio.own_writing import OwnWriter
from app.text.runs import Marks

_WIDTHS = (3400, 5600)


def with_legend(writer: OwnWriter) -> None:
    """Put the legend before the properties of the last section."""
    words = writer.words.tracked
    lines = [oxml.legend_line(oxml.run(writer.words.legend, int(Marks.BOLD)), begins_page=True)]
    lines += [oxml.legend_line(oxml.run(line)) for line in words.notes]
    rank = {code: number for number, code in enumerate(writer.sheet.order)}
    remarks = [(writer.authors.name(c.sponsors), c.text) for c in writer.remarks.left()]
    occurred = sorted(
        writer.authors.occurred().items(),
        key=lambda one: (len(one[1]), [rank.get(code, len(rank)) for code in one[1]], one[0]),
    )
    if occurred:
        lines.append(oxml.legend_line(oxml.run(words.authors, int(Marks.BOLD))))
        rows = [(words.author, words.delegations, int(Marks.BOLD))]
        rows += [(name, writer.sheet.full_list(who), 0) for name, who in occurred]
        body = "".join(
            oxml.row(
                "".join(
                    oxml.cell(width, oxml.legend_line(oxml.run(cell, marks)))
                    for width, cell in zip(_WIDTHS, (author, who), strict=True)
                )
            )
            for author, who, marks in rows
        )
        lines += [oxml.ruled_table(_WIDTHS, body, oxml.BORDERS), oxml.legend_line("")]
    if remarks:
        lines.append(oxml.legend_line(oxml.run(words.general_remarks, int(Marks.BOLD))))
        lines += [
            oxml.legend_line(oxml.run(f"{author}: ", int(Marks.BOLD)) + oxml.run(remark)) for author, remark in remarks
        ]
    parts = writer.own.parts
    document = parts.document
    end = document.rindex("</w:body>")
    last = [span for span in elements(document, "w:sectPr") if not document[span[1] : end].strip()]
    at = last[-1][0] if last else end
    _styled(parts)
    parts.document = document[:at] + "".join(lines) + document[at:]


def _styled(parts: OwnParts) -> None:
    """Add the style of the legend; a file without styles gets a part for it."""
    member = "word/styles.xml"
    written, closing = parts.others.get(member, b"").decode(), "</w:styles>"
    if closing not in written:  # none, or an empty element
        written = oxml.page_part("w:styles", "")
    before, end, rest = written.rpartition(closing)
    parts.others[member] = (before + oxml.legend_style() + end + rest).encode()
    parts.kinds[member] = "styles"
    if not any(relation.kind == "styles" for relation in parts.relations[MAIN].values()):
        parts.relations[MAIN]["rIdOwnStyles"] = Relation("styles", "styles.xml")
