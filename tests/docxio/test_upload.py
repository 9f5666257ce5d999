"""Reading in the limited process: answers, limits, nothing but refusals."""

import contextlib
import random
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.docxio import upload
from app.docxio.archive import Limits
from app.docxio.refusals import FileRefused, Reason
from app.docxio.upload import read_returned, read_returned_together, read_upload
from app.text.runs import plain
from tests.docxio.handmade import document, docx, members, p, zipped
from tests.docxio.phenomena import FILES


def refusal(data: bytes, limits: Limits | None = None) -> Reason:
    """Return why a file is refused."""
    with pytest.raises(FileRefused) as refused:
        read_upload(data, "draft.docx", limits=limits or Limits())
    return refused.value.reason


def test_a_draft_is_read_in_another_process():
    found = read_upload(docx(p("1. Стороны «договорились» 各方.")), "План.docx", states={"CN": ["Китай"]})

    assert [(x.label, plain(x.text)) for x in found.texts] == [("1.", "Стороны «договорились» 各方.")]


def test_many_threads_may_read_at_once():
    files = [docx(p(f"{n}. Пункт")) for n in range(1, 7)]

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda data: read_upload(data, "x.docx").texts[0].label, files))

    assert found == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_several_files_are_read_together_as_each_alone():
    files = [(FILES[name], f"{name}.docx") for name in FILES][:12]

    assert read_returned_together(files) == [read_returned(data, name) for data, name in files]


def test_a_file_that_is_refused_stops_no_other():
    good, bad = docx(p("Пункт")), zipped(members() | {"word/document.xml": b"<!DOCTYPE a><a/>"})

    first, second, third = read_returned_together([(good, "a.docx"), (bad, "b.docx"), (good, "c.docx")])

    assert isinstance(second, FileRefused)
    assert second.reason is Reason.DOCTYPE
    assert first == third == read_returned(good, "a.docx")


def test_files_that_are_too_much_together_are_read_each_alone(monkeypatch, tmp_path):
    """The process has the limits of one file."""
    frugal = tmp_path / "frugal.py"
    frugal.write_text(
        "import io, json, runpy, sys\nline = sys.stdin.buffer.readline()\n"
        "if len(json.loads(line)['files']) > 1: sys.exit(9)\n"
        "whole = io.BytesIO(line + sys.stdin.buffer.read())\n"
        "sys.stdin = type('Input', (), {'buffer': whole})\n"
        f"runpy.run_path({str(upload._WORKER)!r}, run_name='__main__')\n"
    )
    files = [(docx(p(f"Пункт {n}")), f"{n}.docx") for n in range(3)]
    alone = [read_returned(data, name) for data, name in files]
    monkeypatch.setattr(upload, "_WORKER", frugal)

    assert read_returned_together(files) == alone


def test_memory_that_ends_with_one_file_is_not_asked_of_the_next():
    small, large = docx(p("Пункт")), docx("".join(p(f"Пункт {n}") for n in range(40_000)))
    limits = replace(Limits(), memory_bytes=90 << 20)

    first, second, third = read_returned_together([(small, "a"), (large, "b"), (small, "c")], limits=limits)

    assert isinstance(second, FileRefused)
    assert second.reason is Reason.TOO_SLOW
    assert first == third == read_returned(small, "a")


def test_the_gate_speaks_through_the_process():
    assert refusal(zipped(members() | {"word/document.xml": b"<!DOCTYPE a><a/>"})) is Reason.DOCTYPE


def test_a_reader_that_takes_too_long_is_ended():
    assert refusal(docx(), replace(Limits(), wall_seconds=0.01)) is Reason.TOO_SLOW


def test_a_file_that_takes_too_much_memory_is_refused():
    data = docx("".join(p(f"Пункт {n}") for n in range(40_000)))

    assert refusal(data, replace(Limits(), memory_bytes=90 << 20)) is Reason.TOO_SLOW


def test_a_reader_that_burns_its_seconds_is_ended(monkeypatch, tmp_path):
    spinning = tmp_path / "spin.py"
    spinning.write_text("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass\n")
    monkeypatch.setattr(upload, "_WORKER", spinning)

    assert refusal(docx()) is Reason.TOO_SLOW


def test_a_reader_that_breaks_is_a_refusal(monkeypatch, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('no')")
    monkeypatch.setattr(upload, "_WORKER", broken)

    assert refusal(docx()) is Reason.UNREADABLE


def test_the_reader_sees_no_environment(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("SECRET_KEY", "secret")

    assert read_upload(docx(p("Текст")), "x.docx").texts


def test_the_reader_loads_neither_the_web_nor_the_database():
    script = (
        "import runpy, sys\n"
        f"worker = runpy.run_path({str(upload._WORKER)!r}, run_name='worker')\n"
        "worker['_stand_in_for_app']()\nimport app.docxio.reader\n"
        "print(sorted({'flask', 'sqlalchemy', 'app.web', 'app.models'} & sys.modules.keys()), app.__spec__)"
    )

    done = subprocess.run([sys.executable, "-I", "-c", script], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[] None"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux cuts the network of a process")
def test_the_reader_has_no_network_where_the_system_allows_it():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        script = (
            "import socket, sys\nfrom app.docxio.confinement import cut_network\n"
            f"if not cut_network(): sys.exit(77)\ntry: socket.create_connection(('127.0.0.1', {port}), 1)\n"
            "except OSError: sys.exit(0)\nsys.exit(1)"
        )
        status = subprocess.run([sys.executable, "-c", script], check=False).returncode

    if status == 77:
        pytest.skip("this system does not let a process leave its network")
    assert status == 0


def test_no_link_is_followed():
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        port = server.getsockname()[1]
        listener = threading.Thread(target=_listen, args=(server, asked))
        listener.start()
        code = f"<w:r><w:instrText> INCLUDEPICTURE http://127.0.0.1:{port}/x </w:instrText></w:r>"
        read_upload(docx(p(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}')), "x.docx")
        listener.join()

    assert asked == []


def _listen(server: socket.socket, asked: list[bytes]) -> None:
    try:
        connection, _ = server.accept()
        asked.append(connection.recv(100))
        connection.close()
    except TimeoutError:
        pass


def test_mutated_files_are_read_or_refused_and_nothing_else():
    """Every byte may be wrong: the answer is an understanding or a reason."""
    from app.docxio.gate import check_upload

    honest = docx(p("1. Стороны") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    chance = random.Random(7)
    for _ in range(2_000):
        data = bytearray(honest)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(FileRefused):
            check_upload(bytes(data), "x.docx")


def test_mutated_xml_is_read_or_refused_and_nothing_else():
    from app.docxio.reader import read_draft

    body = p("1. Стороны", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') + p(
        "<w:r><w:sym w:char='F0B7'/></w:r>"
    )
    honest = document(body + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>")
    chance = random.Random(11)
    words = ["w:p", "w:r", "w:tbl", "w:val", "F0B7", '"0"', '"1"', "w:t", "w:tc"]
    for _ in range(400):
        old, new = chance.choice(words), chance.choice([*words, '"x"', '"-9"', '"99999999999"', "w:ins", "w:sdt"])
        at = chance.randrange(len(honest))
        data = honest[:at] + honest[at:].replace(old, new, chance.randint(1, 3))
        with contextlib.suppress(FileRefused):
            read_draft(zipped(members() | {"word/document.xml": data.encode()}))
