"""Changes as they are stored, and as the text core knows them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from app.models.proposals import Change as ChangeModel
from app.text.canonical import decode_parts, decode_provision, encode_parts, encode_provision
from app.text.changes import Change, Operation
from app.text.provision import Place

WISHES = frozenset(Operation) - {Operation.COMMENT}
"""Operations that ask something of the text (or ask to keep it): only they are wishes."""


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change in the columns of ``models.proposals.Change``; also an entry of a draft's content."""

    version_id: str
    key: str | None
    operation: Operation
    language: str
    place_parent: str | None
    place_after: str | None
    level: int | None
    wished: Mapping[str, Any]
    base_fingerprint: str | None

    @property
    def comment(self) -> str:
        """The words of a comment or remark."""
        return str(self.wished.get("comment", ""))

    @property
    def anchor(self) -> str | None:
        """Key of the provision it is shown beside: for an insertion, the one it follows or stands under."""
        return (self.place_after or self.place_parent) if self.operation is Operation.INSERT else self.key

    def columns(self) -> dict[str, Any]:
        """Return it as JSON values by column."""
        return asdict(self)

    def change(self) -> Change:
        """Return it as the text core knows it; a general remark has the key ""."""
        place = Place(self.place_parent, self.place_after)
        parts, block = self.wished.get("parts"), self.wished.get("block", ())
        return Change(
            self.operation,
            self.key or "",
            None if parts is None else decode_parts(parts),
            place if self.operation in (Operation.INSERT, Operation.MOVE) else None,
            self.level,
            tuple(decode_provision(p) for p in block),
            bool(self.wished.get("alone")),
        )


def stored(change: Change, *, version_id: str, language: str, comment: str, fingerprint: str | None) -> StoredChange:
    """Return a change as it is stored; *fingerprint* is that of the provision it was made against."""
    wished: dict[str, Any] = {}
    if change.parts is not None:
        wished["parts"] = encode_parts(change.parts)
    if change.block:
        wished["block"] = [encode_provision(p) for p in change.block]
    if change.alone:
        wished["alone"] = True
    if comment:
        wished["comment"] = comment
    return StoredChange(
        version_id=version_id,
        key=change.key or None,
        operation=change.operation,
        language=language,
        place_parent=change.place.parent if change.place else None,
        place_after=change.place.after if change.place else None,
        level=change.level,
        wished=wished,
        base_fingerprint=fingerprint,
    )


def of_row(row: ChangeModel) -> StoredChange:
    """Return the change of a stored row."""
    return StoredChange(
        row.version_id,
        row.key,
        row.operation,
        row.language,
        row.place_parent,
        row.place_after,
        row.level,
        row.wished,
        row.base_fingerprint,
    )


def of_json(value: Mapping[str, Any]) -> StoredChange:
    """Return the change that ``StoredChange.columns`` wrote."""
    return StoredChange(**{**value, "operation": Operation(value["operation"])})


def content_of(
    *,
    category: str,
    justification: str,
    changes: Iterable[StoredChange],
    replaces: str | None,
    carried_from: str | None,
    letter: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Return what is submitted, as JSON values: its canonical spelling is what a receipt's fingerprint hashes."""
    content: dict[str, Any] = {
        "category": str(category),
        "justification": justification,
        "changes": [change.columns() for change in changes],
        "replaces": replaces,
        "carried_from": carried_from,
    }
    return {**content, "letter": list(letter)} if letter else content


Slot: TypeAlias = tuple[str, str | None, str, bool]
"""Version, key, language, and whether it is a wish."""


def slot(change: StoredChange) -> Slot:
    """Return what a delegation has at most one draft for; a comment stands beside a wish."""
    return change.version_id, change.key, change.language, change.operation in WISHES
