"""The form that opens under a provision: its fields for each operation, filled in and read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.negotiation.vocabulary import Category
from app.queries.changes import StoredChange
from app.queries.people import People
from app.queries.reading import Desk
from app.services.proposals import NewChange
from app.text.changes import Change, Operation
from app.text.provision import STATES, TEXT, Content, Edition, Kind, Parts, Place, Provision, States
from app.text.runs import Text
from app.text.structure import Outline, can_go_alone
from app.web.proposal_names import category_name
from app.web.texts import excerpt, note_labels, provision_names
from app.web.typed import as_typed, from_typed, paragraphs

WHOLE = "-"
"""Stands for the document as a whole where a provision's key stands otherwise."""
SUBTREE, ALONE = "all", "alone"
"""What a deletion takes: a provision with all under it, or its own words."""


class ProposeForm(FlaskForm):
    """What every proposal in the making asks."""

    key = HiddenField()
    operation = HiddenField()
    language = HiddenField()
    draft = HiddenField()
    lock_version = HiddenField()
    ordinal = HiddenField()
    category = SelectField(_("Category"))
    justification = TextAreaField(_("Justification"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.category.choices = [SelectChoice(str(c), category_name(c)) for c in Category if c is not Category.GENERAL]
        if self.key.data == WHOLE:
            self.category.choices = [SelectChoice(str(c), category_name(c)) for c in Category]


@dataclass(frozen=True)
class Subject:
    """What is proposed on: a provision of a text, or the document as a whole.

    Attributes:
        table: Of a row: the table it stands in.
    """

    edition: Edition
    people: People
    version: str
    provision: Provision | None
    table: Provision | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of a row's cells."""
        return self.table.columns if self.table is not None else ()

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What can be asked for here."""
        if self.provision is None:
            return (Operation.COMMENT,)
        if self.provision.kind is Kind.TITLE:
            return tuple(o for o in Operation if o not in (Operation.DELETE, Operation.MOVE))
        return tuple(Operation)

    @property
    def can_go_alone(self) -> bool:
        """Whether it can be deleted so that what stands under it stays."""
        return self.provision is not None and can_go_alone(self.edition, self.provision.key)

    def part_label(self, name: str) -> str:
        """Return what a part is called."""
        if name == STATES:
            return str(gettext("States that join"))
        source = self.table if self.table is not None else None
        heading = excerpt(source.parts.get(name, ()), 60) if source is not None else ""
        return heading or str(gettext("Proposed text"))

    def is_set(self, name: str) -> bool:
        """Whether a part of the provision (or of its neighbours in the table) holds states."""
        if name == STATES:
            return True
        found = [p.parts.get(name) for p in self.edition if self.table is not None and p.parent == self.table.key]
        own = self.provision.parts.get(name) if self.provision is not None else None
        return any(isinstance(content, States) for content in (own, *found) if content)


def subject_of(desk: Desk, key: str) -> Subject | None:
    """Return what a key of the address names, or None."""
    if key == WHOLE:
        return Subject(desk.edition, desk.people, desk.version.id, None, None)
    by_key = desk.edition.by_key()
    provision = by_key.get(key)
    if provision is None or provision.kind is Kind.FIXED:
        return None
    table = by_key.get(provision.parent or "") if provision.kind is Kind.ROW else None
    if provision.kind is Kind.TABLE:
        table = provision
    return Subject(desk.edition, desk.people, desk.version.id, provision, table)


def form_class(subject: Subject, operation: Operation) -> type[ProposeForm]:
    """Return the form with the fields that the operation asks for on the subject."""
    return type("OperationForm", (ProposeForm,), dict(_fields(subject, operation)))


def _fields(subject: Subject, operation: Operation) -> Iterator[tuple[str, Any]]:
    if operation is Operation.COMMENT:
        yield "comment", TextAreaField(_("Comment"))
    elif operation is Operation.AMEND:
        for number, name in enumerate(part_order(subject)):
            yield f"part_{number}", _part_field(subject, name)
    elif operation is Operation.INSERT:
        yield "where", SelectField(_("Where"), choices=[SelectChoice(*choice) for choice in _where(subject)])
        if subject.table is None:
            yield "block", TextAreaField(_("New text"))
        else:
            for number, name in enumerate(subject.columns):
                yield f"part_{number}", _part_field(subject, name)
    elif operation is Operation.DELETE and subject.can_go_alone:
        choices = [
            SelectChoice(SUBTREE, gettext("it and everything that stands under it")),
            SelectChoice(ALONE, gettext("it alone: what stands under it stays")),
        ]
        yield "scope", RadioField(_("What is deleted"), choices=choices, default=SUBTREE)
    elif operation is Operation.MOVE:
        yield "place", SelectField(_("New place"), choices=[SelectChoice(*choice) for choice in _places(subject)])


def _part_field(subject: Subject, name: str) -> Any:
    label = subject.part_label(name)
    if not subject.is_set(name):
        return TextAreaField(label)
    language = subject.edition.language
    states = [d.code for d in subject.people.states if d.active]
    codes = subject.people.in_order((*states, *subject.people.groups), language)
    return SelectMultipleField(
        label, choices=[SelectChoice(code, subject.people.name(code, language)) for code in codes]
    )


def part_order(subject: Subject) -> tuple[str, ...]:
    """Return the parts that amending the provision offers."""
    p = subject.provision
    assert p is not None
    if p.kind is Kind.TABLE:
        return p.columns
    if p.kind is Kind.ROW and (any(name != TEXT for name in p.parts) or not p.parts):
        return subject.columns
    return (STATES, TEXT) if p.parts.get(STATES) else (TEXT,)


def _where(subject: Subject) -> Iterator[tuple[str, str]]:
    p = subject.provision
    assert p is not None
    if p.kind is Kind.TABLE:
        yield "inside", gettext("first row of the table")
    elif p.kind is Kind.HEADING:
        yield "inside", gettext("paragraph, first under this heading")
        yield "after", gettext("heading, after this section")
    elif p.kind is Kind.PARAGRAPH:
        yield "after", gettext("paragraph, after this one")
        yield "inside", gettext("item, first under this paragraph")
    else:
        yield "after", gettext("after this one")


def _places(subject: Subject) -> Iterator[tuple[str, str]]:
    p = subject.provision
    assert p is not None
    outline = Outline(subject.edition)
    own = {subject.edition.provisions[i].key for i in outline.span(p.key)}
    names = provision_names(subject.edition)
    parents = {one.parent for one in subject.edition if one.kind is p.kind}
    for one in subject.edition:
        if one.key in own:
            continue
        if one.key in parents or (one.kind is Kind.HEADING and p.kind is Kind.PARAGRAPH):
            yield f"under:{one.key}", gettext("first under %(name)s", name=_told(one, names))
        if one.kind is p.kind:
            yield f"after:{one.key}", gettext("after %(name)s", name=_told(one, names))


def _told(p: Provision, names: Mapping[str, str]) -> str:
    words = excerpt(p.text, 50) or next((excerpt(c, 50) for c in p.parts.values() if excerpt(c)), "")
    return f"{names[p.key]}: {words}" if p.label else names[p.key]


def filled(subject: Subject, operation: Operation, present: StoredChange | None) -> dict[str, Any]:
    """Return the form's data: from the wish as it stands, else from the text."""
    change = present.change() if present is not None else None
    if operation is Operation.COMMENT:
        return {"comment": present.comment if present and present.operation is Operation.COMMENT else ""}
    p = subject.provision
    assert p is not None
    if operation is Operation.AMEND:
        wished = change.parts if change is not None and change.parts is not None else p.parts
        return {f"part_{n}": _shown(subject, wished.get(name), name) for n, name in enumerate(part_order(subject))}
    if operation is Operation.INSERT and change is not None and change.operation is Operation.INSERT:
        where = "after" if change.place is not None and change.place.after == p.key else "inside"
        if subject.table is not None:
            parts = change.block[0].parts
            cells = {f"part_{n}": _shown(subject, parts.get(name), name) for n, name in enumerate(subject.columns)}
            return {"where": where, **cells}
        notes = note_labels(subject.edition)
        return {"where": where, "block": "\n\n".join(as_typed(q.text, notes, q.kind) for q in change.block)}
    if operation is Operation.DELETE and subject.can_go_alone:
        return {"scope": ALONE if change is not None and change.alone else SUBTREE}
    if operation is Operation.MOVE and change is not None and change.place is not None:
        return {"place": f"after:{change.place.after}" if change.place.after else f"under:{change.place.parent}"}
    return {}


def _shown(subject: Subject, content: Content | None, name: str) -> Any:
    if subject.is_set(name):
        return sorted(content.members) if isinstance(content, States) else []
    kind = subject.provision.kind if subject.provision is not None else Kind.PARAGRAPH
    words: Text = content if isinstance(content, tuple) else ()
    return as_typed(words, note_labels(subject.edition), kind)


def asked(subject: Subject, operation: Operation, form: ProposeForm, present: StoredChange | None) -> NewChange:
    """Return what the form asks for.

    Args:
        present: The wish it takes the place of: a move keeps the wording it already has, and the reverse.
    """
    p = subject.provision
    new = NewChange(operation, subject.version, subject.edition.language, p.key if p is not None else "")
    if operation is Operation.COMMENT:
        return replace(new, comment=form.comment.data or "")
    assert p is not None
    if operation is Operation.AMEND:
        return replace(new, parts=_typed_parts(subject, part_order(subject), form, p.parts))
    if operation is Operation.INSERT:
        return replace(new, key="", **_insertion(subject, form))
    if operation is Operation.DELETE:
        return replace(new, alone="scope" in form and form["scope"].data == ALONE)
    if operation is Operation.MOVE:
        wording = present.change().parts if present is not None else None
        return replace(new, parts=wording, **_target(subject, form.place.data or ""))
    return new


def _typed_parts(subject: Subject, names: tuple[str, ...], form: ProposeForm, old: Parts) -> Parts:
    parts: dict[str, Content] = dict(old)
    kind = subject.provision.kind if subject.provision is not None else Kind.PARAGRAPH
    for number, name in enumerate(names):
        value = form[f"part_{number}"].data
        if subject.is_set(name):
            parts[name] = States(frozenset(value or ()))
        else:
            before = old.get(name, ())
            assert not isinstance(before, States)
            parts[name] = from_typed(before, value or "", kind)
    return parts


def _insertion(subject: Subject, form: ProposeForm) -> dict[str, Any]:
    p = subject.provision
    assert p is not None
    inside = form.where.data == "inside"
    place = Place(p.key, None) if inside else Place(p.parent, p.key)
    if subject.table is not None:
        level = p.level + 1 if p.kind is Kind.TABLE else p.level
        row = Provision("new", Kind.ROW, level, place.parent, _typed_parts(subject, subject.columns, form, {}))
        return {"place": place, "block": (row,)}
    kind, level = _kind_of_new(p, inside, subject.edition)
    block = tuple(
        Provision(f"new {n}", kind, level, place.parent, {TEXT: words})
        for n, words in enumerate(paragraphs(form.block.data or ""))
    )
    return {"place": place, "block": block}


def _kind_of_new(p: Provision, inside: bool, edition: Edition) -> tuple[Kind, int]:
    if not inside:
        return (Kind.PARAGRAPH if p.kind is Kind.TITLE else p.kind), p.level
    # What already stands there tells the level; else one deeper.
    kind = Kind.PARAGRAPH if p.kind is Kind.HEADING else Kind.ITEM
    under = next((q.level for q in edition if q.parent == p.key and q.kind is kind), p.level + 1)
    return kind, under


def _target(subject: Subject, value: str) -> dict[str, Any]:
    how, _colon, key = value.partition(":")
    target = subject.edition.by_key().get(key)
    if target is None or subject.provision is None:
        return {}
    if how == "after":
        level, place = target.level, Place(target.parent, target.key)
    else:
        under = next((q.level for q in subject.edition if q.parent == key), target.level + 1)
        level, place = under, Place(target.key, None)
    return {"place": place, "level": None if level == subject.provision.level else level}


def preview_of(new: NewChange) -> Change:
    """Return what is asked for as the text core knows it, for a redline; keys are not minted yet."""
    return Change(new.operation, new.key, new.parts, new.place, new.level, new.block, new.alone)
