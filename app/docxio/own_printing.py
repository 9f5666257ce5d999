"""Papers in the draft's own Word file: written in a process of its own, and looked at before they go out."""

import re
from base64 import b64decode

from app.docxio.archive import LIMITS, Limits
from app.docxio.gate import check_directory
from app.docxio.own_orders import OwnOrder, encode_order
from app.docxio.own_text import NotItsFile
from app.docxio.refusals import FileRefused, Reason, refuse
from app.docxio.upload import ask_worker

_GOES_OUT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml"
    r"|word/(?:_rels/)?\w+\.xml(?:\.rels)?|word/theme/theme1\.xml|word/media/\w+\.(?:png|jpeg|gif|emf|wmf)"
)


def printed_in_own_file(source: bytes, order: OwnOrder, limits: Limits = LIMITS) -> bytes:
    """Return the paper that an order asks for, in the draft's own file; the same input gives the same bytes.

    The file is opened and written in a process without network, with little memory and time. Safe to call
    from threads; takes some 0.4 s for a draft of a few pages.

    Raises:
        NotItsFile: The text does not stand in the file, or cannot be written into it within the limits.
    """
    try:
        answer = ask_worker({"write": encode_order(order)}, source, "", limits)
        if "not_its_file" in answer:
            raise NotItsFile(answer["not_its_file"])
        return looked_at(b64decode(answer["written"]), limits)
    except FileRefused as error:
        raise NotItsFile(f"refused: {error.reason.value}") from error


def looked_at(made: bytes, limits: Limits = LIMITS) -> bytes:
    """Return a file that has parts of the allowed names alone, whatever became of the process that wrote it.

    Raises:
        FileRefused: It has others.
    """
    if not all(_GOES_OUT.fullmatch(name) for name in check_directory(made, "", limits).names):
        raise refuse(Reason.NOT_WORD)
    return made
