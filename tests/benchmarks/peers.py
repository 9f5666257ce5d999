"""The nearest peers, run in an environment of their own: a script that knows nothing of the product.

    python peers.py consolidate OUT BASE NAME=FILE …     docx-scalpel: Docxodus consolidates
    python peers.py redline OUT OLD NEW                  python-redlines: Docxodus compares
    python peers.py loop FILE …                          python-docx: a plain loop over paragraphs

Prints the seconds the work took, the library's own start left out, and the peak of its memory in MB.
"""

import resource
import sys
import time
from pathlib import Path

PACKAGES = ("docx-scalpel", "python-redlines[docxodus]", "python-docx")


def consolidate(out: str, base: str, *returned: str) -> float:
    from docx_scalpel import ConflictResolution, DocxDiffConsolidateSettings, DocxDiffReviewer, docx_diff_consolidate

    pairs = [one.partition("=")[::2] for one in returned]
    reviewers = [DocxDiffReviewer(Path(file).read_bytes(), name) for name, file in pairs]
    settings = DocxDiffConsolidateSettings(conflict_resolution=ConflictResolution.STACK_ALL)
    docx_diff_consolidate(reviewers[0].document, reviewers[:0], settings)  # starts its host
    begun = time.perf_counter()
    made = docx_diff_consolidate(Path(base).read_bytes(), reviewers, settings)
    took = time.perf_counter() - begun
    Path(out).write_bytes(made)
    return took


def redline(out: str, old: str, new: str) -> float:
    from python_redlines import DocxodusEngine

    engine = DocxodusEngine()
    before, after = Path(old).read_bytes(), Path(new).read_bytes()
    begun = time.perf_counter()
    made = engine.run_redline("Secretariat", before, after)[0]
    took = time.perf_counter() - begun
    Path(out).write_bytes(made)
    return took


def loop(*files: str) -> float:
    from docx import Document

    begun = time.perf_counter()
    for file in files:
        for paragraph in Document(file).paragraphs:
            assert paragraph.style is not None
            assert paragraph.text is not None
    return time.perf_counter() - begun


if __name__ == "__main__":
    seconds = {"consolidate": consolidate, "redline": redline, "loop": loop}[sys.argv[1]](*sys.argv[2:])
    usage = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(seconds, max(resource.getrusage(who).ru_maxrss for who in usage) / 1024)
