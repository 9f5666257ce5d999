"""How long reading a Word file takes, beside its floor: inflating and parsing the parts that are read."""

import io
import random
import time
import zipfile
from collections.abc import Callable

from lxml import etree

from app.docxio.reader import read_draft
from app.docxio.revised import read_revised
from tests.docxio.handmade import docx, p, run

_WORDS = (
    *("стороны", "обмениваются", "опытом", "и", "сведениями", "о", "внедрении"),
    *("цифровых", "технологий", "в", "государственном", "управлении"),
)


def changed_file(paragraphs: int, changes: int, words: int = 60) -> bytes:
    """Return a file of numbered paragraphs with replaced words spread over it."""
    rng = random.Random(7)
    found: list[str] = []
    for at in range(paragraphs):
        here = changes * (at + 1) // paragraphs - changes * at // paragraphs
        spots = set(rng.sample(range(words), min(here, words)))
        pieces, kept = [], f"{at + 1}. "
        for position in range(words):
            word = rng.choice(_WORDS) + " "
            if position not in spots:
                kept += word
                continue
            author = f'w:author="Делегация {position % 10}" w:date="2025-04-25T00:00:00Z"'
            removed = run(word).replace("w:t", "w:delText")
            pieces += [run(kept), f'<w:del w:id="1" {author}>{removed}</w:del>']
            pieces.append(f'<w:ins w:id="2" {author}>{run("иное ")}</w:ins>')
            kept = ""
        found.append(p("".join([*pieces, run(kept)])))
    return docx("".join(found))


def floor(data: bytes) -> None:
    """Inflate and parse what is read, and let it go."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def best_ms(work: Callable[[], object], times: int = 5) -> float:
    """Return the best of some runs, in milliseconds."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return min(found)


def main() -> None:
    """Print one line for each size."""
    print(f"{'paragraphs':>10} {'changes':>8} {'floor ms':>9} {'draft':>7} {'revised':>8}   (times the floor)")
    for paragraphs, changes in ((100, 50), (1000, 500), (1000, 5000), (10_000, 5000)):
        data = changed_file(paragraphs, changes)
        least = best_ms(lambda data=data: floor(data))
        draft = best_ms(lambda data=data: read_draft(data), 3)
        revised = best_ms(lambda data=data: read_revised(data), 3)
        print(f"{paragraphs:>10} {changes:>8} {least:>9.1f} {draft / least:>7.2f} {revised / least:>8.2f}")


if __name__ == "__main__":
    main()
