"""What was typed into a page whose session had ended: kept on the sign-in page, offered for sending afterwards."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from app.web.errors import SECRET, error_page
from app.web.paths import safe_path

_LIMIT = 2_000_000


@dataclass(frozen=True)
class Carried:
    """A form that waits for its sender to sign in.

    Attributes:
        target: Path it goes to.
        fields: Names and values as they were sent, in order, without tokens and passwords.
    """

    target: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool = False

    @property
    def spelled(self) -> str:
        """The value of the hidden field that keeps it."""
        return json.dumps([self.target, self.fields, self.had_files], ensure_ascii=False)

    @property
    def typed(self) -> tuple[str, ...]:
        """What a person typed: values longer than a choice's name."""
        return tuple(value for _name, value in self.fields if len(value) > 12 or " " in value.strip())


def loads(value: str | None) -> Carried | None:
    """Read a hidden field's value; None where it is empty or not ours."""
    if not value or len(value) > _LIMIT:
        return None
    try:
        target, fields, had_files = json.loads(value)
        pairs = tuple((str(name), str(typed)) for name, typed in fields)
    except (ValueError, TypeError, RecursionError):
        return None
    return Carried(safe_path(str(target)), pairs, bool(had_files)) if safe_path(str(target)) else None


def from_request() -> Carried:
    """Return what this request sent."""
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in SECRET)
    had_files = any(file.filename for file in request.files.values())
    return Carried(request.full_path.removesuffix("?"), fields, had_files)


def ask_to_sign_in() -> tuple[str, int]:
    """Answer a form that came without a session: the sign-in form, with what was typed shown and kept."""
    from app.web.accounts import SignInForm

    carried = from_request()
    form = SignInForm(formdata=None)
    form.carried.data = carried.spelled
    return render_template("accounts/sign_in.html", form=form, carried=carried, title=_("Your session has ended")), 401


def register(app: Flask) -> None:
    """Answer forms whose token no longer holds."""

    @app.errorhandler(CSRFError)
    def expired(_error: CSRFError) -> tuple[str, int]:
        if request.endpoint == "accounts.enter":
            return _sign_in_anew()
        if not current_user.is_authenticated and _is_ours():
            return ask_to_sign_in()
        return error_page(_("This page was open too long, or came from elsewhere. Your text is below: copy it."), 400)


def _sign_in_anew() -> tuple[str, int]:
    from app.web.accounts import SignInForm

    form = SignInForm()
    form.form_errors.append(_("This page was open too long. Please sign in once more."))
    waiting = loads(form.carried.data) if _is_ours() else None
    title = _("Your session has ended") if waiting else _("Sign in")
    return render_template("accounts/sign_in.html", form=form, carried=waiting, title=title), 400


def _is_ours() -> bool:
    """Whether the form stood on a page of this site, as far as the browser says."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
