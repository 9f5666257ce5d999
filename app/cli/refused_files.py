"""Why a Word file was not read, in one line."""

from app.docxio.refusals import FileRefused, Reason

_MEBIBYTE = 1 << 20
_SAID = {
    Reason.EMPTY: "the file is empty.",
    Reason.PDF: "this is a PDF; give the Word file (.docx) it was made from.",
    Reason.HTML: "this is a web page; save the draft as .docx.",
    Reason.RTF: "this is an RTF file; open it in Word and save it as .docx.",
    Reason.OLD_WORD: "this is the old Word format (.doc); open it in Word and save it as .docx.",
    Reason.PASSWORD_PROTECTED: "the file is protected by a password; remove it and try again.",
    Reason.ENCRYPTED: "the file is encrypted; save it without encryption.",
    Reason.OPEN_DOCUMENT: "this is an OpenDocument file; save it as .docx.",
    Reason.OTHER_OFFICE: "this is another kind of Office file; give a Word document (.docx).",
    Reason.NOT_WORD: "this is not a Word file; give a .docx.",
    Reason.MACROS: "the file contains macros; save it as .docx without macros.",
    Reason.DAMAGED: "the file is damaged; open it in Word and save it anew.",
    Reason.UNREADABLE: "the file could not be read; open it in Word and save it anew as .docx.",
    Reason.TOO_SLOW: "the file takes more time or memory to read than any honest draft.",
    Reason.DOCTYPE: "the file contains a document type declaration, which Word files never do.",
}


def refused(error: FileRefused) -> str:
    """Return the sentence for a refusal: what is wrong and what to do."""
    if error.reason is Reason.TOO_LARGE:
        return f"the file is larger than {error.facts['limit'] // _MEBIBYTE} MB."
    return _SAID.get(error.reason, f"the file is built in a way that Word files never are ({error.reason.value}).")
