"""LibreOffice as an independent reader of Word files: what they say after changes are accepted or rejected.

``python3 -m tests.lo_reader FILE [AUTHOR]`` prints the paragraphs as AUTHOR wishes them, or as they are
after rejecting everything.

LibreOffice 7.4 misreads notes where a comment stands between two references: "one, two" are shown as "one, one".
Word and pandoc do not; compare notes of files with comments by these.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SYSTEM_PYTHON = "/usr/bin/python3"


def missing():
    """Return the name of the program that is absent, or None."""
    if shutil.which("soffice") is None:
        return "soffice"
    if not Path(SYSTEM_PYTHON).exists():
        return SYSTEM_PYTHON
    has_uno = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0
    return None if has_uno else "python3-uno"


class Ended(RuntimeError):
    """LibreOffice is gone."""


class LibreOffice:
    """One soffice in a child process, started anew once where it ends in the middle of a file; a context manager."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        self._child = subprocess.Popen(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("lo_child.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": self._folder.name, "LANG": "C.UTF-8"},
        )
        self._read()
        return self

    def __exit__(self, *_):
        self._child.stdin.close()
        self._child.wait(60)
        self._child.stdout.close()
        self._folder.cleanup()

    def as_marked(self, data):
        """Return the file as it is, changes and all: authors, comments, blocks, notes."""
        return self._ask(data, {})

    def rejected(self, data):
        """Return the file after rejecting every change."""
        return self._ask(data, {"accept": False})

    def accepted(self, data):
        """Return the file after accepting every change."""
        return self._ask(data, {"accept": True})

    def wished(self, data, author):
        """Return the file after rejecting what *author* does not sponsor and accepting the rest."""
        return self._ask(data, {"wish": author, "brief": True})

    def edited(self, data, *edits, tracked=False):
        """Return the file as LibreOffice stores it after *edits*: each a way of ``lo_child.Hand`` and its words."""
        reply = self._ask(data, {"edits": edits, "tracked": tracked})
        return Path(reply["stored"]).read_bytes()

    def _ask(self, data, request):
        try:
            return self._asked(data, request)
        except Ended:
            self.__exit__()
            self.__enter__()
            return self._asked(data, request)

    def _asked(self, data, request):
        path = Path(self._folder.name) / "file.docx"
        path.write_bytes(data)
        self._child.stdin.write(json.dumps({"path": str(path), **request}) + "\n")
        self._child.stdin.flush()
        return self._read()

    def _read(self):
        line = self._child.stdout.readline()
        reply = json.loads(line) if line else {"error": "LibreOffice ended"}
        if "error" in reply:
            gone = not line or "DisposedException" in reply["error"]
            raise (Ended if gone else RuntimeError)(reply["error"])
        return reply


def _main(path, author=None):
    with LibreOffice() as office:
        data = Path(path).read_bytes()
        reply = office.wished(data, author) if author else office.rejected(data)
    for block in reply["blocks"]:
        cells = [[block[1], block[2]]] if block[0] == "p" else [p for cell in block[1] for p in cell]
        print(" | ".join("".join(run[0] for run in runs) for _, runs in cells))


if __name__ == "__main__":
    _main(*sys.argv[1:])
