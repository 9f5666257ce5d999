"""A composition as the lines of a tracked file: each stretch with those who delete or insert it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import ne
from typing import NamedTuple, TypeAlias

from app.text.composing import content_as_of
from app.text.composition import ComposedBlock, ComposedStates, ComposedText, Composition, Sponsors
from app.text.provision import TEXT, Content, Kind, Place, Provision, States, without_empty
from app.text.runs import Run, Text
from app.text.tokens import Token, untokenize

Part: TypeAlias = ComposedText | ComposedStates | Content


class Stretch(NamedTuple):
    """Text with one fate.

    Attributes:
        change: ``""`` for what stays, ``del`` or ``ins``.
        sponsors: Who asks for the change.
    """

    change: str
    sponsors: Sponsors
    text: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision at one place: of the base, or inserted there.

    Attributes:
        change: ``""`` where nobody touches its existence, else ``del`` or ``ins``.
        sponsors: Who deletes or inserts the whole of it.
        parts: Composed for a base provision, plain for an inserted one.
        movers: Where it is moved to, and by whom.
        moved_from: The key it has at its old place.
        block: What an inserted provision came with.
        relabelled: Its new label, where that is a change of its own, and who makes it.
    """

    provision: Provision
    change: str
    sponsors: Sponsors
    parts: Mapping[str, Part]
    movers: tuple[tuple[Place, Sponsors], ...] = ()
    moved_from: str | None = None
    block: ComposedBlock | None = None
    relabelled: tuple[str, Sponsors] | None = None


def entries(composition: Composition, *, rivals: bool = False) -> Iterator[Entry]:
    """Yield the provisions of base and blocks in reading order; *rivals*: disputed rows as rival rows."""
    for item in composition.items:
        if isinstance(item, ComposedBlock):
            for provision in item.provisions:
                moved = item.moved_from if provision is item.provisions[0] else None
                yield Entry(provision, "ins", item.sponsors, provision.parts, (), moved, item)
            continue
        entry = Entry(item.provision, "del" if item.deleters else "", item.deleters, dict(item.parts), item.movers)
        if rivals and item.provision.kind is Kind.ROW and _is_disputed(entry):
            yield from _rivals(entry, composition.order)
        else:
            yield entry


def heading_rows(table: Entry, order: Sponsors) -> Iterator[Entry]:
    """Yield the row of a table's headings; rival rows where some delete or move the table and others amend them.

    Args:
        table: Of the base or inserted; of its parts only the columns are headings.
        order: Everybody, in the order in which sponsors and rivals are to stand.
    """
    names = (name for name in table.provision.columns if name in table.parts)
    head = replace(table, parts={name: table.parts[name] for name in names})
    if table.change == "del" and _is_disputed(head):
        yield from _rivals(head, order)
    else:
        yield head


def rival_headings(found: Iterable[Entry], order: Sponsors) -> Iterator[Entry]:
    """Yield the rows of headings that stand beside those of a table that some delete or move."""
    for entry in found:
        if entry.provision.kind is Kind.TABLE and entry.change == "del":
            yield from (row for row in heading_rows(entry, order) if row.change == "ins")


def _is_disputed(row: Entry) -> bool:
    """Whether some delete or move a row and others put words into its cells, or one cell is to stand in their place."""
    if not (row.change or _is_recut(row)):
        return False
    return any(_is_written_in(part) for part in row.parts.values())


def _is_written_in(part: Part) -> bool:
    if isinstance(part, ComposedStates):
        return bool(part.joining)
    return isinstance(part, ComposedText) and any(part.gaps)


def _is_recut(row: Entry) -> bool:
    """Whether some want one cell over all columns where others have a row of cells."""
    return TEXT in row.parts and len(row.parts) > 1


def _rivals(row: Entry, order: Sponsors) -> Iterator[Entry]:
    """Yield a disputed row as rival rows: the base row, deleted by all, then each reading of it.

    Words inserted in a row that is itself deleted keep the empty row in LibreOffice once it is accepted away.
    """
    amending = _amending(row)
    readings: dict[tuple[tuple[str, Content], ...], list[str]] = {}
    for code in (code for code in order if code in amending and code not in row.sponsors):
        wished = tuple((name, _wished(part, code)) for name, part in row.parts.items())
        readings.setdefault(wished, []).append(code)
    everybody = tuple(code for code in order if code in amending or code in row.sponsors)
    yield Entry(row.provision, "del", everybody, row.provision.parts, row.movers)
    for wished, sponsors in readings.items():
        rival = replace(row.provision, parts=without_empty(dict(wished)))
        yield Entry(rival, "ins", tuple(sponsors), rival.parts)


def _wished(part: Part, code: str) -> Content:
    return content_as_of(part, code) if isinstance(part, ComposedText | ComposedStates) else part


def _amending(row: Entry) -> set[str]:
    """Return everybody who wants some word of a row otherwise."""
    amending: set[str] = set()
    for part in row.parts.values():
        if isinstance(part, ComposedStates):
            amending.update(code for _, who in (*part.members, *part.joining) for code in who)
        elif isinstance(part, ComposedText):
            amending.update(code for who in part.deleters for code in who)
            amending.update(code for gap in part.gaps for insertion in gap for code in insertion.sponsors)
    return amending


def stretches(part: Part, entry: Entry) -> list[Stretch]:
    """Return the stretches of a text part in reading order."""
    if isinstance(part, ComposedText):
        return _composed(part)
    assert not isinstance(part, States | ComposedStates)
    return [Stretch(entry.change, entry.sponsors, part)] if part else []


def _composed(part: ComposedText) -> list[Stretch]:
    """Cut at every border where the set of sponsors changes; never nest."""
    deleters, gaps, pieces = part.deleters, part.gaps, part.tokens
    count = len(pieces)
    borders = compress(range(1, count), map(ne, deleters[1:], deleters))
    filled = compress(range(count + 1), gaps)
    texts, marks, notes = zip(*pieces, strict=True) if pieces else ((), (), ())
    plain = count > 0 and marks.count(marks[0]) == count == notes.count(None)
    found: list[Stretch] = []
    start = 0
    for end in sorted({*borders, *filled, count}):
        if end > start:
            who = deleters[start]
            runs = (Run("".join(texts[start:end]), marks[0]),) if plain else runs_of(pieces[start:end])
            found.append(Stretch("del" if who else "", who, runs))
            start = end
        for insertion in gaps[end]:
            found.append(Stretch("ins", insertion.sponsors, runs_of(insertion.tokens)))
    return found


def runs_of(pieces: Sequence[Token]) -> Text:
    """Return tokens as runs, neighbours with equal marks joined."""
    if len(pieces) == 1 and not pieces[0].note:
        return (Run(pieces[0].text, pieces[0].marks),)
    if not pieces:
        return ()
    texts, marks, notes = zip(*pieces, strict=True)
    if not any(notes) and len(set(marks)) == 1:
        return (Run("".join(texts), marks[0]),)
    return untokenize(pieces)


def notes_by_key(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries of each footnote by its key: that of the base first, then those put in."""
    notes: dict[str, list[Entry]] = {}
    for entry in found:
        if entry.provision.kind is Kind.FOOTNOTE:
            notes.setdefault(entry.provision.key, []).append(entry)
    return {key: sorted(every, key=lambda one: one.change == "ins") for key, every in notes.items()}


def words_taken_along(note: Sequence[Entry], who: Sponsors) -> Iterator[Stretch]:
    """Yield the words of a footnote that *who* refer to anew as they wish them; where they differ, with who asks."""
    entry = next((e for e in note if e.change == "ins" and not set(who).isdisjoint(e.sponsors)), note[0])
    for change, sponsors, words in stretches(entry.parts.get(TEXT, ()), entry):
        asking = tuple(code for code in who if code in sponsors)
        if asking == who:
            if change != "del":
                yield Stretch("", (), words)
        elif asking:
            yield Stretch(change, asking, words)
        elif change != "ins":
            yield Stretch("", (), words)


def notes_named(found: Iterable[Entry]) -> set[str]:
    """Return the keys of the footnotes that some text refers to, in the base or in a wish."""
    named: set[str] = set()
    for entry in found:
        for part in entry.parts.values():
            if isinstance(part, ComposedText):
                every = [part.tokens, *(insertion.tokens for gap in part.gaps for insertion in gap)]
                named.update(token.note for pieces in every for token in pieces if token.note)
            elif not isinstance(part, States | ComposedStates):
                named.update(run.note for run in part if run.note)
    return named


def stands_in_lines(entry: Entry, part: ComposedStates) -> bool:
    """Whether each name of a set of states stands on its line: somebody joins or leaves it where it is.

    Or somebody changes the word that follows, and with it whether a space belongs between.
    """
    if part.joining or any(leavers != entry.sponsors for _, leavers in part.members):
        return True
    words = entry.parts.get(TEXT)
    if entry.provision.kind is Kind.ROW or not isinstance(words, ComposedText) or not part.members:
        return False
    return bool(words.gaps[0]) or words.deleters[:1] not in ((), (entry.sponsors,))


def tables(found: Iterable[Entry]) -> Iterator[tuple[Entry | None, list[Entry]]]:
    """Yield each entry outside tables alone with no rows, each table with its rows; rows without a table: None."""
    table: Entry | None = None
    rows: list[Entry] = []
    for entry in found:
        if entry.provision.kind is Kind.ROW:
            rows.append(entry)
            continue
        if table is not None or rows:
            yield table, rows
        table, rows = None, []
        if entry.provision.kind is Kind.TABLE:
            table = entry
        else:
            yield entry, []
    if table is not None or rows:
        yield table, rows


def is_merged(row: Entry) -> bool:
    """Whether a row is one cell over all columns, in the base and in every wish."""
    return TEXT in row.parts and all(name == TEXT for name in row.parts)


def is_headed(table: Entry) -> bool:
    """Whether a table has a row of headings, in the base or in some wish."""
    parts = [table.parts.get(name, ()) for name in table.provision.columns]
    return any(part.tokens or any(part.gaps) if isinstance(part, ComposedText) else part for part in parts)


def columns_of(table: Provision, rows: Sequence[Entry]) -> tuple[str, ...]:
    """Return the table's columns, and after them every other part that some row has, so that no word is lost."""
    others = {name: None for row in rows if not is_merged(row) for name in row.parts if name not in table.columns}
    return (*table.columns, *others)
