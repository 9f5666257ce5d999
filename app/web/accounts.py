"""Sign-in and out, the own account, and which role acts."""

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_security import login_user
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from app.models import db
from app.negotiation.actors import Actor, system
from app.negotiation.vocabulary import Role
from app.services import accounts, invitations
from app.web import carried, links, sessions
from app.web.access import for_everyone, for_signed_in
from app.web.acting import acting, memberships, now
from app.web.passwords import NewPassword, email_address, verified
from app.web.paths import safe_path
from app.web.throttle import throttle

bp = Blueprint("accounts", __name__)


class SignInForm(FlaskForm):
    """Address and password; where to go on to, or the form that waits to be sent."""

    email = StringField(_l("E-mail address"), [InputRequired(_l("Enter your e-mail address."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])
    next = HiddenField()
    carried = HiddenField()


class ForgottenPasswordForm(FlaskForm):
    """Whose password."""

    email = StringField(_l("E-mail address"), [InputRequired(_l("Enter your e-mail address.")), email_address])


class ChangePasswordForm(NewPassword):
    """The present password and a new one."""

    present = PasswordField(_l("Present password"), [InputRequired(_l("Enter your present password."))])


@bp.get("/sign-in")
@for_everyone
def sign_in() -> ResponseReturnValue:
    """Ask for address and password."""
    if current_user.is_authenticated:
        return redirect(safe_path(request.args.get("next")) or url_for("home.show"))
    form = SignInForm(formdata=None)
    form.next.data = safe_path(request.args.get("next"))
    return _sign_in_page(form)


@bp.post("/sign-in")
@for_everyone
def enter() -> ResponseReturnValue:
    """Sign in; unknown address and wrong password get the same answer."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form, 422)
    email = form.email.data or ""
    if throttle().is_shut(email, now=now()):
        form.form_errors.append(_("Too many attempts. Wait a quarter of an hour, or ask for a link."))
        return _sign_in_page(form, 429)
    account = verified(email, form.password.data or "")
    if account is None:
        throttle().note_failure(email, now=now())
        current_app.logger.info("sign-in refused from %s", request.remote_addr)
        form.form_errors.append(_("Address and password do not fit together."))
        return _sign_in_page(form, 422)
    throttle().forget(email)
    db.session.commit()  # the library may have renewed the password's hash
    sessions.begin_session(account)
    waiting = carried.loads(form.carried.data)
    if waiting is not None:
        return render_template("accounts/send_again.html", carried=waiting)
    return redirect(safe_path(form.next.data) or url_for("home.show"), 303)


def _sign_in_page(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    waiting = carried.loads(form.carried.data)
    title = _("Your session has ended") if waiting else _("Sign in")
    return render_template("accounts/sign_in.html", form=form, carried=waiting, title=title), status


@bp.post("/sign-out")
@for_everyone
def sign_out() -> ResponseReturnValue:
    """Sign out and have the browser forget."""
    sessions.end_session()
    flash(_("You are signed out."))
    return sessions.clear_site_data(redirect(url_for("accounts.sign_in"), 303))


@bp.route("/forgotten-password", methods=["GET", "POST"])
@for_everyone
def forgotten_password() -> ResponseReturnValue:
    """Say whom to ask for a link; where mail is sent, send it."""
    form = ForgottenPasswordForm()
    mails = bool(current_app.config["SETTINGS"].mail_server)
    if request.method == "POST" and not mails:
        abort(404)
    if form.validate_on_submit():
        email = form.email.data or ""
        if not throttle().is_shut(f"reset/{email}", now=now()):
            throttle().note_failure(f"reset/{email}", now=now())
            invitations.request_reset(email, days=1, letter=links.reset_letter, actor=system(), now=now())
        flash(_("If there is an account with this address, a letter with a link is on its way."))
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template("accounts/forgotten_password.html", form=form, mails=mails), 422 if form.errors else 200


@bp.get("/account")
@for_signed_in
def account() -> ResponseReturnValue:
    """Show the own account."""
    return _account_page(ChangePasswordForm(formdata=None))


@bp.post("/account/password")
@for_signed_in
def change_password() -> ResponseReturnValue:
    """Set a new password; other sessions end, this one goes on."""
    form = ChangePasswordForm()
    form.about = (current_user.email, current_user.name)
    if not form.validate():
        return _account_page(form, 422)
    if verified(current_user.email, form.present.data or "") is None:
        form.present.errors = [_("This is not your present password.")]
        return _account_page(form, 422)
    user = current_user.public_id
    actor = acting() or Actor(Role.SYSTEM, user)
    accounts.change_password(user, form.hash(), actor=actor, now=now())
    login_user(accounts.get_account(user))
    flash(_("The new password holds. All other sessions have ended."))
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sessions/end")
@for_signed_in
def end_sessions() -> ResponseReturnValue:
    """Sign out here and everywhere else."""
    accounts.end_sessions(current_user.public_id, actor=system(), now=now())
    sessions.end_session()
    flash(_("All your sessions have ended."))
    return sessions.clear_site_data(redirect(url_for("accounts.sign_in"), 303))


@bp.post("/acting")
@for_signed_in
def choose_role() -> ResponseReturnValue:
    """Act in another of one's roles from now on; a form that waits to be sent goes on waiting."""
    chosen = request.form.get("membership")
    if chosen is None or chosen not in {row.id for row in memberships()}:
        abort(404)
    sessions.act_as(chosen)
    waiting = carried.loads(request.form.get("carried"))
    if waiting is not None:
        return render_template("accounts/send_again.html", carried=waiting)
    return redirect(url_for("home.show"), 303)


def _account_page(form: ChangePasswordForm, status: int = 200) -> ResponseReturnValue:
    person = {"name": current_user.name, "email": current_user.email, "has_password": bool(current_user.password)}
    return render_template("accounts/account.html", form=form, person=person), status


def register(app: Flask) -> None:
    """Set up sessions and the pages of accounts."""
    sessions.register(app)
    carried.register(app)
    app.register_blueprint(bp)
