"""Formulas carried out on a base text: all that a letter asks of one provision makes one change."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from app.text.canonical import mint_key
from app.text.changes import Change, Operation
from app.text.formulas.additions import Additions
from app.text.formulas.clauses import Clause
from app.text.formulas.finding import Finder, Target
from app.text.formulas.forms import other_forms
from app.text.formulas.grammar import Unit, Verb
from app.text.formulas.places import Chain
from app.text.formulas.rewording import Rewording
from app.text.formulas.understood import (
    Asked,
    Candidate,
    NamesOfStates,
    NotUnderstood,
    Reason,
    Unclear,
    Understood,
)
from app.text.provision import Content, Kind, Place, Provision, States, without_empty
from app.text.runs import PARAGRAPH_BREAK, plain
from app.text.structure import Outline, can_go_alone


class Applied:
    """A base text with the formulas of one letter carried out on it, in their order."""

    def __init__(self, finder: Finder, names: NamesOfStates, minted_from: str) -> None:
        self.finder, self.base, self.names = finder, finder.base, names
        self._minted_from = minted_from
        self._parts: dict[str, dict[str, Content]] = {}
        self._deleted: dict[str, bool] = {}
        self._gone: set[str] = set()
        self._reworded: dict[str, list[tuple[str, str]]] = {}
        self._kept: set[str] = set()
        self._places: dict[str, Place] = {}
        self._blocks: list[tuple[str, Place, tuple[Provision, ...]]] = []
        self._remarks: list[tuple[str, str, str]] = []
        self._said: dict[str, list[tuple[str, str]]] = {}
        self._not_understood: list[NotUnderstood] = []
        self._candidates: list[Candidate] = []
        self._beside: list[str] = []
        self._no_comments = False

    def clause(self, clause: Clause, words: str, justification: str) -> None:
        """Carry out one clause; where it cannot be, put down why."""
        said = (words, justification)
        if clause.verb is not Verb.ADD and clause.targets and not clause.everywhere:
            for chain in clause.targets:
                with self._unclear_is_put_down(*said):
                    self._one(clause, self.finder.find(chain), said)
            return
        with self._unclear_is_put_down(*said):
            if clause.verb is Verb.ADD:
                Additions(self).add(clause, said)
            else:
                self._everywhere(clause, said)

    @contextmanager
    def _unclear_is_put_down(self, words: str, justification: str) -> Iterator[None]:
        try:
            yield
        except Unclear as error:
            self.not_understood(words, error.reason, justification, error.said, error.keys)

    def comment(self, targets: Sequence[Chain], words: str, justification: str) -> None:
        """Put down a question or remark, on the provisions it names or on the whole."""
        try:
            keys = [self.finder.find(chain).key for chain in targets if any(e.unit > Unit.ANNEX for e in chain)]
        except Unclear:
            keys = []
        self._remarks += [(key, words, justification) for key in keys or [""]]

    def not_understood(
        self, words: str, reason: Reason, justification: str = "", said: str = "", keys: tuple[str, ...] = ()
    ) -> None:
        """Put down a formula that could not be carried out."""
        self._not_understood.append(NotUnderstood(words, reason, said, keys, justification))

    def beside(self, words: str) -> None:
        """Put down a line that asks for nothing."""
        self._beside.append(words)

    def has_no_comments(self, words: str) -> None:
        """Put down that the letter has no comments."""
        self._no_comments = True
        self._beside.append(words)

    def parts(self, key: str) -> dict[str, Content]:
        """Return the parts of a provision as they stand after the formulas so far."""
        return dict(self._parts.get(key, self.finder.by_key[key].parts))

    def reword(self, key: str, parts: dict[str, Content], said: tuple[str, str]) -> None:
        """Take new parts of a provision.

        Raises:
            Unclear: Nothing changes, or the provision is deleted.
        """
        if key in self._gone:
            raise Unclear(Reason.CONTRADICTION, keys=(key,))
        if without_empty(parts) == without_empty(self.parts(key)):
            raise Unclear(Reason.ALREADY_SO, keys=(key,))
        self._parts[key] = without_empty(parts)
        self._reworded.setdefault(key, []).append(said)
        self._note(key, said)

    def insert(self, place: Place, block: Sequence[Provision], said: tuple[str, str]) -> None:
        """Take a new block of provisions, the first at *place*, keys only telling which stands under which."""
        parts = [p.parts for p in block]
        keys = {p.key: mint_key(self._minted_from, (place.parent, place.after), i, parts) for i, p in enumerate(block)}
        minted = tuple(
            Provision(keys[p.key], p.kind, p.level, keys.get(p.parent or "", p.parent), p.parts, "", p.columns)
            for p in block
        )
        self._blocks.append((minted[0].key, place, minted))
        self._note(minted[0].key, said)

    def delete(self, key: str, said: tuple[str, str], *, alone: bool = False) -> None:
        """Take the deletion of a provision with all that stands under it, which stays where it goes *alone*."""
        alone = alone and can_go_alone(self.base, key)
        gone = (key,) if alone else tuple(self.base.provisions[i].key for i in self.finder.outline.span(key))
        if any(one in known for one in gone for known in (self._parts, self._kept)) or key in self._places:
            raise Unclear(Reason.CONTRADICTION, keys=(key,))
        self._deleted[key] = alone
        self._gone.update(gone)
        self._note(key, said)

    def keep(self, key: str, said: tuple[str, str]) -> None:
        """Take a wish that a provision stay as it is.

        Raises:
            Unclear: It is deleted, by itself or with what it stands under.
        """
        if key in self._gone:
            raise Unclear(Reason.CONTRADICTION, keys=(key,))
        self._kept.add(key)
        self._note(key, said)

    def move(self, key: str, place: Place, said: tuple[str, str]) -> None:
        """Take a move.

        Raises:
            Unclear: It stands there already, or the place is inside it.
        """
        here = self.finder.outline.place(key)
        if place == here or place.after == key:
            raise Unclear(Reason.ALREADY_SO, keys=(key,))
        if key in self._deleted or place.parent in {self.base.provisions[i].key for i in self.finder.outline.span(key)}:
            raise Unclear(Reason.CONTRADICTION, keys=(key,))
        self._places[key] = place
        self._note(key, said)

    def understood(self) -> Understood:
        """Return everything that was read."""
        self._put_down_emptied()
        made = [
            *(change for p in self.base if (change := self._change(p)) is not None),
            *(Change(Operation.INSERT, key, place=place, block=block) for key, place, block in self._blocks),
        ]
        asked = [
            Asked(
                change, "", _lines(j for _, j in self._said[change.key]), _lines(w for w, _ in self._said[change.key])
            )
            for change in made
        ]
        asked += [Asked(Change(Operation.COMMENT, key), words, why, words) for key, words, why in self._remarks]
        return Understood(
            tuple(asked), tuple(self._not_understood), tuple(self._candidates), tuple(self._beside), self._no_comments
        )

    def _put_down_emptied(self) -> None:
        """Put down what would be left without a word: nobody says so who wants it to go."""
        for key in [key for key, parts in self._parts.items() if not parts]:
            del self._parts[key]
            for words, justification in self._reworded[key]:
                self.not_understood(words, Reason.NO_WORDING, justification, keys=(key,))

    def _change(self, base: Provision) -> Change | None:
        wished = self._parts.get(base.key)
        parts = None if wished is None or wished == without_empty(base.parts) else wished
        if base.key in self._deleted:
            return Change(Operation.DELETE, base.key, alone=self._deleted[base.key])
        if base.key in self._places:
            return Change(Operation.MOVE, base.key, parts, self._places[base.key])
        if parts is not None:
            return Change(Operation.AMEND, base.key, parts)
        return Change(Operation.NO_CHANGE, base.key) if base.key in self._kept else None

    def _note(self, key: str, said: tuple[str, str]) -> None:
        if said not in self._said.setdefault(key, []):
            self._said[key].append(said)

    def _one(self, clause: Clause, target: Target, said: tuple[str, str]) -> None:
        """Carry out a clause on one provision."""
        whole = target.part is None and not target.line and not target.sentence
        if clause.verb in (Verb.DELETE, Verb.DELETE_ALONE) and (whole or self._is_own_line(target)):
            self.delete(target.key, said, alone=clause.verb is Verb.DELETE_ALONE or not whole)
        elif clause.verb is Verb.KEEP:
            self.keep(target.key, said)
        elif clause.verb is Verb.MOVE:
            self.move(target.key, self._destination(clause), said)
        elif clause.verb is Verb.RESTATE and whole:
            Additions(self).restate(target.key, clause.new[0].words, said)
        else:
            self._reword(clause, target, said)

    def _is_own_line(self, target: Target) -> bool:
        """Whether a place is all that a provision says itself, as the first line of one with items under it."""
        own = self.finder.by_key[target.key].text
        return target.line == 1 and not target.sentence and not target.part and PARAGRAPH_BREAK not in plain(own)

    def _reword(self, clause: Clause, target: Target, said: tuple[str, str]) -> None:
        """Carry out a clause on words: of the provision, or of one thing under it where they stand only there."""
        below = [] if target.line else [p.key for p in self.finder.under(self.finder.by_key[target.key])]
        rewording = Rewording(clause, self.names)
        try:
            self.reword(
                target.key, rewording.applied(self.parts(target.key), self._states_part(target.key), target), said
            )
        except Unclear as error:
            places = [
                key for key in below if error.reason is Reason.WORDS_NOT_THERE and rewording.finds(self.parts(key))
            ]
            if len(places) > 1:
                raise Unclear(Reason.WORDS_SEVERAL_TIMES, error.said, tuple(places)) from None
            if not places:
                raise Unclear(error.reason, error.said, error.keys or (target.key,)) from None
            self._reword(clause, Target(places[0]), said)

    def _states_part(self, key: str) -> str | None:
        """Return the part of a provision that holds states: its own, else the one that its table's rows have."""
        base = self.finder.by_key[key]
        mine = [name for name, content in self.parts(key).items() if isinstance(content, States)]
        if not mine and base.kind is Kind.ROW:
            rows = [self.finder.by_key[k] for k in self.finder.outline.children.get(base.parent, ())]
            mine = [name for row in rows for name, content in row.parts.items() if isinstance(content, States)]
        return mine[0] if mine else None

    def _everywhere(self, clause: Clause, said: tuple[str, str]) -> None:
        """Carry out a clause wherever its words stand: in the places it names, or in the whole text."""
        rewording = Rewording(clause, self.names)
        if not clause.old:
            raise Unclear(Reason.NO_PLACE)
        scope = [self.base.provisions[i] for key in self._scope(clause) for i in self.finder.outline.span(key)]
        found = [p.key for p in scope if p.key not in self._deleted and rewording.finds(self.parts(p.key))]
        if not clause.everywhere and len(found) != 1:
            raise Unclear(Reason.NO_PLACE if found else Reason.WORDS_NOT_THERE, clause.old[0].words, tuple(found))
        candidates = other_forms(self.base, scope, clause, said[0]) if clause.everywhere else ()
        if not found and not candidates:
            raise Unclear(Reason.WORDS_NOT_THERE, clause.old[0].words)
        for key in found:
            self.reword(key, rewording.applied(self.parts(key), None, Target(key)), said)
        self._candidates += candidates

    def _scope(self, clause: Clause) -> list[str]:
        if not clause.targets:
            return self.finder.outline.children.get(None, [])
        found = [self.finder.find(chain).key for chain in clause.targets]
        sections = [p.key for key in found for p in self.finder.under(self.finder.by_key[key])]
        outline = self.finder.outline
        return [key for key in dict.fromkeys((*found, *sections)) if not _is_inside(key, found, outline)]

    def _destination(self, clause: Clause) -> Place:
        return destination(self.finder, self.finder.find(clause.where).key, clause.side)


def destination(finder: Finder, key: str, side: str) -> Place:
    """Return the place that is *side* of a provision: "after", "before", "first", "last", or "under" it.

    First and last in a heading whose paragraphs stand beside it are beside it too.
    """
    outline, base = finder.outline, finder.by_key[key]
    if side == "after":
        return Place(base.parent, key)
    if side == "before":
        return outline.place(key)
    below = outline.children.get(key, [])
    if side == "under" or below or base.kind is not Kind.HEADING:
        return Place(key, below[-1] if below and side == "last" else None)
    beside = [p.key for p in finder.under(base) if p.parent == base.parent] if side == "last" else []
    return Place(base.parent, beside[-1] if beside else key)


def _is_inside(key: str, others: Sequence[str], outline: Outline) -> bool:
    position = outline.positions[key]
    return any(other != key and position in outline.span(other) for other in others)


def _lines(pieces: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(piece for piece in pieces if piece))
