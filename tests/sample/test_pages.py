"""Every page of the sample opens, is well made, says that it is a training example, and asks few questions."""

import re
from collections import Counter, deque
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import event

from app.models import db
from app.negotiation.vocabulary import Role
from app.services import releases
from tests.pages import Browser
from tests.sample.conftest import LOADED_AT

MARKS = {"en": "Training example", "ru": "Учебн", "zh": "示例"}
MOST_QUERIES = 60
READERS = [
    (Role.SECRETARIAT, "", "en"),
    (Role.CHAIR, "", "ru"),
    (Role.FOCAL_POINT, "BLR", "ru"),
    (Role.EXPERT, "CHN", "zh"),
    (Role.OBSERVER, "", "en"),
]
PER_KIND = 2
"""How many pages of one kind are opened."""
FILE = re.compile(r"\.(?:(en|ru|zh)\.)?(?:docx|zip|json|txt|pdf)$")
NAMED = re.compile(r"[0-9a-f-]{20,}|\d+")


def kind_of(url):
    """Return what pages of one kind have in common: the path without numbers and names, and the query's names."""
    parts = urlsplit(url)
    path = NAMED.sub("*", parts.path)
    path = re.sub(r"/(desk|proposals|receipts|drafts|members|delegations)/[^/]+", r"/\1/*", path)
    path = re.sub(r"/fate/[^/.]+", "/fate/*", path)
    return path, tuple(sorted(name for name, _ in parse_qsl(parts.query)))


@contextmanager
def counted():
    """Count the statements sent to the database."""
    found = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def crawl(browser, language):
    """Yield (url, page, number of queries) of every page that links lead to, a few of each kind.

    Of each kind of file one is fetched, in the language of the reader.
    """
    waiting, seen, kinds = deque(["/"]), {"/"}, Counter()
    while waiting:
        url = waiting.popleft()
        file = FILE.search(urlsplit(url).path)
        if file and file[1] not in (None, language):
            continue
        kinds[kind_of(url)] += 1
        if kinds[kind_of(url)] > (1 if file else PER_KIND):
            continue
        with counted() as statements:
            page = browser.get(url)
        if not hasattr(page, "xpath"):
            continue
        yield url, page, len(statements)
        for link in page.xpath("//a/@href"):
            target = urlsplit(link)
            if target.scheme or target.netloc or not target.path.startswith("/") or target.path.startswith("/static"):
                target = urlsplit(link) if link.startswith("?") else None
            if target is None:
                continue
            address = (target.path or urlsplit(url).path) + (f"?{target.query}" if target.query else "")
            if address not in seen:
                seen.add(address)
                waiting.append(address)


@pytest.mark.slow
@pytest.mark.parametrize(("role", "code", "language"), READERS, ids=[str(role) for role, *_ in READERS])
def test_every_page_says_it_is_an_example(app, person, role, code, language):
    partner = person(Role.OBSERVER)
    releases.release_version("action-plan", 1, partner.delegation, actor=person(Role.SECRETARIAT), now=LOADED_AT)
    browser = Browser(app).sign_in(person(role, code), language)

    pages = list(crawl(browser, language))

    unmarked = [url for url, page, _ in pages if MARKS[language] not in page.text_content()]
    assert unmarked == []
    assert [(url, count) for url, _, count in pages if count > MOST_QUERIES] == []
    assert len(pages) > (4 if role == Role.OBSERVER else 25)


def test_every_page_of_the_administrator_says_so_too(app, person):
    browser = Browser(app).sign_in(person(Role.ADMINISTRATOR), "en")

    pages = list(crawl(browser, "en"))

    assert [url for url, page, _ in pages if MARKS["en"] not in page.text_content()] == []
    assert len(pages) > 3
