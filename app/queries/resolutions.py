"""Resolutions as rows: the next text of a provision as somebody wrote it, or as an issued version took it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.decisions import Resolution as ResolutionModel
from app.queries.provenance import decode_spans
from app.queries.resulting import Holders
from app.text.canonical import decode_parts, decode_provision
from app.text.next_version import Resolution
from app.text.provision import Place


@dataclass(frozen=True)
class ResolutionRow:
    """The text written for one provision (or block, by its first key) in one language.

    Attributes:
        text: As the core knows it.
        holders: Part (of a block ``key/part``) to who holds its brackets.
        provenance: Likewise to ``[[start, end, origin], …]``.
        by_word: Whether it came with a Word file.
        lock_version: What an officer who edits it has seen.
    """

    id: str
    key: str
    language: str
    text: Resolution
    holders: Mapping[str, Holders]
    provenance: Mapping[str, list[Any]]
    written_at: datetime
    lock_version: int
    by_word: bool = False


def resolution_row(row: ResolutionModel) -> ResolutionRow:
    """Return a stored resolution as a row."""
    block = tuple(decode_provision(p) for p in row.block or ())
    has_place = row.moved or bool(block)
    text = Resolution(
        key=row.key,
        exists=row.exists,
        parts=None if row.parts is None else decode_parts(row.parts),
        place=Place(row.place_parent, row.place_after) if has_place else None,
        level=row.level,
        block=block,
        provenance={name: decode_spans(spans) for name, spans in row.provenance.items()},
        alone=row.alone,
        rank=row.rank,
    )
    holders = {name: tuple(None if h is None else tuple(h) for h in pairs) for name, pairs in row.holders.items()}
    return ResolutionRow(
        row.id,
        row.key,
        row.language,
        text,
        holders,
        row.provenance,
        row.written_at,
        row.lock_version,
        row.by_word,
    )


def list_resolutions(round_id: str, version_id: str) -> tuple[ResolutionRow, ...]:
    """Return the resolutions of a round on a version in all languages. One query."""
    statement = (
        select(ResolutionModel)
        .where(ResolutionModel.round_id == round_id, ResolutionModel.version_id == version_id)
        .order_by(ResolutionModel.key, ResolutionModel.language)
    )
    return tuple(resolution_row(row) for row in db.session.scalars(statement))
