"""Heads of papers: what a body, a document and a version say at the head of a Word file."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.docxio.dates import written
from app.docxio.sheets import Sheet, Stage, StateName
from app.models.bodies import Body
from app.models.documents import Document, Version
from app.queries.paper_words import WORDS, PaperWords
from app.queries.people import People

GENITIVE = "ru_genitive"
"""Key beside the languages of ``Document.adopted_by``: the meeting as it stands after «решением»."""


def version_sheet(
    document: Document, version: Version, language: str, fingerprint: str, *, body: Body, people: People
) -> Sheet:
    """Return the head of a version's clean text in a language."""
    words = WORDS[language]
    stage = Stage.ADOPTED if version.final else Stage.VERSION if version.number else Stage.DRAFT
    return _sheet(
        language,
        people,
        stage=stage,
        title=(title_of(document, language),),
        marks=() if version.final else version_marks(document, version, language, body.zone),
        adoption=_adoption(document, language, words) if version.final else (),
        sample=words.sample if body.sample else "",
        fingerprint="" if version.final else words.fingerprint.format(hash=fingerprint),
        handling="" if version.final else handling_of(body, language),
    )


def working_sheet(
    document: Document,
    version: Version,
    language: str,
    fingerprint: str,
    *,
    body: Body,
    people: People,
    marks: tuple[str, ...] = (),
    is_base: bool = True,
    text_language: str = "",
) -> Sheet:
    """Return the head of a paper made from a version's text, with *marks* after the version's own.

    Args:
        is_base: Whether the fingerprint is that of the text which changes are shown against.
        text_language: Of the text, where it is not the head's.
    """
    words = WORDS[language]
    return _sheet(
        language,
        people,
        stage=Stage.VERSION,
        title=(title_of(document, language),),
        marks=(*version_marks(document, version, language, body.zone), *marks),
        adoption=(),
        sample=words.sample if body.sample else "",
        fingerprint=(words.base_fingerprint if is_base else words.fingerprint).format(hash=fingerprint),
        handling=handling_of(body, language),
        of_text=names_sheet(people, text_language) if text_language not in ("", language) else None,
    )


def _sheet(
    language: str,
    people: People,
    *,
    stage: Stage,
    title: tuple[str, ...],
    marks: tuple[str, ...],
    adoption: tuple[str, ...],
    sample: str,
    fingerprint: str,
    handling: str = "",
    of_text: Sheet | None = None,
) -> Sheet:
    return replace(
        names_sheet(people, language),
        stage=stage,
        title=title,
        marks=marks,
        adoption=adoption,
        sample=sample,
        fingerprint=fingerprint,
        handling=handling,
        of_text=of_text,
    )


def names_sheet(people: People, language: str) -> Sheet:
    """Return a head that knows nothing but the names in a language and their order."""
    return Sheet(language, names=state_names(people, language), order=people.in_order(people.order, language))


def handling_of(body: Body, language: str) -> str:
    """Return the restriction that stands on every working paper of the body; "" where there is none."""
    mark = body.rules.get("handling") or {}
    return str(mark.get(language) or next((words for words in mark.values() if words), ""))


def title_of(document: Document, language: str) -> str:
    """Return a document's title in a language, else in the one it is negotiated in."""
    titles = document.titles
    return str(titles.get(language) or titles.get(document.negotiating_language) or next(iter(titles.values()), ""))


def state_names(people: People, language: str) -> dict[str, StateName]:
    """Return code to the names of every delegation and group in a language."""
    return {
        code: StateName(
            people.name(code, language),
            people.name(code, language, "full"),
            _side(people, code, language),
            _form(people, code, language, "listed"),
        )
        for code in people.order
    }


def _form(people: People, code: str, language: str, form: str) -> str:
    """Return a name form that the body stores; "" where it does not."""
    found = people.by_code.get(code)
    return str(found.forms.get(language, {}).get(form, "")) if found else ""


def _side(people: People, code: str, language: str) -> str:
    """Return a delegation as a side: «Белорусская», 白方, "Belarusian"; "" where the body does not say it."""
    found = people.by_code.get(code)
    forms = found.forms.get(language, {}) if found else {}
    side = str(forms.get("side" if language == "zh" else "adjective") or "")
    return side[:1].upper() + side[1:] if language == "ru" else side


def side_title(people: People, code: str, language: str, titles: tuple[str, str, str]) -> str:
    """Return a title that names a side; case forms are stored, never built.

    Args:
        titles: With the side as an adjective in the genitive, with the state in the genitive, with its plain name:
            the first whose form is stored.
    """
    of_side, of_delegation, of = titles
    forms = people.by_code[code].forms.get(language, {})
    if language == "ru":
        if adjective := forms.get("adjective_genitive"):
            return of_side.format(side=adjective)
        if genitive := forms.get("genitive"):
            return of_delegation.format(side=genitive)
    elif side := forms.get("side" if language == "zh" else "adjective"):
        return of_side.format(side=side)
    elif listed := forms.get("listed"):
        return of_delegation.format(side=listed)
    return of.format(side=people.name(code, language))


def version_marks(document: Document, version: Version, language: str, zone: str) -> tuple[str, ...]:
    """Return the lines at the head of a version: that it is a draft, and which."""
    words = WORDS[language]
    if version.final:
        return (words.final,)
    marks = tuple(mark.format(ordinal=_ordinal(words, version.number)) for mark in words.draft)
    if document.symbol:
        return (*marks, document.symbol, *((f"Rev.{version.number}",) if version.number else ()))
    if language == "zh":
        return marks
    return (*marks, words.version_of.format(day=written(day_of(version.issued_at, zone), language)))


def _ordinal(words: PaperWords, number: int) -> str:
    if not words.ordinals:
        return ""
    return words.ordinals[number] if number < len(words.ordinals) else f"第{number + 1}"


def since(document: Document, version: Version, language: str, zone: str) -> str:
    """Return the mark of a comparison: «изменения к редакции от 9 апреля 2025 г.», "changes since Rev.1"."""
    words = WORDS[language]
    if document.symbol:
        named = f"{document.symbol} Rev.{version.number}" if version.number else document.symbol
    elif language == "zh":
        named = f"{_ordinal(words, version.number)}稿"
    else:
        named = words.since_version.format(day=written(day_of(version.issued_at, zone), language))
    return words.since.format(version=named)


def as_at(now: datetime, zone: str, language: str) -> str:
    """Return the mark of a working print: «по состоянию на 22:40 9 апреля 2025 г.»."""
    local = now.astimezone(ZoneInfo(zone))
    time = f"{local.hour}时{local.minute:02}分" if language == "zh" else f"{local:%H:%M}"
    return WORDS[language].as_at.format(time=time, day=written(local.date(), language))


def day_of(at: datetime, zone: str) -> date:
    """Return the civil day of an instant in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def _adoption(document: Document, language: str, words: PaperWords) -> tuple[str, ...]:
    """Return the lines that say who adopted the text and when; case forms are typed, never built."""
    if document.adopted_on is None:
        return ()
    day = written(document.adopted_on, language).replace("\u00a0г.", "\u00a0года")
    by, places = document.adopted_by or {}, document.adopted_at_place or {}
    meeting = str(by.get(language) or next((v for k, v in by.items() if v and k != GENITIVE), ""))
    place = str(places.get(language) or next((v for v in places.values() if v), ""))
    formula = words.adopted.get(document.type_of_paper, words.adopted[""]).format(day=day, meeting=meeting)
    genitive = by.get(GENITIVE) if language == "ru" else None
    if genitive:
        said = words.decided_by.format(meeting=genitive, day=day)
    else:
        said = words.decided_at.format(meeting=meeting, place=place, day=day)
    return tuple(line for line in (formula, *said.split("\u2028")) if line)
