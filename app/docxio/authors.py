"""Who stands as the author of a tracked change: all of its sponsors, in protocol rank."""

from collections.abc import Mapping

from app.text.composition import Sponsors

LONGEST = 255
"""Characters that Word takes in an author's name."""
SEPARATOR = "; "


class Authors:
    """Names sets of sponsors; the same set has the same name throughout a file."""

    def __init__(self, names: Mapping[str, str], group: str) -> None:
        """Name by *names*, code to label; *group* with ``{number}`` names sets too long for that."""
        self._names = {code: label.replace(";", ",").strip() or code for code, label in names.items()}
        self._group = group
        self._found: dict[Sponsors, str] = {}
        self.groups: dict[str, Sponsors] = {}
        """The groups that occurred, with their members; the legend explains them."""

    def name(self, sponsors: Sponsors) -> str:
        """Return the author's name for *sponsors*: short labels, else codes, else "Group n"."""
        known = self._found.get(sponsors)
        if known is None:
            known = self._found[sponsors] = self._named(sponsors)
        return known

    def occurred(self) -> dict[str, Sponsors]:
        """Return every name given so far with its sponsors."""
        return {name: sponsors for sponsors, name in self._found.items()}

    def _named(self, sponsors: Sponsors) -> str:
        labels = SEPARATOR.join(self._names.get(code, code) for code in sponsors)
        if len(labels) <= LONGEST:
            return labels
        codes = SEPARATOR.join(sponsors)
        if len(codes) <= LONGEST:
            return codes
        name = self._group.format(number=len(self.groups) + 1)
        self.groups[name] = sponsors
        return name
