"""What is checked in a text before it is called final. Each check returns what it found wrong, in reading order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.text.numbering import Numbering, labels_of, relabel
from app.text.provision import Edition, Kind, Provision, States, without_empty
from app.text.references import references
from app.text.runs import plain


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something is wrong: key and label of the provision (both "" for the text as a whole), and the words."""

    key: str
    label: str
    words: str


_DRAFT = re.compile(r"(?:^|\s)(?:проект|draft)(?:$|[\s.:])|草案", re.IGNORECASE)
_SPELLINGS = (
    re.compile(r"государств\w*-член", re.IGNORECASE),
    re.compile(r"государств\w*\s*[–—]\s*член", re.IGNORECASE),
)
_JOINTS = re.compile(r"\s*(?:,|、|，|и|и\s+также|and|, and|和|及)?\s*")
_ANNEX = re.compile(r"(?:Приложени\w*|附件|Annex(?:es)?)\s*(?:№|No\.?)?\s*(?P<number>\d+)", re.IGNORECASE)
_SHORTENED = 60


def states_out_of_order(edition: Edition, names: Sequence[Sequence[str]]) -> tuple[Finding, ...]:
    """Return the lists of states that are not in order.

    Args:
        names: The states in the body's order, each by all forms of its name.
    """
    rank = {form: position for position, forms in enumerate(names) for form in forms if form}
    if not rank:
        return ()
    pattern = re.compile("|".join(re.escape(form) for form in sorted(rank, key=len, reverse=True)))
    return tuple(
        found
        for provision, words in _texts(edition)
        for group in _lists(words, pattern)
        if any(rank[one] > rank[other] for one, other in pairwise(group))
        for found in (_finding(provision, ", ".join(group)),)
    )


def _lists(words: str, pattern: re.Pattern[str]) -> Iterator[list[str]]:
    """Yield the names that follow each other with nothing but a comma or "and" between them."""
    group: list[str] = []
    end = 0
    for match in pattern.finditer(words):
        if group and not _JOINTS.fullmatch(words[end : match.start()]):
            yield group
            group = []
        group.append(match.group())
        end = match.end()
    yield group


def brackets_left(edition: Edition, literal: Mapping[tuple[str, str], int] | None = None) -> tuple[Finding, ...]:
    """Return the provisions with square brackets.

    Args:
        literal: (key, part) to how many pairs are part of the text and no sign of disagreement.
    """
    meant = literal or {}
    return tuple(
        _finding(p, plain(content))
        for p in edition
        for part, content in p.parts.items()
        if not isinstance(content, States)
        if len(re.findall(r"[\[\]]", plain(content))) > 2 * meant.get((p.key, part), 0)
    )


def draft_words(edition: Edition) -> tuple[Finding, ...]:
    """Return titles and headings that still call the text a draft."""
    return tuple(
        _finding(p, plain(p.text))
        for p in edition
        if p.kind in (Kind.TITLE, Kind.HEADING) and _DRAFT.search(plain(p.text))
    )


def wrong_numbers(edition: Edition, numbering: Numbering) -> tuple[Finding, ...]:
    """Return the labels that are not the next of their list: the words are the label there should be."""
    right = relabel(edition, edition, numbering)
    return tuple(
        Finding(p.key, p.label, f"{p.label} → {should.label}")
        for p, should in zip(edition, right, strict=True)
        if p.label != should.label
    )


def labels_apart(leading: Edition, other: Edition, numberings: Mapping[str, Numbering]) -> tuple[Finding, ...]:
    """Return the provisions whose numbers are not the same in two languages."""
    mine = labels_of(leading, numberings[leading.language])
    theirs = labels_of(other, numberings[other.language])
    labels = {p.key: p.label for p in other}
    return tuple(
        Finding(p.key, p.label, f"{p.label or '–'} ≠ {labels.get(p.key) or '–'}")
        for p in leading
        if p.key in labels and _numbers(mine.get(p.key)) != _numbers(theirs.get(p.key))
    )


def _numbers(label: object) -> tuple[object, ...]:
    return (getattr(label, "numbers", None), getattr(label, "inserted", None))


def without_words(leading: Edition, other: Edition) -> tuple[Finding, ...]:
    """Return the provisions that have words in one of two languages and none in the other."""
    theirs = other.by_key()
    return tuple(
        _finding(p, "; ".join(sorted(missing)) if p.columns or p.kind is Kind.ROW else plain(p.text))
        for p in leading
        for missing in (_parts(p) ^ _parts(theirs.get(p.key)),)
        if missing
    )


def _parts(provision: Provision | None) -> frozenset[str]:
    return frozenset(without_empty(provision.parts)) if provision else frozenset()


def two_spellings(edition: Edition) -> tuple[Finding, ...]:
    """Return the places of the rarer spelling where both «государства-члены» and «государства – члены» occur."""
    one, other = (
        tuple(_finding(p, words) for p, words in _texts(edition) if pattern.search(words)) for pattern in _SPELLINGS
    )
    return one if len(one) < len(other) else other


def lost_references(edition: Edition, numbering: Numbering) -> tuple[Finding, ...]:
    """Return the mentions of a number that no provision, or more than one, has."""
    by_key = edition.by_key()
    return tuple(
        Finding(r.key, by_key[r.key].label, r.number) for r in references(edition, numbering) if r.target is None
    )


def annexes_apart(edition: Edition) -> tuple[Finding, ...]:
    """Return the annexes that the text has but nowhere mentions, and those it mentions but does not have.

    A text without annexes of its own may mention those of another paper.
    """
    has: dict[str, Provision] = {}
    mentioned: dict[str, Provision] = {}
    for provision, words in _texts(edition):
        is_head = provision.kind in (Kind.TITLE, Kind.HEADING)
        for match in _ANNEX.finditer(words):
            begins = is_head and match.start() == 0
            (has if begins else mentioned).setdefault(match["number"], provision)
    apart = has.keys() ^ mentioned.keys() if has else ()
    return tuple(_finding({**mentioned, **has}[number], number) for number in sorted(apart, key=int))


def titles_apart(titles: Iterable[str]) -> bool:
    """Whether the titles of one paper differ in more than capitals, quotation marks and white space."""
    return len({re.sub(r"[\s\u00a0«»“”„\"《》]+|[–—-]", "", title).casefold() for title in titles if title}) > 1


def days_apart(days: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that name none of the spellings of the day."""
    known = tuple(days)
    return tuple(text for text in texts if text.strip() and not any(day in text for day in known))


def _texts(edition: Edition) -> Iterator[tuple[Provision, str]]:
    for provision in edition:
        for content in provision.parts.values():
            if not isinstance(content, States):
                yield provision, plain(content)


def _finding(provision: Provision, words: str) -> Finding:
    shown = words if len(words) <= _SHORTENED else words[:_SHORTENED].rstrip() + "…"
    return Finding(provision.key, provision.label, shown)
