"""Letters read: each formula of the trade, in three languages, on the plan of ``plans``."""

import pytest

from app.text.changes import Operation
from app.text.formulas.letters import guess_language
from app.text.formulas.understood import Reason
from app.text.provision import Place
from app.text.runs import plain
from tests.text.letters import amended, told, understood

RUSSIAN = {
    "в пункте 4 слова «граждан и экономик» заменить словами «граждан»": {
        ("4", "text"): "Стороны содействуют созданию открытых и общедоступных систем в интересах граждан Сторон."
    },
    "в пункте 4 слова «и общедоступных» исключить": {
        ("4", "text"): "Стороны содействуют созданию открытых систем в интересах граждан и экономик Сторон."
    },
    "в абзаце втором пункта 2 слова «в машиночитаемом виде» исключить;": {
        ("2a", "text"): "«открытые данные» – данные;"
    },
    'В подпункте "а" пункта 2 после слов "данные в" дополнить словом "открытом"': {
        ("2a", "text"): "«открытые данные» – данные в открытом машиночитаемом виде;"
    },
    "в подп. «б» п. 2 слова «умный город» заменить словами «цифровой город»": {
        ("2b", "text"): "«цифровой город» – город, создающий услуги на основе данных."
    },
    "пункт 6 изложить в следующей редакции: «6. Заседания проводятся дважды в год.»": {
        ("6", "text"): "Заседания проводятся дважды в год."
    },
    "пункт 6 изложить в следующей редакции:\n6. Заседания проводятся дважды в год.": {
        ("6", "text"): "Заседания проводятся дважды в год."
    },
    "пункт 6 исключить, изменив нумерацию последующих пунктов": {"6": Operation.DELETE},
    "Пункты 6 и 7 исключить": {"6": Operation.DELETE, "7": Operation.DELETE},
    "в графе «Исполнители» мероприятия 1.3 слово «Индия» исключить; "
    "мероприятие 1.1 дополнить исполнителем «Беларусь»": {
        ("1.3", "who"): {"KAZ"},
        ("1.1", "who"): {"PARTIES", "BLR"},
    },
    "графу «Сроки исполнения» мероприятия 1.1 изложить в следующей редакции: «2027 г.»": {("1.1", "time"): "2027 г."},
    "в мероприятии 1.3 слово «каталога» заменить словом «перечня»": {("1.3", "what"): "Создание перечня решений"},
    "пункт 7 перенести в раздел II": {"7": Operation.MOVE},
    "в пункте 5 слова «Республика Беларусь» исключить": {("5", "states"): {"KAZ"}},
    "пункт 5 дополнить словами «Республика Индия»": {("5", "states"): {"BLR", "KAZ", "IND"}},
    "слова «Итоговый доклад» в пункте 12 бис заменить на «Доклад»": {
        ("12b", "text"): "Доклад рассматривается группой."
    },
    "в пункте 12¹ слово «Итоговый» заменить словом «Ежегодный»": {
        ("12b", "text"): "Ежегодный доклад рассматривается группой."
    },
    "В абзаце третьем преамбулы слово «нижеследующем» заменить словом «следующем».": {
        ("p3", "text"): "договорились о следующем:"
    },
    "наименование раздела II изложить в редакции «ЗАДАЧИ»": {("II", "text"): "ЗАДАЧИ"},
    "Второе предложение пункта 3 исключить.": {("3", "text"): "Стороны создают условия для обмена опытом."},
    "пункт 4 оставить в редакции проекта": {"4": Operation.NO_CHANGE},
    "В пункте 4:\nа) слова «открытых и общедоступных» заменить словом «открытых»;\nб) слова «и экономик» исключить.": {
        ("4", "text"): "Стороны содействуют созданию открытых систем в интересах граждан Сторон."
    },
    "в абзаце, начинающемся словами «подтверждая приверженность», слово «сотрудничеству» заменить словом «диалогу»": {
        ("p2", "text"): "подтверждая приверженность диалогу,"
    },
    "в пункте 6 слова «ежегодно, в том\nчисле» исключить": {
        ("6", "text"): "Заседания проводятся в формате видеоконференции."
    },
    "в пункте 1 слова „2030 года“ заменить словами «2031 года»": {
        ("1", "text"): "План действий (далее – План) определяет цели и механизм сотрудничества Сторон до 2031 года."
    },
}
CHINESE = {
    '第4段中的"开放和公开可得"改为"开放"': {("4", "text"): "各方推动建立开放的系统，造福各方公民和经济。"},
    "删去第4段中的“和公开可得”": {("4", "text"): "各方推动建立开放的系统，造福各方公民和经济。"},
    "删去第2段第二款中的“以机器可读形式”": {("2a", "text"): "“开放数据”是指发布的数据；"},
    "第2段第（二）项中的“智慧城市”改为“数字城市”": {("2b", "text"): "“数字城市”是指以数据为基础提供服务的城市。"},
    "删去第3段第二句": {("3", "text"): "各方为经验交流创造条件。"},
    '第4段"建立"之后增加"和发展"': {("4", "text"): "各方推动建立和发展开放和公开可得的系统，造福各方公民和经济。"},
    '第6段修改为："会议每年举行两次。"': {("6", "text"): "会议每年举行两次。"},
    "第6段修改为：\n6. 会议每年举行两次。": {("6", "text"): "会议每年举行两次。"},
    "删去第6段（以下序号依次调整）": {"6": Operation.DELETE},
    '措施1.3"负责方"栏中删去"印度"': {("1.3", "who"): {"KAZ"}},
    "在措施1.1“负责方”栏中增加“白俄罗斯”": {("1.1", "who"): {"PARTIES", "BLR"}},
    "将第7段移至第二部分": {"7": Operation.MOVE},
    "第12段之二中的“总结报告”改为『报告』": {("12b", "text"): "报告由专家组审议。"},
    "序言第2段改为：“重申合作，”": {("p2", "text"): "重申合作，"},
    "第1段中的《行动计划》改为《计划》": {
        ("1", "text"): "《计划》（以下简称“本计划”）确定各方至2030年的合作目标和机制。"
    },
    "第4段保持不变": {"4": Operation.NO_CHANGE},
}
ENGLISH = {
    'in para 4 replace "open and publicly available" with "open"': {
        ("4", "text"): "The Sides promote open systems in the interests of citizens and economies."
    },
    "delete “and economies” in paragraph 4": {
        ("4", "text"): "The Sides promote open and publicly available systems in the interests of citizens."
    },
    'In paragraph 4, after "open" add ", free"': {
        ("4", "text"): "The Sides promote open, free and publicly available systems "
        "in the interests of citizens and economies."
    },
    'para 6 to read: "Meetings are held twice a year."': {("6", "text"): "Meetings are held twice a year."},
    "Paragraph 6 should read as follows:\nMeetings are held twice a year.": {
        ("6", "text"): "Meetings are held twice a year."
    },
    "delete para 6": {"6": Operation.DELETE},
    "delete subparagraph (a) of paragraph 2": {"2a": Operation.DELETE},
    'in para 2 (a), replace "data in" with "data published in"': {
        ("2a", "text"): "“open data” means data published in a machine-readable form;"
    },
    "move para 7 to section II": {"7": Operation.MOVE},
    "In the column “Executors” of measure 1.3 delete “India”": {("1.3", "who"): {"KAZ"}},
    "add “Belarus” and “Iran” to the executors of measure 1.1": {("1.1", "who"): {"PARTIES", "BLR", "IRN"}},
    "Delete the second sentence of paragraph 3.": {("3", "text"): "The Sides create conditions for exchange."},
    'insert "annual" before "meetings" in the second sentence of paragraph 3': {
        ("3", "text"): "The Sides create conditions for exchange. The Sides hold annual meetings."
    },
    'Paragraph 12 bis: replace "final report" by "report"': {("12b", "text"): "The report is considered by the group."},
    "keep para 4 as it is": {"4": Operation.NO_CHANGE},
}
EVERY = [
    *(("ru", letter, wanted) for letter, wanted in RUSSIAN.items()),
    *(("zh", letter, wanted) for letter, wanted in CHINESE.items()),
    *(("en", letter, wanted) for letter, wanted in ENGLISH.items()),
]


@pytest.mark.parametrize(("language", "letter", "wanted"), EVERY)
def test_a_formula_is_understood(language, letter, wanted):
    assert amended(language, letter) == wanted


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "дополнить пунктом 5¹ (5 бис) следующего содержания: «5 бис. НОВОЕ»"),
        ("ru", "После пункта 5 дополнить новым пунктом следующего содержания: «НОВОЕ»"),
        ("zh", "在第5段之后增加一段：“НОВОЕ”"),
        ("zh", "增加第5段之二：“НОВОЕ”"),
        ("en", 'add new para 5 bis: "НОВОЕ"'),
        ("en", 'After paragraph 5 insert a new paragraph: "НОВОЕ"'),
    ],
)
def test_a_new_paragraph_stands_after_the_one_its_number_follows(language, letter):
    (one,) = understood(language, letter).asked
    assert one.change.place == Place(None, "5")
    assert [(p.kind, plain(p.text)) for p in one.change.block] == [("paragraph", "НОВОЕ")]


def test_a_new_item_stands_under_its_paragraph():
    (one,) = understood("ru", "пункт 2 дополнить подпунктом «в» следующего содержания: «в) «план» – документ.»").asked
    assert one.change.place == Place("2", "2b")
    assert [(p.kind, p.level, plain(p.text)) for p in one.change.block] == [("item", 1, "«план» – документ.")]


def test_a_new_paragraph_may_have_items():
    wording = "дополнить пунктом 8 следующего содержания:\n«8. Стороны:\nа) встречаются;\nб) пишут.»"
    (one,) = understood("ru", wording).asked
    assert one.change.place == Place(None, "7")
    assert [(plain(p.text), p.parent == one.change.key) for p in one.change.block] == [
        ("Стороны:", False),
        ("встречаются;", True),
        ("пишут.", True),
    ]


def test_a_new_measure_has_its_cells():
    cells = "Мероприятие: Семинар\nСроки исполнения: 2027 г.\nИсполнители: Беларусь, Иран"
    (one,) = understood("ru", f"дополнить мероприятием 1.3 бис следующего содержания: «{cells}»").asked
    (made,) = one.change.block
    assert one.change.place == Place("t", "1.3")
    assert {n: told(c) for n, c in made.parts.items()} == {
        "what": "Семинар",
        "time": "2027 г.",
        "who": {"BLR", "IRN"},
    }


def test_a_paragraph_restated_with_its_items_keeps_those_that_are_alike():
    letter = (
        "Пункт 2 изложить в следующей редакции: «2. Для целей Плана используются следующие понятия:\n"
        "а) «открытые данные» – данные в машиночитаемом виде;\nв) «план» – документ.»"
    )
    assert amended("ru", letter) == {"2b": Operation.DELETE} | {
        one.change.key: Operation.INSERT
        for one in understood("ru", letter).asked
        if one.change.operation is Operation.INSERT
    }


def test_words_everywhere_change_in_every_place_but_other_forms_wait_for_a_person():
    read = understood("ru", "По всему тексту слово «Стороны» заменить словом «Участники» в соответствующих падежах")
    assert [one.change.key for one in read.asked] == ["p1", "3", "4"]
    assert [(c.key, c.found, c.new) for c in read.candidates] == [
        ("1", "Сторон", "Участники"),
        ("4", "Сторон", "Участники"),
    ]


@pytest.mark.parametrize(
    ("letter", "reason", "said", "keys"),
    [
        ("в пункте 99 слово «А» исключить", Reason.NO_SUCH_PROVISION, "99", ()),
        ("в пункте 7 слова «чего нет» исключить", Reason.WORDS_NOT_THERE, "чего нет", ("7",)),
        ("в пункте 3 слово «Стороны» исключить", Reason.WORDS_SEVERAL_TIMES, "Стороны", ("3",)),
        ("в графе «Деньги» мероприятия 1.1 слово «А» исключить", Reason.NO_SUCH_COLUMN, "Деньги", ("1.1",)),
        ("мероприятие 1.1 дополнить исполнителем «Атлантида»", Reason.NO_SUCH_STATE, "Атлантида", ("1.1",)),
        ("в пункте 7 слово «План» заменить словом «План»", Reason.ALREADY_SO, "", ("7",)),
        ("слово «Стороны» исключить", Reason.NO_PLACE, "Стороны", ("p1", "3", "4")),
        ("дополнить словами «А»", Reason.NO_PLACE, "", ()),
        ("пункт 7 доработать", Reason.UNKNOWN_FORMULA, "", ()),
        ("пункт 7 перенести после пункта 6 бис", Reason.NO_SUCH_PROVISION, "6 бис", ()),
    ],
)
def test_what_is_not_understood_says_why(letter, reason, said, keys):
    (one,) = understood("ru", letter).not_understood
    assert (one.reason, one.said, one.keys, one.words) == (reason, said, keys, letter)


def test_a_letter_is_read_with_all_that_stands_around_its_formulas():
    letter = """Уважаемые коллеги!

По результатам рассмотрения проекта Плана белорусская сторона предлагает:

1. В пункте 4:
а) слова «открытых и общедоступных» заменить словом «открытых»;
б) слова «и экономик» исключить.
Обоснование: уточнение.
2. Второе предложение пункта 3 исключить.
Просим пояснить, что понимается под «сетью центров» в пункте 5.

С уважением,
И. Иванов"""
    read = understood("ru", letter)
    assert [(one.change.operation, one.change.key, one.justification) for one in read.asked] == [
        (Operation.AMEND, "3", ""),
        (Operation.AMEND, "4", "уточнение."),
        (Operation.COMMENT, "5", ""),
    ]
    assert read.beside[0] == "Уважаемые коллеги!"
    assert not read.not_understood


@pytest.mark.parametrize(
    ("language", "letter"),
    [("ru", "Замечаний и предложений не имеем."), ("zh", "无意见"), ("en", "We have no comments.")],
)
def test_a_letter_without_comments_says_so(language, letter):
    read = understood(language, letter)
    assert (read.no_comments, read.asked, read.not_understood) == (True, (), ())


@pytest.mark.parametrize(("language", "letter"), [(language, letter) for language, letter, _ in EVERY])
def test_the_language_of_a_letter_is_guessed(language, letter):
    assert guess_language(letter) == language


@pytest.mark.parametrize(
    ("language", "letter"),
    [
        ("ru", "Пункт 6 заменить следующим: «Иное.»"),
        ("ru", "Заменить пункт 6 следующим текстом: «Иное.»"),
        ("en", "Replace paragraph 6 with the following: “Иное.”"),
        ("en", "Replace the text of paragraph 6 by: “Иное.”"),
    ],
)
def test_a_provision_is_put_in_the_place_of_another(language, letter):
    assert amended(language, letter) == {("6", "text"): "Иное."}


def test_an_item_is_added_to_the_paragraph_that_is_named_after_it():
    (asked,) = understood("en", "Add new subparagraph (c) to paragraph 2: “platform.”").asked
    assert (asked.change.operation, asked.change.place) == (Operation.INSERT, Place("2", "2b"))
