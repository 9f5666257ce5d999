"""Tables and constraints, no rules."""

from app.models import accounts, bodies, clearances, decisions, documents, proposals, record, returns, rounds, signing
from app.models.base import Base, new_id
from app.models.database import db, writing

__all__ = [
    "Base",
    "accounts",
    "bodies",
    "clearances",
    "db",
    "decisions",
    "documents",
    "new_id",
    "proposals",
    "record",
    "returns",
    "rounds",
    "signing",
    "writing",
]
