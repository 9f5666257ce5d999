"""Rows and tables that are new in a draft's own file: sound, whatever stands in their cells."""

from datetime import date

import pytest

from app.docxio.consolidating import consolidated
from tests.docx_lint import problems
from tests.docxio.handmade import cell, docx, p, row
from tests.docxio.phenomena import grid

TWO_LINES = row("Связь", cell(p("Сеть") + p("Узел")))
BASE = docx(p("Первый.") + grid(row("Обмен", "Обзор"), row("Наука", "Курс")) + p("Конец."))


@pytest.mark.parametrize(
    "returned",
    [
        docx(p("Первый.") + grid(row("Обмен", "Обзор"), TWO_LINES, row("Наука", "Курс")) + p("Конец.")),
        docx(
            p("Первый.") + grid(row("Обмен", "Обзор"), row("Наука", "Курс")) + p("Ещё.") + grid(TWO_LINES) + p("Конец.")
        ),
    ],
)
def test_each_paragraph_of_a_new_cell_has_a_mark_of_its_own(returned):
    draft = consolidated(BASE, {"Иран": returned}, at=date(2025, 4, 25))

    assert problems(draft) == []
