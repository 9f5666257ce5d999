"""The names of states as they stand in lists."""

import pytest

from app.docxio.sheets import Sheet, StateName

NAMES = {
    "ru": {
        "BLR": StateName("Беларусь", "Республика Беларусь"),
        "CHN": StateName("Китай", "Китайская Народная Республика"),
    },
    "zh": {"BLR": StateName("白俄罗斯", "白俄罗斯共和国"), "CHN": StateName("中国", "中华人民共和国")},
    "en": {
        "BLR": StateName("Belarus", "Republic of Belarus", listed="the Republic of Belarus"),
        "CHN": StateName("China", "People's Republic of China", listed="the People's Republic of China"),
    },
}


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ru", "Республика Беларусь и Китайская Народная Республика"),
        ("zh", "白俄罗斯共和国和中华人民共和国"),
        ("en", "The Republic of Belarus and the People's Republic of China"),
    ],
)
def test_states_that_join_a_paragraph_open_it_as_a_sentence_does(language, written):
    sheet = Sheet(language, names=NAMES[language], order=("BLR", "CHN"))

    assert sheet.joined_list({"CHN", "BLR"}) == written


def test_three_states_are_divided_by_commas_but_for_the_last():
    names = {code: StateName(code, code) for code in ("A", "B", "C")}

    assert Sheet("ru", names=names, order=("A", "B", "C")).joined_list({"C", "A", "B"}) == "A, B и C"


def test_one_state_stands_alone():
    assert Sheet("en", names=NAMES["en"], order=("BLR",)).joined_list({"BLR"}) == "The Republic of Belarus"
