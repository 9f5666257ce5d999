"""What a provision is, in the words of the screen."""

from flask_babel import gettext as _

from app.text.provision import Kind


def kind_names() -> dict[Kind, str]:
    """Return the kinds of provisions by code."""
    return {
        Kind.TITLE: _("title"),
        Kind.HEADING: _("heading"),
        Kind.PARAGRAPH: _("paragraph"),
        Kind.ITEM: _("item"),
        Kind.TABLE: _("table"),
        Kind.ROW: _("row"),
        Kind.FOOTNOTE: _("footnote"),
        Kind.FIXED: _("fixed (picture, contents)"),
    }
