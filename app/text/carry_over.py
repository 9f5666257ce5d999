"""Carry-over: what becomes of a change when the text it was made on has moved on."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.text.changes import Change, Operation
from app.text.conflicts import collision
from app.text.differences import edits
from app.text.provision import Content, Edition, Parts, Place, Provision, States, same_text, without_empty
from app.text.runs import Text
from app.text.structure import Outline
from app.text.tokens import Token, tokens, untokenize


class CarryKind(StrEnum):
    """What a carried change is on the new text."""

    STILL_APPLIES = "still_applies"
    TEXT_SHIFTED = "text_shifted"
    """It applies; the text around it, or its place, is not what it was."""
    OVERTAKEN = "overtaken"
    """What it asks for is so already."""
    MUST_BE_RESTATED = "must_be_restated"


@dataclass(frozen=True, slots=True)
class Carried:
    """A carried change: the same wish in terms of the new text; None where there is none to make."""

    kind: CarryKind
    change: Change | None


_OVERTAKEN = Carried(CarryKind.OVERTAKEN, None)
_RESTATE = Carried(CarryKind.MUST_BE_RESTATED, None)


def carry(change: Change, old_base: Edition, new_base: Edition) -> Carried:
    """Return a change made on *old_base* as it stands on *new_base*.

    Where the edits of the change and those between the two texts do not conflict, both hold.

    Raises:
        NotInBase: The change names what the old base does not have.
    """
    old, new = Outline(old_base), Outline(new_base)
    if change.operation is Operation.INSERT:
        return _OVERTAKEN if change.key in new.positions else _placed(change, old, new)
    if change.operation in (Operation.NO_CHANGE, Operation.COMMENT) and change.key not in old.positions:
        return Carried(CarryKind.STILL_APPLIES, change)
    before = old.provisions[old.position(change.key)]
    if change.key not in new.positions:
        return _RESTATE if change.operation in (Operation.AMEND, Operation.MOVE) else _OVERTAKEN
    after = new.provisions[new.positions[change.key]]
    if change.operation is Operation.AMEND:
        return _reworded(change, before, after)
    if change.operation is Operation.MOVE:
        return _moved(change, before, after, old, new)
    same = same_text(_span(old, change.key), _span(new, change.key))
    return Carried(CarryKind.STILL_APPLIES if same else CarryKind.TEXT_SHIFTED, change)


def _span(outline: Outline, key: str) -> tuple[Provision, ...]:
    span = outline.span(key)
    return outline.provisions[span.start : span.stop]


def _reworded(change: Change, before: Provision, after: Provision) -> Carried:
    """Return an AMEND, or the wording and level of a MOVE, carried from one text of a provision to the other."""
    wished = before.parts if change.parts is None else change.parts
    parts = _merged(before.parts, wished, after.parts)
    level = before.level if change.level is None else change.level
    if parts is None or (level != before.level and after.level not in (before.level, level)):
        return _RESTATE
    if before.same_text(after):
        return Carried(CarryKind.STILL_APPLIES, change)
    if parts == without_empty(after.parts) and level in (before.level, after.level):
        return _OVERTAKEN
    carried = replace(change, parts=parts, level=None if level == before.level else level)
    return Carried(CarryKind.TEXT_SHIFTED, carried)


def _merged(before: Parts, wished: Parts, after: Parts) -> dict[str, Content] | None:
    """Return the parts with what the change asks and what has happened since; None where these conflict."""
    old, mine, theirs = without_empty(before), without_empty(wished), without_empty(after)
    found: dict[str, Content] = {}
    for name in {**theirs, **mine, **old}:
        one = _merged_content(old.get(name, ()), mine.get(name, ()), theirs.get(name, ()))
        if one is None:
            return None
        found[name] = one
    return without_empty(found)


def _merged_content(old: Content, mine: Content, theirs: Content) -> Content | None:
    if any(isinstance(content, States) for content in (old, mine, theirs)):
        was, asked, now = _members(old), _members(mine), _members(theirs)
        return States((now - (was - asked)) | (asked - was))
    assert not isinstance(old, States)
    assert not isinstance(mine, States)
    assert not isinstance(theirs, States)
    return _merged_text(old, mine, theirs)


def _members(content: Content) -> frozenset[str]:
    return content.members if isinstance(content, States) else frozenset()


def _merged_text(old: Text, mine: Text, theirs: Text) -> Text | None:
    pieces = tokens(old)
    wanted, happened = edits(pieces, tokens(mine)), edits(pieces, tokens(theirs))
    if any(one != other and collision(one, other) for one in wanted for other in happened):
        return None
    inserted: dict[int, tuple[Token, ...]] = {}
    deleted: set[int] = set()
    for edit in (*wanted, *happened):
        inserted[edit.start] = edit.tokens or inserted.get(edit.start, ())
        deleted.update(range(edit.start, edit.end))
    found: list[Token] = []
    for i in range(len(pieces) + 1):
        found += inserted.get(i, ())
        found += pieces[i : i + 1] if i not in deleted else ()
    return untokenize(found)


def _placed(change: Change, old: Outline, new: Outline) -> Carried:
    """Return an INSERT or MOVE with its place found again: after the same sibling, or the nearest that is left."""
    place = change.place
    assert place is not None
    old.gap(place)
    if place.parent is not None and place.parent not in new.positions:
        return _RESTATE
    siblings = old.children.get(place.parent, [])
    before = siblings[: siblings.index(place.after) + 1] if place.after is not None else []
    left = [key for key in before if key != change.key and key in new.children.get(place.parent, ())]
    found = Place(place.parent, left[-1] if left else None)
    if found == place:
        return Carried(CarryKind.STILL_APPLIES, change)
    return Carried(CarryKind.TEXT_SHIFTED, replace(change, place=found))


def _moved(change: Change, before: Provision, after: Provision, old: Outline, new: Outline) -> Carried:
    placed, worded = _placed(change, old, new), _reworded(change, before, after)
    if placed.change is None or worded.kind is CarryKind.MUST_BE_RESTATED:
        return _RESTATE
    asks_words = worded.change is not None and (change.parts is not None or change.level is not None)
    # A provision that stands where it was asked for follows the sibling it was to follow.
    arrived = placed.change.place == new.place(change.key) != old.place(change.key)
    if arrived and not asks_words:
        return _OVERTAKEN
    kinds = {placed.kind, worded.kind}
    if kinds == {CarryKind.STILL_APPLIES}:
        return Carried(CarryKind.STILL_APPLIES, change)
    kept = change if worded.change is None or change.parts is None else worded.change
    parts = None if worded.change is None else kept.parts
    return Carried(CarryKind.TEXT_SHIFTED, replace(change, place=placed.change.place, parts=parts))
