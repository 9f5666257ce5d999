"""Packets for the ministries to download: a draft, an empty table, and what to do with them."""

import io

from flask import Blueprint
from flask_babel import force_locale
from werkzeug.wrappers import Response

from app.docxio.bundle import Member, bundle
from app.docxio.packet_note import packet_note
from app.docxio.wish_table import wish_table
from app.docxio.working_copy import working_copy
from app.queries.packets import Packet, load_packet
from app.web.access import DELEGATES, for_roles
from app.web.acting import current_actor
from app.web.languages import LOCALES
from app.web.papers import LANGUAGE, attached, handled
from app.web.working_copies import instruction

bp = Blueprint("packets", __name__, url_prefix="/documents/<slug>")


@bp.get(f"/rounds/<int:number>/packet.<{LANGUAGE}>.zip")
@for_roles(*DELEGATES)
def download(slug: str, number: int, language: str) -> Response:
    """Send the packet of a text, everything in it in the language of the text."""
    packet = load_packet(slug, number, language, actor=current_actor())
    response = attached(packed(packet, language), f"{packet.name}.packet.{language}.zip", packet.sheet.handling)
    response.mimetype = "application/zip"
    return response


def packed(packet: Packet, language: str) -> bytes:
    """Return a packet as a ZIP; the same text gives the same bytes."""
    mark = packet.sheet.handling
    names = [handled(f"{packet.name}.{part}.{language}.docx", mark) for part in ("note", "copy", "table")]
    with force_locale(LOCALES[language]):
        copy = working_copy(packet.copy.edition, packet.copy.sheet, instruction())
    files = (
        packet_note(packet.sheet, packet.title, names[1], names[2], packet.due),
        copy,
        wish_table(packet.copy.edition, packet.elements, packet.sheet),
    )
    file = io.BytesIO()
    bundle([Member(name, content) for name, content in zip(names, files, strict=True)], [], file)
    return file.getvalue()
