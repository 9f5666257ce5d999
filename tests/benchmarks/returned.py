"""What ten delegations send back: one draft as Word files, each with tracked changes of its own.

Written by hand, by nothing of the product, so that the product and its peers read the same honest files. What a reader
costs depends on how they are written: with a run for each word, as a file looks that many hands have been through; with
looks, languages and numbers of savings said of every run and paragraph, as Word does; or bare, nothing but the words
and their changes.
"""

import io
import random
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = f"{{{W}}}"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_PLAN = (
    "Стороны создают единую общедоступную платформу обмена опытом в цифровой сфере на добровольной основе с учётом "
    "национального законодательства и международных обязательств государств членов Организации и развивают "
    "сотрудничество между министерствами и ведомствами ответственными за развитие информационных технологий"
)
WORDS = _PLAN.split()
NEW_WORDS = (
    "формируют",
    "регулярно",
    "совместно",
    "безопасную",
    "устойчивую",
    "заинтересованные",
    "ежегодно",
    "взаимно",
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_NO_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


class Form(NamedTuple):
    """A way to write the same words and changes.

    Attributes:
        name: What it is called.
        paragraph: The start of a paragraph: its tag, its properties.
        run: The start of a run: its tag, its properties.
        is_by_word: Whether each word stands in a run of its own; else only a change divides runs.
    """

    name: str
    paragraph: str = "<w:p>"
    run: str = "<w:r>"
    is_by_word: bool = False


_FONT = (
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/>'
    '<w:szCs w:val="28"/><w:lang w:val="ru-RU"/></w:rPr>'
)
BY_WORD = Form("a run for each word", is_by_word=True)
AS_WORD = Form(
    "as Word writes",
    '<w:p w14:paraId="4A1B2C3D" w14:textId="77777777" w:rsidR="00A41F2C" w:rsidRDefault="00A41F2C" w:rsidP="00B52E3D">'
    '<w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="709"/><w:jc w:val="both"/>'
    f"{_FONT}</w:pPr>",
    f'<w:r w:rsidRPr="00C63F4E">{_FONT}',
)
BARE = Form("bare")


@dataclass(frozen=True)
class Returned:
    """One delegation's file, and the paragraphs it asks for."""

    name: str
    data: bytes
    wished: tuple[str, ...]


def base_paragraphs(count: int, words: int = 60) -> list[list[str]]:
    """Return *count* paragraphs of *words* words, each of its own kind."""
    chance = random.Random(count)
    return [[f"П{n}", *(chance.choice(WORDS) for _ in range(words - 2)), "конец."] for n in range(1, count + 1)]


def base_file(paragraphs: Sequence[Sequence[str]], form: Form = BY_WORD) -> bytes:
    """Return the draft as it was sent out."""
    return _file("".join(f"{form.paragraph}{_run(form, ' '.join(words))}</w:p>" for words in paragraphs))


def returned_files(
    paragraphs: Sequence[Sequence[str]],
    delegations: int,
    changes: int,
    *,
    spread: int | None = None,
    form: Form = BY_WORD,
) -> list[Returned]:
    """Return what delegations send back, each with *changes* words replaced.

    Args:
        form: How the files are written.
        spread: The changes fall on the first so many paragraphs: few make them dense. None: on all.
    """
    return [
        _returned(form, paragraphs, f"Delegation {n + 1}", _asked(paragraphs, random.Random(n), changes, spread))
        for n in range(delegations)
    ]


def _asked(
    paragraphs: Sequence[Sequence[str]], chance: random.Random, changes: int, spread: int | None
) -> dict[int, dict[int, str]]:
    asked: dict[int, dict[int, str]] = {}
    while sum(map(len, asked.values())) < changes:
        # Few places and words, so that delegations meet, overlap and stand side by side.
        at = chance.choice((3, 7, 8, 9, 20, 21, chance.randrange(1, len(paragraphs[0]) - 1)))
        asked.setdefault(chance.randrange(spread or len(paragraphs)), {})[at] = chance.choice(NEW_WORDS)
    return asked


def _returned(
    form: Form, paragraphs: Sequence[Sequence[str]], name: str, asked: Mapping[int, Mapping[int, str]]
) -> Returned:
    body, wished, number = [], [], 0
    for position, words in enumerate(paragraphs):
        mine = asked.get(position, {})
        pieces, kept = [], ""
        for at, word in enumerate(words):
            space = " " if at + 1 < len(words) else ""
            if at in mine:
                number += 2
                pieces.append(_run(form, kept))
                pieces.append(_change(form, "del", number, name, word))
                pieces.append(_change(form, "ins", number + 1, name, mine[at]))
                kept = space
            else:
                kept += word + space
            if form.is_by_word:
                pieces.append(_run(form, kept))
                kept = ""
        body.append(f"{form.paragraph}{''.join(pieces)}{_run(form, kept)}</w:p>")
        wished.append(" ".join(mine.get(at, word) for at, word in enumerate(words)))
    return Returned(name, _file("".join(body)), tuple(wished))


def _run(form: Form, words: str, tag: str = "t") -> str:
    return f'{form.run}<w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r>' if words else ""


def _change(form: Form, kind: str, number: int, author: str, word: str) -> str:
    text = _run(form, word, "delText" if kind == "del" else "t")
    return f'<w:{kind} w:id="{number}" w:author="{escape(author)}" w:date="2025-04-20T10:00:00Z">{text}</w:{kind}>'


def _file(body: str) -> bytes:
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{W}" xmlns:w14="{_W14}"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _LINKS),
            ("word/_rels/document.xml.rels", _NO_LINKS),
            ("word/document.xml", document),
        ):
            package.writestr(name, content)
    return out.getvalue()


def exactly_wished(consolidated: bytes, returned: Sequence[Returned]) -> int:
    """Return how many delegations' wishes a consolidated file gives exactly (the second law), read by no product."""
    with zipfile.ZipFile(io.BytesIO(consolidated)) as package:
        data = package.read("word/document.xml")
    return sum(set(one.wished) <= set(_as_wished(data, one.name)) for one in returned)


def _as_wished(document: bytes, sponsor: str) -> list[str]:
    """Return the paragraphs when what *sponsor* does not sponsor is rejected and the rest accepted."""
    root = etree.fromstring(document)
    for change in list(root.iter(f"{_NS}ins", f"{_NS}del")):
        mine = sponsor in [name.strip() for name in change.get(f"{_NS}author", "").split(";")]
        if (change.tag == f"{_NS}ins") != mine and change.getparent() is not None:
            for text in change.iter(f"{_NS}t", f"{_NS}delText"):
                text.text = ""
    return ["".join(t.text or "" for t in p.iter(f"{_NS}t", f"{_NS}delText")) for p in root.iter(f"{_NS}p")]
