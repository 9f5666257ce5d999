"""One sentence of a letter read into what it asks for, where."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.text.formulas.deletions import lets_go, objects_after
from app.text.formulas.grammar import PLACE, Grammar, Unit, Verb
from app.text.formulas.places import Chain, Element, Places, in_order, read_places, within
from app.text.formulas.quotes import QUOTE, Quotation, Quotations


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for.

    Attributes:
        targets: Places it is about, in full; none where the letter does not say.
        old, new: Quotations.
        where: MOVE and ADD: the place named; *side*: on which side of it ("after", "before", "first", "last", "under").
        label: ADD: the place that the new provision gets.
        everywhere: Whether it is about the whole text, or every place in its targets.
        cases: Whether other case forms are meant too.
    """

    verb: Verb
    targets: tuple[Chain, ...]
    old: tuple[Quotation, ...] = ()
    new: tuple[Quotation, ...] = ()
    where: Chain = ()
    side: str = "after"
    label: Chain = ()
    unit: str = ""
    everywhere: bool = False
    cases: bool = False


class Sentence:
    """A sentence with its quotations and places put aside."""

    def __init__(self, words: str, grammar: Grammar, quotations: Quotations) -> None:
        self.grammar, self.quotations = grammar, quotations
        self.places = Places()
        self.reduced = read_places(words, grammar, quotations, self.places)
        every = self._verbs()
        self.verbs = [one for number, one in enumerate(every) if self._is_meant(every, number)]
        self.has_unread_verb = len(self.verbs) < len(every)
        self._read: set[str] = set()

    def targets(self) -> tuple[Chain, ...]:
        """Return every place it names."""
        return self._chains(re.findall(PLACE, self.reduced))

    def has_more(self) -> bool:
        """Whether it holds an unread verb, a quotation or, after ``clauses``, a place that no verb has taken."""
        used = {at for _, match in self.verbs for at in range(*match.span())}
        left = "".join(c for at, c in enumerate(self.reduced) if at not in used)
        places_left = not self._read.issuperset(re.findall(PLACE, left))
        return self.has_unread_verb or places_left or re.search(QUOTE, left) is not None

    def clauses(self, context: Chain) -> tuple[Clause, ...]:
        """Return what it asks for; *context*: what the lines above it were about."""
        found: list[Clause] = []
        end = 0
        named: tuple[Chain, ...] = ()
        for number, (verb, match) in enumerate(self.verbs):
            following = self.verbs[number + 1][1].start() if number + 1 < len(self.verbs) else len(self.reduced)
            outer, inner, end = self._targets(verb, match, end, following)
            named = outer or named
            targets = _nested(named, inner) or (*outer, *inner) or named
            found.append(self._clause(verb, match, targets, context))
            named = named or inner
        return tuple(found)

    def _verbs(self) -> list[tuple[Verb, re.Match[str]]]:
        """Return the verbs from left to right, the longest where several begin."""
        every = [
            (match.start(), -match.end(), position, verb, match)
            for position, (verb, pattern) in enumerate(self.grammar.verbs)
            for match in pattern.finditer(self.reduced)
        ]
        found: list[tuple[Verb, re.Match[str]]] = []
        at = 0
        for start, end, _, verb, match in sorted(every, key=lambda one: one[:3]):
            if start >= at:
                found.append((verb, match))
                at = -end
        return found

    def _is_meant(self, verbs: Sequence[tuple[Verb, re.Match[str]]], number: int) -> bool:
        """Whether a verb says what it seems to."""
        verb, match = verbs[number]
        begin = verbs[number - 1][1].end() if number else 0
        end = verbs[number + 1][1].start() if number + 1 < len(verbs) else len(self.reduced)
        before, after = self.reduced[begin : match.start()], self.reduced[match.end() : end]
        return verb is not Verb.DELETE or lets_go(before, after, self.grammar)

    def _targets(
        self, verb: Verb, match: re.Match[str], begin: int, following: int
    ) -> tuple[tuple[Chain, ...], tuple[Chain, ...], int]:
        """Return the places before a verb, those in it or right after it, and how far the sentence is used up."""
        given = {at for group in ("to", "after", "label") for at in _span(match, group)}
        before = re.findall(PLACE, self.reduced[begin : match.start()])
        inside = [
            self.reduced[at] for at in range(*match.span()) if at not in given and re.match(PLACE, self.reduced[at])
        ]
        rest, end = self.reduced[match.end() : following], match.end()
        if not inside:
            if verb is Verb.DELETE:
                rest = objects_after(rest, self.grammar)
                following = end + len(rest)
            near = before and verb is not Verb.DELETE
            inside = re.findall(rf"^\s*(?:the\s+)?({PLACE})", rest) if near else re.findall(PLACE, rest)
            end = following if inside else end
        self._read.update(before, inside)
        return self._chains(before), self._chains(inside), end

    def _chains(self, characters: Iterable[str]) -> tuple[Chain, ...]:
        return tuple(chain for one in characters for chain in self.places.get(one))

    def _clause(self, verb: Verb, match: re.Match[str], named: tuple[Chain, ...], context: Chain) -> Clause:
        groups = match.groupdict()
        where = groups.get("to") or groups.get("after") or ""
        everywhere = any(element.unit is Unit.WHOLE for chain in named for element in chain)
        targets = tuple(within(_narrow(chain), context) for chain in named if _narrow(chain))
        if not targets and context and not everywhere:
            targets = (context,)
        clause = Clause(
            verb,
            targets,
            old=self._quoted(groups.get("old") or ""),
            new=self._quoted(groups.get("new") or ""),
            where=within(self.places.get(where)[0], context) if where else (),
            side=self._side(groups.get("how") or "", verb),
            label=in_order(self.places.get(groups["label"])[0]) if groups.get("label") else (),
            unit=groups.get("unit") or "",
            everywhere=everywhere,
            cases=self.grammar.cases.search(self.reduced, match.end()) is not None,
        )
        return _beside_sentence(clause) if verb is Verb.ADD_SENTENCE or _counts_sentences(clause.label) else clause

    def _quoted(self, characters: str) -> tuple[Quotation, ...]:
        return tuple(self.quotations.get(one) for one in re.findall(QUOTE, characters))

    def _side(self, how: str, verb: Verb) -> str:
        grammar = self.grammar
        sides = {"before": grammar.before, "first": grammar.first, "under": grammar.under, "last": grammar.last}
        found = (side for side, pattern in sides.items() if pattern.match(how))
        return next(found, "after") if how or verb is Verb.MOVE else "after"


def _counts_sentences(label: Chain) -> bool:
    return bool(label) and label[-1].unit is Unit.SENTENCE


def _beside_sentence(clause: Clause) -> Clause:
    """Return a clause that puts a sentence in as one about the sentence, or the text, that it is put beside."""
    side = "before" if clause.side in ("before", "first") else "after"
    targets = (clause.where,) if clause.where else clause.targets
    if _counts_sentences(clause.label):
        number = int(clause.label[-1].label)
        side = "before" if number == 1 else "after"
        beside = () if number == -1 else (Element(Unit.SENTENCE, str(max(number - 1, 1))),)
        targets = tuple((*chain, *clause.label[:-1], *beside) for chain in clause.targets or ((),))
    return replace(clause, verb=Verb.ADD_SENTENCE, targets=tuple(filter(None, targets)), where=(), side=side, label=())


def _span(match: re.Match[str], group: str) -> range:
    known = group in match.re.groupindex and match.start(group) >= 0
    return range(*match.span(group)) if known else range(0)


def _nested(outer: tuple[Chain, ...], inner: tuple[Chain, ...]) -> tuple[Chain, ...]:
    """Return inner places as those of the outer ones, as in "in paragraph 2 delete item (a)"; none if not narrower."""
    widest = min((element.unit for chain in inner for element in chain), default=Unit.WHOLE)
    if any(element.unit >= widest for chain in outer for element in chain):
        return ()
    return tuple(in_order((*a, *b)) for a in outer for b in inner)


def _narrow(chain: Chain) -> Chain:
    """Return a place without what only says that the whole text is meant."""
    return tuple(element for element in chain if element.unit not in (Unit.WHOLE, Unit.ANNEX))
