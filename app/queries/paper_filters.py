"""Selections from the papers of a round: some delegations, one section, some outcomes; all of them combine."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.negotiation.vocabulary import Outcome
from app.queries.paper_words import PaperWords
from app.text.composition import ComposedBlock, ComposedProvision, Composition
from app.text.provision import Edition, Kind, Place
from app.text.sections import Section, list_sections, stretch

UNDECIDED = "undecided"
"""Beside the outcomes: nothing was decided yet."""


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What a paper is narrowed to; what is empty narrows nothing.

    Attributes:
        delegations: Codes; a change passes that one of them proposes or co-sponsors.
        section: Key of a section (``sections.list_sections``); remarks on the whole are in none.
        outcomes: Values of ``Outcome``, or ``UNDECIDED``; a change passes that was decided so.
    """

    delegations: tuple[str, ...] = ()
    section: str = ""
    outcomes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.delegations or self.section or self.outcomes)

    def has_sponsor(self, sponsors: Iterable[str]) -> bool:
        """Whether one of the sponsors is among the delegations."""
        return not self.delegations or not set(self.delegations).isdisjoint(sponsors)

    def has_outcome(self, outcome: Outcome | None) -> bool:
        """Whether the outcome is among those wanted."""
        return not self.outcomes or (outcome or UNDECIDED) in self.outcomes


NOTHING = PaperFilter()


def section_of(base: Edition, wanted: PaperFilter) -> Section | None:
    """Return the section that is wanted, or None where none is or the text has no such section."""
    return next((section for section in list_sections(base) if section.key == wanted.section), None)


def keys_of(base: Edition, wanted: PaperFilter) -> frozenset[str]:
    """Return the keys of the provisions of the section that is wanted."""
    return frozenset(provision.key for provision in stretch(base, wanted.section))


def stands_in(keys: frozenset[str], place: Place, base: Edition) -> bool:
    """Whether a place is in the section of *keys*; the beginning of the text is in its first section."""
    beside = place.after or place.parent
    return beside in keys if beside else not base.provisions or base.provisions[0].key in keys


def narrowed(composition: Composition, keys: frozenset[str]) -> Composition:
    """Return a composition with the titles and one section only; its base stays whole, for what it is called."""

    def is_in(item: ComposedProvision | ComposedBlock) -> bool:
        if isinstance(item, ComposedBlock):
            return stands_in(keys, item.place, composition.base)
        return item.provision.key in keys or item.provision.kind is Kind.TITLE

    return replace(composition, items=tuple(item for item in composition.items if is_in(item)))


def said(wanted: PaperFilter, base: Edition, names: str, words: PaperWords) -> str:
    """Return what a filtered paper says in its head; *names* of the delegations wanted."""
    found = []
    if wanted.delegations:
        found.append(words.only_of.format(names=names))
    if (section := section_of(base, wanted)) is not None:
        found.append(words.only_section.format(section=section_name(section, words)))
    if wanted.outcomes:
        outcomes = words.only_comma.join(outcome_name(outcome, words) for outcome in wanted.outcomes)
        found.append(words.only_outcome.format(outcomes=outcomes))
    return words.only.format(what=words.only_stop.join(found))


def outcome_name(outcome: str, words: PaperWords) -> str:
    """Return an outcome in the words of the paper."""
    if outcome == UNDECIDED:
        return words.undecided
    return words.covered if outcome == Outcome.COVERED else words.outcomes[Outcome(outcome)]


def section_name(section: Section, words: PaperWords) -> str:
    """Return what a section is called: number and heading, or that it is what stands before the first heading."""
    return " ".join(part for part in (section.label, section.words) if part) or words.preamble


def name_part(wanted: PaperFilter, base: Edition) -> str:
    """Return what a filtered file's name says: ``.BLR-IRN.section2.accepted``; "" of an unfiltered one."""
    sections = [section.key for section in list_sections(base)]
    place = sections.index(wanted.section) + 1 if wanted.section in sections else 0
    parts = ("-".join(wanted.delegations), f"section{place}" if place else "", "-".join(wanted.outcomes))
    return "".join(f".{part}" for part in parts if part)
