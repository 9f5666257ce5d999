"""A composition as JSON values: on its way into the limited process."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from app.text.canonical import decode_content, decode_provision, encode_content, encode_provision
from app.text.composition import (
    ComposedBlock,
    ComposedProvision,
    ComposedStates,
    ComposedText,
    Composition,
    Insertion,
    Sponsors,
)
from app.text.provision import Edition, Place
from app.text.runs import Text
from app.text.tokens import Token, tokens, untokenize


def encode_composition(composition: Composition) -> dict[str, Any]:
    """Return a composition as JSON values, its base apart."""
    return {"items": [_encode_item(item) for item in composition.items], "order": list(composition.order)}


def decode_composition(value: Mapping[str, Any], base: Edition) -> Composition:
    """Return the composition that ``encode_composition`` wrote, on its base."""
    return Composition(base, tuple(_decode_item(item) for item in value["items"]), tuple(value["order"]))


def _encode_item(item: ComposedProvision | ComposedBlock) -> dict[str, Any]:
    if isinstance(item, ComposedBlock):
        return {
            "place": [item.place.parent, item.place.after],
            "block": [encode_provision(p) for p in item.provisions],
            "sponsors": list(item.sponsors),
            "moved_from": item.moved_from,
        }
    return {
        "provision": encode_provision(item.provision),
        "deleters": list(item.deleters),
        "movers": [[place.parent, place.after, list(who)] for place, who in item.movers],
        "parts": [[name, _encode_part(part)] for name, part in item.parts],
    }


def _decode_item(value: Mapping[str, Any]) -> ComposedProvision | ComposedBlock:
    if "block" in value:
        provisions = tuple(decode_provision(p) for p in value["block"])
        return ComposedBlock(Place(*value["place"]), provisions, tuple(value["sponsors"]), value["moved_from"])
    return ComposedProvision(
        decode_provision(value["provision"]),
        tuple(value["deleters"]),
        tuple((Place(parent, after), tuple(who)) for parent, after, who in value["movers"]),
        tuple((name, _decode_part(part)) for name, part in value["parts"]),
    )


def _encode_part(part: ComposedText | ComposedStates) -> dict[str, Any]:
    if isinstance(part, ComposedStates):
        return {
            "members": [[code, list(who)] for code, who in part.members],
            "joining": [[code, list(who)] for code, who in part.joining],
        }
    return {
        "text": encode_content(untokenize(part.tokens)),
        "deleters": [[len(list(same)), list(who)] for who, same in groupby(part.deleters)],
        "gaps": {
            str(at): [[[list(token) for token in one.tokens], list(one.sponsors)] for one in gap]
            for at, gap in enumerate(part.gaps)
            if gap
        },
    }


def _decode_part(value: Mapping[str, Any]) -> ComposedText | ComposedStates:
    if "members" in value:
        return ComposedStates(_named(value["members"]), _named(value["joining"]))
    pieces = tokens(cast(Text, decode_content(value["text"])))
    deleters = tuple(tuple(who) for count, who in value["deleters"] for _ in range(count))
    gaps = tuple(
        tuple(
            Insertion(tuple(Token(*token) for token in added), tuple(who))
            for added, who in value["gaps"].get(str(at), ())
        )
        for at in range(len(pieces) + 1)
    )
    return ComposedText(pieces, deleters, gaps)


def _named(values: Sequence[Any]) -> tuple[tuple[str, Sponsors], ...]:
    return tuple((code, tuple(who)) for code, who in values)
