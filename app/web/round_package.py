"""Everything of a round as one ZIP: every form in every language, versions as issued, an index with fingerprints."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from flask import Blueprint, Response, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from app.docxio.bundle import Member, Packed, bundle
from app.docxio.fate import fate_of_proposals
from app.docxio.numbers_table import concordance_table
from app.models.rounds import Round
from app.negotiation.actors import Actor
from app.queries import access
from app.queries.concordances import load_concordance
from app.queries.fates import load_fate
from app.queries.papers import load_comparison
from app.queries.proposals import outcomes_visible
from app.queries.round_packages import PackedDocument, RoundContents, load_contents
from app.queries.round_papers import load_round_paper
from app.queries.rounds import round_row
from app.services.printing import Look, Printed, print_comparison, print_tracked
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.languages import LOCALES, language_name
from app.web.papers import LANGUAGE, clean_file, fated, handled
from app.web.round_files import Form, made, offers

bp = Blueprint("round_package", __name__)

_IN_MEMORY_BYTES = 16 * 1024 * 1024
"""A larger package is put together on disk."""
_PIECE_BYTES = 64 * 1024


@bp.get(f"/rounds/<int:number>/package.<{LANGUAGE}>.zip")
@for_roles(*MEMBERS)
def package(number: int, language: str) -> Response:
    """Send a round as a package, as far as it is open to who asks; *language* is that of the index."""
    actor = current_actor()
    round_ = access.get_round(number, actor=actor)
    contents = load_contents(round_, language, actor=actor)
    packed: list[Packed] = []
    with ExitStack() as until_sent:
        file = cast(IO[bytes], until_sent.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)))
        with force_locale(LOCALES[language]):
            bundle(_Package(round_, contents, language, actor, packed).members(), packed, file)
        response = Response(_pieces(file), mimetype="application/zip")
        response.content_length = file.tell()
        response.call_on_close(until_sent.pop_all().close)
    name = handled(f"round{number}.{language}.zip", contents.handling)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file from its beginning, and close it."""
    with file:
        file.seek(0)
        while piece := file.read(_PIECE_BYTES):
            yield piece


@dataclass
class _Package:
    round: Round
    contents: RoundContents
    language: str
    actor: Actor
    packed: list[Packed]

    def members(self) -> Iterator[Member]:
        """Yield the files, the index last: it knows what the others were."""
        for document in self.contents.documents:
            yield from self.versions(document)
            for code in self.contents.languages:
                yield from self.forms(document, code)
                yield from self.fates(document, code)
        index = render_template(
            "rounds/package.html",
            round=round_row(self.round, actor=self.actor, now=now()),
            contents=self.contents,
            packed=self.packed,
            language=self.language,
        )
        yield Member("index.html", index.encode())

    def versions(self, document: PackedDocument) -> Iterator[Member]:
        """Yield the versions as issued, and what the round changed: a comparison, old and new numbers."""
        folder = f"{document.slug}/versions"
        for edition in document.editions:
            name, content = clean_file(document.slug, edition.number, edition.language, actor=self.actor)
            yield Member(f"{folder}/{name}", content, self.about(_("Text as issued"), edition.language))
        if document.result is None:
            return
        before, after = document.base, document.result
        both = [e.language for e in document.editions if e.number == before]
        for code in (e.language for e in document.editions if e.number == after and e.language in both):
            paper = load_comparison(document.slug, before, after, code, actor=self.actor)
            made_ = print_comparison(paper)
            yield Member(f"{folder}/{paper.name}", made_.content, self.about(_("What changed"), code, made_.look))
        for code in self.contents.languages:
            numbers = load_concordance(document.slug, after, code, actor=self.actor)
            content = concordance_table(numbers.rows, numbers.sheet)
            yield Member(f"{folder}/{numbers.name}.{code}.docx", content, self.about(_("Old and new numbers"), code))

    def forms(self, document: PackedDocument, code: str) -> Iterator[Member]:
        """Yield every form of the consolidated draft, headed in one language."""
        paper = load_round_paper(document.slug, self.round.number, code, actor=self.actor, now=now())
        names = {offer.form: offer.name for offer in offers()}
        for form in Form:
            name = handled(f"{paper.name}.{form}.{code}.docx", paper.sheet.handling)
            if form is Form.TRACKED:
                made_ = print_tracked(paper)
            else:
                made_ = Printed(made(form, paper, actor=self.actor), Look.HOUSE)
            yield Member(f"{document.slug}/{name}", made_.content, self.about(names[form], code, made_.look))

    def fates(self, document: PackedDocument, code: str) -> Iterator[Member]:
        """Yield what became of the proposals of each delegation, once that can be seen."""
        if not outcomes_visible(self.round, self.actor) or self.round.closed_at is None:
            return
        paper = load_round_paper(document.slug, self.round.number, code, actor=self.actor, now=now())
        for delegation in fated(paper, self.actor):
            fate = load_fate(document.slug, self.round.number, delegation, code, actor=self.actor, now=now())
            name = handled(f"{fate.name}.{code}.docx", fate.sheet.handling)
            said = f"{_('What became of the proposals')}: {paper.sheet.short(delegation)}"
            yield Member(
                f"{document.slug}/fates/{name}", fate_of_proposals(fate.fates, fate.sheet), self.about(said, code)
            )

    def about(self, name: str, code: str, look: Look = Look.HOUSE) -> str:
        """Return what a file is, the language of its head, and whether it stands in the draft's own file."""
        told = f"{name}, {language_name(code)}"
        own = _("in the draft's own file")
        return f"{told}, {own}" if look is Look.OWN else told
