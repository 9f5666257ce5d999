"""The reading desk: the draft as a page, what is proposed in its margin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.negotiation.vocabulary import Role, RoundState
from app.queries.reading import Desk, Line, Note, load_desk
from app.text.provision import Kind
from app.text.runs import plain
from app.web.acting import current_actor, now
from app.web.texts import depths, note_labels, provision_names

bp = Blueprint("reading", __name__)

SHOWN_NOTES = 2
"""Proposals shown beside a provision before the rest is folded away."""


@dataclass(frozen=True, slots=True)
class Block:
    """A provision with what stands in it: a table with its rows, else itself alone.

    Attributes:
        numbered: Of a table: whether its rows' labels need a column of their own.
    """

    line: Line
    rows: tuple[Line, ...] = ()
    numbered: bool = False


def read_desk(slug: str, number: int) -> Desk:
    """Return the reading desk that the address asks for."""
    return load_desk(
        slug,
        number,
        language=request.args.get("language", ""),
        beside=request.args.get("beside", ""),
        query=request.args.get("q", ""),
        at=request.args.get("propose") or request.args.get("all") or request.args.get("at", ""),
        whole=request.args.get("whole") == "yes",
        actor=current_actor(),
        now=now(),
    )


def desk_page(desk: Desk, **more: Any) -> str:
    """Return the reading desk as HTML; *more* is what stands open in it."""
    return render_template(
        "reading/show.html",
        desk=desk,
        blocks=tuple(blocks(desk)),
        unfolded=request.args.get("all", ""),
        **{"editing": None, **wording(desk), **more},
    )


def wording(desk: Desk) -> Mapping[str, Any]:
    """Return what templates need to name and print provisions.

    ``begins`` is the key that the page shown begins with, None on the first one; ``there`` links to a provision.
    """
    base = desk.edition.by_key()
    return {
        "base": base,
        "names": provision_names(desk.edition),
        "note_labels": note_labels(desk.edition),
        "depths": depths(desk.edition),
        "shown_notes": shown_notes,
        "begins": desk.pages[desk.page] if desk.page else None,
        "there": lambda key: address(desk, key),
        "holders": _holders(desk),
        "is_open": desk.round is not None and desk.round.state == RoundState.OPEN and not desk.round.is_over,
        "is_observer": current_actor().role == Role.OBSERVER,
    }


def address(desk: Desk, key: str) -> str:
    """Return where a provision stands: on the page that is shown, or on another one of the same text."""
    if key in desk.keys:
        return f"#p-{key}"
    return url_for(
        "reading.show",
        slug=desk.slug,
        number=desk.version.number,
        language=desk.language,
        beside=desk.beside or None,
        at=key,
        _anchor=f"p-{key}",
    )


def _holders(desk: Desk) -> Any:
    def named(line: Line, part: str) -> list[str]:
        separator = "、" if desk.language == "zh" else ", "
        return [
            separator.join(desk.people.name(code, desk.language) for code in codes)
            for _, codes in line.brackets.get(part, ())
        ]

    return named


def shown_notes(line: Line, unfolded: str) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """Return the notes to print beside a line, and those to fold away; one's own are always printed."""
    if unfolded == line.provision.key:
        return line.notes, ()
    own = sum(note.proposal.is_own for note in line.notes)
    at = max(SHOWN_NOTES, own)
    return line.notes[:at], line.notes[at:]


def blocks(desk: Desk) -> Iterator[Block]:
    """Yield the lines as they are laid out: rows together in their table."""
    table: Line | None = None
    rows: list[Line] = []
    for line in desk.lines:
        if table is not None and line.provision.kind is Kind.ROW:
            rows.append(line)
            continue
        if table is not None:
            yield _table(table, rows)
            table, rows = None, []
        if line.provision.kind is Kind.TABLE:
            table = line
        else:
            yield Block(line)
    if table is not None:
        yield _table(table, rows)


def _table(table: Line, rows: list[Line]) -> Block:
    columns = table.provision.columns
    first = columns[0] if columns else ""
    labelled = [row.provision for row in rows if row.provision.label]
    numbered = any(_words(row.parts.get(first, ())) != row.label for row in labelled)
    return Block(table, tuple(rows), numbered)


def _words(content: Any) -> str:
    return plain(content).strip() if isinstance(content, tuple) else ""
