"""Markup that somebody types is text on every page, and every answer is protected, whatever page or file it is."""

import pytest
from lxml import html

from app.text.changes import Operation
from tests.returning import came_back
from tests.rounds import draft, make_round, submit
from tests.web.test_two_worlds import everything, fetched

MARKUP = "<img src=x onerror=alert(1)>"
PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Cookie",
}
POLICY = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'")


@pytest.fixture
def ids(world):
    """Let Belarus type markup wherever it can; return the ids of what came of it."""
    round_, belarus = make_round(world), world.actor("BLR")
    saved = draft(round_, belarus, round_.amended("p3", f"План {MARKUP} есть."), why=MARKUP)
    said = submit(round_, belarus, round_.amended("p2", f"Стороны создают {MARKUP}."), why=MARKUP)
    submit(round_, world.actor("IND"), round_.amended("p2", f"Стороны {MARKUP} создают."), why=MARKUP)
    submit(round_, belarus, round_.of(Operation.COMMENT, "p1", comment=MARKUP), why=MARKUP)
    returned = came_back(round_, belarus, round_.amended("p1", f"Стороны {MARKUP}."), why=MARKUP)
    return {"draft_id": saved.draft, "proposal_id": said.proposal, "return_id": returned}


@pytest.mark.parametrize("who", ["the secretariat", "Belarus"])
def test_typed_markup_is_text_on_every_page(app, browser, world, ids, who):
    browser.sign_in(world.secretariat if who == "the secretariat" else world.actor("BLR"))
    shown = 0

    for address in everything(app, world, "GET", **ids):
        status, headers, words = fetched(browser, address)
        if headers["Content-Type"].startswith("text/html"):
            assert not html.fromstring(words).xpath("//*[@onerror]"), address
            shown += "&lt;img src=x onerror=alert(1)&gt;" in words
        assert PROTECTION.items() <= headers.items(), address
        assert all(rule in headers["Content-Security-Policy"] for rule in POLICY), address
        assert "unsafe" not in headers["Content-Security-Policy"], address
        assert "ETag" not in headers, address
        assert status != 500

    assert shown > 3
