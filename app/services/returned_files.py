"""Word files that came back, understood as changes to the version that they are copies of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.docxio.gate import display_name
from app.docxio.returned import BaseDiffers, Return, understand_return
from app.docxio.revised import Revised, WordComment
from app.docxio.upload import read_returned
from app.negotiation.actors import Actor
from app.negotiation.errors import N_, NotFound, NotReady
from app.negotiation.permissions import require
from app.negotiation.vocabulary import ReturnSource
from app.queries import access
from app.queries.changes import stored
from app.queries.people import load_people, names_by_code
from app.queries.return_items import Item, Remarks, UnclearPlace
from app.queries.rounds import RoundDocument, list_round_documents
from app.queries.texts import list_languages, load_edition
from app.services._standing import get_round
from app.services._wording import NewChange
from app.services.returns import Asked, NewReturn
from app.text.canonical import text_fingerprint
from app.text.carry_over import CarryKind, carry
from app.text.changes import Change, Operation
from app.text.provision import Edition, Kind, Provision, States
from app.text.runs import plain

LEAST_LIKENESS = 0.4
"""A file in which less than this part of the text is found again is no copy of it."""


@dataclass(frozen=True)
class _Base:
    """The version that a file was made from; *number* is None where it is the present one."""

    edition: Edition
    version: str
    number: int | None


def understand_file(
    round_id: str, data: bytes, name: str, *, version: str, language: str, sponsor: str = "", actor: Actor
) -> NewReturn:
    """Return what a Word file asks for, read in a limited process, outside of any transaction.

    It is taken as a copy of the version of its document that it is most like; what was made on an
    older one is carried over to the present one.

    Args:
        version: Id of the version of the round that it is about.
        sponsor: The ministry that sent it, if one did.

    Raises:
        FileRefused: It is no Word file that may be read; the reason is a code.
        NotReady: It is a copy of another text.
        NotFound: The round is not about that version, or it has no text in that language.
        NotPermitted: The actor drafts nothing.
    """
    require(actor, "draft.write")
    round_ = get_round(round_id, actor)
    document = next((d for d in list_round_documents(round_.id) if d.version_id == version), None)
    if document is None or language not in list_languages(version):
        raise NotFound()
    revised = read_returned(data, name, states=names_by_code(load_people(round_.body_id)))
    base = _base_of(revised, document, language, actor)
    found = _understood(base, revised)
    current = load_edition(version, language)
    return NewReturn(
        version,
        language,
        ReturnSource.MINISTRY if sponsor else ReturnSource.WORD,
        display_name(name),
        tuple(_asked(found, base, current, version)),
        unclear=tuple(_unclear(found, revised)),
        remarks=Remarks(
            _authors(revised), base.number, revised.is_tracked, tuple(d.provision for d in found.differences)
        ),
        content=data,
        sponsor=sponsor,
    )


def _base_of(revised: Revised, document: RoundDocument, language: str, actor: Actor) -> _Base:
    """Return the version that the file is most like: the present one where it is as good as any."""
    words = {_words(p) for p in revised.before.texts}
    current = _Base(load_edition(document.version_id, language), document.version_id, None)
    best, most = current, _likeness(current.edition, words)
    for version in reversed(access.list_visible_versions(document.document_id, actor=actor)):
        if most == 1 or version.id == document.version_id or language not in list_languages(version.id):
            continue
        edition = load_edition(version.id, language)
        likeness = _likeness(edition, words)
        if likeness > most:
            best, most = _Base(edition, version.id, version.number), likeness
    keys = {p.key for p in revised.before.texts}
    known = sum(p.key in keys for p in current.edition) / max(len(current.edition.provisions), 1)
    if max(most, known) < LEAST_LIKENESS:
        raise NotReady(N_("this file is not a copy of this document in this language"))
    return best


def _likeness(edition: Edition, words: set[str]) -> float:
    own = [spelled for p in edition if (spelled := _words(p))]
    return sum(spelled in words for spelled in own) / max(len(own), 1)


def _words(provision: Provision) -> str:
    contents = (c for c in provision.parts.values() if not isinstance(c, States))
    return " ".join(" ".join(map(plain, contents)).split())


def _understood(base: _Base, revised: Revised) -> Return:
    try:
        return understand_return(base.edition, revised, minted_from=base.version)
    except BaseDiffers:
        try:
            return understand_return(base.edition, revised, align=True, minted_from=base.version)
        except BaseDiffers as error:
            raise NotReady(N_("this file is not a copy of this document in this language")) from error


def _asked(found: Return, base: _Base, current: Edition, version: str) -> Iterator[Asked | Item]:
    """Yield what the file asks for: each change with the comments on it, then the comments that stand alone."""
    for change in _proposable(found.changes, base.edition):
        why = _said(found.comments.get(change.key, ()))
        if base.number is None:
            yield Asked((_new(change, version, current.language),), why)
            continue
        carried = carry(change, base.edition, current)
        if carried.change is not None:
            yield Asked((_new(carried.change, version, current.language),), why, carry=carried.kind)
        else:
            yield _stale(change, base, why, carried.kind)
    changed = {change.key for change in _proposable(found.changes, base.edition)}
    present = current.by_key()
    for key, comments in found.comments.items():
        if key not in changed:
            at = key if key in present else ""
            said = NewChange(Operation.COMMENT, version, current.language, at, comment=_said(comments))
            yield Asked((said,))


def _proposable(changes: Sequence[Change], base: Edition) -> Iterator[Change]:
    """Yield changes without what a table's heading gains by printing: the heading of its column of numbers.

    What strikes a provision and leaves what stands under it is left out too: no decision can be taken on that yet.
    """
    by_key = base.by_key()
    for change in changes:
        if change.alone:
            continue
        table = by_key.get(change.key)
        if table is None or table.kind is not Kind.TABLE or change.parts is None:
            yield change
            continue
        parts = {name: content for name, content in change.parts.items() if name in (*table.parts, *table.columns)}
        if parts != dict(table.parts) or change.operation is not Operation.AMEND:
            yield replace(change, parts=parts)


def _new(change: Change, version: str, language: str) -> NewChange:
    key = "" if change.operation is Operation.INSERT else change.key
    return NewChange(
        change.operation,
        version,
        language,
        key,
        change.parts,
        change.place,
        change.level,
        change.block,
    )


def _stale(change: Change, base: _Base, why: str, kind: CarryKind) -> Item:
    provision = base.edition.by_key().get(change.key)
    fingerprint = text_fingerprint(provision) if provision else None
    old = stored(change, version_id=base.version, language=base.edition.language, comment="", fingerprint=fingerprint)
    return Item((old,), why, carry=kind, kept=False)


def _said(comments: Iterable[WordComment]) -> str:
    return "\n".join(comment.text.strip() for comment in comments if comment.text.strip())


def _unclear(found: Return, revised: Revised) -> Iterator[UnclearPlace]:
    for place in found.not_understood:
        yield UnclearPlace(place.where, str(place.what), place.excerpt)
    for difference in found.differences:
        yield UnclearPlace(difference.provision, "base", difference.found or difference.expected)
    for struck in found.changes:
        if struck.alone:
            yield UnclearPlace(struck.key, "alone", "")
    seen = set[str]()
    for change in revised.changes:
        if change.is_of_look and change.provision not in seen:
            seen.add(change.provision)
            yield UnclearPlace("", "format", plain(change.added or change.removed))


def _authors(revised: Revised) -> tuple[str, ...]:
    named: Sequence[str] = [*(c.author for c in revised.changes), *(c.author for c in revised.comments)]
    return tuple(name for name in dict.fromkeys(named) if name.strip())
