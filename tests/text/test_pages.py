"""Pages of a long text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.pages import PAGE, pages, part_of
from app.text.provision import Edition, Kind, Provision


def _draft(kinds: list[Kind]) -> Edition:
    found: list[Provision] = []
    heading: str | None = None
    for i, kind in enumerate(kinds):
        heading = f"p{i}" if kind is Kind.HEADING else heading
        found.append(Provision(f"p{i}", kind, parent=heading if heading != f"p{i}" else None))
    return Edition("ru", tuple(found))


KINDS = st.lists(st.sampled_from([Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.FOOTNOTE]), max_size=60)


@given(KINDS, st.integers(2, 12))
def test_pages_hold_every_provision_once(kinds: list[Kind], limit: int) -> None:
    found = pages(_draft(kinds), limit)
    assert [i for page in found for i in page] == list(range(len(kinds)))


@given(KINDS, st.integers(2, 12))
def test_a_page_is_bounded(kinds: list[Kind], limit: int) -> None:
    assert all(len(page) <= limit + limit // 4 for page in pages(_draft(kinds), limit))


def test_a_page_ends_before_a_heading() -> None:
    draft = _draft(([Kind.HEADING] + [Kind.PARAGRAPH] * 19) * 20)
    assert [page.start for page in pages(draft)] == [0, 120, 240, 360]


def test_a_page_does_not_end_before_a_footnote() -> None:
    draft = _draft([*[Kind.PARAGRAPH] * 4, Kind.FOOTNOTE, *[Kind.PARAGRAPH] * 4])
    assert [page.start for page in pages(draft, 4)] == [0, 3, 7]


def test_a_text_of_usual_length_is_one_page() -> None:
    assert pages(_draft([Kind.PARAGRAPH] * (PAGE + PAGE // 4))) == (range(PAGE + PAGE // 4),)


def test_an_empty_text_has_one_empty_page() -> None:
    assert pages(Edition("ru", ())) == (range(0),)


PARTS = Edition(
    "ru",
    (
        Provision("I", Kind.HEADING),
        Provision("1", Kind.PARAGRAPH, parent="I"),
        Provision("1a", Kind.ITEM, parent="1"),
        Provision("1b", Kind.ITEM, parent="1"),
        Provision("II", Kind.HEADING),
        Provision("2", Kind.PARAGRAPH, parent="II"),
    ),
)


@pytest.mark.parametrize(
    ("keys", "moving", "wanted"),
    [
        (["1b"], (), ["I", "1", "1b"]),
        (["1a", "1b"], (), ["I", "1", "1a", "1b"]),
        (["1", "II"], ["1"], ["I", "1", "1a", "1b", "II"]),
        (["gone", "II"], (), ["II"]),
        ([], (), []),
    ],
)
def test_a_part_of_a_text_is_what_is_named_with_all_it_stands_under_and_all_that_moves_along(keys, moving, wanted):
    assert [p.key for p in part_of(PARTS, keys, moving)] == wanted
