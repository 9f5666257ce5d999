"""The process that reads an uploaded file: small, without network, with little memory and time.

Started by ``upload`` as a script, so that neither the web nor the database is loaded into it. Standard input:
one line of JSON (the order, with the name and length of each file), then the files. Standard output: for each file
a line of JSON, ``{"understood": …}``, ``{"revised": …}``, ``{"written": …}`` or ``{"refused": …}``.
"""

import gc
import json
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.docxio.archive import Limits
    from app.docxio.revised import Revised

_MAX_OPEN_FILES = 32


def main() -> None:
    """Read the order and the files, answer, end."""
    gc.disable()  # It reads few files and ends; its memory has a limit of its own.
    order = json.loads(sys.stdin.buffer.readline())
    _stand_in_for_app()
    import app.docxio.revised  # noqa: F401 (what reads is loaded before the limits are set)
    from app.docxio.archive import Limits
    from app.docxio.confinement import cut_network, limit

    limits = Limits(**order["limits"])
    has_network = not cut_network()
    limit(memory_bytes=limits.memory_bytes, cpu_seconds=limits.cpu_seconds, files=_MAX_OPEN_FILES, file_bytes=0)
    first: list[Revised] = []
    for name, length in order["files"]:
        answer = _answer(order, name, length, limits, first) | {"has_network": has_network}
        written = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        sys.stdout.buffer.write(written.encode("utf-8", "surrogatepass") + b"\n")
        sys.stdout.buffer.flush()
        if answer.get("refused") == "too_slow":
            break  # What is left of the memory may not do for the others: each gets a process of its own.


def _answer(order: dict[str, Any], name: str, length: int, limits: "Limits", first: "list[Revised]") -> dict[str, Any]:
    """Read the next file; whatever a parser raises becomes one refusal.

    Args:
        first: Takes the first file that came back; the others are told beside it.
    """
    from app.docxio.gate import check_upload
    from app.docxio.reader import read_draft
    from app.docxio.refusals import FileRefused
    from app.docxio.revised import encode_revised, read_revised
    from app.docxio.understanding import encode_understood

    try:
        data = sys.stdin.buffer.read(length)
        check_upload(data, name, limits)
        if "write" in order:
            from app.docxio.own_answer import answer

            return answer(data, order["write"], limits)
        if order["changes"] == "both":
            revised = read_revised(data, states=order["states"], limits=limits)
            told = encode_revised(revised, *first)
            first[:] = first or [revised]
            return {"revised": told}
        understood = read_draft(data, states=order["states"], changes=order["changes"], limits=limits)
        return {"understood": encode_understood(understood)}
    except FileRefused as refused:
        return {"refused": refused.reason.value, "facts": refused.facts}
    except MemoryError:
        return {"refused": "too_slow", "facts": {}}
    except Exception as error:
        return {"refused": "unreadable", "facts": {"error": type(error).__name__}}


def _stand_in_for_app() -> None:
    """Let ``app.docxio`` and ``app.text`` be found without running ``app/__init__.py``, which loads everything."""
    if "app" not in sys.modules:
        package = types.ModuleType("app")
        package.__path__ = [str(Path(__file__).resolve().parents[1])]
        sys.modules["app"] = package


if __name__ == "__main__":
    main()
