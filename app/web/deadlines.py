"""Instants that matter, said so that nobody mistakes them: in the body's zone, in UTC, and how far away."""

from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from flask import Flask
from flask_babel import get_locale

from app.web.acting import now
from app.web.languages import say_instant
from app.web.places import place_name


def zone_name(zone: str) -> str:
    """Return the place a named time zone stands for in the page's language: a capital, else the zone's city."""
    return place_name(zone)


def say_utc(at: datetime, zone: str) -> str:
    """Return the same instant in UTC; without the date where it is the same day in *zone*."""
    locale = get_locale() or Locale("en")
    utc = at.astimezone(UTC)
    if utc.date() == at.astimezone(ZoneInfo(zone)).date():
        return f"{format_datetime(utc, 'HH:mm', locale=locale)} UTC"
    return f"{say_instant(at, 'UTC')} UTC"


def time_left(deadline: datetime) -> str:
    """Return how long it is until an instant, in whole days, hours or minutes of the page's language."""
    left = max(deadline - now(), timedelta())
    locale = get_locale() or Locale("en")
    if left >= timedelta(days=2):
        return format_timedelta(timedelta(days=left.days), granularity="day", threshold=10_000, locale=locale)
    unit: Literal["hour", "minute"] = "hour" if left >= timedelta(hours=2) else "minute"
    return format_timedelta(left, granularity=unit, threshold=48 if unit == "hour" else 120, locale=locale)


def register(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters.update(zone_name=zone_name, in_utc=say_utc, time_left=time_left)
