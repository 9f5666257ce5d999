"""What every page needs: who acts, the navigation, the blueprints."""

from flask import Blueprint, Flask

from app.queries.bodies import list_bodies
from app.web import (
    adoption,
    agreements,
    approved,
    bodies,
    clearances,
    consents,
    consolidation,
    delegation_room,
    delegations,
    documents,
    home,
    imports,
    invitations,
    issuing,
    letter_pasting,
    letters,
    meetings,
    members,
    ministry_files,
    packets,
    paper_names,
    papers,
    proposals,
    proposing,
    record,
    releases,
    return_uploads,
    returns,
    round_admissions,
    round_deadlines,
    round_entries,
    round_package,
    round_reminders,
    rounds,
    signing,
    working_copies,
)
from app.web.acting import acting_row, memberships

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    documents.bp,
    imports.bp,
    packets.bp,
    papers.bp,
    consents.bp,
    adoption.bp,
    releases.bp,
    signing.bp,
    approved.bp,
    proposing.bp,
    proposals.bp,
    delegation_room.bp,
    returns.bp,
    return_uploads.bp,
    working_copies.bp,
    clearances.bp,
    ministry_files.bp,
    letters.bp,
    letter_pasting.bp,
    consolidation.bp,
    agreements.bp,
    issuing.bp,
    rounds.bp,
    round_package.bp,
    round_admissions.bp,
    round_deadlines.bp,
    round_entries.bp,
    round_reminders.bp,
    record.bp,
    invitations.bp,
    members.bp,
    bodies.bp,
    delegations.bp,
    meetings.bp,
)
"""Every blueprint with screens; a new feature adds its own here."""


def register(app: Flask) -> None:
    """Register the screens."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    paper_names.register(app)
    papers.register(app)
    adoption.register(app)
    app.context_processor(lambda: {"acting": acting_row(), "memberships": memberships(), "is_training": _is_training()})


def _is_training() -> bool:
    """Whether the page shows the sample: of the body that acts, or, for an administrator, of every body there is."""
    row = acting_row()
    if row is None or row.body_id is not None:
        return row is not None and row.sample
    bodies_there = list_bodies()
    return bool(bodies_there) and all(body.sample for body in bodies_there)
