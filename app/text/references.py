"""References: mentions of one provision in another, and those whose target has moved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.text.labels import Label, Numbering, Numeral, from_chinese, from_roman, parse_label
from app.text.numbering import labels_of
from app.text.provision import Edition, Kind, Provision, States
from app.text.runs import plain

_SUFFIX = r"(?:[ \u00a0]?(?:бис|тер|кватер|bis|ter|quater)\b|[¹²³⁴⁵⁶⁷⁸⁹]+)?"
_NUMBER = rf"(?:\d+(?:\.\d+)*{_SUFFIX}|[IVXLC]+\b)"
_LIST = rf"{_NUMBER}(?:(?:,[ \u00a0]| и | and )(?={_NUMBER}){_NUMBER})*"
_HAN_NUMBER = r"(?:\d+|[零〇一二三四五六七八九十百]+)"
_UNITS = (
    (re.compile(rf"\b(?:подпункт|пункт)(?:ами|ах|ам|ов|ом|[аеуы])?[ \u00a0](?P<list>{_LIST})", re.I), "paragraph"),
    (re.compile(rf"\bпп?\.[ \u00a0]?(?P<list>{_LIST})", re.I), "paragraph"),
    (re.compile(rf"\bстат(?:ья|ьи|ье|ью|ей|ьями|ьях|ьям)[ \u00a0](?P<list>{_LIST})", re.I), "paragraph"),
    (re.compile(rf"\bраздел(?:ами|ах|ам|ов|ом|[аеуы])?[ \u00a0](?P<list>{_LIST})", re.I), "heading"),
    (re.compile(rf"\bмероприяти(?:е|я|ю|ем|и|й|ям|ями|ях)[ \u00a0](?P<list>{_LIST})", re.I), "row"),
    (re.compile(rf"\b(?:paragraphs?|paras?\.?|articles?)[ \u00a0](?P<list>{_LIST})", re.I), "paragraph"),
    (re.compile(rf"\b(?:sections?|chapters?)[ \u00a0](?P<list>{_LIST})", re.I), "heading"),
    (re.compile(rf"\b(?:measures?|rows?)[ \u00a0](?P<list>{_LIST})", re.I), "row"),
    (
        re.compile(rf"第(?P<list>{_HAN_NUMBER}(?:、{_HAN_NUMBER})*)(?:段|条|款)"),
        "paragraph",
    ),
    (re.compile(rf"第(?P<list>{_HAN_NUMBER})(?:部分|章|节)"), "heading"),
    (re.compile(r"措施(?P<list>\d+(?:\.\d+)*)"), "row"),
)
_EACH = re.compile(rf"{_NUMBER}|{_HAN_NUMBER}")
_KINDS = {
    "paragraph": (Kind.PARAGRAPH, Kind.ITEM),
    "heading": (Kind.HEADING,),
    "row": (Kind.ROW,),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a numbered provision.

    Attributes:
        key, part: Where it stands.
        start, end: Code points of the number in the part.
        number: As written: "12", "12 бис", "IV", 十二.
        target: Key of what it means; None where nothing has that number, or more than one thing.
    """

    key: str
    part: str
    start: int
    end: int
    number: str
    target: str | None


@dataclass(frozen=True, slots=True)
class MovedReference:
    """A reference whose target has another label now, or is gone (*now* is None)."""

    reference: Reference
    was: str
    now: str | None


def references(edition: Edition, numbering: Numbering) -> tuple[Reference, ...]:
    """Return every mention of a numbered provision, in reading order, with what it means in this edition."""
    targets = _Targets(edition, numbering)
    return tuple(
        Reference(provision.key, part, start, end, number, targets.find(provision, unit, number))
        for provision in edition
        for part, start, end, number, unit in _mentions(provision)
    )


def moved_references(old: Edition, new: Edition, numbering: Numbering) -> tuple[MovedReference, ...]:
    """Return the references of *new* that meant, by the labels of *old*, what has another label now or is gone.

    Words that name a number were written on the old text; whether one was meant for the new, a person sees.
    """
    targets, before, after = _Targets(old, numbering), old.by_key(), new.by_key()
    found = []
    for provision in new:
        for part, start, end, number, unit in _mentions(provision):
            target = targets.find(before.get(provision.key, provision), unit, number)
            if target is None:
                continue
            was, now = before[target].label, after[target].label if target in after else None
            if was != now:
                reference = Reference(provision.key, part, start, end, number, target)
                found.append(MovedReference(reference, was, now))
    return tuple(found)


def _mentions(provision: Provision) -> Iterator[tuple[str, int, int, str, str]]:
    """Yield part, start, end, number and sort of thing of every mention in a provision."""
    for part, content in provision.parts.items():
        if isinstance(content, States):
            continue
        written = plain(content)
        found = {
            (match.start("list") + each.start(), match.start("list") + each.end(), each.group(), unit)
            for pattern, unit in _UNITS
            for match in pattern.finditer(written)
            for each in _EACH.finditer(match["list"])
        }
        yield from ((part, *mention) for mention in sorted(found))


class _Targets:
    """The numbered provisions of an edition, by number."""

    def __init__(self, edition: Edition, numbering: Numbering) -> None:
        self._numbering = numbering
        self._numbered: dict[tuple[tuple[int, ...], int], list[tuple[Provision, Label]]] = {}
        labels = labels_of(edition, numbering)
        for provision in edition:
            label = labels.get(provision.key)
            if label is not None:
                self._numbered.setdefault((label.numbers, label.inserted), []).append((provision, label))

    def find(self, near: Provision, unit: str, number: str) -> str | None:
        """Return the key of the one provision a number means: among several, the one next to where it is named."""
        wanted = self._read(number)
        alike = [(p, label) for p, label in self._numbered.get(wanted, ()) if p.kind in _KINDS[unit]]
        decimal = [(p, label) for p, label in alike if label.style.numeral in (Numeral.DECIMAL, Numeral.CHINESE)]
        for choice in (decimal, alike):
            beside = [p for p, _ in choice if p.parent == near.parent and p.key != near.key]
            for found in (beside, [p for p, _ in choice]):
                if len(found) == 1:
                    return found[0].key
        return None

    def _read(self, number: str) -> tuple[tuple[int, ...], int]:
        label = parse_label(number, numbering=self._numbering)
        if number.isupper() and number.isascii():
            return (from_roman(number.lower()),), 0
        if number[0] in "零〇一二三四五六七八九十百":
            return (from_chinese(number),), 0
        return (label.numbers, label.inserted) if label else ((), 0)
