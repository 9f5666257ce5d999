"""Writes entries into a draft's own file: what nobody touches is copied, what changes is cut in its place."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from app.docxio import oxml
from app.docxio.authors import Authors
from app.docxio.bookmarks import bookmark_name
from app.docxio.comments import Comment, Remarks
from app.docxio.entries import Entry, Part, Stretch, rival_headings, stretches
from app.docxio.own_amending import Amending
from app.docxio.own_editing import Break, Edits, Neighbour, Placed, splices
from app.docxio.own_file import OwnFile, Story, Where
from app.docxio.own_look import NumberedLook, marked_properties, run_look
from app.docxio.own_notes import OwnNotes
from app.docxio.own_parts import MAIN
from app.docxio.own_states import stretches_of_new_states, stretches_of_states
from app.docxio.own_text import Splice, spliced
from app.docxio.package import parse
from app.docxio.sheets import Sheet
from app.docxio.wording import WORDING
from app.text.composition import ComposedStates, ComposedText, Sponsors
from app.text.provision import STATES, Kind, Provision, States
from app.text.runs import Run, Text


@dataclass(slots=True)
class _Paragraph:
    """What happens to one paragraph."""

    edits: Edits = field(default_factory=Edits)
    mark: str = ""
    broken: list[Break] = field(default_factory=list)
    """The breaks put in, in order."""
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
        order: Codes of the delegations in protocol rank.
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
        order: Sponsors = (),
    ) -> None:
        self.own = own
        self.sheet = sheet
        self.words = WORDING[sheet.language]
        self.authors = Authors(names, self.words.tracked.group)
        self.revisions = oxml.Revisions(at)
        self.at = at
        self.is_tracked = is_tracked
        self.order = order
        self._counted = counted
        self.base = own.edition.by_key()
        self.found = found
        self.remarks = Remarks(comments, (*found, *rival_headings(found, order)), self.base, self.words)
        self.comments: list[str] = []
        self._going = {entry.provision.key for entry in found if entry.change == "del"}
        self.notes = OwnNotes(own, found, self.change)
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

    def change_of_look(self, who: Sponsors) -> str:
        """Return the attributes of a change of properties; nothing where nothing is tracked."""
        return self.revisions.attributes(self.authors.name(who)) if self.is_tracked else ""

    def counts(self, provision: Provision) -> bool:
        """Return whether the number of a new provision is left to Word where those around it are."""
        return bool(provision.label) and (not self.is_tracked or provision.key in self._counted)

    def deletion(self, who: Sponsors) -> Callable[[str], str]:
        """Return what wraps the runs that *who* delete."""
        return partial(self.change, "del", who)

    # -- a provision where it stands

    def amend(self, entry: Entry, *, is_whole: bool = False) -> None:
        """Write what is asked of a provision; *is_whole*: some want all of it gone, its comments are written."""
        where = self.own.where.get(entry.provision.key)
        if where is None:
            return
        self.name(entry.provision.key, where)
        is_note = entry.provision.kind is Kind.FOOTNOTE
        waiting = [] if is_whole or is_note else self.remarks.on(entry)
        if is_note:
            self._comment_beside(entry)
        for name, part in sorted(entry.parts.items(), key=lambda one: one[0] != STATES):
            if is_whole and not where.stretches.get(name):
                continue
            if not is_whole and not _is_touched(part) and not (waiting and name in where.stretches):
                continue
            waiting = Amending(self, where, entry, name, part, waiting).done()
        for comment in waiting:
            self._comment_on_nothing(comment, where)

    def _comment_beside(self, note: Entry) -> None:
        """Put the comments on a footnote on the paragraph that it belongs to: in a note Word takes none.

        Those on a note of a row, or of what some want to go, are left for the legend.
        """
        owner = self.base.get(note.provision.parent or "")
        where = self.own.where.get(owner.key) if owner else None
        if owner is None or where is None or owner.kind is Kind.ROW or owner.key in self._going:
            return
        for comment in self.remarks.on(note):
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
        if full and not written:
            return stretches_of_new_states(part, self.sheet.in_text, self.space_before(entry.provision.text))
        return stretches_of_states(part, written, self._state_names, self.sheet.in_text, full=full)

    def space_before(self, words: Text) -> str:
        """Return what stands between states and the words they stand before."""
        return "" if self.sheet.in_text.language == "zh" or not words else " "

    def paragraph(self, member: str, number: int) -> _Paragraph:
        """Return what happens to a paragraph, to be added to."""
        found = self._touched.get((member, number))
        if found is None:
            found = self._touched[member, number] = _Paragraph()
        return found

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

        if new:
            edits.placed.append(Placed(start, make, looks_right=True))
        if end > start:
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

    def runs(self, content: Iterable[Run], look: Callable[[int], str], who: Sponsors) -> str:
        """Return the runs that *who* put in; *look* gives the properties for words with some marks."""
        return "".join(
            oxml.dressed(run.text, look(int(run.marks))) if run.note is None else self.notes.reference(run.note, who)
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
        first = paragraph.broken[0] if paragraph.broken else Break(paragraph.mark, properties)
        changed = marked_properties(first.properties, first.mark) if first.mark or paragraph.broken else properties
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
            if not (content or begin or first.mark):
                return []
            opened = story.written[span.start : span.end - 2].rstrip() + ">"
            return [(span.start, span.end, f"{opened}{changed}{begin}{content}{end}</w:p>")]
        made += inner
        if end:
            made.append((found.end, found.end, end))
        return made


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
