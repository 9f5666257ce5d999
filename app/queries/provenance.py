"""Where each phrase of a next text comes from: the base, a change, a decision."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from app.negotiation.vocabulary import Outcome
from app.queries.resulting import Decided
from app.text.changes import Operation
from app.text.next_version import Span, provenance, whole
from app.text.provision import Parts, Provision, States
from app.text.runs import Text, plain

Spans: TypeAlias = list[Any]
"""``[[start, end, origin], …]`` in code points, tiling a text."""

_SOURCES = frozenset(
    {Outcome.ACCEPTED, Outcome.ACCEPTED_AS_AMENDED, Outcome.KEPT_IN_BRACKETS, Outcome.COVERED},
)


def parts_spans(
    base: Provision, spans: Mapping[str, Spans], parts: Parts, decided: Sequence[Decided], version_id: str, writer: str
) -> dict[str, Spans]:
    """Return part to spans of a provision's next text.

    Args:
        spans: Part to the spans of the base text; where it has none, the base version is the origin.
        decided: What was asked of the provision and decided.
        writer: Origin of the words of whoever wrote the text, where no decision stands behind them.
    """
    found = dict[str, Spans]()
    for name, content in parts.items():
        if isinstance(content, States):
            continue
        old = _words(base, name)
        sources = [(f"change:{d.change_id}", _wished(d, name)) for d in decided if d.outcome in _SOURCES]
        told = provenance(
            old,
            tiling(old, spans.get(name, []), version_id),
            [(origin, words) for origin, words in sources if words is not None],
            content,
            _behind(decided) or writer,
        )
        found[name] = encode_spans(told)
    return found


def block_spans(
    block: Sequence[Provision], decided: Sequence[Decided], version_id: str, writer: str
) -> dict[str, Spans]:
    """Return ``key/part`` to spans of an inserted block's text."""
    first = decided[0] if decided else None
    proposed = {p.key: p for d in decided[:1] for p in d.change.block}
    found = dict[str, Spans]()
    for provision in block:
        base = proposed.get(provision.key, Provision(provision.key, provision.kind))
        old = {
            name: encode_spans(whole(_words(base, name), f"change:{first.change_id}" if first else writer))
            for name in provision.parts
        }
        spans = parts_spans(base, old, provision.parts, (), version_id, _behind(decided) or writer)
        found |= {f"{provision.key}/{name}": told for name, told in spans.items()}
    return found


def tiling(content: Text, spans: Spans, version_id: str) -> tuple[Span, ...]:
    """Return spans that tile a text: those kept with it, else the whole of it from its version."""
    kept = decode_spans(spans)
    if kept and kept[-1].end == len(plain(content)):
        return kept
    return whole(content, f"version:{version_id}")


def encode_spans(spans: Sequence[Span]) -> Spans:
    """Return spans as JSON values."""
    return [[span.start, span.end, span.origin] for span in spans]


def decode_spans(value: Spans) -> tuple[Span, ...]:
    """Return the spans that ``encode_spans`` wrote."""
    return tuple(Span(*span) for span in value)


def _words(provision: Provision, name: str) -> Text:
    content = provision.parts.get(name, ())
    return () if isinstance(content, States) else content


def _wished(decided: Decided, name: str) -> Text | None:
    change = decided.change
    if change.operation not in (Operation.AMEND, Operation.MOVE) or change.parts is None:
        return None
    content = change.parts.get(name, ())
    return None if isinstance(content, States) else content


def _behind(decided: Sequence[Decided]) -> str | None:
    """Return the decision behind words that stand in no reading: the one that left the wording to a person, if any."""
    ranked = (Outcome.ACCEPTED_AS_AMENDED, Outcome.KEPT_IN_BRACKETS, Outcome.ACCEPTED, Outcome.COVERED)
    made = [(ranked.index(d.outcome), d.decision_id) for d in decided if d.outcome in ranked and d.decision_id]
    return f"decision:{min(made)[1]}" if made else None
