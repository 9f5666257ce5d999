"""What of a draft is not settled: proposals undecided, kept in brackets or deferred, and brackets in the text."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from app.docxio.open_questions import Question, Reading
from app.negotiation.actors import Actor
from app.negotiation.vocabulary import DelegationKind, Outcome
from app.queries.compilations import Compiler
from app.queries.excerpts import first_words
from app.queries.issuing import BracketRow, list_brackets
from app.queries.proposals import ChangeRow, ProposalRow
from app.queries.round_papers import RoundPaper
from app.queries.wordings import wording
from app.text.brackets import Bracket, Node, parse, unparse
from app.text.changes import Operation
from app.text.differences import Mark, Span
from app.text.excerpts import cut, excerpt
from app.text.provision import States
from app.text.runs import Text
from app.text.tokens import tokens, untokenize

_UNSETTLED = (None, Outcome.KEPT_IN_BRACKETS, Outcome.DEFERRED)
_AROUND = 3
"""Words of the unchanged text that stand on either side of a change."""
_NEW, _HELD = 32, 16
"""Words of what is new, and of what stands in brackets, that are shown."""
_SUBSTANCE = 50
"""Characters of a provision that say which it is."""
_IN_BRACKETS = 40
"""The same where its words stand beside, in the brackets."""
_Asked: TypeAlias = tuple[ProposalRow, ChangeRow]


def list_questions(paper: RoundPaper, *, actor: Actor) -> tuple[Question, ...]:
    """Return what is not settled, remarks on the whole first, then in the order of the text.

    What was decided for good is left out for those who may see decisions; to the others every
    proposal of a round that is not concluded is open.
    """
    return _Questions(paper, actor).found()


class _Questions:
    def __init__(self, paper: RoundPaper, actor: Actor) -> None:
        self.paper, self.words = paper, paper.words
        self.compiler = Compiler(paper, actor)
        self.base = paper.base.by_key()
        desks = (DelegationKind.CHAIR, DelegationKind.SECRETARIAT)
        self.desks = frozenset(d.code for d in paper.people.delegations if d.kind in desks)
        self.held = self.brackets()

    def found(self) -> tuple[Question, ...]:
        open_ = [asked for asked in self.compiler.ordered() if asked[1].outcome in _UNSETTLED]
        made: list[tuple[tuple[int, int, int], Question]] = []
        for position, group in groupby(open_, key=lambda asked: self.compiler.position(asked[1].stored)):
            members = list(group)
            made.append((position, self.question(members)))
        for key in list(self.held):
            element = self.compiler.labels.called(key)
            substance = self.words.in_brackets.format(words=first_words(self.base[key], _IN_BRACKETS))
            question = Question(element, substance, tuple(self.held.pop(key)))
            made.append(((self.compiler.outline.position(key), 1, 0), question))
        return tuple(question for _, question in sorted(made, key=lambda one: one[0]))

    def question(self, asked: Sequence[_Asked]) -> Question:
        """Return what is asked of one provision, or at one place, as a question."""
        stored = asked[0][1].stored
        readings: dict[tuple[tuple[Span, ...], str], list[str]] = {}
        for _, change in asked:
            readings.setdefault(self.reading(change), []).extend(change.sponsors)
        every = [
            Reading(tuple(dict.fromkeys(sponsors)), spans, remark) for (spans, remark), sponsors in readings.items()
        ]
        recommended = dict.fromkeys(self.compiler.recommended.get(change.id, "") for _, change in asked)
        held = self.held.pop(stored.key, ()) if stored.key else ()
        return Question(
            element=self.compiler.labels.of(stored, stored.change()),
            substance=self.substance(asked),
            readings=(
                *(one for one in every if not self.desks.issuperset(one.sponsors)),
                *held,
                *self.positions(asked),
            ),
            proposal=tuple(one for one in every if self.desks.issuperset(one.sponsors)),
            recommendation="\n".join(text for text in recommended if text),
        )

    def reading(self, change: ChangeRow) -> tuple[tuple[Span, ...], str]:
        """Return what a change asks for, short: the words around what it changes, or what it says in words."""
        stored = change.stored
        remark = self.compiler.remark(stored, stored.change())
        if stored.operation is Operation.DELETE:
            return (), remark
        spans = wording(self.paper, self.compiler.base(stored), stored.change(), stored.language)
        if stored.operation is Operation.INSERT:
            return tuple(Span(Mark.INSERTED, cut(span.text, _NEW)) for span in spans), remark
        return excerpt(spans, _AROUND), remark

    def substance(self, asked: Sequence[_Asked]) -> str:
        """Return what kinds of things are asked, and of which words."""
        kinds = dict.fromkeys(self.words.substances[change.stored.operation] for _, change in asked)
        said = self.words.only_comma.join(kinds)
        said = said[:1].upper() + said[1:]
        provision = self.base.get(asked[0][1].stored.key or "")
        if provision is None:
            return said
        return self.words.substance.format(kinds=said, words=first_words(provision, _SUBSTANCE))

    def positions(self, asked: Sequence[_Asked]) -> Iterator[Reading]:
        """Yield the positions taken on the proposals, each once."""
        found: dict[tuple[str, str], None] = {}
        for proposal in {proposal.id: proposal for proposal, _ in asked}.values():
            names = self.paper.sheet.short_list(proposal.sponsors)
            for position in proposal.positions:
                said = self.words.positions[position.kind].format(names=names)
                found[position.delegation, f"{said}. {position.text}" if position.text else said] = None
        return (Reading((code,), (), said) for code, said in found)

    def brackets(self) -> dict[str, list[Reading]]:
        """Return key to the brackets that stand in the text, each with its holders and the words in it."""
        found: dict[str, list[Reading]] = {}
        rows: dict[tuple[str, str], list[BracketRow]] = {}
        for row in list_brackets(self.paper.version.id):
            if row.language == self.paper.base.language and not row.literal and row.key in self.base:
                rows.setdefault((row.key, row.part), []).append(row)
        for (key, part), held in rows.items():
            if self.paper.wanted.section and key not in self.paper.section:
                continue
            inside = _inside(self.base[key].parts.get(part, ()))
            shown = [row for row in held if self.paper.wanted.has_sponsor(row.holders)]
            for row, after in zip(shown, (*shown[1:], None), strict=True):
                words = cut(inside.get(row.ordinal, ()), _HELD)
                # A reason that several pairs share is said once, after the last of them.
                reason = "" if after is not None and after.reason == row.reason else row.reason
                found.setdefault(key, []).append(Reading(row.holders, (Span(Mark.KEPT, words),), reason))
        return found


def _inside(content: Text | States) -> Mapping[int, Text]:
    """Return the ordinal of each pair of brackets to the words in it, brackets and all."""
    found: dict[int, Text] = {}

    def walk(nodes: Sequence[Node]) -> None:
        for node in nodes:
            if isinstance(node, Bracket):
                found[node.ordinal] = untokenize(unparse((node,)))
                walk(node.inner)

    walk(() if isinstance(content, States) else parse(tokens(content)))
    return found
