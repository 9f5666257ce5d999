"""How long the large things take, as ratios to what cannot be avoided: ``python -m tests.benchmarks``; Word files
against their peers: ``python -m tests.benchmarks word``.

Seconds depend on the machine, so each line is held against a floor measured in the same minute, in seconds of
the processor: deflating the same XML, unzipping and parsing the same file, answering a trivial page. Best of
several runs.
"""

import io
import logging
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from flask import Flask
from lxml import etree

from app.docxio.clean import clean
from app.docxio.reader import read_draft
from app.docxio.sheets import Sheet, StateName
from app.docxio.tracked import tracked
from app.models import db
from app.negotiation.vocabulary import Role
from app.text.composing import compose
from tests.benchmarks.desks import SLUG, close_large_round, counted, issue_large_version, make_large_round
from tests.benchmarks.large import DELEGATIONS, large_edition, large_wishes
from tests.benchmarks.word import word
from tests.conftest import Clock, application
from tests.pages import Browser
from tests.world import DAY, NOON, STATES, World, make_world

PROVISIONS = 1000
DESKS = (100, 1000, 5000)
RUNS = 3
NOTE = "to a trivial page"
NAMES = {code: forms[0] for code, forms in STATES.items()}


def best(act: Callable[[], object], runs: int = RUNS) -> float:
    """Return the shortest time of several runs, in seconds of the processor: others use this machine too."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        act()
        times.append(time.process_time() - begun)
    return min(times)


def tell(what: str, seconds: float, floor: float, note: str) -> None:
    """Print a line: what, milliseconds, ratio to the floor, what the floor is."""
    print(f"{what:<56}{seconds * 1000:>9.0f} ms{seconds / floor:>8.1f} ×   {note}", flush=True)


def files() -> None:
    """Measure composition, tracked export and import of a large draft."""
    edition, names = large_edition(PROVISIONS), {c: StateName(n, n) for c, n in NAMES.items()}
    wishes = tuple(large_wishes(edition))
    sheet = Sheet("ru", names=names, order=DELEGATIONS)
    composition = compose(edition, wishes, DELEGATIONS)

    def export() -> bytes:
        return tracked(composition, sheet, NAMES, date(2025, 4, 25))

    made = export()
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = [package.read(name) for name in package.namelist()]
    deflating = best(lambda: [zlib.compress(part, 6) for part in parts], 2 * RUNS)
    size = sum(map(len, parts)) / 1e6
    tell(f"deflating the XML of the tracked draft ({size:.1f} MB)", deflating, deflating, "the floor")
    composing = best(lambda: compose(edition, wishes, DELEGATIONS))
    exporting = best(export)
    tell(f"composition of {len(wishes)} changes", composing, deflating, "to deflating")
    tell("tracked export", exporting, deflating, "to deflating")
    tell("composition and tracked export", composing + exporting, deflating, "to deflating")
    for what, data in (("the clean text", clean(edition, sheet)), ("the tracked draft", made)):
        parsing = best(lambda data=data: _parsed(data), 2 * RUNS)  # type: ignore[misc]
        tell(f"unzipping and parsing {what}", parsing, parsing, "the floor")
        tell(f"import of {what}", best(lambda data=data: read_draft(data)), parsing, "to parsing")  # type: ignore[misc]


def _parsed(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                etree.fromstring(package.read(name))


def desks() -> None:
    """Measure the pages of drafts of several sizes, each amended by ten delegations, and issuing what comes of it."""
    clock = Clock(NOON)
    with tempfile.TemporaryDirectory() as name:
        app = application(Path(name), clock)
        with app.app_context():
            db.create_all()
            world = make_world()
            for size in DESKS:
                _pages(app, world, size, clock)
            db.session.remove()
            db.engine.dispose()


def _pages(app: Flask, world: World, size: int, clock: Clock) -> None:
    slug = f"{SLUG}-{size}"
    round_ = make_large_round(world, size, slug, clock())
    clock.at += 11 * DAY
    close_large_round(world, round_, slug, clock())
    expert, officer = (Browser(app).sign_in(a) for a in (world.actor("BLR", Role.EXPERT), world.secretariat))
    trivial = best(lambda: expert.client.get("/account"), 5)
    desk = f"/documents/{slug}/rounds/{round_.number}"
    for what, browser, url in (
        ("reading desk", expert, f"/documents/{slug}/versions/0"),
        ("delegation room", expert, f"/delegation?round={round_.number}"),
        ("round board", officer, f"/rounds/{round_.number}"),
        ("consolidation desk", officer, f"{desk}/desk"),
        ("consolidation desk, one provision", officer, f"{desk}/desk/p{size // 2 + 1}"),
        ("issuing, the checks", officer, f"{desk}/issue"),
    ):
        _page(f"{what}, {size} provisions", browser, url, trivial)
    begun = time.process_time()
    issue_large_version(world, round_, slug, clock())
    tell(f"issuing, {size} provisions, {5 * size} changes", time.process_time() - begun, trivial, NOTE)


def _page(what: str, browser: Browser, url: str, trivial: float) -> None:
    browser.client.get(url)  # what is read or worked out for the first time is remembered
    with counted() as statements:
        answer = browser.client.get(url)
    assert answer.status_code == 200, answer.status
    note = f"{NOTE}; {len(statements)} queries, {len(answer.data) / 1e6:.2f} MB"
    tell(what, best(lambda: browser.client.get(url)), trivial, note)


SECTIONS = (files, desks)


def main(words: Sequence[str]) -> int:
    """Print the table: all of it, or the part that *words* name."""
    logging.disable(logging.WARNING)
    if "word" in words:
        word(with_peers="--no-peers" not in words)
        return 0
    for section in SECTIONS:
        section()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
