"""What a paper's head and page need to know beside the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """Where the text of a paper stands."""

    DRAFT = "draft"
    VERSION = "version"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class StateName:
    """How a state or group is called in the page's language.

    Attributes:
        short: In tables and brackets: «Беларусь», 白俄罗斯.
        full: In texts: «Республика Беларусь», 白俄罗斯共和国.
        side: As a side of a protocol, where it differs: «Белорусская», 白方.
        listed: In running text, where it differs from *full*: "the Republic of Belarus".
    """

    short: str
    full: str
    side: str = ""
    listed: str = ""


@dataclass(frozen=True)
class Sheet:
    """The head of a paper and the names that stand in it, all in the language of the page.

    Attributes:
        language: ``ru``, ``zh`` or ``en``.
        stage: An adopted text carries neither *marks* nor the fingerprint of a working paper.
        title: Lines of the paper's own title; a text with a title provision prints that one instead.
        marks: Lines at the head: «Проект», «редакция от 28 мая 2025 г.».
        handling: Restriction, repeated in the header of each page.
        annex: Lines of the annex mark.
        adoption: Lines that say who adopted the text and when.
        sample: Where set, printed in the header of each page: this is a training example.
        fingerprint: Line at the foot of each page; never on a signature copy.
        names: Code of a state or group to its names.
        order: Codes in the body's order; codes not in it follow in alphabetical order of the names.
        of_text: The names as they stand in the text itself, where its language is not the page's.
    """

    language: str
    stage: Stage = Stage.DRAFT
    title: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    handling: str = ""
    annex: tuple[str, ...] = ()
    adoption: tuple[str, ...] = ()
    sample: str = ""
    fingerprint: str = ""
    names: Mapping[str, StateName] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    of_text: "Sheet | None" = None

    @property
    def in_text(self) -> "Sheet":
        """The names and their order in the language of the text."""
        return self.of_text or self

    def short(self, code: str) -> str:
        """Return the short name of *code*, or the code where it has none."""
        known = self.names.get(code)
        return known.short if known else code

    def full(self, code: str) -> str:
        """Return the full name of *code*, or the code where it has none."""
        known = self.names.get(code)
        return known.full if known else code

    def ordered(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return *codes*, each once, in the body's order."""
        rank = {code: position for position, code in enumerate(self.order)}
        return tuple(sorted(set(codes), key=lambda code: (rank.get(code, len(rank)), self.short(code), code)))

    @property
    def comma(self) -> str:
        """What stands between names in a list."""
        return "、" if self.language == "zh" else ", "

    def short_list(self, codes: Iterable[str]) -> str:
        """Return the short names of *codes* as one list in the body's order."""
        return self.comma.join(self.short(code) for code in self.ordered(codes))

    def full_list(self, codes: Iterable[str]) -> str:
        """Return the full names of *codes* as one list in the body's order."""
        return self.comma.join(self.full(code) for code in self.ordered(codes))

    def joined_list(self, codes: Iterable[str]) -> str:
        """Return *codes* as the opening of a paragraph that they join: full names, "and" before the last."""
        names = [self._listed(code) for code in self.ordered(codes)]
        last = {"ru": " и ", "zh": "和", "en": " and "}.get(self.language, self.comma)
        written = last.join((self.comma.join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
        return written[:1].upper() + written[1:]

    def _listed(self, code: str) -> str:
        known = self.names.get(code)
        return known.listed or known.full if known else code
