"""Texts under negotiation as HTML: marks, brackets with their holders, redlines, sets of states."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape

from app.queries.people import People
from app.text.differences import Mark, Span, redline
from app.text.provision import Content, Edition, Kind, Provision, States
from app.text.runs import LINE_BREAK, NOTE, PARAGRAPH_BREAK, Marks, Run, Text, plain

_TAGS = (
    (Marks.BOLD, "b"),
    (Marks.ITALIC, "i"),
    (Marks.UNDERLINE, "u"),
    (Marks.SUPERSCRIPT, "sup"),
    (Marks.SUBSCRIPT, "sub"),
)
_CHANGED = {Mark.INSERTED: "ins", Mark.DELETED: "del"}
_PLAIN = (0, None)
_SPECIAL = re.compile(f"[][{PARAGRAPH_BREAK}{LINE_BREAK}]")
NEAR = 42
"""Characters of unchanged text shown on each side of a change in an excerpt."""


def text_html(content: Text, notes: Mapping[str, str] | None = None, holders: Sequence[str] = ()) -> Markup:
    """Return a text as HTML.

    Args:
        notes: Key of a footnote to its label.
        holders: Names of who holds each pair of brackets, in order; an empty one for nobody.
    """
    if len(content) == 1 and content[0][1:] == _PLAIN and not _SPECIAL.search(content[0].text):
        return escape(content[0].text)  # most of what a desk shows
    names = dict(zip(_opening(plain(content)), holders, strict=False))
    at, found = 0, []
    for run in content:
        found.append(_run_html(run, notes or {}, names, at))
        at += len(run.text)
    return Markup("").join(found)


def _opening(characters: str) -> list[int]:
    """Return where brackets open that also close, in order."""
    waiting: list[int] = []
    found: list[int] = []
    for i, character in enumerate(characters):
        if character == "[":
            waiting.append(i)
        elif character == "]" and waiting:
            found.append(waiting.pop())
    return sorted(found)


def _run_html(run: Run, notes: Mapping[str, str], names: Mapping[int, str], at: int) -> Markup:
    if run.note is not None:
        label = notes.get(run.note, "*")
        return Markup('<sup class="ref"><a href="#p-{}">{}</a></sup>').format(run.note, label)
    html = Markup("").join(_character_html(piece, names, at + start) for start, piece in _pieces(run.text))
    for mark, tag in _TAGS if run.marks else ():
        if run.marks & mark:
            html = Markup(f"<{tag}>{{}}</{tag}>").format(html)
    return html


def _pieces(words: str) -> Iterable[tuple[int, str]]:
    start = 0
    for i, character in enumerate(words):
        if character in "[]\n\u2028":
            if start < i:
                yield start, words[start:i]
            yield i, character
            start = i + 1
    if start < len(words):
        yield start, words[start:]


def _character_html(piece: str, names: Mapping[int, str], at: int) -> Markup:
    if piece in (PARAGRAPH_BREAK, LINE_BREAK):
        return Markup("<br>")
    if piece in ("[", "]"):
        html = Markup('<span class="bk">{}</span>').format(piece)
        if names.get(at):
            html += Markup('<span class="holder">{}:</span> ').format(names[at])
        return html
    return escape(piece)


@lru_cache(maxsize=20_000)
def _redline(old: Text, new: Text) -> tuple[Span, ...]:
    return redline(old, new)


def redline_html(old: Text, new: Text, notes: Mapping[str, str] | None = None, *, excerpt: bool = False) -> Markup:
    """Return what changes from *old* to *new*; an *excerpt* leaves out what is far from any change."""
    spans = _redline(old, new)
    found = []
    for i, span in enumerate(spans):
        if span.mark is Mark.KEPT:
            shown = _near(span.text, first=i == 0, last=i == len(spans) - 1) if excerpt else span.text
            found.append(text_html(shown, notes))
        else:
            tag = _CHANGED[span.mark]
            found.append(Markup(f"<{tag}>{{}}</{tag}>").format(text_html(span.text, notes)))
    return Markup("").join(found)


def _near(kept: Text, *, first: bool, last: bool) -> Text:
    limit = NEAR if first or last else 2 * NEAR
    if (first and last) or len(plain(kept)) <= limit + 10:
        return kept
    return _cut(kept, first, last)


def _cut(kept: Text, first: bool, last: bool) -> Text:
    """Return the ends of a kept stretch that touch a change, cut between words."""
    characters = plain(kept)
    head = 0 if first else _word_end(characters, NEAR)
    tail = len(characters) if last else _word_start(characters, len(characters) - NEAR)
    if head >= tail:
        return kept
    gap = (Run("… "),) if first else (Run(" …"),) if last else (Run(" … "),)
    return (*_slice(kept, 0, head), *gap, *_slice(kept, tail, len(characters)))


def _word_end(characters: str, at: int) -> int:
    found = characters.rfind(" ", at // 2, at)
    return found if found > 0 else at


def _word_start(characters: str, at: int) -> int:
    found = characters.find(" ", at, at + NEAR // 2)
    return found + 1 if found > 0 else at


def _slice(content: Text, start: int, end: int) -> Text:
    found, at = [], 0
    for run in content:
        left, right = max(start - at, 0), min(end - at, len(run.text))
        if left < right:
            found.append(Run(run.text[left:right], run.marks, run.note))
        at += len(run.text)
    return tuple(found)


def excerpt(content: Content, length: int = 90) -> str:
    """Return the first words of a text, as plain characters."""
    if isinstance(content, States):
        return ""
    characters = plain(content).replace(NOTE, "").replace(PARAGRAPH_BREAK, " ").replace(LINE_BREAK, " ")
    return characters if len(characters) <= length else characters[: _word_end(characters, length)] + "…"


def provision_names(edition: Edition) -> dict[str, str]:
    """Return key to what a provision is called in a sentence: its numbers ("2, а"), else its first words."""
    names: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for p in edition:
        label = p.label.strip().rstrip(".)）").lstrip("(（")
        above = numbers.get(p.parent or "", "") if p.kind is Kind.ITEM else ""
        if label.strip("–—-•"):
            numbers[p.key] = f"{above}, {label}" if above else label
            names[p.key] = numbers[p.key]
        else:
            words = excerpt(p.text, 40) or next((excerpt(c, 40) for c in p.parts.values() if excerpt(c)), "…")
            names[p.key] = f"«{words}»" if edition.language == "ru" else f"“{words}”"
    return names


def note_labels(edition: Edition) -> dict[str, str]:
    """Return key of a footnote to the label of its references: its own, else its number."""
    notes = [p for p in edition if p.kind is Kind.FOOTNOTE]
    return {p.key: p.label.strip().rstrip(".") or str(number) for number, p in enumerate(notes, 1)}


def depths(edition: Edition) -> dict[str, int]:
    """Return key to how far it is set in: how many paragraphs and items it stands under."""
    by_key: dict[str, tuple[Kind, int]] = {}
    for p in edition:
        above = by_key.get(p.parent or "")
        inner = above is not None and above[0] in (Kind.PARAGRAPH, Kind.ITEM)
        depth = above[1] + 1 if inner and above is not None else 0
        by_key[p.key] = p.kind, max(depth, 1) if p.kind is Kind.ITEM else depth
    return {key: min(depth, 4) for key, (_, depth) in by_key.items()}


def state_list(content: Content, people: People, language: str, form: str = "short") -> tuple[str, ...]:
    """Return the names of a set of states as they print in a language."""
    members = content.members if isinstance(content, States) else frozenset()
    return tuple(people.name(code, language, form) for code in people.in_order(members, language))


def joined_states(content: Content, people: People, language: str) -> str:
    """Return the states that join a paragraph as they open it: full names, "and" before the last."""
    members = content.members if isinstance(content, States) else frozenset()
    names = [people.listed(code, language) for code in people.in_order(members, language)]
    last = {"ru": " и ", "zh": "和", "en": " and "}.get(language, ", ")
    comma = "、" if language == "zh" else ", "
    written = last.join((comma.join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
    return written[:1].upper() + written[1:]


def is_states(content: Content) -> bool:
    """Whether a part is a set of states, not words."""
    return isinstance(content, States)


def part_names(old: Provision, new: Provision) -> tuple[str, ...]:
    """Return the parts of a provision that differ between two wordings, in the order they stand."""
    names = dict.fromkeys((*old.parts, *new.parts))
    return tuple(name for name in names if (old.parts.get(name) or ()) != (new.parts.get(name) or ()))


def register(app: Flask) -> None:
    """Give templates the texts."""
    app.jinja_env.filters.update(text_html=text_html, excerpt=excerpt)
    app.jinja_env.tests.update(states=is_states)
    app.jinja_env.globals.update(redline_html=redline_html, state_list=state_list, joined_states=joined_states)
