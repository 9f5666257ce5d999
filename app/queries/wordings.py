"""What a change asks for, in words and as a redline, as tables print it."""

from collections.abc import Iterable, Iterator

from app.queries.changes import StoredChange
from app.queries.excerpts import first_words
from app.queries.paper_words import PaperWords
from app.queries.round_papers import RoundPaper, spelled
from app.text.changes import Change, Operation
from app.text.differences import Mark, Span, redline
from app.text.provision import Content, Edition, Kind, Parts, Provision, States, without_empty
from app.text.runs import PARAGRAPH_BREAK, Run, Text, plain

_BREAK: Text = (Run(PARAGRAPH_BREAK),)


def wording(paper: RoundPaper, base: Provision | None, change: Change, language: str) -> tuple[Span, ...]:
    """Return what a change proposes as a redline of its base; () where it proposes no words.

    Args:
        base: The provision it is on, in *language*, in which the change was made.
    """
    if change.operation is Operation.DELETE and base is not None:
        return (Span(Mark.DELETED, joined(paper, base, language)),)
    if change.operation is Operation.INSERT:
        lines = [joined(paper, provision, language) for provision in change.block]
        return (Span(Mark.INSERTED, _lined(lines)),)
    if change.parts is None or base is None or change.operation not in (Operation.AMEND, Operation.MOVE):
        return ()
    return tuple(_redlined(paper, base, change.parts, language))


class Elements:
    """What the elements of a text are called where they are cited: «подпункт «а» пункта 2»."""

    def __init__(self, base: Edition, words: PaperWords) -> None:
        """Name the elements of *base* in *words*."""
        self.words, self.base = words, base.by_key()

    def of(self, stored: StoredChange, change: Change) -> str:
        """Return what a change is on; "" for the whole document."""
        if change.operation is not Operation.INSERT or change.place is None:
            return self.called(stored.key) if stored.key in self.base else ""
        place = change.place
        new = self.words.new_after if place.after is not None else self.words.new_at
        return new.format(element=self.called(place.after or place.parent))

    def called(self, key: str | None) -> str:
        """Return what a provision is called: kind and number, else its first words."""
        provision = self.base.get(key or "")
        if provision is None:
            return self.words.beginning
        label = _bare(provision.label)
        if not label and provision.kind is not Kind.TITLE:
            return self.words.unnumbered.format(words=first_words(provision))
        element = self.words.elements[provision.kind].format(label=label).strip()
        above = self.base.get(provision.parent or "")
        if provision.kind is Kind.ITEM and above is not None and _bare(above.label):
            return self.words.element_in.format(element=element, label=_bare(above.label))
        return element


def _bare(label: str) -> str:
    return label.strip().strip("().（）、–—-• ")


def _content(paper: RoundPaper, content: Content, language: str) -> Text:
    """Return a part as words, references to footnotes left out."""
    if isinstance(content, States):
        return (Run(spelled(paper, content, language)),) if content.members else ()
    return tuple(run for run in content if run.note is None)


def joined(paper: RoundPaper, provision: Provision, language: str) -> Text:
    """Return the parts of a provision as one text, a line for each; its number before the first."""
    lines = [line for content in provision.parts.values() if (line := _content(paper, content, language))]
    label = (Run(f"{provision.label} "),) if provision.label and lines else ()
    return (*label, *_lined(lines))


def _lined(lines: list[Text]) -> Text:
    found: list[Run] = []
    for line in lines:
        found += [*(_BREAK if found else ()), *line]
    return tuple(found)


def _redlined(paper: RoundPaper, base: Provision, wished: Parts, language: str) -> Iterator[Span]:
    """Yield the redline of the parts that are to change."""
    before, after = without_empty(base.parts), without_empty(wished)
    first = True
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, ()), after.get(name, ())
        if was == now:
            continue
        if not first:
            yield Span(Mark.KEPT, _BREAK)
        first = False
        yield from _apart(redline(_content(paper, was, language), _content(paper, now, language)), language)


def _apart(spans: Iterable[Span], language: str) -> Iterator[Span]:
    """Yield spans with a space between words struck and the words in their place, where words have spaces."""
    before: Span | None = None
    for span in spans:
        if before is not None and before.mark is Mark.DELETED and span.mark is Mark.INSERTED:
            touch = plain(before.text)[-1:].isalnum() and plain(span.text)[:1].isalnum()
            if touch and language != "zh":
                yield Span(Mark.KEPT, (Run(" "),))
        yield span
        before = span
