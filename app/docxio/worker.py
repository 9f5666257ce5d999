"""The process that reads an uploaded file: small, without network, with little memory and time.

Started by ``upload.read_upload`` as a script, so that neither the web nor the database is
loaded into it. Standard input: one line of JSON (the order), then the file. Standard output:
one JSON value, ``{"understood": …}``, ``{"revised": …}``, ``{"written": …}`` or ``{"refused": …}``.
"""

import gc
import json
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.docxio.archive import Limits

_MAX_OPEN_FILES = 32


def main() -> None:
    """Read the order and the file, answer, end."""
    gc.disable()  # It reads one file and ends; its memory has a limit of its own.
    order = json.loads(sys.stdin.buffer.readline())
    _stand_in_for_app()
    from app.docxio.archive import Limits

    limits = Limits(**order["limits"])
    answer = _answer(order, limits)
    written = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(written.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def _answer(order: dict[str, Any], limits: "Limits") -> dict[str, Any]:
    """Read under the limits; whatever a parser raises becomes one refusal."""
    from app.docxio.confinement import cut_network, limit
    from app.docxio.gate import check_upload
    from app.docxio.reader import read_draft
    from app.docxio.refusals import FileRefused
    from app.docxio.revised import encode_revised, read_revised
    from app.docxio.understanding import encode_understood

    has_network = not cut_network()
    limit(memory_bytes=limits.memory_bytes, cpu_seconds=limits.cpu_seconds, files=_MAX_OPEN_FILES, file_bytes=0)
    try:
        data = sys.stdin.buffer.read(limits.file_bytes + 1)
        check_upload(data, order["name"], limits)
        if "write" in order:
            from app.docxio.own_answer import answer

            return {**answer(data, order["write"], limits), "has_network": has_network}
        if order["changes"] == "both":
            revised = read_revised(data, states=order["states"], limits=limits)
            return {"revised": encode_revised(revised), "has_network": has_network}
        understood = read_draft(data, states=order["states"], changes=order["changes"], limits=limits)
        return {"understood": encode_understood(understood), "has_network": has_network}
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
