"""What is printed around the signed text: forms of the closing clause, and in what capacity a side signs.

Data of the papers, in the language of the paper. Case forms of states are stored by the body, never built.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.docxio.dates import written
from app.negotiation.signing import Arrangement, Capacity, Clause, Copies
from app.text.labels import to_chinese


@dataclass(frozen=True)
class _Words:
    """Fixed words of one language.

    Attributes:
        made: Type of paper to "This Protocol is drawn up"; *of_paper* to "of the Protocol".
        clauses: The forms; ``{…}`` are filled in.
        kept: Sentence on who keeps the original; *sent*: on its certified copies.
        language: Language to its name as the clause has it.
        capacities: Lines with ``{name}``.
        forms: Capacity to the form of a state's name that it needs.
    """

    made: Mapping[str, str]
    of_paper: Mapping[str, str]
    clauses: Mapping[Clause, str]
    kept: Mapping[Clause, str]
    copies: Mapping[Copies, str]
    in_languages: tuple[str, str]
    language: Mapping[str, str]
    joint: tuple[str, str]
    equal: tuple[str, str, str]
    capacities: Mapping[Capacity, tuple[str, ...]]
    forms: Mapping[Capacity, str]
    chair: str
    opinion: str


_RU_KEPT = "Подлинный экземпляр {paper}хранится в {keeper}, который направит Сторонам его заверенные копии."
_RU = _Words(
    made={
        "": "Настоящий документ составлен",
        "protocol": "Настоящий Протокол составлен",
        "action_plan": "Настоящий План действий составлен",
        "measures": "Настоящий План мероприятий составлен",
        "concept": "Настоящая Концепция составлена",
        "declaration": "Настоящая Декларация составлена",
        "resolution": "Настоящая Резолюция составлена",
        "agreement": "Настоящее Соглашение составлено",
        "agenda": "Настоящая повестка дня составлена",
        "regulations": "Настоящее Положение составлено",
    },
    of_paper={"": "", "protocol": "Протокола ", "agreement": "Соглашения ", "declaration": "Декларации "},
    clauses={
        Clause.PROTOCOL: "{made} в {place} {day} {copies} {languages}{equal}.",
        Clause.TREATY: "Совершено в {place} {day} {copies} {languages}{equal}.",
        Clause.DEPOSITED: "Совершено в {place} {day} {copies} {languages}{equal}.",
        Clause.NONE: "",
    },
    kept={
        Clause.PROTOCOL: _RU_KEPT,
        Clause.TREATY: _RU_KEPT,
        Clause.DEPOSITED: "Подлинный экземпляр хранится в {keeper}, который направит каждому государству, подписавшему "
        "настоящий документ, его заверенную копию.",
    },
    copies={Copies.ONE: "в одном {original}экземпляре", Copies.EACH: "в экземплярах по числу Сторон"},
    in_languages=("на {names} языке", "на {names} языках"),
    language={"ru": "русском", "zh": "китайском", "en": "английском"},
    joint=(", ", " и "),
    equal=("", ", причём оба текста имеют одинаковую силу", ", причём все тексты имеют одинаковую силу"),
    capacities={
        Capacity.DELEGATION: ("От делегации", "{name}"),
        Capacity.HEAD: ("Глава делегации", "{name}"),
        Capacity.STATE: ("За {name}",),
        Capacity.FROM_STATE: ("От {name}",),
    },
    forms={
        Capacity.DELEGATION: "genitive",
        Capacity.HEAD: "genitive",
        Capacity.STATE: "accusative",
        Capacity.FROM_STATE: "genitive",
    },
    chair="Председатель заседания",
    opinion="с особым мнением (прилагается)",
)
_ZH = _Words(
    made={
        "": "本文件",
        "protocol": "本纪要",
        "action_plan": "本行动计划",
        "measures": "本措施计划",
        "concept": "本构想",
        "declaration": "本宣言",
        "resolution": "本决议",
        "agreement": "本协定",
        "agenda": "本议程",
        "regulations": "本条例",
    },
    of_paper={"": ""},
    clauses={
        Clause.PROTOCOL: "{made}于{day}在{place}签署，{copies}，用{languages}写成{equal}。",
        Clause.TREATY: "{made}于{day}在{place}签订，{copies}，用{languages}写成{equal}。",
        Clause.DEPOSITED: "{made}于{day}在{place}签订，{copies}，用{languages}写成{equal}。",
        Clause.NONE: "",
    },
    kept={
        Clause.PROTOCOL: "正本由{keeper}保存，并由其向各方提供经核证的副本。",
        Clause.TREATY: "正本由{keeper}保存，并由其向各方提供经核证的副本。",
        Clause.DEPOSITED: "正本由{keeper}保存，并由其向每个签署国提供经核证的副本。",
    },
    copies={Copies.ONE: "一式一份", Copies.EACH: "一式{count}份，各方各执一份"},
    in_languages=("{names}", "{names}"),
    language={"ru": "俄文", "zh": "中文", "en": "英文"},
    joint=("、", "和"),
    equal=("", "，两种文本同等作准", "，各文本同等作准"),
    capacities={
        Capacity.DELEGATION: ("{name}代表团",),
        Capacity.HEAD: ("{name}代表团团长",),
        Capacity.STATE: ("{name}代表",),
        Capacity.FROM_STATE: ("{name}代表",),
    },
    forms=dict.fromkeys(Capacity, "full"),
    chair="会议主席",
    opinion="附不同意见",
)
_EN = _Words(
    made={"": "Done"},
    of_paper={"": ""},
    clauses={
        Clause.PROTOCOL: "Done at {place} on {day} {copies} {languages}{equal}.",
        Clause.TREATY: "Done at {place} on {day} {copies} {languages}{equal}.",
        Clause.DEPOSITED: "Done at {place} on {day} {copies} {languages}{equal}.",
        Clause.NONE: "",
    },
    kept={
        Clause.PROTOCOL: "The original shall be kept by {keeper}, which shall send certified copies to the Sides.",
        Clause.TREATY: "The original shall be kept by {keeper}, which shall send certified copies to the Sides.",
        Clause.DEPOSITED: "The original shall be kept by {keeper}, which shall send a certified copy to each "
        "signatory State.",
    },
    copies={Copies.ONE: "in one {original}copy", Copies.EACH: "in {count} copies, one for each Side,"},
    in_languages=("in the {names} language", "in the {names} languages"),
    language={"ru": "Russian", "zh": "Chinese", "en": "English"},
    joint=(", ", " and "),
    equal=("", ", both texts being equally authentic", ", all texts being equally authentic"),
    capacities={
        Capacity.DELEGATION: ("For the delegation of", "{name}"),
        Capacity.HEAD: ("Head of the delegation of", "{name}"),
        Capacity.STATE: ("For {name}",),
        Capacity.FROM_STATE: ("For {name}",),
    },
    forms=dict.fromkeys(Capacity, "listed"),
    chair="Chair of the meeting",
    opinion="with a special opinion (attached)",
)
_WORDS = {"ru": _RU, "zh": _ZH, "en": _EN}
_ORIGINAL = {"ru": "подлинном ", "en": "original "}


def closing_clause(arrangement: Arrangement, type_of_paper: str, language: str, *, sides: int) -> str:
    """Return the closing clause in a language, a paragraph on each line; "" where the paper has none.

    Args:
        sides: How many sign: the number of originals where each side has one.
    """
    if arrangement.clause is Clause.NONE:
        return ""
    words = _WORDS[language]
    is_treaty = arrangement.clause is not Clause.PROTOCOL
    count = to_chinese(sides) if language == "zh" and sides else str(sides)
    original = _ORIGINAL.get(language, "") if is_treaty else ""
    copies = words.copies[arrangement.copies].format(original=original, count=count)
    first = words.clauses[arrangement.clause].format(
        made=words.made.get(type_of_paper, words.made[""]),
        place=arrangement.places.get(language) or "…",
        day=_day(arrangement.on, language),
        copies=copies,
        languages=_languages(arrangement.languages or (language,), words),
        equal=words.equal[min(len(arrangement.languages), 3) - 1] if arrangement.languages else "",
    )
    keeper = arrangement.keepers.get(language, "")
    if not keeper or arrangement.copies is Copies.EACH:
        return first
    paper = words.of_paper.get(type_of_paper, words.of_paper[""])
    second = words.kept[arrangement.clause].format(keeper=keeper, paper=paper)
    return first + second if language == "zh" else f"{first}\n{second}"


def _languages(codes: tuple[str, ...], words: _Words) -> str:
    names = [words.language.get(code, code) for code in codes]
    comma, last = words.joint
    joined = last.join((comma.join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    return words.in_languages[len(names) > 1].format(names=joined)


def _day(day: date | None, language: str) -> str:
    return written(day, language).replace("\u00a0г.", "\u00a0года") if day else "…"


def day_words(day: date, language: str) -> str:
    """Return the day as the closing clause and the annex mark have it."""
    return _day(day, language)


def capacity_lines(capacity: Capacity, name: str, language: str) -> tuple[str, ...]:
    """Return the lines above a signature; *name* is the state in the form ``name_form`` says."""
    return tuple(line.format(name=name) for line in _WORDS[language].capacities[capacity])


def name_form(capacity: Capacity, language: str) -> str:
    """Return which form of a state's name a capacity needs: "genitive", "accusative", "full", "listed"."""
    return _WORDS[language].forms[capacity]


def chair_words(language: str) -> str:
    """Return what stands above the signature of the chair alone."""
    return _WORDS[language].chair


def opinion_words(language: str) -> str:
    """Return what stands beneath a signature with a special opinion."""
    return _WORDS[language].opinion
