"""The gate: what passes, what is refused and by which code."""

import io
import struct
import time
import tracemalloc
import warnings
import zipfile

import pytest

from app.docxio.archive import Archive, Limits
from app.docxio.gate import FileRefused, Reason, check_upload, display_name
from tests.docxio.handmade import MAIN_TYPE, TYPES, document, docx, members, p, zipped


def refusal(data: bytes, limits: Limits | None = None) -> Reason | None:
    """Return why the gate refuses a file, None where it lets it pass."""
    try:
        check_upload(data, "draft.docx", limits or Limits())
    except FileRefused as refused:
        return refused.reason
    return None


def with_main(xml: bytes) -> bytes:
    """Return a Word file with this main document."""
    return zipped(members() | {"word/document.xml": xml})


def patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """Return *data* with bytes replaced after the last *signature*."""
    at = data.rindex(signature) + offset
    return data[:at] + value + data[at + len(value) :]


def test_an_honest_file_passes():
    assert refusal(docx()) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3", Reason.PDF),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><script>alert(1)</script></html>", Reason.HTML),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', Reason.HTML),
        (b"{\\rtf1\\ansi}", Reason.RTF),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, Reason.OLD_WORD),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
            Reason.PASSWORD_PROTECTED,
        ),
        (b"plain words", Reason.NOT_WORD),
    ],
)
def test_other_kinds_of_file_are_named(data, reason):
    assert refusal(data) is reason


def test_an_open_document_is_named():
    data = zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})

    assert refusal(data) is Reason.OPEN_DOCUMENT


def test_a_spreadsheet_is_named():
    sheet = MAIN_TYPE.replace("wordprocessingml.document", "spreadsheetml.sheet")

    assert refusal(zipped(members(main_type=sheet))) is Reason.OTHER_OFFICE


def test_a_file_beyond_the_size_is_refused():
    assert refusal(docx(), Limits(file_bytes=100)) is Reason.TOO_LARGE


def test_a_part_of_a_gigabyte_is_refused_before_it_is_inflated():
    data = zipped(members() | {"word/media/image1.png": b"\0" * (80 << 20)})

    started = time.process_time()
    reason = refusal(data)

    assert reason is Reason.PACKED_TOO_TIGHTLY
    assert time.process_time() - started < 0.5


def test_parts_that_unpack_too_large_together_are_refused():
    assert refusal(docx(), Limits(unpacked_bytes=500)) is Reason.UNPACKS_TOO_LARGE


def test_one_xml_part_that_is_too_large_is_refused():
    assert refusal(docx(), Limits(xml_part_bytes=300)) is Reason.UNPACKS_TOO_LARGE


def test_too_many_members_are_refused():
    data = zipped(members() | {f"word/x{n}.bin": b"" for n in range(2_001)})

    assert refusal(data) is Reason.TOO_MANY_PARTS


def test_seventy_thousand_members_are_refused_without_listing_them():
    data = zipped({f"{n}": b"" for n in range(60_000)}, zipfile.ZIP_STORED)

    tracemalloc.start()
    reason = refusal(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert reason is Reason.TOO_MANY_PARTS
    assert peak < 1 << 20


def test_overlapping_members_are_refused():
    data = docx()
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    same_place = data[first + 42 : first + 46]

    assert refusal(data[: second + 42] + same_place + data[second + 46 :]) is Reason.OVERLAPPING_PARTS


def test_two_main_documents_are_refused():
    written = io.BytesIO(docx())
    with warnings.catch_warnings(), zipfile.ZipFile(written, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", document(p("Другой текст.")))

    assert refusal(written.getvalue()) is Reason.DUPLICATE_PARTS


def test_names_that_differ_in_case_alone_are_refused():
    assert refusal(zipped(members() | {"word/Document.xml": b"<a/>"})) is Reason.DUPLICATE_PARTS


@pytest.mark.parametrize(
    "name", ["../x.xml", "/etc/x.xml", "word/../../x", "C:/x", "word\\x.xml", "word/a\x07.xml", "a//b"]
)
def test_unsafe_names_are_refused(name):
    assert refusal(zipped(members() | {name: b"<a/>"})) is Reason.UNSAFE_NAME


def test_a_symbolic_link_is_refused():
    written = io.BytesIO(docx())
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    assert refusal(written.getvalue()) is Reason.UNSAFE_NAME


def test_encrypted_members_are_refused():
    assert refusal(patched(docx(), b"PK\x01\x02", 8, b"\x01\x00")) is Reason.ENCRYPTED


def test_another_compression_is_refused():
    assert refusal(zipped(members(), zipfile.ZIP_LZMA)) is Reason.UNKNOWN_COMPRESSION


def test_a_truncated_file_is_damaged():
    assert refusal(docx()[:-40]) is Reason.DAMAGED


def test_a_member_that_unpacks_to_more_than_it_says_is_damaged():
    data = docx()
    at = data.index(b"PK\x01\x02")
    at = data.index(b"word/document.xml", at) - 46

    assert refusal(data[: at + 24] + struct.pack("<L", 10) + data[at + 28 :]) is Reason.DAMAGED


def test_a_member_that_lies_about_its_size_is_not_inflated_to_its_end():
    data = zipped({"a.xml": b" " * (50 << 20)})
    at = data.index(b"PK\x01\x02")
    archive = Archive(data[: at + 24] + struct.pack("<L", 10) + data[at + 28 :])

    tracemalloc.start()
    with pytest.raises(FileRefused):
        archive.read("a.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 1 << 20


def test_a_flipped_byte_inside_a_part_is_damaged():
    data = zipped(members(), zipfile.ZIP_STORED)
    at = data.index("Стороны".encode())

    assert refusal(data[:at] + "Ттороны".encode() + data[at + 14 :]) is Reason.DAMAGED


DOCTYPE = '<?xml version="1.0" encoding="{}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_doctype_is_refused_in_any_encoding(encoding):
    assert refusal(with_main(DOCTYPE.format(encoding).encode(encoding))) is Reason.DOCTYPE


def test_an_external_entity_is_refused_in_any_part():
    xml = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>'

    assert refusal(zipped(members() | {"docProps/core.xml": xml})) is Reason.DOCTYPE


def test_too_many_elements_are_refused():
    xml = document("<w:p/>" * 1_000).encode()

    assert refusal(with_main(xml), Limits(elements=500)) is Reason.TOO_MANY_ELEMENTS


def test_fifteen_million_elements_cost_little():
    xml = document("<a/>" * 5_000_000).encode()
    data = zipped(members() | {"word/document.xml": xml})

    started = time.process_time()
    reason = refusal(data, Limits(ratio=10_000))

    assert reason is Reason.TOO_MANY_ELEMENTS
    assert time.process_time() - started < 2


def test_deep_nesting_is_refused():
    assert refusal(with_main(b"<a>" * 201 + b"</a>" * 201)) is Reason.TOO_DEEP


def test_malformed_xml_is_damaged():
    assert refusal(with_main(b"<a><b></a>")) is Reason.DAMAGED


def test_macros_are_refused_by_their_part():
    assert refusal(zipped(members() | {"word/vbaProject.bin": b"\0"})) is Reason.MACROS


def test_macros_are_refused_by_their_content_type():
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"

    assert refusal(zipped(members(main_type=macro))) is Reason.MACROS


def test_content_types_in_another_encoding_hide_nothing():
    types = TYPES.format(main=MAIN_TYPE).replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")

    assert refusal(zipped(members() | {"[Content_Types].xml": types})) is Reason.NOT_WORD


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../План.docx", "План.docx"),
        ("C:\\Users\\x\\План.docx", "План.docx"),
        ("a\r\nSet-Cookie: b.docx", "aSet-Cookie: b.docx"),
        ("gpj\u202excod.docx", "gpjxcod.docx"),
        ("", "file"),
    ],
)
def test_a_file_name_is_shown_without_tricks(name, shown):
    assert display_name(name) == shown


def test_a_long_file_name_keeps_its_ending():
    shown = display_name("я" * 4_000 + ".docx")

    assert len(shown.encode()) <= 120
    assert shown.endswith(".docx")
