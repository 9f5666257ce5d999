"""What a handed-over link opens: always a page with a button; only pressing it does something."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.models import db
from app.models.accounts import User
from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.negotiation.vocabulary import Role
from app.queries.invitations import INVITE, RESET, SETUP, SIGN_IN, InvitationRow, get_invitation
from app.queries.members import list_memberships
from app.services import accounts, invitations
from app.web import sessions
from app.web.access import for_everyone
from app.web.accounts import SignInForm
from app.web.acting import now
from app.web.languages import language
from app.web.passwords import NewPassword, email_address, verified
from app.web.throttle import throttle

bp = Blueprint("invitations", __name__)


class NewAccountForm(NewPassword):
    """Name and password of somebody new."""

    name = StringField(_l("Your name"), [InputRequired(_l("Enter your name.")), Length(max=200)])


class SetUpForm(NewAccountForm):
    """The first administrator."""

    email = StringField(_l("E-mail address"), [InputRequired(_l("Enter your e-mail address.")), email_address])


@bp.get("/links/<token>")
@for_everyone
def show(token: str) -> ResponseReturnValue:
    """Show what the link is for, and a button."""
    row = get_invitation(token, now=now())
    if row is None:
        return _ended()
    form = _form(row)
    if isinstance(form, NewAccountForm):
        form.name.data = row.name
    return _page(row, form, token)


@bp.post("/links/<token>")
@for_everyone
def take_up(token: str) -> ResponseReturnValue:
    """Do what the link is for."""
    row = get_invitation(token, now=now())
    if row is None:
        return _ended()
    try:
        return {INVITE: _accept, RESET: _reset, SETUP: _set_up, SIGN_IN: _sign_in}[row.purpose](row, token)
    except NotFound:  # taken up in another tab a moment ago
        return _ended()


def _accept(row: InvitationRow, token: str) -> ResponseReturnValue:
    form = _form(row, filled=True)
    if row.user is None:
        assert isinstance(form, NewAccountForm)
        form.about = (row.email, form.name.data or "")
        if not form.validate():
            return _page(row, form, token, 422)
        membership = invitations.accept_invitation(
            token,
            name=form.name.data or "",
            password_hash=form.hash(),
            language=language(),
            actor=row.actor(None),
            now=now(),
        )
        return _enter(accounts.find_account(row.email), membership)
    if current_user.is_authenticated and current_user.public_id != row.user:
        return _page(row, form, token, 409)
    if not current_user.is_authenticated and not _signed_in(row, form):
        return _page(row, form, token, 422)
    membership = invitations.accept_invitation(token, user=row.user, actor=row.actor(row.user), now=now())
    return _enter(accounts.get_account(row.user), membership)


def _signed_in(row: InvitationRow, form: NewPassword | SignInForm | None) -> bool:
    """Check the password of the account that the invitation is for; note the problem on the form."""
    assert isinstance(form, SignInForm)
    if throttle().is_shut(row.account_email, now=now()):
        form.form_errors.append(_("Too many attempts. Wait a quarter of an hour, or ask for a link."))
        return False
    if verified(row.account_email, form.password.data or "") is None:
        throttle().note_failure(row.account_email, now=now())
        form.password.errors = [_("Address and password do not fit together.")]
        return False
    db.session.commit()  # the library may have renewed the password's hash
    return True


def _reset(row: InvitationRow, token: str) -> ResponseReturnValue:
    form = NewPassword()
    form.about = (row.account_email, row.account_name)
    if not form.validate():
        return _page(row, form, token, 422)
    rows = list_memberships(row.user or "")
    actor = rows[0].actor if rows else Actor(Role.SYSTEM, row.user)
    user = invitations.reset_password(token, form.hash(), actor=actor, now=now())
    flash(_("The new password holds. All other sessions have ended."))
    return _enter(accounts.get_account(user))


def _set_up(row: InvitationRow, token: str) -> ResponseReturnValue:
    form = SetUpForm()
    form.about = (form.email.data or "", form.name.data or "")
    if not form.validate():
        return _page(row, form, token, 422)
    user = invitations.set_up(
        token,
        email=form.email.data or "",
        name=form.name.data or "",
        password_hash=form.hash(),
        actor=row.actor(None),
        now=now(),
    )
    return _enter(accounts.get_account(user))


def _sign_in(row: InvitationRow, _token: str) -> ResponseReturnValue:
    if row.user is None or not invitations.is_sample_person(row.user):
        return _ended()
    return _enter(accounts.get_account(row.user))


def _enter(account: User | None, membership: str | None = None) -> ResponseReturnValue:
    if account is None or not account.active:
        abort(404)
    sessions.begin_session(account)
    if membership:
        sessions.act_as(membership)
    return redirect(url_for("home.show"), 303)


def _form(row: InvitationRow, *, filled: bool = False) -> NewPassword | SignInForm | None:
    """Return the fields that the page asks for; None: a button is enough."""
    given = {} if filled else {"formdata": None}
    if row.purpose == SETUP:
        return SetUpForm(**given)
    if row.purpose == RESET:
        return NewPassword(**given)
    if row.purpose == SIGN_IN:
        return None
    if row.user is None:
        return NewAccountForm(**given)
    return None if current_user.is_authenticated else SignInForm(**given)


def _page(
    row: InvitationRow, form: NewPassword | SignInForm | None, token: str, status: int = 200
) -> ResponseReturnValue:
    someone_else = row.purpose == INVITE and current_user.is_authenticated and current_user.public_id != row.user
    roles = list_memberships(row.user) if row.purpose == SIGN_IN and row.user else ()
    return render_template(
        f"invitations/{row.purpose}.html", row=row, form=form, token=token, someone_else=someone_else, roles=roles
    ), status


def _ended() -> ResponseReturnValue:
    return render_template("invitations/ended.html"), 404
