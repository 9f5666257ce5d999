"""Dates and times as people type them, in a named time zone."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEARS = range(1900, 2201)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")


def parse_date(typed: str) -> date | None:
    """Return the date that "2025-05-09" or "09.05.2025" means; None for anything else, 05/09 above all.

    The year must be one of ours: near the first and the last that there are, no clock elsewhere shows the same day.
    """
    words = typed.strip()
    if found := _DATE.fullmatch(words):
        year, month, day = map(int, found.groups())
    elif found := _DOTTED.fullmatch(words):
        day, month, year = map(int, found.groups())
    else:
        return None
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_time(typed: str) -> time | None:
    """Return the time of day that "18:00" or "18.00" means; None for anything else."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute = map(int, found.groups())
    return time(hour, minute) if hour < 24 and minute < 60 else None


def instant_in(on: date, at: time, zone: str) -> datetime | None:
    """Return the instant at which a clock in *zone* shows that date and time; None where it never does
    (the hour that summer time skips). Of an hour that comes twice it is the first."""
    local = datetime.combine(on, at, ZoneInfo(zone))
    instant = local.astimezone(UTC)
    shown = instant.astimezone(ZoneInfo(zone))
    return instant if shown.replace(tzinfo=None) == local.replace(tzinfo=None) else None
