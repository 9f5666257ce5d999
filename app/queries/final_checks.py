"""The checks that a version passes before it is signed: what each found, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.docxio.signature import shares_a_page
from app.models.bodies import Body
from app.models.documents import Document, Version
from app.negotiation.actors import Actor
from app.negotiation.signing import Block
from app.queries.issuing import list_brackets, numbering_of
from app.queries.people import People, load_people
from app.queries.sheets import title_of, version_sheet
from app.queries.signature_words import day_words, name_form
from app.queries.signing import SigningPage, load_signing, signatures_of, stale_of, version_of
from app.queries.texts import load_edition
from app.text import final_checks
from app.text.final_checks import Finding
from app.text.numbering import Numbering
from app.text.provision import Edition, Kind
from app.text.runs import plain


class FinalCheck(StrEnum):
    """What is looked at before a text is signed, in this order."""

    ORDER = "order"
    NAMES = "names"
    DRAFT = "draft"
    BRACKETS = "brackets"
    NUMBERS = "numbers"
    LABELS = "labels"
    ANNEXES = "annexes"
    DAYS = "days"
    LANGUAGES = "languages"
    STALE = "stale"
    SPELLING = "spelling"
    SIGNATURE_PAGE = "signature_page"
    REFERENCES = "references"
    TITLES = "titles"


@dataclass(frozen=True, slots=True)
class Checked:
    """One check with what it found: (language, finding); nothing found is a pass."""

    check: FinalCheck
    found: tuple[tuple[str, Finding], ...]


def run_checks(slug: str, number: int, *, actor: Actor) -> tuple[Checked, ...]:
    """Return every check of a version with what it found, in the languages of the original."""
    document, version, body = version_of(slug, number, actor)
    page = load_signing(slug, number, actor=actor)
    about = _About(document, version, body, page, load_people(body.id))
    return tuple(Checked(check, tuple(about.found(check))) for check in FinalCheck)


class _About:
    """A version's texts and names, and how each check looks at them."""

    def __init__(self, document: Document, version: Version, body: Body, page: SigningPage, people: People) -> None:
        self.document, self.version, self.body, self.page, self.people = document, version, body, page, people
        wanted = page.arrangement.languages or page.languages
        self.editions = {c: load_edition(version.id, c) for c in page.languages if c in wanted}
        self.numberings: dict[str, Numbering] = {c: numbering_of(body.rules, c) for c in page.languages}
        self.leading = load_edition(version.id, document.negotiating_language)

    def found(self, check: FinalCheck) -> Iterator[tuple[str, Finding]]:
        """Yield what one check finds, with the language."""
        if check is FinalCheck.STALE:
            keys = self.leading.by_key()
            for code, key in sorted(stale_of(self.version, self.document.negotiating_language, self.leading)):
                if key in keys and code in self.editions:
                    yield code, Finding(key, keys[key].label, "")
            return
        for code, edition in self.editions.items():
            for finding in self._of(check, code, edition):
                yield code, finding

    def _of(self, check: FinalCheck, code: str, edition: Edition) -> tuple[Finding, ...]:
        match check:
            case FinalCheck.ORDER:
                return final_checks.states_out_of_order(edition, self._names(code))
            case FinalCheck.NAMES:
                return tuple(self._missing_names(code))
            case FinalCheck.DRAFT:
                return final_checks.draft_words(edition)
            case FinalCheck.BRACKETS:
                return final_checks.brackets_left(edition, self._literal(code))
            case FinalCheck.NUMBERS:
                return final_checks.wrong_numbers(edition, self.numberings[code])
            case FinalCheck.LABELS:
                return final_checks.labels_apart(self.leading, edition, self.numberings)
            case FinalCheck.ANNEXES:
                return (*final_checks.annexes_apart(edition), *self._missing_mark(code))
            case FinalCheck.DAYS:
                return tuple(self._other_days(code))
            case FinalCheck.LANGUAGES:
                return final_checks.without_words(self.leading, edition)
            case FinalCheck.SPELLING:
                return final_checks.two_spellings(edition)
            case FinalCheck.SIGNATURE_PAGE:
                return tuple(self._lone_page(code, edition))
            case FinalCheck.REFERENCES:
                return final_checks.lost_references(edition, self.numberings[code])
            case _:
                return tuple(self._other_titles(code, edition))

    def _names(self, code: str) -> list[tuple[str, ...]]:
        order = self.people.in_order((d.code for d in self.people.states), code)
        return [
            tuple(
                str(form)
                for kind, form in self.people.by_code[each].forms.get(code, {}).items()
                if kind in ("short", "full", "genitive", "accusative", "listed")
            )
            for each in order
        ]

    def _missing_names(self, code: str) -> Iterator[Finding]:
        if self.page.arrangement.block is not Block.SIDES:
            return
        form = name_form(self.page.arrangement.capacity, code)
        for side in self.page.signing:
            forms = side.forms.get(code, {})
            if not forms.get(form) and not (form == "listed" and forms.get("full")):
                yield Finding("", "", f"{self.people.name(side.code, code)}: {form}")

    def _literal(self, code: str) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for row in list_brackets(self.version.id):
            if row.literal and row.language == code:
                found[row.key, row.part] = found.get((row.key, row.part), 0) + 1
        return found

    def _missing_mark(self, code: str) -> Iterator[Finding]:
        """Yield that a paper which is signed by nobody, being an annex, does not say to what."""
        arrangement = self.page.arrangement
        if arrangement.block is Block.NOBODY and not arrangement.annex.get(code, "").strip():
            yield Finding("", "", "–")

    def _other_days(self, code: str) -> Iterator[Finding]:
        arrangement = self.page.arrangement
        texts = (arrangement.closing.get(code, ""), arrangement.annex.get(code, ""))
        if arrangement.on is None:
            if any(text.strip() for text in texts):
                yield Finding("", "", "–")
            return
        for text in final_checks.days_apart(_spelled(arrangement.on, code), texts):
            yield Finding("", "", text.splitlines()[-1])

    def _lone_page(self, code: str, edition: Edition) -> Iterator[Finding]:
        sheet = version_sheet(self.document, self.version, code, "", body=self.body, people=self.people)
        if not shares_a_page(edition, sheet, signatures_of(self.page, self.people, code)):
            yield Finding("", "", "")

    def _other_titles(self, code: str, edition: Edition) -> Iterator[Finding]:
        printed = " ".join(plain(p.text) for p in edition if p.kind is Kind.TITLE)
        named = title_of(self.document, code)
        if printed and final_checks.titles_apart((printed, named)):
            yield Finding("", "", f"{printed} ≠ {named}")


def _spelled(day: date, language: str) -> tuple[str, ...]:
    """Return the day as papers write it, with any kind of space."""
    written = day_words(day, language)
    short = written.removesuffix("\u00a0года")
    return short, short.replace(" ", "\u00a0")
