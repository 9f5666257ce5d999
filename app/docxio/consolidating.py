"""What delegations sent back as Word files, made one consolidated draft."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.docxio.bracketed import bracketed_draft
from app.docxio.collection import collection_paused
from app.docxio.comments import Comment
from app.docxio.compilation import compilation_table
from app.docxio.own_file import open_own_file
from app.docxio.own_forms import tracked_in_own_file
from app.docxio.own_text import NotItsFile
from app.docxio.returned import BaseDifference, BaseDiffers, Return, understand_return
from app.docxio.revised import Revised, WordComment, read_revised
from app.docxio.sheets import Sheet, StateName
from app.docxio.standing import Standing
from app.docxio.table_words import Layout
from app.docxio.tracked import tracked
from app.docxio.wish_rows import wish_rows
from app.text.canonical import fingerprint
from app.text.changes import Change, Wish
from app.text.composing import compose
from app.text.composition import Composition
from app.text.provision import Edition


@dataclass(eq=False)
class OtherBase(Exception):
    """A delegation's file was made from another text than the base."""

    name: str
    differences: tuple[BaseDifference, ...]

    def __str__(self) -> str:
        first = ", ".join(dict.fromkeys(_shown(d.expected or d.found) for d in self.differences[:3]))
        more = len(self.differences) - 3
        rest = f" and {more} more" if more > 0 else ""
        return (
            f"The file of {self.name} was made from another text; it differs at {first}{rest}. "
            "Take it all the same with --align, or ask for a copy made from the base."
        )


@dataclass(frozen=True)
class Consolidation:
    """A base, and what each delegation asks of it.

    Attributes:
        returns: Name to what its file asks for; the order of the names is the order of the sponsors.
        comments: The delegations' comments, equal ones joined, each on its change or provision.
    """

    base: Edition
    returns: Mapping[str, Return]
    composition: Composition
    comments: tuple[Comment, ...]

    @property
    def wishes(self) -> tuple[tuple[Change, tuple[str, ...]], ...]:
        """The distinct changes with all who ask for them, in the order of the names, then of the text."""
        found: dict[str, tuple[Change, list[str]]] = {}
        for name, one in self.returns.items():
            for change in one.changes:
                found.setdefault(repr(change), (change, []))[1].append(name)
        return tuple((change, tuple(names)) for change, names in found.values())


@collection_paused()
def consolidate(base: Edition, returned: Mapping[str, Revised], *, align: bool = False) -> Consolidation:
    """Return one structure of what all delegations ask of *base*; identical wishes meet, all sponsors named.

    Args:
        base: The text that was sent out, its own tracked changes rejected.
        returned: Name of a delegation to its file.
        align: Whether a file made from another text is carried over to the base.

    Raises:
        OtherBase: A file was made from another text, and *align* is off.
    """
    returns: dict[str, Return] = {}
    minted_from = fingerprint(base)
    for name, revised in returned.items():
        try:
            returns[name] = understand_return(base, revised, align=align, minted_from=minted_from)
        except BaseDiffers as error:
            raise OtherBase(name, error.differences) from error
    order = tuple(returned)
    wishes = [Wish(name, change) for name, one in returns.items() for change in one.changes]
    return Consolidation(base, returns, compose(base, wishes, order), tuple(_comments(returns)))


def consolidated(base: bytes, returned: Mapping[str, bytes], *, at: date, align: bool = False) -> bytes:
    """Return the tracked consolidated draft of files that passed the gate, in the base's own file where it can be.

    All is read in this process.

    Raises:
        FileRefused: One of them is no Word document.
        OtherBase: As ``consolidate`` says.
    """
    read = read_revised(base).before
    edition = Edition(read.language_guess, read.texts)
    found = consolidate(edition, {name: read_revised(data) for name, data in returned.items()}, align=align)
    return tracked_form(found, edition.language, at, base)


@collection_paused()
def tracked_form(found: Consolidation, language: str, at: date, source: bytes | None = None) -> bytes:
    """Return the tracked consolidated draft, in the *language* of its fixed words.

    Args:
        source: The base's own Word file, read within the limits before; what nobody changes stays in it as it is.
            None, or where its changes cannot be written into it, which is logged: the shipped template's look.
    """
    names, sheet = {name: name for name in found.returns}, _sheet(found, language)
    if source is not None:
        try:
            own = open_own_file(source, found.base, changes="rejected")
            return tracked_in_own_file(own, found.composition, sheet, names, at, found.comments)
        except NotItsFile as error:
            error.tell()
    return tracked(found.composition, sheet, names, at, found.comments)


def bracketed_form(found: Consolidation, language: str, at: date) -> bytes:
    """Return the bracketed consolidated draft."""
    asked = tuple(name for name, one in found.returns.items() if one.changes or one.comments)
    silent = tuple(name for name in found.returns if name not in asked)
    return bracketed_draft(found.composition, _sheet(found, language), Standing(at, answered=asked, no_comments=silent))


def table_form(found: Consolidation, language: str, at: date, layout: Layout) -> bytes:
    """Return the compilation table in a layout."""
    rows = wish_rows(found.base, found.wishes, found.comments, language)
    return compilation_table(rows, _sheet(found, language), at, layout=layout)


def _sheet(found: Consolidation, language: str) -> Sheet:
    names = {name: StateName(name, name) for name in found.returns}
    return Sheet(language, names=names, order=tuple(found.returns))


def _comments(returns: Mapping[str, Return]) -> Iterable[Comment]:
    """Yield the comments, a thread as one; who says the same of the same stands together."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, one in returns.items():
        for key, comments in one.comments.items():
            for said in _threads(comments):
                names = found.setdefault((key, said), [])
                if name not in names:
                    names.append(name)
    for (key, said), names in found.items():
        yield Comment(key, tuple(names), said)


def _threads(comments: Sequence[WordComment]) -> Iterable[str]:
    """Yield the words of each thread: the comment, then the answers, without the persons who wrote them."""
    threads: dict[str, list[str]] = {}
    roots: dict[str, str] = {}
    for comment in comments:
        root = roots.get(comment.parent or "", comment.id)
        roots[comment.id] = root
        threads.setdefault(root, []).append(comment.text.strip())
    for words in threads.values():
        said = "\n".join(word for word in words if word)
        if said:
            yield said


def _shown(words: str) -> str:
    return f"“{words[:40]}…”" if len(words) > 40 else f"“{words}”"
