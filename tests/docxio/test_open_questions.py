"""The list of open questions, read as a table."""

import io
from datetime import date

import docx
import pytest

from app.docxio.open_questions import Question, Reading, open_questions
from app.docxio.sheets import Sheet, StateName
from app.text.differences import Mark, Span
from app.text.runs import text


@pytest.mark.parametrize(
    ("wording", "remark", "printed"),
    [
        ("в срок", "Срок нужен.", "俄罗斯：в срок Срок нужен."),
        ("按期", "需要期限。", "俄罗斯：按期需要期限。"),
        ("按期。", "Срок нужен.", "俄罗斯：按期。Срок нужен."),
        ("", "Срок нужен.", "俄罗斯：Срок нужен."),
    ],
)
def test_in_a_chinese_list_a_remark_stands_apart_from_the_wording_as_their_own_script_wants(wording, remark, printed):
    spans = (Span(Mark.KEPT, text(wording)),) if wording else ()
    sheet = Sheet("zh", title=("行动计划",), names={"RUS": StateName("俄罗斯", "俄罗斯联邦")})
    question = Question("第1款", "措辞", (Reading(frozenset({"RUS"}), spans, remark),))
    made = open_questions([question], sheet, date(2025, 4, 25))
    assert docx.Document(io.BytesIO(made)).tables[0].cell(1, 3).text == printed
