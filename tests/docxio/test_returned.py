"""A file that came back, as changes to the text it was made from."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.docxio.reader import read_draft
from app.docxio.returned import BaseDiffers, understand_return
from app.docxio.revised import Revised, WordComment, read_revised
from app.docxio.understanding import Confidence, NotUnderstood, RecognisedBy, Unclear, Understanding, Understood
from app.text.outline import outline
from app.text.provision import STATES, TEXT, Kind, States
from app.text.runs import Marks, Run, plain, text
from app.text.structure import apply_changes
from tests.docxio import handmade as tables
from tests.text.drafts import edition, heading, paragraph, row, table
from tests.text.strategies import editions
from tests.text.test_deriving import rewritten

BASE = edition(
    heading("h", "Aims of the Programme"),
    paragraph("a", "The Parties establish a common platform for skills.", "h", 1, "1."),
    paragraph("b", "Research on artificial intelligence is carried out each year.", "h", 1, "2."),
    paragraph("c", "Experts meet twice a year and report to the ministers.", "h", 1, "3."),
)


def read(provisions, unclear=(), automatic=()):
    """Return provisions as they are read from a file."""
    return Understood(
        tuple(
            Understanding(p, RecognisedBy.AUTOMATIC if p.key in automatic else RecognisedBy.PLAIN, Confidence.SURE)
            for p in provisions
        ),
        tuple(unclear),
        (),
        "en",
    )


def returned(after, before=BASE, *, comments=(), unclear=(), automatic=()):
    """Return a file with tracked changes; *before* None: one without."""
    tracked = before is not None
    return Revised(read(before if tracked else after), read(after, unclear, automatic), (), tuple(comments), tracked)


def reworded(**words):
    return [replace(p, parts={TEXT: text(words[p.key])}) if p.key in words else p for p in BASE]


def renamed(provisions, prefix="p"):
    """Return provisions under keys by position, as a file has them that carries none."""
    keys = {p.key: f"{prefix}{n}" for n, p in enumerate(provisions, 1)}
    return [
        replace(
            p,
            key=keys[p.key],
            parent=keys.get(p.parent),
            parts={
                name: c if isinstance(c, States) else tuple(r._replace(note=keys.get(r.note, r.note)) for r in c)
                for name, c in p.parts.items()
            },
        )
        for p in provisions
    ]


def comment(number, words, provision, parent=None):
    return WordComment(str(number), "A person", "", words, provision, "", "", parent, False)


def told(found):
    return [(c.operation.value, c.key) for c in found.changes]


def worded(provisions):
    """Return the characters of provisions, marks apart."""
    return [
        {name: plain(c) if isinstance(c, tuple) else c for name, c in p.parts.items() if c and c != States(frozenset())}
        for p in provisions
    ]


@st.composite
def rewritings(draw):
    base = draw(editions())
    base = replace(base, provisions=outline(base.provisions))
    return base, draw(rewritten(base))


@given(rewritings())
def test_what_a_tracked_file_says_after_its_changes_is_what_is_asked_for(drawn):
    base, new = drawn
    known = base.by_key()
    after = [replace(p, kind=known[p.key].kind, level=known[p.key].level) if p.key in known else p for p in new]
    after = replace(new, provisions=outline(after))
    if any(p.kind is not after.by_key()[p.key].kind for p in base if p.key in after.by_key()):
        return  # a row without its table

    found = understand_return(base, returned(after, base))

    assert found.not_understood or worded(apply_changes(base, found.changes)) == worded(after)


def test_a_file_that_carries_the_keys_is_understood_by_them():
    found = understand_return(BASE, returned(reworded(b="Nothing of what stood here.")))

    assert told(found) == [("amend", "b")]


def test_a_file_that_lost_the_keys_is_understood_by_likeness():
    before, after = renamed(BASE), renamed(reworded(b="Research on artificial intelligence is carried out."))

    assert told(understand_return(BASE, returned(after, before))) == [("amend", "b")]


def test_a_file_without_tracked_changes_is_compared_with_the_base():
    after = renamed(reworded(b="Research on artificial intelligence is carried out every second year."))

    assert told(understand_return(BASE, returned(after, None))) == [("amend", "b")]


def test_a_file_that_came_back_as_it_went_asks_for_nothing():
    assert understand_return(BASE, returned(renamed(BASE), None)).changes == ()


def test_a_number_by_position_is_not_believed_where_the_words_are_others():
    base = edition(*renamed(BASE))
    after = renamed([BASE.provisions[0], *BASE.provisions[2:]])

    assert told(understand_return(base, returned(after, None))) == [("delete", "p2")]


def test_a_file_made_from_another_text_is_refused_with_what_differs():
    before = reworded(c="Experts meet three times a year and report to the ministers.")

    with pytest.raises(BaseDiffers) as refused:
        understand_return(BASE, returned(before, before))

    (difference,) = refused.value.differences
    assert (difference.provision, difference.expected[:22]) == ("c", "3. Experts meet twice ")
    assert difference.found.startswith("3. Experts meet three times")
    assert "1 differences" in str(refused.value)


def test_what_another_text_has_more_is_named_after_what_it_follows():
    before = [*BASE.provisions[:2], paragraph("z", "Something more.", "h", 1), *BASE.provisions[2:]]

    with pytest.raises(BaseDiffers) as refused:
        understand_return(BASE, returned(before, before))

    assert [(d.provision, d.expected, d.found) for d in refused.value.differences] == [("a", "", "Something more.")]


def test_a_wholly_different_file_is_refused_though_it_has_no_tracked_changes():
    with pytest.raises(BaseDiffers):
        understand_return(
            BASE, returned([paragraph("p1", "A cooking recipe."), paragraph("p2", "Take six eggs.")], None)
        )


def test_a_file_made_from_another_text_is_aligned_where_that_is_asked_for():
    before = reworded(c="Experts meet three times a year and report to the ministers.")
    after = [
        replace(p, parts={TEXT: text("The Parties set up a common platform for skills.")}) if p.key == "a" else p
        for p in before
    ]

    found = understand_return(BASE, returned(after, before), align=True)

    assert told(found) == [("amend", "a")]
    assert [d.provision for d in found.differences] == ["c"]


def test_a_change_of_words_that_the_base_does_not_have_must_be_restated():
    before = reworded(c="Experts meet three times a year and report to the ministers.")
    after = reworded(c="Experts meet four times a year and report to the ministers.")

    found = understand_return(BASE, returned(after, before), align=True)

    assert found.changes == ()
    assert [(n.where, n.what) for n in found.not_understood] == [("c", Unclear.MUST_BE_RESTATED)]


def test_a_change_of_format_alone_asks_for_nothing():
    bold = [replace(p, parts={TEXT: (Run(p.text[0].text, Marks.BOLD),)}) for p in BASE]

    assert understand_return(BASE, returned(bold)).changes == ()


def test_new_words_keep_their_marks():
    words = text("The Parties establish ", Run("at once ", Marks.BOLD), "a common platform for skills.")

    (change,) = understand_return(
        BASE, returned([replace(p, parts={TEXT: words}) if p.key == "a" else p for p in BASE])
    ).changes

    assert change.parts == {TEXT: words}


def test_a_comment_belongs_to_the_change_it_touches():
    after = [*reworded(b="Research is carried out each year."), paragraph("n1", "A new one.", "h", 1)]
    remarks = [comment(1, "why", "b"), comment(2, "new", "n1"), comment(3, "fine", "c"), comment(4, "all", "")]

    found = understand_return(BASE, returned(after, comments=remarks))

    _, inserted = found.changes
    assert {key: [c.text for c in them] for key, them in found.comments.items()} == {
        "b": ["why"],
        inserted.key: ["new"],
        "c": ["fine"],
        "": ["all"],
    }


def test_a_comment_on_what_goes_belongs_to_the_deletion_above_it():
    base = edition(*BASE, paragraph("c1", "In May.", "c", 2))
    after = base.provisions[:3]

    found = understand_return(base, returned(after, base, comments=[comment(1, "why", "c1")]))

    assert list(found.comments) == ["c"]


def test_an_automatic_number_does_not_come_along():
    new = paragraph("n1", "A new one.", "h", 1, "4.")

    (change,) = understand_return(BASE, returned([*BASE, new], automatic=["n1"])).changes

    assert [p.label for p in change.block] == [""]


def test_a_typed_number_comes_along():
    (change,) = understand_return(BASE, returned([*BASE, paragraph("n1", "A new one.", "h", 1, "3 bis.")])).changes

    assert [p.label for p in change.block] == ["3 bis."]


def test_columns_of_other_names_are_the_same_columns():
    base = edition(table("t", ("measure", "who")), row("r", measure="Train experts", who="China"))
    other = [table("p1", ("c1", "c2")), row("p2", "p1", c1="Train experts", c2="India")]
    other[0] = replace(other[0], parts={"c1": text("measure"), "c2": text("who")})

    (change,) = understand_return(base, returned(other, None)).changes

    assert (change.key, change.parts["who"]) == ("r", text("India"))


def test_the_column_of_numbers_that_papers_print_is_none_of_the_base():
    base = edition(table("t", ("measure", "who")), row("r", measure="Train experts", who="China", label="1."))
    head = replace(base.provisions[0], columns=("no", "measure", "who"))
    head = replace(head, parts={"no": text("No."), **head.parts})
    one = replace(base.provisions[1], parts=base.provisions[1].parts | {"who": text("India")})

    found = understand_return(base, returned([head, one], [head, base.provisions[1]]))

    assert [(change.key, change.parts["who"]) for change in found.changes] == [("r", text("India"))]


def test_who_strikes_the_headings_leaves_the_numbers_of_the_rows():
    head = tables.row("№ п/п", "Мероприятия", properties="<w:tblHeader/>")
    section = tables.cell("I. Развитие связи", '<w:gridSpan w:val="2"/>')
    rows = tables.row("1.1", "Обзор программ"), tables.row("1.2", "Семинар по связи")
    base = read_draft(tables.docx(tables.table(head, tables.row(section), *rows))).edition()
    marked = tables.row(section, properties="<w:tblHeader/>")  # as LibreOffice leaves it: the first row repeats

    found = understand_return(base, read_revised(tables.docx(tables.table(marked, *rows))))

    assert [(c.operation.value, c.key, c.parts) for c in found.changes] == [("amend", base.provisions[0].key, {})]


def test_words_in_place_of_states_are_listed_and_the_states_stay():
    base = edition(paragraph("s", "shall share data.", **{STATES: {"CN", "RU"}}))
    before = [paragraph("s", "shall share data.", **{STATES: "China, Russia"})]
    after = [paragraph("s", "shall share data.", **{STATES: "China, Russia, India"})]

    found = understand_return(base, returned(after, before))

    assert found.changes == ()
    assert [(n.where, n.what, n.excerpt) for n in found.not_understood] == [
        ("s", Unclear.STATES_AS_WORDS, "China, Russia, India")
    ]


def test_a_picture_that_was_taken_out_is_listed_and_stays():
    base = edition(*BASE, paragraph("f", kind=Kind.FIXED))

    found = understand_return(base, returned(BASE.provisions, base))

    assert found.changes == ()
    assert [(n.where, n.what) for n in found.not_understood] == [("f", Unclear.CHANGED_OBJECT)]


def test_a_picture_that_was_taken_out_with_its_paragraph_is_listed_and_stays():
    base = edition(*BASE, paragraph("f", parent="c", level=2, kind=Kind.FIXED))

    found = understand_return(base, returned(BASE.provisions[:3], base))

    assert told(found) == [("delete", "c")]
    assert [(n.where, n.what) for n in found.not_understood] == [("f", Unclear.CHANGED_OBJECT)]


def test_a_picture_that_was_put_in_is_listed():
    after = [*BASE, paragraph("n1", "A new one.", "h", 1), paragraph("n2", kind=Kind.FIXED)]

    found = understand_return(BASE, returned(after))

    assert [[p.kind for p in c.block] for c in found.changes] == [[Kind.PARAGRAPH]]
    assert [n.what for n in found.not_understood] == [Unclear.CHANGED_OBJECT]


def test_what_was_not_understood_before_the_changes_is_not_told_again():
    old, new = NotUnderstood("a", Unclear.PICTURE, ""), NotUnderstood("b", Unclear.CHANGED_TABLE, "")
    file = returned(BASE.provisions, unclear=[old, new])
    file = replace(file, before=replace(file.before, not_understood=(old,)))

    assert understand_return(BASE, file).not_understood == (new,)


@pytest.mark.parametrize("before", [BASE, None])
def test_numbers_that_were_typed_otherwise_are_listed_as_one_thing(before):
    labels = {"a": "1 bis.", "c": "4."}
    after = [replace(p, label=labels.get(p.key, p.label)) for p in BASE]

    found = understand_return(BASE, returned(after, before))

    assert told(found) == []
    assert found.not_understood == (NotUnderstood("a", Unclear.CHANGED_NUMBER, "1. → 1 bis.; 3. → 4."),)


def test_numbers_that_word_counts_on_are_not_listed():
    after = [replace(p, label="9.") if p.key == "c" else p for p in BASE]

    assert understand_return(BASE, returned(after, automatic=("c",))).not_understood == ()


@pytest.mark.parametrize("label", ["1.1 by 2027", "out", "1.1 bis"])
def test_words_typed_beside_a_rows_number_are_listed(label):
    base = edition(table("t", ("measure", "who")), row("r", measure="Train experts", who="China", label="1.1"))
    after = [base.provisions[0], replace(base.provisions[1], label=label)]

    found = understand_return(base, returned(after, base.provisions))

    assert found.not_understood == (NotUnderstood("r", Unclear.CHANGED_NUMBER, f"1.1 → {label}"),)


@pytest.mark.parametrize("label", ["1.2", "12.", "(b)", "IV.", "三、"])
def test_a_rows_number_that_moves_on_is_not_listed(label):
    base = edition(table("t", ("measure", "who")), row("r", measure="Train experts", who="China", label="1.1"))
    after = [base.provisions[0], replace(base.provisions[1], label=label)]

    assert understand_return(base, returned(after, base.provisions)).not_understood == ()


def test_the_typed_number_of_a_paragraph_that_was_joined_to_a_counted_one_is_no_word():
    one, other = BASE.by_key()["a"], BASE.by_key()["b"]
    joined = replace(one, label="–", parts={TEXT: text("1. ", *one.text, *other.text)})
    after = [BASE.by_key()["h"], joined, BASE.by_key()["c"]]

    found = understand_return(BASE, returned(after, automatic=["a"]))

    assert found.changes[0].parts == {TEXT: text(*one.text, *other.text)}


def test_a_number_that_a_counted_paragraph_says_itself_stays():
    doubled = edition(paragraph("a", "1. The Parties establish a common platform.", None, 0, "1."))

    assert understand_return(doubled, returned(doubled, None, automatic=["a"])).changes == ()
