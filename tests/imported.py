"""Drafts that came from Word files, imported through the product; files planted with traces of a person."""

import io
import re
import zipfile
from collections.abc import Mapping

from app.docxio.understanding import Understood
from app.models import db
from app.models.documents import Document, Version
from app.sample.word_files import FOLDER
from app.services import imports, versions
from app.text.outline import Correction
from tests.rounds import OpenRound, open_round_on
from tests.world import NOON, World

CANARIES = ("Ivan Canary", "00CANARY", "canary-template", "canary-custom-xml", "Canary and Sons", "canary-comment")

_READ: dict[bytes, Understood] = {}
"""What was understood of a file before: each world calls states by the same names."""


def sample_file(language: str, document: str = "action-plan") -> bytes:
    """Return the sample's draft in a language, as it is uploaded."""
    return (FOLDER / f"{document}.{language}.docx").read_bytes()


def import_draft(
    world: World, files: Mapping[str, bytes], *, slug: str = "plan", corrections: tuple[Correction, ...] = ()
) -> str:
    """Import files as a document's Version 0, in Russian first, and return the document's id."""
    document = versions.create_document(
        slug,
        titles={"ru": "План действий", "zh": "行动计划", "en": "Action plan"},
        type_of_paper="action_plan",
        negotiating_language=next(iter(files)),
        actor=world.secretariat,
        now=NOON,
    )
    for language, data in files.items():
        if data not in _READ:
            _READ[data] = imports.understand(data, f"{slug}.docx", actor=world.secretariat)
        understood = _READ[data]
        imports.keep_import(slug, language, understood, data, f"{slug}.docx", actor=world.secretariat, now=NOON)
    if corrections:
        language = next(iter(files))
        imports.correct_import(slug, language, corrections, lock_version=1, actor=world.secretariat, now=NOON)
    imports.save_version_0(slug, actor=world.secretariat, now=NOON)
    return document


def round_on_import(world: World, files: Mapping[str, bytes], **more: object) -> OpenRound:
    """Open a round on an imported draft."""
    opened = open_round_on(world, import_draft(world, files, **more))  # type: ignore[arg-type]
    return OpenRound(opened.id, opened.version, next(iter(files)))


def newest(slug: str = "plan") -> Version:
    """Return the newest version of a document."""
    found = db.session.scalar(
        db.select(Version)
        .join(Document, Document.id == Version.document_id)
        .where(Document.slug == slug)
        .order_by(Version.number.desc())
    )
    assert found is not None
    return found


def planted(data: bytes) -> bytes:
    """Return a Word file with a person's traces put everywhere Word leaves them; see ``CANARIES``."""
    source = zipfile.ZipFile(io.BytesIO(data))
    members = {name: source.read(name).decode("utf-8", "surrogateescape") for name in source.namelist()}
    main = members["word/document.xml"]
    main = main.replace("<w:p>", '<w:p w:rsidR="00CANARY" w:rsidRDefault="00CANARY">')
    comment = (
        '<w:commentRangeStart w:id="0"/>\\g<0><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    members["word/document.xml"] = re.sub(r"<w:r>(?:(?!</w:r>).)+</w:r>", comment, main, count=1, flags=re.DOTALL)
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    members["word/comments.xml"] = (
        f'<w:comments {namespace}><w:comment w:id="0" w:author="Ivan Canary" w:initials="IC">'
        "<w:p><w:r><w:t>canary-comment</w:t></w:r></w:p></w:comment></w:comments>"
    )
    members["customXml/item1.xml"] = "<canary>canary-custom-xml</canary>"
    members["docProps/core.xml"] = re.sub(
        r"<dc:creator>[^<]*</dc:creator>|<dc:creator/>",
        "<dc:creator>Ivan Canary</dc:creator>",
        members["docProps/core.xml"],
    )
    members["docProps/app.xml"] = "<Properties><Company>Canary and Sons</Company></Properties>"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = members["word/_rels/document.xml.rels"]
    members["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>",
        f'<Relationship Id="rId901" Type="{office}/comments" Target="comments.xml"/>'
        f'<Relationship Id="rId902" Type="{office}/customXml" Target="../customXml/item1.xml"/></Relationships>',
    )
    members["word/_rels/settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/attachedTemplate" '
        'Target="file:///C:/Users/canary-template.dotm" TargetMode="External"/></Relationships>'
    )
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.comments+xml"/></Types>',
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content.encode("utf-8", "surrogateescape"))
    return packed.getvalue()
