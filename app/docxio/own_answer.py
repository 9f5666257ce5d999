"""A draft written into its own file as an order says; run it in the limited process: the file is somebody's."""

from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from app.docxio.archive import LIMITS, Limits
from app.docxio.own_file import OwnFile, open_own_file
from app.docxio.own_fitting import open_as_imported
from app.docxio.own_forms import (
    clean_in_own_file,
    comparison_in_own_file,
    tracked_in_own_file,
    working_copy_in_own_file,
)
from app.docxio.own_orders import CleanForm, ComparisonForm, CopyForm, OwnOrder, decode_order
from app.docxio.own_text import NotItsFile
from app.docxio.sheets import Sheet, Stage
from app.text.provision import Edition, Kind, Provision, same_text


def answer(source: bytes, order: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """Return the worker's answer to an order: the file in base 64, or why it was not written."""
    try:
        made = written(source, decode_order(order), limits)
    except NotItsFile as error:
        return {"not_its_file": str(error)}
    return {"written": b64encode(made).decode()}


def written(source: bytes, order: OwnOrder, limits: Limits = LIMITS) -> bytes:
    """Return the paper that an order asks for, in the draft's own file.

    The file is first brought to the text that the paper is of, and must then say that text and no other.

    Raises:
        NotItsFile: The text does not stand in the file, or cannot be written into it.
        FileRefused: It is no Word file.
    """
    own = open_as_imported(source, order.imported, states=order.states, limits=limits)
    base = _said(order.base, own.edition)
    if not _is(own.edition, base):
        names = replace(order.sheet.in_text, of_text=None)
        brought = clean_in_own_file(own, base, _unmarked(names), order.states)
        own = open_own_file(brought, base, states=order.states, limits=limits)
    own.edition = base
    return _formed(own, base, order)


def _formed(own: OwnFile, base: Edition, order: OwnOrder) -> bytes:
    sheet, states, form = order.sheet, order.states, order.form
    if isinstance(form, CleanForm):
        return clean_in_own_file(own, base, sheet, states)
    if isinstance(form, CopyForm):
        return working_copy_in_own_file(own, base, sheet, form.instruction, states, marker=form.marker)
    if isinstance(form, ComparisonForm):
        return comparison_in_own_file(own, _said(form.new, base), sheet, form.author, form.at, states)
    if len(base.provisions) != len(order.base.provisions):
        raise NotItsFile("words")
    return tracked_in_own_file(own, form.composition, sheet, form.names, form.at, form.comments, states)


def _unmarked(sheet: Sheet) -> Sheet:
    """Return a head that knows names alone: what is only a step on the way has no marks."""
    return replace(
        sheet, stage=Stage.DRAFT, title=(), marks=(), handling="", annex=(), adoption=(), sample="", fingerprint=""
    )


def _said(edition: Edition, standing: Edition) -> Edition:
    """Return an edition without what it has no words for yet, unless that stands in the file all the same."""
    keys = {p.key for p in standing}
    return Edition(edition.language, tuple(p for p in edition if p.key in keys or _has_words(p)))


def _has_words(provision: Provision) -> bool:
    return bool(provision.parts) or provision.kind in (Kind.TABLE, Kind.FIXED)


def _is(one: Edition, other: Edition) -> bool:
    """Whether two texts are the same, their labels, columns and places too."""
    return same_text(_worded(one), _worded(other)) and _shapes(one) == _shapes(other)


def _worded(edition: Edition) -> tuple[Provision, ...]:
    return tuple(p for p in edition if p.kind is not Kind.FIXED)


def _shapes(edition: Edition) -> Collection[object]:
    return [(p.key, p.label, p.columns) for p in _worded(edition)]
