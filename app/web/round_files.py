"""The forms in which the papers of a round can be had, and the words that offer them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.docxio.bracketed import bracketed_draft
from app.docxio.compilation import compilation_table
from app.docxio.open_questions import open_questions
from app.docxio.table_words import Layout
from app.docxio.tracked import tracked
from app.negotiation.actors import Actor
from app.queries.compilations import list_rows
from app.queries.open_questions import list_questions
from app.queries.paper_filters import PaperFilter
from app.queries.round_papers import RoundPaper, composed, list_comments, list_positions, standing_of

LANGUAGES = ("ru", "zh", "en")
"""In which every paper can be headed, in the order they are offered."""


class Form(StrEnum):
    """A form of the consolidated draft; also the part of its address and file name that says which."""

    BRACKETED = "bracketed"
    TRACKED = "tracked"
    QUESTIONS = "questions"
    TABLE = "table"
    COLUMNS = "table-columns"
    ISO = "table-iso"
    IPPC = "table-ippc"


_LAYOUTS = {
    Form.TABLE: Layout.SVODNAYA,
    Form.COLUMNS: Layout.COLUMNS,
    Form.ISO: Layout.ISO,
    Form.IPPC: Layout.IPPC,
}


def made(form: Form, paper: RoundPaper, *, actor: Actor) -> bytes:
    """Return a paper of a round as a Word file, with what *actor* may see in it."""
    if form in _LAYOUTS:
        return compilation_table(list_rows(paper, actor=actor), paper.table_sheet, paper.on, layout=_LAYOUTS[form])
    makers: Mapping[Form, Callable[[], bytes]] = {
        Form.TRACKED: lambda: tracked(composed(paper), paper.sheet, paper.names, paper.on, list_comments(paper)),
        Form.BRACKETED: lambda: _bracketed(paper),
        Form.QUESTIONS: lambda: open_questions(list_questions(paper, actor=actor), paper.table_sheet, paper.on),
    }
    return makers[form]()


def _bracketed(paper: RoundPaper) -> bytes:
    return bracketed_draft(
        composed(paper),
        paper.sheet,
        standing_of(paper),
        list_positions(paper),
        anonymous=paper.anonymous,
        suffixes=paper.numbering if paper.suffixed else None,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen of a round's papers; it travels in the query of an address.

    Attributes:
        notation: ``holder`` or ``anonymous``; empty: as the body writes.
        rivals: ``alternatives`` or ``suffix``; empty: as the body writes.
    """

    wanted: PaperFilter
    notation: str = ""
    rivals: str = ""

    def query(self) -> dict[str, list[str]]:
        """Return the query of an address that says the same."""
        found = {
            "delegation": [*self.wanted.delegations],
            "section": [self.wanted.section],
            "outcome": [*self.wanted.outcomes],
            "notation": [self.notation],
            "rivals": [self.rivals],
        }
        return {name: [value for value in values if value] for name, values in found.items() if any(values)}

    def applied(self, paper: RoundPaper) -> RoundPaper:
        """Return the paper written as was chosen."""
        return replace(
            paper,
            anonymous=self.notation == "anonymous" if self.notation else paper.anonymous,
            suffixed=self.rivals == "suffix" if self.rivals else paper.suffixed,
        )


def choice_of(query: MultiDict[str, str]) -> Choice:
    """Return what the query of an address says."""
    wanted = PaperFilter(
        delegations=tuple(dict.fromkeys(code for code in query.getlist("delegation") if code)),
        section=query.get("section", ""),
        outcomes=tuple(dict.fromkeys(outcome for outcome in query.getlist("outcome") if outcome)),
    )
    return Choice(wanted, query.get("notation", ""), query.get("rivals", ""))


@dataclass(frozen=True, slots=True)
class Offer:
    """A form as a page offers it."""

    form: Form
    name: str
    about: str


def offers() -> tuple[Offer, ...]:
    """Return every form with its name and what it is good for, in the page's language."""
    return (
        Offer(
            Form.BRACKETED,
            _("Consolidated draft with brackets"),
            _("to circulate: all readings in square brackets, with who holds them"),
        ),
        Offer(
            Form.TRACKED,
            _("Consolidated draft with tracked changes"),
            _("to work on in Word: each change with its delegations as author"),
        ),
        Offer(
            Form.QUESTIONS, _("List of open questions"), _("for the minister's office: what is not settled, briefly")
        ),
        Offer(Form.TABLE, _("Compilation table"), _("proposal by proposal, in the order of the text")),
        Offer(
            Form.COLUMNS,
            _("Table for the room"),
            _("original and proposed wordings side by side, a column to write the agreed one in"),
        ),
        Offer(
            Form.ISO, _("Table of comments as ISO has it"), _("member body, clause, type of comment, proposed change")
        ),
        Offer(
            Form.IPPC,
            _("Table of comments as the IPPC has it"),
            _("paragraph by paragraph, with the secretariat's answer"),
        ),
    )
