"""Word files of ten delegations: ours against the floor and against the nearest peers, in one run.

    python -m tests.benchmarks word              with the peers, in an environment made for the run
    python -m tests.benchmarks word --no-peers

Floor: inflating, parsing, serialising and deflating the same bytes. Everything of ours is measured in one process for
each form of files, as is the floor; what the command line adds (a limited process for each file) is not in it.
"""

import gc
import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from lxml import etree

from app.docxio.consolidating import consolidate, consolidated, tracked_form
from app.docxio.reader import read_draft
from app.docxio.redlining import redlined
from app.docxio.revised import Revised, read_revised
from app.text.provision import Edition
from tests.benchmarks import peers
from tests.benchmarks.returned import (
    AS_WORD,
    BARE,
    BY_WORD,
    Form,
    Returned,
    base_file,
    base_paragraphs,
    exactly_wished,
    returned_files,
)

PARAGRAPHS, DELEGATIONS, CHANGES = 1000, 10, 500
SIZES = (100, 1000, 10_000)
ON = date(2025, 4, 25)
RUNS = 3


def best(act: Callable[[], object], runs: int = RUNS) -> float:
    """Return the shortest time of several runs, in seconds on the wall, as the peers are timed."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return min(times)


def tell(what: str, seconds: float, other: float, note: str) -> None:
    """Print a line: what, milliseconds, how many times the other."""
    print(f"{what:<58}{seconds * 1000:>9.0f} ms{seconds / other:>8.2f} ×   {note}", flush=True)


def reading_floor(files: Sequence[bytes]) -> float:
    """Return the time of inflating and parsing the main parts of *files*."""
    return best(lambda: [_parsed(data) for data in files], 2 * RUNS)


def writing_floor(data: bytes) -> float:
    """Return the time of serialising and deflating the main part of a file."""
    root = _parsed(data)
    return best(lambda: zlib.compress(etree.tostring(root, encoding="UTF-8"), 6), 2 * RUNS)


def _parsed(data: bytes) -> "etree._Element":
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def word(*, with_peers: bool = True) -> None:
    """Print the tables, each form of files in a process of its own: what another left in memory slows a reader down."""
    with tempfile.TemporaryDirectory() as folder:
        python = _environment(Path(folder) / "environment") if with_peers else None
        # Started anew, not forked: as a peer's process and the command's are.
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
            for form in (BY_WORD, AS_WORD, BARE):
                processes.submit(_form, form, Path(folder), python).result()
            processes.submit(_rest, Path(folder), python).result()


def _form(form: Form, folder: Path, python: str | None) -> None:
    """Print the table of files written in one way, the collector of circles off as in the limited process."""
    gc.disable()
    paragraphs = base_paragraphs(PARAGRAPHS)
    base, returned = base_file(paragraphs, form), returned_files(paragraphs, DELEGATIONS, CHANGES, form=form)
    print(f"\n{DELEGATIONS} files of {PARAGRAPHS} paragraphs with {CHANGES} changes each, {form.name}")
    ours = _consolidating(base, returned)
    redlining = _redlining(base, returned[0].data)
    _tell_memory()
    if python is not None:
        _peers(python, folder, (base, returned), ours, redlining)


def _rest(folder: Path, python: str | None) -> None:
    """Print how the time grows with the size, and how many wishes come out of dense edits."""
    gc.disable()
    print()
    _growth()
    _tell_memory()
    paragraphs = base_paragraphs(PARAGRAPHS)[:60]
    dense = base_file(paragraphs), returned_files(paragraphs, 18, 60, spread=20)
    _exactness("dense edits, ours", _made(*dense), dense[1])
    if python is not None:
        _peer_consolidates("docx-scalpel, dense edits", python, folder, *dense)


def _tell_memory() -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of this process at its peak: {peak:.0f} MB", flush=True)


def _made(base: bytes, returned: Sequence[Returned]) -> bytes:
    return consolidated(base, {one.name: one.data for one in returned}, at=ON)


def _consolidating(base: bytes, returned: Sequence[Returned]) -> float:
    files = [base, *(one.data for one in returned)]
    made = _made(base, returned)
    reading, writing = reading_floor(files), writing_floor(made)
    tell("floor: inflating and parsing the eleven files", reading, reading, "the floor of reading")
    tell("floor: serialising and deflating the result", writing, writing, "the floor of writing")
    tell("reading the eleven files", best(lambda: [read_revised(f) for f in files]), reading, "aim 2.6 × its floor")
    edition, revised = _read(base, returned)
    found = consolidate(edition, revised)
    language = edition.language
    tell("writing it in the template", best(lambda: tracked_form(found, language, ON)), writing, "aim 2.5 × its floor")
    tell(
        "opening its own file and writing it there", best(lambda: tracked_form(found, language, ON, base)), writing, ""
    )
    whole = best(lambda: _made(base, returned))
    tell("consolidate --as tracked, end to end", whole, reading + writing, "aim 4 × the two floors together")
    _exactness("ours", made, returned)
    return whole


def _read(base: bytes, returned: Sequence[Returned]) -> tuple[Edition, dict[str, Revised]]:
    read = read_revised(base).before
    return read.edition(), {one.name: read_revised(one.data) for one in returned}


def _redlining(base: bytes, new: bytes) -> float:
    floor = reading_floor([base, new])
    whole = best(lambda: redlined(read_draft(base), read_draft(new), author="Secretariat", at=ON))
    tell("redline of two versions, end to end", whole, floor, "to inflating and parsing both")
    return whole


def _growth() -> None:
    """Print how the time for a paragraph grows with the number of paragraphs."""
    first = 0.0
    for size in SIZES:
        paragraphs = base_paragraphs(size, 20)
        base, returned = base_file(paragraphs), returned_files(paragraphs, 3, size // 2)
        each = best(lambda b=base, r=returned: _made(b, r), 1) / size  # type: ignore[misc]
        first = first or each
        tell(f"consolidate, {size} paragraphs, for each", each, first, "linear: stays near 1")


def _exactness(whose: str, made: bytes, returned: Sequence[Returned]) -> None:
    print(f"wishes that come out exactly, {whose}: {exactly_wished(made, returned)} of {len(returned)}", flush=True)


def _peers(python: str, folder: Path, files: tuple[bytes, Sequence[Returned]], ours: float, redlining: float) -> None:
    """Print how the peers do the same; each that does not is named with the reason."""
    stored = _stored(folder, *files)
    took = _asked(python, "loop", *stored)
    if took:
        tell("python-docx: a loop over the eleven files", took, ours, "to our consolidate")
    took = _asked(python, "redline", str(folder / "redline.docx"), stored[0], stored[1])
    if took:
        tell("docxodus: redline", took, redlining, "to our redline; aim 20")
    took = _peer_consolidates("docx-scalpel", python, folder, *files)
    if took:
        tell("docx-scalpel: consolidate", took, ours, "to our consolidate; aim 5")


def _peer_consolidates(what: str, python: str, folder: Path, base: bytes, returned: Sequence[Returned]) -> float | None:
    files = _stored(folder, base, returned)
    named = [f"{one.name}={file}" for one, file in zip(returned, files[1:], strict=True)]
    took = _asked(python, "consolidate", str(folder / "out.docx"), files[0], *named)
    if took:
        _exactness(what, (folder / "out.docx").read_bytes(), returned)
    return took


def _stored(folder: Path, base: bytes, returned: Sequence[Returned]) -> list[str]:
    paths = []
    for number, data in enumerate([base, *(one.data for one in returned)]):
        path = folder / f"{number}.docx"
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def _environment(where: Path) -> str | None:
    """Return the Python of a new environment with the peers; None, with the reason told, where they cannot be had."""
    python = where / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    for command in (
        [sys.executable, "-m", "venv", str(where)],
        [str(python), "-m", "pip", "install", "-q", *peers.PACKAGES],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"no peers: {done.stderr.strip().splitlines()[-1:]}")
            return None
    return str(python)


def _asked(python: str, *words: str) -> float | None:
    """Return the seconds a peer took; None, with the reason told, where it did not do it."""
    done = subprocess.run([python, peers.__file__, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{words[0]} of the peer failed: {done.stderr.strip().splitlines()[-1:]}")
        return None
    seconds, megabytes = map(float, done.stdout.split()[-2:])
    print(f"  (peak of memory: {megabytes:.0f} MB)")
    return seconds
