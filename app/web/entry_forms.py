"""What an officer fills in for others: the letter, and where in which text it asks for what."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.negotiation.vocabulary import DelegationKind
from app.queries.people import DelegationRow, People
from app.queries.rounds import RoundDocument
from app.services.scans import LIMIT_BYTES
from app.text.changes import Operation
from app.text.provision import Edition, Kind
from app.web.instants import parse_date
from app.web.names import state_name
from app.web.proposal_names import operation_name
from app.web.proposing_forms import WHOLE
from app.web.round_forms import document_name
from app.web.texts import excerpt, provision_names

LETTER, ROOM = "letter", "room"


class LetterForm(FlaskForm):  # type: ignore[misc]
    """A letter that came: whose, its number and date, its scan."""

    delegation = SelectField(_l("Delegation"), [InputRequired(_l("Choose the delegation."))])
    letter_number = StringField(
        _l("Number of the letter"), [InputRequired(_l("Enter the number of the letter.")), Length(max=100)]
    )
    letter_on = StringField(_l("Date of the letter"), [InputRequired(_l("Enter the date of the letter."))])
    scan = FileField(_l("Scan of the letter"))
    on: date
    content: bytes | None = None

    def offer(self, people: People) -> None:
        """Offer the delegations."""
        self.delegation.choices = [("", _("Choose")), *delegation_choices(authors(people, LETTER))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, the date, and the size of the scan."""
        is_valid = bool(super().validate(extra_validators))
        day = parse_date(self.letter_on.data or "")
        if self.letter_on.data and day is None:
            self.letter_on.errors = [_("Enter a date as year-month-day, such as 2025-05-09.")]
            return False
        if day is not None:
            self.on = day
        if self.scan.data is not None and self.scan.data.filename:
            with self.scan.data.stream as stream:
                self.content = stream.read(LIMIT_BYTES + 1)
        return is_valid


class WhereForm(FlaskForm):  # type: ignore[misc]
    """On which provision something is asked, and what. It changes nothing, so it goes in the address."""

    class Meta:
        csrf = False

    delegation = SelectField(_l("Delegation"))
    document = SelectField(_l("Document"))
    at = StringField(_l("Provision"))
    operation = SelectField(_l("What is asked"))

    def offer(self, people: People, documents: Iterable[RoundDocument], way: str) -> None:
        """Offer delegations, documents and what can be asked."""
        self.delegation.choices = [("", _("Choose")), *delegation_choices(authors(people, way))]
        self.document.choices = [(d.version_id, document_name(d)) for d in documents]
        self.operation.choices = [(str(o), operation_name(o)) for o in Operation]


def authors(people: People, way: str) -> tuple[DelegationRow, ...]:
    """Return those in whose name something can be entered: in the room the desks of chair and secretariat too."""
    kinds = {DelegationKind.MEMBER_STATE, DelegationKind.BODY}
    if way == ROOM:
        kinds |= {DelegationKind.CHAIR, DelegationKind.SECRETARIAT}
    return tuple(d for d in people.delegations if d.active and d.kind in kinds)


def delegation_choices(delegations: Iterable[DelegationRow]) -> list[tuple[str, str]]:
    """Return delegations to choose from."""
    return [(d.id, state_name(d.forms)) for d in delegations]


def provision_labels(edition: Edition) -> dict[str, str]:
    """Return what can be typed for a provision ("2, а") to its key, in reading order; where two are
    alike, the second gets its first words."""
    labels: dict[str, str] = {}
    names = provision_names(edition)
    for p in edition:
        if p.kind is Kind.FIXED:
            continue
        name = names[p.key]
        if name in labels:
            words = next((excerpt(c, 40) for c in p.parts.values() if excerpt(c)), p.key)
            name = f"{name} · {words}"
        labels.setdefault(name, p.key)
    return labels


def find_key(typed: str, edition: Edition) -> str | None:
    """Return the key of a provision as somebody types its label; "-" or nothing is the document as a whole."""
    wanted = _bare(typed)
    if wanted in ("", WHOLE):
        return WHOLE
    labels = provision_labels(edition)
    if typed.strip() in labels:
        return labels[typed.strip()]
    if typed.strip() in labels.values():
        return typed.strip()
    return next((key for label, key in labels.items() if _bare(label) == wanted), None)


def _bare(label: str) -> str:
    return "".join(label.casefold().split()).strip(".,;:()（）«»“”\"'")
