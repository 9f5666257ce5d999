"""Why a file was not taken in: codes and facts, no sentences."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """One code for each thing a person can understand and act on."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PDF = "pdf"
    HTML = "html"
    RTF = "rtf"
    OLD_WORD = "old_word"
    """The binary format of Word 97 to 2003, or another OLE file."""
    PASSWORD_PROTECTED = "password_protected"
    OPEN_DOCUMENT = "open_document"
    OTHER_OFFICE = "other_office"
    """A spreadsheet, a presentation, a Word template."""
    NOT_WORD = "not_word"
    DAMAGED = "damaged"
    """A truncated or contradictory ZIP, or XML that is not well formed."""
    ENCRYPTED = "encrypted"
    TOO_MANY_PARTS = "too_many_parts"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    PACKED_TOO_TIGHTLY = "packed_too_tightly"
    DUPLICATE_PARTS = "duplicate_parts"
    OVERLAPPING_PARTS = "overlapping_parts"
    UNSAFE_NAME = "unsafe_name"
    UNKNOWN_COMPRESSION = "unknown_compression"
    DOCTYPE = "doctype"
    TOO_MANY_ELEMENTS = "too_many_elements"
    TOO_DEEP = "too_deep"
    MACROS = "macros"
    TOO_SLOW = "too_slow"
    """Reading it took longer, or more memory, than any honest file needs."""
    UNREADABLE = "unreadable"
    """It passed the gate, but could not be read."""


@dataclass(eq=False)
class FileRefused(Exception):
    """An uploaded file that is not taken in.

    Attributes:
        reason: The code that the screen turns into a sentence.
        facts: What the sentence may name: ``part``, ``limit``, ``found``, ``name``.
    """

    reason: Reason
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join([self.reason.value, *(f"{name}={value!r}" for name, value in self.facts.items())])


def refuse(reason: Reason, **facts: Any) -> FileRefused:
    """Return the refusal to raise."""
    return FileRefused(reason, facts)
