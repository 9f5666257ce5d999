"""The frame of a paper: an officer's Word template with its fields filled in, the text's place left open.

Only the frame is rendered as a template, in a sandbox, with what belongs to the head; the text
of the draft is spliced in afterwards and never rendered.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from app.docxio import oxml, template_parts
from app.docxio.sheets import Sheet, Stage
from app.docxio.template_parts import TemplateUnusable, W

TEMPLATES = Path(__file__).resolve().parents[2] / "doc_templates"
PLACE = "\uf8ffchapeau-body\uf8ff"
_AT_THE_RIGHT = ("Chapeau Mark", "Chapeau Annex")


@dataclass(frozen=True)
class Frame:
    """What stands around the text of a paper, ready to be joined with it.

    Attributes:
        head: The document part up to the text.
        tail: From the text's end to the last section's properties.
        portrait: ``w:sectPr`` of a section; *landscape* the same, turned.
        first_page: What a first section has beside: its first page's own header.
        width: Of the text in portrait, in twips; *turned_width* in landscape; *height* in portrait.
        styles: Name of a style to its id in this template.
        parts: The members that the template gives, cleaned.
        kinds: Member to kind of part; *relations*: id to (kind, target).
        tab_stop: Distance of automatic tab stops, in twips.
    """

    head: str
    tail: str
    portrait: str
    landscape: str
    first_page: str
    width: int
    turned_width: int
    height: int
    styles: Mapping[str, str]
    parts: Mapping[str, bytes]
    kinds: Mapping[str, str]
    relations: Mapping[str, tuple[str, str]]
    tab_stop: int
    turned_head: str
    """What stands before the text where its first page is turned: what stands to the right does so there too."""

    def section(self, *, turned: bool, first: bool) -> str:
        """Return the properties of a section, the document's *first* one or a later one."""
        properties = self.landscape if turned else self.portrait
        return properties.replace("<!--first-->", self.first_page if first else "")


def frame(sheet: Sheet, template: bytes | None) -> Frame:
    """Return the frame of a paper with *sheet* at its head, from *template* or the shipped one.

    Raises:
        TemplateUnusable: The template is no Word file, its fields are wrong, or it has no place for the text.
    """
    adopted = sheet.stage is Stage.ADOPTED
    fields: tuple[tuple[str, Any], ...] = (
        ("marks", () if adopted else tuple(map(_line, sheet.marks))),
        ("annex", tuple(map(_line, sheet.annex))),
        ("adoption", () if sheet.language == "zh" else tuple(map(_line, sheet.adoption))),
        ("title", tuple(map(_line, sheet.title))),
        ("handling", _line(sheet.handling)),
        ("sample", _line(sheet.sample)),
        ("fingerprint", _line(sheet.fingerprint)),
        ("language", sheet.language),
        ("stage", str(sheet.stage)),
    )
    return _frame(template or shipped(sheet.language), sheet.language, fields)


@lru_cache(maxsize=4)
def shipped(language: str) -> bytes:
    """Return the template that comes with the product for *language*."""
    return (TEMPLATES / f"{language}.docx").read_bytes()


@lru_cache(maxsize=4)
def shipped_styles(language: str) -> bytes:
    """Return the styles part of the shipped template."""
    with zipfile.ZipFile(io.BytesIO(shipped(language))) as package:
        return package.read("word/styles.xml")


@lru_cache(maxsize=16)
def _frame(template: bytes, language: str, fields: tuple[tuple[str, Any], ...]) -> Frame:
    parts = template_parts.kept(_rendered(template, dict(fields)))
    styles_part, styles = template_parts.completed_styles(parts.styles, shipped_styles(language))
    head, tail, section = _opened(parts.document)
    first_page = '<w:titlePg xmlns:w="' + W[1:-1] + '"/>' if section.find(f"{W}titlePg") is not None else ""
    turned = template_parts.turned(section)
    width, turned_width = template_parts.text_width(section), template_parts.text_width(turned)
    return Frame(
        head=head,
        tail=tail,
        portrait=_section(section),
        landscape=_section(turned),
        first_page=first_page,
        width=width,
        turned_width=turned_width,
        height=template_parts.text_height(section),
        styles=styles,
        parts={**parts.others, "word/styles.xml": styles_part},
        kinds=parts.kinds,
        relations=parts.relations,
        tab_stop=160 if language == "zh" else 709,
        turned_head=_moved(head, styles, styles_part, turned_width - width),
    )


def _moved(head: str, styles: Mapping[str, str], styles_part: bytes, by: int) -> str:
    """Return the head with its mark and annex line moved to the right, as far as their style moves them at all."""
    for name in _AT_THE_RIGHT:
        left = template_parts.left_indent(styles_part, styles[name])
        own = f'<w:pStyle w:val="{styles[name]}"/>'
        if left:
            head = head.replace(f"<w:pPr>{own}</w:pPr>", f'<w:pPr>{own}<w:ind w:left="{left + by}"/></w:pPr>')
    return head


def _rendered(template: bytes, fields: dict[str, Any]) -> bytes:
    """Return the template with its fields filled in."""
    # Loaded late: commands that write into a draft's own file need no template, and start a tenth of a second sooner.
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    sandbox = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render({**fields, "body": PLACE}, jinja_env=sandbox)
        document.save(out)
    except TemplateError as error:
        raise TemplateUnusable(f"A field of the template is wrong: {error}") from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise TemplateUnusable("The template is not a Word file.") from error
    return out.getvalue()


def _opened(document: etree._Element) -> tuple[str, str, etree._Element]:
    """Return what stands before and after the text's place, and the last section's properties."""
    body = document.find(f"{W}body")
    places = (
        [p for p in body.iterchildren(f"{W}p") if "".join(map(str, p.itertext())).strip() == PLACE]
        if body is not None
        else []
    )
    section = body.find(f"{W}sectPr") if body is not None else None
    if body is None or section is None or len(places) != 1:
        raise TemplateUnusable("The template needs one paragraph that holds {{ body }} and nothing else.")
    body.replace(places[0], etree.Comment("text"))
    body.remove(section)
    whole: str = etree.tostring(document, encoding="unicode")
    head, rest = whole.split("<!--text-->")
    return oxml.DECLARATION + head, rest[: rest.rindex("</w:body>")], section


def _section(section: etree._Element) -> str:
    """Return the properties as text, the first page's own header marked to be filled in or left out."""
    section = template_parts.copied(section)
    first_page = section.find(f"{W}titlePg")
    if first_page is not None:
        section.replace(first_page, etree.Comment("first"))
    written: str = etree.tostring(section, encoding="unicode", with_tail=False)
    return written


def _line(text: str) -> str:
    """Return *text* on one line, without what XML forbids."""
    return " ".join(oxml.allowed(text).replace(PLACE, "").split("\n"))
