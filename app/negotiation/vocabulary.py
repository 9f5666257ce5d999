"""The words of negotiation as closed sets. Stored values are never renamed; new ones are added."""

from enum import StrEnum


class Role(StrEnum):
    """What a person acts as; which one acts is chosen and recorded with every act."""

    ADMINISTRATOR = "administrator"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    FOCAL_POINT = "focal_point"
    EXPERT = "expert"
    OBSERVER = "observer"
    SYSTEM = "system"
    """The clock and the command line: no person acts."""


class DelegationKind(StrEnum):
    """Who can be an author. Chair and Secretariat are desks of the body, with an author's rights."""

    MEMBER_STATE = "member_state"
    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    BODY = "body"
    OBSERVER = "observer"


class DocumentState(StrEnum):
    """The life of a document."""

    DRAFTING = "drafting"
    NEGOTIATION = "negotiation"
    AGREED = "agreed"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class VersionState(StrEnum):
    """An imported first version may be discarded until a round opens on it."""

    ISSUED = "issued"
    DISCARDED = "discarded"


class RoundState(StrEnum):
    """The life of a review round; past its deadline an open round takes nothing more."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    CONCLUDED = "concluded"


class Visibility(StrEnum):
    """When other delegations see a submitted proposal."""

    OPEN = "open"
    AT_CLOSE = "at_close"


class ProposalState(StrEnum):
    """The life of a proposal; what became of it is derived from the decisions on its changes."""

    SUBMITTED = "submitted"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    """Arrived after the deadline: kept and receipted, not yet admitted."""
    ORAL = "oral"
    """Typed in the room on a side's behalf, not yet confirmed by it."""


class Channel(StrEnum):
    """How a proposal came."""

    WEB = "web"
    WORD = "word"
    LETTER = "letter"
    ORAL = "oral"


class ReturnSource(StrEnum):
    """What a text that came back is."""

    WORD = "word"
    """A delegation's own Word file."""
    LETTER = "letter"
    """Pasted words: a letter or a table."""
    MINISTRY = "ministry"
    """A ministry's Word file, sent to its own delegation."""


class Category(StrEnum):
    """What a proposal is about."""

    GENERAL = "general"
    SUBSTANTIVE = "substantive"
    TECHNICAL = "technical"
    EDITORIAL = "editorial"
    TRANSLATION = "translation"


class WishKind(StrEnum):
    """Whether a wish is the proposer's own or a co-sponsor's."""

    OWN = "own"
    CO_SPONSOR = "co_sponsor"


class PositionKind(StrEnum):
    """Where another delegation stands on a proposal."""

    SUPPORTS = "supports"
    OBJECTS = "objects"
    RESERVES = "reserves"


class Outcome(StrEnum):
    """What the group decided on a change."""

    ACCEPTED = "accepted"
    ACCEPTED_AS_AMENDED = "accepted_as_amended"
    NOT_ACCEPTED = "not_accepted"
    KEPT_IN_BRACKETS = "kept_in_brackets"
    COVERED = "covered"
    DEFERRED = "deferred"
    NOTED = "noted"


REASON_WANTED = frozenset({Outcome.ACCEPTED_AS_AMENDED, Outcome.NOT_ACCEPTED})
"""Outcomes that ask for a reason: partly and no, not yes."""

CLOSES = frozenset(Outcome) - {Outcome.DEFERRED}
"""Outcomes after which a change is no longer open."""


class ConsentAnswer(StrEnum):
    """A delegation's answer to a version as a whole; a missing answer is never consent."""

    AGREED = "agreed"
    AGREED_WITH_REMARKS = "agreed_with_remarks"
    AGREED_AT_EXPERT_LEVEL = "agreed_at_expert_level"
    NOT_AGREED = "not_agreed"
    NOT_INTERESTED = "not_interested"


class MeetingForm(StrEnum):
    """How a meeting is held."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    HYBRID = "hybrid"
