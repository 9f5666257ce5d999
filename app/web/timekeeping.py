"""Deadlines hold without a clockwork: whoever comes first opens what is due and closes what is over."""

from flask import Flask, request

from app.services.rounds import keep_time
from app.web.acting import now


def register(app: Flask) -> None:
    """Keep time before every page."""

    @app.before_request
    def tick() -> None:
        if request.endpoint in (None, "static"):
            return
        # The request is read to its end before its instant is taken: its own arrival is what counts, and
        # waiting for the lock below must not make it late.
        request.form  # noqa: B018 - reading it is the point
        keep_time(now())
