"""Edits in one paragraph of a file that is written into: runs cut where a change begins or ends, in their place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from app.docxio.own_characters import Characters, OwnRun, Piece, part_of
from app.docxio.own_text import NotItsFile, Splice

Wrap: TypeAlias = Callable[[str], str]
"""Wraps the runs of one deletion; returns nothing where they go without a trace."""


class Neighbour(NamedTuple):
    """The run whose look an insertion takes: its properties, and the place of the character it was told by."""

    properties: str
    place: int
    """-1 where no character is near."""


Made: TypeAlias = Callable[[Neighbour], str]


@dataclass(slots=True)
class Placed:
    """XML that stands between two characters."""

    place: int
    make: Made
    looks_right: bool = False
    """Whether it takes the look of the character after it: it replaces that one."""
    splits: bool = False
    """Whether it ends the paragraph and begins another: it cannot stand in a link or a control."""


class Break(NamedTuple):
    """The end of a paragraph that comes: the change of its mark, its properties."""

    mark: str
    properties: str


@dataclass(slots=True)
class Edits:
    """What happens in a paragraph: deletions as (start, end, wrap) in order, and what is placed in it."""

    deleted: list[tuple[int, int, Wrap]] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)


def splices(written: str, found: Characters, edits: Edits) -> list[Splice]:
    """Return how the part changes; insertions stand before what is deleted at their place.

    Raises:
        NotItsFile: Something cannot be cut where it would have to be.
    """
    return _Editing(written, found, edits).splices()


class _Editing:
    def __init__(self, written: str, found: Characters, edits: Edits) -> None:
        self._written = written
        self._found = found
        self._edits = edits
        self._between: dict[int, list[str]] = {}
        """Place in the part, outside runs, to what is put there."""
        self._inside: dict[int, dict[tuple[int, int], list[str]]] = {}
        """Number of a run to (number of a piece, characters into it) to what is put there."""
        self._counted = [
            (piece.start, piece.start + piece.count, (number, index))
            for number, run in enumerate(found.runs)
            for index, piece in enumerate(run.pieces)
            if piece.count
        ]
        self._starts = [start for start, _, _ in self._counted]
        self._fields = self._whole_fields()

    def splices(self) -> list[Splice]:
        for placed in self._edits.placed:
            self._place(placed)
        made: list[Splice] = []
        for number, run in enumerate(self._found.runs):
            if number in self._inside or self._is_cut(run):
                made.append((run.at, run.end, self._rewritten(run, self._inside.get(number, {}))))
        made += [(at, at, "".join(xml)) for at, xml in self._between.items()]
        return made

    # -- where things are placed

    def _place(self, placed: Placed) -> None:
        before = bisect_left(self._starts, placed.place) - 1
        if before >= 0 and placed.place < self._counted[before][1]:
            self._place_within(placed, *self._counted[before][2])
            return
        left, right = self._around(placed.place)
        xml = placed.make(self._neighbour(placed, left, right))
        at = self._outside(left, right)
        if isinstance(at, int):
            self._between.setdefault(at, []).append(xml)
            return
        if placed.splits and self._found.runs[at[0]].containers:
            raise NotItsFile("cut")
        self._inside.setdefault(at[0], {}).setdefault((at[1], 0), []).append(xml)

    def _place_within(self, placed: Placed, number: int, index: int) -> None:
        """Place something between two characters of one piece."""
        run = self._found.runs[number]
        piece = run.pieces[index]
        if piece.name != "w:t" or (placed.splits and run.containers):
            raise NotItsFile("cut")
        near = Neighbour(run.properties, placed.place if placed.looks_right else placed.place - 1)
        here = self._inside.setdefault(number, {}).setdefault((index, placed.place - piece.start), [])
        here.append(placed.make(near))

    def _around(self, place: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """Return the pieces that hold the characters before and at a place, as (run, piece)."""
        before = bisect_left(self._starts, place) - 1
        at = bisect_right(self._starts, place) - 1
        left = self._counted[before][2] if before >= 0 and place <= self._counted[before][1] else None
        right = self._counted[at][2] if at >= 0 and place < self._counted[at][1] else None
        return left, right

    def _outside(self, left: tuple[int, int] | None, right: tuple[int, int] | None) -> int | tuple[int, int]:
        """Return a place between runs, or (run, piece) before which a run is cut."""
        runs = self._found.runs
        if right is None:
            return self._found.end
        after = runs[right[0]]
        if left is None:
            return after.containers[0] if after.containers else self._before(right)
        before = runs[left[0]]
        if before.depth < after.depth and left[0] != right[0] and not before.containers:
            # The result of a field begins here; what is inserted must not be lost when the field is updated.
            return self._behind(left)
        common = 0
        while common < min(len(before.containers), len(after.containers)):
            if before.containers[common] != after.containers[common]:
                break
            common += 1
        if len(after.containers) > common:
            return after.containers[common]
        return self._before(right)

    def _before(self, right: tuple[int, int]) -> int | tuple[int, int]:
        return self._found.runs[right[0]].at if right[1] == 0 else right

    def _behind(self, left: tuple[int, int]) -> int | tuple[int, int]:
        run = self._found.runs[left[0]]
        return run.end if left[1] == len(run.pieces) - 1 else (left[0], left[1] + 1)

    def _neighbour(self, placed: Placed, left: tuple[int, int] | None, right: tuple[int, int] | None) -> Neighbour:
        sides = (right, placed.place), (left, placed.place - 1)
        for side, place in sides if placed.looks_right else reversed(sides):
            if side is not None:
                run = self._found.runs[side[0]]
                if "Reference" not in run.pieces[side[1]].name:
                    return Neighbour(run.properties, place)
        return Neighbour("", -1)

    # -- cutting

    def _whole_fields(self) -> dict[int, Wrap]:
        """Return the fields that lie in one deletion altogether, with its wrap."""
        places: dict[int, list[int]] = {}
        for run in self._found.runs:
            for piece in run.pieces:
                if piece.field >= 0:
                    places.setdefault(piece.field, []).append(piece.start)
        whole = {}
        for number, found in places.items():
            for start, end, wrap in self._edits.deleted:
                if start <= min(found) and max(found) <= end and start < end and min(found) < max(found):
                    whole[number] = wrap
        return whole

    def _is_cut(self, run: OwnRun) -> bool:
        for piece in run.pieces:
            if piece.field in self._fields:
                return True
            if piece.count and any(
                s < piece.start + piece.count and piece.start < e for s, e, _ in self._edits.deleted
            ):
                return True
        return False

    def _rewritten(self, run: OwnRun, inside: dict[tuple[int, int], list[str]]) -> str:
        """Return a run cut into runs of one fate, with what stands between them."""
        made: list[str] = []
        waiting: list[str] = []
        fate: Wrap | None = None
        places: dict[int, list[int]] = {}
        for index, at in inside:
            places.setdefault(index, []).append(at)

        def flush() -> None:
            if waiting:
                xml = f"<w:r>{run.properties}{''.join(waiting)}</w:r>"
                made.append(fate(xml) if fate else xml)
                waiting.clear()

        for index, piece in enumerate(run.pieces):
            for start, end, here in self._cuts(piece, places.get(index, ())):
                put = inside.get((index, start))
                if put or here is not fate:
                    flush()
                    made.extend(put or ())
                    fate = here
                waiting.append(self._piece(piece, start, end, deleted=here is not None))
        flush()
        return "".join(made)

    def _cuts(self, piece: Piece, places: Sequence[int]) -> list[tuple[int, int, Wrap | None]]:
        """Return a piece as (start, end, fate) in its own characters."""
        if not piece.count:
            if piece.field in self._fields:
                return [(0, 0, self._fields[piece.field])]
            return [(0, 0, self._around_soft(piece) if piece.is_soft else None)]
        borders = {0, piece.count, *places}
        inside: list[tuple[int, int, Wrap]] = []
        for start, end, wrap in self._edits.deleted:
            first, last = max(start - piece.start, 0), min(end - piece.start, piece.count)
            if first < last:
                inside.append((first, last, wrap))
                borders |= {first, last}
        if piece.name != "w:t" and len(borders) > 2:
            raise NotItsFile("cut")
        ordered = sorted(borders)
        fates: dict[int, Wrap] = {}
        for first, last, wrap in inside:
            for border in ordered[bisect_left(ordered, first) : bisect_left(ordered, last)]:
                fates.setdefault(border, wrap)
        return [(a, b, fates.get(a)) for a, b in pairwise(ordered)]

    def _around_soft(self, piece: Piece) -> Wrap | None:
        return next((wrap for s, e, wrap in self._edits.deleted if s < piece.start < e), None)

    def _piece(self, piece: Piece, start: int, end: int, *, deleted: bool) -> str:
        if piece.name == "w:t":
            name = "w:delText" if deleted else "w:t"
            is_literal = len(piece.text) == piece.count
            words = piece.text[start:end] if is_literal else part_of(piece.text, start, end)
            return f'<{name} xml:space="preserve">{words}</{name}>'
        raw = self._written[piece.at : piece.end]
        if not deleted:
            return raw
        raw = re.sub(r"(</?)w:t(?=[\s>/])", r"\1w:delText", raw)
        return re.sub(r"(</?)w:instrText(?=[\s>/])", r"\1w:delInstrText", raw)
