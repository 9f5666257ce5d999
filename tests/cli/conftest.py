"""LibreOffice reads what the commands write."""

from tests.docxio.conftest import libreoffice

__all__ = ["libreoffice"]
