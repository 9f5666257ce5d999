"""What commands that read and write files have in common: where the result goes, and never over another file."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

WORD_FILE = click.Path(path_type=Path)
"""Type of an argument that names a file to read; ``read_file`` says what is wrong with it."""
TOLD_EVERY = 3
"""Seconds of silence a user is left in."""


def output_options(help_text: str, *, required: bool = False) -> Callable[[_Command], _Command]:
    """Return a decorator that adds ``-o/--output`` (argument *output*) and ``--force`` (argument *force*)."""

    def added(command: _Command) -> _Command:
        force = click.option("--force", is_flag=True, help="Overwrite an existing file.")
        output = click.option(
            "-o", "--output", type=click.Path(path_type=Path), required=required, help=help_text, metavar="FILE"
        )
        return output(force(command))

    return added


def read_file(path: Path, most_bytes: int) -> bytes:
    """Return the bytes of a file, one more than *most_bytes* at most.

    Raises:
        click.ClickException: There is no such file, it is a folder, it may not be read.
    """
    if path.is_dir():
        raise click.ClickException(f"{path} is a folder; name a Word file.")
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except FileNotFoundError:
        raise click.ClickException(f"There is no file {path}.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror or error}.") from None


def check_output(path: Path | None, *, force: bool) -> None:
    """Refuse an output that exists or has no folder, before the work is done.

    Raises:
        click.ClickException: The file exists and *force* is off; it is a folder; its folder is missing.
    """
    if path is None:
        return
    if path.is_dir():
        raise click.ClickException(f"{path} is a folder; name a file.")
    if path.exists() and not force:
        raise click.ClickException(f"{path} exists; give another name, or --force to overwrite it.")
    if not path.parent.is_dir():
        raise click.ClickException(f"There is no folder {path.parent}.")
    if not os.access(path.parent, os.W_OK):
        raise click.ClickException(f"{path} cannot be written: no permission in its folder.")


def write_output(path: Path | None, data: bytes, *, force: bool) -> None:
    """Write the result whole or not at all; to standard output where *path* is None.

    Raises:
        click.ClickException: The file exists and *force* is off, or it cannot be written.
    """
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    check_output(path, force=force)
    try:
        _replace(path, data, force=force)
    except FileExistsError:
        raise click.ClickException(f"{path} exists; give another name, or --force to overwrite it.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror or error}.") from None


def _replace(path: Path, data: bytes, *, force: bool) -> None:
    """Put a finished file in the place of *path*; a link keeps pointing where it points."""
    target = path.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        written.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        if force:
            written.replace(target)
        else:
            target.hardlink_to(written)
    finally:
        written.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def progress(message: str) -> None:
    """Tell on standard error how far a long work is."""
    click.echo(message, err=True)


@contextmanager
def telling(work: str, every: float = TOLD_EVERY) -> Iterator[None]:
    """Tell on standard error what takes so long, again and again; nothing about what is done at once.

    Args:
        work: What is being done: "reading draft.docx".
        every: Seconds between two messages, and before the first.
    """
    done = Event()

    def tell() -> None:
        times = 1
        while not done.wait(every):
            progress(f"{work} … {times * every:.0f} s")
            times += 1

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
