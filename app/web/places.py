"""Where people are when a deadline falls: capitals and their time zones, and an instant said in several of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_location
from flask import Flask
from flask_babel import get_locale

from app.web.languages import language

CAPITALS: dict[str, tuple[str, dict[str, str]]] = {
    "AFG": ("Asia/Kabul", {"en": "Kabul", "ru": "Кабул", "zh": "喀布尔"}),
    "ARM": ("Asia/Yerevan", {"en": "Yerevan", "ru": "Ереван", "zh": "埃里温"}),
    "AZE": ("Asia/Baku", {"en": "Baku", "ru": "Баку", "zh": "巴库"}),
    "BLR": ("Europe/Minsk", {"en": "Minsk", "ru": "Минск", "zh": "明斯克"}),
    "CHN": ("Asia/Shanghai", {"en": "Beijing", "ru": "Пекин", "zh": "北京"}),
    "IND": ("Asia/Kolkata", {"en": "New Delhi", "ru": "Нью-Дели", "zh": "新德里"}),
    "IRN": ("Asia/Tehran", {"en": "Tehran", "ru": "Тегеран", "zh": "德黑兰"}),
    "KAZ": ("Asia/Almaty", {"en": "Astana", "ru": "Астана", "zh": "阿斯塔纳"}),
    "KGZ": ("Asia/Bishkek", {"en": "Bishkek", "ru": "Бишкек", "zh": "比什凯克"}),
    "LAO": ("Asia/Vientiane", {"en": "Vientiane", "ru": "Вьентьян", "zh": "万象"}),
    "MNG": ("Asia/Ulaanbaatar", {"en": "Ulaanbaatar", "ru": "Улан-Батор", "zh": "乌兰巴托"}),
    "PAK": ("Asia/Karachi", {"en": "Islamabad", "ru": "Исламабад", "zh": "伊斯兰堡"}),
    "RUS": ("Europe/Moscow", {"en": "Moscow", "ru": "Москва", "zh": "莫斯科"}),
    "TJK": ("Asia/Dushanbe", {"en": "Dushanbe", "ru": "Душанбе", "zh": "杜尚别"}),
    "TKM": ("Asia/Ashgabat", {"en": "Ashgabat", "ru": "Ашхабад", "zh": "阿什哈巴德"}),
    "TUR": ("Europe/Istanbul", {"en": "Ankara", "ru": "Анкара", "zh": "安卡拉"}),
    "UZB": ("Asia/Tashkent", {"en": "Tashkent", "ru": "Ташкент", "zh": "塔什干"}),
}
"""Code of a state to its capital's zone and names. Zone names name other cities: Shanghai, Kolkata, Almaty, Karachi."""

_NAMES = dict(CAPITALS.values())
SHOWN_CAPITALS = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as the clock on a wall says it: "Friday, 9 May 2025, 18:00", and where that clock hangs."""

    place: str
    said: str
    is_own: bool = False


def place_name(zone: str, wanted: str | None = None) -> str:
    """Return the place a zone stands for, in the wanted (else the page's) language: a capital, else the zone's city."""
    if zone in _NAMES:
        return _NAMES[zone].get(wanted or language()) or _NAMES[zone]["en"]
    if zone == "UTC":
        return "UTC"
    return get_timezone_location(ZoneInfo(zone), locale=get_locale() or Locale("en"), return_city=True)


def zone_choices(own: str, states: Iterable[str]) -> list[tuple[str, str]]:
    """Return the zones to choose from, as (zone, name): the body's, those of its states' capitals, UTC."""
    zones = dict.fromkeys((own, *(CAPITALS[code][0] for code in states if code in CAPITALS), "UTC"))
    return [(zone, place_name(zone) if zone == "UTC" else f"{place_name(zone)} ({zone})") for zone in zones]


def say_moment(at: datetime, zone: str) -> str:
    """Return an instant in a named zone with its weekday, so that nobody reads 12/11 as 11/12."""
    locale = get_locale() or Locale("en")
    local = at.astimezone(ZoneInfo(zone))
    return f"{format_date(local, 'full', locale)}, {format_datetime(local, 'HH:mm', locale=locale)}"


def say_time(at: datetime, zone: str) -> str:
    """Return the time of day in a named zone: "18:00"."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def moments(at: datetime, zone: str, states: Iterable[str]) -> tuple[Moment, ...]:
    """Return an instant in the named zone, in UTC, and in three of the states' capitals, far apart, west to east."""
    named = (zone, "UTC")
    found: dict[timedelta, str] = {}
    for code in states:
        capital = CAPITALS.get(code, (None,))[0]
        if capital is not None and capital not in named:
            offset = _offset(at, capital)
            if offset != _offset(at, zone):
                found.setdefault(offset, capital)
    spread = [found[offset] for offset in sorted(found)]
    chosen = dict.fromkeys((*spread[:1], *spread[len(spread) // 2 : len(spread) // 2 + 1], *spread[-1:]))
    return (
        Moment(place_name(zone), say_moment(at, zone), is_own=True),
        *((Moment("UTC", say_moment(at, "UTC")),) if zone != "UTC" else ()),
        *(Moment(place_name(one), say_moment(at, one)) for one in tuple(chosen)[:SHOWN_CAPITALS]),
    )


def _offset(at: datetime, zone: str) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def register(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters.update(place_name=place_name, moment=say_moment, clock_time=say_time)
