"""What was not understood of a text that came back, and what a carried change is, in words."""

from flask_babel import gettext as _

from app.docxio.understanding import NotUnderstood, Unclear
from app.queries.return_items import UnclearPlace
from app.text.carry_over import CarryKind
from app.web import file_words


def unclear(place: UnclearPlace) -> str:
    """Return what could not be understood at a place."""
    if place.what in set(Unclear):
        return str(file_words.unclear(NotUnderstood(place.where, Unclear(place.what), place.words)))
    return _reasons().get(place.what) or str(_("Not understood"))


def _reasons() -> dict[str, str]:
    return {
        "impossible": _("What is carried as it stands (a picture, an equation) cannot be changed"),
        "format": _("A change of format alone: it is not a proposal"),
        "comment": _("A comment at a place that the draft does not have"),
        "base": _("In the file this provision read differently before the changes"),
        "contradiction": _("Contradicts another change in the same file"),
        "formula": _("A formula that was not understood: say how the provision should read in full"),
        "row": _("A row that the table did not have, where no provision can stand"),
        "unplaced": _("A change at a place that could not be found in the draft"),
    }


def carry_names() -> dict[CarryKind, str]:
    """Return what a change made on an older version is on the present one."""
    return {
        CarryKind.STILL_APPLIES: _("made on an older version; still applies"),
        CarryKind.TEXT_SHIFTED: _("made on an older version; applies, the text has shifted"),
        CarryKind.OVERTAKEN: _("made on an older version; overtaken"),
        CarryKind.MUST_BE_RESTATED: _("made on an older version; the text has changed here: restate it or drop it"),
    }
