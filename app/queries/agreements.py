"""Agreements: which provisions of a version stand as agreed, since when, or why they are open again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.models import db
from app.models.documents import Agreement, Document, Version
from app.queries.texts import load_edition
from app.text.provision import Provision
from app.text.sections import is_counted


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A provision with the newest note on it, if there is one."""

    provision: Provision
    agreed: bool
    at: datetime | None
    reason: str


def list_agreements(document: Document, version: Version) -> tuple[AgreementRow, ...]:
    """Return the provisions that are agreed one by one, in reading order, with how they stand now. Three queries."""
    notes = {
        note.key: note
        for note in db.session.scalars(
            select(Agreement).where(Agreement.document_id == document.id).order_by(Agreement.number)
        )
    }
    rows = []
    for p in load_edition(version.id, document.negotiating_language):
        note = notes.get(p.key)
        if is_counted(p) or note is not None:
            rows.append(
                AgreementRow(p, bool(note and note.agreed), note.at if note else None, note.reason if note else "")
            )
    return tuple(rows)
