"""What a provision is called in a formula, so that it is found again."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.text.formulas.finding import Finder, opening_of
from app.text.formulas.grammar import Unit
from app.text.formulas.phrases import Phrases
from app.text.formulas.places import Chain, Element, bare_label, in_order
from app.text.formulas.understood import Unclear
from app.text.provision import Kind, Provision

UNITS = {
    Kind.HEADING: Unit.SECTION,
    Kind.PARAGRAPH: Unit.PARAGRAPH,
    Kind.ITEM: Unit.ITEM,
    Kind.ROW: Unit.ROW,
    Kind.FOOTNOTE: Unit.NOTE,
    Kind.TABLE: Unit.TABLE,
}
_ORDINALS = {
    "ru": ("первый", "второй", "третий", "четвёртый", "пятый", "шестой", "седьмой", "восьмой", "девятый", "десятый"),
}
_CASES = {
    forms[0]: forms
    for forms in zip(
        _ORDINALS["ru"],
        (
            "первого",
            "второго",
            "третьего",
            "четвёртого",
            "пятого",
            "шестого",
            "седьмого",
            "восьмого",
            "девятого",
            "десятого",
        ),
        ("первом", "втором", "третьем", "четвёртом", "пятом", "шестом", "седьмом", "восьмом", "девятом", "десятом"),
        ("первым", "вторым", "третьим", "четвёртым", "пятым", "шестым", "седьмым", "восьмым", "девятым", "десятым"),
        strict=True,
    )
}
_FEWEST, _MOST = 3, 12


@dataclass(frozen=True, slots=True)
class Name:
    """A provision's name: as object, of something, in something, and by means of it or before it."""

    object: str
    of: str
    within: str
    by: str


class Naming:
    """Names provisions of a text in one language."""

    def __init__(self, finder: Finder, phrases: Phrases, language: str) -> None:
        self.finder, self.phrases, self.language = finder, phrases, language

    def name(self, key: str) -> Name | None:
        """Return the shortest name by which the provision, and no other, is found; None where there is none."""
        provision = self.finder.by_key[key]
        for chain, printed in self._chains(provision):
            try:
                found = self.finder.find(in_order(chain))
            except Unclear:
                continue
            if (found.key, found.part, found.line, found.sentence) == (key, None, 0, 0):
                return printed
        return None

    def nearest(self, key: str) -> Name | None:
        """Return the longest name of a provision that no name tells apart; None where it has no words."""
        return next((printed for _, printed in reversed(tuple(self._chains(self.finder.by_key[key])))), None)

    def quoted(self, words: str, pair: int = 0) -> str:
        """Return words in a pair of quotation marks."""
        opening, closing = self.phrases.quotes[pair]
        return f"{opening}{words}{closing}"

    def _chains(self, provision: Provision) -> Iterator[tuple[Chain, Name]]:
        """Yield ways to name a provision, the usual one first."""
        if provision.kind is Kind.TITLE:
            yield (Element(Unit.TITLE),), self._called(Unit.TITLE, "")
        label = printed_label(provision)
        unit = UNITS.get(provision.kind)
        if unit is not None and label:
            for one in (unit, Unit.PARAGRAPH):
                element, called = Element(one, bare_label(provision.label)), self._called(one, label)
                above = self.finder.by_key.get(provision.parent or "")
                if one is not Unit.ITEM or above is None or not above.label:
                    yield (element,), called
                yield from self._inside(provision, element, called)
        preamble = [p.key for p in self.finder.preamble()]
        if provision.key in preamble:
            number = preamble.index(provision.key) + 1
            yield (Element(Unit.PREAMBLE, str(number)),), self._in_preamble(number)
        if unit is Unit.TABLE:
            yield (Element(Unit.TABLE),), self._called(Unit.TABLE, "")
        yield from self._openings(provision)

    def _inside(self, provision: Provision, element: Element, called: Name) -> Iterator[tuple[Chain, Name]]:
        """Yield names with what the provision stands under: its parent, or the heading before it."""
        above = self.finder.by_key.get(provision.parent or "") or self._heading(provision)
        if above is None:
            return
        for chain, outer in self._chains(above):
            if not {e.unit for e in chain} & {element.unit, Unit.OPENING} and min(e.unit for e in chain) < element.unit:
                within = self.phrases.within
                yield (
                    (*chain, element),
                    Name(
                        within.format(inner=called.object, outer=outer.of),
                        within.format(inner=called.of, outer=outer.of),
                        within.format(inner=called.within, outer=outer.of),
                        within.format(inner=called.by, outer=outer.of),
                    ),
                )
                return

    def _heading(self, provision: Provision) -> Provision | None:
        found = None
        for before in self.finder.base.provisions[: self.finder.outline.positions[provision.key]]:
            if before.kind is Kind.HEADING:
                found = before
        return found

    def _openings(self, provision: Provision) -> Iterator[tuple[Chain, Name]]:
        """Yield names by the words a provision begins with, more and more of them."""
        words = opening_of(provision).split("\n")[0]
        pieces = words.split(" ") if self.language != "zh" else list(words)
        for count in range(_FEWEST, min(len(pieces), _MOST) + _FEWEST):
            start = ("" if self.language == "zh" else " ").join(pieces[:count])
            if start.strip():
                yield (Element(Unit.OPENING, start),), self._called(Unit.OPENING, self.quoted(start.strip()))

    def _called(self, unit: Unit, label: str) -> Name:
        forms = [form.format(label=label).strip() for form in self.phrases.units[unit]]
        return Name(*forms)

    def _in_preamble(self, number: int) -> Name:
        ordinals = _ORDINALS.get(self.language)
        if ordinals is None or number > len(ordinals):
            return self._called(Unit.LINE, str(number))
        nominative = ordinals[number - 1]
        forms = self.phrases.units[Unit.LINE]
        return Name(*(form.format(label=label) for form, label in zip(forms, _CASES[nominative], strict=True)))


def printed_label(provision: Provision) -> str:
    """Return a label as it is cited: without the marks around it."""
    return stripped_label(provision.label)


def stripped_label(label: str) -> str:
    """Return a label without the marks around it, its letters as they are."""
    bare = bare_label(label)
    at = label.replace("\u00a0", " ").casefold().find(bare) if bare else -1
    return label[at : at + len(bare)] if at >= 0 else bare
