"""A table of wishes that came back filled in: what it asks for, in terms of the text it was made from."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.docxio.layout import NUMBER
from app.docxio.revised import Revised
from app.docxio.state_names import StateNames
from app.docxio.typed_labels import parse_typed
from app.docxio.wish_formulas import changes_in, is_formula, is_remark, is_worded
from app.docxio.wish_table import WHOLE, Line
from app.text.changes import Change, Operation
from app.text.differences import edits
from app.text.provision import STATES, TEXT, Content, Edition, Kind, Parts, Place, Provision, States
from app.text.retyping import retyped
from app.text.runs import NOTE, PARAGRAPH_BREAK, Text, plain, text
from app.text.tokens import Token, tokens

_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "wish": re.compile("предлага|предложен|建议|propos", re.IGNORECASE),
    "reason": re.compile("обоснован|причин|理由|reason|justif", re.IGNORECASE),
    "base": re.compile("редакция|текст|原文|现有|案文|text|draft", re.IGNORECASE),
    "element": re.compile("элемент|пункт|条款|provision|paragraph|element", re.IGNORECASE),
}
"""What the columns of such a table are called; each takes the first heading that no column above it took."""
_NEW = re.compile(r"нов|дополн|бис|тер\b|new|add|\bbis|\bter\b|[¹²³]|新|增|之[二三四]", re.IGNORECASE)
"""What a ministry calls a provision that the draft does not have."""
_SPACES = re.compile(r"[ \t]+")
_OURS = 0.9
"""A table without names of which so many rows are found is the one that was sent out."""
_NEAR = 12
"""Characters before a reference by which its place is found again."""
_DELETE = re.compile(
    r"(?:исключить|удалить|снять|delete[d]?|删去|删除)(?:\s+(?:пункт|положение|абзац|строку|the\s+provision|本条|该条款))?"
    r"[.。]?",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"[-–—.]?|(?:без\s+изменений|(?:замечани\w+|предложени\w+)(?:\s+и\s+\w+)?\s+(?:нет|не\s+имеем|не\s+имеется)|нет|"
    r"согласовано|no\s+(?:change|comment|proposal)s?|none|agreed|无|无意见|无修改意见|同意|不作修改)[.。]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wanted:
    """One thing that a row asks for: changes that belong together, or a remark; and why.

    Attributes:
        remark: Words said of *key*, or of the whole where that is "", where no wording is asked for.
    """

    key: str
    changes: tuple[Change, ...]
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Filled:
    """What a table asks for.

    Attributes:
        missed: Key, code and words of what was not understood.
        likeness: Which part of the wordings it was sent out with are those of the text; 1 where it has none.
        is_ours: Whether its rows are those that were sent out, by their names or nearly all by what they say.
    """

    wanted: tuple[Wanted, ...]
    missed: tuple[tuple[str, str, str], ...]
    likeness: float = 1.0
    is_ours: bool = True


def read_filled(base: Edition, lines: Sequence[Line], revised: Revised, states: StateNames) -> Filled | None:
    """Return what a filled table asks for; None where the file holds no table of wishes.

    Rows are found by the names they carry, else by what the provision is called or its present wording. A row that
    says nothing, says the present wording or that there are no comments, asks for nothing; a row of its own with
    words in the column of wishes alone is a new provision after the one above it.

    Args:
        lines: The rows as they were sent out.
        states: The names of states in texts.
    """
    for table, rows in tables_in(revised.after.texts):
        columns = _columns(table)
        if columns is not None:
            return _Reader(base, lines, revised, states, columns).read(rows)
    return None


def tables_in(texts: Iterable[Provision]) -> Iterator[tuple[Provision, list[Provision]]]:
    """Yield the tables of a file with their rows."""
    found: list[tuple[Provision, list[Provision]]] = []
    for p in texts:
        if p.kind is Kind.TABLE:
            found.append((p, []))
        elif p.kind is Kind.ROW and found:
            found[-1][1].append(p)
    return iter(found)


def _columns(table: Provision) -> Mapping[str, str] | None:
    """Return what stands in which column of a table, None where it is no table of wishes."""
    left = {key: _said(table.parts.get(key, ())) for key in table.columns}
    found: dict[str, str] = {}
    for name, looks in _COLUMNS.items():
        key = next((key for key, heading in left.items() if looks.search(heading)), None)
        if key is not None:
            found[name] = key
            del left[key]
    return found if {"wish", "element"} <= found.keys() and {"base", "reason"} & found.keys() else None


@dataclass
class _Sought:
    """What the rows read so far ask of one provision."""

    parts: dict[str, Content] = field(default_factory=dict)
    more: list[Text] = field(default_factory=list)
    others: list[Change] = field(default_factory=list)
    gone: Change | None = None
    reasons: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _Reader:
    """Reads the rows of one table."""

    def __init__(
        self,
        base: Edition,
        lines: Sequence[Line],
        revised: Revised,
        states: StateNames,
        columns: Mapping[str, str],
    ) -> None:
        self.base, self.by_key, self.states, self.columns = base, base.by_key(), states, columns
        self.by_name = {line.name: line for line in lines}
        self.by_words = _unique((_folded(plain(line.text)), line) for line in lines)
        self.by_element = _unique((_folded(line.element), line) for line in lines)
        self.by_label = _unique((_bare(self.by_key[i.key].label), i) for i in lines if i.key and i.part == TEXT)
        self.comments: dict[str, list[str]] = {}
        for comment in revised.comments:
            self.comments.setdefault(comment.provision, []).append(comment.text.strip())
        self.sought: dict[str, _Sought] = {}
        self.new: dict[str, _Sought] = {}
        self.missed: list[tuple[str, str, str]] = []
        self.same: list[bool] = []
        self.ours: list[bool] = []
        self.is_named = False

    def read(self, rows: Iterable[Provision]) -> Filled:
        """Return what the rows ask for."""
        above: Line | None = None
        for row in rows:
            line = self.line(row)
            words = self.cell(row, "base")
            if words or self.cell(row, "element"):
                self.ours.append(line is not None)
            if words:
                self.same.append(line is not None and _folded(words) == _folded(plain(line.text)))
            if line is not None:
                above = line
                self.take(line, row)
            else:
                self.take_new(above, row)
        wanted = [w for key, sought in self.sought.items() for w in self.wanted(key, sought)]
        wanted += [self.inserted(key, sought) for key, sought in self.new.items()]
        return Filled(tuple(wanted), tuple(self.missed), _part(self.same), self.is_named or _part(self.ours) >= _OURS)

    def cell(self, row: Provision, column: str) -> str:
        """Return what stands in a cell, its paragraphs on lines of their own."""
        return _said(row.parts.get(self.columns.get(column, ""), ()), PARAGRAPH_BREAK)

    def reasons(self, row: Provision) -> list[str]:
        """Return the reasons a row gives: its column, and comments on it."""
        return [said for said in (self.cell(row, "reason"), *self.comments.get(row.key, ())) if said]

    def line(self, row: Provision) -> Line | None:
        """Return the row as it was sent out; None where it is another's."""
        element, words = self.cell(row, "element"), self.cell(row, "base")
        named = self.by_name.get(row.key)
        self.is_named = self.is_named or named is not None
        if named is not None and (element or words):
            return named
        found = self.by_element.get(_folded(element)) or self.by_words.get(_folded(words))
        return found or self.by_label.get(_bare(element))

    def take(self, line: Line, row: Provision) -> None:
        """Note what a row asks for."""
        said, reasons = self.cell(row, "wish"), self.reasons(row)
        sought = self.sought.setdefault(line.key, _Sought())
        if line.name == WHOLE:
            sought.remarks += [] if _NOTHING.fullmatch(said) else [said]
            sought.remarks += reasons
            return
        base = self.by_key[line.key]
        if _NOTHING.fullmatch(said) or _folded(said) in (_folded(plain(line.text)), _folded(_labelled(base, line))):
            sought.remarks += reasons
            return
        written, before = plain(line.text), self.cell(row, "base")
        if before and _folded(before) != _folded(written):
            self.missed.append((line.key, "base", before))
        is_wording = bool(_DELETE.fullmatch(said)) or is_worded(said, written)
        changes = () if _DELETE.fullmatch(said) else self.formulas(line, said)
        if changes:
            self.take_changes(line, changes, reasons)
        elif is_formula(said, written) and not is_wording:
            self.missed.append((line.key, "formula", _joined([said, *reasons])))
        elif is_remark(said, written) and not is_wording:
            sought.remarks += [said, *reasons]
        else:
            sought.reasons += reasons
            self.reword(line, base, said, sought)

    def formulas(self, line: Line, said: str) -> tuple[Change, ...]:
        """Return what a formula of the trade asks for; nothing where the words are none."""
        base = self.by_key[line.key]
        if not is_formula(said, plain(line.text)):
            return ()
        return changes_in(said, base, line.called or line.element, self.base, self.states)

    def take_changes(self, line: Line, changes: Iterable[Change], reasons: Sequence[str]) -> None:
        """Note changes as a formula asks for them."""
        for change in changes:
            key = change.key if change.key in self.by_key else line.key
            sought = self.sought.setdefault(key, _Sought())
            sought.reasons += reasons
            if change.operation is Operation.DELETE:
                sought.gone = change
            elif change.operation is Operation.AMEND and change.parts is not None:
                was = self.by_key[key].parts
                sought.parts.update({name: c for name, c in change.parts.items() if was.get(name, ()) != c})
            else:
                sought.others.append(change)

    def reword(self, line: Line, base: Provision, said: str, sought: _Sought) -> None:
        """Note the wording that a row asks for."""
        if _DELETE.fullmatch(said):
            if line.part == TEXT:
                sought.gone = Change(Operation.DELETE, line.key)
            else:
                sought.parts[line.part] = ()
            return
        old = base.parts.get(line.part, ())
        if isinstance(old, States):
            found = self.states.in_cell(text(said))
            if found is None:
                self.missed.append((line.key, "states_as_words", said))
            else:
                sought.parts[line.part] = found
            return
        if base.kind is not Kind.ROW and base.label and said.startswith(base.label):
            said = said[len(base.label) :].lstrip()
        if line.part == TEXT and STATES in base.parts:
            joined = self.states.joining(text(said))
            if joined is None:
                self.missed.append((line.key, "states_as_words", said))
                return
            sought.parts[STATES], said = joined[0], plain(joined[1])
        first, *more = [said] if base.kind is Kind.ROW else said.split(PARAGRAPH_BREAK)
        sought.parts[line.part] = retyped(old, _with_references(old, _with_spaces(old, first)))
        sought.more += [text(paragraph) for paragraph in more if paragraph.strip()]

    def take_new(self, above: Line | None, row: Provision) -> None:
        """Note a row that the ministry added: a new provision, where it says nothing but that."""
        said, words = self.cell(row, "wish"), self.cell(row, "base")
        if not said or _NOTHING.fullmatch(said):
            return
        element = self.cell(row, "element")
        is_old = bool(words) or bool(element and not _NEW.search(element)) or bool(_DELETE.fullmatch(said))
        if above is None or is_old or (above.key and self.by_key[above.key].kind is Kind.ROW):
            self.missed.append((above.key if above else "", "row", f"{element}: {said}" if element else said))
            return
        if not above.key:
            self.sought.setdefault("", _Sought()).remarks += [said, *self.reasons(row)]
            return
        new = self.new.setdefault(above.key, _Sought())
        new.more += [_unlabelled(paragraph) for paragraph in said.split(PARAGRAPH_BREAK) if paragraph.strip()]
        new.reasons += self.reasons(row)

    def wanted(self, key: str, sought: _Sought) -> Iterator[Wanted]:
        """Yield what the rows of one provision ask for."""
        why = _joined(sought.reasons)
        if sought.gone is not None:
            yield Wanted(key, (sought.gone,), why)
        elif sought.parts:
            base = self.by_key[key]
            parts: Parts = {**base.parts, **sought.parts}
            changes = [Change(Operation.AMEND, key, parts)] if parts != base.parts else []
            changes += [self.insertion(key, sought.more)] if sought.more else []
            yield Wanted(key, tuple(changes), why)
        elif why and not sought.others:
            sought.remarks.append(why)
        if sought.others:
            yield Wanted(key, tuple(sought.others), why)
        if sought.remarks:
            yield Wanted(key, (), remark=_joined(sought.remarks))

    def inserted(self, key: str, sought: _Sought) -> Wanted:
        """Return what the new rows after a provision ask for."""
        return Wanted(key, (self.insertion(key, sought.more),), _joined(sought.reasons))

    def insertion(self, key: str, paragraphs: Sequence[Text]) -> Change:
        """Return the insertion of paragraphs after a provision: like it, or first under it where it is a heading."""
        above = self.by_key[key]
        is_headline = above.kind in (Kind.HEADING, Kind.TITLE)
        under = key if above.kind is Kind.HEADING else above.parent
        place = Place(under, None if above.kind is Kind.HEADING else key)
        kind = Kind.PARAGRAPH if is_headline or above.kind is Kind.FOOTNOTE else above.kind
        level = above.level + 1 if above.kind is Kind.HEADING else above.level
        block = tuple(
            Provision(f"new{number}", kind, level, under, {TEXT: words}) for number, words in enumerate(paragraphs)
        )
        return Change(Operation.INSERT, block[0].key, place=place, block=block)


def cells_of(table: Provision, rows: Iterable[Provision]) -> list[list[str]]:
    """Return a table as plain cells, the headings first, paragraphs of a cell on lines of their own."""
    found = [[_said(table.parts.get(column, ()), PARAGRAPH_BREAK) for column in table.columns]]
    for row in rows:
        cells = [_said(row.parts.get(column, ()), PARAGRAPH_BREAK) for column in table.columns]
        if NUMBER in table.columns and not cells[table.columns.index(NUMBER)]:
            cells[table.columns.index(NUMBER)] = row.label
        found.append(cells if any(cells) else [plain(row.text), *cells[1:]])
    return found


def _part(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 1.0


def _said(content: Content, paragraph: str = " ") -> str:
    """Return the words of a cell, spaces in a line made one."""
    if isinstance(content, States):
        return ""
    lines = plain(tuple(run for run in content if run.note is None)).split(PARAGRAPH_BREAK)
    return paragraph.join(line for line in (_SPACES.sub(" ", line).strip() for line in lines) if line)


def _folded(said: str) -> str:
    return " ".join(said.replace(NOTE, "").split()).strip().rstrip(".;。；")


def _bare(label: str) -> str:
    return label.strip().strip("().（）、–—-• ").casefold()


def _unique(pairs: Iterable[tuple[str, Line]]) -> dict[str, Line]:
    """Return name to line, without the names that two lines have, and the empty one."""
    found: dict[str, Line | None] = {}
    for name, line in pairs:
        found[name] = None if name in found else line
    return {name: line for name, line in found.items() if line is not None and name}


def _labelled(base: Provision, line: Line) -> str:
    return f"{base.label} {plain(line.text)}" if base.label else plain(line.text)


def _unlabelled(said: str) -> Text:
    label = parse_typed(said)
    return text(said[label.words_at :] if label else said)


def _joined(said: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(said))


def _with_references(old: Text, said: str) -> str:
    """Return words with the references to footnotes of *old*: each after the words it stood after, else at the end."""
    written = plain(old)
    for at, character in enumerate(written):
        if character == NOTE:
            before = written[:at].replace(NOTE, "")[-_NEAR:]
            found = said.find(before) if before else -1
            end = found + len(before) if found >= 0 else len(said.rstrip(".;,。；，"))
            said = said[:end] + NOTE + said[end:]
    return said


def _with_spaces(old: Text, said: str) -> str:
    """Return words with the spaces of *old* where they stayed: who types a line anew types no no-break spaces."""
    written = tokens(text(plain(old).replace(NOTE, "")))
    before, after = _tokens_of(written), _tokens_of(tokens(text(said)))
    found: list[str] = []
    done = 0
    for start, end, added in edits(before, after):
        found += [token.text for token in written[done:start]] + [token.text for token in added]
        done = end
    return "".join([*found, *(token.text for token in written[done:])])


def _tokens_of(pieces: Iterable[Token]) -> tuple[Token, ...]:
    """Return tokens with every kind of space made a plain one."""
    return tuple(token._replace(text=" ") if token.text.isspace() else token for token in pieces)
