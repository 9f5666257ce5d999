"""The resulting text edited in Word: kept for officers to look at, and taken into the resolutions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from app.models import db
from app.models.decisions import Resolution as ResolutionModel
from app.models.returns import EditedText
from app.negotiation.actors import Actor
from app.negotiation.errors import EditedMeanwhile, NothingChanged
from app.negotiation.permissions import require
from app.queries.consolidation import Consolidation
from app.queries.edited_texts import Edited, decode, encode, find_edited, load_edited, together
from app.queries.issuing import in_order
from app.queries.resulting import Holders, openings
from app.services._grounds import Grounds
from app.services._unit import record, use_case
from app.services.edited_files import NewEdited
from app.services.resolutions import NewResolution, guard, unwritten, write_resolution
from app.text.canonical import fingerprint
from app.text.deriving import order_of
from app.text.next_version import Resolution, next_edition
from app.text.provision import Content, Edition, States, same_text, without_empty
from app.text.resolving import resolutions_between, same_resolution
from app.text.structure import apply_changes

KEPT_FOR = timedelta(days=60)
"""How long an edited text is kept; officers may delete it at any time."""


@use_case
def keep_edited(new: NewEdited, *, actor: Actor, now: datetime) -> str:
    """Keep an edited text for chair and secretariat to look at; return its id.

    Raises:
        TransitionNotAllowed: The round is not closed, or its next version is issued.
        NotFound: It is not the actor's body's.
    """
    require(actor, "resolution.write")
    guard(new.round, new.version, new.language, actor)
    kept = EditedText(
        round_id=new.round,
        version_id=new.version,
        language=new.language,
        author_id=actor.user or "",
        name=new.name,
        content=new.content,
        understood=encode(new.understood),
        downloaded_at=new.downloaded_at,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    db.session.add(kept)
    db.session.flush()
    return kept.id


@use_case
def take_edited(edited_id: str, chosen: Collection[int], *, seen: str, actor: Actor, now: datetime) -> int:
    """Write chosen differences of an edited text into the resolutions, and return how many are taken.

    What is not chosen stays as it is. What is new gets a key of its own, all else keeps its key. A footnote
    comes with the words that refer to it.

    Args:
        chosen: Numbers of differences.
        seen: The resulting text that the officer saw, as ``state_of`` names it.

    Raises:
        EditedMeanwhile: The resulting text was decided or worded since; nothing is overwritten.
        NothingChanged: Nothing that can be taken is chosen.
        TransitionNotAllowed: The round is not closed, or its next version is issued.
    """
    require(actor, "resolution.write")
    row = find_edited(edited_id, actor=actor)
    guard(row.round_id, row.version_id, row.language, actor)
    edited = load_edited(edited_id, actor=actor, now=now)
    if edited.seen != seen:
        raise EditedMeanwhile()
    changes = together(edited.differences, chosen)
    if not changes:
        raise NothingChanged()
    every = [difference.change.change() for difference in edited.differences]
    target = apply_changes(edited.current, list(changes.values()), order_of(edited.current, every))
    about = edited.about
    wanted = _decided(edited, target) if row.language == about.language else _translated(edited, target)
    written = list(_written(edited, wanted, now))
    facts = {
        "language": row.language,
        "keys": [one.key for one in written],
        "places": len(changes),
        "file": sha256(row.content).hexdigest(),
    }
    record("resolution.take", written[0], facts=facts, file_name=row.name)
    row.taken_at = now
    read = decode(row.understood, row.language)
    row.understood = encode(replace(read, taken=read.taken | changes.keys()))
    return len(changes)


@use_case
def drop_edited(edited_id: str, *, actor: Actor, now: datetime) -> None:
    """Delete an edited text, its file included; what was taken of it stays."""
    require(actor, "resolution.write")
    db.session.delete(find_edited(edited_id, actor=actor))


def _decided(edited: Edited, target: Edition) -> dict[str, Resolution]:
    """Return key to what must be decided anew so that the next negotiating text is *target*."""
    about, base = edited.about, edited.about.base
    present = _present(edited)
    blocks = {key: [p.key for p in text.block] for key, text in present.items() if text.block}
    made = resolutions_between(base, target, blocks=blocks, minted_from=fingerprint(edited.current))
    wanted = {r.key: replace(r, rank=rank if r.place is not None else None) for rank, r in enumerate(made)}
    wanted |= {key: _undone(about, key) for key in present if key not in wanted}
    differing = {key: r for key, r in wanted.items() if _effect(about, r) != _effect(about, present.get(key))}
    if not same_text(_next(about, present | differing), target):
        # What came to one place before has to say its order too.
        stands = {key for key, r in wanted.items() if key in present and same_resolution(r, present[key])}
        differing = {key: r for key, r in wanted.items() if key not in stands}
    return differing


def _present(edited: Edited) -> dict[str, Resolution]:
    """Return key to what is decided of the negotiating text now, by a person or by decisions alone."""
    language = edited.language
    rows = {key: row.text for (key, code), row in edited.about.resolutions.items() if code == language}
    return rows | {key: text for (key, code), text in edited.following.made.items() if code == language}


def _undone(about: Consolidation, key: str) -> Resolution:
    """Return the resolution that leaves the base as it is."""
    return Resolution(key, exists=key in about.by_key)


def _effect(about: Consolidation, text: Resolution | None) -> object:
    """Return what a resolution does to the text, the order among others at its place apart."""
    if text is None:
        return None
    base = about.by_key.get(text.key)
    if base is None:
        return text.place if text.block else None, tuple((p.key, p.parent, without_empty(p.parts)) for p in text.block)
    parts = without_empty(base.parts if text.parts is None else text.parts)
    return text.exists, text.alone, parts, text.place, base.level if text.level is None else text.level


def _next(about: Consolidation, texts: Mapping[str, Resolution]) -> Edition:
    standing = [text for key, text in texts.items() if text.block or key in about.by_key]
    return next_edition(about.base, in_order(about, standing))


def _translated(edited: Edited, target: Edition) -> dict[str, Resolution]:
    """Return key to the words of a translation, by the provision, or by the insertion that brings it in."""
    language, by_key = edited.language, target.by_key()
    base = edited.about.keyed[language]
    leading = {key: row.text for (key, code), row in edited.about.resolutions.items() if code == edited.about.language}
    leading |= {key: text for (key, code), text in edited.following.made.items() if code == edited.about.language}
    brought = {p.key: key for key, text in leading.items() for p in text.block}
    found: dict[str, Resolution] = {}
    for before in edited.current:
        now = by_key[before.key]
        if without_empty(now.parts) == without_empty(before.parts):
            continue
        if before.key in base:
            found[before.key] = Resolution(before.key, parts=now.parts)
        elif before.key in brought:
            owner = brought[before.key]
            found[owner] = Resolution(owner, block=tuple(by_key[p.key] for p in leading[owner].block))
    return found


def _written(edited: Edited, wanted: Mapping[str, Resolution], now: datetime) -> Iterator[ResolutionModel]:
    """Yield the resolutions as they are written down, in the order of their keys."""
    about, language = edited.about, edited.language
    statement = select(ResolutionModel).where(
        ResolutionModel.round_id == about.round.id,
        ResolutionModel.version_id == about.version_id,
        ResolutionModel.language == language,
    )
    rows = {row.key: row for row in db.session.scalars(statement)}
    grounds = Grounds(about)
    for key, text in sorted(wanted.items()):
        row = rows.get(key) or unwritten(about.round.id, about.version_id, key, language)
        new = NewResolution(
            text.exists,
            text.parts,
            text.place,
            text.level,
            text.block,
            _holders(edited, text),
            alone=text.alone,
            rank=text.rank,
            by_word=True,
        )
        write_resolution(row, new, grounds.of(row), now=now)
        db.session.add(row)
        yield row


def _holders(edited: Edited, text: Resolution) -> dict[str, Holders]:
    """Return who holds the brackets of a text: as in the text it takes the place of, where that has as many."""
    name = text.key, edited.language
    row = edited.about.resolutions.get(name)
    known = row.holders if row is not None else edited.following.holders.get(name, {})
    every = dict(_contents(text))
    found = {}
    for part, holders in known.items():
        content = every.get(part, ())
        if not isinstance(content, States) and len(openings(content)) == len(holders):
            found[part] = holders
    return found


def _contents(text: Resolution) -> Iterator[tuple[str, Content]]:
    """Yield the contents of a resolution by part; of a block by ``key/part``."""
    yield from (text.parts or {}).items()
    for p in text.block:
        yield from ((f"{p.key}/{name}", content) for name, content in p.parts.items())
