"""The sample's Word files read back as the drafts written, and its changes find their provisions there."""

from collections import Counter
from functools import cache

import pytest

from app.docxio.reader import read_draft
from app.sample import states, word_files
from app.sample.draft import DOCUMENTS, label, read, to_text
from app.sample.proposals import read_decisions, read_round
from app.sample.wishes import addressed, as_change, wished_parts
from app.text.changes import Operation, Wish
from app.text.composing import base_of, compose
from app.text.conflicts import Conflict, ConflictKind, conflicts
from app.text.provision import TEXT, Edition, Kind, Place, States
from app.text.runs import plain

FIRST, SECOND, DECIDED = read_round(1), read_round(2), read_decisions()
NAMES = {d.code: {n for forms in d.names.values() for n in forms.values() if n} for d in states.DELEGATIONS} | {
    g.code: set(g.names.values()) for g in states.GROUPS
}


@cache
def imported(document: str, language: str) -> Edition:
    data = (word_files.FOLDER / word_files.file_name(document, language)).read_bytes()
    understood = read_draft(data, states=NAMES)
    assert not understood.not_understood
    return Edition(language, tuple(u.provision for u in understood.provisions))


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("language", states.LANGUAGES)
def test_the_word_file_reads_back_as_it_was_written(document, language):
    edition = imported(document, language)

    keys = addressed(document, edition)

    notes = {address.removeprefix("note "): key for address, key in keys.items() if address.startswith("note ")}
    for line in read(document, language):
        provision = edition.by_key()[keys[line.address]]
        assert provision.kind is line.kind
        if line.kind is not Kind.FOOTNOTE:
            assert provision.label == label(line.address, language), line.address
        for name, content in line.parts.items():
            if name == "no" and line.kind is Kind.ROW:
                continue
            wanted = to_text(content, notes) if isinstance(content, str) else States(content)
            assert provision.parts[name] == wanted, line.address


def test_an_import_with_another_structure_is_refused():
    provisions = imported("plan", "ru").provisions

    with pytest.raises(ValueError, match="another structure"):
        addressed("plan", provisions[:-1])


@pytest.mark.parametrize("proposal", FIRST.proposals, ids=lambda p: p.ref)
def test_every_change_of_round_one_can_be_made_on_the_import(proposal):
    keys = addressed(proposal.document, imported(proposal.document, "ru"))

    for change in proposal.changes:
        edition = imported(proposal.document, change.language)
        # The editions are imported apart here, so each has keys of its own.
        own = addressed(proposal.document, edition) if change.language != "ru" else keys
        made = as_change(change, edition, own, "base")
        if change.operation is Operation.AMEND:
            assert made.parts != edition.by_key()[made.key].parts
        if change.operation is Operation.INSERT:
            assert [p.kind for p in made.block] == [change.kind] * len(change.insert)


def test_identical_blocks_get_one_key():
    edition = imported("plan", "ru")
    keys = addressed("plan", edition)

    minted = Counter(as_change(c, edition, keys, "base").key for p in FIRST.proposals for c in p.changes if c.insert)

    assert sorted(minted.values())[-2:] == [1, 2]


def test_a_move_names_its_new_sibling():
    edition = imported("plan", "ru")
    keys = addressed("plan", edition)
    move = next(c for p in FIRST.proposals if p.sponsor == "KGZ" for c in p.changes if c.operation is Operation.MOVE)

    made = as_change(move, edition, keys, "base")

    assert made.place == Place(keys["IV"], keys["19"])


def test_a_wish_keeps_the_reference_to_a_note():
    edition = imported("plan", "ru")
    keys = addressed("plan", edition)
    (resolution,) = [r for r in DECIDED.resolutions if r.at == "2/б"]

    parts = wished_parts(edition.by_key()[keys["2/б"]], resolution.edits, keys)

    assert [run.note for run in parts[TEXT] if run.note] == [keys["note 1"]]
    assert plain(parts[TEXT]).startswith("[«цифровая общественная инфраструктура»] [«цифровая публичная")


def disputes() -> tuple[dict[str, str], tuple[Conflict, ...]]:
    """Return address by key, and the conflicts of round 1 on the plan's Russian text."""
    edition = imported("plan", "ru")
    keys = addressed("plan", edition)
    wishes = [
        Wish(sponsor, as_change(change, edition, keys, "base"))
        for proposal in FIRST.standing()
        for change in proposal.changes
        for sponsor in (proposal.sponsor, *proposal.cosponsors)
        if proposal.document == "plan" and change.language == "ru" and change.at
    ]
    composition = compose(edition, wishes, [d.code for d in states.DELEGATIONS])
    assert base_of(composition) == edition
    return {key: address for address, key in keys.items()}, conflicts(composition)


def test_round_one_has_conflicts_of_every_kind():
    _, found = disputes()

    assert {conflict.kind for conflict in found} == set(ConflictKind)


def test_states_that_join_or_leave_make_no_conflict():
    addresses, found = disputes()

    disputed = {addresses[conflict.key] for conflict in found}
    assert {"9", "10", "11", "12/в", "14", "19", "22", "table 1.1", "table 2.4"} == disputed


def test_every_conflict_is_settled_or_deferred():
    addresses, found = disputes()

    worded = {resolution.at for resolution in DECIDED.resolutions}
    deferred = {
        p.changes[d.change - 1].at
        for d in DECIDED.decisions
        for p in FIRST.proposals
        if d.on == p.ref and d.outcome == "deferred"
    }
    inserted_after = {c.at: f"+{p.ref}.1" for p in FIRST.proposals for c in p.changes if c.insert and p.ref == "1-12"}
    for conflict in found:
        address = addresses[conflict.key]
        assert {address, inserted_after.get(address)} & (worded | deferred), address
