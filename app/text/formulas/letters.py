"""Letters: their lines sorted into formulas, justifications and what stands around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.text.formulas.applying import Applied
from app.text.formulas.chinese import CHINESE
from app.text.formulas.clauses import Sentence
from app.text.formulas.english import ENGLISH
from app.text.formulas.finding import Finder
from app.text.formulas.grammar import Grammar, Unit
from app.text.formulas.places import Chain
from app.text.formulas.quotes import QUOTE, Quotation, Quotations, mask, without_private
from app.text.formulas.russian import RUSSIAN
from app.text.formulas.understood import NamesOfStates, NoNames, Reason, Understood
from app.text.provision import Edition
from app.text.tokens import HAN

GRAMMARS = {grammar.language: grammar for grammar in (RUSSIAN, CHINESE, ENGLISH)}
_NUMBER = re.compile(
    rf"\s*(?:\d{{1,3}}[.)、](?!\d)|[（(](?:\d{{1,2}}|[一二三四五六七八九十]+)[）)]|[一二三四五六七八九十]+、|[а-яa-z]\)|[–—―•·●*-]+(?=[\s{HAN}]))\s*"
)
_COMPLETE = re.compile(rf"[.;:!?。；：！？]\s*$|{QUOTE}[.,;]?\s*$")
_LONGEST_SENTENCE = 4_000
"""Characters, a quotation being one: no formula is as long."""
_TAIL = 8
"""Of a line: enough to see how it ends."""


def guess_language(words: str) -> str:
    """Return ``ru``, ``zh`` or ``en`` by the script of most words; a letter may quote a text in another language."""
    outside = mask(words, Quotations())
    return _most(outside) or _most(words) or "en"


def _most(words: str) -> str:
    counts = {
        "zh": 2 * len(re.findall(f"[{HAN}]", words)),
        "ru": len(re.findall("[А-Яа-яЁё]", words)),
        "en": len(re.findall("[A-Za-z]", words)),
    }
    return max(counts, key=lambda language: counts[language]) if any(counts.values()) else ""


def read_letter(
    words: str, base: Edition, *, language: str = "", names: NamesOfStates | None = None, minted_from: str = ""
) -> Understood:
    """Return what a letter, or any text with formulas in it, asks of *base*.

    Args:
        language: Of the letter; guessed where empty. Labels are read as the base has them, whatever the language.
        names: Finds states where formulas name them.
        minted_from: What keys of new provisions are minted from: fingerprint or id of the version.
    """
    grammar = GRAMMARS[language or guess_language(words)]
    return read_formulas(words, Finder(base), grammar, names or NoNames(), minted_from)


def read_formulas(words: str, finder: Finder, grammar: Grammar, names: NamesOfStates, minted_from: str) -> Understood:
    """Return what words in one language ask of a text whose places are ready to be found."""
    applied = Applied(finder, names, minted_from)
    for item in items(words, grammar):
        carry_out(item, grammar, applied)
    return applied.understood()


@dataclass
class Item:
    """One sentence of a letter.

    Attributes:
        words: With quotations put aside.
        written: As the letter has it.
    """

    words: str
    written: str
    quotations: Quotations
    context: Chain = ()
    justification: str = ""


def carry_out(item: Item, grammar: Grammar, applied: Applied) -> None:
    """Carry out one sentence, or put down why not."""
    if len(item.words) > _LONGEST_SENTENCE:
        applied.not_understood(item.written, Reason.UNKNOWN_FORMULA, item.justification)
        return
    sentence = _without_reason(item, grammar)
    asking = grammar.question.search(sentence.reduced) is not None
    if grammar.nothing.search(sentence.reduced) and not sentence.verbs:
        applied.has_no_comments(item.written)
    elif (sentence.verbs or sentence.targets()) and grammar.denied.search(sentence.reduced):
        applied.not_understood(item.written, Reason.DENIED, item.justification)
    elif sentence.verbs and not (
        asking and not sentence.verbs[0][1].groupdict().get("new") and _asks_first(sentence, grammar)
    ):
        clauses = sentence.clauses(item.context)
        for clause in clauses:
            applied.clause(clause, item.written, item.justification)
        if sentence.has_more():
            applied.not_understood(item.written, Reason.UNKNOWN_FORMULA, item.justification)
    elif asking:
        applied.comment(
            sentence.targets() or ((item.context,) if item.context else ()), item.written, item.justification
        )
    elif (
        sentence.has_unread_verb
        or sentence.targets()
        or any(not q.is_title for q in map(item.quotations.get, re.findall(QUOTE, item.words)))
    ):
        announced = grammar.wording.search(item.words) is not None
        applied.not_understood(
            item.written, Reason.NO_WORDING if announced else Reason.UNKNOWN_FORMULA, item.justification
        )
    else:
        applied.beside(item.written)


def _without_reason(item: Item, grammar: Grammar) -> Sentence:
    """Return the sentence of an item; a reason that follows a wish in it goes to the justification."""
    begun = next((m.start() for m in grammar.because.finditer(item.words) if m.start()), None)
    if begun is not None:
        wish = Sentence(item.words[:begun], grammar, item.quotations)
        if wish.verbs:
            reason = item.quotations.restored(item.words[begun:]).lstrip(" ,，")
            item.justification = "\n".join(filter(None, (reason, item.justification)))
            return wish
    return Sentence(item.words, grammar, item.quotations)


def _asks_first(sentence: Sentence, grammar: Grammar) -> bool:
    """Whether the question stands before every verb: «просим пояснить, почему исключить …»."""
    match = grammar.question.search(sentence.reduced)
    return match is not None and match.start() < sentence.verbs[0][1].start()


def items(words: str, grammar: Grammar) -> Iterator[Item]:
    """Yield the sentences of a letter, each with the justification that follows it."""
    quotations = Quotations()
    text = without_private(words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    starts = {m.start() for m in re.finditer(r"(?<=\n)[^\n]", text) if grammar.starts.match(text, m.start())}
    lines = [line.strip() for line in mask(text, quotations, starts).split("\n")]
    waiting: Item | None = None
    context: Chain = ()
    for line in _with_wording(_unwrapped(lines, grammar), grammar, quotations):
        for piece in _pieces(line, grammar):
            reason = grammar.justification.match(piece)
            if reason is not None and waiting is not None:
                waiting.justification = "\n".join(
                    filter(None, (waiting.justification, quotations.restored(piece[reason.end() :])))
                )
                continue
            if waiting is not None:
                yield waiting
            waiting = Item(piece, quotations.restored(piece), quotations, context)
            heading = _heading(piece, grammar, quotations)
            if heading is not None:
                context, waiting = heading, None
    if waiting is not None:
        yield waiting


def _heading(piece: str, grammar: Grammar, quotations: Quotations) -> Chain | None:
    """Return the place that the following lines are about, where a line names one and ends with a colon."""
    if not piece.endswith((":", "：")) or grammar.wording.search(piece):
        return None
    sentence = Sentence(_NUMBER.sub("", piece, count=1), grammar, quotations)
    chains = [chain for chain in sentence.targets() if any(element.unit is not Unit.ANNEX for element in chain)]
    return chains[0] if len(chains) == 1 and not sentence.verbs else None


def _unwrapped(lines: Sequence[str], grammar: Grammar) -> Iterator[str]:
    """Yield paragraphs: a line that a mail program broke off is joined with what follows it."""
    waiting = ""
    for line in lines:
        if waiting and line and not _COMPLETE.search(waiting[-_TAIL:]) and not _begins(line, grammar):
            gap = "" if re.match(f"[{HAN}]", waiting[-1]) and re.match(f"[{HAN}]", line) else " "
            waiting += gap + line
            continue
        if waiting:
            yield waiting
        waiting = line
    if waiting:
        yield waiting


def _begins(line: str, grammar: Grammar) -> bool:
    numbered = _NUMBER.match(line) is not None
    return numbered or grammar.justification.match(line) is not None or grammar.starts.match(line) is not None


def _with_wording(paragraphs: Iterator[str], grammar: Grammar, quotations: Quotations) -> Iterator[str]:
    """Yield paragraphs; wording that follows a formula on lines of its own, without marks, becomes a quotation."""
    opened, taken = "", list[str]()
    for paragraph in paragraphs:
        if opened and (taken or not re.match(rf"\s*{QUOTE}", paragraph)):
            ends = grammar.justification.match(paragraph) or grammar.starts.match(paragraph)
            if not ends or (not taken and not grammar.justification.match(paragraph)):
                taken.append(paragraph)
                continue
        if opened:
            if not taken and re.match(rf"\s*{QUOTE}", paragraph):
                paragraph = f"{opened} {paragraph}"
                opened = ""
                yield paragraph
                continue
            yield _worded(opened, taken, quotations)
            opened, taken = "", []
        if grammar.wording.search(paragraph) and not re.match(rf"^\s*{QUOTE}", paragraph):
            opened = paragraph
        else:
            yield paragraph
    if opened:
        yield _worded(opened, taken, quotations)


def _worded(opened: str, taken: Sequence[str], quotations: Quotations) -> str:
    if not taken:
        return opened
    return f"{opened} {quotations.put(Quotation(quotations.restored(chr(10).join(taken))))}"


def _pieces(line: str, grammar: Grammar) -> Iterator[str]:
    """Yield the sentences of a paragraph, numbers of a list left out."""
    rest = _NUMBER.sub("", line, count=1) if _NUMBER.match(line) else line
    at = 0
    for match in re.finditer(rf"(?:{grammar.sentence_end.pattern})|[;；]\s*", rest, re.IGNORECASE):
        yield from _said(rest[at : match.start()])
        at = match.end()
    last = rest[at:]
    inner = re.search(rf"(?<=[.;,。；，(（\s]){grammar.justification.pattern}", last, re.IGNORECASE)
    if inner is None:
        yield from _said(last)
        return
    before, reason = last[: inner.start()].rstrip(), last[inner.start() :]
    if before[-1:] in ("(", "（"):
        before, reason = before[:-1], re.sub(r"[)）](?=\W*$)", "", reason)
    yield from _said(before)
    yield from _said(reason)


def _said(piece: str) -> Iterator[str]:
    if piece.strip(" .;,。；，–—-•"):
        yield piece.strip()
