"""Which membership acts in this request, and what time it is: read here and nowhere deeper."""

from datetime import datetime

from flask import abort, current_app, g, session
from flask_login import current_user

from app.negotiation.actors import Actor
from app.queries.members import MembershipRow, list_memberships


def memberships() -> tuple[MembershipRow, ...]:
    """Return the live memberships of the signed-in person."""
    if "memberships" not in g:
        g.memberships = list_memberships(current_user.public_id) if current_user.is_authenticated else ()
    return tuple(g.memberships)


def acting_row() -> MembershipRow | None:
    """Return the membership chosen to act, else the first one, else None."""
    rows = memberships()
    chosen = session.get("membership")
    return next((row for row in rows if row.id == chosen), rows[0] if rows else None)


def acting() -> Actor | None:
    """Return who acts, or None when nobody is signed in or the person has no membership."""
    row = acting_row()
    return None if row is None else row.actor


def current_actor() -> Actor:
    """Return who acts.

    Raises:
        NotFound (HTTP): Nobody does; pages that call this are guarded by ``access.for_roles``.
    """
    return acting() or abort(404)


def now() -> datetime:
    """Return the instant at which the complete request had arrived: one per request."""
    if "arrived_at" not in g:
        g.arrived_at = current_app.config["CLOCK"]()
    return g.arrived_at  # type: ignore[no-any-return]
