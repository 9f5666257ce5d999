"""Amendments of one provision that were kept one by one, made one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.queries.changes import StoredChange, slot
from app.queries.return_items import Item
from app.services._wording import Bases, asked_of, worded
from app.text.changes import Operation
from app.text.next_version import Clash, resulting


def joined(items: Sequence[Item], bases: Bases) -> tuple[Item, ...]:
    """Return items in which no provision is amended twice, where its amendments go together.

    The joined amendment stands in the first of the items; one that is left with nothing goes, its reason goes along.
    Amendments that collide stay as they are: whoever checks them refuses them.
    """
    meeting: dict[object, list[StoredChange]] = defaultdict(list)
    for item in items:
        for change in item.changes:
            if change.operation is Operation.AMEND:
                meeting[slot(change)].append(change)
    together = {at: one for at, found in meeting.items() if len(found) > 1 and (one := _one(found, bases)) is not None}
    made: list[Item] = []
    first: dict[object, int] = {}
    for item in items:
        kept = tuple(together.get(slot(c), c) for c in item.changes if slot(c) not in first or slot(c) not in together)
        home = next((first[slot(c)] for c in item.changes if slot(c) in first and slot(c) in together), None)
        if kept or home is None:
            first |= {slot(change): len(made) for change in kept if slot(change) not in first}
            made.append(replace(item, changes=kept))
        elif item.justification not in made[home].justification.split("\n"):
            reason = "\n".join(filter(None, (made[home].justification, item.justification)))
            made[home] = replace(made[home], justification=reason)
    return tuple(made)


def _one(changes: Sequence[StoredChange], bases: Bases) -> StoredChange | None:
    """Return the amendment that holds these amendments of one provision; None where they collide."""
    first = changes[0]
    base = bases.by_key(first.version_id, first.language).get(first.key or "")
    if base is None or any(change.level is not None for change in changes):
        return None
    parts = resulting(base, [change.change() for change in changes])
    return None if isinstance(parts, Clash) else worded(replace(asked_of(first), parts=parts), bases)
