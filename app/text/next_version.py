"""The next version: a pure function of the base and what was decided, with the origin of every phrase."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.text.changes import Change, Operation, Wish
from app.text.composing import compose
from app.text.composition import ComposedProvision, ComposedStates, ComposedText
from app.text.conflicts import Conflict, clusters, conflicts, edits_of
from app.text.differences import edits
from app.text.provision import Content, Edition, Parts, Place, Provision, States, without_empty
from app.text.runs import Text, plain
from app.text.structure import Application, Outline, asked, lost
from app.text.tokens import Token, tokens, untokenize


@dataclass(frozen=True, slots=True)
class Span:
    """Code points *start* to *end* of a text and where they come from; spans of a text tile it."""

    start: int
    end: int
    origin: str


@dataclass(frozen=True)
class Resolution:
    """What was decided of one provision; what is None stays as the base has it.

    Attributes:
        key: The provision; of an accepted block, its first.
        exists: False: the provision goes, with all under it that is not moved away.
        alone: Where it goes: what stands under it stays, under what it stood under.
        rank: Its order among all that comes to one place, where somebody said it.
        parts: The next parts, every one of them.
        place: Where it goes; where an accepted block goes.
        block: The provisions of an accepted insertion, in reading order.
        provenance: Part to the spans of its text.
    """

    key: str
    exists: bool = True
    parts: Parts | None = None
    place: Place | None = None
    level: int | None = None
    block: tuple[Provision, ...] = ()
    provenance: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    alone: bool = False
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Accepted changes that conflict: the text needs a person's wording."""

    conflicts: tuple[Conflict, ...]


def next_edition(base: Edition, resolutions: Sequence[Resolution]) -> Edition:
    """Return the base with what was decided; the undecided keeps its base text, labels stay.

    What was decided inside a provision that goes is void, unless it moves out of it.
    Blocks at one place stand in the order of *resolutions*.

    Raises:
        ContradictoryWishes: One provision is resolved twice, or moves would go in a circle.
        NotInBase: A resolution names what the base does not have.
    """
    outline = Outline(base)
    deleted = {r.key for r in resolutions if not r.exists and not r.alone}
    gone = lost(outline, deleted, {r.key: r.place for r in resolutions if r.place is not None and not r.block})
    staying = [r for r in resolutions if not _is_void(r, outline, gone)]
    order = {(r.place, r.key): rank for rank, r in enumerate(staying) if r.place is not None}
    wishes = asked(outline, [_as_change(r) for r in staying], allow_rescue=True)
    return replace(base, provisions=Application(outline, wishes, order).provisions())


def _is_void(resolution: Resolution, outline: Outline, gone: Collection[str]) -> bool:
    if resolution.place is not None:
        return resolution.place.parent in gone
    if not resolution.exists:
        return outline.provisions[outline.position(resolution.key)].parent in gone
    return resolution.key in gone


def _as_change(resolution: Resolution) -> Change:
    if not resolution.exists:
        return Change(Operation.DELETE, resolution.key, alone=resolution.alone)
    if resolution.block:
        return Change(Operation.INSERT, resolution.key, place=resolution.place, block=resolution.block)
    if resolution.place is not None:
        return Change(Operation.MOVE, resolution.key, resolution.parts, resolution.place, resolution.level)
    if resolution.parts is None and resolution.level is None:
        return Change(Operation.NO_CHANGE, resolution.key)
    return Change(Operation.AMEND, resolution.key, resolution.parts, level=resolution.level)


def resulting(base: Provision, accepted: Sequence[Change]) -> Parts | Clash:
    """Return the parts of a provision with the accepted changes of it applied mechanically, or why that cannot be.

    Whether and where it stands is decided elsewhere: of a MOVE only the wording counts,
    and a DELETE only clashes with what amends.
    """
    codes = [f"{number:06}" for number in range(len(accepted))]
    asking = dict(zip(codes, accepted, strict=True))
    wishes = [Wish(code, wish) for code, change in asking.items() if (wish := _alone(base, change)) is not None]
    composition = compose(Edition("", (replace(base, parent=None),)), wishes, codes)
    found = conflicts(composition)
    if found:
        return Clash(found)
    amending = [wish.sponsor for wish in wishes if wish.change.operation is Operation.AMEND]
    (item,) = (item for item in composition.items if isinstance(item, ComposedProvision))
    return without_empty({name: _with(part, amending) for name, part in item.parts})


def _alone(base: Provision, change: Change) -> Change | None:
    """Return a change as it concerns the words of its provision alone; None where it does not."""
    if change.operation in (Operation.AMEND, Operation.MOVE):
        return Change(Operation.AMEND, base.key, base.parts if change.parts is None else change.parts)
    return change if change.operation is Operation.DELETE else None


def _with(part: ComposedText | ComposedStates, accepted: Collection[str]) -> Content:
    if isinstance(part, ComposedText):
        return _accepted(part, accepted)
    stays = (code for code, leavers in part.members if not any(s in accepted for s in leavers))
    joins = (code for code, joiners in part.joining if any(s in accepted for s in joiners))
    return States(frozenset((*stays, *joins)))


def accepted_text(part: ComposedText, accepted: Collection[str], order: Sequence[str]) -> Text | None:
    """Return a composed part with the edits of the accepted sponsors applied; None where these collide."""
    made = [edit for edit, who in edits_of(part, order).items() if any(sponsor in accepted for sponsor in who)]
    return None if any(clusters(made)) else _accepted(part, accepted)


def _accepted(part: ComposedText, accepted: Collection[str]) -> Text:
    pieces: list[Token] = []
    for i, gap in enumerate(part.gaps):
        for insertion in gap:
            pieces += insertion.tokens if any(sponsor in accepted for sponsor in insertion.sponsors) else ()
        if i < len(part.tokens) and not any(sponsor in accepted for sponsor in part.deleters[i]):
            pieces.append(part.tokens[i])
    return untokenize(pieces)


def whole(content: Text, origin: str) -> tuple[Span, ...]:
    """Return the spans of a text that comes from one origin altogether."""
    length = len(plain(content))
    return (Span(0, length, origin),) if length else ()


def provenance(
    old: Text,
    spans: Iterable[Span],
    accepted: Sequence[tuple[str, Text]],
    new: Text,
    otherwise: str,
) -> tuple[Span, ...]:
    """Return where each phrase of a new text comes from; the spans tile it.

    Args:
        spans: The spans of the old text, tiling it.
        accepted: Origin and wording of every accepted reading of the old text.
        otherwise: The origin of words that stand in none of them.
    """
    stream = _stream(old, tuple(spans), accepted)
    found: list[tuple[str, str]] = []
    done = 0
    for start, end, piece in edits([token for token, _ in stream], tokens(new)):
        found += [(token.text, origin) for token, origin in stream[done:start]]
        found += [(token.text, otherwise) for token in piece]
        done = end
    found += [(token.text, origin) for token, origin in stream[done:]]
    return _tiled(found)


def _stream(old: Text, spans: tuple[Span, ...], accepted: Sequence[tuple[str, Text]]) -> list[tuple[Token, str]]:
    """Return every token of the old text and of the accepted readings, in reading order, with its origin."""
    pieces = tokens(old)
    inserted: dict[int, dict[tuple[Token, ...], str]] = {}
    for origin, wording in accepted:
        for start, _, piece in edits(pieces, tokens(wording)):
            if piece:
                inserted.setdefault(start, {}).setdefault(piece, origin)
    found: list[tuple[Token, str]] = []
    offset = 0
    for i in range(len(pieces) + 1):
        found += [(token, origin) for piece, origin in inserted.get(i, {}).items() for token in piece]
        if i < len(pieces):
            found.append((pieces[i], next(span.origin for span in spans if span.start <= offset < span.end)))
            offset += len(pieces[i].text)
    return found


def _tiled(pieces: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    offset = 0
    for characters, origin in pieces:
        end = offset + len(characters)
        if spans and spans[-1].origin == origin:
            spans[-1] = replace(spans[-1], end=end)
        else:
            spans.append(Span(offset, end, origin))
        offset = end
    return tuple(spans)


def concordance(old: Edition, new: Edition) -> tuple[tuple[str, str | None, str | None], ...]:
    """Return key, old label and new label of every provision that has one, in the order of the new text.

    None: it is not in that edition. What is gone stands after what it used to follow.
    """
    before, after = old.by_key(), new.by_key()
    follows: dict[str | None, list[str]] = {}
    last: str | None = None
    for provision in old:
        if provision.key in after:
            last = provision.key
        else:
            follows.setdefault(last, []).append(provision.key)
    keys = list(follows.get(None, ()))
    for provision in new:
        keys += [provision.key, *follows.get(provision.key, ())]
    rows = ((k, before[k].label if k in before else None, after[k].label if k in after else None) for k in keys)
    return tuple((key, was, now) for key, was, now in rows if was or now)
