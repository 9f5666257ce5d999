"""Writes entries into a draft's own file: what nobody touches is copied, what changes is cut in its place."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.docxio import oxml
from app.docxio.authors import Authors
from app.docxio.bookmarks import bookmark_name
from app.docxio.comments import Comment, Remarks
from app.docxio.entries import Entry, Part, Stretch, stretches
from app.docxio.own_editing import Edits, Neighbour, Placed, splices
from app.docxio.own_file import OwnFile, Story, Where
from app.docxio.own_look import NumberedLook, marked_properties, new_properties, run_look
from app.docxio.own_notes import OwnNotes
from app.docxio.own_parts import MAIN
from app.docxio.own_states import stretches_of_states
from app.docxio.own_text import NotItsFile, Splice, spliced
from app.docxio.package import parse
from app.docxio.sheets import Sheet
from app.docxio.wording import WORDING
from app.text.composition import ComposedStates, ComposedText, Sponsors
from app.text.provision import STATES, Content, Kind, Provision, States
from app.text.runs import NOTE, PARAGRAPH_BREAK, Run, Text, plain


@dataclass(slots=True)
class _Paragraph:
    """What happens to one paragraph."""

    edits: Edits = field(default_factory=Edits)
    mark: str = ""
    broken: list[tuple[int, str]] = field(default_factory=list)
    """Numbers of the breaks put in, each with the change of its mark, in order."""
    bookmark: str = ""


class OwnWriter:
    """Writes entries into a file; ``finish`` returns the parts.

    Args:
        own: The file.
        names: Code of a sponsor to the label under which it is author.
        at: The day of every change, ``YYYY-MM-DD``.
        is_tracked: Whether changes are tracked; else they are made.
        counted: Keys of new provisions whose numbers Word goes on counting; in a tracked draft others are typed.
        state_names: Code to every name of a state that may stand in the file.
    """

    def __init__(
        self,
        own: OwnFile,
        sheet: Sheet,
        names: Mapping[str, str],
        at: str,
        comments: Sequence[Comment],
        found: Sequence[Entry],
        *,
        is_tracked: bool,
        state_names: Mapping[str, Collection[str]],
        counted: Collection[str] = (),
    ) -> None:
        self.own = own
        self.sheet = sheet
        self.words = WORDING[sheet.language]
        self.authors = Authors(names, self.words.tracked.group)
        self.revisions = oxml.Revisions(at)
        self.at = at
        self.is_tracked = is_tracked
        self._counted = counted
        self.base = own.edition.by_key()
        self.found = found
        self.remarks = Remarks(comments, found, self.base, self.words)
        self.comments: list[str] = []
        self.notes = OwnNotes(own, found)
        parts = own.parts.others
        roots = [parse(parts[n], n) if n in parts else None for n in ("word/numbering.xml", "word/styles.xml")]
        self.numbered = NumberedLook(*roots)
        self._state_names = state_names
        self._touched: dict[tuple[str, int], _Paragraph] = {}
        self.splices: dict[str, list[Splice]] = {member: [] for member in own.stories}
        self._marked: set[str] = set()
        self._bookmarks = 1 + max((_highest(story.written) for story in own.stories.values()), default=0)

    # -- changes

    def change(self, kind: str, who: Sponsors, runs: str) -> str:
        """Return runs as a change, or as what is left of them where nothing is tracked."""
        if not kind:
            return runs
        if self.is_tracked:
            return self.revisions.change(kind, self.authors.name(who), runs)
        return runs if kind == "ins" else ""

    def mark(self, kind: str, who: Sponsors) -> str:
        """Return the change of a paragraph mark or a row; nothing where nothing is tracked."""
        return self.revisions.mark(kind, self.authors.name(who)) if kind and self.is_tracked else ""

    def counts(self, provision: Provision) -> bool:
        """Return whether the number of a new provision is left to Word where those around it are."""
        return bool(provision.label) and (not self.is_tracked or provision.key in self._counted)

    def deletion(self, who: Sponsors) -> Callable[[str], str]:
        """Return what wraps the runs that *who* delete."""
        return lambda runs: self.change("del", who, runs)

    # -- a provision where it stands

    def amend(self, entry: Entry, *, is_whole: bool = False) -> None:
        """Write what is asked of a provision; *is_whole*: some want all of it gone, its comments are written."""
        where = self.own.where.get(entry.provision.key)
        if where is None:
            return
        self.name(entry.provision.key, where)
        waiting = [] if is_whole else self.remarks.on(entry)
        for name, part in entry.parts.items():
            if is_whole and not where.stretches.get(name):
                continue
            if not is_whole and not _is_touched(part) and not (waiting and name in where.stretches):
                continue
            waiting = _Amending(self, where, entry, name, part, waiting).done()
        for comment in waiting:
            self._comment_on_nothing(comment, where)

    def words_of(self, where: Where, entry: Entry, name: str, part: Part) -> list[Stretch]:
        """Return a part of a provision as stretches over the words of the file."""
        if not isinstance(part, ComposedStates | States):
            return stretches(part, entry)
        story = self.own.stories[where.member]
        written = "".join(story.characters(n).text[a:b] for n, a, b in where.stretches.get(name, ()))
        if isinstance(part, States):
            return [Stretch(entry.change, entry.sponsors, (Run(written),))] if written else []
        full = name == STATES and entry.provision.kind is not Kind.ROW
        return stretches_of_states(part, written, self._state_names, self.sheet, full=full)

    def paragraph(self, member: str, number: int) -> _Paragraph:
        """Return what happens to a paragraph, to be added to."""
        return self._touched.setdefault((member, number), _Paragraph())

    def strike(
        self,
        member: str,
        number: int,
        who: Sponsors,
        *,
        with_mark: bool = True,
        beside: Mapping[str, Sequence[tuple[int, int, int]]] | None = None,
    ) -> None:
        """Delete the words of a paragraph, and its mark; *beside*: those alone that belong to no part of it."""
        found = self.own.stories[member].characters(number)
        paragraph = self.paragraph(member, number)
        parts = sorted((a, b) for every in (beside or {}).values() for n, a, b in every if n == number)
        at = 0
        for start, end in [*parts, (len(found.text), len(found.text))]:
            if at < start:
                paragraph.edits.deleted.append((at, start, self.deletion(who)))
            at = max(at, end)
        if with_mark:
            paragraph.mark = self.mark("del", who)

    def place(self, member: str, number: int, at: int, xml: str) -> None:
        """Put XML between two characters of a paragraph."""
        self.paragraph(member, number).edits.placed.append(Placed(at, lambda _: xml))

    def replace_words(self, member: str, number: int, start: int, end: int, new: str, who: Sponsors) -> None:
        """Put new words in the place of some of a paragraph's; they look the same."""
        edits = self.paragraph(member, number).edits

        def make(near: Neighbour) -> str:
            return self.change("ins", who, oxml.dressed(new, run_look(near.properties, 0, 0)))

        edits.placed.append(Placed(start, make, looks_right=True))
        edits.deleted.append((start, end, self.deletion(who)))

    def name(self, key: str, where: Where) -> None:
        """Put the bookmark of a provision into its first paragraph; a key's second place has none."""
        name = bookmark_name(key)
        numbers = [number for found in where.stretches.values() for number, _, _ in found]
        if name is None or key in self._marked or not numbers:
            return
        paragraph = self.paragraph(where.member, min(numbers))
        if not paragraph.bookmark:
            self._marked.add(key)
            paragraph.bookmark = name

    def bookmarked(self, key: str, content: str) -> str:
        """Return *content* in the bookmark of a provision that is new in the file."""
        name = bookmark_name(key)
        if name is None or key in self._marked:
            return content
        self._marked.add(key)
        self._bookmarks += 1
        return oxml.bookmark(self._bookmarks, name, content)

    # -- comments

    def comment(self, comment: Comment) -> int:
        """File a comment and return its number."""
        number = len(self.comments)
        paragraphs = "".join(oxml.loose_paragraph("", oxml.run(line)) for line in comment.text.split("\n"))
        author = self.authors.name(comment.sponsors)
        self.comments.append(oxml.comment(number, author, comment.sponsors[0][:9], self.at, paragraphs))
        return number

    def _comment_on_nothing(self, comment: Comment, where: Where) -> None:
        numbers = [number for found in where.stretches.values() for number, _, _ in found]
        if not numbers:
            return
        number = self.comment(comment)
        edits = self.paragraph(where.member, min(numbers)).edits
        length = len(self.own.stories[where.member].characters(min(numbers)).text)
        edits.placed.insert(0, Placed(0, lambda _: oxml.comment_start(number)))
        end = oxml.comment_end(number) + oxml.comment_reference(number)
        edits.placed.append(Placed(length, lambda _: end))

    # -- runs

    def runs(self, content: Iterable[Run], look: Callable[[int], str], *, deleted: bool = False) -> str:
        """Return new runs; *look* gives the properties for words with some marks."""
        return "".join(
            oxml.dressed(run.text, look(int(run.marks)), deleted=deleted)
            if run.note is None
            else self.notes.reference(run.note, look(0))
            for run in content
        )

    # -- the end

    def finish(self) -> None:
        """Put everything into the parts of the file."""
        for (member, number), paragraph in self._touched.items():
            self.splices[member] += self._paragraph(self.own.stories[member], number, paragraph)
        for member, story in self.own.stories.items():
            written = spliced(story.written, _outer(self.splices[member]))
            if member == MAIN:
                self.own.parts.document = written
            else:
                self.own.parts.stories[member] = written
        self.notes.finish(self.own.parts)

    def _paragraph(self, story: Story, number: int, paragraph: _Paragraph) -> list[Splice]:
        span, found = story.paragraphs[number], story.characters(number)
        properties = story.written[slice(*found.properties)]
        made: list[Splice] = []
        marks = [mark for _, mark in paragraph.broken]
        first = marks[0] if marks else paragraph.mark
        changed = marked_properties(properties, first) if first or marks else properties
        if changed != properties:
            made.append((*found.properties, changed))
        begin, end = "", ""
        if paragraph.bookmark:
            self._bookmarks += 1
            begin, end = oxml.bookmark(self._bookmarks, paragraph.bookmark, "\0").split("\0")
            made.append((found.at, found.at, begin))
        inner = splices(story.written, found, paragraph.edits)
        if found.at == span.end:
            content = "".join(xml for _, _, xml in inner)
            if not (content or begin or first):
                return []
            opened = story.written[span.start : span.end - 2].rstrip() + ">"
            return [(span.start, span.end, f"{opened}{changed}{begin}{content}{end}</w:p>")]
        made += inner
        if end:
            made.append((found.end, found.end, end))
        return made


class _Amending:
    """Puts the stretches of one part of a provision on its paragraphs."""

    def __init__(
        self, writer: OwnWriter, where: Where, entry: Entry, name: str, part: Part, comments: Sequence[Comment]
    ) -> None:
        self._writer = writer
        self._where = where
        self._story = writer.own.stories[where.member]
        self._content = entry.provision.parts.get(name, ())
        self._stretches = writer.words_of(where, entry, name, part)
        self._comments = list(comments)
        self._open: dict[int, tuple[Comment, int]] = {}
        self._segments = self._placed(where.stretches.get(name) or writer_cell(writer, where, entry, name))
        self._marks = _marks_of(self._content)

    def done(self) -> list[Comment]:
        """Write; return the comments that none of the changes here is about."""
        at = 0
        last = {id(c): i for i, s in enumerate(self._stretches) for c in self._comments if c.touches(s)}
        for i, stretch in enumerate(self._stretches):
            for comment in [c for c in self._comments if id(c) in last and c.touches(stretch)]:
                if id(comment) not in self._open:
                    number = self._writer.comment(comment)
                    self._open[id(comment)] = comment, number
                    self._put(at, oxml.comment_start(number))
            if stretch.change == "ins":
                after = self._stretches[i + 1 : i + 2]
                self._insert(at, stretch, replaces=bool(after) and after[0].change == "del")
            else:
                length = len(plain(stretch.text))
                if stretch.change == "del":
                    self._delete(at, at + length, stretch.sponsors)
                at += length
            for identity, (_, number) in list(self._open.items()):
                if last[identity] == i:
                    self._put(at, oxml.comment_end(number) + oxml.comment_reference(number))
        return [c for c in self._comments if id(c) not in self._open]

    def _placed(self, stretches_: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
        """Return (first character in the part, last, paragraph, place in it) of each paragraph with words.

        Raises:
            NotItsFile: The words of the file are not those of the part.
        """
        words = plain(() if isinstance(self._content, States) else self._content)
        if isinstance(self._content, States):
            words = "".join(self._story.characters(n).text[a:b] for n, a, b in stretches_)
        found: list[tuple[int, int, int, int]] = []
        at = 0
        for number, start, end in stretches_:
            written = self._story.characters(number).text[start:end]
            if not written:
                continue
            if at and words[at : at + 1] == PARAGRAPH_BREAK:
                at += 1
            at += _counted(words, at, written)
            if not _same(words[at : at + len(written)], written):
                raise NotItsFile("characters")
            found.append((at, at + len(written), number, start))
            at += len(written)
        if at != len(words) or not stretches_:
            raise NotItsFile("characters")
        return found or [(0, 0, stretches_[0][0], stretches_[0][1])]

    def _segment(self, at: int) -> tuple[int, int, int, int]:
        """Return the segment that a place is in, or before which it stands.

        Raises:
            NotItsFile: Something is written into a number that Word counts.
        """
        found = next(s for s in self._segments if at <= s[1])
        before = max((s[1] + 1 for s in self._segments if s[1] < found[0]), default=0)
        if before < at < found[0]:
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
                if not self._writer.is_tracked:
                    self._join(number, self._segments[position + 1][2])
                self._writer.paragraph(self._where.member, number).mark = self._writer.mark("del", who)

    def _join(self, number: int, following: int) -> None:
        """Join two paragraphs of a cell where nothing is tracked."""
        one, other = self._story.paragraphs[number], self._story.paragraphs[following]
        if self._story.written[one.end : other.start].strip() or one.parent is not other.parent:
            raise NotItsFile("break")
        start, end = self._story.characters(number).end, self._story.characters(following).at
        self._writer.splices[self._where.member].append((start, end, ""))

    def _insert(self, at: int, stretch: Stretch, *, replaces: bool) -> None:
        start, _, number, place = self._segment(at)
        paragraph = self._writer.paragraph(self._where.member, number)
        writer, marks = self._writer, self._marks
        lines = _lines(stretch.text)
        first_break = len(paragraph.broken)
        for _ in lines[1:]:
            paragraph.broken.append((first_break, writer.mark("ins", stretch.sponsors)))
        properties = self._story.written[slice(*self._story.characters(number).properties)]

        def make(near: Neighbour) -> str:
            where = near.place - place + start
            has = marks[where] if 0 <= where < len(marks) and near.place >= 0 else 0

            def look(wants: int) -> str:
                return run_look(near.properties, has, wants)

            pieces = [writer.change("ins", stretch.sponsors, writer.runs(line, look)) for line in lines]
            xml = pieces[0]
            for count, piece in enumerate(pieces[1:], first_break + 1):
                following = paragraph.broken[count][1] if count < len(paragraph.broken) else paragraph.mark
                new = marked_properties(new_properties(properties), following)
                xml += f"</w:p><w:p>{new}{piece}"
            return xml

        paragraph.edits.placed.append(Placed(place + max(at - start, 0), make, replaces, len(lines) > 1))


def writer_cell(writer: OwnWriter, where: Where, entry: Entry, name: str) -> Sequence[tuple[int, int, int]]:
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


def _counted(words: str, at: int, written: str) -> int:
    """Return how many of the words before a cell's paragraph are none of the file's: the number that Word counts."""
    end = words.find(PARAGRAPH_BREAK, at)
    before = (len(words) if end < 0 else end) - at - len(written)
    return before if before > 0 and not _same(words[at : at + len(written)], written) else 0


def _same(words: str, written: str) -> bool:
    """Whether characters are the same; signs of symbol fonts and notes are not told apart here."""
    if words == written:
        return True
    return len(words) == len(written) and all(
        a == b or b == "\ufffd" or (a == NOTE and b == NOTE) for a, b in zip(words, written, strict=True)
    )


def _lines(content: Text) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in content:
        first, *others = run.text.split(PARAGRAPH_BREAK) if run.note is None else [run.text]
        lines[-1].append(run._replace(text=first))
        lines += [[run._replace(text=other)] for other in others]
    return lines


def _marks_of(content: Content) -> list[int]:
    if isinstance(content, States):
        return []
    return [int(run.marks) for run in content for _ in run.text]


def _is_touched(part: Part) -> bool:
    if isinstance(part, ComposedStates):
        return bool(part.joining) or any(who for _, who in part.members)
    return isinstance(part, ComposedText) and (any(part.deleters) or any(part.gaps))


def _highest(written: str) -> int:
    found = [int(n) for n in oxml.bookmark_numbers(written)]
    return max(found, default=0)


def _outer(found: Sequence[Splice]) -> list[Splice]:
    """Return the splices without those inside others: what happens in a paragraph that goes."""
    ordered = sorted(found, key=lambda one: (one[0], one[1]))
    kept: list[Splice] = []
    until = 0
    for start, end, xml in ordered:
        if start < until:
            continue
        kept.append((start, end, xml))
        until = max(until, end)
    return kept
