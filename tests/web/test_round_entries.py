"""Letters and words from the room, entered for others; late proposals admitted."""

import io

import pytest

from app.models import db
from app.models.documents import StoredFile
from app.models.proposals import Proposal
from app.negotiation.vocabulary import Channel, ProposalState, Role
from app.services import rounds
from tests.rounds import DEADLINE, make_round, submit
from tests.web.test_rounds import words
from tests.world import DAY, NOON

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
NEW_TEXT = "Стороны создают общую платформу обмена опытом."


@pytest.fixture
def round_(world):
    return make_round(world)


@pytest.fixture
def officer(browser, world, round_):
    return browser.sign_in(world.secretariat)


def the_letter(world, code="IRN", **other):
    fields = {"delegation": world.delegations[code], "letter_number": "118", "letter_on": "2025-04-09"}
    return fields | {"scan": (io.BytesIO(PDF), "../../письмо.pdf")} | other


def on(page, officer, at="2", operation="amend", **more):
    return officer.press(page, "Show the text", at=at, operation=operation, **more)


def entered(officer, world, **other):
    """Go through a letter up to its confirm page."""
    page = officer.post("/rounds/1/letters", the_letter(world, **other))
    return officer.press(on(page, officer), "Continue", part_0=NEW_TEXT, justification="Так точнее.")


def test_a_letter_becomes_a_proposal_of_its_delegation(officer, world, browser):
    page = entered(officer, world)
    assert "This proposal is entered in the name of: Iran." in words(page)
    assert db.session.query(Proposal).count() == 0

    officer.press(page, "Enter it for Iran")

    proposal = db.session.query(Proposal).one()
    assert (proposal.delegation_id, proposal.channel) == (world.delegations["IRN"], Channel.LETTER)
    assert (proposal.letter_number, proposal.letter_on.isoformat()) == ("118", "2025-04-09")
    assert proposal.state is ProposalState.SUBMITTED
    assert "118" in words(browser.sign_in(world.actor("IRN")).get(f"/receipts/{proposal.id}"))


def test_entering_twice_is_entering_once(officer, world):
    page = entered(officer, world)

    for _ in range(2):
        officer.press(page, "Enter it for Iran")

    assert db.session.query(Proposal).count() == 1


def test_the_next_provision_of_the_same_letter_is_asked_for(officer, world):
    page = officer.press(entered(officer, world), "Enter it for Iran")

    page = on(page, officer, at="3", operation="delete")
    officer.press(officer.press(page, "Continue"), "Enter it for Iran")

    assert [p.letter_number for p in db.session.query(Proposal)] == ["118", "118"]
    assert db.session.query(StoredFile).count() == 1


def test_something_can_be_corrected_before_it_is_entered(officer, world):
    page = officer.press(entered(officer, world), "Correct something")

    assert page.xpath("//textarea[@name='part_0']")[0].text.strip() == NEW_TEXT


def test_a_letter_after_the_deadline_waits_for_admission(officer, world, clock):
    clock.at = DEADLINE

    page = officer.press(entered(officer, world), "Enter it for Iran")

    assert "waits for admission" in words(page)
    assert db.session.query(Proposal).one().state is ProposalState.LATE


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"delegation": ""}, "Choose the delegation."),
        ({"letter_number": ""}, "Enter the number of the letter."),
        ({"letter_on": "soon"}, "Enter a date as year-month-day, such as 2025-05-09."),
        ({"scan": (io.BytesIO(b"<svg onload=alert(1)>"), "scan.pdf")}, "neither a PDF nor a JPEG nor a PNG"),
    ],
)
def test_a_mistyped_letter_is_asked_for_again(officer, world, wrong, message):
    page = officer.post("/rounds/1/letters", the_letter(world, **wrong), status=422)

    assert message in words(page)


def test_a_scan_is_an_attachment_for_its_own_side(officer, world, browser):
    officer.press(entered(officer, world), "Enter it for Iran")
    scan = db.session.scalar(db.select(StoredFile.id))

    answer = browser.sign_in(world.actor("IRN", Role.EXPERT)).get(f"/scans/{scan}")

    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="letter-IRN-')
    assert answer.mimetype == "application/pdf"


@pytest.mark.parametrize("code", ["BLR", "OBS"])
def test_a_scan_does_not_exist_for_others(officer, world, browser, code):
    officer.press(entered(officer, world), "Enter it for Iran")
    scan = db.session.scalar(db.select(StoredFile.id))

    browser.sign_in(world.observer if code == "OBS" else world.actor(code))

    browser.get(f"/scans/{scan}", status=404)


def test_a_scan_of_another_delegation_s_letter_is_not_taken(officer, world):
    officer.post("/rounds/1/letters", the_letter(world, code="BLR"))
    scan = db.session.scalar(db.select(StoredFile.id))
    page = officer.post("/rounds/1/letters", the_letter(world) | {"scan": (io.BytesIO(), "")})
    page = officer.press(on(page, officer), "Continue", part_0=NEW_TEXT)

    officer.press(page, "Enter it for Iran", scan=scan, status=404)

    assert db.session.query(Proposal).count() == 0


def test_what_changes_is_shown_while_it_is_typed(officer, world):
    page = on(officer.get("/rounds/1/oral"), officer, delegation=world.delegations["BLR"])

    page = officer.press(page, "Show the change", part_0=NEW_TEXT)

    assert [node.text_content() for node in page.xpath("//div[@id='preview']//ins")] == ["общую"]


def test_the_live_redline_is_the_same(officer, world):
    fields = {"delegation": world.delegations["BLR"], "at": "2", "operation": "amend", "part_0": NEW_TEXT}

    answer = officer.post("/rounds/1/entries/room/redline", fields | {"category": "substantive", "key": "p2"})

    assert "общую" in answer.text_content()


def test_what_is_said_in_the_room_waits_for_its_side(officer, world, clock):
    clock.at = DEADLINE
    page = on(officer.get("/rounds/1/oral"), officer, delegation=world.delegations["BLR"])

    officer.press(page, "Note it for Belarus", part_0=NEW_TEXT)

    assert db.session.query(Proposal).one().state is ProposalState.ORAL
    assert "oral only, to be confirmed" in words(officer.get("/rounds/1"))


def test_a_general_remark_can_be_noted(officer, world):
    page = on(officer.get("/rounds/1/oral"), officer, at="", delegation=world.delegations["BLR"])

    officer.press(page, "Note it for Belarus", comment="Срок мал.")

    assert db.session.query(Proposal).one().category == "general"


def test_the_text_as_it_stands_is_no_proposal(officer, world):
    page = on(officer.get("/rounds/1/oral"), officer, delegation=world.delegations["BLR"])

    page = officer.press(page, "Note it for Belarus", status=422)

    assert "there is nothing to propose yet" in words(page)


def test_an_unknown_provision_is_asked_for_again(officer, world):
    page = officer.get("/rounds/1/oral")

    page = officer.press(page, "Show the text", status=422, at="99", delegation=world.delegations["BLR"])

    assert "There is no provision with this number." in words(page)


def test_a_delegation_must_be_chosen(officer):
    page = officer.press(officer.get("/rounds/1/oral"), "Show the text", status=422, at="2")

    assert "Choose the delegation." in words(page)


@pytest.fixture
def spoken(officer, world):
    page = on(officer.get("/rounds/1/oral"), officer, delegation=world.delegations["BLR"])
    officer.press(page, "Note it for Belarus", part_0=NEW_TEXT)
    return db.session.query(Proposal).one()


def test_the_secretariat_notes_a_confirmation_given_in_the_room(officer, spoken):
    page = officer.get(f"/proposals/{spoken.id}/oral")

    for _ in range(2):
        officer.press(page, "Belarus confirms it")

    db.session.expire_all()
    assert spoken.state is ProposalState.SUBMITTED


def test_the_secretariat_notes_a_withdrawal_with_its_reason(officer, spoken):
    page = officer.get(f"/proposals/{spoken.id}/oral")
    officer.press(page, "Belarus withdraws it", status=422)

    officer.press(page, "Belarus withdraws it", reason="Satisfied with paragraph 3")

    db.session.expire_all()
    assert spoken.state is ProposalState.WITHDRAWN


def test_the_desks_of_chair_and_secretariat_speak_in_the_room_too(officer, world):
    page = on(officer.get("/rounds/1/oral"), officer, delegation=world.delegations["SEC"])

    officer.press(page, "Note it for Secretariat", part_0=NEW_TEXT)

    assert db.session.query(Proposal).one().state is ProposalState.SUBMITTED


@pytest.fixture
def late(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", NEW_TEXT), now=DEADLINE)
    return db.session.get_one(Proposal, receipt.proposal)


def test_a_late_proposal_is_admitted_with_a_reason(officer, late):
    assert "came late" in words(officer.get("/rounds/1"))
    page = officer.get(f"/proposals/{late.id}/admission")
    officer.press(page, "Admit it with this reason", status=422)

    for _ in range(2):
        officer.press(page, "Admit it with this reason", reason="Power cut in Minsk")

    db.session.expire_all()
    assert (late.state, late.admitted_because) == (ProposalState.SUBMITTED, "Power cut in Minsk")


def test_the_chair_reads_a_late_proposal_without_admitting_it(browser, world, late):
    browser.sign_in(world.chair)

    assert "Admit it?" not in words(browser.get(f"/proposals/{late.id}/admission"))
    browser.post(f"/proposals/{late.id}/admission", {"reason": "-"}, status=403)


def test_a_delegate_admits_nothing(browser, world, late):
    browser.sign_in(world.actor("BLR"))

    browser.get(f"/proposals/{late.id}/admission", status=404)
    browser.post(f"/proposals/{late.id}/admission", {"reason": "-"}, status=404)


@pytest.mark.parametrize("path", ["/rounds/1/letters", "/rounds/1/oral", "/rounds/1/entries/room"])
def test_nobody_but_the_secretariat_enters_for_others(browser, world, round_, path):
    for actor in (world.actor("BLR"), world.chair, world.observer):
        browser.sign_in(actor).get(path, status=404)


def test_nothing_is_entered_in_a_round_that_has_not_opened(browser, world):
    from tests.scheduled import schedule_round

    schedule_round(world, opens_at=NOON + DAY)

    browser.sign_in(world.secretariat).get("/rounds/1/letters", status=409)


def test_a_request_stamped_before_the_deadline_is_in_time_though_others_came_first(world, round_):
    later = DEADLINE.replace(second=5)
    submit(round_, world.actor("IRN"), round_.amended("p1", NEW_TEXT), now=later)

    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", NEW_TEXT), now=DEADLINE - DAY / 86400)

    assert receipt.state is ProposalState.SUBMITTED


def test_at_the_very_instant_of_the_deadline_it_is_late(world, round_):
    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", NEW_TEXT), now=DEADLINE)

    assert receipt.state is ProposalState.LATE


def test_nothing_is_accepted_after_the_closing_is_on_the_record(world, round_):
    rounds.keep_time(DEADLINE + DAY)

    receipt = submit(round_, world.actor("BLR"), round_.amended("p2", NEW_TEXT), now=DEADLINE - DAY)

    assert receipt.state is ProposalState.LATE
