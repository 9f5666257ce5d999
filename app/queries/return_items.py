"""What a returned text holds, as it is stored with it: the things it asks for, and what was not understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.negotiation.vocabulary import Category
from app.queries.changes import StoredChange, of_json
from app.text.carry_over import CarryKind
from app.text.provision import Edition
from app.text.structure import Outline


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the returned text asks for: what becomes one draft.

    Attributes:
        changes: One, or several that belong together: both halves of a split, one formula for the whole text.
        carry: Where it was made on an older version: what it is on the present one. What must be restated
            still holds the change to the older version.
        kept: Whether it is to become a draft.
        replaces: Whether it takes the place of what the delegation has there already.
        in_other_form: Whether it was found for words that stand there in another form: a person confirms it.
    """

    changes: tuple[StoredChange, ...]
    justification: str = ""
    category: Category = Category.SUBSTANTIVE
    carry: CarryKind | None = None
    kept: bool = True
    replaces: bool = True
    in_other_form: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether it is still the change to the older version, which can only be dropped or restated."""
        return self.carry in (CarryKind.MUST_BE_RESTATED, CarryKind.OVERTAKEN)


@dataclass(frozen=True, slots=True)
class UnclearPlace:
    """Something that was not understood.

    Attributes:
        where: Key of the provision it belongs to, or ""; or, of a letter, the formula's number.
        what: Its code.
        words: The words concerned.
        said: Of these, the number, name or quotation that stands in the way.
    """

    where: str
    what: str
    words: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that something is entered by, on behalf of its delegation."""

    number: str
    on: date
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is told of a returned text as a whole.

    Attributes:
        authors: As the file names them: a remark, never whose wish something is.
        made_on: Number of the version it was made on, where that is not the present one.
        is_tracked: Whether the file held tracked changes; None for a letter.
        aligned: Keys of the provisions whose text in the file was not that of the version.
        beside: Of a letter: the lines that ask for nothing.
    """

    authors: tuple[str, ...] = ()
    made_on: int | None = None
    is_tracked: bool | None = None
    aligned: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """What a returned text holds, as it is stored.

    Attributes:
        made: Ids of the drafts made of it, or of the proposal entered.
    """

    items: tuple[Item, ...]
    unclear: tuple[UnclearPlace, ...] = ()
    remarks: Remarks = field(default_factory=Remarks)
    letter: Letter | None = None
    made: tuple[str, ...] = ()


def in_reading_order(items: Sequence[Item], edition: Edition) -> tuple[Item, ...]:
    """Return items by where they stand in a text; remarks on the whole come first, what stands nowhere last."""
    positions = Outline(edition).positions

    def place(item: Item) -> tuple[int, bool]:
        anchors = [
            positions.get(change.anchor or "", len(positions) if change.anchor else -1) for change in item.changes
        ]
        return min(anchors, default=-1), any(change.place_after or change.place_parent for change in item.changes)

    return tuple(sorted(items, key=place))


def encode(read: Understanding) -> dict[str, Any]:
    """Return what a returned text holds as JSON values."""
    letter = read.letter
    return {
        "items": [
            {
                "changes": [change.columns() for change in item.changes],
                "justification": item.justification,
                "category": str(item.category),
                "carry": str(item.carry) if item.carry else None,
                "kept": item.kept,
                "replaces": item.replaces,
                "in_other_form": item.in_other_form,
            }
            for item in read.items
        ],
        "unclear": [[place.where, place.what, place.words, place.said] for place in read.unclear],
        "remarks": {
            "authors": list(read.remarks.authors),
            "made_on": read.remarks.made_on,
            "is_tracked": read.remarks.is_tracked,
            "aligned": list(read.remarks.aligned),
            "beside": list(read.remarks.beside),
        },
        "letter": [letter.number, letter.on.isoformat(), letter.scan] if letter else None,
        "made": list(read.made),
    }


def decode(value: Mapping[str, Any]) -> Understanding:
    """Return what ``encode`` wrote."""
    remarks, letter = value["remarks"], value["letter"]
    return Understanding(
        items=tuple(
            Item(
                tuple(of_json(change) for change in item["changes"]),
                item["justification"],
                Category(item["category"]),
                CarryKind(item["carry"]) if item["carry"] else None,
                item["kept"],
                item["replaces"],
                item.get("in_other_form", False),
            )
            for item in value["items"]
        ),
        unclear=tuple(UnclearPlace(*place) for place in value["unclear"]),
        remarks=Remarks(
            tuple(remarks["authors"]),
            remarks["made_on"],
            remarks["is_tracked"],
            tuple(remarks["aligned"]),
            tuple(remarks.get("beside", ())),
        ),
        letter=Letter(letter[0], date.fromisoformat(letter[1]), letter[2]) if letter else None,
        made=tuple(value["made"]),
    )
