"""Complex fields of a Word file: whose code is read now, what stands in their result, which of them are dangerous."""

import re
from dataclasses import dataclass

_DANGEROUS = re.compile(r"^\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.I)
_CONTENTS = re.compile(r"^\s*(?:TOC|TOA|RD|INDEX)\b", re.I)


@dataclass(slots=True)
class Field:
    """A field that is open, in the views of its mask."""

    mask: int
    instruction: str = ""
    in_result: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it makes a table of contents or an index."""
        return bool(_CONTENTS.match(self.instruction))


class Fields:
    """The fields that are open; they may run from one paragraph into the next.

    Attributes:
        covered: Mask of the views in which characters belong to a field's code.
    """

    def __init__(self) -> None:
        self._open: list[Field] = []
        self.covered = 0

    def close(self) -> None:
        """Forget open fields, at the end of a text whose fields cannot run on."""
        self._open.clear()
        self.covered = 0

    @property
    def in_contents(self) -> int:
        """Mask of the views in which a table of contents is open."""
        found = 0
        for open_ in self._open:
            found |= open_.mask if open_.is_contents else 0
        return found

    def instruct(self, written: str) -> None:
        """Take in a piece of a field's code."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += written

    def sign(self, kind: str | None, mask: int) -> str:
        """Take in one of the three signs of a field; return the code that ends with it, if one does."""
        code = ""
        if kind == "begin":
            self._open.append(Field(mask))
        else:
            found = next((open_ for open_ in reversed(self._open) if open_.mask & mask), None)
            if found is not None and kind == "separate":
                code = found.instruction
                found.in_result = True
            elif found is not None and kind == "end":
                self._open.remove(found)
        self.covered = 0
        for open_ in self._open:
            self.covered |= 0 if open_.in_result else open_.mask
        return code


def danger(code: str) -> str:
    """Return the command of a field that fetches or starts something; empty for any other."""
    dangerous = _DANGEROUS.match(code)
    return dangerous[1].upper() if dangerous else ""
