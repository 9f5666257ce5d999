"""Every answer is protected by its headers."""

import dataclasses

import pytest


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nothing", "/links/forged"])
def test_every_answer_carries_its_headers(browser, path):
    headers = browser.client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]


def test_style_sheets_may_be_kept(browser):
    with browser.client.get("/static/css/look.css") as answer:
        kept = answer.headers.get("Cache-Control")

    assert kept != "no-store"


def test_the_session_is_for_this_site_alone(browser):
    cookie = browser.client.get("/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_cookies_are_bound_to_the_host(tmp_path):
    from app import create_app
    from app.config import Settings
    from app.models import db

    settings = Settings(
        instance=tmp_path, database_url="sqlite://", secret_key="key", base_url="https://chapeau.example"
    )
    app = create_app(dataclasses.replace(settings, secure=True))
    with app.app_context():
        db.create_all()
    answer = app.test_client().get("/sign-in", base_url="https://chapeau.example")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-chapeau=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
