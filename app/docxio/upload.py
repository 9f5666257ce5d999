"""Reads an uploaded draft in a process of its own, which can be limited, cut off and killed."""

import json
import os
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.docxio.archive import LIMITS, Limits
from app.docxio.gate import check_directory, display_name
from app.docxio.inline import Changes
from app.docxio.refusals import FileRefused, Reason, refuse
from app.docxio.revised import Revised, decode_revised
from app.docxio.understanding import Understood, decode_understood

_WORKER = Path(__file__).with_name("worker.py")
# What an interpreter may need to start at all; nothing else of the environment reaches the worker.
_KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH")


def read_upload(
    data: bytes,
    name: str,
    *,
    states: Mapping[str, Collection[str]] | None = None,
    changes: Changes = "accepted",
    limits: Limits = LIMITS,
) -> Understood:
    """Return what an uploaded Word file says, or refuse it; nothing of it is parsed in this process.

    Takes about 0.2 s for a draft of a few pages. Safe to call from threads.

    Args:
        data: The bytes as uploaded.
        name: What the uploader called the file.
        states: Code to names of states and groups, in any form and language.
        changes: What to do with tracked changes.
        limits: What the file may cost in bytes, memory, seconds.

    Raises:
        FileRefused: With the reason's code; ``TOO_SLOW`` where a limit of time or memory ended it.
    """
    return decode_understood(_order(data, name, changes, states, limits)["understood"])


def read_returned(
    data: bytes, name: str, *, states: Mapping[str, Collection[str]] | None = None, limits: Limits = LIMITS
) -> Revised:
    """Return both texts, changes and comments of a Word file that came back, or refuse it, as ``read_upload`` does.

    Args:
        data: The bytes as uploaded.
        name: What the uploader called the file.
        states: Code to names of states and groups, in any form and language.
        limits: What the file may cost in bytes, memory, seconds.

    Raises:
        FileRefused: With the reason's code; ``TOO_SLOW`` where a limit of time or memory ended it.
    """
    return decode_revised(_order(data, name, "both", states, limits)["revised"])


def read_returned_together(
    files: Sequence[tuple[bytes, str]], *, limits: Limits = LIMITS
) -> list[Revised | FileRefused]:
    """Return what ``read_returned`` says of each of several files, or why it is refused, in their order.

    One process reads them one after the other, which saves starting it anew for each, and has the limits of one file
    for all; what it does not read, or refuses, gets a process of its own.

    Args:
        files: The bytes as uploaded, and what the uploader called the file.
        limits: What a file may cost in bytes, memory, seconds.
    """
    try:
        for data, name in files:
            check_directory(data, name, limits)
        answers = _ask(_reading("both", None), files, limits)
    except FileRefused:
        return [_returned_or_refused(data, name, limits) for data, name in files]
    found: list[Revised | FileRefused] = []
    first: Revised | None = None
    for answer, (data, name) in zip(answers, files, strict=True):
        if "refused" in answer:
            found.append(_returned_or_refused(data, name, limits))
        else:
            found.append(read := decode_revised(answer["revised"], first))
            first = first or read
    return found


def _returned_or_refused(data: bytes, name: str, limits: Limits) -> Revised | FileRefused:
    try:
        return read_returned(data, name, limits=limits)
    except FileRefused as refused:
        return refused


def _order(
    data: bytes, name: str, changes: str, states: Mapping[str, Collection[str]] | None, limits: Limits
) -> dict[str, Any]:
    """Return the worker's answer on a file."""
    return ask_worker(_reading(changes, states), data, name, limits)


def _reading(changes: str, states: Mapping[str, Collection[str]] | None) -> dict[str, Any]:
    """Return the order to read."""
    return {"states": {code: sorted(names) for code, names in (states or {}).items()}, "changes": changes}


def ask_worker(order: Mapping[str, Any], data: bytes, name: str, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return what the limited process answers to an order on a file; its memory, time and network are cut.

    Raises:
        FileRefused: The file breaks a limit, the process refused it, or was ended by a limit.
    """
    check_directory(data, name, limits)
    (answer,) = _ask(order, [(data, name)], limits)
    if "refused" in answer:
        raise FileRefused(Reason(answer["refused"]), answer["facts"])
    return answer


def _ask(order: Mapping[str, Any], files: Sequence[tuple[bytes, str]], limits: Limits) -> list[dict[str, Any]]:
    """Return the worker's answers, one on each file.

    Raises:
        FileRefused: The worker was ended by a limit, or broke.
    """
    sizes = [[display_name(name), len(data)] for data, name in files]
    whole = json.dumps({**order, "files": sizes, "limits": asdict(limits)}).encode() + b"\n"
    # -I: no current folder, no environment and no user's site decide what the worker imports.
    command = [sys.executable, "-I", "-X", "utf8", str(_WORKER)]
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(
            command,
            input=b"".join([whole, *(data for data, _ in files)]),
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
            env=kept,
        )
    except subprocess.TimeoutExpired as error:
        raise refuse(Reason.TOO_SLOW, limit=limits.wall_seconds) from error
    if done.returncode < 0:
        raise refuse(Reason.TOO_SLOW, signal=-done.returncode)
    try:
        answers: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    except ValueError as error:
        raise refuse(Reason.UNREADABLE, status=done.returncode) from error
    if len(answers) != len(files):
        raise refuse(Reason.UNREADABLE, status=done.returncode)
    return answers
