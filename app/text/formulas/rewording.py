"""A clause carried out on the words or states of one provision."""

import re
from collections.abc import Iterator, Mapping

from app.text.formulas.clauses import Clause
from app.text.formulas.finding import Target
from app.text.formulas.grammar import Verb
from app.text.formulas.matching import inserted, occurrences, removed, sentences
from app.text.formulas.quotes import Quotation
from app.text.formulas.understood import NamesOfStates, Reason, Unclear, states_named
from app.text.provision import STATES, TEXT, Content, States
from app.text.retyping import retyped
from app.text.runs import NOTE, PARAGRAPH_BREAK, Run, Text, plain

_STATE_VERBS = frozenset(
    (Verb.JOIN, Verb.LEAVE, Verb.APPEND, Verb.DELETE_WORDS, Verb.REPLACE, Verb.RESTATE, Verb.DELETE)
)
_END_MARKS = ".;:,。；：，"
_ABBREVIATED = re.compile(r"\b(?:гг?|др|т\.\s?[дп])\.$")
"""Ends of which the full stop belongs to the word."""


class Rewording:
    """What a clause does to words."""

    def __init__(self, clause: Clause, names: NamesOfStates) -> None:
        self.clause, self.names = clause, names
        self._old = clause.old
        self._new = clause.new[0].words.strip() if clause.new else ""

    def finds(self, parts: Mapping[str, Content]) -> bool:
        """Whether the words it is about stand in one of the parts."""
        return any(_found(plain(content), one) for _, content in _texts(parts) for one in self._old)

    def applied(self, parts: Mapping[str, Content], states_part: str | None, target: Target) -> dict[str, Content]:
        """Return the parts as they stand after the clause.

        Args:
            states_part: Name of the part that holds states, where there is one.

        Raises:
            Unclear: The words are not there, or several times, or there are no new ones.
        """
        if self.clause.new and not self._new:
            raise Unclear(Reason.NO_WORDING)
        made = dict(parts)
        states_part = STATES if target.part == STATES else states_part
        about_states = target.part is not None and target.part == states_part
        mine = (target.part is None or about_states) and not target.sentence
        if states_part is not None and self.clause.verb in _STATE_VERBS and mine:
            changed = self._states(parts.get(states_part), states_part if about_states else "")
            if changed is not None:
                return {**made, states_part: changed}
        if about_states or self.clause.verb in (Verb.JOIN, Verb.LEAVE):
            raise Unclear(Reason.NO_SUCH_STATE, self._said())
        name = self._part(made, target)
        content = made.get(name, ())
        assert not isinstance(content, States)
        made[name] = self._reworded(content, target)
        return made

    def _said(self) -> str:
        return (self._old or self.clause.new or (Quotation(""),))[0].words

    def _states(self, content: Content | None, part: str) -> States | None:
        """Return the set with states joined or gone; None where the clause names none.

        Args:
            part: Set where the letter names the cell itself: then what is not named as a state is an error.
        """
        if self.clause.verb is Verb.DELETE:
            return States(frozenset()) if part else None
        members = content.members if isinstance(content, States) else frozenset()
        old = states_named(self.names, [one.words for one in self._old]) if self._old else States(frozenset())
        new = (
            states_named(self.names, [one.words for one in self.clause.new]) if self.clause.new else States(frozenset())
        )
        if old is None or new is None:
            return None
        if self.clause.verb is Verb.RESTATE:
            return new if part else None
        if not old.members <= members:
            raise Unclear(Reason.WORDS_NOT_THERE, self._said())
        return States((members - old.members) | new.members)

    def _part(self, parts: Mapping[str, Content], target: Target) -> str:
        """Return the part the clause is about: the one named, else the only one with its words."""
        if target.part is not None:
            return target.part
        texts = dict(_texts(parts))
        if TEXT in texts or not texts or len(texts) == 1:
            return TEXT if TEXT in texts or not texts else next(iter(texts))
        found = [name for name, content in texts.items() if any(_found(plain(content), one) for one in self._old)]
        if not self._old:
            raise Unclear(Reason.NO_SUCH_COLUMN, self._said())
        if len(found) != 1:
            raise Unclear(Reason.WORDS_SEVERAL_TIMES if found else Reason.WORDS_NOT_THERE, self._old[0].words)
        return found[0]

    def _reworded(self, content: Text, target: Target) -> Text:
        whole = plain(content)
        start, end = _stretch(whole, target)
        inner = whole[start:end]
        if self.clause.verb is Verb.RESTATE:
            wished = with_notes(inner, self._new)
        elif self.clause.verb is Verb.DELETE:
            return retyped(content, removed(whole, start, end))
        elif self.clause.verb is Verb.APPEND:
            wished = _appended(inner, self._new)
        elif self.clause.verb is Verb.ADD_SENTENCE:
            wished = inserted(inner, 0 if self.clause.side == "before" else len(inner), self._new)
        else:
            wished = self._edited(inner)
        return retyped(content, whole[:start] + wished + whole[end:])

    def _edited(self, inner: str) -> str:
        for one in self._old:
            found = _found(inner, one)
            if not found:
                raise Unclear(Reason.WORDS_NOT_THERE, one.words)
            if len(found) > 1 and not self.clause.everywhere:
                raise Unclear(Reason.WORDS_SEVERAL_TIMES, one.words)
            new = self._wording(inner, one)
            for start, end in reversed(found):
                inner = self._at(inner, start, end, new)
        return inner

    def _wording(self, inner: str, old: Quotation) -> str:
        """Return the new words; marks of titles belong to both quotations or to none."""
        new = self.clause.new[0] if self.clause.new else Quotation("")
        return new.written if old.is_title and new.is_title and occurrences(inner, old.written) else self._new

    def _at(self, inner: str, start: int, end: int, new: str) -> str:
        match self.clause.verb:
            case Verb.REPLACE:
                return inner[:start] + begun_as(inner[start:end], self._old[0].words, new) + inner[end:]
            case Verb.INSERT_AFTER:
                return inserted(inner, end, new)
            case Verb.INSERT_BEFORE:
                return inserted(inner, start, new)
            case _:
                return removed(inner, start, end)


def begun_as(found: str, old: str, new: str) -> str:
    """Return new words with a capital where those found have one that the letter's quotation of them lacks."""
    return new[:1].upper() + new[1:] if found[:1].isupper() and not old[:1].isupper() else new


def _texts(parts: Mapping[str, Content]) -> Iterator[tuple[str, Text]]:
    for name, content in parts.items():
        if not isinstance(content, States):
            yield name, content


def _found(inner: str, quotation: Quotation) -> tuple[tuple[int, int], ...]:
    """Return where a quotation stands; the marks of a title with it, where the text has them."""
    with_marks = occurrences(inner, quotation.written) if quotation.is_title else ()
    return with_marks or occurrences(inner, quotation.words)


def _stretch(whole: str, target: Target) -> tuple[int, int]:
    """Return the line or sentence that a target means, as offsets."""
    start, end = 0, len(whole)
    if target.line:
        lines = whole.split(PARAGRAPH_BREAK)
        number = len(lines) if target.line == -1 else target.line
        start = sum(len(line) + 1 for line in lines[: number - 1])
        end = start + len(lines[number - 1])
    if target.sentence:
        found = sentences(whole[start:end])
        number = len(found) if target.sentence == -1 else target.sentence
        if not 1 <= number <= len(found):
            raise Unclear(Reason.NO_SUCH_PROVISION, str(target.sentence))
        end, start = start + found[number - 1][1], start + found[number - 1][0]
    return start, end


def _appended(inner: str, new: str) -> str:
    """Return words added at the end, before the mark that ends them unless they bring one."""
    if not inner:
        return new
    marks = 0 if _ABBREVIATED.search(inner) else len(inner) - len(inner.rstrip(_END_MARKS))
    at = len(inner) - marks
    if marks and new[-1] in _END_MARKS:
        return inserted(inner[:at], at, new) if new[0] in ",;，；" else inserted(inner, len(inner), new)
    return inserted(inner, at, new)


def with_notes(old: str, new: str) -> str:
    """Return new words with the footnote references of the old ones, each after the word it stood after.

    A letter cannot write a reference; one whose word is gone, or stands there twice, is left out.
    """
    at = old.find(NOTE)
    while at >= 0:
        before = old[:at].replace(NOTE, "")
        word = before[max(before.rfind(" "), before.rfind(PARAGRAPH_BREAK)) + 1 :][-12:]
        if word and new.replace(NOTE, "").count(word) == 1 and new.count(word) == 1:
            place = new.index(word) + len(word)
            new = new[:place] + NOTE + new[place:]
        at = old.find(NOTE, at + 1)
    return new


def as_text(words: str) -> Text:
    """Return plain words as a Text."""
    return (Run(words),) if words else ()
