"""Word files that came back, understood as changes to the version that they are copies of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.docxio.bookmarks import version_of
from app.docxio.gate import display_name
from app.docxio.returned import BaseDifference, BaseDiffers, Return, understand_return
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
from app.services._wording import NewChange, asking
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


def understand_file(round_id: str, data: bytes, name: str, *, version: str, language: str, actor: Actor) -> NewReturn:
    """Return what a Word file asks for, read in a limited process, outside of any transaction.

    It is taken as a copy of the version that it names, if it names one of its document, else of the one that it
    is most like; what was made on an older one is carried over to the present one.

    Args:
        version: Id of the version of the round that it is about.

    Raises:
        FileRefused: It is no Word file that may be read; the reason is a code.
        NotReady: It is a copy of another text.
        NotFound: The round is not about that version, or it has no text in that language.
        NotPermitted: The actor drafts nothing.
    """
    require(actor, "draft.write")
    document, revised = read_file(round_id, data, name, version=version, language=language, actor=actor)
    return understood_as_copy(document, revised, data, name, language=language, actor=actor)


def read_file(
    round_id: str, data: bytes, name: str, *, version: str, language: str, actor: Actor
) -> tuple[RoundDocument, Revised]:
    """Return the document of a round that a file is about, and what the file says; raises as ``understand_file``."""
    round_ = get_round(round_id, actor)
    document = next((d for d in list_round_documents(round_.id) if d.version_id == version), None)
    if document is None or language not in list_languages(version):
        raise NotFound()
    return document, read_returned(data, name, states=names_by_code(load_people(round_.body_id)))


def understood_as_copy(
    document: RoundDocument, revised: Revised, data: bytes, name: str, *, language: str, actor: Actor
) -> NewReturn:
    """Return what a file asks for that is a copy of a version of a document; raises as ``understand_file``."""
    version = document.version_id
    base = _base_of(revised, document, language, actor)
    _refuse_another_language(base, revised)
    found = _understood(base, revised)
    current = load_edition(version, language)
    return NewReturn(
        version,
        language,
        ReturnSource.WORD,
        display_name(name),
        tuple(_asked(found, base, current, version)),
        unclear=tuple(unclear_places(found, revised)),
        remarks=Remarks(
            _authors(revised), base.number, revised.is_tracked, tuple(d.provision for d in found.differences)
        ),
        content=data,
    )


def _base_of(revised: Revised, document: RoundDocument, language: str, actor: Actor) -> _Base:
    """Return the version that the file names, else the one it is most like: the present one where it is as good.

    Raises:
        NotReady: It is like none of them.
    """
    words = {words_of(p) for p in revised.before.texts}
    current = _Base(load_edition(document.version_id, language), document.version_id, None)
    copy_of = version_of(revised.marker)
    if copy_of == current.version and _is_copy(current.edition, revised, words):
        return current
    best, most = current, likeness(current.edition, words)
    for version in reversed(access.list_visible_versions(document.document_id, actor=actor)):
        if version.id == document.version_id or language not in list_languages(version.id):
            continue
        if most == 1 and version.id != copy_of:
            continue
        edition = load_edition(version.id, language)
        alike = likeness(edition, words)
        if version.id == copy_of and _is_copy(edition, revised, words):
            return _Base(edition, version.id, version.number)
        if alike > most:
            best, most = _Base(edition, version.id, version.number), alike
    if not _is_copy(best.edition, revised, words):
        raise NotReady(N_("this file is not a copy of this document in this language"))
    return best


def _is_copy(edition: Edition, revised: Revised, words: set[str]) -> bool:
    """Whether enough of a text is found again in a file, by its words or by the keys it carries."""
    keys = {p.key for p in revised.before.texts}
    known = sum(p.key in keys for p in edition) / max(len(edition.provisions), 1)
    return max(known, likeness(edition, words)) >= LEAST_LIKENESS


def _refuse_another_language(base: _Base, revised: Revised) -> None:
    """Refuse a file that says the text in another of its languages.

    Keys do not tell: a text has the same ones in each of its languages, and every provision would seem rewritten.

    Raises:
        NotReady: The words of the text in another language are found again in it, those of this one are not.
    """
    words = {words_of(p) for p in revised.before.texts}
    if likeness(base.edition, words) >= LEAST_LIKENESS:
        return
    others = (name for name in list_languages(base.version) if name != base.edition.language)
    if any(likeness(load_edition(base.version, name), words) >= LEAST_LIKENESS for name in others):
        raise NotReady(N_("this file is not a copy of this document in this language"))


def likeness(edition: Edition, words: set[str]) -> float:
    """Return how much of a text stands among *words*, those of provisions: from 0 to 1."""
    own = [spelled for p in edition if (spelled := words_of(p))]
    return sum(spelled in words for spelled in own) / max(len(own), 1)


def words_of(provision: Provision) -> str:
    """Return the words of a provision on one line, by which it is found again; the order of cells is out."""
    contents = sorted(plain(c) for c in provision.parts.values() if not isinstance(c, States))
    return " ".join(" ".join(contents).split())


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
    for change in proposable(found.changes, base.edition):
        why = _said(found.comments.get(change.key, ()))
        if base.number is None:
            yield Asked((asking(change, version, current.language),), why)
            continue
        carried = carry(change, base.edition, current)
        if carried.change is not None:
            yield Asked((asking(carried.change, version, current.language),), why, carry=carried.kind)
        else:
            yield _stale(change, base, why, carried.kind)
    changed = {change.key for change in proposable(found.changes, base.edition)}
    present = current.by_key()
    for key, comments in found.comments.items():
        if key not in changed:
            at = key if key in present else ""
            said = NewChange(Operation.COMMENT, version, current.language, at, comment=_said(comments))
            yield Asked((said,))


def proposable(changes: Sequence[Change], base: Edition) -> Iterator[Change]:
    """Yield changes without what a table's heading gains by printing: the heading of its column of numbers."""
    by_key = base.by_key()
    for change in changes:
        table = by_key.get(change.key)
        if table is None or table.kind is not Kind.TABLE or change.parts is None:
            yield change
            continue
        parts = {name: content for name, content in change.parts.items() if name in (*table.parts, *table.columns)}
        if parts != dict(table.parts) or change.operation is not Operation.AMEND:
            yield replace(change, parts=parts)


def _stale(change: Change, base: _Base, why: str, kind: CarryKind) -> Item:
    provision = base.edition.by_key().get(change.key)
    fingerprint = text_fingerprint(provision) if provision else None
    old = stored(change, version_id=base.version, language=base.edition.language, comment="", fingerprint=fingerprint)
    return Item((old,), why, carry=kind, kept=False)


def _said(comments: Iterable[WordComment]) -> str:
    return "\n".join(comment.text.strip() for comment in comments if comment.text.strip())


def _base_differs(difference: BaseDifference) -> str:
    if not difference.expected:
        return "base_added"
    return "base" if difference.found else "base_gone"


def unclear_places(found: Return, revised: Revised) -> Iterator[UnclearPlace]:
    """Yield what was not understood of a file."""
    for place in found.not_understood:
        yield UnclearPlace(place.where, str(place.what), place.excerpt)
    for difference in found.differences:
        yield UnclearPlace(difference.provision, _base_differs(difference), difference.found or difference.expected)
    seen = set[str]()
    for change in revised.changes:
        if change.is_of_look and change.provision not in seen:
            seen.add(change.provision)
            yield UnclearPlace("", "format", plain(change.added or change.removed))


def _authors(revised: Revised) -> tuple[str, ...]:
    named: Sequence[str] = [*(c.author for c in revised.changes), *(c.author for c in revised.comments)]
    return tuple(name for name in dict.fromkeys(named) if name.strip())
