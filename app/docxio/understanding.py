"""What was understood of a Word file, what was not, and how sure the reader is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.text.canonical import decode_provision, encode_provision
from app.text.provision import Edition, Provision


class RecognisedBy(StrEnum):
    """What told the reader what a provision is."""

    STYLE = "style"
    OUTLINE = "outline"
    AUTOMATIC = "automatic"
    """Its label is numbering that Word counts."""
    TYPED = "typed"
    """Its label was typed by hand."""
    LOOK = "look"
    """Centred, bold, capitals."""
    STRUCTURE = "structure"
    """Tables, rows, footnotes, pictures: the file says what they are."""
    PLAIN = "plain"
    """Nothing told; it is an ordinary paragraph."""


class Confidence(StrEnum):
    """How sure the reader is; the officer's eye should go to the guesses."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


class Unclear(StrEnum):
    """What the reader could not carry as it stands."""

    VERTICAL_MERGE = "vertical_merge"
    """Cells merged downwards: the text stands in the first row only."""
    HORIZONTAL_MERGE = "horizontal_merge"
    """A cell over several columns: the text stands in the first of them."""
    SPLIT_CELL = "split_cell"
    """Several cells beneath one column: their texts are joined."""
    NESTED_TABLE = "nested_table"
    """A table in a cell: its text is kept, its grid is not."""
    TEXT_BOX = "text_box"
    """The text of a box follows the paragraph that holds it."""
    HIDDEN_TEXT = "hidden_text"
    FIELD_CODE = "field_code"
    """Words inside a field's instruction, which Word does not show."""
    NOTE_MISSING = "note_missing"
    NOTE_UNUSED = "note_unused"
    PICTURE = "picture"
    EQUATION = "equation"
    EMBEDDED_OBJECT = "embedded_object"
    IMPORTED_PART = "imported_part"
    """Another file imported at this place (altChunk); it is not read."""
    CHANGED_TABLE = "changed_table"
    """Tracked changes of cells, which every program reads differently."""
    EMPTY_NUMBERED = "empty_numbered"
    """A number without text."""
    RUBY = "ruby"
    """Reading aids above characters."""
    UNKNOWN_CONTENT = "unknown_content"
    STATES_AS_WORDS = "states_as_words"
    """Words written where the draft has a set of states, or the other way round: the set stays."""
    CHANGED_OBJECT = "changed_object"
    """A picture, table of contents or equation put in, changed or taken out: it stays as it was."""
    MUST_BE_RESTATED = "must_be_restated"
    """A change of words that are no longer in the text it is carried over to."""
    CHANGED_NUMBER = "changed_number"
    """Numbers typed otherwise than the draft has them: numbers follow from the order of the text."""
    UNREAD_CHANGE = "unread_change"
    """A tracked change where none is read: in an equation, a header, a footer."""


class Warned(StrEnum):
    """What the officer is told of the file as a whole."""

    TRACKED_CHANGES = "tracked_changes"
    COMMENTS = "comments"
    OUTSIDE_LINK = "outside_link"
    DROPPED_PART = "dropped_part"
    DANGEROUS_FIELD = "dangerous_field"
    HYPERLINKS = "hyperlinks"
    STRUCK_TEXT = "struck_text"
    HEADERS = "headers"
    UNKNOWN_NUMBERING = "unknown_numbering"


@dataclass(frozen=True, slots=True)
class Understanding:
    """One provision, and how it was recognised."""

    provision: Provision
    recognised_by: RecognisedBy
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something the officer must look at.

    Attributes:
        where: Key of the provision it belongs to or follows; empty: before the first.
        what: Its code.
        excerpt: The words concerned, whole; they stand elsewhere too unless the code says otherwise.
    """

    where: str
    what: Unclear
    excerpt: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning on the file as a whole: the code, how often, and which kind."""

    what: Warned
    count: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A draft as read from a Word file."""

    provisions: tuple[Understanding, ...]
    not_understood: tuple[NotUnderstood, ...]
    warnings: tuple[Notice, ...]
    language_guess: str
    """"ru", "zh" or "en": the script most of it is written in, a guess to be confirmed."""

    @property
    def texts(self) -> tuple[Provision, ...]:
        """The provisions alone."""
        return tuple(u.provision for u in self.provisions)

    def edition(self) -> Edition:
        """Return the provisions as an edition in the guessed language."""
        return Edition(self.language_guess, self.texts)


def encode_understood(read: Understood) -> dict[str, Any]:
    """Return what was understood as JSON values."""
    return {
        "provisions": [encode_understanding(u) for u in read.provisions],
        "not_understood": [[n.where, n.what.value, n.excerpt] for n in read.not_understood],
        "warnings": [[n.what.value, n.count, n.detail] for n in read.warnings],
        "language": read.language_guess,
    }


def encode_understanding(one: Understanding) -> list[Any]:
    """Return how one provision was understood as JSON values."""
    return [encode_provision(one.provision), str(one.recognised_by), str(one.confidence)]


def decode_understanding(value: Sequence[Any]) -> Understanding:
    """Return what ``encode_understanding`` wrote."""
    provision, by, sure = value
    return Understanding(decode_provision(provision), RecognisedBy(by), Confidence(sure))


def decode_understood(value: Mapping[str, Any]) -> Understood:
    """Return what ``encode_understood`` wrote."""
    return Understood(
        provisions=tuple([decode_understanding(one) for one in value["provisions"]]),
        not_understood=tuple(
            NotUnderstood(where, Unclear(what), words) for where, what, words in value["not_understood"]
        ),
        warnings=tuple(Notice(Warned(what), count, detail) for what, count, detail in value["warnings"]),
        language_guess=value["language"],
    )
