"""Why a file was not taken in: codes and facts, and a sentence for each that says what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.negotiation.errors import N_

MEBIBYTE = 1024 * 1024


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


SENTENCES: Mapping[Reason, str] = {
    Reason.EMPTY: N_("The file is empty. Choose the Word file of the draft."),
    Reason.PDF: N_("This is a PDF. Upload the Word file (.docx) it was made from."),
    Reason.HTML: N_("This is a web page, not a Word file. Save the draft as .docx and upload that."),
    Reason.RTF: N_("This is an RTF file. Open it in Word, save it as .docx and upload that."),
    Reason.OLD_WORD: N_("This is the old Word format (.doc). Open it in Word, save it as .docx and upload that."),
    Reason.PASSWORD_PROTECTED: N_("The file is protected by a password. Remove the password and upload it again."),
    Reason.ENCRYPTED: N_("The file is encrypted. Save it without encryption and upload it again."),
    Reason.OPEN_DOCUMENT: N_("This is an OpenDocument file. Save it as .docx and upload that."),
    Reason.OTHER_OFFICE: N_("This is not a Word document, but another kind of Office file. Upload a .docx."),
    Reason.NOT_WORD: N_("This is not a Word file. Upload a .docx."),
    Reason.MACROS: N_("The file contains macros. Save it as .docx without macros and upload that."),
    Reason.DAMAGED: N_("The file is damaged. Open it in Word, save it anew and upload that."),
    Reason.UNREADABLE: N_("The file could not be read. Open it in Word, save it anew as .docx and upload that."),
    Reason.TOO_SLOW: N_("The file takes more time or memory to read than any honest draft. It was not read."),
    Reason.DOCTYPE: N_("The file contains a document type declaration, which Word files never do. It was not read."),
}
"""What to say for each reason; those without one are made for no honest file."""


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
        if self.reason is Reason.TOO_LARGE:
            return f"The file is larger than {self.facts['limit'] // MEBIBYTE} MB."
        built = f"The file is built in a way that Word files never are ({self.reason.value}). It was not read."
        return SENTENCES.get(self.reason, built)


def refuse(reason: Reason, **facts: Any) -> FileRefused:
    """Return the refusal to raise."""
    return FileRefused(reason, facts)
