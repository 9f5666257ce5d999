"""What every page needs: who acts, the navigation, the blueprints."""

from flask import Blueprint, Flask

from app.web import agreements, consolidation, delegation_room, home, issuing, proposals, proposing
from app.web.acting import acting_row, memberships

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    proposing.bp,
    proposals.bp,
    delegation_room.bp,
    consolidation.bp,
    agreements.bp,
    issuing.bp,
)
"""Every blueprint with screens; a new feature adds its own here."""


def register(app: Flask) -> None:
    """Register the screens."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.context_processor(lambda: {"acting": acting_row(), "memberships": memberships()})
