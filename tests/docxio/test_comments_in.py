"""Comments as Word threads them: who answers whom, what is settled, and at which words they stand."""

from app.docxio.revised import read_revised
from tests.docxio.handmade import cell, docx, notes, p, row, run, table
from tests.docxio.phenomena import ins, mark

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def comment(name, author, words):
    at = f'w:author="{author}" w:date="2025-04-20T10:00:00Z"'
    body = f'<w:p w14:paraId="0000000{name}"><w:r><w:t>{words}</w:t></w:r></w:p>'
    return f'<w:comment w:id="{name}" {at}>{body}</w:comment>'


def said(name, parent=None, done="0"):
    answers = f' w15:paraIdParent="0000000{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="0000000{name}"{answers} w15:done="{done}"/>'


def range_of(names, words):
    begin = "".join(f'<w:commentRangeStart w:id="{name}"/>' for name in names)
    end = "".join(f'<w:commentRangeEnd w:id="{name}"/><w:r><w:commentReference w:id="{name}"/></w:r>' for name in names)
    return begin + run(words) + end


def read(*extended, names="123"):
    written = [
        comment("1", "Китай", "Зачем срок?"),
        comment("3", "Иран", "Согласны."),
        comment("2", "Китай", "Отвечаем."),
    ]
    data = docx(
        p(run("Стороны ") + range_of(names, "в 2026 году") + run(" создают платформу.")),
        comments=f'<w:comments xmlns:w="{_W}" xmlns:w14="{_W14}">{"".join(written)}</w:comments>',
        commentsExtended=f'<w15:commentsEx xmlns:w15="{_W15}">{"".join(extended)}</w15:commentsEx>',
    )
    return [(c.text, c.parent, c.resolved, c.quoted) for c in read_revised(data).comments]


def test_an_answer_follows_what_it_answers():
    assert read(said("1"), said("2", parent="1"), said("3")) == [
        ("Зачем срок?", None, False, "в 2026 году"),
        ("Отвечаем.", "1", False, "в 2026 году"),
        ("Согласны.", None, False, "в 2026 году"),
    ]


def test_an_answer_to_an_answer_stands_in_its_thread():
    found = read(said("1"), said("3", parent="1"), said("2", parent="3"))

    assert [(words, parent) for words, parent, _, _ in found] == [
        ("Зачем срок?", None),
        ("Согласны.", "1"),
        ("Отвечаем.", "3"),
    ]


def test_a_thread_is_settled_with_all_its_answers():
    found = read(said("1", done="1"), said("2", parent="1"), said("3"))

    assert {words: done for words, _, done, _ in found} == {"Зачем срок?": True, "Отвечаем.": True, "Согласны.": False}


def test_comments_that_answer_each_other_in_a_circle_are_all_told():
    found = read(said("1", parent="2"), said("2", parent="1"), said("3"))

    assert sorted(words for words, *_ in found) == ["Зачем срок?", "Отвечаем.", "Согласны."]


def test_a_comment_at_no_words_is_told_without_any():
    assert [quoted for *_, quoted in read(said("1"), said("2"), said("3"), names="1")] == ["в 2026 году", "", ""]


def test_a_comment_that_ends_after_the_last_paragraph_quotes_it():
    inside = f'{p("до")}<w:commentRangeStart w:id="1"/>{p("весь абзац")}<w:commentRangeEnd w:id="1"/>'
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    written = f'<w:comments xmlns:w="{_W}" xmlns:w14="{_W14}">{comment("1", "Китай", "Зачем?")}</w:comments>'

    for body in (inside, table(row(cell(inside)))):
        footnotes = notes(f'<w:footnote w:id="1">{p("сноска")}</w:footnote>')
        (found,) = read_revised(docx(p(run("a") + note) + body, footnotes=footnotes, comments=written)).comments

        assert found.quoted == "весь абзац"


def test_a_comment_on_a_paragraph_that_comes_stands_at_that_one():
    begin, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    body = p("Первый.") + p(begin + ins("Новый.") + end, mark("ins")) + p("Последний.")
    written = f'<w:comments xmlns:w="{_W}" xmlns:w14="{_W14}">{comment("1", "Китай", "Зачем?")}</w:comments>'

    revised = read_revised(docx(body, comments=written))

    assert [(change.provision, change.comments) for change in revised.changes] == [("n1", ("1",))]
    assert [one.provision for one in revised.comments] == ["n1"]
