"""The fields in which the wording of something that came back is completed, and how they are read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.queries.changes import StoredChange
from app.queries.people import People
from app.queries.return_items import Item
from app.services._wording import NewChange, asked_of
from app.text.changes import Operation
from app.text.provision import STATES, TEXT, Content, Edition, Kind, Parts, Provision, States
from app.web.proposing_forms import Subject, part_order
from app.web.texts import note_labels
from app.web.typed import as_typed, from_typed


class NumberedItem(Protocol):
    """An item on a page, with its position there."""

    @property
    def number(self) -> int:
        """From 0."""

    @property
    def item(self) -> Item:
        """What is asked for."""


class Worded(Protocol):
    """A page on which something is worded: the version it is about, its text, and who is named in it."""

    @property
    def version(self) -> str:
        """Id of the version."""

    @property
    def edition(self) -> Edition:
        """The text."""

    @property
    def people(self) -> People:
        """Whom the text may name."""


@dataclass(frozen=True, slots=True)
class WordingField:
    """One field of an opened item.

    Attributes:
        value: As typed; of a set of states, "".
        choices: Of a set of states: code, name, whether it is in.
    """

    name: str
    label: str
    value: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a field's words stand: in which provision of which change, and in which part."""

    name: str
    change: int
    provision: int
    part: str
    subject: Subject
    content: Content


def fields(item: NumberedItem, preview: Worded) -> tuple[WordingField, ...]:
    """Return the fields of an item: a field for each part that its changes word."""
    return tuple(_field(place, preview) for place in _places(item, preview))


def comment_fields(item: NumberedItem) -> tuple[WordingField, ...]:
    """Return the fields of an item's comments."""
    return tuple(
        WordingField(f"comment-{item.number}-{n}", _("Comment"), change.comment)
        for n, change in enumerate(item.item.changes)
        if change.operation is Operation.COMMENT
    )


def refilled(found: Iterable[WordingField], form: MultiDict[str, str]) -> tuple[WordingField, ...]:
    """Return fields with what was typed into them, where they were sent."""
    filled = []
    for field in found:
        if field.choices and f"{field.name}-shown" in form:
            ticked = set(form.getlist(field.name))
            field = replace(field, choices=tuple((code, name, code in ticked) for code, name, _in in field.choices))
        elif field.name in form:
            field = replace(field, value=form[field.name])
        filled.append(field)
    return tuple(filled)


def typed(item: NumberedItem, preview: Worded, form: MultiDict[str, str]) -> tuple[NewChange, ...] | None:
    """Return an item's changes as typed; None where its fields were not sent or say what they said."""
    present = [place for place in _places(item, preview) if _was_sent(place, form)]
    comments = [field for field in comment_fields(item) if field.name in form]
    wordings = {(p.change, p.provision, p.part): _read(p, form) for p in present}
    same = all(wordings[p.change, p.provision, p.part] == p.content for p in present)
    if same and all(form[field.name].strip() == field.value for field in comments) and not item.item.is_stale:
        return None
    if not present and not comments:
        return None
    said = {int(field.name.rsplit("-", 1)[1]): form[field.name] for field in comments}
    return tuple(_reworded(n, change, wordings, said.get(n), preview) for n, change in enumerate(item.item.changes))


def _reworded(
    n: int, change: StoredChange, wordings: dict[tuple[int, int, str], Content], said: str | None, preview: Worded
) -> NewChange:
    new = replace(asked_of(change), version=preview.version)
    if said is not None:
        new = replace(new, comment=said)

    def worded(number: int, parts: Parts) -> Parts:
        return {**parts, **{part: c for (at, p, part), c in wordings.items() if (at, p) == (n, number)}}

    if new.block:
        return replace(new, block=tuple(replace(p, parts=worded(i, p.parts)) for i, p in enumerate(new.block)))
    if new.parts is not None:
        return replace(new, parts=worded(0, new.parts))
    return new


def _places(item: NumberedItem, preview: Worded) -> Iterator[_Place]:
    by_key = preview.edition.by_key()
    for n, change in enumerate(item.item.changes):
        asked = change.change()
        if asked.operation in (Operation.AMEND, Operation.MOVE) and asked.parts is not None:
            provision = by_key.get(asked.key)
            if provision is not None:
                yield from _of(item, n, 0, provision, asked.parts, by_key, preview)
        for i, provision in enumerate(asked.block):
            yield from _of(item, n, i, provision, provision.parts, by_key, preview)


def _of(
    item: NumberedItem,
    change: int,
    number: int,
    provision: Provision,
    parts: Parts,
    by_key: dict[str, Provision],
    preview: Worded,
) -> Iterator[_Place]:
    table = by_key.get(provision.parent or "") if provision.kind is Kind.ROW else None
    subject = Subject(preview.edition, preview.people, preview.version, provision, table)
    for n, part in enumerate(_parts(subject, parts)):
        yield _Place(f"words-{item.number}-{change}-{number}-{n}", change, number, part, subject, parts.get(part, ()))


def _parts(subject: Subject, parts: Parts) -> tuple[str, ...]:
    assert subject.provision is not None
    if subject.provision.kind in (Kind.ROW, Kind.TABLE) and TEXT not in parts:
        return part_order(replace_parts(subject, parts))
    return (STATES, TEXT) if parts.get(STATES) else (TEXT,)


def replace_parts(subject: Subject, parts: Parts) -> Subject:
    """Return a subject whose provision has the parts as wished."""
    assert subject.provision is not None
    return replace(subject, provision=replace(subject.provision, parts=parts))


def _is_set(place: _Place) -> bool:
    return isinstance(place.content, States) or place.subject.is_set(place.part)


def _field(place: _Place, preview: Worded) -> WordingField:
    label = place.subject.part_label(place.part)
    if _is_set(place):
        return WordingField(place.name, label, choices=_choices(place.content, preview.people, preview.edition))
    assert not isinstance(place.content, States)
    kind = place.subject.provision.kind if place.subject.provision is not None else Kind.PARAGRAPH
    return WordingField(place.name, label, as_typed(place.content, note_labels(preview.edition), kind))


def _choices(content: Content, people: People, edition: Edition) -> tuple[tuple[str, str, bool], ...]:
    members = content.members if isinstance(content, States) else frozenset()
    states = [d.code for d in people.states if d.active or d.code in members]
    codes = people.in_order((*states, *people.groups), edition.language)
    return tuple((code, people.name(code, edition.language), code in members) for code in codes)


def _was_sent(place: _Place, form: MultiDict[str, str]) -> bool:
    # Of a set nothing is sent where nobody is in it; its marker says that the field stood on the page.
    return place.name in form or f"{place.name}-shown" in form


def _read(place: _Place, form: MultiDict[str, str]) -> Content:
    if _is_set(place):
        return States(frozenset(form.getlist(place.name)))
    assert not isinstance(place.content, States)
    kind = place.subject.provision.kind if place.subject.provision is not None else Kind.PARAGRAPH
    return from_typed(place.content, form[place.name], kind)
