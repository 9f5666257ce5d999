"""Which provisions of two stretches correspond, by how much they have in common."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from app.text.likeness import ALIKE, Worded, aligned, least_likeness, likeness
from app.text.provision import Kind

_WORDS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=6).map(" ".join)
_SAME = st.integers(0, 12).map(lambda count: " ".join(["one, word"] * count))
"""What texts begin and end with in common, from nothing to long enough to be cut off."""
_STRETCH = st.builds(
    lambda every, begun, ended: [
        Worded(at, "words", Kind.PARAGRAPH, f"{begun} {words} {ended}") for at, words in enumerate(every)
    ],
    st.lists(_WORDS, min_size=1, max_size=4),
    _SAME,
    _SAME,
)


@given(st.lists(_WORDS, max_size=3), st.lists(_WORDS, max_size=3), st.integers(0, 9), st.integers(0, 9))
def test_common_ends_count_as_all_other_words(old, new, before, after):
    one, other = (
        Worded(0, "words", Kind.PARAGRAPH, " ".join(["long, word"] * before + middle + ["and — so 字字 on."] * after))
        for middle in (old, new)
    )

    total = one.count + other.count

    plain = 2 * LCSseq.similarity(one.pieces, other.pieces) / total if total else 0.0
    assert likeness(one, other) == plain
    assert least_likeness(one, other) <= plain


def weight(old, new, pairs):
    return sum(likeness(old[i], new[j]) ** 2 for i, j in pairs)


def possible(old, new):
    """Yield every choice of alike pairs that keep their order."""
    for count in range(min(len(old), len(new)) + 1):
        for rows in combinations(range(len(old)), count):
            for columns in combinations(range(len(new)), count):
                pairs = list(zip(rows, columns, strict=True))
                if all(likeness(old[i], new[j]) >= ALIKE for i, j in pairs):
                    yield pairs


@given(_STRETCH, _STRETCH)
def test_two_stretches_correspond_as_alike_as_can_be(old, new):
    if len(old) == len(new) == 1:
        return  # what stands alone between two others may be a reworded heading

    found = aligned(old, new)

    assert found in list(possible(old, new))
    assert weight(old, new, found) >= max(weight(old, new, pairs) for pairs in possible(old, new)) - 1e-9


def test_stretches_that_are_nearly_equal_correspond_one_by_one():
    old = [Worded(n, "words", Kind.PARAGRAPH, f"the {n} common platform") for n in range(4)]
    new = [Worded(n, "words", Kind.PARAGRAPH, f"the {n} common digital platform") for n in range(4)]

    assert aligned(old, new) == [(n, n) for n in range(4)]
