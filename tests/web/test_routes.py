"""All routes at once: who may open them, tokens, addresses, templates."""

import re

import pytest
from jinja2 import meta

from app.negotiation.vocabulary import Role
from app.web.access import ANYONE, SIGNED_IN
from tests.rounds import make_round

STATIC = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?$")
NUMBERS = {"number", "ordinal", "rank", "page"}
"""Names of parameters that are numbers, and say so in their converter."""


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_page_says_who_may_open_it(app):
    unsaid = [rule.rule for rule in rules(app) if not hasattr(app.view_functions[rule.endpoint], "open_to")]

    assert unsaid == []


def test_what_is_open_to_everyone_is_few_and_known(app):
    open_to_all = {rule.endpoint for rule in rules(app) if app.view_functions[rule.endpoint].open_to == ANYONE}

    assert open_to_all == {
        "accounts.sign_in",
        "accounts.enter",
        "accounts.sign_out",
        "accounts.forgotten_password",
        "invitations.show",
        "invitations.take_up",
        "languages.choose",
    }


def test_addresses_are_kebab_case_and_numbers_are_typed(app):
    for rule in rules(app):
        for segment in rule.rule.strip("/").split("/"):
            if segment and "<" not in segment:
                assert STATIC.match(segment), rule.rule
        for name in rule.arguments:
            if name in NUMBERS:
                assert f"<int:{name}>" in rule.rule, rule.rule


def test_every_form_wants_its_token(app, browser, world):
    app.config.update(WTF_CSRF_ENABLED=True, WTF_CSRF_CHECK_DEFAULT=True)
    browser.sign_in(world.secretariat)

    for rule in rules(app):
        if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}:
            address = _address(app, rule)
            answer = browser.client.post(address, data={"csrf_token": "forged"})
            assert answer.status_code == 400, rule.rule


def test_pages_for_roles_do_not_exist_for_others(app, browser, world):
    actors = {
        Role.ADMINISTRATOR: world.administrator,
        Role.SECRETARIAT: world.secretariat,
        Role.CHAIR: world.chair,
        Role.FOCAL_POINT: world.actor("BLR"),
        Role.EXPERT: world.actor("BLR", Role.EXPERT),
        Role.OBSERVER: world.observer,
    }
    for role, actor in actors.items():
        browser.sign_in(actor)
        for rule in rules(app):
            view = app.view_functions[rule.endpoint]
            if view.open_to not in (ANYONE, SIGNED_IN) and role not in view.open_to:
                address = _address(app, rule)
                method = browser.client.get if "GET" in rule.methods else browser.client.post
                assert method(address).status_code == 404, (role, rule.rule)


def test_a_visitor_is_led_to_sign_in_from_every_page_of_members(app, browser):
    for rule in rules(app):
        view = app.view_functions[rule.endpoint]
        if view.open_to != ANYONE:
            if "GET" in rule.methods:
                answer = browser.client.get(_address(app, rule))
                assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in"), rule.rule
            if "POST" in rule.methods:
                assert browser.client.post(_address(app, rule)).status_code == 401, rule.rule


def test_every_template_compiles_and_takes_part_in_translation(app):
    names = app.jinja_env.list_templates(extensions=["html"])
    ours = [name for name in names if (app.root_path + "/web/templates/" + name) and not name.startswith("security/")]

    for name in ours:
        app.jinja_env.get_template(name)
        source, _path, _fresh = app.jinja_env.loader.get_source(app.jinja_env, name)
        assert meta.find_undeclared_variables(app.jinja_env.parse(source)) is not None
        assert not re.search(r"\bstyle=|<script(?![^>]*\bsrc=)|\bon[a-z]+=\"", source), f"inline code in {name}"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused_in_words(browser, method):
    answer = getattr(browser.client, method)("/sign-in")

    assert answer.status_code == 405
    assert "<h1>" in answer.text


def _address(app, rule):
    values = {name: _example(rule, name) for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def _example(rule, name):
    """A value that the rule takes for an argument."""
    if f"<int:{name}>" in rule.rule:
        return 1
    chosen = re.search(rf"<any\(([^)]*)\):{name}>", rule.rule)
    return chosen[1].split(",")[0].strip(" \"'") if chosen else "nothing"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/rounds/{10**22}", 404),
        (f"/documents/plan/versions/{10**22}", 404),
        (f"/delegation?round={10**22}", 200),
        (f"/record?page={10**22}", 200),
        ("/record?until=9999-12-31", 422),
        ("/record?since=0001-01-01", 422),
    ],
)
def test_numbers_and_dates_beyond_all_bounds_break_nothing(browser, world, address, status):
    make_round(world)

    assert browser.sign_in(world.actor("BLR")).client.get(address).status_code == status
