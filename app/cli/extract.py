"""What a Word file says, as JSON: its provisions, tracked changes and comments."""

import json
from pathlib import Path
from typing import Any, Literal

import click

from app.cli.files import WORD_FILE, check_output, output_options, read_file, telling, write_output
from app.docxio.archive import LIMITS
from app.docxio.conversion import as_docx
from app.docxio.refusals import FileRefused
from app.docxio.revised import Revised, TrackedChange, WordComment
from app.docxio.understanding import Understood
from app.docxio.upload import read_returned
from app.text.provision import TEXT, Content, Provision, States
from app.text.runs import plain

FORMAT = 1
"""Number of the JSON's form; it grows when something is renamed or goes, not when something is added."""


@click.command()
@click.argument("file", type=WORD_FILE)
@click.option(
    "--changes",
    type=click.Choice(["rejected", "accepted"]),
    default="rejected",
    help="The provisions before (default) or after the tracked changes.",
)
@output_options("Write the JSON into this file instead of standard output.")
def extract(file: Path, changes: Literal["rejected", "accepted"], output: Path | None, force: bool) -> None:
    """Print what a Word file says as JSON: provisions, tracked changes, comments, what was not understood."""
    check_output(output, force=force)
    try:
        with telling(f"reading {file.name}"):
            revised = read_returned(as_docx(read_file(file, LIMITS.file_bytes), file.name), file.name)
    except FileRefused as error:
        raise click.ClickException(f"{file}: {error}") from None
    written = json.dumps(as_json(revised, changes), ensure_ascii=False, indent=1) + "\n"
    write_output(output, written.encode(), force=force)


def as_json(revised: Revised, changes: Literal["rejected", "accepted"]) -> dict[str, Any]:
    """Return a reading as the JSON that docs/read-the-json-of-extract.md describes."""
    shown: Understood = revised.after if changes == "accepted" else revised.before
    return {
        "format": FORMAT,
        "language": shown.language_guess,
        "text": changes,
        "provisions": [_provision(p) for p in shown.texts],
        "changes": [_change(c) for c in revised.changes],
        "comments": [_comment(c) for c in revised.comments],
        "not_understood": [
            {"where": n.where, "what": n.what.value, "excerpt": n.excerpt} for n in shown.not_understood
        ],
        "warnings": [{"what": n.what.value, "count": n.count, "detail": n.detail} for n in shown.warnings],
    }


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "key": provision.key,
        "kind": provision.kind.value,
        "level": provision.level,
        "parent": provision.parent,
        "label": provision.label,
        "text": _words(provision.parts.get(TEXT, ())),
        "cells": {name: _words(content) for name, content in provision.parts.items() if name != TEXT},
    }


def _words(content: Content) -> str:
    return ", ".join(sorted(content.members)) if isinstance(content, States) else plain(content)


def _change(change: TrackedChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "provision": change.provision,
        "cell": change.cell,
        "author": change.author,
        "at": change.at,
        "operation": change.operation.value,
        "removed": plain(change.removed),
        "added": plain(change.added),
        "comments": list(change.comments),
        "elements": change.elements,
    }


def _comment(comment: WordComment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "provision": comment.provision,
        "cell": comment.cell,
        "author": comment.author,
        "at": comment.at,
        "text": comment.text,
        "quoted": comment.quoted,
        "parent": comment.parent,
        "resolved": comment.resolved,
    }
