"""Days as papers write them: «25 апреля 2025 г.», 2025年4月25日, 25 April 2025."""

from datetime import date

_RUSSIAN = "января,февраля,марта,апреля,мая,июня,июля,августа,сентября,октября,ноября,декабря"
_ENGLISH = "January,February,March,April,May,June,July,August,September,October,November,December"


def written(day: date, language: str) -> str:
    """Return a day in the words of a page in *language*: ``ru``, ``zh`` or ``en``."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    if language == "ru":
        return f"{day.day} {_RUSSIAN.split(',')[day.month - 1]} {day.year}\u00a0г."
    return f"{day.day} {_ENGLISH.split(',')[day.month - 1]} {day.year}"
