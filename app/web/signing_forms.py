"""The form of how a version is signed: closing clause, annex mark, and what each side does."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from app.negotiation.signing import Arrangement, Block, Capacity, Clause, Copies, SideSigning, SideStatus
from app.queries.signing import CHAIR, SigningPage
from app.web.languages import NAMES

CHAIR_FIELD = "CHR_ALONE"
"""Stands in field names for the chair, whose code in the arrangement is empty."""


class SigningForm(FlaskForm):
    """Everything that is printed around the text; fields per language and side are added by ``signing_form``."""

    block = RadioField(_l("Who signs"))
    capacity = SelectField(_l("In what words the sides sign"))
    clause = SelectField(_l("Form of the closing clause"))
    on = DateField(_l("Day of signature"), [Optional()], render_kw={"type": "date"})
    copies = RadioField(_l("Originals"))
    languages = SelectMultipleField(
        _l("Languages of the original"), [DataRequired(_l("Choose at least one language of the original"))]
    )
    lock_version = HiddenField(validators=[Optional()])

    def __init__(self, page: SigningPage, **kwargs: Any) -> None:
        """Offer the choices for a version."""
        super().__init__(data=_as_typed(page), **kwargs)
        self.page = page
        self.block.choices = [
            (Block.SIDES, _("the sides, each for itself")),
            (Block.CHAIR, _("the chair of the meeting alone")),
            (Block.NOBODY, _("nobody: the paper is an annex, and the protocol is signed")),
        ]
        self.capacity.choices = [
            (Capacity.DELEGATION, _("for the delegation: «От делегации …»")),
            (Capacity.HEAD, _("as its head: «Глава делегации …», 代表团团长")),
            (Capacity.STATE, _("for the state: «За …»")),
            (Capacity.FROM_STATE, _("from the state: «От …»")),
        ]
        self.clause.choices = [
            (Clause.PROTOCOL, _("of a protocol")),
            (Clause.TREATY, _("of a treaty or declaration: «Совершено …»")),
            (Clause.DEPOSITED, _("with a depositary, as in the CIS")),
            (Clause.NONE, _("none")),
        ]
        self.copies.choices = [(Copies.ONE, _("one")), (Copies.EACH, _("one for each side"))]
        self.languages.choices = [(code, NAMES.get(code, code)) for code in page.languages]

    def arrangement(self) -> Arrangement:
        """Return what the form says."""
        chosen = set(self.languages.data or ())
        return Arrangement(
            Block(self.block.data),
            Capacity(self.capacity.data),
            Clause(self.clause.data),
            self.on.data,
            Copies(self.copies.data),
            tuple(code for code in self.page.languages if code in chosen),
            self._typed("place"),
            self._typed("keeper"),
            self._typed("annex"),
            self._typed("closing"),
            {code: self._side(name) for code, name in side_fields(self.page).items()},
        )

    def _typed(self, what: str) -> dict[str, str]:
        found = {code: (self[f"{what}_{code}"].data or "").replace("\r\n", "\n") for code in self.page.languages}
        return {code: words.strip() for code, words in found.items() if words.strip()}

    def _side(self, name: str) -> SideSigning:
        status = SideStatus(self[f"status_{name}"].data)
        return SideSigning(status, self._typed(f"name_{name}"), self._typed(f"function_{name}"))


def side_fields(page: SigningPage) -> dict[str, str]:
    """Return code of a side (the chair's too) to what stands for it in names of fields."""
    return {**{side.code: side.code for side in page.sides}, CHAIR: CHAIR_FIELD}


def signing_form(page: SigningPage) -> SigningForm:
    """Return the form for a version, with fields for its languages and sides, filled in as it is kept."""
    fields: dict[str, Field] = {}
    for code in page.languages:
        fields[f"place_{code}"] = StringField(_("Place"), [Length(max=120)])
        fields[f"keeper_{code}"] = StringField(_("Who keeps the original"), [Length(max=200)])
        fields[f"annex_{code}"] = TextAreaField(_("Annex mark"), [Length(max=1000)])
        fields[f"closing_{code}"] = TextAreaField(_("Closing clause as it is printed"), [Length(max=4000)])
    for name in side_fields(page).values():
        fields[f"status_{name}"] = SelectField(_("On the day"))
        for code in page.languages:
            fields[f"name_{name}_{code}"] = StringField(_("Name"), [Length(max=200)])
            fields[f"function_{name}_{code}"] = StringField(_("Function"), [Length(max=300)])
    made: type[SigningForm] = type("VersionSigningForm", (SigningForm,), fields)
    form = made(page)
    for name in side_fields(page).values():
        form[f"status_{name}"].choices = list(side_status_names().items())
    return form


def side_status_names() -> dict[SideStatus, str]:
    """Return what a side can do on the day."""
    return {
        SideStatus.SIGNS: _("signs"),
        SideStatus.WITH_OPINION: _("signs with a special opinion"),
        SideStatus.LATER: _("signs later"),
        SideStatus.DOES_NOT_SIGN: _("does not sign"),
    }


def _as_typed(page: SigningPage) -> Mapping[str, Any]:
    kept = page.arrangement
    found: dict[str, Any] = {
        "block": kept.block,
        "capacity": kept.capacity,
        "clause": kept.clause,
        "on": kept.on,
        "copies": kept.copies,
        "languages": list(kept.languages),
        "lock_version": "" if page.lock_version is None else str(page.lock_version),
    }
    for code in page.languages:
        for what, words in (("place", kept.places), ("keeper", kept.keepers), ("annex", kept.annex)):
            found[f"{what}_{code}"] = words.get(code, "")
        found[f"closing_{code}"] = kept.closing.get(code, "")
    for side, name in side_fields(page).items():
        found[f"status_{name}"] = kept.side(side).status
        for code in page.languages:
            found[f"name_{name}_{code}"] = kept.side(side).names.get(code, "")
            found[f"function_{name}_{code}"] = kept.side(side).functions.get(code, "")
    return found
