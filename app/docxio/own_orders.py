"""What is to be written into a draft's own file, and how: an order to the limited process, as JSON values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from app.docxio.comments import Comment
from app.docxio.composition_json import decode_composition, encode_composition
from app.docxio.sheets import Sheet, Stage, StateName
from app.text.canonical import decode_provision, encode_provision
from app.text.composition import Composition
from app.text.provision import Edition


@dataclass(frozen=True, slots=True)
class CleanForm:
    """The text of the base."""


@dataclass(frozen=True, slots=True)
class CopyForm:
    """The copy to work in; arguments as of ``own_forms.working_copy_in_own_file``."""

    instruction: str
    marker: str


@dataclass(frozen=True)
class ComparisonForm:
    """A newer text as changes on the base; arguments as of ``own_forms.comparison_in_own_file``."""

    new: Edition
    author: str
    at: date


@dataclass(frozen=True)
class TrackedForm:
    """The tracked consolidated draft; arguments as of ``own_forms.tracked_in_own_file``, its base is the base."""

    composition: Composition
    names: Mapping[str, str]
    at: date
    comments: Sequence[Comment] = ()


OwnForm: TypeAlias = CleanForm | CopyForm | ComparisonForm | TrackedForm


@dataclass(frozen=True)
class OwnOrder:
    """An order to write a draft into its own file.

    Attributes:
        imported: The text that was imported from the file.
        base: The text that the paper is of, that one or a later one in the same language.
        states: Code to names of states and groups.
    """

    imported: Edition
    base: Edition
    sheet: Sheet
    form: OwnForm
    states: Mapping[str, Collection[str]] = field(default_factory=dict)


def encode_order(order: OwnOrder) -> dict[str, Any]:
    """Return an order as JSON values."""
    return {
        "imported": _encode_edition(order.imported),
        "base": _encode_edition(order.base),
        "sheet": _encode_sheet(order.sheet),
        "form": _encode_form(order.form),
        "states": {code: sorted(names) for code, names in order.states.items()},
    }


def decode_order(value: Mapping[str, Any]) -> OwnOrder:
    """Return the order that ``encode_order`` wrote."""
    base = _decode_edition(value["base"])
    return OwnOrder(
        imported=_decode_edition(value["imported"]),
        base=base,
        sheet=_decode_sheet(value["sheet"]),
        form=_decode_form(value["form"], base),
        states=value["states"],
    )


def _encode_form(form: OwnForm) -> dict[str, Any]:
    match form:
        case CleanForm():
            return {"form": "clean"}
        case CopyForm():
            return {"form": "copy", "instruction": form.instruction, "marker": form.marker}
        case ComparisonForm():
            return {
                "form": "comparison",
                "new": _encode_edition(form.new),
                "author": form.author,
                "at": form.at.isoformat(),
            }
        case TrackedForm():
            return {
                "form": "tracked",
                "composition": encode_composition(form.composition),
                "names": dict(form.names),
                "at": form.at.isoformat(),
                "comments": [[c.key, list(c.sponsors), c.text] for c in form.comments],
            }


def _decode_form(value: Mapping[str, Any], base: Edition) -> OwnForm:
    match value["form"]:
        case "clean":
            return CleanForm()
        case "copy":
            return CopyForm(value["instruction"], value["marker"])
        case "comparison":
            return ComparisonForm(_decode_edition(value["new"]), value["author"], date.fromisoformat(value["at"]))
    return TrackedForm(
        decode_composition(value["composition"], base),
        value["names"],
        date.fromisoformat(value["at"]),
        tuple(Comment(key, tuple(sponsors), text) for key, sponsors, text in value["comments"]),
    )


def _encode_edition(edition: Edition) -> dict[str, Any]:
    return {"language": edition.language, "provisions": [encode_provision(p) for p in edition]}


def _decode_edition(value: Mapping[str, Any]) -> Edition:
    return Edition(value["language"], tuple(decode_provision(p) for p in value["provisions"]))


_LINES = ("title", "marks", "annex", "adoption")
_WORDS = ("language", "handling", "sample", "fingerprint")


def _encode_sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        **{name: getattr(sheet, name) for name in _WORDS},
        **{name: list(getattr(sheet, name)) for name in _LINES},
        "stage": sheet.stage.value,
        "names": {code: [n.short, n.full, n.side, n.listed] for code, n in sheet.names.items()},
        "order": list(sheet.order),
        "of_text": _encode_sheet(sheet.of_text) if sheet.of_text else None,
    }


def _decode_sheet(value: Mapping[str, Any]) -> Sheet:
    lines: dict[str, Any] = {name: tuple(value[name]) for name in _LINES}
    return Sheet(
        **{name: value[name] for name in _WORDS},
        **lines,
        stage=Stage(value["stage"]),
        names={code: StateName(*names) for code, names in value["names"].items()},
        order=tuple(value["order"]),
        of_text=_decode_sheet(value["of_text"]) if value["of_text"] else None,
    )
