"""The head of a bracketed draft: legend, counts and who has answered; and what delegations say beside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.docxio import legends, oxml
from app.docxio.dates import written
from app.docxio.printing import Printer
from app.docxio.sheets import Sheet
from app.docxio.wording import WORDING, Stance
from app.text.runs import Marks, Run, Text

_EXPLAINED = ("brackets", "holder", "struck", "bold", "variants", "suffixed", "inserted", "moved", "unmarked")
"""Lines of the legend in order; all but the last only where the thing occurs."""


@dataclass(frozen=True, slots=True)
class Position:
    """What a delegation says of a provision beside proposing words; printed as a footnote to it.

    Attributes:
        key: The provision.
        sponsor: Whose position it is.
        detail: A day, a provision or free words, as the stance asks for.
    """

    key: str
    stance: Stance
    sponsor: str
    detail: str = ""


@dataclass(frozen=True)
class Standing:
    """What the head of a bracketed draft counts and names.

    Attributes:
        received_by: The last day whose proposals are in.
        agreed: Keys of provisions agreed; *agreed_ad_referendum* subject to confirmation.
        undiscussed: Keys of provisions not yet considered.
        answered: Codes of those who proposed something; *no_comments* said they have none; *awaited*.
    """

    received_by: date
    agreed: frozenset[str] = frozenset()
    agreed_ad_referendum: frozenset[str] = frozenset()
    undiscussed: frozenset[str] = frozenset()
    answered: tuple[str, ...] = ()
    no_comments: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()


_SAMPLES: Mapping[str, Mapping[str, Text]] = {
    "ru": {"struck": (Run("Зачёркнуто", oxml.STRUCK),), "bold": (Run("Полужирным", int(Marks.BOLD)),)},
    "zh": {"struck": (Run("删除线", oxml.STRUCK),), "bold": (Run("粗体", int(Marks.BOLD)),)},
    "en": {"struck": (Run("Struck out", oxml.STRUCK),), "bold": (Run("Bold", int(Marks.BOLD)),)},
}


def headed(sheet: Sheet, standing: Standing, *, titled: bool) -> Sheet:
    """Return the sheet with the marks of a consolidated draft."""
    words = WORDING[sheet.language].bracketed
    received = words.received.format(day=written(standing.received_by, sheet.language))
    return replace(sheet, marks=(*sheet.marks, words.consolidated, received), title=() if titled else sheet.title)


def print_head(printer: Printer, standing: Standing, bracketed: Mapping[str, bool], occurring: Collection[str]) -> None:
    """Append the ruled legend, the line of counts, and the line of who has answered.

    Args:
        bracketed: Key of each counted provision to whether something in it stands in brackets.
        occurring: Which notations occur, by the names of the legend's lines.
    """
    legends.box(printer, _legend(printer, occurring))
    printer.furniture("Chapeau Counts", _counts(printer, standing, bracketed))
    answers = _answers(printer, standing)
    if answers:
        printer.furniture("Chapeau Counts", answers)


def _legend(printer: Printer, occurring: Collection[str]) -> Text:
    language, words = printer.sheet.language, printer.words.bracketed
    space = "" if language == "zh" else " "
    text: list[Run] = []
    for name in _EXPLAINED:
        if name in occurring or name == "unmarked":
            sample = _SAMPLES[language].get(name, ())
            text += [Run(space if text else ""), *sample, Run((space if sample else "") + str(getattr(words, name)))]
    return tuple(text)


def _counts(printer: Printer, standing: Standing, bracketed: Mapping[str, bool]) -> str:
    words, keys = printer.words.bracketed, bracketed.keys()
    numbers = (
        (words.total, len(keys)),
        (words.agreed, len(keys & (standing.agreed | standing.agreed_ad_referendum))),
        (words.bracketed, sum(bracketed.values())),
        (words.undiscussed, len(keys & standing.undiscussed)),
    )
    said = [phrase.format(count=count) for i, (phrase, count) in enumerate(numbers) if count or i == 0]
    return printer.words.stop.join(said) + _full_stop(printer)


def _answers(printer: Printer, standing: Standing) -> str:
    words = printer.words.bracketed
    groups = (
        (words.answered, standing.answered),
        (words.no_comments, standing.no_comments),
        (words.awaited, standing.awaited),
    )
    said = [phrase.format(names=printer.sheet.short_list(codes)) for phrase, codes in groups if codes]
    return printer.words.stop.join(said) + _full_stop(printer) if said else ""


def _full_stop(printer: Printer) -> str:
    return "。" if printer.sheet.language == "zh" else "."
