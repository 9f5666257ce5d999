"""A browser without a screen: every page it fetches is checked to be well made."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict

from app.negotiation.actors import Actor


class Client(FlaskClient):
    """A client whose requests share nothing with the test around them, as in life: neither ``g`` nor a session."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send one request in an application context of its own."""
        from app.models import db

        db.session.rollback()  # the test's own reads end, so that it sees afterwards what the request wrote
        with self.application.app_context():
            return super().open(*args, **kwargs)


class Browser:
    """Fetches pages as a signed-in person, without JavaScript, following redirects."""

    def __init__(self, app: Flask) -> None:
        app.test_client_class = Client
        self.client = app.test_client()
        self.app = app
        self.status = 0

    def sign_in(self, actor: Actor, language: str = "en") -> "Browser":
        """Act as a member, in a language."""
        from app.models import db
        from app.models.accounts import User

        with self.app.app_context():
            unique = db.session.query(User).filter_by(public_id=actor.user).one().fs_uniquifier
        with self.client.session_transaction() as session:
            session.update(_user_id=unique, _fresh=True, membership=actor.membership, language=language)
            session["identity"] = {"fs_cc": "set"}
            session["since"] = 2**33  # tests travel through weeks without signing in again
        return self

    def get(self, url: str, *, status: int = 200, **kwargs: Any) -> html.HtmlElement:
        """Fetch a page and check it."""
        return self._read(self.client.get(url, follow_redirects=True, **kwargs), status)

    def post(
        self, url: str, data: Mapping[str, Any] | None = None, *, status: int = 200, **kwargs: Any
    ) -> html.HtmlElement:
        """Send a form (with its token, which test settings do not ask for) and read the page that answers."""
        return self._read(self.client.post(url, data=data or {}, follow_redirects=True, **kwargs), status)

    def press(self, page: html.HtmlElement, button: str, *, status: int = 200, **fields: Any) -> html.HtmlElement:
        """Press the button with that text in its form, as filled in on the page plus *fields*."""
        for form in page.forms:
            for element in form.xpath(".//button | .//input[@type='submit']"):
                if (element.text_content() or element.get("value") or "").strip() == button:
                    data = MultiDict(form.form_values())
                    if element.get("name"):
                        data[element.get("name")] = element.get("value", "")
                    for name, value in fields.items():
                        data.setlist(name, value if isinstance(value, list) else [value])
                    target = element.get("formaction") or form.get("action") or self.url
                    if (form.get("method") or "get").lower() == "post":
                        return self.post(target, data, status=status)
                    return self.get(target, query_string=data, status=status)
        raise AssertionError(f"no button {button!r}")

    def _read(self, response: Any, status: int) -> html.HtmlElement:
        self.status, self.url = response.status_code, response.request.path
        assert response.status_code == status, f"{response.status_code} for {self.url}: {response.text[:2000]}"
        if response.mimetype != "text/html":
            return response
        page = html.fromstring(response.text)
        if page.xpath("//h1") or "<html" in response.text:
            assert_well_made(page)
        return page


def assert_well_made(page: html.HtmlElement) -> None:
    """Check what every page must have: one h1, title, language, unique ids, labels, tokens."""
    (h1,) = page.xpath("//h1")
    title = page.findtext(".//title").removeprefix("Error: ")
    assert title.startswith(" ".join(h1.text_content().split())[:60]), f"title {title!r} does not start with h1"
    assert page.xpath("/html/@lang"), "no language"
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values(), default=1) == 1, f"duplicate ids in {ids.most_common(3)}"
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = (
            page.xpath("//label[@for=$id]", id=field.get("id"))
            or field.get("aria-label")
            or field.get("aria-labelledby")
        )
        assert labelled or field.xpath("ancestor::label"), f"no label for {field.attrib}"
        for reference in field.get("aria-describedby", "").split():
            assert reference in ids, f"aria-describedby points nowhere: {reference}"
    for form in page.xpath("//form[@method='post']"):
        assert form.xpath(".//input[@name='csrf_token']"), "form without csrf token"
    assert not page.xpath("//@style | //@onclick"), "inline style or script"
