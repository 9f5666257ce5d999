"""Small Word files written by hand, so that a test shows the XML it is about."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
)
RELATIONSHIPS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relationship(number: int, purpose: str, target: str, *, external: bool = False) -> str:
    """Return one relationship element."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{purpose}" Target="{target}"{mode}/>'


def run(words: str, properties: str = "") -> str:
    """Return a run of *words* with run properties as XML."""
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    """Return a paragraph: *content* is words or, beginning with "<", XML."""
    inside = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def styled(style: str, content: str) -> str:
    """Return a paragraph of a style."""
    return p(content, f'<w:pStyle w:val="{style}"/>')


def numbered(content: str, num_id: int = 1, ilvl: int = 0) -> str:
    """Return a paragraph of an automatic list."""
    return p(content, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    """Return a table cell of one paragraph, or of the paragraphs given as XML."""
    inside = content if content.startswith("<w:p") or content.startswith("<w:tbl") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a table row of cells given as XML or words."""
    inside = "".join(c if c.startswith("<w:tc") or c.startswith("<w:sdt") else cell(c) for c in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(ilvl: int, form: str, pattern: str, extra: str = "", start: int = 1) -> str:
    """Return one level of an abstract list."""
    counted = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
    return f'<w:lvl w:ilvl="{ilvl}">{counted}{extra}<w:lvlText w:val="{pattern}"/></w:lvl>'


def numbering(abstracts: Mapping[int, str], nums: Mapping[int, tuple[int, str]]) -> str:
    """Return a numbering part: abstract lists by id, lists as (abstract id, overrides)."""
    inside = "".join(f'<w:abstractNum w:abstractNumId="{at}">{xml}</w:abstractNum>' for at, xml in abstracts.items())
    inside += "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{abstract}"/>{xml}</w:num>'
        for at, (abstract, xml) in nums.items()
    )
    return f'<?xml version="1.0"?><w:numbering {NAMESPACES}>{inside}</w:numbering>'


def styles(inside: str) -> str:
    """Return a styles part."""
    return f'<?xml version="1.0"?><w:styles {NAMESPACES}>{inside}</w:styles>'


def notes(inside: str, kind: str = "footnote") -> str:
    """Return a notes part with Word's two separators and the notes given as XML."""
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{at}"><w:p/></w:{kind}>'
        for at, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f'<?xml version="1.0"?><w:{kind}s {NAMESPACES}>{separators}{inside}</w:{kind}s>'


def document(body: str) -> str:
    """Return a main document part."""
    inside = f"<w:body>{body}<w:sectPr/></w:body>"
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}>{inside}</w:document>'


def part(
    body: str, declared: str = f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
) -> bytes:
    """Return a main part with *body*, as it is stored."""
    return f'<?xml version="1.0"?><w:document {declared}><w:body>{body}</w:body></w:document>'.encode()


def members(body: str = "", *, main_type: str = MAIN_TYPE, links: str = "", **parts: str) -> dict[str, bytes]:
    """Return the members of a Word file; *parts* are related parts by name: ``styles=…``, ``numbering=…``."""
    related = "".join(relationship(at, name, f"{name}.xml") for at, name in enumerate(parts, 1))
    found = {
        "[Content_Types].xml": TYPES.format(main=main_type),
        "_rels/.rels": RELATIONSHIPS.format(relationship(1, "officeDocument", "word/document.xml")),
        "word/document.xml": document(body or p("Стороны договорились.")),
        "word/_rels/document.xml.rels": RELATIONSHIPS.format(related + links),
        **{f"word/{name}.xml": xml for name, xml in parts.items()},
    }
    return {name: xml.encode() for name, xml in found.items()}


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the members as a ZIP."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def docx(body: str = "", **parts: str) -> bytes:
    """Return a Word file with the body and parts given as XML."""
    return zipped(members(body, **parts))
