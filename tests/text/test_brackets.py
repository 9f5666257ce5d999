"""Brackets as data, and composed text in brackets."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.brackets import (
    NOTATIONS,
    Holding,
    PieceKind,
    bracketed,
    bracketed_block,
    bracketed_states,
    count,
    holdings_in,
    is_rewritten,
    lift,
    parse,
    unparse,
    variants,
)
from app.text.composing import compose
from app.text.composition import ComposedBlock, ComposedProvision, ComposedStates
from app.text.provision import TEXT, Place
from app.text.runs import plain, text
from app.text.tokens import Token, tokens
from tests.text.drafts import amend, composed, edition, insert, paragraph, spelled
from tests.text.strategies import DELEGATIONS, rounds

bracket_texts = st.lists(st.sampled_from(["[", "]", "а", " ", "数"]), max_size=20)


@given(bracket_texts)
def test_parsing_and_printing_again_changes_nothing(written):
    pieces = tuple(Token(c) for c in written)

    assert unparse(parse(pieces)) == pieces


@given(bracket_texts)
def test_lifting_every_bracket_leaves_none(written):
    content = text("".join(written))

    lifted = lift(content, range(count(content)))

    assert count(lifted) == 0
    assert plain(lifted).replace("[", "").replace("]", "") == plain(content).replace("[", "").replace("]", "")


def test_brackets_nest_and_count_from_their_opening():
    outer, *_ = (node for node in parse(tokens(text("a [b [c] d] e"))) if not isinstance(node, Token))

    assert (outer.ordinal, [n.ordinal for n in outer.inner if not isinstance(n, Token)]) == (0, [1])


def test_a_bracket_without_partner_is_no_bracket():
    assert count(text("a] b [c")) == 0


def test_literal_brackets_are_not_counted():
    assert count(text("[Note: a] and [b]"), literal={0}) == 1


def test_lifting_keeps_the_words():
    assert lift(text("a [b [c]] d"), {0}) == text("a b [c] d")


def test_lifting_with_the_words_leaves_one_space():
    assert lift(text("a [b] c"), {0}, keep=False) == text("a c")


def test_lifting_with_the_words_at_the_beginning_leaves_no_space():
    assert lift(text("[b] c [d]."), {0, 1}, keep=False) == text("c .")


def test_holdings_follow_their_brackets():
    old, new = text("[a] b [c] d"), text("x [new] b [c] [e]")
    holdings = [Holding(0, ("BY",), "Rev.1"), Holding(1, ("CN",), "Rev.1", "why")]

    kept = holdings_in(old, new, holdings)

    assert Holding(1, ("CN",), "Rev.1", "why") in kept


def test_holdings_go_with_their_brackets():
    assert holdings_in(text("a [b [c]]"), text("a b [c]"), [Holding(0, ("BY",)), Holding(1, ("CN",))]) == (
        Holding(0, ("CN",)),
    )


def in_brackets(base, language="ru", anonymous=False, **wishes):
    notation = replace(NOTATIONS[language], anonymous=anonymous)
    comma = "、" if language == "zh" else ", "
    part = part_of(base, **wishes)
    return spelled(bracketed(part, comma.join, notation, DELEGATIONS))


def part_of(base, **wishes):
    made = composed(edition(paragraph("1", base)), **{code: amend("1", words) for code, words in wishes.items()})
    return dict(made.items[0].parts)[TEXT]


NOTATION = {
    "replaced words": (
        {"CN": "Стороны формируют сеть", "IR": "Стороны формируют сеть"},
        "Стороны [~создают~ IR, CN: *формируют*] сеть",
    ),
    "an insertion": ({"IN": "Стороны добровольно создают сеть"}, "Стороны [IN: *добровольно*] создают сеть"),
    "a deletion": ({"PK": "Стороны создают"}, "Стороны создают [~сеть~ – исключить: PK]"),
    "rivals for the same words": (
        {"CN": "Стороны формируют сеть", "IR": "Стороны развивают сеть", "PK": "Стороны сеть"},
        "Стороны [~создают~ IR: *развивают*; CN: *формируют* – исключить: PK] сеть",
    ),
    "two insertions at one gap": (
        {"IN": "Стороны быстро создают сеть", "IR": "Стороны вместе создают сеть"},
        "Стороны [IN: *быстро*] [IR: *вместе*] создают сеть",
    ),
    "an insertion at the very beginning": ({"IN": "Все Стороны создают сеть"}, "[IN: *Все*] Стороны создают сеть"),
    "a replacement inside a deletion": (
        {"PK": "сеть", "IN": "Стороны формируют сеть"},
        "[~Стороны ~[~создают~ IN: *формируют*] – исключить: PK] сеть",
    ),
    "deletions that overlap": (
        {"PK": "сеть", "IN": "Стороны"},
        "[~Стороны создают сеть~ IN: *Стороны*; PK: *сеть*]",
    ),
    "nobody asks for anything": ({}, "Стороны создают сеть"),
}


@pytest.mark.parametrize("name", NOTATION)
def test_the_notation_of_the_field_for(name):
    wishes, expected = NOTATION[name]

    assert in_brackets("Стороны создают сеть", **wishes) == expected


def test_the_chinese_notation_has_its_own_signs():
    written = in_brackets("各方建立平台", "zh", CN="各方构建平台", IR="各方构建平台", PK="各方建立")

    assert written == "各方[~建立~ IR、CN：*构建*][~平台~ – 删除：PK]"


def test_the_anonymous_style_names_nobody():
    wishes = {"CN": "Стороны формируют сеть", "PK": "Стороны сеть", "IN": "Стороны создают"}

    assert in_brackets("Стороны создают сеть", anonymous=True, **wishes) == "Стороны [создают] [*формируют*] [сеть]"


def test_deep_nesting_becomes_alternatives():
    base = "а б в г д е ж и"
    wishes = {"BY": "а и", "IN": "а б ж и", "IR": "а б в е ж и", "KZ": "а б в г Д е ж и"}

    written = in_brackets(base, **wishes)

    assert written.count("[") <= 3
    assert all(code in written for code in wishes)


def test_an_insertion_of_mere_space_is_shown():
    assert in_brackets("аб", BY="а б", IN="аб ") == "[~аб~ BY: *а б*][IN: * *]"


@given(rounds(), st.booleans())
def test_brackets_lose_no_word_and_no_sponsor(drawn, anonymous):
    base, wishes = drawn
    notation = replace(NOTATIONS["en"], anonymous=anonymous)
    composition = compose(base, wishes, DELEGATIONS)

    for item in composition.items:
        for _, part in item.parts if isinstance(item, ComposedProvision) else ():
            if isinstance(part, ComposedStates):
                continue
            pieces = bracketed(part, ", ".join, notation, composition.order)
            words = [t.text for piece in pieces for t in tokens(piece.text)]
            sponsors = {who for piece in pieces for who in piece.sponsors}
            for gap in part.gaps:
                for insertion in gap:
                    assert {t.text for t in insertion.tokens if not t.text.isspace()} <= set(words)
                    assert sponsors >= set(insertion.sponsors)
            kinds = [piece.kind for piece in pieces]
            assert kinds.count(PieceKind.OPEN) == kinds.count(PieceKind.CLOSE)
            base_words = [t.text for t in part.tokens if not t.text.isspace()]
            assert sum(words.count(word) for word in set(base_words)) >= len(base_words)


def test_states_in_brackets_say_who_leaves_and_who_joins():
    base = edition(paragraph("1", "confirm", states={"BY", "IN"}))
    part = dict(composed(base, IN=amend("1", "confirm", states={"BY", "CN"})).items[0].parts)["states"]
    names = {"BY": "Belarus", "IN": "India", "CN": "China"}

    named = bracketed_states(part, names.get, ", ".join, NOTATIONS["en"])
    anonymous = bracketed_states(part, names.get, ", ".join, replace(NOTATIONS["en"], anonymous=True))

    assert spelled(named) == "Belarus, [~India~ – delete: IN], [IN: *China*]"
    assert spelled(anonymous) == "Belarus, [India], [*China*]"


def test_a_new_block_stands_in_one_bracket_with_its_holders():
    block = replace(insert_block(), sponsors=("KZ",))

    lines = bracketed_block(block, ", ".join, NOTATIONS["ru"])
    anonymous = bracketed_block(block, ", ".join, replace(NOTATIONS["ru"], anonymous=True))

    assert [spelled(line) for line in lines] == ["[(KZ) *new*", "*below*", "]"]
    assert [spelled(line) for line in anonymous] == ["[*new*", "*below*", "]"]


def insert_block():
    change = insert("n", "new", None, None, [("m", "below"), ("empty", "")])
    return ComposedBlock(Place(None, None), change.block, ())


def test_a_provision_worded_anew_is_rewritten():
    base = "one two three four five six seven"

    assert is_rewritten(part_of(base, CN="an altogether other text"), DELEGATIONS)
    assert not is_rewritten(part_of(base, CN="one two 3 four five six seven", IN="one two three"), DELEGATIONS)
    assert not is_rewritten(part_of("one two", CN="else"), DELEGATIONS)


def test_rivals_are_variants_with_the_base_first():
    part = part_of("base", CN="second", RU="first", BY="first")

    made = variants(part, ", ".join, NOTATIONS["ru"], DELEGATIONS)

    assert [(v.heading, plain(v.text), v.sponsors) for v in made] == [
        ("Вариант 1 (исходный текст)", "base", ()),
        ("Вариант 2 (BY, RU)", "first", ("BY", "RU")),
        ("Вариант 3 (CN)", "second", ("CN",)),
    ]


def test_variants_are_headed_by_language_and_style():
    part = part_of("base", CN="second")

    chinese = variants(part, "、".join, NOTATIONS["zh"], DELEGATIONS)
    anonymous = variants(part, ", ".join, replace(NOTATIONS["en"], anonymous=True), DELEGATIONS)

    assert [v.heading for v in chinese] == ["备选案文1（原文）", "备选案文2（CN）"]
    assert [v.heading for v in anonymous] == ["Alt 1", "Alt 2"]


@pytest.mark.parametrize("written", ["a [b [c] d] e", "[a] [b]", "no bracket", "[a", "a]", ""])
def test_the_tree_of_brackets_holds_every_token_once(written):
    assert unparse(parse(tokens(text(written)))) == tokens(text(written))
