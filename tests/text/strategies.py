"""Drafts and wishes drawn at random: Russian, Chinese, English and mixed, with marks, trees, tables and states."""

from dataclasses import replace

from hypothesis import strategies as st

from app.text.canonical import mint_key
from app.text.changes import Change, ContradictoryWishes, Operation, Wish
from app.text.provision import STATES, TEXT, Edition, Kind, Place, Provision, States
from app.text.runs import NOTE, Run, text
from app.text.structure import Outline, asked
from app.text.tokens import Token, tokens, untokenize

DELEGATIONS = ("BY", "IN", "IR", "KZ", "CN", "KG", "PK", "RU", "TJ", "UZ")
"""Ten delegations in protocol rank, which is not the order of their codes."""

WORDS = {
    "ru": ("Стороны", "создают", "цифровую", "инфраструктуру", "и", "в", "12,5", "члены-участники", "«план»", "ШОС"),
    "en": ("Parties", "shall", "the", "share", "don't", "2025", "digital", "(a)", "and", "data"),
    "zh": ("各方", "建立", "数字", "平台", "的", "年", "《计划》", "。", "，", "2025"),
}
WORDS["mixed"] = WORDS["ru"][:4] + WORDS["en"][:3] + WORDS["zh"][:4]
SPACES = (" ", " ", " ", "", ", ", ". ", "\u00a0", " – ", " [", "] ", "\n", "\t")


@st.composite
def texts(draw, language="mixed", max_words=8, min_words=0):
    """Draw a Text of a few words with marks and, rarely, footnote references."""
    runs = []
    for _ in range(draw(st.integers(min_words, max_words))):
        marks = draw(st.sampled_from((0, 0, 0, 0, 1, 2, 8)))
        runs.append(Run(draw(st.sampled_from(WORDS[language])), marks))
        runs.append(Run("" if language == "zh" else draw(st.sampled_from(SPACES)), marks))
        if draw(st.integers(0, 15)) == 0:
            runs.append(Run(NOTE, 0, "n1"))
    return text(*runs)


@st.composite
def rewordings(draw, base, language):
    """Draw a Text near *base*: a few runs of tokens deleted, replaced or inserted; sometimes nothing in common."""
    if draw(st.integers(0, 9)) == 0:
        return draw(texts(language))
    pieces = list(tokens(base))
    # Few places and few words: wishes have to meet and to collide often.
    words = [(), (Token(WORDS[language][0]),), (Token(WORDS[language][1]), Token(" "))]
    for _ in range(draw(st.integers(1, 2))):
        start = min(len(pieces), draw(st.integers(0, 4)))
        end = min(len(pieces), start + draw(st.sampled_from((0, 0, 1, 3))))
        pieces[start:end] = draw(st.sampled_from(words))
    return untokenize(pieces)


def states():
    """Draw a set of states, seldom with a group that no delegation is."""
    return st.sets(st.sampled_from((*DELEGATIONS[:6], "ALL", "SEC")), max_size=4).map(lambda m: States(frozenset(m)))


@st.composite
def contents(draw, language, columns=()):
    """Draw the parts of a provision, or of a row of a table with these columns."""
    if not columns:
        parts = {TEXT: draw(texts(language))}
        if draw(st.integers(0, 5)) == 0:
            parts[STATES] = draw(states())
        return parts
    if draw(st.integers(0, 5)) == 0:
        return {TEXT: draw(texts(language))}
    return {name: draw(states() if name == "who" else texts(language, 4)) for name in columns}


@st.composite
def rows(draw, key, language, parent, columns):
    """Draw a row of a table."""
    return Provision(key, Kind.ROW, draw(st.integers(0, 1)), parent, draw(contents(language, columns)))


@st.composite
def editions(draw, language=None, max_provisions=8):
    """Draw an Edition: headings over items over tables, in any nesting that makes a tree."""
    language = language or draw(st.sampled_from(tuple(WORDS)))
    found: list[Provision] = []
    open_parents: list[Provision] = []
    for number in range(draw(st.integers(0, max_provisions))):
        open_parents = open_parents[: draw(st.integers(0, len(open_parents)))]
        above = open_parents[-1] if open_parents else None
        key, parent = f"p{number}", above.key if above else None
        if above is not None and above.kind is Kind.TABLE:
            one = draw(rows(key, language, parent, above.columns))
        else:
            kind = draw(
                st.sampled_from((Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.ITEM, Kind.TABLE, Kind.FOOTNOTE))
            )
            columns = ("no", "what", "who") if kind is Kind.TABLE else ()
            parts = {name: text(name) for name in columns} if columns else draw(contents(language))
            one = Provision(key, kind, len(open_parents), parent, parts, f"{number}.", columns)
        found.append(one)
        if one.kind is not Kind.ROW:
            open_parents = [*open_parents, one]
    return Edition(language, tuple(found))


@st.composite
def places(draw, outline):
    """Draw a place of an edition."""
    parent = draw(st.sampled_from((None, *outline.positions)))
    return Place(parent, draw(st.sampled_from((None, *outline.children.get(parent, ())))))


@st.composite
def blocks(draw, base, place):
    """Draw a block for a place: a provision or row, sometimes with one below it; keys minted as the product does."""
    above = base.by_key().get(place.parent)
    if above is not None and above.kind is Kind.TABLE:
        made = [draw(rows("", base.language, place.parent, above.columns))]
    else:
        made = [
            Provision("", Kind.ITEM, draw(st.integers(0, 2)), place.parent, {TEXT: draw(texts(base.language, 2, 1))})
        ]
        if draw(st.booleans()):
            made.append(replace(made[0], level=made[0].level + 1, parent="first"))
    keys = [mint_key("base", (place.parent, place.after), i, [p.parts for p in made]) for i in range(len(made))]
    return tuple(
        replace(p, key=key, parent=keys[0] if p.parent == "first" else p.parent)
        for p, key in zip(made, keys, strict=True)
    )


@st.composite
def wished_parts(draw, base, provision):
    """Draw the wished parts of a provision: each near what the base has, or gone, seldom one more."""
    parts = {}
    for name, content in provision.parts.items():
        if isinstance(content, States):
            parts[name] = draw(states())
        elif draw(st.integers(0, 9)):
            parts[name] = draw(rewordings(content, base.language))
    if provision.kind is Kind.ROW and draw(st.integers(0, 5)) == 0:
        parts.setdefault("what", draw(texts(base.language, 2)))
    if provision.kind is Kind.ITEM and draw(st.integers(0, 5)) == 0:
        parts.setdefault(STATES, draw(states()))
    return parts


@st.composite
def changes(draw, base, outline):
    """Draw a change of a base."""
    often = [Operation.AMEND] * 4 + [Operation.INSERT, Operation.MOVE]
    operation = draw(st.sampled_from([*often, *Operation])) if base.provisions else Operation.INSERT
    place = draw(places(outline)) if operation in (Operation.INSERT, Operation.MOVE) else None
    if operation is Operation.INSERT:
        block = draw(blocks(base, place))
        return Change(operation, block[0].key, place=place, block=block)
    provision = draw(st.sampled_from(base.provisions[:2] if draw(st.booleans()) else base.provisions))
    if operation is Operation.AMEND:
        level = draw(st.sampled_from((None, None, None, provision.level, provision.level + 1)))
        return Change(operation, provision.key, draw(wished_parts(base, provision)), level=level)
    if operation is Operation.MOVE:
        parts = draw(st.one_of(st.none(), wished_parts(base, provision)))
        return Change(operation, provision.key, parts, place, draw(st.sampled_from((None, None, 0, 2))))
    return Change(operation, provision.key, alone=operation is Operation.DELETE and draw(st.booleans()))


@st.composite
def companions(draw, base, outline, change):
    """Draw a change that stands beside another: at the same place, or inside what it moves."""
    if change.operation is Operation.INSERT:
        spot = outline.gap(change.place)[0]
        above = base.provisions[spot - 1].key if spot else None
        place = draw(st.sampled_from((change.place, Place(above, None) if above else change.place)))
        block = draw(blocks(base, place))
        return Change(Operation.INSERT, block[0].key, place=place, block=block)
    if change.operation is Operation.MOVE and len(outline.span(change.key)) > 1 and draw(st.booleans()):
        inner = base.provisions[draw(st.sampled_from(outline.span(change.key)[1:]))]
        return Change(Operation.AMEND, inner.key, draw(wished_parts(base, inner)))
    block = draw(blocks(base, Place(change.key, None)))
    return Change(Operation.INSERT, block[0].key, place=Place(change.key, None), block=block)


def added(outline, so_far, change):
    """Return the changes of one delegation with one more, unless that would contradict them."""
    try:
        asked(outline, [*so_far, change])
    except ContradictoryWishes:
        return so_far
    return [*so_far, change]


@st.composite
def rounds(draw, max_provisions=8, delegations=DELEGATIONS, max_changes=10, base=None):
    """Draw a base and the wishes of up to ten delegations; some meet, some collide, none contradicts itself.

    Args:
        max_provisions: Of the base, where none is given.
        delegations: Who may ask.
        max_changes: How many distinct changes there are at most.
        base: The edition to ask on.
    """
    base = base or draw(editions(max_provisions=max_provisions))
    outline = Outline(base)
    made: list[Change] = []
    asking: dict[str, list[Change]] = {}
    for _ in range(draw(st.integers(0, max_changes))):
        again = made and draw(st.integers(0, 3)) == 0
        change = draw(st.sampled_from(made)) if again else draw(changes(base, outline))
        together = [change]
        if change.operation in (Operation.INSERT, Operation.MOVE) and draw(st.booleans()):
            together.append(draw(companions(base, outline, change)))
        made.append(change)
        for sponsor in draw(st.lists(st.sampled_from(delegations), min_size=1, max_size=3, unique=True)):
            for one in together:
                asking[sponsor] = added(outline, asking.get(sponsor, []), one)
    return base, tuple(Wish(sponsor, change) for sponsor, found in asking.items() for change in found)


@st.composite
def rivalries(draw):
    """Draw one short paragraph that several delegations reword in a few places, with few words."""
    language = draw(st.sampled_from(("ru", "zh", "en")))
    space = "" if language == "zh" else " "
    words = WORDS[language]
    base = Edition(language, (Provision("p", Kind.PARAGRAPH, parts={TEXT: text(space.join(words[:5]))}),))
    asking = []
    for sponsor in draw(st.lists(st.sampled_from(DELEGATIONS), min_size=2, max_size=5, unique=True)):
        worded = list(words[:5])
        for _ in range(draw(st.integers(1, 2))):
            start = draw(st.integers(0, 3))
            worded[start : start + draw(st.integers(0, 2))] = draw(st.sampled_from(((), words[5:6], words[7:8])))
        asking.append(Wish(sponsor, Change(Operation.AMEND, "p", {TEXT: text(space.join(worded))})))
    return base, tuple(asking)


def negotiations():
    """Draw a base and wishes: whole drafts, or one paragraph that all want to reword."""
    return st.one_of(rounds(), rivalries())


def spelled(pieces):
    """Return the characters of tokens, for readable assertions."""
    return "".join(token.text for token in pieces if isinstance(token, Token))
