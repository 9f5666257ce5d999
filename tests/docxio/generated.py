"""Word files drawn at random: Russian, Chinese and English drafts in the ways people write them in Word."""

from dataclasses import replace

from hypothesis import strategies as st

from app.text.changes import Operation, Wish
from app.text.provision import TEXT, Kind, States
from app.text.runs import NOTE, plain, text
from tests.docxio.handmade import NAMESPACES, cell, docx, level, notes, numbered, numbering, p, row, run, styled, styles
from tests.docxio.phenomena import grid
from tests.text.strategies import DELEGATIONS, rounds

LANGUAGES = ("ru", "zh", "en")
_STATES = {
    "ru": "Беларусь Индия Иран Казахстан Китай Киргизия Пакистан Россия Таджикистан Узбекистан",
    "zh": "白俄罗斯 印度 伊朗 哈萨克斯坦 中国 吉尔吉斯斯坦 巴基斯坦 俄罗斯 塔吉克斯坦 乌兹别克斯坦",
    "en": "Belarus India Iran Kazakhstan China Kyrgyzstan Pakistan Russia Tajikistan Uzbekistan",
}
SHORT = {language: tuple(named.split()) for language, named in _STATES.items()}
NAMES = {language: {c: [n] for c, n in zip(DELEGATIONS, names, strict=True)} for language, names in SHORT.items()}
for _names in NAMES.values():
    _names |= {"ALL": ["ALL"], "SEC": ["SEC"]}
SENTENCES = {
    "ru": (
        "Стороны обмениваются опытом.",
        "План – не договор & не акт.",
        "Группа собирается ежегодно;",
        "Доклад готов.",
    ),
    "zh": ("各方交流经验。", "本计划不是条约。", "专家组每年举行会议；", "总结报告已完成。"),
    "en": ("The Parties share experience.", "R&D <and> more.", "The group meets every year;", "The report is ready."),
}
HEADS = {"ru": ("Мероприятие", "Исполнители"), "zh": ("措施", "负责方"), "en": ("Measure", "Executors")}
TITLES = {"ru": "ОБЩИЕ ПОЛОЖЕНИЯ", "zh": "总则", "en": "GENERAL PROVISIONS"}
_LOOKS = ("", "", "", "<w:b/>", "<w:i/>")
_STYLES = styles(
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
)
_LISTS = numbering(
    {0: level(0, "decimal", "%1.") + level(1, "russianLower", "%2)"), 1: level(0, "bullet", "–")},
    {1: (0, ""), 2: (1, "")},
)


@st.composite
def words(draw, language, note=False):
    """Draw the runs of a sentence, cut anywhere, each piece with a look of its own; sometimes in a link."""
    said = draw(st.sampled_from(SENTENCES[language]))
    cuts = sorted(draw(st.sets(st.integers(1, len(said) - 1), max_size=3)))
    pieces = [
        run(said[a:b], draw(st.sampled_from(_LOOKS))) for a, b in zip([0, *cuts], [*cuts, len(said)], strict=True)
    ]
    if len(pieces) > 2 and draw(st.booleans()):
        pieces[1] = f'<w:hyperlink w:anchor="a">{pieces[1]}</w:hyperlink>'
    if note:
        pieces.insert(draw(st.integers(1, len(pieces))), '<w:r><w:footnoteReference w:id="1"/></w:r>')
    return "".join(pieces)


@st.composite
def tables(draw, language):
    """Draw a table: a heading row, measures, and cells that name states."""
    rows = [row(*HEADS[language])]
    for _ in range(draw(st.integers(2, 4))):
        named = draw(st.lists(st.sampled_from(SHORT[language]), min_size=1, max_size=3, unique=True))
        measure = "".join(p(draw(words(language))) for _ in range(draw(st.integers(1, 2))))
        rows.append(row(cell(measure), ("、" if language == "zh" else ", ").join(named)))
    return grid(*rows)


@st.composite
def drafts(draw):
    """Draw a language and a Word file in it, with headers for first and even pages."""
    language = draw(st.sampled_from(LANGUAGES))
    body, noted = [styled("1", TITLES[language])], False
    for number in range(draw(st.integers(2, 5))):
        kind = draw(st.sampled_from(("typed", "typed", "counted", "sub", "bullet", "plain", "table")))
        note = not noted and draw(st.booleans())
        noted = noted or (note and kind != "table")
        said = draw(words(language, note and kind != "table"))
        body.append(
            {
                "typed": lambda n=number, s=said: p(run(f"{n + 1}. ") + s),
                "counted": lambda s=said: numbered(s),
                "sub": lambda s=said: numbered(s, 1, 1),
                "bullet": lambda s=said: numbered(s, 2),
                "plain": lambda s=said: p(s),
                "table": lambda: draw(tables(language)),
            }[kind]()
        )
    header = f'<?xml version="1.0"?><w:hdr {NAMESPACES}>{p("–")}</w:hdr>'
    parts = {"styles": _STYLES, "numbering": _LISTS, "header": header}
    parts["settings"] = f'<?xml version="1.0"?><w:settings {NAMESPACES}><w:evenAndOddHeaders/></w:settings>'
    if noted:
        parts["footnotes"] = notes(f'<w:footnote w:id="1">{p(draw(words(language)))}</w:footnote>')
    return language, docx("".join(body), **parts)


def wishes_on(base):
    """Draw the wishes of some delegations on an edition that was read from a file: such as a Word file can hold."""
    drawn = rounds(delegations=DELEGATIONS[:4], max_changes=6, base=base)
    return drawn.map(
        lambda found: tuple(
            Wish(wish.sponsor, _written(wish.change, base)) for wish in found[1] if _can_be_written(wish.change, base)
        )
    )


def _can_be_written(change, base):
    """Whether a file can say it: rows stand in their table, notes where they are referred to."""
    by_key = base.by_key()
    if change.parts is not None and not any(_says(content) for content in change.parts.values()):
        return False  # a paragraph without words is no provision
    kind = by_key[change.key].kind if change.key in by_key else change.block[0].kind
    above = by_key.get(change.place.parent) if change.place else None
    if kind is Kind.FOOTNOTE:
        return change.operation is Operation.AMEND
    if change.place is None:
        return True
    if kind is Kind.ROW:
        one = by_key.get(change.key) or change.block[0]
        if change.operation is Operation.INSERT and TEXT in one.parts:
            return False  # a row over all columns needs a pattern in the table: else the draft goes out in the template
        return above is not None and above.kind is Kind.TABLE and above.key == one.parent
    return above is None or above.kind not in (Kind.ROW, Kind.FOOTNOTE, Kind.TABLE)


def _says(content):
    return bool(content.members) if isinstance(content, States) else bool(plain(content).replace(NOTE, "").strip())


def _written(change, base):
    known = {run.note for one in base for c in one.parts.values() if not isinstance(c, States) for run in c}
    one = base.by_key().get(change.key)

    def kept(parts, in_row):
        found = {}
        for name, content in parts.items():
            if one is not None and name not in one.parts:
                continue
            found[name] = content
            if not isinstance(content, States):
                runs = [run for run in content if run.text != NOTE or run.note in known]
                found[name] = text(*(run if in_row else run._replace(text=run.text.replace("\n", " ")) for run in runs))
        return found

    block = tuple(replace(q, parts=kept(q.parts, q.kind is Kind.ROW)) for q in change.block)
    parts = change.parts and kept(change.parts, one.kind is Kind.ROW)
    return replace(change, parts=parts, block=block)
