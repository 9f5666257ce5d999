"""Rows of a compilation table from wishes on a base: one for each distinct change, remarks on the whole first."""

from collections.abc import Iterable, Iterator, Sequence

from app.docxio.comments import Comment, called, described
from app.docxio.compilation import CompilationRow
from app.docxio.wording import WORDING, Wording
from app.text.changes import Change, Operation
from app.text.differences import Mark, Span, redline
from app.text.provision import Content, Edition, Parts, Provision, States, without_empty
from app.text.runs import PARAGRAPH_BREAK, Run, Text
from app.text.structure import Outline


def wish_rows(
    base: Edition, wishes: Iterable[tuple[Change, Sequence[str]]], comments: Iterable[Comment], language: str
) -> tuple[CompilationRow, ...]:
    """Return the rows in the order of the text; a comment on a change of its side is that change's justification.

    Args:
        wishes: Changes and who asks for them.
        comments: What is said of them, or of provisions that nobody changes, or (no key) of the whole.
        language: Of the fixed words.
    """
    return tuple(_Rows(base, comments, WORDING[language]).rows(wishes))


class _Rows:
    def __init__(self, base: Edition, comments: Iterable[Comment], words: Wording) -> None:
        self.outline, self.by_key, self.words = Outline(base), base.by_key(), words
        self.comments: dict[str, list[Comment]] = {}
        for comment in comments:
            self.comments.setdefault(comment.key, []).append(comment)

    def rows(self, wishes: Iterable[tuple[Change, Sequence[str]]]) -> Iterator[CompilationRow]:
        """Yield the rows: remarks on the whole, then by place."""
        found = [(self.place(change), self.row(change, tuple(names))) for change, names in wishes]
        for key, comments in self.comments.items():
            at = (self.outline.positions.get(key, -1), 1)
            found += [(at, self.remark(key, comment)) for comment in comments]
        for _, row in sorted(found, key=lambda one: one[0]):
            yield row

    def place(self, change: Change) -> tuple[int, int]:
        """Return where a change stands: what is inserted comes before what it goes in front of."""
        if change.operation is Operation.INSERT and change.place is not None:
            return self.outline.gap(change.place)[0], 0
        return self.outline.positions.get(change.key, -1), 1

    def row(self, change: Change, names: tuple[str, ...]) -> CompilationRow:
        """Return a change as a row, its sides' comments taken as reasons."""
        base = self.by_key.get(change.key)
        inserted = change.operation is Operation.INSERT
        return CompilationRow(
            element=self.named(change),
            base=() if base is None or inserted else _whole(base),
            sponsors=names,
            proposal=self.wording(change, base),
            remark=self.beside(change),
            justification="\n".join(self.reasons(change.key, names)),
        )

    def reasons(self, key: str, names: tuple[str, ...]) -> Iterator[str]:
        """Yield what those who ask for a change of *key* say of it, each once for all rows."""
        for comment in [c for c in self.comments.get(key, ()) if set(c.sponsors) <= set(names)]:
            self.comments[key].remove(comment)
            yield comment.text

    def remark(self, key: str, comment: Comment) -> CompilationRow:
        """Return a comment on what nobody of its side changes, or on the whole, as a row."""
        base = self.by_key.get(key)
        element = "" if base is None else called(key, self.by_key, self.words)
        return CompilationRow(element, () if base is None else _whole(base), comment.sponsors, remark=comment.text)

    def named(self, change: Change) -> str:
        """Return what a change is on, as cited."""
        if change.operation is Operation.INSERT and change.place is not None:
            return described(change.place, self.by_key, self.words)
        return called(change.key, self.by_key, self.words)

    def beside(self, change: Change) -> str:
        """Return where a change moves its provision to, or what it leaves, in words."""
        if change.alone:
            return self.words.tracked.stays
        if change.operation is Operation.MOVE and change.place is not None:
            return self.words.tracked.moved_to.format(place=described(change.place, self.by_key, self.words))
        return ""

    def wording(self, change: Change, base: Provision | None) -> tuple[Span, ...]:
        """Return what a change proposes, as a redline."""
        if change.operation is Operation.INSERT:
            return (Span(Mark.INSERTED, _lined([_whole(p) for p in change.block])),)
        if base is not None and change.operation is Operation.DELETE:
            return (Span(Mark.DELETED, _whole(base)),)
        if base is None or change.parts is None:
            return ()
        return tuple(_redlined(base.parts, change.parts))


def _redlined(base: Parts, wished: Parts) -> Iterator[Span]:
    before, after = without_empty(base), without_empty(wished)
    first = True
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, ()), after.get(name, ())
        if was != now:
            if not first:
                yield Span(Mark.KEPT, (Run(PARAGRAPH_BREAK),))
            first = False
            yield from redline(_words(was), _words(now))


def _words(content: Content) -> Text:
    """Return a part as words, references to footnotes left out."""
    if isinstance(content, States):
        return (Run(", ".join(sorted(content.members))),) if content.members else ()
    return tuple(run for run in content if run.note is None)


def _whole(provision: Provision) -> Text:
    """Return the label and the parts of a provision, a line for each."""
    lines = [line for content in provision.parts.values() if (line := _words(content))]
    label = (Run(f"{provision.label} "),) if provision.label and lines else ()
    return (*label, *_lined(lines))


def _lined(lines: Sequence[Text]) -> Text:
    found: list[Run] = []
    for line in lines:
        found += [*([Run(PARAGRAPH_BREAK)] if found else []), *line]
    return tuple(found)
