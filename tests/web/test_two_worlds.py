"""What one delegation does in private changes no page, no file and no header of anybody else."""

import io
import re
import zipfile
from itertools import product

import pytest

from app.negotiation.vocabulary import Visibility
from app.services import proposals
from app.text.changes import Operation
from tests.returning import came_back
from tests.rounds import draft, make_round, submit
from tests.web.test_papers import other_body
from tests.world import NOON

DRAFTED, SEALED, RETURNED = "сверчок", "кузнечик", "цикада"
MASKED = re.compile(r"[\w-]{40,}\.[\w-]{6}\.[\w-]{27}")
"""What differs on every page anew: the tokens of its forms."""
CHANGING = ("Date", "Set-Cookie")


def everything(app, world, method, **ids):
    """Yield the address of every page and file there is, with every value that could fit."""
    values = {
        "slug": ["plan"],
        "number": [0, 1],
        "old": [0],
        "new": [0],
        "ordinal": [1],
        "language": ["ru"],
        "code": ["BLR"],
        "case_id": ["p2", "p3"],
        "way": ["letter", "room"],
        "membership": [world.actor("BLR").membership],
        "delegation_id": [world.delegations["BLR"]],
        **{name: [value] for name, value in ids.items()},
    }
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method in rule.methods and rule.endpoint != "static":
                names = sorted(rule.arguments)
                fitting = [values.get(name) or _choices(rule.rule, name) for name in names]
                for chosen in product(*fitting):
                    yield app.url_for(rule.endpoint, **dict(zip(names, chosen, strict=True)))


def _choices(rule, name):
    chosen = re.search(rf"<any\(([^)]*)\):{name}>", rule)
    return [value.strip(" \"'") for value in chosen[1].split(",")] if chosen else ["nothing"]


def fetched(browser, address):
    """Return status, headers and words of an answer, without the tokens of its forms."""
    with browser.client.get(address) as answer:
        headers = {name: value for name, value in answer.headers.items() if name not in CHANGING}
        return answer.status_code, headers, MASKED.sub("", unpacked(answer.data))


def unpacked(data):
    """Return the words of an answer; of a file, of all its parts."""
    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(unpacked(package.read(name)) for name in package.namelist())


@pytest.fixture
def round_(world):
    return make_round(world, Visibility.AT_CLOSE)


def act(world, round_):
    """Let Belarus draft, submit, withdraw and upload; return the ids of what came of it."""
    belarus = world.actor("BLR")
    saved = draft(round_, belarus, round_.amended("p3", f"План есть {DRAFTED}."), why=DRAFTED)
    receipt = submit(round_, belarus, round_.amended("p2", f"Стороны создают {SEALED}."), why=SEALED)
    gone = submit(round_, belarus, round_.of(Operation.DELETE, "p2a"), why=SEALED)
    proposals.withdraw_proposal(gone.proposal, actor=belarus, now=NOON)
    returned = came_back(round_, belarus, round_.amended("p1", f"Стороны развивают {RETURNED}."), why=RETURNED)
    return {"draft_id": saved.draft, "proposal_id": receipt.proposal, "return_id": returned}


@pytest.mark.parametrize("who", ["India", "an observer", "another body"])
def test_nothing_shows_that_another_delegation_has_drafted_submitted_or_uploaded(app, browser, world, round_, who):
    outsiders = {"India": world.actor("IND"), "an observer": world.observer}
    browser.sign_in(outsiders.get(who) or other_body(world))
    addresses = list(everything(app, world, "GET"))
    before = {address: fetched(browser, address) for address in addresses}

    ids = act(world, round_)

    differing = [address for address in addresses if fetched(browser, address) != before[address]]
    assert differing == []
    there = [address for address in named(app, world, "GET", ids) if fetched(browser, address)[0] != 404]
    assert there == []


def test_a_delegation_finds_on_its_pages_what_others_do_not(app, browser, world, round_):
    ids = act(world, round_)
    browser.sign_in(world.actor("BLR"))

    shown = "".join(fetched(browser, address)[2] for address in named(app, world, "GET", ids))

    assert SEALED in shown
    assert RETURNED in shown
    assert DRAFTED in fetched(browser, "/delegation")[2]


@pytest.mark.parametrize("who", ["India", "another body"])
def test_nobody_acts_on_what_another_delegation_drafted_submitted_or_uploaded(app, browser, world, round_, who):
    ids = act(world, round_)
    browser.sign_in(world.actor("IND") if who == "India" else other_body(world))

    addresses = list(named(app, world, "POST", ids))
    taken = [address for address in addresses if browser.client.post(address).status_code != 404]

    assert len(addresses) > len(ids)
    assert taken == []


def named(app, world, method, ids):
    """Yield the addresses that name something of what Belarus made."""
    return (address for address in everything(app, world, method, **ids) if any(one in address for one in ids.values()))
