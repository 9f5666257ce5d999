"""How provisions stand on the page: their styles, and the columns of a table with their widths."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.docxio.sheets import Sheet
from app.text.provision import TEXT, Content, Kind, Parts, Provision, States
from app.text.runs import Text, plain

NUMBER = "no"
"""Key of the column of numbers, where the reader of Word files found one; the numbers are the rows' labels."""
_NUMBER_HEADING = re.compile(r"\s*(№|N\s*п/п|No\b|Nos?\.|#|序号|编号)", re.IGNORECASE)
_WORD = re.compile(r"[\u2e80-\u9fff]|[^\s\u2e80-\u9fff]+")
TURNED_FROM = 4
"""Columns from which a table stands on a landscape page."""
_NUMBER_WIDTH = 900
_PADDING = 230
_LATIN, _HAN = 130, 250
"""Width of a character in a table, in twips, a little generous."""


def style_name(provision: Provision) -> str:
    """Return the name of the paragraph style of a provision outside tables."""
    level = max(provision.level, 0)
    match provision.kind:
        case Kind.TITLE:
            return "Title"
        case Kind.HEADING:
            return f"heading {min(level, 3) + 1}"
        case Kind.ITEM:
            return "List" if level == 0 else f"List {min(level, 4) + 1}"
        case Kind.TABLE:
            return "caption"
        case Kind.FOOTNOTE:
            return "footnote text"
        case _:
            return "Body Text"


def is_headline(provision: Provision) -> bool:
    """Whether the provision stays with what follows it."""
    return provision.kind in (Kind.TITLE, Kind.HEADING)


def labelled(provision: Provision, language: str) -> str:
    """Return the label with what stands between it and the text.

    A tab; in centred headings and in rows a space; nothing after the full-width marks 、 and ）.
    """
    if not provision.label or provision.label.endswith(("、", "）")):
        return provision.label
    spaced = provision.kind is Kind.ROW or (is_headline(provision) and language != "zh")
    return provision.label + (" " if spaced else "\t")


def spans_columns(provision: Provision) -> bool:
    """Whether a row is one cell over all columns: it has words of its own and no cells."""
    return any(name == TEXT for name in provision.parts) and all(name == TEXT for name in provision.parts)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table on the page.

    Attributes:
        keys: Column keys in order; None for a column of labels that the text itself does not have.
        number: The column that holds the rows' numbers, or None.
        widths: In twips; they fill the width of the text.
        turned: Whether the table stands on a landscape page.
        headed: Whether there is a row of headings.
    """

    keys: tuple[str | None, ...]
    number: str | None
    widths: tuple[int, ...]
    turned: bool
    headed: bool


def columns(
    table: Provision, rows: Sequence[Provision], sheet: Sheet, *, width: int, turned_width: int, turn: bool = True
) -> Columns:
    """Return how *table* with *rows* is laid out on pages whose text is *width* or *turned_width* twips wide."""
    headings = {key: words(table.parts.get(key, ()), sheet) for key in table.columns}
    number = next((key for key, heading in headings.items() if is_number(key, heading)), None)
    labels = any(row.label and not spans_columns(row) for row in rows)
    keys: tuple[str | None, ...] = ((None,) if labels and number is None else ()) + table.columns
    turned = turn and len(keys) >= TURNED_FROM
    return Columns(
        keys=keys,
        number=number,
        widths=_widths(keys, number, headings, [row.parts for row in rows], sheet, turned_width if turned else width),
        turned=turned,
        headed=any(headings.values()),
    )


def is_number(column: str, heading: str) -> bool:
    """Whether a column holds the rows' numbers."""
    return column == NUMBER or bool(_NUMBER_HEADING.match(heading))


def has_words(content: Text) -> bool:
    """Whether a text holds more than references to footnotes."""
    return any(run.note is None for run in content)


def words(content: Content, sheet: Sheet) -> str:
    """Return the characters that a part prints in a table."""
    return sheet.in_text.short_list(content.members) if isinstance(content, States) else plain(content)


def _widths(
    keys: Iterable[str | None],
    number: str | None,
    headings: Mapping[str, str],
    rows: Sequence[Parts],
    sheet: Sheet,
    whole: int,
) -> tuple[int, ...]:
    """Return widths by what stands in the columns: the root of the mean length, never less than the longest word."""
    asked: list[float] = []
    least: list[int] = []
    for key in keys:
        if key is None or key == number:
            asked.append(0)
            least.append(_NUMBER_WIDTH)
            continue
        cells = [words(parts[key], sheet) for parts in rows if key in parts]
        longest = max((width_of(word) for cell in [headings[key], *cells] for word in _WORD.findall(cell)), default=0)
        mean = sum(width_of(cell) for cell in cells) / max(len(cells), 1)
        asked.append(max(mean, width_of(headings[key]), 500) ** 0.5)
        least.append(min(longest + _PADDING, whole // 4))
    return _shared(asked, least, whole)


def _shared(asked: Sequence[float], least: Sequence[int], whole: int) -> tuple[int, ...]:
    """Return *whole* shared out as *asked*, each share at least its *least* where that fits."""
    rest = max(whole - sum(least), 0)
    total = sum(asked) or 1
    scale = min(1.0, whole / sum(least)) if sum(least) else 1.0
    widths = [int(low * scale + rest * wish / total) for wish, low in zip(asked, least, strict=True)]
    if widths:
        widths[max(range(len(widths)), key=lambda i: asked[i])] += whole - sum(widths)
    return tuple(widths)


def width_of(written: str) -> int:
    """Return how wide *written* is in a table, in twips, a little generous."""
    return sum(_HAN if character >= "\u2e80" else _LATIN for character in written)
