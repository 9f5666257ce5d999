"""Slowing down whoever guesses: counted per account and network address, in the memory of this process.

A restart forgets, and each worker counts for itself: this slows guessing, it locks nobody's account.
"""

from collections import defaultdict, deque
from datetime import datetime, timedelta

from flask import current_app, request

TRIES = 10
WINDOW = timedelta(minutes=15)
_KEPT = 10_000
_LONGEST = 320
"""No address is longer; without an end, whoever guesses would fill the memory."""


class Throttle:
    """Failures of late, by account and address."""

    def __init__(self) -> None:
        self._failures: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)

    def is_shut(self, account: str, *, now: datetime) -> bool:
        """Whether this account was tried too often from this request's address."""
        failures = self._recent(account, now)
        return len(failures) >= TRIES

    def note_failure(self, account: str, *, now: datetime) -> None:
        """Count a failure."""
        if len(self._failures) > _KEPT:
            self._failures.clear()
        self._recent(account, now).append(now)

    def forget(self, account: str) -> None:
        """Start anew after a success."""
        self._failures.pop(_key(account), None)

    def _recent(self, account: str, now: datetime) -> deque[datetime]:
        failures = self._failures[_key(account)]
        while failures and failures[0] <= now - WINDOW:
            failures.popleft()
        return failures


def throttle() -> Throttle:
    """Return the application's throttle."""
    found: Throttle = current_app.extensions.setdefault("throttle", Throttle())
    return found


def _key(account: str) -> tuple[str, str]:
    return account.strip().lower()[:_LONGEST], request.remote_addr or ""
