"""Changes printed in the formulas of a letter: read again, they ask for the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.text.changes import Change, Operation
from app.text.formulas.finding import Finder
from app.text.formulas.grammar import Unit
from app.text.formulas.letters import GRAMMARS, read_formulas
from app.text.formulas.naming import UNITS, Name, Naming, stripped_label
from app.text.formulas.phrases import PHRASES
from app.text.formulas.understood import Asked, NamesOfStates
from app.text.formulas.wordings import Step, steps
from app.text.labels import Numbering, label_inserted
from app.text.provision import STATES, TEXT, Content, Edition, Kind, Provision, States, without_empty
from app.text.runs import NOTE, plain

_MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Formula:
    """A change in the words of a letter.

    Attributes:
        is_exact: Whether reading the words gives the change again. Where it does not, for marks, footnote references
            and levels that no letter can write, the words come as near as they can.
    """

    words: str
    justification: str
    is_exact: bool


class Printer:
    """Prints changes of one text in one language.

    Args:
        short: Code of a state or group to its name in the language, in the order in which they print.
        names: Finds these names again.
        minted_from: What keys of new provisions were minted from.
    """

    def __init__(
        self, base: Edition, language: str, short: Mapping[str, str], names: NamesOfStates, minted_from: str
    ) -> None:
        self.language, self.short, self.names = language, short, names
        self.minted_from = minted_from
        self.finder = Finder(base)
        self.phrases = PHRASES[language]
        self.naming = Naming(self.finder, self.phrases, language)
        self._rank = {code: rank for rank, code in enumerate(short)}

    def formula(self, asked: Asked) -> Formula:
        """Return the shortest exact formula of a change, else the nearest."""
        change = asked.change
        nearest = ""
        for words in self._ways(asked):
            if change.operation is Operation.COMMENT or self._means(words, change):
                return Formula(_capital(words), asked.justification, True)
            nearest = nearest or words
        name = self._name(change.key)
        approximate = nearest or (name.object if name else "")
        return Formula(f"{_capital(approximate)} {self.phrases.approximate}".strip(), asked.justification, False)

    def _means(self, words: str, wanted: Change) -> bool:
        """Whether words, read as a letter, ask for a change and nothing else."""
        read = read_formulas(words, self.finder, GRAMMARS[self.language], self.names, self.minted_from)
        return (
            not read.not_understood and not read.candidates and [same(a.change) for a in read.asked] == [same(wanted)]
        )

    def _name(self, key: str) -> Name | None:
        """Return a provision's name, else the nearest; None for what is not in the text or has no words."""
        return (self.naming.name(key) or self.naming.nearest(key)) if key in self.finder.by_key else None

    def _ways(self, asked: Asked) -> Iterator[str]:
        """Yield ways to word a change, the best first."""
        change = asked.change
        name = self._name(change.key)
        if change.operation is Operation.INSERT:
            yield from self._insertions(change)
        elif change.operation is Operation.COMMENT:
            words = asked.comment
            about = self.phrases.comment.format(**{"in": name.within}, of=name.of, words=words) if name else words
            yield about.replace(",: ", ": ", 1)
        elif name is not None:
            yield from self._named(change, name)

    def _named(self, change: Change, name: Name) -> Iterator[str]:
        """Yield ways to word a change of a provision that is there."""
        if change.operation is Operation.DELETE:
            yield self.phrases.delete.format(object=name.object)
        elif change.operation is Operation.NO_CHANGE:
            yield self.phrases.keep.format(object=name.object)
        elif change.operation is Operation.MOVE:
            for moved in self._moves(change, name):
                yield from (self._joined([moved, *rest]) for rest in self._amendments(change, name))
        else:
            yield from (self._joined(clauses) for clauses in self._amendments(change, name))

    def _joined(self, clauses: Sequence[str]) -> str:
        return self.phrases.apart.join(clauses)

    def _amendments(self, change: Change, name: Name) -> Iterator[list[str]]:
        """Yield clauses that reword a provision: word by word, then whole."""
        base = self.finder.by_key[change.key]
        if change.parts is None:
            yield []
            return
        before, after = without_empty(base.parts), without_empty(change.parts)
        parts = [part for part in dict.fromkeys((*before, *after)) if before.get(part) != after.get(part)]
        for pair in range(len(self.phrases.quotes)):
            for by_words in (True, False):
                clauses = [self._part(base, part, change, name, by_words, pair) for part in parts]
                yield [clause for clause in clauses if clause]

    def _part(self, base: Provision, part: str, change: Change, name: Name, by_words: bool, pair: int) -> str:
        """Return the clauses that reword one part."""
        assert change.parts is not None
        before, after = base.parts.get(part, ()), change.parts.get(part, ())
        where = self._where(base, part, name, pair)
        if isinstance(before, States) or isinstance(after, States):
            mine = before.members if isinstance(before, States) else frozenset[str]()
            theirs = after.members if isinstance(after, States) else frozenset[str]()
            return self._states(base, mine, theirs, name, where, by_words, pair)
        old, new = plain(before), plain(after)
        found = steps(old, new) if by_words and old and new else None
        if found and len(found) <= _MOST_STEPS and _is_shorter(found, new):
            return self._joined([self._step(step, where, pair, first=not n) for n, step in enumerate(found)])
        if not new and old:
            return self._step(Step("delete_words", old, ""), where, pair, first=True)
        label = f"{base.label} " if part == TEXT and base.label and base.kind is not Kind.ROW else ""
        if self.finder.base.language == "zh":
            label = label.strip() if label and not label.strip()[-1].isalnum() else label
        return self.phrases.restate.format(object=where.object, new=self._quoted(label + new.replace(NOTE, ""), pair))

    def _where(self, base: Provision, part: str, name: Name, pair: int) -> Name:
        """Return what a part is called: the provision itself, its cell, or its list of states."""
        if part == TEXT:
            return name
        if part == STATES:
            forms = [form.format(of=name.of) for form in self.phrases.states]
        else:
            column = self._quoted(self.finder.heading(base, part), pair)
            forms = [form.format(column=column, of=name.of) for form in self.phrases.cell]
        return Name(*forms)

    def _states(
        self,
        base: Provision,
        before: frozenset[str],
        after: frozenset[str],
        name: Name,
        where: Name,
        by_words: bool,
        pair: int,
    ) -> str:
        """Return clauses by which states join and leave."""
        joining, leaving = self._ordered(after - before), self._ordered(before - after)
        clauses = []
        if leaving:
            old = self._list(leaving, pair)
            clauses.append(self.phrases.leave.format(**{"in": where.within}, old=old, **self._word("", len(leaving))))
        if joining:
            new, count = self._list(joining, pair), len(joining)
            executors = base.kind is Kind.ROW and by_words
            form = self.phrases.join[min(count, 2) - 1] if executors else self.phrases.join_list
            clauses.append(
                form.format(object=name.object if executors else where.object, new=new, **self._word("", count))
            )
        return self._joined(clauses)

    def _ordered(self, codes: Iterable[str]) -> list[str]:
        return sorted(codes, key=lambda code: (self._rank.get(code, len(self._rank)), code))

    def _list(self, codes: Sequence[str], pair: int) -> str:
        return self.phrases.comma.join(self._quoted(self.short.get(code, code), pair) for code in codes)

    def _quoted(self, words: str, pair: int) -> str:
        return self.naming.quoted(words, pair)

    def _word(self, words: str, count: int = 0) -> dict[str, str]:
        many = count > 1 or " " in words.strip() or "\u00a0" in words.strip()
        forms = self.phrases.several if many else self.phrases.one
        return {"word0": forms[0], "word1": forms[1], "word2": forms[2]}

    def _step(self, step: Step, where: Name, pair: int, *, first: bool) -> str:
        form: str = getattr(self.phrases, step.verb)
        words = {**self._word(step.old), "word2new": self._word(step.new)["word2"]}
        if step.verb in ("replace", "insert_after"):
            words["word2"] = words["word2new"]
        said = form.format(old=self._quoted(step.old, pair), new=self._quoted(step.new, pair), **words)
        return (self.phrases.at.format(place=where.within) if first else "") + said

    def _moves(self, change: Change, name: Name) -> Iterator[str]:
        place = change.place
        assert place is not None
        for side, key in self._sides(place.parent, place.after):
            other = self._name(key)
            if other is not None:
                form: str = getattr(self.phrases, f"move_{side}")
                yield form.format(object=name.object, to_of=other.of, to_object=other.object, to_by=other.by)

    def _sides(self, parent: str | None, after: str | None) -> Iterator[tuple[str, str]]:
        """Yield how a place is named by what stands there: after, before or under a provision."""
        if after is not None:
            yield "after", after
            return
        if parent is not None:
            yield "under", parent
        below = self.finder.outline.children.get(parent, [])
        if below:
            yield "before", below[0]

    def _insertions(self, change: Change) -> Iterator[str]:
        """Yield formulas for new provisions: by number where it has one, by its place, last without any."""
        place = change.place
        assert place is not None
        first = change.block[0]
        unit = UNITS.get(first.kind, Unit.PARAGRAPH)
        for pair in range(len(self.phrases.quotes)):
            label = self._label_after(place.after, first) if place.after else ""
            if label and unit in self.phrases.new:
                by = self.phrases.units[unit][3].format(label=stripped_label(label))
                yield self.phrases.add_numbered.format(by=by, new=self._block(change.block, label, pair))
            for side, key in self._sides(place.parent, place.after):
                name = self._name(key)
                if name is not None and unit in self.phrases.new:
                    form: str = getattr(self.phrases, f"add_{side}")
                    new = self._block(change.block, label, pair)
                    by = self.phrases.new[unit]
                    yield form.format(object=name.object, of=name.of, before=name.by, by=by, new=new)
        if unit in self.phrases.new:
            yield self.phrases.add_numbered.format(by=self.phrases.new[unit], new=self._block(change.block, "", 0))

    def _label_after(self, key: str, first: Provision) -> str:
        before = self.finder.by_key[key]
        return label_inserted(before.label, 0, Numbering(self.language)) if before.kind is first.kind else ""

    def _block(self, block: Sequence[Provision], label: str, pair: int) -> str:
        """Return the wording of new provisions, a line each."""
        first, *rest = block
        if first.kind is Kind.ROW:
            lines = [self._cell(first, part, content) for part, content in first.parts.items()]
            return self._quoted("\n".join(lines), pair)
        is_close = self.finder.base.language == "zh" and label and not label[-1].isalnum() and label[-1] != "."
        gap = "" if is_close else " "
        head = f"{label}{gap}" if label else ""
        lines = [head + self._own(first), *(f"– {self._own(one)}" for one in rest)]
        return self._quoted("\n".join(lines), pair)

    def _own(self, provision: Provision) -> str:
        return plain(provision.text).replace(NOTE, "")

    def _cell(self, row: Provision, part: str, content: Content) -> str:
        """Return the line of a cell; a row over all columns is its words."""
        if isinstance(content, States):
            words = self.phrases.comma.join(self.short.get(code, code) for code in self._ordered(content.members))
        else:
            words = plain(content).replace(NOTE, "")
        return words if part == TEXT else f"{self.finder.heading(row, part)}: {words}"


def formulas(
    asked: Sequence[Asked],
    base: Edition,
    language: str,
    *,
    short: Mapping[str, str],
    names: NamesOfStates,
    minted_from: str = "",
) -> tuple[Formula, ...]:
    """Return changes in the formulas of a letter, in their order; arguments as ``Printer`` says."""
    printer = Printer(base, language, short, names, minted_from)
    return tuple(printer.formula(one) for one in asked)


def same(change: Change) -> Change:
    """Return a change as it is compared: empty parts and wordings as they are left out, labels out."""
    parts = None if change.parts is None else without_empty(change.parts)
    block = tuple(replace(p, parts=without_empty(p.parts), label="") for p in change.block)
    return replace(change, parts=parts, block=block)


def _is_shorter(found: Sequence[Step], new: str) -> bool:
    return sum(len(step.old) + len(step.new) for step in found) <= max(len(new), 40)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
