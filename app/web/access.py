"""Who may open a page. Every view says it; a view that does not fails the tests."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.negotiation.vocabulary import Role
from app.web.acting import acting

P = ParamSpec("P")
R = TypeVar("R", bound=ResponseReturnValue)

ANYONE = "anyone"
SIGNED_IN = "signed in"


def for_everyone(view: Callable[P, R]) -> Callable[P, R]:
    """Open a page to everybody, signed in or not."""
    view.open_to = ANYONE  # type: ignore[attr-defined]
    return view


def for_signed_in(view: Callable[P, R]) -> Callable[P, ResponseReturnValue]:
    """Open a page to every signed-in person, also without a membership."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if current_user.is_authenticated else _sign_in()

    guarded.open_to = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def for_roles(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, ResponseReturnValue]]:
    """Open a page to those who act in one of the roles; to all others it does not exist (404)."""

    def decorate(view: Callable[P, R]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return _sign_in()
            actor = acting()
            if actor is None or actor.role not in roles:
                abort(404)
            return view(*args, **kwargs)

        guarded.open_to = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


MEMBERS = (Role.SECRETARIAT, Role.CHAIR, Role.FOCAL_POINT, Role.EXPERT)
DELEGATES = (Role.FOCAL_POINT, Role.EXPERT)
STAFF = (Role.SECRETARIAT, Role.CHAIR)
READERS = (*MEMBERS, Role.OBSERVER)


def _sign_in() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in", next=request.full_path if request.method == "GET" else None))
