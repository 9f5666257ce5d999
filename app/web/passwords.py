"""Passwords on forms: the sign-in library's rules in our words."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import hash_password, password_complexity_validator, password_length_validator
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired

from app.models.accounts import User
from app.services.accounts import find_account

LEAST = 12
LONGEST = 128


def library() -> Any:
    """Return the sign-in library's object in this application."""
    return current_app.extensions["security"]


def email_address(_form: FlaskForm, field: StringField) -> None:
    """Refuse what is no address; keep the library's normal form of it."""
    try:
        field.data = library().mail_util.validate(field.data or "").lower()
    except ValueError as error:
        raise ValidationError(_("Enter an e-mail address in the form name@example.org.")) from error


class NewPassword(FlaskForm):
    """A new password, twice."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Enter a password."))])
    password_again = PasswordField(
        _l("The same password again"), [EqualTo("password", _l("The two passwords are not the same."))]
    )

    about: tuple[str, ...] = ()
    """Words a password must not lean on: name and address."""

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is short or easily guessed."""
        normal = normalized(field.data)
        if password_length_validator(normal):
            raise ValidationError(_("Take between %(least)s and %(longest)s characters.", least=LEAST, longest=LONGEST))
        about = {str(number): word for number, word in enumerate(self.about)}
        if password_complexity_validator(normal, True, **about):
            raise ValidationError(_("This password is easy to guess. Take several unrelated words."))

    def hash(self) -> str:
        """Return the hash of the valid password."""
        return str(hash_password(normalized(self.password.data)))


def normalized(password: str | None) -> str:
    """Return the form of a password that is hashed."""
    return str(library().password_util.normalize(password or ""))


def verified(email: str, password: str) -> User | None:
    """Return the account whose address and password these are, else None; either takes the same time."""
    account = find_account(email)
    if account is None or not account.password or not account.active:
        hash_password(normalized(password))  # as long as the comparison would take
        return None
    return account if account.verify_and_update_password(normalized(password)) else None
