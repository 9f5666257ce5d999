"""Refusals: every rule violation that a user can understand and act on.

A refusal carries facts; its sentence is a message id that the screens translate and fill in.
No status codes here: the web layer maps classes to them.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


def N_(message: str) -> str:  # noqa: N802 - the marker that message extraction knows
    """Mark *message* for translation and return it as it is."""
    return message


@dataclass(eq=False)
class Refused(Exception):
    """Base of every refusal.

    Attributes:
        sentence: The message id, with ``%(name)s`` for facts.
    """

    sentence: ClassVar[str] = N_("This is not possible.")

    def facts(self) -> dict[str, Any]:
        """Return the facts by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def __str__(self) -> str:
        return self.sentence % self.facts()


@dataclass(eq=False)
class NotFound(Refused):
    """There is no such thing, or not for the one who asks: both look the same."""

    sentence = N_("There is nothing here, or it is not open to you.")


@dataclass(eq=False)
class NotPermitted(Refused):
    """The step exists, but not in this role."""

    sentence = N_("As %(role)s you cannot do this.")
    action: str
    role: str


@dataclass(eq=False)
class TransitionNotAllowed(Refused):
    """No such step leaves the present state."""

    sentence = N_("Cannot %(action)s: it is %(state)s.")
    action: str
    state: str


@dataclass(eq=False)
class DeadlinePassed(Refused):
    """The complete request arrived at or after the deadline."""

    sentence = N_("The deadline passed at %(deadline)s; this arrived at %(arrived)s.")
    deadline: str
    arrived: str


@dataclass(eq=False)
class EditedMeanwhile(Refused):
    """Somebody else saved first; nothing was overwritten."""

    sentence = N_("Somebody else changed this while you were working. Nothing was overwritten; your text is below.")
    current: str = ""


@dataclass(eq=False)
class OtherContent(Refused):
    """The form was sent before with other content (a stale tab)."""

    sentence = N_("This form was already sent, with other content. Open it again to send something new.")


@dataclass(eq=False)
class Missing(Refused):
    """Something the act needs was not given."""

    sentence = N_("Enter %(thing)s.")
    thing: str


@dataclass(eq=False)
class NothingChanged(Refused):
    """The wished text is the text as it stands."""

    sentence = N_("The text is the same as in the draft: there is nothing to propose yet.")


@dataclass(eq=False)
class OverlapsOwn(Refused):
    """The delegation already asks for something else on the same provision."""

    sentence = N_(
        "Your delegation already has a proposal on this provision (%(reference)s). Replace or withdraw it first."
    )
    reference: str


@dataclass(eq=False)
class StaleVersion(Refused):
    """The draft was made against a version that is no longer the basis."""

    sentence = N_("This was made against version %(quoted)s; the round is on version %(current)s.")
    quoted: str
    current: str


@dataclass(eq=False)
class NotReady(Refused):
    """Checks stand in the way; they are listed."""

    sentence = N_("This cannot be done yet: %(problems)s.")
    problems: str


@dataclass(eq=False)
class NotInOwnFile(Refused):
    """A paper cannot be written into the Word file that its draft came from."""

    sentence = N_(
        "This text cannot be written into the Word file that the draft came from: too much of it stands there "
        "otherwise. Take it in the house template."
    )


@dataclass(eq=False)
class Contradicts(Refused):
    """What is asked contradicts something else the delegation asks for, or itself."""

    sentence = N_(
        "This contradicts another wish of your delegation (provision %(provision)s): both cannot be had. "
        "Change or withdraw one of them."
    )
    provision: str
