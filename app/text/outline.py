"""The tree of a draft, recomputed from kinds and levels alone.

The order of provisions is never changed: parents follow from what stands before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.text.provision import TEXT, Content, Kind, Provision, States
from app.text.runs import PARAGRAPH_BREAK, Run, Text, text

_CONTENT = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.TABLE, Kind.FIXED})
_HOLDS_ITEMS = frozenset({Kind.PARAGRAPH, Kind.ITEM})


def outline(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return the provisions with their parents recomputed from kind and level, in the order given.

    A heading stands under the nearest heading of a lower level; a paragraph, table or fixed
    thing under the nearest paragraph of a lower level, else under its heading; an item under
    the nearest paragraph or item of a lower level, else under its heading; a row under its
    table; a footnote under the provision before it. A row without a table before it becomes
    a paragraph. The result keeps the promise of an Edition: parents stand before children
    and descendants follow without a gap.
    """
    placed: list[Provision] = []
    headings: list[Provision] = []
    content: list[Provision] = []
    table: str | None = None
    owner: str | None = None
    for provision in provisions:
        kind = provision.kind
        if kind is Kind.ROW and table is None:
            provision, kind = _as_paragraph(provision), Kind.PARAGRAPH
        if kind is Kind.FOOTNOTE:
            placed.append(_under(owner, provision))
            continue
        if kind is Kind.ROW:
            parent = table
        elif kind in _CONTENT:
            _close(content, provision.level)
            parent = content[-1].key if content else headings[-1].key if headings else None
            if kind in _HOLDS_ITEMS:
                content.append(provision)
            table = provision.key if kind is Kind.TABLE else None
        else:
            content.clear()
            table = None
            _close(headings, provision.level if kind is Kind.HEADING else 0)
            parent = headings[-1].key if headings else None
            if kind is Kind.HEADING:
                headings.append(provision)
        placed.append(_under(parent, provision))
        owner = provision.key
    return tuple(placed)


def _under(parent: str | None, p: Provision) -> Provision:
    return p if p.parent == parent else Provision(p.key, p.kind, p.level, parent, p.parts, p.label, p.columns)


def _close(open_: list[Provision], level: int) -> None:
    while open_ and open_[-1].level >= level:
        open_.pop()


def _as_paragraph(row: Provision) -> Provision:
    return replace(row, kind=Kind.PARAGRAPH, parts={TEXT: _joined(row)}, columns=())


class Step(StrEnum):
    """What an officer does to one provision of what was understood."""

    SET = "set"
    """Give it another kind, level or label."""
    PROMOTE = "promote"
    DEMOTE = "demote"
    JOIN = "join"
    """Join its words to the provision before it."""
    DROP = "drop"
    """Leave it out."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of what was understood; None leaves a thing as it is."""

    key: str
    step: Step = Step.SET
    kind: Kind | None = None
    level: int | None = None
    label: str | None = None


def corrected(provisions: Sequence[Provision], corrections: Iterable[Correction]) -> tuple[Provision, ...]:
    """Return the provisions with the corrections made in their order; the tree stays valid.

    Rows follow their table: a table that becomes a paragraph turns its rows into paragraphs,
    a dropped one takes them along. Footnotes of a dropped provision go with it. Corrections of keys
    that are gone are passed over.
    """
    found = list(provisions)
    for correction in corrections:
        at = next((i for i, p in enumerate(found) if p.key == correction.key), None)
        if at is not None:
            found = _STEPS[correction.step](found, at, correction)
    return outline(found)


def _set(found: list[Provision], at: int, correction: Correction) -> list[Provision]:
    old = found[at]
    kind = correction.kind or old.kind
    level = old.level if correction.level is None else max(0, correction.level)
    new = replace(old, kind=kind, level=level, label=old.label if correction.label is None else correction.label)
    if kind is not old.kind:
        new = _of_kind(new, old.kind)
    return [*found[:at], new, *found[at + 1 :]]


def _of_kind(provision: Provision, old: Kind) -> Provision:
    """Return a provision whose parts fit its new kind."""
    level = provision.level
    if provision.kind is Kind.ITEM and old is not Kind.ITEM:
        level = max(1, level)
    if provision.kind in (Kind.TABLE, Kind.ROW) or old in (Kind.TABLE, Kind.ROW):
        return replace(provision, level=level, parts={TEXT: _joined(provision)}, columns=())
    if provision.kind in (Kind.TITLE, Kind.FOOTNOTE):
        level = 0
    return replace(provision, level=level)


def _promote(found: list[Provision], at: int, _correction: Correction) -> list[Provision]:
    return _shifted(found, at, -1)


def _demote(found: list[Provision], at: int, _correction: Correction) -> list[Provision]:
    return _shifted(found, at, 1)


def _shifted(found: list[Provision], at: int, by: int) -> list[Provision]:
    """Return the provisions with one of them, and what hangs on it, moved up or down by a level."""
    lowest = 1 if found[at].kind is Kind.ITEM else 0
    if found[at].level + by < lowest:
        return found
    below = _subtree(outline(found), at)
    return [
        replace(p, level=max(0, p.level + by)) if i == at or (i in below and p.kind in _moves_with(found[at])) else p
        for i, p in enumerate(found)
    ]


def _moves_with(moved: Provision) -> frozenset[Kind]:
    """Return the kinds that change level with a provision: headings with a heading, content with content."""
    return frozenset({Kind.HEADING}) if moved.kind is Kind.HEADING else _CONTENT


def _subtree(placed: Sequence[Provision], at: int) -> set[int]:
    inside, keys = set(), {placed[at].key}
    for i in range(at + 1, len(placed)):
        if placed[i].parent not in keys:
            break
        inside.add(i)
        keys.add(placed[i].key)
    return inside


def _join(found: list[Provision], at: int, _correction: Correction) -> list[Provision]:
    """Join the words of a provision, its label among them, to the nearest one before it that holds words."""
    before = next((i for i in range(at - 1, -1, -1) if found[i].kind is not Kind.FOOTNOTE), None)
    if before is None or found[before].kind in (Kind.TABLE, Kind.FIXED) or found[at].kind in (Kind.TABLE, Kind.FIXED):
        return found
    if found[before].kind is Kind.ROW or found[at].kind is Kind.ROW:
        return found
    mine = text(f"{found[at].label} " if found[at].label else "", *found[at].text)
    space = " " if found[before].text and mine else ""
    joined = replace(found[before], parts={**found[before].parts, TEXT: text(*found[before].text, space, *mine)})
    return [*found[:before], joined, *found[before + 1 : at], *found[at + 1 :]]


def _drop(found: list[Provision], at: int, _correction: Correction) -> list[Provision]:
    gone = {found[at].key}
    for provision in outline(found):
        if provision.kind in (Kind.ROW, Kind.FOOTNOTE) and provision.parent in gone:
            gone.add(provision.key)
    return [p for p in found if p.key not in gone]


_STEPS = {Step.SET: _set, Step.PROMOTE: _promote, Step.DEMOTE: _demote, Step.JOIN: _join, Step.DROP: _drop}


def _joined(provision: Provision) -> Text:
    """Return all words of a provision in one text, its parts on lines of their own."""
    lines: list[Run | str] = []
    for content in _in_order(provision.parts, provision.columns):
        if isinstance(content, States) or not content:
            continue
        if lines:
            lines.append(PARAGRAPH_BREAK)
        lines.extend(content)
    return text(*lines)


def _in_order(parts: Mapping[str, Content], columns: Sequence[str]) -> list[Content]:
    return [parts[name] for name in sorted(parts, key=lambda n: columns.index(n) if n in columns else -1)]
