"""Lists typed or pasted as text, a row per line: read by line, problems told by line."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.negotiation.vocabulary import Role
from app.web.languages import LOCALES
from app.web.names import role_name
from app.web.passwords import library

_PERSON = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<email>[^<>\s]+)\s*>\s*[,;，；]?\s*(?P<rest>.*)$")
_COMMAS = re.compile(r"\s*[,;，；]\s*")


@dataclass(frozen=True)
class Person:
    """A line "Name <mail>, role, code"; the code names the delegation and may be missing."""

    number: int
    name: str
    email: str
    role: Role
    code: str


@dataclass(frozen=True)
class Read:
    """What was understood, and what was not, as sentences that name the line."""

    rows: tuple[Any, ...]
    problems: tuple[str, ...]


def read_people(text: str, roles: Sequence[Role]) -> Read:
    """Read persons to invite; who has no role on the line gets the first of *roles*."""
    words = _role_words(roles)
    return _read(text, lambda number, line: _person(number, line, words, roles[0]))


def read_names(text: str, languages: Sequence[str], *, with_code: bool = True) -> Read:
    """Read lines "CODE | name | name | …", names in the order of *languages*, as (code, {language: name})."""

    def read(_number: int, line: str) -> tuple[str, Mapping[str, str]]:
        parts = [part.strip() for part in re.split(r"[|｜\t]", line)]
        code = parts.pop(0) if with_code else ""
        if (with_code and not code) or not any(parts) or len(parts) > len(languages):
            raise ValueError(_("Put %(form)s.", form=form_of_names(languages, with_code=with_code)))
        return code, {language: name for language, name in zip(languages, parts, strict=False) if name}

    return _read(text, read)


def form_of_names(languages: Sequence[str], *, with_code: bool = True) -> str:
    """Return how a line of names looks."""
    words = {"en": _("English name"), "ru": _("Russian name"), "zh": _("Chinese name")}
    return " | ".join(([_("CODE")] if with_code else []) + [words.get(language, language) for language in languages])


def write_names(rows: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> str:
    """Return the text that ``read_names`` reads back as *rows*."""
    return "\n".join(
        " | ".join([code, *(names.get(language, "") for language in languages)]) for code, names in rows.items()
    )


def _read(text: str, read: Callable[[int, str], Any]) -> Read:
    rows, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(read(number, line))
        except ValueError as error:
            problems.append(_("Line %(number)s: %(problem)s", number=number, problem=error))
    return Read(tuple(rows), tuple(problems))


def _person(number: int, line: str, words: Mapping[str, Role], usual: Role) -> Person:
    found = _PERSON.match(line)
    if found is None or not found["name"]:
        raise ValueError(_("Put the line as: Name <name@example.org>, role"))
    try:
        email = library().mail_util.validate(found["email"]).lower()
    except ValueError as error:
        raise ValueError(_("“%(address)s” is no e-mail address.", address=found["email"])) from error
    role, code = usual, ""
    for part in filter(None, _COMMAS.split(found["rest"].strip())):
        if part.casefold() in words:
            role = words[part.casefold()]
        elif not code:
            code = part.upper()
        else:
            raise ValueError(_("“%(word)s” is no role that you can invite to.", word=part))
    return Person(number, found["name"], email, role, code)


def _role_words(roles: Sequence[Role]) -> dict[str, Role]:
    """Return the roles by their names in every language of the interface, and by their stored words."""
    words = {}
    for role in roles:
        words[role.value] = words[role.value.replace("_", " ")] = role
        for locale in LOCALES.values():
            with force_locale(locale):
                words[role_name(role).casefold()] = role
    return words
