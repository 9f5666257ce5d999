"""One small plan in three languages, with labels, for letters that ask for changes to it."""

from dataclasses import replace

from app.docxio.state_names import StateNames
from app.text.provision import Kind
from app.text.runs import text
from tests.text.drafts import edition, heading, paragraph, row, table

NAMES = {
    "BLR": ("Беларусь", "Республика Беларусь", "白俄罗斯", "白俄罗斯共和国", "Belarus", "Republic of Belarus"),
    "IND": ("Индия", "Индию", "Индии", "Республика Индия", "印度", "印度共和国", "India", "Republic of India"),
    "IRN": ("Иран", "Исламская Республика Иран", "伊朗", "伊朗伊斯兰共和国", "Iran", "Islamic Republic of Iran"),
    "KAZ": (
        "Казахстан",
        "Республика Казахстан",
        "哈萨克斯坦",
        "哈萨克斯坦共和国",
        "Kazakhstan",
        "Republic of Kazakhstan",
    ),
    "PARTIES": ("Стороны", "各方", "the Sides"),
}
STATES = StateNames(NAMES)
SHORT = {
    "ru": {"BLR": "Беларусь", "IND": "Индия", "IRN": "Иран", "KAZ": "Казахстан", "PARTIES": "Стороны"},
    "zh": {"BLR": "白俄罗斯", "IND": "印度", "IRN": "伊朗", "KAZ": "哈萨克斯坦", "PARTIES": "各方"},
    "en": {"BLR": "Belarus", "IND": "India", "IRN": "Iran", "KAZ": "Kazakhstan", "PARTIES": "the Sides"},
}

_WORDS = {
    "ru": {
        "title": "План действий",
        "p1": "Государства – члены ШОС (далее – Стороны),",
        "p2": "подтверждая приверженность сотрудничеству,",
        "p3": "договорились о нижеследующем:",
        "I": "ОБЩИЕ ПОЛОЖЕНИЯ",
        "1": "План действий (далее – План) определяет цели и механизм сотрудничества Сторон до 2030\u00a0года.",
        "2": "Для целей Плана используются следующие понятия:",
        "2a": "«открытые данные» – данные в машиночитаемом виде;",
        "2b": "«умный город» – город, создающий услуги на основе данных.",
        "II": "ЦЕЛИ И ЗАДАЧИ",
        "3": "Стороны создают условия для обмена опытом. Стороны проводят встречи.",
        "4": "Стороны содействуют созданию открытых и общедоступных систем в интересах граждан и экономик Сторон.",
        "5": "выступают за создание сети центров.",
        "6": "Заседания проводятся ежегодно, в том числе в формате видеоконференции.",
        "III": "МЕХАНИЗМ",
        "7": "План применяется с даты принятия.",
        "12b": "Итоговый доклад рассматривается группой.",
        "what": "Мероприятие", "time": "Сроки исполнения", "who": "Исполнители",
        "r1": "Подготовка обзора", "t1": "2026 г.", "r2": "Создание каталога решений", "t2": "ежегодно",
    },
    "zh": {
        "title": "行动计划",
        "p1": "上合组织成员国（以下简称“各方”），",
        "p2": "重申致力于合作，",
        "p3": "商定如下：",
        "I": "总则",
        "1": "《行动计划》（以下简称“本计划”）确定各方至2030年的合作目标和机制。",
        "2": "为本计划之目的，使用下列术语：",
        "2a": "“开放数据”是指以机器可读形式发布的数据；",
        "2b": "“智慧城市”是指以数据为基础提供服务的城市。",
        "II": "目标和任务",
        "3": "各方为经验交流创造条件。各方举行会议。",
        "4": "各方推动建立开放和公开可得的系统，造福各方公民和经济。",
        "5": "主张建立中心网络。",
        "6": "会议每年举行一次，包括以视频方式举行。",
        "III": "机制",
        "7": "本计划自通过之日起适用。",
        "12b": "总结报告由专家组审议。",
        "what": "措施", "time": "落实期限", "who": "负责方",
        "r1": "编写综述", "t1": "2026年", "r2": "编制解决方案目录", "t2": "每年",
    },
    "en": {
        "title": "Action plan",
        "p1": "The SCO Member States (hereinafter the Sides),",
        "p2": "reaffirming their commitment to cooperation,",
        "p3": "have agreed as follows:",
        "I": "GENERAL PROVISIONS",
        "1": "The Action Plan (hereinafter the Plan) sets out the aims and mechanism of cooperation until 2030.",
        "2": "For the purposes of the Plan the following terms are used:",
        "2a": "“open data” means data in a machine-readable form;",
        "2b": "“smart city” means a city that creates services from data.",
        "II": "AIMS",
        "3": "The Sides create conditions for exchange. The Sides hold meetings.",
        "4": "The Sides promote open and publicly available systems in the interests of citizens and economies.",
        "5": "support the creation of a network of centres.",
        "6": "Meetings are held once a year, including by video conference.",
        "III": "MECHANISM",
        "7": "The Plan applies from the date of adoption.",
        "12b": "The final report is considered by the group.",
        "what": "Measure", "time": "Time frame", "who": "Executors",
        "r1": "Preparation of a review", "t1": "2026", "r2": "Creation of a catalogue of solutions", "t2": "annually",
    },
}  # fmt: skip
_LABELS = {
    "ru": {"2a": "а)", "2b": "б)", "12b": "12 бис.", "I": "I.", "II": "II.", "III": "III."},
    "zh": {"2a": "（一）", "2b": "（二）", "12b": "12之二.", "I": "一、", "II": "二、", "III": "三、"},
    "en": {"2a": "(a)", "2b": "(b)", "12b": "12 bis.", "I": "I.", "II": "II.", "III": "III."},
}


def plan(language):
    """Return the plan: a preamble, three sections with paragraphs 1 to 7 and 12 bis, a table of two measures."""
    words, labels = _WORDS[language], _LABELS[language]

    def numbered(key, **parts):
        return paragraph(key, words[key], label=labels.get(key, f"{key}."), **parts)

    def item(key):
        return paragraph(key, words[key], "2", 1, labels[key], Kind.ITEM)

    heads = {name: words[name] for name in ("what", "time", "who")}
    return edition(
        paragraph("title", words["title"], kind=Kind.TITLE),
        *(paragraph(key, words[key]) for key in ("p1", "p2", "p3")),
        heading("I", words["I"], labels["I"]),
        numbered("1"),
        numbered("2"),
        item("2a"),
        item("2b"),
        heading("II", words["II"], labels["II"]),
        numbered("3"),
        numbered("4"),
        numbered("5", states={"BLR", "KAZ"}),
        numbered("6"),
        heading("III", words["III"], labels["III"]),
        numbered("7"),
        numbered("12b"),
        replace(table("t", tuple(heads)), parts={name: text(written) for name, written in heads.items()}),
        row("1.1", label="1.1", what=words["r1"], time=words["t1"], who={"PARTIES"}),
        row("1.3", label="1.3", what=words["r2"], time=words["t2"], who={"IND", "KAZ"}),
        language=language,
    )
