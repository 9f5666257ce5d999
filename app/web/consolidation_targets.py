"""The texts that a case of the consolidation desk makes: what they are compared with, and what they are now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.queries.cases import Case, Reading
from app.queries.consolidation import Consolidation
from app.queries.resolutions import ResolutionRow
from app.queries.resulting import Result
from app.services.resolutions import NewResolution
from app.text.provision import Kind, Parts, Provision, States, without_empty
from app.web.proposing_forms import Subject


@dataclass(frozen=True)
class Target:
    """A text to be made: of the case's provision, or of one insertion of it.

    Attributes:
        name: Of its fields.
        reading: The insertion; None for a provision.
        base: What it is compared with: the provision, or the block as proposed.
        result: What the decisions make of it.
        row: What somebody wrote of it.
    """

    name: str
    key: str
    reading: Reading | None
    base: tuple[Provision, ...]
    subjects: tuple[Subject, ...]
    result: Result
    row: ResolutionRow | None

    def mechanical(self) -> NewResolution:
        """Return the text that the decisions make."""
        r = self.result
        return NewResolution(r.exists, r.parts, r.place, r.level, r.block, r.holders, r.alone)

    @property
    def text(self) -> NewResolution:
        """The text as it stands now: written by somebody, else made by the decisions."""
        if self.row is None:
            return self.mechanical()
        t = self.row.text
        return NewResolution(t.exists, t.parts, t.place, t.level, t.block, self.row.holders, t.alone)

    @property
    def is_own(self) -> bool:
        """Whether a person worded it, or has to."""
        if self.row is None:
            return False
        return not _is_same(self.mechanical(), self.text)

    @property
    def can_go_alone(self) -> bool:
        """Whether the provision can be left out so that what stands under it stays."""
        return self.reading is None and self.subjects[0].can_go_alone

    def shown(self, text: NewResolution) -> tuple[Provision, ...]:
        """Return the provisions as a text has them; where it has none, as they were."""
        if self.reading is not None:
            return text.block or self.base
        return tuple(p if text.parts is None else replace(p, parts=text.parts) for p in self.base)


def _is_same(one: NewResolution, other: NewResolution) -> bool:
    stands = [(text.exists, text.alone, text.place, text.level) for text in (one, other)]
    return stands[0] == stands[1] and _parts(one) == _parts(other)


def _parts(text: NewResolution) -> Any:
    whole = None if text.parts is None else without_empty(text.parts)
    return whole, [(p.key, without_empty(p.parts)) for p in text.block]


def targets(about: Consolidation, case: Case, language: str) -> tuple[Target, ...]:
    """Return the texts a case makes in a language."""
    edition = about.editions[language]
    by_key = about.keyed[language]
    if case.key is not None:
        p = by_key[case.key]
        subject = Subject(edition, about.people, about.version_id, p, _table(p, by_key))
        row = about.resolutions.get((p.key, language))
        return (Target("t0", p.key, None, (p,), (subject,), about.result(case, language), row),)
    return tuple(_inserted(about, case, language))


def _inserted(about: Consolidation, case: Case, language: str) -> Iterator[Target]:
    by_key = about.keyed[language]
    for number, (reading, result) in enumerate(about.blocks(case)):
        key = reading.change.key
        row = about.resolutions.get((key, language))
        # What came by Word may have more or fewer provisions than was proposed.
        block = (row.text.block if row is not None else ()) or reading.change.block
        if language != about.language:
            # Only the words are translated; whether it stands is decided in the negotiating language.
            block = tuple(replace(p, parts=_states_of(p)) for p in block)
            result = Result(block=block)
        subjects = tuple(
            Subject(about.editions[language], about.people, about.version_id, p, _table(p, by_key)) for p in block
        )
        yield Target(f"t{number}", key, reading, block, subjects, result, row)


def _states_of(p: Provision) -> Parts:
    return {name: c for name, c in p.parts.items() if isinstance(c, States)}


def _table(p: Provision, by_key: Mapping[str, Provision]) -> Provision | None:
    if p.kind is Kind.TABLE:
        return p
    return by_key.get(p.parent or "") if p.kind is Kind.ROW else None
