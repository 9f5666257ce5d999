"""What is asked of one part of a provision, put on its paragraphs in a file that is written into."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from app.docxio import oxml
from app.docxio.comments import Comment
from app.docxio.entries import Entry, Part, Stretch
from app.docxio.line_text import split_paragraphs
from app.docxio.own_counted import COUNTED, before_words, counted, is_written
from app.docxio.own_editing import Break, Edits, Neighbour, Placed
from app.docxio.own_file import Where
from app.docxio.own_look import marked_properties, new_properties, run_look
from app.docxio.own_text import NotItsFile
from app.text.composition import Sponsors
from app.text.provision import STATES, TEXT, Content, Kind, States
from app.text.runs import PARAGRAPH_BREAK, Run, Text, plain

if TYPE_CHECKING:
    from app.docxio.own_writing import OwnWriter

Segment: TypeAlias = tuple[int, int, int, int]
"""First character in the part, last, paragraph, place in it."""


class Amending:
    """Puts the stretches of one part of a provision on its paragraphs."""

    def __init__(
        self, writer: "OwnWriter", where: Where, entry: Entry, name: str, part: Part, comments: Sequence[Comment]
    ) -> None:
        self._writer = writer
        self._where = where
        self._story = writer.own.stories[where.member]
        content = entry.provision.parts.get(name, ())
        places = where.stretches.get(name) or _place_of_none(writer, where, entry, name)
        if entry.provision.kind in (Kind.ROW, Kind.TABLE) and not isinstance(content, States):
            written = [self._story.characters(n).text[a:b] for n, a, b in places]
            content, part = counted(part, content, written, writer.order)
        self._is_row_going = entry.change == "del"
        self._content = content
        self._words = "" if isinstance(content, States) else plain(content)
        self._stretches = writer.words_of(where, entry, name, part)
        self._comments = list(comments)
        self._open: dict[int, tuple[Comment, int]] = {}
        self._segments = self._placed(places)
        self._mark_ends = _mark_ends(self._content)

    def done(self) -> list[Comment]:
        """Write; return the comments that none of the changes here is about."""
        at = 0
        last = {id(c): i for i, s in enumerate(self._stretches) for c in self._comments if c.touches(s)}
        for i, stretch in enumerate(self._stretches):
            if last:
                self._begin_comments(at, stretch, last)
            if stretch.change == "ins":
                after = self._stretches[i + 1 : i + 2]
                self._insert(at, stretch, replaces=bool(after) and after[0].change == "del")
            else:
                length = len(plain(stretch.text))
                if stretch.change == "del":
                    self._delete(at, at + length, stretch.sponsors)
                at += length
            if last:
                self._end_comments(at, i, last)
        return [c for c in self._comments if id(c) not in self._open]

    def _begin_comments(self, at: int, stretch: Stretch, last: Mapping[int, int]) -> None:
        for comment in self._comments:
            if id(comment) in last and comment.touches(stretch) and id(comment) not in self._open:
                number = self._writer.comment(comment)
                self._open[id(comment)] = comment, number
                self._put(at, oxml.comment_start(number))

    def _end_comments(self, at: int, i: int, last: Mapping[int, int]) -> None:
        for identity, (_, number) in self._open.items():
            if last[identity] == i:
                self._put(at, oxml.comment_end(number) + oxml.comment_reference(number))

    def _placed(self, stretches_: Sequence[tuple[int, int, int]]) -> list[Segment]:
        """Return the segment of each paragraph with words.

        Raises:
            NotItsFile: The words of the file are not those of the part.
        """
        words = self._words
        if isinstance(self._content, States):
            words = "".join(self._story.characters(n).text[a:b] for n, a, b in stretches_)
        found: list[Segment] = []
        at = 0
        for number, start, end in stretches_:
            written = self._story.characters(number).text[start:end]
            if not written:
                continue
            if at and words[at : at + 1] == PARAGRAPH_BREAK:
                at += 1
            at += before_words(words, at, written)
            if not is_written(words[at : at + len(written)], written):
                raise NotItsFile("characters")
            found.append((at, at + len(written), number, start))
            at += len(written)
        if not stretches_ or (at != len(words) and words != COUNTED):
            raise NotItsFile("characters")
        return found or [(len(words), len(words), stretches_[0][0], stretches_[0][1])]

    def _segment(self, at: int) -> Segment:
        """Return the segment that a place is in, or before which it stands.

        Raises:
            NotItsFile: Something is written into a number that Word counts.
        """
        found = next(s for s in self._segments if at <= s[1])
        if at < found[0]:
            before = max((s[1] + 1 for s in self._segments if s[1] < found[0]), default=0)
            if before < at:
                raise NotItsFile("number")
        return found

    def _edits(self, number: int) -> Edits:
        return self._writer.paragraph(self._where.member, number).edits

    def _put(self, at: int, xml: str) -> None:
        start, _, number, place = self._segment(at)
        self._edits(number).placed.append(Placed(place + max(at - start, 0), lambda _: xml))

    def _delete(self, start: int, end: int, who: Sponsors) -> None:
        for position, (first, last, number, place) in enumerate(self._segments):
            a, b = max(start, first), min(end, last)
            if a < b:
                wrap = self._writer.deletion(who)
                self._edits(number).deleted.append((place + a - first, place + b - first, wrap))
            if position + 1 < len(self._segments) and start <= last < end and last < self._segments[position + 1][0]:
                following = self._segments[position + 1][2]
                if not self._writer.is_tracked:
                    self._join(number, following)
                elif not self._is_row_going and not self._are_beside(number, following):
                    raise NotItsFile("break")  # each in a cell of its own: no mark can go between them
                self._writer.paragraph(self._where.member, number).mark = self._writer.mark("del", who)

    def _are_beside(self, number: int, following: int) -> bool:
        return self._story.paragraphs[number].parent is self._story.paragraphs[following].parent

    def _join(self, number: int, following: int) -> None:
        """Join two paragraphs of a cell where nothing is tracked."""
        one, other = self._story.paragraphs[number], self._story.paragraphs[following]
        if self._story.written[one.end : other.start].strip() or one.parent is not other.parent:
            raise NotItsFile("break")
        start, end = self._story.characters(number).end, self._story.characters(following).at
        self._writer.splices[self._where.member].append((start, end, ""))

    def _insert(self, at: int, stretch: Stretch, *, replaces: bool) -> None:
        segment = self._segment(at)
        lines = _lines(stretch.text)
        following = self._following(at, segment, stretch) if len(lines) > 1 else None
        if following is not None and lines[-1].is_counted is not self._is_counted(segment):
            # The last of the paragraphs stays when all is rejected: it must be the one that was there.
            if lines[0].runs:
                self._write(at, segment, stretch.sponsors, lines[:1], replaces=replaces)
            self._write(following[0] - 1, following, stretch.sponsors, [*lines[1:], _Line([], is_counted=False)])
            return
        self._write(at, segment, stretch.sponsors, lines, replaces=replaces)

    def _following(self, at: int, segment: Segment, stretch: Stretch) -> Segment | None:
        """Return the paragraph after the one that a place ends, in the same cell; None where both are to be joined."""
        rest = self._segments[self._segments.index(segment) + 1 :]
        if at != segment[1] or not rest or self._is_joined(at, stretch.sponsors):
            return None
        return rest[0] if self._are_beside(segment[2], rest[0][2]) else None

    def _is_joined(self, at: int, who: Sponsors) -> bool:
        """Whether some of *who* delete the paragraph break at a place."""
        passed = 0
        for stretch in self._stretches:
            if stretch.change != "ins":
                passed += len(plain(stretch.text))
                if at < passed:
                    return stretch.change == "del" and not set(who).isdisjoint(stretch.sponsors)
        return False

    def _write(
        self, at: int, segment: Segment, who: Sponsors, lines: Sequence["_Line"], *, replaces: bool = False
    ) -> None:
        """Write words into a paragraph; each of *lines* but the last ends a paragraph of its own."""
        start, _, number, place = segment
        writer, paragraph = self._writer, self._writer.paragraph(self._where.member, number)
        begins_counted = at >= start and self._is_counted(segment)
        first_break = len(paragraph.broken)
        for position, line in enumerate(lines[:-1]):
            is_counted = line.is_counted or (begins_counted and not position)
            paragraph.broken.append(Break(writer.mark("ins", who), self._look(segment, is_counted=is_counted)))

        def make(near: Neighbour) -> str:
            has = self._marks_at(near.place - place + start) if near.place >= 0 else 0
            look = partial(run_look, near.properties, has)
            xml, *pieces = [writer.change("ins", who, writer.runs(line.runs, look, who)) for line in lines]
            for count, piece in enumerate(pieces, first_break + 1):
                own = Break(paragraph.mark, self._properties(number))
                following = paragraph.broken[count] if count < len(paragraph.broken) else own
                new = marked_properties(new_properties(following.properties), following.mark)
                xml += f"</w:p><w:p>{new}{piece}"
            return xml

        paragraph.edits.placed.append(Placed(place + max(at - start, 0), make, replaces, len(lines) > 1))

    def _properties(self, number: int) -> str:
        return self._story.written[slice(*self._story.characters(number).properties)]

    def _is_counted(self, segment: Segment) -> bool:
        """Whether Word counts a paragraph of the cell."""
        return segment[0] > 0 and self._words[segment[0] - 1] == COUNTED

    def _look(self, segment: Segment, *, is_counted: bool) -> str:
        """Return the properties of a paragraph that comes before or in another: counted as one in its cell, or not."""
        own = self._properties(segment[2])
        if self._is_counted(segment) is is_counted:
            return own
        here = self._segments.index(segment)
        near = sorted(self._segments, key=lambda one: abs(self._segments.index(one) - here))
        found = next((self._properties(one[2]) for one in near if self._is_counted(one) is is_counted), None)
        return self._writer.numbered.uncounted(new_properties(own)) if found is None else new_properties(found)

    def _marks_at(self, at: int) -> int:
        found = bisect_right(self._mark_ends, at, key=itemgetter(0))
        return self._mark_ends[found][1] if at >= 0 and found < len(self._mark_ends) else 0


def _place_of_none(writer: "OwnWriter", where: Where, entry: Entry, name: str) -> Sequence[tuple[int, int, int]]:
    """Return where a part would stand that has no words: states before the text, else in the cell."""
    text = where.stretches.get(TEXT)
    if name == STATES and entry.provision.kind is not Kind.ROW and text:
        number, start, _ = text[0]
        return [(number, start, start)]
    return writer_cell(writer, where, entry, name)


def writer_cell(writer: "OwnWriter", where: Where, entry: Entry, name: str) -> Sequence[tuple[int, int, int]]:
    """Return the first paragraph of an empty cell.

    Raises:
        NotItsFile: It cannot be told which cell it is.
    """
    story = writer.own.stories[where.member]
    table = writer.base.get(entry.provision.parent or "") if entry.provision.kind is Kind.ROW else entry.provision
    columns = table.columns if table is not None else ()
    if where.span is None or name not in columns or entry.provision.kind is not Kind.ROW:
        raise NotItsFile("cell")
    cells = story.cells.get(where.span.start, [])
    if len(cells) != len(columns):
        raise NotItsFile("cell")
    number = next(iter(story.inside(cells[columns.index(name)])), None)
    if number is None:
        raise NotItsFile("cell")
    return [(number, 0, 0)]


class _Line(NamedTuple):
    """What is put into one paragraph."""

    runs: Sequence[Run]
    is_counted: bool
    """Whether it begins with a number that Word counts."""


def _lines(content: Text) -> list[_Line]:
    if len(content) == 1 and PARAGRAPH_BREAK not in content[0].text and COUNTED not in content[0].text:
        return [_Line(content, is_counted=False)]
    return [_line([run for run in line if run.text]) for line in split_paragraphs(content)]


def _line(runs: Sequence[Run]) -> _Line:
    is_counted = bool(runs) and runs[0].text.startswith(COUNTED)
    bare = [run._replace(text=run.text.replace(COUNTED, "")) for run in runs]
    return _Line([run for run in bare if run.text], is_counted)


def _mark_ends(content: Content) -> list[tuple[int, int]]:
    """Return where each run ends, in characters, and its marks."""
    runs = () if isinstance(content, States) else content
    ends = accumulate(len(run.text) for run in runs)
    return [(end, int(run.marks)) for end, run in zip(ends, runs, strict=True)]
