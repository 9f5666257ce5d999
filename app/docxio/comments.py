"""Justifications and what moves: the comments of a tracked file, each on its change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.docxio.entries import Entry, Stretch
from app.docxio.wording import Wording
from app.text.composition import Sponsors
from app.text.provision import Place, Provision
from app.text.runs import plain

_EXCERPT = 40


@dataclass(frozen=True, slots=True)
class Comment:
    """A justification or remark, to stand on its change.

    Attributes:
        key: The provision; of an inserted block its first. Empty: a remark on the whole, printed with the legend.
        sponsors: Whose it is, in protocol rank; at least one.
        text: Its words; a line break begins a paragraph.
    """

    key: str
    sponsors: Sponsors
    text: str

    def touches(self, stretch: Stretch) -> bool:
        """Whether the stretch is a change of one of those who comment."""
        return bool(stretch.change and stretch.text) and not set(self.sponsors).isdisjoint(stretch.sponsors)


class Remarks:
    """Hands each comment out once, at the entry it belongs to."""

    def __init__(
        self, comments: Iterable[Comment], found: Iterable[Entry], base: Mapping[str, Provision], words: Wording
    ) -> None:
        """Sort *comments* by provision; *found* are the entries of the file, *base* the provisions by key."""
        self._base = base
        self._words = words
        self._waiting: dict[str, list[Comment]] = {}
        for comment in comments:
            self._waiting.setdefault(comment.key, []).append(comment)
        self._inserters: dict[str, set[str]] = {}
        for entry in found:
            if entry.change == "ins":
                self._inserters.setdefault(entry.provision.key, set()).update(entry.sponsors)

    def on(self, entry: Entry) -> list[Comment]:
        """Return the comments that stand on an entry, with a note on what moves; call once for each."""
        key = entry.provision.key
        mine = [comment for comment in self._waiting.get(key, ()) if key and self._belongs(comment, entry)]
        if mine:
            self._waiting[key] = [comment for comment in self._waiting[key] if comment not in mine]
        return [*mine, *self._moves(entry)]

    def left(self) -> Iterator[Comment]:
        """Yield the comments not handed out: remarks on the whole, and those whose provision is not in the file."""
        for waiting in self._waiting.values():
            yield from waiting

    def _belongs(self, comment: Comment, entry: Entry) -> bool:
        inserters = self._inserters.get(entry.provision.key, set())
        if entry.change == "ins":
            return not inserters.intersection(comment.sponsors) or bool(
                {*comment.sponsors}.intersection(entry.sponsors)
            )
        return not inserters.intersection(comment.sponsors)

    def _moves(self, entry: Entry) -> Sequence[Comment]:
        key, words = entry.provision.key, self._words
        if entry.moved_from is not None:
            old = words.tracked.moved_here.format(provision=called(entry.moved_from, self._base, words))
            return [Comment(key, entry.sponsors, old)]
        return [
            Comment(key, who, words.tracked.moved_to.format(place=described(place, self._base, words)))
            for place, who in entry.movers
        ]


def described(place: Place, base: Mapping[str, Provision], words: Wording) -> str:
    """Return a place in the words of the page: after or under which provision of the *base*."""
    if place.after is not None:
        return words.after.format(provision=called(place.after, base, words))
    if place.parent is not None:
        return words.under.format(provision=called(place.parent, base, words))
    return words.at_the_top


def called(key: str, base: Mapping[str, Provision], words: Wording) -> str:
    """Return what a provision is called: its label, or its first words."""
    provision = base.get(key)
    if provision is None:
        return "…"
    written = " ".join(plain(provision.text).split())
    short = written if len(written) <= _EXCERPT else written[: _EXCERPT - 1] + "…"
    return provision.label or words.quoted.format(words=short)
