"""``chapeau consolidate``: what delegations sent back in Word, made one draft, without a server or an account."""

import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import click

from app.cli.consolidation_report import report
from app.cli.files import WORD_FILE, check_output, output_options, progress, read_file, telling, write_output
from app.docxio.archive import LIMITS
from app.docxio.consolidating import (
    Consolidation,
    OtherBase,
    bracketed_form,
    table_form,
    tracked_form,
)
from app.docxio.consolidating import (
    consolidate as consolidated,
)
from app.docxio.conversion import as_docx
from app.docxio.refusals import FileRefused
from app.docxio.revised import Revised
from app.docxio.table_words import Layout
from app.docxio.upload import read_returned_together
from app.text.provision import Edition

AT_ONCE = max(2, min(4, os.cpu_count() or 1))
"""Processes that read files at once."""
FORMS = ("tracked", "bracketed", "table")
LANGUAGES = ("ru", "zh", "en")


@click.command("consolidate")
@click.argument("base", type=WORD_FILE)
@click.option("--from", "sources", multiple=True, required=True, metavar="NAME=FILE", help="Who sent which file back.")
@click.option("--as", "form", type=click.Choice(FORMS), default="tracked", show_default=True, help="Form of the draft.")
@click.option(
    "--layout", type=click.Choice([str(layout) for layout in Layout]), default="svodnaya", help="Of the table."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the fixed words (default: that of the text).")
@click.option("--align", is_flag=True, help="Take files made from another text too, carried over to the base.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the changes (default: today).")
@click.option("--report", "reported", type=click.Path(path_type=Path), help="Write wishes and conflicts as JSON.")
@output_options("Where to write the draft; a folder gets all forms.", required=True)
def consolidate(
    base: Path,
    sources: tuple[str, ...],
    form: str,
    layout: str,
    language: str | None,
    align: bool,
    on: datetime | None,
    reported: Path | None,
    output: Path,
    force: bool,
) -> None:
    """Write one draft of BASE in which every change stands under the names of those who ask for it.

    The files may hold tracked changes or be simply edited. Identical wishes are joined, comments stand on their
    changes. A file made from another text is refused with the differences named, unless --align is given.
    """
    files = _named(sources)
    targets = _targets(output, form, Layout(layout))
    if reported and reported.resolve() in {path.resolve() for path in targets}:
        raise click.ClickException(f"{reported} cannot be both the draft and the report.")
    for path in (*targets, *([reported] if reported else [])):
        check_output(path, force=force)
    read = _read({"": base, **files})
    found = _consolidated({name: revised for name, (revised, _) in read.items()}, base, align=align)
    source = read[""][1]
    day: date = on.date() if on else datetime.now(UTC).date()
    for path, made in targets.items():
        progress(f"writing {path.name} …")
        write_output(path, made(found, language or found.base.language, day, source), force=force)
    if reported:
        told = json.dumps(report(found), ensure_ascii=False, indent=1, sort_keys=True)
        write_output(reported, f"{told}\n".encode(), force=force)


_Make = Callable[[Consolidation, str, date, bytes], bytes]


def _table(layout: Layout) -> _Make:
    return lambda found, language, day, _source: table_form(found, language, day, layout)


def _bracketed(found: Consolidation, language: str, day: date, _source: bytes) -> bytes:
    return bracketed_form(found, language, day)


def _targets(output: Path, form: str, layout: Layout) -> Mapping[Path, _Make]:
    """Return where to write which form: one file, or all forms where *output* is a folder."""
    if output.is_dir():
        tables = {output / f"table-{one}.docx": _table(one) for one in Layout}
        forms: dict[Path, _Make] = {output / "tracked.docx": tracked_form, output / "bracketed.docx": _bracketed}
        return forms | tables
    made: dict[str, _Make] = {"tracked": tracked_form, "bracketed": _bracketed, "table": _table(layout)}
    return {output: made[form]}


def _named(sources: tuple[str, ...]) -> dict[str, Path]:
    """Return name to file as the options say.

    Raises:
        click.ClickException: One has no name, or two have the same.
    """
    found: dict[str, Path] = {}
    for source in sources:
        name, equals, file = source.partition("=")
        name = " ".join(name.split())
        if not (name and equals and file.strip()):
            raise click.ClickException(f'--from "{source}" is not NAME=FILE.')
        if name in found:
            raise click.ClickException(f"{name} is named twice; give each file's sender a name of its own.")
        found[name] = Path(file.strip())
    return found


def _read(files: Mapping[str, Path]) -> dict[str, tuple[Revised, bytes]]:
    """Read all files in limited processes, and tell how far it is; return what they say, and the files."""
    every = [*files.items()]
    shares = [dict(every[n::AT_ONCE]) for n in range(min(AT_ONCE, len(every)))]
    with ThreadPoolExecutor(AT_ONCE) as pool, telling(f"reading {len(every)} files"):
        read = {name: one for found in pool.map(_read_share, shares) for name, one in found.items()}
    return {name: read[name] for name in files}


def _read_share(files: Mapping[str, Path]) -> dict[str, tuple[Revised, bytes]]:
    """Read some files, one after the other in one limited process."""
    found: dict[str, bytes] = {}
    for name, path in files.items():
        try:
            found[name] = as_docx(read_file(path, LIMITS.file_bytes), path.name)
        except FileRefused as error:
            raise click.ClickException(f"{path}: {error}") from error
    read: dict[str, tuple[Revised, bytes]] = {}
    answers = read_returned_together([(found[name], path.name) for name, path in files.items()])
    for (name, path), answer in zip(files.items(), answers, strict=True):
        if isinstance(answer, FileRefused):
            raise click.ClickException(f"{path}: {answer}") from answer
        progress(f"read {path.name}")
        read[name] = answer, found[name]
    return read


def _consolidated(read: dict[str, Revised], base: Path, *, align: bool) -> Consolidation:
    text = read.pop("").before
    if not text.texts:
        raise click.ClickException(f"{base} holds no text.")
    try:
        return consolidated(Edition(text.language_guess, text.texts), read, align=align)
    except OtherBase as error:
        raise click.ClickException(str(error)) from error
