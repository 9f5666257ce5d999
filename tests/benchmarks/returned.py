"""What ten delegations send back: one draft as Word files, each with tracked changes of its own.

Written by hand, by nothing of the product, so that the product and its peers read the same honest files.
"""

import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = f"{{{W}}}"
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


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put *word* in place of the word at *at*."""

    at: int
    word: str


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


def base_file(paragraphs: Sequence[Sequence[str]]) -> bytes:
    """Return the draft as it was sent out."""
    return _file("".join(f"<w:p>{_run(' '.join(words))}</w:p>" for words in paragraphs))


def returned_files(
    paragraphs: Sequence[Sequence[str]], delegations: int, changes: int, *, spread: int | None = None
) -> list[Returned]:
    """Return what delegations send back, each with *changes* words replaced.

    Args:
        spread: The changes fall on the first so many paragraphs: few make them dense. None: on all.
    """
    return [
        _returned(paragraphs, f"Delegation {n + 1}", random.Random(n), changes, spread or len(paragraphs))
        for n in range(delegations)
    ]


def _returned(
    paragraphs: Sequence[Sequence[str]], name: str, chance: random.Random, changes: int, spread: int
) -> Returned:
    asked: dict[int, dict[int, str]] = {}
    while sum(map(len, asked.values())) < changes:
        # Few places and words, so that delegations meet, overlap and stand side by side.
        at = chance.choice((3, 7, 8, 9, 20, 21, chance.randrange(1, len(paragraphs[0]) - 1)))
        asked.setdefault(chance.randrange(spread), {})[at] = chance.choice(NEW_WORDS)
    body, wished, number = [], [], 0
    for position, words in enumerate(paragraphs):
        mine = asked.get(position, {})
        pieces = []
        for at, word in enumerate(words):
            space = " " if at + 1 < len(words) else ""
            if at in mine:
                number += 2
                pieces.append(_change("del", number, name, word) + _change("ins", number + 1, name, mine[at]))
                pieces.append(_run(space) if space else "")
            else:
                pieces.append(_run(word + space))
        body.append(f"<w:p>{''.join(pieces)}</w:p>")
        wished.append(" ".join(mine.get(at, word) for at, word in enumerate(words)))
    return Returned(name, _file("".join(body)), tuple(wished))


def _run(words: str, tag: str = "w:t") -> str:
    return f'<w:r><w:{tag[2:]} xml:space="preserve">{escape(words)}</w:{tag[2:]}></w:r>' if words else ""


def _change(kind: str, number: int, author: str, word: str) -> str:
    text = _run(word, "w:delText" if kind == "del" else "w:t")
    return f'<w:{kind} w:id="{number}" w:author="{escape(author)}" w:date="2025-04-20T10:00:00Z">{text}</w:{kind}>'


def _file(body: str) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}"><w:body>{body}'
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
