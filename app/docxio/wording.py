"""The words of the papers that are not the delegations', per language. Source: the field's own papers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """Fixed words of the papers in one language; ``{…}`` are filled in."""

    number: str


WORDING = {
    "ru": Wording(number="№ п/п"),
    "zh": Wording(number="序号"),
    "en": Wording(number="No."),
}
