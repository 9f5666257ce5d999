"""Who acts."""

from dataclasses import dataclass

from app.negotiation.vocabulary import Role

INSTALLATION = "installation"
"""The chain of the installation's own events."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One membership acting: user, body, delegation and role.

    Attributes:
        user: The user's public id; None for the clock and the command line.
        body: The body's id; None for the installation itself.
        delegation: The delegation's id: of a state, or of the chair's or secretariat's desk; None
            for administrators and the system.
    """

    role: Role
    user: str | None = None
    body: str | None = None
    delegation: str | None = None
    membership: str | None = None

    @property
    def chain(self) -> str:
        """The chain its acts are recorded in."""
        return self.body or INSTALLATION

    @property
    def is_staff(self) -> bool:
        """Whether it is the secretariat or the chair."""
        return self.role in (Role.SECRETARIAT, Role.CHAIR)


def system(body: str | None = None) -> Actor:
    """Return the clock or the command line as an actor."""
    return Actor(Role.SYSTEM, body=body)
