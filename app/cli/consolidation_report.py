"""What a consolidation found, as JSON values; docs/consolidate-from-the-command-line.md describes them."""

from typing import Any

from app.docxio.consolidating import Consolidation
from app.docxio.returned import Return
from app.text.canonical import fingerprint
from app.text.changes import Change
from app.text.conflicts import Conflict, Reading, conflicts
from app.text.provision import Parts, Place, Provision, States
from app.text.runs import plain
from app.text.tokens import tokens, untokenize

FORM = 1
"""Of the report; it grows when a member changes its meaning or goes."""


def report(found: Consolidation) -> dict[str, Any]:
    """Return wishes by name, and every conflict with all its readings."""
    by_key = found.base.by_key()
    return {
        "form": FORM,
        "base": {"fingerprint": fingerprint(found.base), "provisions": len(found.base.provisions)},
        "delegations": [_delegation(name, one, by_key) for name, one in found.returns.items()],
        "conflicts": [_conflict(one, by_key) for one in conflicts(found.composition)],
    }


def _delegation(name: str, one: Return, by_key: dict[str, Provision]) -> dict[str, Any]:
    return {
        "name": name,
        "changes": [_change(change, by_key) for change in one.changes],
        "comments": [
            {"provision": key, "text": comment.text} for key, comments in one.comments.items() for comment in comments
        ],
        "not_understood": [{"where": n.where, "what": n.what.value, "excerpt": n.excerpt} for n in one.not_understood],
        "differences": [{"provision": d.provision, "expected": d.expected, "found": d.found} for d in one.differences],
    }


def _change(change: Change, by_key: dict[str, Provision]) -> dict[str, Any]:
    base = by_key.get(change.key)
    told: dict[str, Any] = {"operation": change.operation.value, "provision": change.key}
    if base is not None:
        told |= {"label": base.label, "base": _parts(base.parts)}
    if change.parts is not None:
        told["wished"] = _parts(change.parts)
    if change.place is not None:
        told["place"] = _place(change.place)
    if change.block:
        told["block"] = [{"label": p.label, "kind": p.kind.value, "wished": _parts(p.parts)} for p in change.block]
    return told


def _conflict(one: Conflict, by_key: dict[str, Provision]) -> dict[str, Any]:
    base = by_key.get(one.key)
    return {
        "kind": one.kind.value,
        "provision": one.key,
        "label": base.label if base else "",
        "cell": one.part or "",
        "base": _disputed(one, base),
        "readings": [_reading(reading) for reading in one.readings],
    }


def _disputed(one: Conflict, base: Provision | None) -> str:
    """Return the words of the base that are disputed."""
    if base is None or one.part is None:
        return ""
    content = base.parts.get(one.part, ())
    if isinstance(content, States) or one.stretch is None:
        return ""
    return plain(untokenize(tokens(content)[slice(*one.stretch)]))


def _reading(reading: Reading) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sponsors": list(reading.sponsors),
        "operation": reading.operation.value,
        "text": plain(reading.text),
    }
    return told | ({"place": _place(reading.place)} if reading.place else {})


def _place(place: Place) -> dict[str, str | None]:
    return {"parent": place.parent, "after": place.after}


def _parts(parts: Parts) -> dict[str, Any]:
    return {name: sorted(c.members) if isinstance(c, States) else plain(c) for name, c in parts.items()}
