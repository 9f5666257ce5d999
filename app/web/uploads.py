"""A text as somebody uploads it: a Word file, or what LibreOffice makes one of."""

from pathlib import PurePath

from werkzeug.datastructures import FileStorage

from app.docxio.conversion import as_docx
from app.docxio.gate import display_name


def word_file(file: FileStorage) -> tuple[bytes, str]:
    """Return an uploaded text as a .docx, and what it is called then.

    Takes some seconds where it is converted from .doc or .odt.

    Raises:
        FileRefused: It is no text, or it cannot be converted here.
    """
    sent, name = file.read(), file.filename or ""
    data = as_docx(sent, name)
    return data, name if data is sent else f"{PurePath(display_name(name)).stem}.docx"
