"""What has been made of the sample so far."""

from dataclasses import dataclass, field
from datetime import datetime

from app.negotiation.actors import Actor
from app.negotiation.vocabulary import Role

PARTNER = "PRT"
"""Code of the observer's desk."""
SLUGS = {"plan": "action-plan", "agenda": "agenda"}


@dataclass
class Loading:
    """What has been made so far.

    Attributes:
        actors: (code of the delegation, role) to who acts; the first of a role, "" for no delegation.
        keys: Document to address to key, those of inserted provisions among them (``+1-12.1``).
        proposals: Reference ("1-12") to id.
    """

    now: datetime
    body: str
    delegations: dict[str, str]
    actors: dict[tuple[str, Role], Actor] = field(default_factory=dict)
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    proposals: dict[str, str] = field(default_factory=dict)

    @property
    def officer(self) -> Actor:
        """The first officer of the secretariat."""
        return self.actors["SEC", Role.SECRETARIAT]

    def author(self, code: str) -> Actor:
        """Return who submits for a delegation or desk."""
        role = {"SEC": Role.SECRETARIAT, "CHR": Role.CHAIR}.get(code, Role.FOCAL_POINT)
        return self.actors[code, role]
