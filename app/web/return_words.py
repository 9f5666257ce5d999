"""What was not understood of a text that came back, and what a carried change is, in words."""

from flask_babel import gettext as _

from app.docxio.understanding import NotUnderstood, Unclear
from app.queries.return_items import UnclearPlace
from app.text.carry_over import CarryKind
from app.web import file_words

_LONGEST = 80


def unclear(place: UnclearPlace) -> str:
    """Return what could not be understood at a place."""
    if place.what in set(Unclear):
        return str(file_words.unclear(NotUnderstood(place.where, Unclear(place.what), place.words)))
    reason = _reasons().get(place.what) or str(_("Not understood"))
    return str(_("%(reason)s (%(said)s)", reason=reason, said=_excerpt(place.said))) if place.said else reason


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _reasons() -> dict[str, str]:
    return {
        "impossible": _("What is carried as it stands (a picture, an equation) cannot be changed"),
        "format": _("A change of format alone: it is not a proposal"),
        "comment": _("A comment at a place that the draft does not have"),
        "base": _("In the file this provision read differently before the changes"),
        "base_added": _("Stands in the file without a tracked change; the draft does not have it"),
        "base_gone": _("Is missing from the file without a tracked change"),
        "contradiction": _("Contradicts another change in the same file"),
        "formula": _("A formula that was not understood: say how the provision should read in full"),
        "row": _("A row that the table did not have, where no provision can stand"),
        "unplaced": _("A change at a place that could not be found in the draft"),
        **_of_letters(),
    }


def _of_letters() -> dict[str, str]:
    """Return why a formula of a letter could not be carried out."""
    return {
        "letter_unknown_formula": _("This is no formula that is known here"),
        "letter_no_place": _("It does not say which provision it is about"),
        "letter_no_such_provision": _("The draft has no such provision"),
        "letter_several_provisions": _("The draft has several provisions that are called so"),
        "letter_no_such_column": _("The table has no such column"),
        "letter_no_such_state": _("No state or group of this body is called so"),
        "letter_words_not_there": _("The words do not stand there"),
        "letter_words_several_times": _("The words stand there several times: quote more of them"),
        "letter_no_wording": _("The new wording is missing"),
        "letter_already_so": _("The draft says so as it stands"),
        "letter_denied": _("It says what is not wished for, or names an exception or a condition"),
        "letter_contradiction": _("It contradicts another formula of the letter"),
        "letter_no_heading": _("The columns of the table have no headings that say what they hold"),
        "letter_no_comments": _("The letter also says that there are no comments"),
    }


def carry_names() -> dict[CarryKind, str]:
    """Return what a change made on an older version is on the present one."""
    return {
        CarryKind.STILL_APPLIES: _("made on an older version; still applies"),
        CarryKind.TEXT_SHIFTED: _("made on an older version; applies, the text has shifted"),
        CarryKind.OVERTAKEN: _("made on an older version; overtaken"),
        CarryKind.MUST_BE_RESTATED: _("made on an older version; the text has changed here: restate it or drop it"),
    }
