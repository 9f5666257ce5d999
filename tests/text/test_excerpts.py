"""Excerpts of redlines."""

import pytest

from app.text.differences import Mark, redline
from app.text.excerpts import cut, excerpt
from app.text.runs import plain, text

LONG = "Стороны намерены создать общий каталог технических стандартов и опубликовать его до конца года"


def said(spans):
    marks = {Mark.KEPT: "{}", Mark.INSERTED: "+{}+", Mark.DELETED: "-{}-"}
    return "".join(marks[span.mark].format(plain(span.text)) for span in spans)


def test_around_a_change_only_a_few_words_stand():
    spans = redline(text(LONG), text(LONG.replace("технических", "открытых")))

    assert said(excerpt(spans, 2)) == "… общий каталог -технических-+открытых+ стандартов и …"


def test_between_two_changes_what_is_long_is_left_out():
    spans = redline(text(LONG), text(LONG.replace("намерены", "готовы").replace("года", "2026 года")))

    assert said(excerpt(spans, 1)) == "Стороны -намерены-+готовы+ создать … конца+ 2026+ года"


def test_a_redline_without_changes_is_cut():
    assert said(excerpt(redline(text(LONG), text(LONG)), 1)) == "Стороны намерены …"


def test_what_is_short_stays_whole():
    assert plain(cut(text("Два слова"), 2)) == "Два слова"
    assert excerpt((), 2) == ()


@pytest.mark.parametrize(("words", "expected"), [(1, "建…"), (3, "建立目…"), (9, "建立目录")])
def test_a_chinese_character_counts_as_a_word(words, expected):
    assert plain(cut(text("建立目录"), words)) == expected
