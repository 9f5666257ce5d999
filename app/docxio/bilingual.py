"""The language versions side by side for the linguistic check (лингвистическая сверка, 文本核对), on turned pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.docxio import layout, oxml
from app.docxio.frame import frame
from app.docxio.line_text import split_paragraphs
from app.docxio.printing import Printer
from app.docxio.sheets import Sheet
from app.text.provision import Content, Edition, Kind, Parts, Provision
from app.text.runs import PARAGRAPH_BREAK, Marks, Run, Text


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    number: str
    remark: str
    missing: str
    stale: str
    done_by: str


_WORDS = {
    "ru": _Words(
        "ЛИНГВИСТИЧЕСКАЯ СВЕРКА",
        "№ п/п",
        "Замечание",
        "нет текста",
        "перевод старше исходного текста",
        "Сверку провели",
    ),
    "zh": _Words("文本核对", "序号", "备注", "缺少文本", "译文早于谈判文本", "核对人"),
    "en": _Words("LINGUISTIC CHECK", "No.", "Remark", "no text", "older than the negotiating text", "Checked by"),
}
_TEXTS = {"ru": "Русский текст", "zh": "中文文本", "en": "English text"}
_NUMBER, _REMARK = 10, 42
"""Widths in parts of 252 mm; the languages share the rest."""
_WHOLE = 252
_SIGNATURE = "_" * 30


def bilingual_table(
    editions: Sequence[Edition],
    sheets: Mapping[str, Sheet],
    language: str,
    stale: frozenset[tuple[str, str]] = frozenset(),
    template: bytes | None = None,
) -> bytes:
    """Return *editions* of one version as a Word file: a row for each provision, a column for each language, remarks.

    The remark says where a language has no words, or older ones; the rest is written in by hand.

    Args:
        editions: With the same keys; the negotiating language first.
        sheets: Language to the names that sets of states print in; that of *language* is the head.
        language: Of the title and the heading of the remarks.
        stale: (language, key) of translations older than the negotiating text.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    words = _WORDS[language]
    sheet = replace(sheets[language], title=(words.title, *sheets[language].title))
    printer = Printer(sheet, frame(sheet, template))
    whole = printer.frame.turned_width
    text_width = (_WHOLE - _NUMBER - _REMARK) / len(editions)
    widths = [int(whole * part / _WHOLE) for part in (_NUMBER, *[text_width] * len(editions), _REMARK)]
    widths[-1] += whole - sum(widths)
    headings = (words.number, *(_TEXTS.get(e.language, e.language) for e in editions), words.remark)
    rows = [_row(printer, widths, [(Run(heading),) for heading in headings], heading=True)]
    keyed = [(sheets[e.language], e.by_key()) for e in editions]
    order = [p.key for p in editions[0]]
    for number, key in enumerate(order, start=1):
        texts = [_text(known.get(key), sheet) for sheet, known in keyed]
        remark = _remark(key, editions, texts, stale, words)
        rows.append(_row(printer, widths, [(Run(str(number)),), *texts, (Run(remark),)]))
    rows.append(_signed(printer, whole, len(widths), words))
    printer.flow.table(oxml.table(printer.style("Table Grid"), widths, "".join(rows)), turned=True)
    return printer.finish()


def _signed(printer: Printer, width: int, columns: int, words: _Words) -> str:
    line = oxml.run(f"{words.done_by}: {_SIGNATURE}   {_SIGNATURE}")
    style = printer.style("Chapeau Cell")
    return oxml.row(oxml.cell(width, oxml.paragraph(style, "") + oxml.paragraph(style, line), span=columns))


def _remark(
    key: str, editions: Sequence[Edition], texts: Sequence[Text], stale: frozenset[tuple[str, str]], words: _Words
) -> str:
    found = []
    for edition, text in zip(editions, texts, strict=True):
        problem = words.missing if not text and any(texts) else words.stale if (edition.language, key) in stale else ""
        if problem:
            found.append(f"{_TEXTS.get(edition.language, edition.language)}: {problem}")
    return PARAGRAPH_BREAK.join(found)


def _text(provision: Provision | None, sheet: Sheet) -> Text:
    """Return what a provision prints in a cell: its label and words, of a row or table each cell on a line."""
    if provision is None:
        return ()
    parts = [_shown(content, sheet) for content in _parts(provision.parts, provision.columns)]
    joined: list[Run] = []
    for part in parts:
        joined += [Run(PARAGRAPH_BREAK), *part] if joined else part
    label = layout.labelled(provision, sheet.language).replace("\t", " ")
    bold = int(Marks.BOLD) if provision.kind in (Kind.TITLE, Kind.HEADING, Kind.TABLE) else 0
    if not joined:
        return ()
    return tuple(run._replace(marks=run.marks | bold) for run in (Run(label), *joined) if run.text or run.note)


def _parts(parts: Parts, columns: Sequence[str]) -> Iterator[Content]:
    for name in (*(n for n in parts if n not in columns), *(c for c in columns if c in parts)):
        yield parts[name]


def _shown(content: Content, sheet: Sheet) -> list[Run]:
    """Return a part; a set of states as names, a footnote's reference as its sign."""
    found = (Run(layout.words(content, sheet)),) if not isinstance(content, tuple) else content
    return [run if run.note is None else Run("*", int(Marks.SUPERSCRIPT)) for run in found]


def _row(printer: Printer, widths: Sequence[int], cells: Sequence[Text], *, heading: bool = False) -> str:
    style = printer.style("Chapeau Cell Heading" if heading else "Chapeau Cell")
    made = []
    for width, text in zip(widths, cells, strict=True):
        paragraphs = "".join(oxml.paragraph(style, printer.runs(line)) for line in split_paragraphs(text))
        made.append(oxml.cell(width, paragraphs, shaded=heading))
    return oxml.row("".join(made), heading=heading)
