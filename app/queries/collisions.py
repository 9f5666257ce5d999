"""Collisions: which of the proposals on the reading desk cannot all be had."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from app.negotiation.vocabulary import ProposalState
from app.queries.people import People
from app.queries.proposals import ProposalRow
from app.text.changes import ContradictoryWishes, NotInBase, Operation, Wish
from app.text.composing import compose
from app.text.conflicts import conflicts
from app.text.pages import part_of
from app.text.provision import Edition


def collisions(
    edition: Edition, proposals: Iterable[ProposalRow], people: People, version_id: str
) -> Mapping[str, tuple[str, ...]]:
    """Return change id to the codes of those whose wishes among *proposals* collide with it.

    Only what the proposals name is composed, however long the text is.
    """
    wishes: list[tuple[Wish, str]] = []
    for proposal in proposals:
        if proposal.state == ProposalState.SUBMITTED:
            for row in proposal.changes:
                stored = row.stored
                if stored.version_id == version_id and stored.language == edition.language and stored.key:
                    wishes += [(Wish(code, stored.change()), row.id) for code in row.sponsors]
    if len({wish.sponsor for wish, _ in wishes}) < 2:
        return {}
    try:
        named = part_of(edition, *_named(wish for wish, _ in wishes))
        found = conflicts(compose(named, [wish for wish, _ in wishes], people.order))
    except (ContradictoryWishes, NotInBase):
        return {}
    at: dict[str, set[str]] = defaultdict(set)
    for conflict in found:
        at[conflict.key].update(code for reading in conflict.readings for code in reading.sponsors)
    result: dict[str, set[str]] = defaultdict(set)
    for wish, change_id in wishes:
        place = wish.change.place
        keys = {wish.change.key}
        if place is not None:
            keys.add(place.after or place.parent or "")
        for key in keys:
            if wish.sponsor in at.get(key, ()):
                result[change_id] |= at[key]
    own = defaultdict(set)
    for wish, change_id in wishes:
        own[change_id].add(wish.sponsor)
    return {key: people.in_order(codes - own[key], edition.language) for key, codes in result.items()}


def _named(wishes: Iterable[Wish]) -> tuple[set[str], set[str]]:
    """Return the keys that wishes name, and those of what moves."""
    keys, moving = set[str](), set[str]()
    for wish in wishes:
        place = wish.change.place
        keys.update(key for key in (wish.change.key, place and place.after, place and place.parent) if key)
        if wish.change.operation is Operation.MOVE:
            moving.add(wish.change.key)
    return keys, moving
