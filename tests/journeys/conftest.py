"""A real server on a free port, a real browser, and the people of the sample in it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.negotiation.actors import Actor, system
from app.services import invitations
from tests.programs import path_of
from tests.sample.conftest import LOADED_AT, _loaded, app, clock, person

__all__ = ["_loaded", "app", "clock", "person"]

PATIENCE_MS = 20_000
"""How long a page may take on a busy machine before it counts as missing."""


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the sample, served as in life: tokens in forms, several threads."""
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=True, WTF_CSRF_CHECK_DEFAULT=True)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    running.join(timeout=10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the system."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(path_of("chromium")), args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def enter(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Sign a person of the sample in by link and return their page: ``enter(actor, script=False)``."""
    opened: list[BrowserContext] = []

    def sign_in(actor: Actor, *, script: bool = True, **more: Any) -> Page:
        assert actor.user is not None
        link = invitations.offer_sign_in(actor.user, days=365, actor=system(), now=LOADED_AT)
        context = chromium.new_context(base_url=site, java_script_enabled=script, locale="en-GB", **more)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        page = context.new_page()
        page.goto(f"/links/{link.token}")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/links/" not in url)
        if page.locator("html").get_attribute("lang") != "en":
            page.get_by_role("button", name="English").click()
        # The next page that is asked for would cut the choice of the language off.
        page.locator("html[lang=en]").wait_for(state="attached")
        return page

    yield sign_in
    for context in opened:
        context.close()
