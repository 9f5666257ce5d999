"""Tables of proposals read: place, wording of the draft, wording proposed, reason, a row for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.text.formulas.additions import split_label
from app.text.formulas.applying import Applied
from app.text.formulas.clauses import Clause, Sentence
from app.text.formulas.finding import Finder, Target
from app.text.formulas.grammar import Grammar, Role, Unit, Verb
from app.text.formulas.letters import GRAMMARS, Item, carry_out, guess_language, items
from app.text.formulas.matching import is_same
from app.text.formulas.places import Chain, Element, bare_label
from app.text.formulas.quotes import QUOTE, Quotation, Quotations, mask, without_private
from app.text.formulas.table_columns import Columns, columns_of, is_numbering, pasted_table
from app.text.formulas.understood import NamesOfStates, NoNames, Reason, Unclear, Understood
from app.text.likeness import ALIKE, Worded, likeness
from app.text.provision import Edition, Kind, Provision, States
from app.text.runs import plain

_WHOLE = re.compile(
    r"документ\w*\s+в\s+целом|проект\w*\s+в\s+целом|общ(?:ее|ие)\s+замечани|整个文件|总体|一般性?意见"
    r"|\bas\s+a\s+whole|\bwhole\s+(?:text|document|draft)|\bgeneral\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"[-–—.]*|(?:без\s+изменений|нет|согласн?ы|согласовано|no\s+changes?|none|agreed|无|同意|不作修改|无修改)[.。]?",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"[(（]?(?:\d+(?:\.\d+)*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[ \u00a0]?(?:бис|тер|кватер|bis|ter|quater)\b|之[二三四五六七八九十])?"
    r"|[IVXLC]+\b|[а-яёa-z]\b|[一二三四五六七八九十]+)[)）.]?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\bпосле\b|\bafter\b|之后|后", re.IGNORECASE)

_LONGEST_PLACE = 1_000
_LONGEST_WISH = 20_000
"""Characters of a cell: no provision is as long."""


def read_table(
    rows: Sequence[Sequence[str]],
    base: Edition,
    *,
    language: str = "",
    names: NamesOfStates | None = None,
    minted_from: str = "",
) -> Understood:
    """Return what a table of proposals asks of *base*, as ``read_letter`` does of a letter.

    The row of headings, in Russian, Chinese or English, says which column holds the place (пункт, 条款, "provision"),
    the draft's wording, the wording proposed and the reason, in any order; it may stand below a title. A row
    asks for what its proposed cell says: the full new wording of the place; a formula on it («слово … исключить»);
    that it go; a question. A cell that repeats the draft or says that nothing is to change asks for nothing. A place
    that the draft does not have ("5 bis", «новый пункт 8») gets a new provision; an empty place is that of the row
    above; without any, the provision is found by the draft's wording. What is not understood is listed: every row
    counts somewhere.

    Args:
        rows: Cells as plain text, paragraphs of a cell apart by line breaks; all rows, the headings too.
        language: Of the table; that of its headings where empty.
        names, minted_from: As ``read_letter`` says.
    """
    applied = Applied(Finder(base), names or NoNames(), minted_from)
    _carry_out_rows(rows, language, applied)
    return applied.understood()


def read_pasted(
    words: str, base: Edition, *, language: str = "", names: NamesOfStates | None = None, minted_from: str = ""
) -> Understood:
    """Return what a pasted text asks of *base*: a letter, a table, or a letter with a table in it.

    Arguments as ``read_letter`` says; a table is known by its tabs.
    """
    grammar = GRAMMARS[language or guess_language(words)]
    applied = Applied(Finder(base), names or NoNames(), minted_from)
    table = pasted_table(words, _likeliest(grammar.language))
    for item in items(words if table is None else table.before, grammar):
        carry_out(item, grammar, applied)
    if table is not None:
        _carry_out_rows(table.rows, language, applied)
        for item in items(table.after, grammar):
            carry_out(item, grammar, applied)
    return applied.understood()


def _likeliest(language: str) -> list[Grammar]:
    return sorted(GRAMMARS.values(), key=lambda grammar: grammar.language != language)


def _carry_out_rows(rows: Sequence[Sequence[str]], language: str, applied: Applied) -> None:
    spoken = language or guess_language("\n".join(cell for row in rows for cell in row))
    columns = columns_of(rows, _likeliest(spoken))
    if columns is None:
        for row in rows:
            applied.not_understood(" | ".join(row), Reason.NO_HEADING)
        return
    if language:
        columns = replace(columns, grammar=GRAMMARS[language])
    reader = _Rows(columns, applied)
    for row in rows[columns.first :]:
        if not is_numbering(row):
            reader.row(row)


@dataclass(frozen=True, slots=True)
class _Where:
    """What a row is about.

    Attributes:
        chain: The place as named; () for the whole.
        target: What that is in the draft; None where the draft has no such place, or none is named.
        is_new: Whether the row says that it is a new provision; *follows*: right after the place.
        everywhere: «По всему тексту», as the row says it; else "".
    """

    chain: Chain = ()
    target: Target | None = None
    is_new: bool = False
    follows: bool = False
    everywhere: str = ""


class _Rows:
    """Carries out the rows of a table, one after the other."""

    def __init__(self, columns: Columns, applied: Applied) -> None:
        self.columns, self.grammar, self.applied = columns, columns.grammar, applied
        self.finder = applied.finder
        self._last = ""

    def row(self, row: Sequence[str]) -> None:
        """Carry out one row, or put down why not."""
        place, draft, wished, why = (
            without_private(self.columns.cell(row, role))
            for role in (Role.ELEMENT, Role.BASE, Role.WISHED, Role.JUSTIFICATION)
        )
        if len(place) > _LONGEST_PLACE or len(wished) > _LONGEST_WISH:
            self.applied.not_understood(f"{place}: {wished}", Reason.UNKNOWN_FORMULA, why)
            return
        place = self._last = place or ("" if draft else self._last)
        said = (f"{place}: {wished or why}" if place else wished or why, why if wished else "")
        if not said[0].strip() or (not wished and not why):
            return
        try:
            where = self._where(place, draft)
            if not wished:
                self.applied.comment((where.chain,) if where.chain else (), said[0], "")
            elif not _NOTHING.fullmatch(wished.strip()):
                self._wish(where, wished, said)
        except Unclear as error:
            self.applied.not_understood(said[0], error.reason, why, error.said, error.keys)

    def _where(self, place: str, draft: str) -> _Where:
        """Return what a row is about.

        Raises:
            Unclear: Several provisions are called so, or nothing says which it is.
        """
        if (not place and not draft) or (place and _WHOLE.search(place)):
            return _Where()
        chain = self._chain(place)
        if chain and all(element.unit in (Unit.WHOLE, Unit.ANNEX) for element in chain):
            return _Where(everywhere=place)
        is_new = self.grammar.added.search(place) is not None
        try:
            return _Where(chain, self.finder.find(chain), is_new, is_new and _AFTER.search(place) is not None)
        except Unclear as error:
            words = split_label(draft)[1]
            if words and not is_new:
                return _Where(by_words := (Element(Unit.OPENING, words),), self.finder.find(by_words))
            if chain and error.reason is Reason.NO_SUCH_PROVISION:
                return _Where(chain, None, is_new)
            raise

    def _chain(self, place: str) -> Chain:
        """Return a place as a formula names it, or by its bare label: "4", «2, а)», "1.3"."""
        quotations = Quotations()
        named = Sentence(mask(place, quotations), self.grammar, quotations).targets()
        if named:
            return named[0]
        labels = [bare_label(match.group()) for match in _PIECE.finditer(place)]
        if not labels or _PIECE.sub("", place).strip(" ,.;:()（）、\n\u00a0"):
            return (Element(Unit.OPENING, _unquoted(place)),) if place else ()
        first, *others = labels
        unit = Unit.SECTION if re.fullmatch(r"[ivxlc]+", first) else Unit.PARAGRAPH
        return (Element(unit, first), *(Element(Unit.ITEM, label) for label in others[:1]))

    def _wish(self, where: _Where, wished: str, said: tuple[str, str]) -> None:
        base = self.finder.by_key[where.target.key] if where.target is not None else None
        if where.chain and self.grammar.deleted.fullmatch(wished.strip()):
            self.applied.clause(Clause(Verb.DELETE, (where.chain,)), *said)
            return
        if not where.everywhere and self._is_wording(wished, None if where.is_new else base):
            self._reword(where, wished, base, said)
            return
        context = where.chain if base is not None and not where.is_new else ()
        for item in items(f"{where.everywhere} {wished}".lstrip(), self.grammar):
            self._formula(replace(item, context=item.context or context), where, said)

    def _is_wording(self, wished: str, base: Provision | None) -> bool:
        """Whether a cell holds the new wording itself, not words about it."""
        quotations = Quotations()
        masked = mask(wished, quotations)
        outside = re.sub(QUOTE, " ", masked)
        if re.fullmatch(rf"\s*{QUOTE}\s*[.;。；]?\s*", masked):
            return True
        if base is not None and likeness(_worded(outside), _worded(_words(base))) >= ALIKE:
            return True
        sentence = Sentence(masked, self.grammar, quotations)
        quoted = any(match.groupdict().get("old") or match.groupdict().get("new") for _, match in sentence.verbs)
        if quoted or (sentence.verbs and (sentence.targets() or self.grammar.starts.match(wished))):
            return False
        if self.grammar.question.search(sentence.reduced) or self.grammar.nothing.search(sentence.reduced):
            return False
        return not self.columns.may_remark or _begins_with_label(wished, base)

    def _reword(self, where: _Where, wished: str, base: Provision | None, said: tuple[str, str]) -> None:
        new = (Quotation(_unquoted(wished)),)
        if base is None or where.is_new:
            near, label = (where.chain, ()) if where.follows else ((), where.chain)
            self.applied.clause(Clause(Verb.ADD, (), new=new, where=near, label=label), *said)
        elif not is_same(split_label(wished)[1], _words(base)) and not is_same(wished, _words(base)):
            self.applied.clause(Clause(Verb.RESTATE, (where.chain,), new=new), *said)

    def _formula(self, item: Item, where: _Where, said: tuple[str, str]) -> None:
        """Carry out a formula or question of a cell; words that are neither are a remark on the place."""
        justification = "\n".join(filter(None, (item.justification, said[1])))
        sentence = Sentence(item.words, self.grammar, item.quotations)
        asks = self.grammar.question.search(sentence.reduced) or self.grammar.nothing.search(sentence.reduced)
        if sentence.verbs or asks:
            if _adds_beside(sentence):
                item = replace(item, context=())
            carry_out(replace(item, written=said[0], justification=justification), self.grammar, self.applied)
        else:
            self.applied.comment((where.chain,) if where.target is not None else (), item.written, justification)


def _adds_beside(sentence: Sentence) -> bool:
    """Whether a formula adds a provision whose number says where it stands, whatever the row is about."""
    labels = [match["label"] for verb, match in sentence.verbs if verb is Verb.ADD and match.groupdict().get("label")]
    units = {element.unit for label in labels for chain in sentence.places.get(label) for element in chain}
    return bool(units & {Unit.SECTION, Unit.PARAGRAPH, Unit.ROW, Unit.NOTE})


def _words(provision: Provision) -> str:
    return "\n".join(plain(c) for c in provision.parts.values() if not isinstance(c, States))


def _worded(words: str) -> Worded:
    return Worded(0, "", Kind.PARAGRAPH, words)


def _begins_with_label(wished: str, base: Provision | None) -> bool:
    label = split_label(wished)[0]
    return bool(label) and (base is None or label == bare_label(base.label))


def _unquoted(words: str) -> str:
    quotations = Quotations()
    masked = mask(words.strip(), quotations)
    whole = re.fullmatch(rf"({QUOTE})\s*[.;。；]?", masked)
    return quotations.get(whole[1]).words if whole else words.strip()
