"""Hand-made papers in three languages for the tests of Word out."""

from app.docxio.sheets import Sheet, StateName
from app.text.provision import STATES, TEXT, Edition, Kind, Provision, States
from app.text.runs import NOTE, Marks, Run, text

CODES = ("BY", "IN", "IR", "KZ", "CN", "KG", "PK", "RU", "TJ", "UZ")

_NAMES = {
    "ru": {
        "BY": ("Беларусь", "Республика Беларусь"),
        "IN": ("Индия", "Республика Индия"),
        "IR": ("Иран", "Исламская Республика Иран"),
        "KZ": ("Казахстан", "Республика Казахстан"),
        "CN": ("Китай", "Китайская Народная Республика"),
        "KG": ("Кыргызстан", "Кыргызская Республика"),
        "PK": ("Пакистан", "Исламская Республика Пакистан"),
        "RU": ("Россия", "Российская Федерация"),
        "TJ": ("Таджикистан", "Республика Таджикистан"),
        "UZ": ("Узбекистан", "Республика Узбекистан"),
    },
    "zh": {
        "BY": ("白俄罗斯", "白俄罗斯共和国"),
        "IN": ("印度", "印度共和国"),
        "IR": ("伊朗", "伊朗伊斯兰共和国"),
        "KZ": ("哈萨克斯坦", "哈萨克斯坦共和国"),
        "CN": ("中国", "中华人民共和国"),
        "KG": ("吉尔吉斯斯坦", "吉尔吉斯共和国"),
        "PK": ("巴基斯坦", "巴基斯坦伊斯兰共和国"),
        "RU": ("俄罗斯", "俄罗斯联邦"),
        "TJ": ("塔吉克斯坦", "塔吉克斯坦共和国"),
        "UZ": ("乌兹别克斯坦", "乌兹别克斯坦共和国"),
    },
    "en": {
        "BY": ("Belarus", "Republic of Belarus"),
        "IN": ("India", "Republic of India"),
        "IR": ("Iran", "Islamic Republic of Iran"),
        "KZ": ("Kazakhstan", "Republic of Kazakhstan"),
        "CN": ("China", "People's Republic of China"),
        "KG": ("Kyrgyzstan", "Kyrgyz Republic"),
        "PK": ("Pakistan", "Islamic Republic of Pakistan"),
        "RU": ("Russia", "Russian Federation"),
        "TJ": ("Tajikistan", "Republic of Tajikistan"),
        "UZ": ("Uzbekistan", "Republic of Uzbekistan"),
    },
}

NAMES = {
    language: {code: StateName(short, full) for code, (short, full) in names.items()}
    for language, names in _NAMES.items()
}

_MARKS = {"ru": ("Проект", "редакция от 28 мая 2025 г."), "zh": ("草案（第二稿）",), "en": ("DRAFT", "Rev.1")}
_SAMPLE = {
    "ru": "Учебный пример: вымышленные технические предложения",
    "zh": "教学示例：虚构的技术性建议",
    "en": "Training example: invented, technical proposals",
}
_WORDS = {
    "ru": {
        "title": "ПЛАН ДЕЙСТВИЙ\u2028государств – членов Шанхайской организации сотрудничества\u2028"
        "в области цифровой трансформации",
        "preamble": "Государства – члены ШОС (далее – Стороны), подтверждая «принципы» R&D <открытости>,",
        "h1": "ОБЩИЕ ПОЛОЖЕНИЯ",
        "p1": "Стороны намерены создать общий каталог технических стандартов",
        "p1b": " и опубликовать его",
        "p2": "Реализация Плана осуществляется на добровольной основе с учётом национального законодательства.",
        "i1": "обмен опытом в области цифрового правительства;",
        "i2": "развитие умных городов и ИКТ-инфраструктуры.",
        "joined": "выступают за совместную разработку учебных курсов.",
        "h2": "ПЕРЕЧЕНЬ МЕРОПРИЯТИЙ",
        "heads": ("№ п/п", "Мероприятие", "Сроки исполнения", "Исполнители"),
        "section": "Развитие цифровой инфраструктуры",
        "r1": "Проведение семинара по совместимости электронных подписей",
        "r2": "Подготовка обзора\nтехнических стандартов",
        "t1": "III квартал 2026 г.",
        "t2": "ежегодно",
        "note": "Перечень стандартов ведёт Секретариат.",
        "close": "По взаимному согласию Сторон в План могут вноситься изменения.",
    },
    "zh": {
        "title": "上海合作组织成员国\u2028数字化转型行动计划",
        "preamble": "上海合作组织成员国（以下简称“各方”），重申R&D<开放>原则，",
        "h1": "总则",
        "p1": "各方愿建立共同的技术标准目录",
        "p1b": "，并予以公布",
        "p2": "各方根据本国法律，在自愿基础上落实本计划。",
        "i1": "交流数字政府领域的经验；",
        "i2": "发展智慧城市和信息通信技术基础设施。",
        "joined": "支持共同开发培训课程。",
        "h2": "措施清单",
        "heads": ("序号", "措施", "落实期限", "负责方"),
        "section": "发展数字基础设施",
        "r1": "举办电子签名互操作性研讨会",
        "r2": "编写技术标准\n概览",
        "t1": "2026年第三季度",
        "t2": "每年",
        "note": "标准目录由秘书处负责维护。",
        "close": "经各方协商一致，可对本计划进行修改和补充。",
    },
    "en": {
        "title": "ACTION PLAN\u2028of the Member States of the Shanghai Cooperation Organization\u2028"
        "on Digital Transformation",
        "preamble": "The SCO Member States (hereinafter the Sides), reaffirming “principles” of R&D <openness>,",
        "h1": "GENERAL PROVISIONS",
        "p1": "The Sides intend to create a common catalogue of technical standards",
        "p1b": " and to publish it",
        "p2": "The Plan is implemented on a voluntary basis, taking into account national legislation.",
        "i1": "exchange of experience in digital government;",
        "i2": "development of smart cities and ICT infrastructure.",
        "joined": "support the joint development of training courses.",
        "h2": "LIST OF MEASURES",
        "heads": ("No.", "Measure", "Time frame", "Responsible"),
        "section": "Digital infrastructure",
        "r1": "Seminar on the interoperability of electronic signatures",
        "r2": "Review of\ntechnical standards",
        "t1": "Q3 2026",
        "t2": "annually",
        "note": "The catalogue is kept by the Secretariat.",
        "close": "By mutual consent of the Sides the Plan may be amended.",
    },
}
LABELS = {
    "ru": ("I.", "1.", "2.", "1)", "2)", "3.", "II.", "I.", "1.1", "1.2", "4."),
    "zh": ("一、", "1.", "2.", "（1）", "（2）", "3.", "二、", "一、", "1.1", "1.2", "4."),
    "en": ("I.", "1.", "2.", "(a)", "(b)", "3.", "II.", "I.", "1.1", "1.2", "4."),
}


def sheet(language, **changes):
    """Return the head of a working paper, training mark and all."""
    values = {
        "marks": _MARKS[language],
        "sample": _SAMPLE[language],
        "fingerprint": "SHA-256 " + "0123456789abcdef" * 4,
        "names": NAMES[language],
        "order": CODES,
    }
    return Sheet(language, **{**values, **changes})


def edition(language):
    """Return a short action plan: title, headings, items, a named-states paragraph, a table, a footnote."""
    w, labels = _WORDS[language], LABELS[language]
    columns = ("no", "measure", "time", "who")
    heads = {column: text(head) for column, head in zip(columns, w["heads"], strict=True)}

    def cells(words, time, *members):
        return {"measure": text(words), "time": text(time), "who": States(frozenset(members))}

    p1 = text(Run(w["p1"]), Run(NOTE, 0, "fn1"), Run(w["p1b"], Marks.ITALIC), ".")
    return Edition(
        language,
        (
            Provision("t0", Kind.TITLE, parts={TEXT: text(w["title"])}),
            Provision("pre", Kind.PARAGRAPH, parts={TEXT: text(w["preamble"])}),
            Provision("h1", Kind.HEADING, parts={TEXT: text(w["h1"])}, label=labels[0]),
            Provision("p1", Kind.PARAGRAPH, parent="h1", parts={TEXT: p1}, label=labels[1]),
            Provision("fn1", Kind.FOOTNOTE, parent="p1", parts={TEXT: text(w["note"])}),
            Provision("p2", Kind.PARAGRAPH, parent="h1", parts={TEXT: text(w["p2"])}, label=labels[2]),
            Provision("i1", Kind.ITEM, 0, "p2", {TEXT: text(w["i1"])}, labels[3]),
            Provision("i2", Kind.ITEM, 0, "p2", {TEXT: text(w["i2"])}, labels[4]),
            Provision(
                "p3",
                Kind.PARAGRAPH,
                0,
                "h1",
                {STATES: States(frozenset({"BY", "IR", "CN", "RU"})), TEXT: text(w["joined"])},
                labels[5],
            ),
            Provision("h2", Kind.HEADING, parts={TEXT: text(w["h2"])}, label=labels[6]),
            Provision("tab", Kind.TABLE, 0, "h2", heads, columns=columns),
            Provision("s1", Kind.ROW, 0, "tab", {TEXT: text(w["section"])}, labels[7]),
            Provision("r1", Kind.ROW, 1, "tab", cells(w["r1"], w["t1"], "KZ", "BY", "CN"), labels[8]),
            Provision("r2", Kind.ROW, 1, "tab", cells(w["r2"], w["t2"], "UZ", "RU"), labels[9]),
            Provision("p4", Kind.PARAGRAPH, 0, "h2", {TEXT: text(w["close"])}, labels[10]),
        ),
    )
