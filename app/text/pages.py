"""Pages of a long text on the screen, and parts of a text that can be worked on alone."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from app.text.provision import Edition, Kind

PAGE = 120
"""Provisions on a page, at most; a quarter more on the last one."""


def pages(edition: Edition, limit: int = PAGE) -> tuple[range, ...]:
    """Return the pages of a text as ranges of its provisions: at least one, none empty if the text is not.

    A page is between half of *limit* and *limit* long and ends before the provision that stands highest in
    the outline there (the last of several); it never ends before a footnote. The last one may be a little longer.
    """
    return tuple(_cut(edition, limit)) or (range(0),)


def _cut(edition: Edition, limit: int) -> Iterator[range]:
    depths = _depths(edition)
    size, start = len(edition.provisions), 0
    while size - start > limit + limit // 4:
        wanted = (i for i in range(start + limit, start + limit // 2, -1) if depths[i] is not None)
        end = min(wanted, key=lambda i: depths[i] or 0, default=start + limit)
        yield range(start, end)
        start = end
    if start < size:
        yield range(start, size)


def _depths(edition: Edition) -> list[int | None]:
    """Return how deep each provision stands; None before which no page ends."""
    known: dict[str | None, int] = {None: -1}
    found: list[int | None] = []
    for p in edition:
        known[p.key] = known.get(p.parent, -1) + 1
        found.append(None if p.kind is Kind.FOOTNOTE else known[p.key])
    return found


def part_of(edition: Edition, keys: Collection[str], moving: Collection[str] = ()) -> Edition:
    """Return the provisions named and all they stand under, as a text of its own.

    Wishes that name only *keys* compose on it as they do on the whole text, and collide there in the same ways.

    Args:
        moving: Keys of which everything below is kept too: it moves along.
    """
    wanted: set[str] = set()
    by_key = edition.by_key()
    for key in keys:
        at = by_key.get(key)
        while at is not None and at.key not in wanted:
            wanted.add(at.key)
            at = by_key.get(at.parent or "")
    carried = set(moving)
    for p in edition:
        if p.parent in carried:
            carried.add(p.key)
    return replace(edition, provisions=tuple(p for p in edition if p.key in wanted or p.key in carried))
