"""The proposals of one side in the formulas of a letter: the annex to its note."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.docxio.frame import frame
from app.docxio.letter_words import LETTER_WORDS
from app.docxio.printing import Printer
from app.docxio.sheets import Sheet
from app.text.formulas.phrases import PHRASES
from app.text.runs import Marks, Run

_STOPS = {"zh": ("；", "。")}


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """One proposal.

    Attributes:
        formulas: One for each provision it is on; a line break begins a paragraph.
        heading: Where it begins a part of the annex: that part's heading.
    """

    formulas: tuple[str, ...]
    justification: str = ""
    heading: str = ""


def letter_annex(entries: Iterable[AnnexEntry], sheet: Sheet, template: bytes | None = None) -> bytes:
    """Return a side's proposals as a Word file: its formulas under numbers, the justification beneath each.

    What is printed can be pasted again, and is read as the same proposals where the formulas are exact.

    Args:
        sheet: The head; its title says whose proposals and on which draft.
        template: A Word file with the fields of ``doc_templates/``; None for the shipped one.

    Raises:
        TemplateUnusable: The template cannot carry a paper.
    """
    printer = Printer(sheet, frame(sheet, template))
    number = 0
    for number, entry in enumerate(entries, 1):
        if entry.heading:
            printer.furniture("Chapeau Legend Heading", entry.heading)
        _entry(printer, number, entry)
    if not number:
        printer.furniture("Body Text", LETTER_WORDS[sheet.language].nothing)
    return printer.finish()


def lines_of(number: int, entry: AnnexEntry, language: str) -> tuple[str, ...]:
    """Return the paragraphs of a proposal's formulas, numbered and with their stops."""
    between, end = _STOPS.get(language, (";", "."))
    last = len(entry.formulas) - 1
    said = [_stopped(words, end if n == last else between) for n, words in enumerate(entry.formulas)]
    return tuple(f"{number}. {said[0]}".split("\n")) + tuple(line for words in said[1:] for line in words.split("\n"))


def _entry(printer: Printer, number: int, entry: AnnexEntry) -> None:
    language = printer.sheet.language
    for line in lines_of(number, entry, language):
        printer.furniture("Body Text", line)
    if entry.justification.strip():
        head, _words, tail = PHRASES[language].justification.partition("{words}")
        first, *others = filter(None, (line.strip() for line in (entry.justification + tail).split("\n")))
        # Chinese letters are not slanted.
        face = Marks.BOLD if language == "zh" else Marks.ITALIC
        printer.furniture("Body Text", (Run(head, int(face)), Run(first)))
        for line in others:
            printer.furniture("Body Text", line)


def _stopped(words: str, stop: str) -> str:
    return words if words.endswith((".", "。", "!", "?", "！", "？")) else words + stop
