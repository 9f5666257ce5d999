"""What the clock drives: rounds open and close, letters go out. Every job may run at any time, and twice."""

import threading
from datetime import datetime

from flask import Flask

from app.config import Settings
from app.models import db
from app.services import outbox, returns, rounds

TICK_SECONDS = 30


def tick(app: Flask, *, now: datetime) -> None:
    """Do what is due: open and close rounds, forget what was kept for a time only, send the letters that wait."""
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        rounds.keep_time(now)
        returns.forget_expired(now)
        if settings.mail_server:
            outbox.send_waiting(outbox.smtp(settings), now=now)
        db.session.remove()


def start(app: Flask) -> threading.Event:
    """Tick in the background until the returned event is set. Nothing is lost where this does not run."""
    stop = threading.Event()

    def run() -> None:
        while not stop.wait(TICK_SECONDS):
            try:
                tick(app, now=app.config["CLOCK"]())
            except Exception:  # a job that fails today is tried again in a moment
                app.logger.exception("a job failed")

    threading.Thread(target=run, name="jobs", daemon=True).start()
    return stop
