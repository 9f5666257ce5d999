"""The words of proposals as they stand on the screen."""

from flask import Flask
from flask_babel import gettext as _

from app.negotiation.vocabulary import Category, Channel, Outcome, PositionKind, ProposalState
from app.text.carry_over import CarryKind
from app.text.changes import Operation
from app.text.standing import Standing


def operation_name(operation: Operation) -> str:
    """Return what a change asks for, as a button says it."""
    return str(
        {
            Operation.AMEND: _("Amend the text"),
            Operation.INSERT: _("Insert after it"),
            Operation.DELETE: _("Delete"),
            Operation.MOVE: _("Move"),
            Operation.NO_CHANGE: _("Keep as it is"),
            Operation.COMMENT: _("Comment"),
        }[operation]
    )


def change_name(operation: Operation) -> str:
    """Return what kind of change it is, as a list says it."""
    return str(
        {
            Operation.AMEND: _("amendment"),
            Operation.INSERT: _("insertion"),
            Operation.DELETE: _("deletion"),
            Operation.MOVE: _("move"),
            Operation.NO_CHANGE: _("keep as it is"),
            Operation.COMMENT: _("comment"),
        }[operation]
    )


def category_name(category: Category) -> str:
    """Return a category."""
    return str(
        {
            Category.GENERAL: _("general"),
            Category.SUBSTANTIVE: _("substantive"),
            Category.TECHNICAL: _("technical"),
            Category.EDITORIAL: _("editorial"),
            Category.TRANSLATION: _("translation"),
        }[category]
    )


def proposal_state_name(state: ProposalState) -> str:
    """Return how a proposal stands."""
    return str(
        {
            ProposalState.SUBMITTED: _("submitted"),
            ProposalState.REPLACED: _("replaced"),
            ProposalState.WITHDRAWN: _("withdrawn"),
            ProposalState.LATE: _("late, not admitted yet"),
            ProposalState.ORAL: _("oral, to be confirmed"),
        }[state]
    )


def channel_name(channel: Channel) -> str:
    """Return how a proposal came."""
    return str(
        {
            Channel.WEB: _("on the screen"),
            Channel.WORD: _("as a Word file"),
            Channel.LETTER: _("by letter"),
            Channel.ORAL: _("orally, in the room"),
        }[channel]
    )


def outcome_name(outcome: Outcome) -> str:
    """Return what became of a change."""
    return str(
        {
            Outcome.ACCEPTED: _("accepted"),
            Outcome.ACCEPTED_AS_AMENDED: _("accepted as amended"),
            Outcome.NOT_ACCEPTED: _("not accepted"),
            Outcome.KEPT_IN_BRACKETS: _("kept in brackets"),
            Outcome.COVERED: _("covered by another proposal"),
            Outcome.DEFERRED: _("deferred"),
            Outcome.NOTED: _("noted"),
        }[outcome]
    )


def position_name(kind: PositionKind) -> str:
    """Return where a delegation stands, as a sentence about several says it."""
    return str(
        {
            PositionKind.SUPPORTS: _("Supported by"),
            PositionKind.OBJECTS: _("Objection of"),
            PositionKind.RESERVES: _("Reservation of"),
        }[kind]
    )


def standing_name(standing: Standing) -> str:
    """Return how a provision stands, with the sign that tells it without colour."""
    return str(
        {
            Standing.AGREED: _("✓ agreed"),
            Standing.BRACKETED: _("[ ] in brackets"),
            Standing.OPEN: _("○ open"),
        }[standing]
    )


def carry_name(kind: CarryKind) -> str:
    """Return what became of a proposal when the text moved on."""
    return str(
        {
            CarryKind.STILL_APPLIES: _("still applies"),
            CarryKind.TEXT_SHIFTED: _("applies; the text around it has changed"),
            CarryKind.OVERTAKEN: _("overtaken: the text already says so"),
            CarryKind.MUST_BE_RESTATED: _("must be restated: the text it was made on has changed"),
        }[kind]
    )


def version_name(number: int, final: bool = False) -> str:
    """Return what a version is called; the symbol *Rev.1* stays Latin in every language."""
    if final:
        return str(_("Adopted text"))
    return f"Rev.{number}" if number else str(_("Version 0"))


def register(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters.update(
        operation_name=operation_name,
        change_name=change_name,
        category_name=category_name,
        proposal_state_name=proposal_state_name,
        channel_name=channel_name,
        outcome_name=outcome_name,
        position_name=position_name,
        standing_name=standing_name,
        carry_name=carry_name,
    )
    app.jinja_env.globals.update(version_name=version_name)
