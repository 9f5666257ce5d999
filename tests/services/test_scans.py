"""Scans: known by their content, kept once, of a bounded size."""

import pytest

from app.models import db
from app.models.documents import StoredFile
from app.negotiation.errors import NotFound, NotPermitted, NotReady
from app.queries.scans import get_scan
from app.services import scans
from tests.world import NOON

PDF = b"%PDF-1.7\n"


def test_a_scan_is_what_its_content_says(world):
    iran = world.delegations["IRN"]

    kinds = [
        get_scan(scans.store_scan(iran, content, actor=world.secretariat, now=NOON), actor=world.secretariat).media_type
        for content in (PDF, b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n")
    ]

    assert kinds == ["application/pdf", "image/jpeg", "image/png"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", PDF + b"0" * scans.LIMIT_BYTES])
def test_anything_else_is_refused(world, content):
    with pytest.raises(NotReady):
        scans.store_scan(world.delegations["IRN"], content, actor=world.secretariat, now=NOON)


def test_the_same_scan_twice_is_one_scan(world):
    for _ in range(2):
        scans.store_scan(world.delegations["IRN"], PDF, actor=world.secretariat, now=NOON)

    assert db.session.query(StoredFile).count() == 1


def test_a_delegate_stores_no_scan(world):
    with pytest.raises(NotPermitted):
        scans.store_scan(world.delegations["IRN"], PDF, actor=world.actor("IRN"), now=NOON)


def test_another_file_is_no_scan(world):
    with pytest.raises(NotFound):
        get_scan("nothing", actor=world.secretariat)
