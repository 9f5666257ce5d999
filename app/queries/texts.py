"""The text of a version in a language."""

from collections import defaultdict

from sqlalchemy import select

from app.models import db
from app.models.documents import Edition as EditionRow
from app.models.documents import ProvisionRow, ProvisionText
from app.queries.remembered import Remembered
from app.text.canonical import decode_content
from app.text.provision import Content, Edition, Provision


def load_edition(version_id: str, language: str) -> Edition:
    """Return the edition of a version in a language; where it has none, provisions without words.

    Two queries, whatever its size.
    """
    rows = db.session.execute(
        select(ProvisionRow.key, ProvisionRow.parent_key, ProvisionRow.kind, ProvisionRow.level, ProvisionRow.columns)
        .where(ProvisionRow.version_id == version_id)
        .order_by(ProvisionRow.rank)
    ).all()
    parts: dict[str, dict[str, Content]] = defaultdict(dict)
    labels: dict[str, str] = {}
    for key, part, label, content in db.session.execute(
        select(ProvisionText.key, ProvisionText.part, ProvisionText.label, ProvisionText.content).where(
            ProvisionText.version_id == version_id, ProvisionText.language == language
        )
    ):
        labels[key] = label
        if content:
            parts[key][part] = decode_content(content)
    return Edition(
        language,
        tuple(
            Provision(key, kind, level, parent, parts[key], labels.get(key, ""), tuple(columns))
            for key, parent, kind, level, columns in rows
        ),
    )


_SHOWN: Remembered[tuple[str, str, str], Edition] = Remembered(12)
"""Editions read lately; one of a thousand provisions takes some two megabytes."""


def shown_edition(version_id: str, language: str) -> Edition:
    """Return the edition of a version as ``load_edition`` does, for a screen; one read lately is not read again.

    An edition never changes: it is remembered by its fingerprint. What is verified or hashed is loaded instead.
    """
    mark = db.session.scalar(
        select(EditionRow.fingerprint).where(EditionRow.version_id == version_id, EditionRow.language == language)
    )
    if mark is None:
        return load_edition(version_id, language)
    return _SHOWN.get((version_id, language, mark), lambda: load_edition(version_id, language))


def list_languages(version_id: str) -> tuple[str, ...]:
    """Return the languages a version has a text in, sorted."""
    return tuple(
        db.session.scalars(
            select(EditionRow.language).where(EditionRow.version_id == version_id).order_by(EditionRow.language)
        )
    )
