"""``chapeau redline``: two Word files compared, without a server or an account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import click

from app.cli.files import WORD_FILE, check_output, output_options, read_file, telling, write_output
from app.docxio.archive import LIMITS
from app.docxio.conversion import as_docx
from app.docxio.redlining import redlined
from app.docxio.refusals import FileRefused
from app.docxio.understanding import Understood
from app.docxio.upload import read_upload


@click.command()
@click.argument("old", type=WORD_FILE)
@click.argument("new", type=WORD_FILE)
@click.option("--author", help="Author of the changes (default: the name of NEW, without its ending).")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the changes (default: today).")
@output_options("Where to write the compared file.", required=True)
def redline(old: Path, new: Path, author: str | None, on: datetime | None, output: Path, force: bool) -> None:
    """Write NEW as tracked changes on OLD, down to words, table cells and footnotes.

    Rejecting all of them gives OLD, accepting all gives NEW. Changes tracked already in either file count as accepted.
    """
    check_output(output, force=force)
    day: date = on.date() if on else datetime.now(UTC).date()
    with ThreadPoolExecutor(2) as pool:
        (before, source), (after, _) = pool.map(_read, (old, new))
    with telling(f"comparing {old.name} and {new.name}"):
        made = redlined(before, after, author=author or new.stem, at=day, source=source)
    write_output(output, made, force=force)


def _read(path: Path) -> tuple[Understood, bytes]:
    """Return what a file says, and the file."""
    try:
        with telling(f"reading {path.name}"):
            data = as_docx(read_file(path, LIMITS.file_bytes), path.name)
            return read_upload(data, path.name), data
    except FileRefused as error:
        raise click.ClickException(f"{path}: {error}") from error
