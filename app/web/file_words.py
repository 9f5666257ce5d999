"""Why a file was not taken in, and what was not understood of one, in sentences."""

from flask_babel import gettext as _

from app.docxio.refusals import MEBIBYTE, SENTENCES, FileRefused, Reason
from app.docxio.understanding import Confidence, Notice, NotUnderstood, RecognisedBy, Unclear, Warned


def refusal(error: FileRefused) -> str:
    """Return why a file was refused and what to do."""
    if error.reason == Reason.TOO_LARGE:
        return str(_("The file is larger than %(limit)s MB.", limit=error.facts["limit"] // MEBIBYTE))
    if error.reason in SENTENCES:
        return str(_(SENTENCES[error.reason]))
    return str(
        _("The file is built in a way that Word files never are (%(code)s). It was not read.", code=error.reason)
    )


def unclear(item: NotUnderstood) -> str:
    """Return what could not be carried as it stands."""
    names: dict[Unclear, str] = {
        Unclear.VERTICAL_MERGE: _("Cells merged downwards: the text stands in the first row only"),
        Unclear.HORIZONTAL_MERGE: _("A cell over several columns: its text stands in the first of them"),
        Unclear.SPLIT_CELL: _("Several cells under one column: their texts are joined"),
        Unclear.NESTED_TABLE: _("A table inside a cell: its text is kept, its grid is not"),
        Unclear.TEXT_BOX: _("The text of a box: it follows the paragraph that holds the box"),
        Unclear.HIDDEN_TEXT: _("Hidden text"),
        Unclear.FIELD_CODE: _("Words inside a field's code"),
        Unclear.NOTE_MISSING: _("A footnote reference without its note"),
        Unclear.NOTE_UNUSED: _("A note that nothing refers to"),
        Unclear.PICTURE: _("A picture: it is not carried"),
        Unclear.EQUATION: _("An equation: it is not carried"),
        Unclear.EMBEDDED_OBJECT: _("An embedded object: it is not carried"),
        Unclear.IMPORTED_PART: _("Another file embedded at this place: it was not read"),
        Unclear.CHANGED_TABLE: _("Tracked changes of cells: look at the table"),
        Unclear.EMPTY_NUMBERED: _("A number without text"),
        Unclear.RUBY: _("Reading aids above characters"),
        Unclear.UNKNOWN_CONTENT: _("Content of an unknown kind"),
        Unclear.STATES_AS_WORDS: _("Words where the draft lists states: the list stays as it was"),
        Unclear.CHANGED_OBJECT: _("A picture, table of contents or equation that was changed: it stays as it was"),
        Unclear.MUST_BE_RESTATED: _("A change of words that are no longer there: it must be made anew"),
        Unclear.CHANGED_NUMBER: _("Numbers that were changed by hand: numbers follow from the order of the text"),
        Unclear.UNREAD_CHANGE: _("A tracked change in an equation, a header or a footer: it was not read"),
    }
    return names[item.what]


def warning(notice: Notice) -> str:
    """Return what an officer is told of the file as a whole."""
    names: dict[Warned, str] = {
        Warned.TRACKED_CHANGES: _("Tracked changes, read as accepted"),
        Warned.COMMENTS: _("Comments, left out"),
        Warned.OUTSIDE_LINK: _("Links to files or pictures elsewhere, left out"),
        Warned.DROPPED_PART: _("Embedded parts, left out"),
        Warned.DANGEROUS_FIELD: _("Fields that fetch or run something, left out"),
        Warned.HYPERLINKS: _("Hyperlinks, read as plain words"),
        Warned.STRUCK_TEXT: _("Text struck through by hand, read as text"),
        Warned.HEADERS: _("Headers and footers, left out"),
        Warned.UNKNOWN_NUMBERING: _("Numbering of an unknown kind, counted in figures"),
    }
    return f"{names[notice.what]}: {notice.count}"


def recognised(by: RecognisedBy) -> str:
    """Return what told the reader what a provision is."""
    names: dict[RecognisedBy, str] = {
        RecognisedBy.STYLE: _("by its style"),
        RecognisedBy.OUTLINE: _("by its outline level"),
        RecognisedBy.AUTOMATIC: _("by automatic numbering"),
        RecognisedBy.TYPED: _("by typed numbering"),
        RecognisedBy.LOOK: _("by its look"),
        RecognisedBy.STRUCTURE: _("by the file's structure"),
        RecognisedBy.PLAIN: _("nothing told: ordinary paragraph"),
    }
    return names[by]


def confidence(sure: Confidence) -> str:
    """Return how sure the reader is."""
    names: dict[Confidence, str] = {
        Confidence.SURE: _("sure"),
        Confidence.LIKELY: _("likely"),
        Confidence.GUESS: _("a guess: please look"),
    }
    return names[sure]
