"""The sample's body: its states with their name forms and order, groups, meetings, people and rules.

Every name form is stored, none is built by rule: India declines in Russian, the other republics do not.
No person of the sample is a real one; each is called by what they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

LANGUAGES = ("ru", "zh", "en")
NEGOTIATING_LANGUAGE = "ru"
ZONE = "Asia/Shanghai"

TRAINING_MARK: Mapping[str, str] = {
    "ru": "Учебный пример: текст и предложения вымышлены",
    "zh": "培训示例：案文和提案均为虚构",
    "en": "Training example: text and proposals are invented",
}


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who may propose: a state's delegation, the secretariat or the chair.

    Attributes:
        code: ISO 3166-1 alpha-3 of a state; ``SEC`` and ``CHR`` for the two desks.
        kind: ``state``, ``secretariat`` or ``chair``.
        rank: Place in the body's order, from 1; states first.
        names: Language, then form. ``ru``: short, full, genitive, accusative, adjective and its genitive; ``zh``:
            short, full, side; ``en``: short, full, listed (with its article, as in running text).
    """

    code: str
    kind: str
    rank: int
    names: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Several states under one name, as the column of executors has them; prints after the states."""

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the body, or the higher one that adopts."""

    code: str
    names: Mapping[str, str]
    places: Mapping[str, str]
    held_on: date
    by_video: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """An invented holder of one role; *delegation* is None for administrator and observer."""

    email: str
    role: str
    delegation: str | None
    names: Mapping[str, str]


def _state(rank: int, code: str, ru: str, zh: str, en: str) -> Delegation:
    """Return a state; forms are divided by `` | `` in the order that ``Delegation.names`` tells."""
    forms = {
        "ru": dict(
            zip(
                ("short", "full", "genitive", "accusative", "adjective", "adjective_genitive"),
                ru.split(" | "),
                strict=True,
            )
        ),
        "zh": dict(zip(("full", "short", "side"), zh.split(" | "), strict=True)),
        "en": dict(zip(("short", "full"), en.split(" | "), strict=True)),
    }
    forms["en"]["listed"] = "the " + forms["en"]["full"]
    return Delegation(code, "state", rank, forms)


STATES = (
    _state(
        1,
        "BLR",
        "Беларусь | Республика Беларусь | Республики Беларусь | Республику Беларусь | белорусская | белорусской",
        "白俄罗斯共和国 | 白俄罗斯 | 白方",
        "Belarus | Republic of Belarus",
    ),
    _state(
        2,
        "IND",
        "Индия | Республика Индия | Республики Индии | Республику Индию | индийская | индийской",
        "印度共和国 | 印度 | 印方",
        "India | Republic of India",
    ),
    _state(
        3,
        "IRN",
        "Иран | Исламская Республика Иран | Исламской Республики Иран | Исламскую Республику Иран | "
        "иранская | иранской",
        "伊朗伊斯兰共和国 | 伊朗 | 伊方",
        "Iran | Islamic Republic of Iran",
    ),
    _state(
        4,
        "KAZ",
        "Казахстан | Республика Казахстан | Республики Казахстан | Республику Казахстан | "
        "казахстанская | казахстанской",
        "哈萨克斯坦共和国 | 哈萨克斯坦 | 哈方",
        "Kazakhstan | Republic of Kazakhstan",
    ),
    _state(
        5,
        "CHN",
        "Китай | Китайская Народная Республика | Китайской Народной Республики | Китайскую Народную Республику"
        " | китайская | китайской",
        "中华人民共和国 | 中国 | 中方",
        "China | People's Republic of China",
    ),
    _state(
        6,
        "KGZ",
        "Кыргызстан | Кыргызская Республика | Кыргызской Республики | Кыргызскую Республику | кыргызская | кыргызской",
        "吉尔吉斯共和国 | 吉尔吉斯斯坦 | 吉方",
        "Kyrgyzstan | Kyrgyz Republic",
    ),
    _state(
        7,
        "PAK",
        "Пакистан | Исламская Республика Пакистан | Исламской Республики Пакистан | Исламскую Республику Пакистан"
        " | пакистанская | пакистанской",
        "巴基斯坦伊斯兰共和国 | 巴基斯坦 | 巴方",
        "Pakistan | Islamic Republic of Pakistan",
    ),
    _state(
        8,
        "RUS",
        "Россия | Российская Федерация | Российской Федерации | Российскую Федерацию | российская | российской",
        "俄罗斯联邦 | 俄罗斯 | 俄方",
        "Russia | Russian Federation",
    ),
    _state(
        9,
        "TJK",
        "Таджикистан | Республика Таджикистан | Республики Таджикистан | Республику Таджикистан | "
        "таджикская | таджикской",
        "塔吉克斯坦共和国 | 塔吉克斯坦 | 塔方",
        "Tajikistan | Republic of Tajikistan",
    ),
    _state(
        10,
        "UZB",
        "Узбекистан | Республика Узбекистан | Республики Узбекистан | Республику Узбекистан | узбекская | узбекской",
        "乌兹别克斯坦共和国 | 乌兹别克斯坦 | 乌方",
        "Uzbekistan | Republic of Uzbekistan",
    ),
)

SECRETARIAT = Delegation(
    "SEC",
    "secretariat",
    11,
    {
        "ru": {
            "short": "Секретариат",
            "full": "Секретариат ШОС",
            "genitive": "Секретариата ШОС",
            "accusative": "Секретариат ШОС",
            "adjective": "",
            "adjective_genitive": "",
        },
        "zh": {"full": "上合组织秘书处", "short": "秘书处", "side": "秘书处"},
        "en": {"short": "Secretariat", "full": "SCO Secretariat", "listed": "the SCO Secretariat"},
    },
)
CHAIR = Delegation(
    "CHR",
    "chair",
    12,
    {
        "ru": {
            "short": "Председатель",
            "full": "Председатель экспертной группы",
            "genitive": "Председателя экспертной группы",
            "accusative": "Председателя экспертной группы",
            "adjective": "",
            "adjective_genitive": "",
        },
        "zh": {"full": "专家组主席", "short": "主席", "side": "主席"},
        "en": {"short": "Chair", "full": "Chair of the expert group", "listed": "the Chair of the expert group"},
    },
)
DELEGATIONS = (*STATES, SECRETARIAT, CHAIR)
BY_CODE: Mapping[str, Delegation] = {d.code: d for d in DELEGATIONS}

GROUPS = (
    Group("PARTIES", {"ru": "Стороны", "zh": "各方", "en": "the Sides"}),
    Group("INTERESTED", {"ru": "заинтересованные Стороны", "zh": "感兴趣的成员国", "en": "interested Sides"}),
)

BODY_SLUG = "sco-ict-expert-group"
BODY_NAMES: Mapping[str, str] = {
    "ru": "Экспертная группа по подготовке четвёртого Совещания руководителей министерств и ведомств государств – "
    "членов ШОС, ответственных за развитие информационно-коммуникационных технологий",
    "zh": "筹备上合组织成员国信息通信技术发展部门负责人第四次会议专家组",
    "en": "Expert group on the preparation of the Fourth Meeting of the Heads of Ministries and Agencies of the SCO "
    "Member States Responsible for the Development of ICT",
}
BODY_SHORT_NAMES: Mapping[str, str] = {"ru": "Экспертная группа ШОС", "zh": "上合组织专家组", "en": "SCO expert group"}
BODY_RULES: Mapping[str, object] = {
    "order_of_states": "fixed",
    "symbols": "none",
    "notation": "holder",
    "working_languages": ["ru", "zh"],
    "groups": {group.code: dict(group.names) for group in GROUPS},
}

MEETINGS = (
    Meeting(
        "second",
        {
            "ru": "Второе заседание экспертной группы",
            "zh": "专家组第二次会议",
            "en": "Second meeting of the expert group",
        },
        {"ru": "г. Ханчжоу", "zh": "杭州", "en": "Hangzhou"},
        date(2025, 4, 9),
    ),
    Meeting(
        "third",
        {
            "ru": "Третье заседание экспертной группы",
            "zh": "专家组第三次会议",
            "en": "Third meeting of the expert group",
        },
        {"ru": "формат видеоконференции", "zh": "视频会议", "en": "video conference"},
        date(2025, 5, 28),
        by_video=True,
    ),
    Meeting(
        "ministers",
        {
            "ru": "Четвёртое Совещание руководителей министерств и ведомств государств – членов ШОС, ответственных за "
            "развитие информационно-коммуникационных технологий",
            "zh": "上合组织成员国信息通信技术发展部门负责人第四次会议",
            "en": "Fourth Meeting of the Heads of Ministries and Agencies of the SCO Member States Responsible for the "
            "Development of ICT",
        },
        {"ru": "г. Карамай", "zh": "克拉玛依", "en": "Karamay"},
        date(2025, 6, 17),
    ),
)


def _people() -> tuple[Person, ...]:
    """Return everybody of the sample: two desks, two people for each state, an observer, an administrator."""
    desks = (
        Person("admin@sample.invalid", "administrator", None, _named("Администратор", "管理员", "Administrator")),
        Person(
            "officer1@sample.invalid",
            "secretariat",
            "SEC",
            _named("Сотрудник 1, Секретариат", "秘书处职员1", "Officer 1, Secretariat"),
        ),
        Person(
            "officer2@sample.invalid",
            "secretariat",
            "SEC",
            _named("Сотрудник 2, Секретариат", "秘书处职员2", "Officer 2, Secretariat"),
        ),
        Person("chair@sample.invalid", "chair", "CHR", _named("Председатель", "主席", "Chair")),
    )
    sides = []
    for state in STATES:
        ru, zh, en = (state.names[language]["short"] for language in LANGUAGES)
        code = state.code.lower()
        focal = _named(f"Координатор, {ru}", f"{zh}联络人", f"Focal point, {en}")
        expert = _named(f"Эксперт, {ru}", f"{zh}专家", f"Expert, {en}")
        sides.append(Person(f"focal.{code}@sample.invalid", "focal_point", state.code, focal))
        sides.append(Person(f"expert.{code}@sample.invalid", "expert", state.code, expert))
    observer = Person("observer@sample.invalid", "observer", None, _named("Наблюдатель", "观察员", "Observer"))
    return (*desks, *sides, observer)


def _named(ru: str, zh: str, en: str) -> dict[str, str]:
    return {"ru": ru, "zh": zh, "en": en}


PEOPLE = _people()

_AND = {"ru": " и ", "zh": "和", "en": " and "}
_COMMA = {"ru": ", ", "zh": "、", "en": ", "}


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes of states, groups and desks in the body's order: states, groups, secretariat, chair."""
    order = [d.code for d in STATES] + [g.code for g in GROUPS] + [SECRETARIAT.code, CHAIR.code]
    return tuple(sorted(codes, key=order.index))


def cell(codes: Iterable[str], language: str) -> str:
    """Return a set as a table's cell prints it: short names, the secretariat by its full one, divided by commas."""
    groups = {g.code: g.names[language] for g in GROUPS}
    names = []
    for code in in_order(codes):
        form = "full" if code == SECRETARIAT.code else "short"
        names.append(groups[code] if code in groups else BY_CODE[code].names[language][form])
    return _COMMA[language].join(names)


def joined(codes: Iterable[str], language: str) -> str:
    """Return states as the opening of a paragraph that names them: full names, the last after "and".

    English names carry their article, the first one a capital.
    """
    form = "listed" if language == "en" else "full"
    names = [BY_CODE[code].names[language][form] for code in in_order(codes)]
    listed = _AND[language].join([_COMMA[language].join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return listed[0].upper() + listed[1:]
