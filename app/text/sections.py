"""Sections of a text: its outline, and how much of each is agreed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.text.provision import TEXT, Edition, Kind, Provision
from app.text.runs import plain
from app.text.standing import Standing


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text under one heading.

    Attributes:
        key: Of its heading; of the first provision where it has none (the preamble).
        label, words: Of its heading; both empty where it has none.
        counts: Standing to number of provisions; headings and the like are not counted.
    """

    key: str
    label: str
    words: str
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        """How many provisions are counted in it."""
        return sum(self.counts.values())

    def share(self, standing: Standing) -> int:
        """Return how much of it stands so, in whole per cent, rounded down."""
        return self.counts[standing] * 100 // self.total if self.total else 0


def is_counted(provision: Provision) -> bool:
    """Whether the provision is one of those that are agreed one by one: not a heading, nor a row that is one."""
    if provision.kind is Kind.ROW:
        return any(name != TEXT for name in provision.parts)
    return provision.kind in (Kind.PARAGRAPH, Kind.ITEM)


def sections(edition: Edition, standing: Mapping[str, Standing]) -> tuple[Section, ...]:
    """Return the sections of a text: one per heading of the highest level, and one for what stands before them."""
    return tuple(section for section in _split(edition, standing) if section.words or section.total)


def list_sections(edition: Edition) -> tuple[Section, ...]:
    """Return the sections of a text whatever is agreed in it: all that is counted stands as open."""
    return sections(edition, {p.key: Standing.OPEN for p in edition if is_counted(p)})


def stretch(edition: Edition, key: str) -> tuple[Provision, ...]:
    """Return the provisions of the section *key*, titles left out; none where there is no such section."""
    highest = min((p.level for p in edition if p.kind is Kind.HEADING), default=0)
    found: list[Provision] = []
    for provision in edition:
        if found and provision.kind is Kind.HEADING and provision.level == highest:
            break
        if provision.key == key or found:
            found.append(provision)
    return tuple(provision for provision in found if provision.kind is not Kind.TITLE)


def _split(edition: Edition, standing: Mapping[str, Standing]) -> Iterator[Section]:
    levels = [p.level for p in edition if p.kind is Kind.HEADING]
    highest = min(levels, default=0)
    start: Provision | None = None
    heading: Provision | None = None
    counts = dict.fromkeys(Standing, 0)
    for p in edition:
        if p.kind is Kind.HEADING and p.level == highest:
            if start is not None:
                yield _section(heading, start, counts)
            start = heading = p
            counts = dict.fromkeys(Standing, 0)
            continue
        if start is None and p.kind is not Kind.TITLE:
            start = p
        if p.key in standing:
            counts[standing[p.key]] += 1
    if start is not None:
        yield _section(heading, start, counts)


def _section(heading: Provision | None, start: Provision, counts: Mapping[Standing, int]) -> Section:
    if heading is None:
        return Section(start.key, "", "", counts)
    return Section(heading.key, heading.label, plain(heading.text), counts)
