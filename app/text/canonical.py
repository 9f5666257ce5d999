"""The one written form of a text, for hashing and storing."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from app.text.provision import Content, Edition, Kind, Parts, Provision, States, without_empty
from app.text.runs import Run


def dumps(value: Any) -> str:
    """Return *value* as JSON in its one canonical spelling: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(value: Any) -> str:
    """Return the SHA-256 of the canonical spelling of *value*, 64 hexadecimal digits."""
    return hashlib.sha256(dumps(value).encode()).hexdigest()


def encode_content(content: Content) -> Any:
    """Return content as JSON values: ``{"states": [code, …]}`` sorted, or ``[[text, marks, note?], …]``."""
    if isinstance(content, States):
        return {"states": sorted(content.members)}
    return [[run.text, int(run.marks)] if run.note is None else [run.text, int(run.marks), run.note] for run in content]


def decode_content(value: Any) -> Content:
    """Return the content that ``encode_content`` wrote."""
    if not isinstance(value, list):
        return States(frozenset(value["states"]))
    return tuple([Run(*run) for run in value])


def encode_parts(parts: Parts) -> dict[str, Any]:
    """Return parts as JSON values; empty ones are left out."""
    return {name: encode_content(content) for name, content in without_empty(parts).items()}


def decode_parts(value: Mapping[str, Any]) -> dict[str, Content]:
    """Return the parts that ``encode_parts`` wrote."""
    return {name: decode_content(content) for name, content in value.items()}


def encode_provision(provision: Provision) -> dict[str, Any]:
    """Return a provision as JSON values."""
    return {
        "key": provision.key,
        "kind": str(provision.kind),
        "level": provision.level,
        "parent": provision.parent,
        "label": provision.label,
        "columns": list(provision.columns),
        "parts": encode_parts(provision.parts),
    }


def decode_provision(value: Mapping[str, Any]) -> Provision:
    """Return the provision that ``encode_provision`` wrote."""
    return Provision(
        key=value["key"],
        kind=Kind(value["kind"]),
        level=value["level"],
        parent=value["parent"],
        parts=decode_parts(value["parts"]),
        label=value.get("label", ""),
        columns=tuple(value.get("columns", ())),
    )


def fingerprint(edition: Edition) -> str:
    """Return the fingerprint of an edition: the hash of its canonical provisions and their labels."""
    return fingerprint_of([edition.language, [encode_provision(p) for p in edition.provisions]])


def text_fingerprint(provision: Provision) -> str:
    """Return the fingerprint of one provision's text, which changes are made against."""
    return fingerprint_of([provision.key, str(provision.kind), provision.level, encode_parts(provision.parts)])


def mint_key(base: str, place: tuple[str | None, str | None], ordinal: int, parts: Iterable[Parts]) -> str:
    """Return the key of a proposed provision: the same for the same wish, different for any other.

    Two delegations that insert the same block at the same place of the same version so
    propose the same provision, and meet by themselves.

    Args:
        base: Fingerprint (or public id) of the version proposed on.
        place: Parent key and key of the sibling before.
        ordinal: Position inside the inserted block, from 0.
        parts: The parts of every provision of the block, in order.
    """
    return "k" + fingerprint_of([base, list(place), ordinal, [encode_parts(p) for p in parts]])[:16]
