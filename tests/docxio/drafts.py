"""Reads handmade drafts for the tests."""

from app.docxio.reader import read_draft
from app.docxio.understanding import Understood
from app.text.runs import plain
from tests.docxio.handmade import docx, styles

CENTRED = '<w:jc w:val="center"/>'
BOLD = "<w:b/>"
HEADING_STYLES = styles(
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="Мой раздел"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="Заголовок 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="out"><w:name w:val="Outlined"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)
STATE_NAMES = {
    "BY": ["Республика Беларусь", "Беларусь", "白俄罗斯共和国", "白方", "Republic of Belarus"],
    "IR": ["Исламская Республика Иран", "Иран", "伊朗伊斯兰共和国", "伊方"],
    "CN": ["Китайская Народная Республика", "Китай", "中华人民共和国", "中方"],
    "ALL": ["Стороны", "各方", "заинтересованные Стороны"],
}


def read(*body: str, changes="accepted", states=None, **parts: str) -> Understood:
    """Return what is understood of a body."""
    return read_draft(docx("".join(body), **parts), changes=changes, states=states)


def shape(understood: Understood) -> list[tuple[str, int, str, str]]:
    """Return kind, level, label, words of each provision."""
    return [(p.kind.value, p.level, p.label, plain(p.text)) for p in understood.texts]


def parents(understood: Understood) -> list[str | None]:
    """Return the parents' keys."""
    return [p.parent for p in understood.texts]
