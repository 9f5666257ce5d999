"""Letters of the trade's own words in any order: none breaks the reader, and none goes unsaid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.formulas.tables import read_pasted
from tests.text.plans import STATES, plan

WORDS = {
    "ru": (
        "в|из|по|после|перед|под|пункт 2|пункте 6|пункты 3 и 4|пункт 0|подпункт «а»|подпункте «б» пункта 2|"
        "абзац второй|абзаце третьем|абзацем первым|абзац последний|абзац 99 – 0|раздел III|преамбулы|"
        "таблицу|таблицу 1|мероприятие 1.1|мероприятием 1.2|сноску 1|графу «Сроки исполнения»|графе 2|"
        "перечень государств|наименование|второе предложение|вторым предложением|предложением|"
        "по всему тексту|приложение|слова|«Стороны»|«Стороны.»|«1. Новое\n2. Иное»|«Беларусь»|«»|заменить|"
        "исключить|дополнить|изложить|в следующей редакции:|следующего содержания:|словами|перенести|"
        "в начало|в конец|оставить|сохранить|без изменений|исполнителем|из числа исполнителей|и|,|;|.|–|"
        "новым|пунктом 7|пунктом|пунктом 5 бис|абзацем|подпунктом «в»|поскольку|если|кроме|не поддерживаем|"
        "подпункты сохранить"
    ),
    "zh": (
        "将|把|在|第2段|第6段|第0段|第3段和第4段|第2段（a）项|（b）项|第二款|第一款|末款|第三部分|序言|"
        "序言第2段|表格|表格1|措施1.1|脚注1|“期限”一栏|国家名单|标题|第二句|末句|一句|全文|附件|“各方”|“”|"
        "“1. 新\n2. 其他”|“白俄罗斯”|改为|删去|增加|之后|之前|末尾|开头|之下|如下：|移至|保留|保持不变|"
        "负责方|和|，|；|。|第7段|一段|第5段之二|（c）项|因为|如果|除外|不|各项"
    ),
    "en": (
        "in|of|from|to|after|before|under|paragraph 2|paragraph 6|paragraph 0|paragraphs 3 and 4|item (a)|"
        "subparagraph (b) of paragraph 2|first line|second line|section III|preamble|preambular paragraph 2|"
        "the table|table 1|measure 1.1|footnote 1|column “Time frame”|column 2|list of states|title|"
        "second sentence|last sentence|a sentence|throughout the text|annex|the words|“Sides”|“”|"
        "“1. New\n2. Other”|“Belarus”|replace|with|delete|add|insert|should read|as follows:|move|"
        "to the end of|to the beginning of|keep|executors|and|,|;|.|new paragraph 7|new paragraph|"
        "paragraph 5 bis|new item (c)|because|if|except|not|its items"
    ),
}
PLANS = {language: plan(language) for language in WORDS}


@pytest.mark.parametrize("language", WORDS)
@given(data=st.data())
def test_whatever_a_letter_says_something_is_told_of_it(language, data):
    words = data.draw(st.lists(st.sampled_from(WORDS[language].split("|")), min_size=2, max_size=9))
    letter = ("" if language == "zh" else " ").join(words)

    read = read_pasted(letter, PLANS[language], language=language, names=STATES, minted_from="v")

    told = (*read.asked, *read.not_understood, *read.candidates, *read.beside)
    assert told or read.no_comments or not any(character.isalnum() for character in letter)
