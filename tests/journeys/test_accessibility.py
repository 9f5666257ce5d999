"""The screens are accessible, light and dark: axe finds nothing, rules of WCAG and good practice."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.negotiation.vocabulary import Role

PLAN = "/documents/action-plan"
SCREENS = {
    (Role.SECRETARIAT, ""): (
        "/",
        "/documents",
        PLAN,
        f"{PLAN}/rounds/1/desk",
        f"{PLAN}/rounds/1/desk/p16",
        f"{PLAN}/versions/1/consents",
        "/rounds/2",
        "/record",
        "/members",
        "/delegations",
    ),
    (Role.FOCAL_POINT, "BLR"): (
        f"{PLAN}/versions/1?propose=p48&as=amend",
        "/delegation",
        "/rounds/2",
        f"{PLAN}/rounds/2/clearance/ru",
    ),
}


@pytest.mark.slow
@pytest.mark.needs("chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", SCREENS, ids=lambda who: str(who[0]))
def test_axe_finds_nothing(enter, person, who, scheme):
    role, code = who
    page = enter(person(role, code) if code else person(role), color_scheme=scheme, bypass_csp=True)

    found = {}
    for path in SCREENS[who]:
        assert page.goto(path).status == 200, path
        violations = Axe().run(page).response["violations"]
        found |= {(path, v["id"]): v["nodes"][0]["html"] for v in violations}

    assert found == {}
