"""The sample's content is sound: its addresses, words, languages and Word files."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from lxml import etree

from app.sample import states, word_files
from app.sample.draft import COLUMNS, DOCUMENTS, kind_of, label, parse, read, to_text
from app.sample.proposals import (
    Edit,
    SampleChange,
    SampleProposal,
    inserted,
    parts_of_edits,
    read_decisions,
    read_round,
)
from app.text.changes import Operation
from app.text.provision import STATES, TEXT, Kind
from app.text.runs import NOTE, plain

FIRST, SECOND, DECIDED = read_round(1), read_round(2), read_decisions()
LINES = {(d, lang): {line.address: line for line in read(d, lang)} for d in DOCUMENTS for lang in states.LANGUAGES}
RUSSIAN = LINES["plan", "ru"]
CODES = {d.code for d in states.DELEGATIONS}
MEMBERS = CODES | {g.code for g in states.GROUPS}
CATEGORIES = {"general", "substantive", "technical", "editorial", "translation"}
OUTCOMES = {"accepted", "accepted_as_amended", "not_accepted", "kept_in_brackets", "covered", "deferred", "noted"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def changes(proposals: tuple[SampleProposal, ...]) -> list[tuple[SampleProposal, SampleChange]]:
    return [(p, c) for p in proposals for c in p.changes]


def rev_1() -> dict[str, dict[str, object]]:
    """Return the Russian parts of Rev.1 by address: accepted amendments in turn, then what the group worded."""
    parts = {address: dict(line.parts) for address, line in RUSSIAN.items()}
    parts.update({address: dict(p) for address, p in inserted(FIRST.proposals).items()})
    accepted = {(d.on, d.change) for d in DECIDED.decisions if d.outcome == "accepted"}
    worded = {r.at for r in DECIDED.resolutions}
    for proposal in FIRST.standing():
        for ordinal, change in enumerate(proposal.changes, start=1):
            russian = change.language == "ru" and proposal.document == "plan"
            if russian and (proposal.ref, ordinal) in accepted and change.edits and change.at not in worded:
                for edit in change.edits:
                    # Equal wishes of several delegations are applied once.
                    wished = edit.applied(RUSSIAN[change.at].parts[edit.part])
                    if isinstance(wished, str):
                        parts[change.at][edit.part] = wished
                    else:
                        parts[change.at][edit.part] = edit.applied(parts[change.at][edit.part])
    for resolution in DECIDED.resolutions:
        parts[resolution.at] = parts_of_edits(parts[resolution.at], resolution.edits)
    return parts


# --- the body ---------------------------------------------------------------------------------------------------


def test_the_ten_states_stand_in_the_order_of_the_russian_alphabet():
    shorts = [s.names["ru"]["short"] for s in states.STATES]

    assert shorts == sorted(shorts)
    assert [s.rank for s in states.STATES] == list(range(1, 11))


def test_india_declines_and_the_other_republics_do_not():
    assert states.BY_CODE["IND"].names["ru"]["genitive"] == "Республики Индии"
    assert states.BY_CODE["BLR"].names["ru"]["genitive"] == "Республики Беларусь"


def test_every_state_has_a_focal_point_besides_an_expert():
    roles = Counter((p.delegation, p.role) for p in states.PEOPLE)

    assert all(roles[s.code, "focal_point"] == roles[s.code, "expert"] == 1 for s in states.STATES)
    assert roles["SEC", "secretariat"] == 2
    assert len({p.email for p in states.PEOPLE}) == len(states.PEOPLE)
    assert all(p.email.endswith("@sample.invalid") for p in states.PEOPLE)


def test_a_set_of_states_prints_in_the_order_of_the_body():
    assert states.cell({"SEC", "RUS", "INTERESTED", "CHN"}, "ru") == (
        "Китай, Россия, заинтересованные Стороны, Секретариат ШОС"
    )
    assert states.cell({"PARTIES", "SEC"}, "zh") == "各方、上合组织秘书处"


def test_joined_states_read_as_running_text():
    assert states.joined({"UZB", "KGZ", "BLR"}, "ru") == (
        "Республика Беларусь, Кыргызская Республика и Республика Узбекистан"
    )
    assert states.joined({"KGZ", "BLR"}, "en") == "The Republic of Belarus and the Kyrgyz Republic"


# --- the drafts -------------------------------------------------------------------------------------------------


def test_the_plan_has_about_eighty_provisions():
    kinds = Counter(line.kind for line in RUSSIAN.values())

    assert 75 <= len(RUSSIAN) <= 90
    assert kinds[Kind.HEADING] == 7
    assert kinds[Kind.ROW] >= 15
    assert kinds[Kind.FOOTNOTE] >= 1


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_languages_have_one_structure(document, language):
    mine, russian = read(document, language), read(document, "ru")

    assert [line.address for line in mine] == [line.address for line in russian]
    for line, other in zip(mine, russian, strict=True):
        assert list(line.parts) == list(other.parts), line.address
        for name, content in line.parts.items():
            if isinstance(content, frozenset):
                assert content == other.parts[name], line.address
            else:
                assert content, line.address
                assert re.findall(r"\[\^\d+]", content) == re.findall(r"\[\^\d+]", str(other.parts[name]))


def test_paragraphs_run_on_through_the_sections():
    numbers = [int(a) for a in RUSSIAN if a.isdigit()]

    assert numbers == list(range(1, len(numbers) + 1))


def test_rows_are_numbered_under_their_section():
    rows = [a.removeprefix("table ") for a in RUSSIAN if kind_of(a) is Kind.ROW]

    section, row = 0, 0
    for number in rows:
        section, row = (section + 1, 0) if "." not in number else (section, row + 1)
        assert "." not in number or number == f"{section}.{row}"


def test_every_set_of_states_holds_known_codes():
    written = [c for lines in LINES.values() for line in lines.values() for c in line.parts.values()]
    proposed = [c for parts in inserted(FIRST.proposals + SECOND.proposals).values() for c in parts.values()]

    sets = [c for c in (*written, *proposed) if isinstance(c, frozenset)]

    assert len(sets) > 50
    assert all(members <= MEMBERS for members in sets)


def test_one_paragraph_opens_with_the_states_that_join():
    (line,) = [line for line in RUSSIAN.values() if STATES in line.parts]

    assert len(line.parts[STATES]) >= 3
    assert not str(line.parts[TEXT]).startswith((",", " "))


@pytest.mark.parametrize("form", [";", "."])
def test_list_items_end_alike_in_russian(form):
    items = [line for line in RUSSIAN.values() if line.kind is Kind.ITEM]

    last = {line.parent: line.address for line in items}
    for line in items:
        ends = str(line.parts[TEXT])[-1]
        assert (ends == form) == ((line.address == last[line.parent]) == (form == ".")), line.address


def test_labels_are_those_of_the_language():
    assert [label("8/б", language) for language in states.LANGUAGES] == ["б)", "（二）", "(b)"]
    assert [label("II", language) for language in states.LANGUAGES] == ["II.", "二、", "II."]
    assert label("table 1.3", "zh") == "1.3"
    assert label("preamble 2", "ru") == ""


def test_a_reference_to_a_note_becomes_a_note():
    assert plain(to_text("слова[^1];", {"1": "k9"})) == f"слова{NOTE};"


def test_a_row_is_read_into_its_columns():
    row = parse("table 1.2 | Мера | 2026~г. | {KAZ SEC}")

    assert tuple(row.parts) == COLUMNS
    assert row.parts["time"] == "2026\u00a0г."
    assert row.parts["who"] == {"KAZ", "SEC"}


# --- round 1 ----------------------------------------------------------------------------------------------------


def test_round_one_has_about_forty_proposals_of_all_sponsors():
    assert 38 <= len(FIRST.proposals) <= 48
    assert {p.sponsor for p in FIRST.proposals} == CODES
    assert all(p.category in CATEGORIES for p in FIRST.proposals)
    assert {p.channel for p in FIRST.proposals} == {"web", "word", "letter", "oral"}
    assert {c.operation for p in FIRST.proposals for c in p.changes} == set(Operation)


def test_proposals_stand_in_time():
    assert FIRST.deadline == datetime(2025, 4, 25, 10, tzinfo=UTC)
    late = [p for p in FIRST.proposals if p.at > FIRST.deadline]
    assert [p.ref for p in late] == [p.ref for p in FIRST.proposals if p.admitted_at]
    assert all(p.admitted_reason and p.admitted_at > p.at for p in late)
    assert all(FIRST.opens_at < p.at for p in FIRST.proposals)


def test_the_special_cases_are_there_once():
    (withdrawn,) = [p for p in FIRST.proposals if p.withdrawn_at]
    (letter,) = [p for p in FIRST.proposals if p.letter]
    (newer,) = [p for p in FIRST.proposals if p.replaces]
    (oral,) = [p for p in FIRST.proposals if p.channel == "oral"]
    (general,) = [c for p in FIRST.proposals for c in p.changes if c.at == ""]

    assert withdrawn.withdrawn_reason
    assert letter.letter == ("12-4/318", date(2025, 4, 14))
    assert letter.channel == "letter"
    assert {p.ref: p.sponsor for p in FIRST.proposals}[newer.replaces] == newer.sponsor
    assert oral.confirmed_at
    assert general.operation is Operation.COMMENT


@pytest.mark.parametrize("round_", [FIRST, SECOND], ids=["first", "second"])
def test_references_are_unique(round_):
    refs = [p.ref for p in round_.proposals]

    assert len(set(refs)) == len(refs)
    assert {p.replaces for p in round_.proposals} - {None} <= set(refs)
    assert {p.on for p in round_.positions} <= set(refs)


def test_every_address_resolves_in_the_text():
    for proposal, change in changes(FIRST.proposals):
        if change.at:
            assert change.at in LINES[proposal.document, change.language], (proposal.ref, change.at)
        if change.operation is Operation.MOVE:
            assert change.after in RUSSIAN


def test_every_wish_differs_from_its_base():
    amendments = [(p, c) for p, c in changes(FIRST.proposals) if c.operation is Operation.AMEND]

    assert amendments
    for proposal, change in amendments:
        base = LINES[proposal.document, change.language][change.at].parts
        assert change.edits, proposal.ref
        assert parts_of_edits(base, change.edits) != base, proposal.ref


def test_each_operation_brings_what_it_needs():
    for proposal, change in changes(FIRST.proposals + SECOND.proposals):
        assert bool(change.edits) == (change.operation is Operation.AMEND), proposal.ref
        assert bool(change.insert) == (change.operation is Operation.INSERT), proposal.ref
        assert bool(change.after) == (change.operation is Operation.MOVE), proposal.ref
        assert bool(change.comment) == (change.operation is Operation.COMMENT), proposal.ref


def test_a_delegation_has_one_live_wish_for_a_provision():
    live = Counter(
        (p.sponsor, p.document, c.at, c.language)
        for p, c in changes(FIRST.standing())
        if c.operation in (Operation.AMEND, Operation.DELETE, Operation.MOVE, Operation.NO_CHANGE)
    )

    assert max(live.values()) == 1


def test_words_to_replace_occur_exactly_once():
    with pytest.raises(ValueError, match="occurs 2 times"):
        Edit(replace=(("а", "б"),)).applied("а и а")


def test_a_state_that_is_in_cannot_join():
    with pytest.raises(ValueError, match="do not fit"):
        Edit(join=frozenset({"KAZ"})).applied(frozenset({"KAZ", "RUS"}))


def test_several_delegations_wish_the_same():
    wishes = Counter((c.at, c.edits) for p, c in changes(FIRST.standing()) if c.edits)
    blocks = Counter((c.at, str(c.insert)) for p, c in changes(FIRST.standing()) if c.insert)

    assert wishes["18", (Edit(replace=(("60 дней", "90 дней"),)),)] == 3
    assert max(blocks.values()) == 2


# --- decisions and round 2 --------------------------------------------------------------------------------------


def test_every_standing_change_is_decided_once():
    expected = {(p.ref, ordinal) for p in FIRST.standing() for ordinal in range(1, len(p.changes) + 1)}
    decided = [(d.on, d.change) for d in DECIDED.decisions]

    assert len(set(decided)) == len(decided)
    assert set(decided) == expected
    assert {d.outcome for d in DECIDED.decisions} == OUTCOMES


def test_partly_or_no_gives_a_reason():
    assert all(d.reason for d in DECIDED.decisions if d.outcome != "accepted")
    assert all(bool(d.covered_by) == (d.outcome == "covered") for d in DECIDED.decisions)


def test_what_is_amended_or_bracketed_has_its_wording():
    by_ref = {p.ref: p for p in FIRST.proposals}
    worded = {r.at for r in DECIDED.resolutions}

    for decision in DECIDED.decisions:
        if decision.outcome in ("accepted_as_amended", "kept_in_brackets"):
            change = by_ref[decision.on].changes[decision.change - 1]
            assert change.at in worded or f"+{decision.on}.1" in worded, decision


def test_brackets_have_their_holders():
    for resolution in DECIDED.resolutions:
        words = str(rev_1()[resolution.at][resolution.edits[0].part])
        assert re.sub(r"\[\^\d+]", "", words).count("[") == len(resolution.holders), resolution.at
        assert {code for codes in resolution.holders for code in codes} <= CODES


def test_agreed_provisions_exist():
    assert set(DECIDED.agreed) <= set(RUSSIAN)


def test_translations_fit_the_text_of_their_language():
    new = inserted(FIRST.proposals)
    for translation in DECIDED.translations:
        if translation.at.startswith("+"):
            assert translation.edit.part in new[translation.at]
        else:
            base = LINES["plan", translation.language][translation.at].parts[translation.edit.part]
            assert translation.edit.applied(base) != base


def test_round_two_changes_the_words_of_rev_1():
    text = rev_1()
    assert 6 <= len(SECOND.proposals) <= 8

    for proposal, change in changes(SECOND.proposals):
        assert change.at in text
        if change.edits:
            assert parts_of_edits(text[change.at], change.edits) != text[change.at], proposal.ref


def test_round_two_counts_from_the_loading():
    loading = datetime(2026, 3, 2, 12, tzinfo=UTC)

    times = [p.submitted_at(loading) for p in SECOND.proposals]

    assert SECOND.deadline_days_after == 14
    assert all(p.at is None and 0 < p.days_before < SECOND.opens_days_before for p in SECOND.proposals)
    assert times == sorted(times)


# --- Word files -------------------------------------------------------------------------------------------------

FILES = [(document, language) for document in DOCUMENTS for language in states.LANGUAGES]


def members(source) -> dict[str, bytes]:
    with ZipFile(source) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(("document", "language"), FILES)
def test_the_committed_file_is_what_the_builder_makes(document, language, tmp_path):
    built = tmp_path / "built.docx"

    built.write_bytes(word_files.build(document, language))

    assert members(built) == members(word_files.FOLDER / word_files.file_name(document, language))


def test_building_twice_gives_the_same_bytes():
    assert word_files.build("plan", "en") == word_files.build("plan", "en")


@pytest.mark.parametrize(("document", "language"), FILES)
def test_every_page_says_that_it_is_an_example(document, language):
    parts = members(word_files.FOLDER / word_files.file_name(document, language))

    headers = [blob.decode() for name, blob in parts.items() if name.startswith("word/header")]

    assert len(headers) == 2
    assert all(states.TRAINING_MARK[language] in header for header in headers)


@pytest.mark.parametrize(("document", "language"), FILES)
def test_the_file_names_nobody(document, language):
    parts = members(word_files.FOLDER / word_files.file_name(document, language))

    core = etree.fromstring(parts["docProps/core.xml"])

    people = [e.text for e in core if etree.QName(e).localname in ("creator", "lastModifiedBy")]
    assert not any(people)
    assert not [name for name in parts if "thumbnail" in name or "customXml" in name or name == "docProps/app.xml"]


@pytest.mark.parametrize("language", states.LANGUAGES)
def test_the_plan_is_a_real_word_text(language):
    parts = members(word_files.FOLDER / word_files.file_name("plan", language))
    body = etree.fromstring(parts["word/document.xml"])

    styles = Counter(s.get(f"{W}val") for s in body.iter(f"{W}pStyle"))
    rows = body.findall(f".//{W}tr")

    assert styles["Title"] == 1
    assert styles["Heading1"] == 7
    assert len(rows) == 1 + sum(1 for line in RUSSIAN.values() if line.kind is Kind.ROW)
    assert len(body.findall(f".//{W}gridSpan")) == 5
    assert len(body.findall(f".//{W}footnoteReference")) == 2
    assert parts["word/footnotes.xml"].count(b"<w:footnote ") == 4


def test_the_languages_number_in_different_ways():
    numbered = {}
    for language in states.LANGUAGES:
        parts = members(word_files.FOLDER / word_files.file_name("plan", language))
        body = etree.fromstring(parts["word/document.xml"])
        lists = [n for n in body.iter(f"{W}numId") if n.get(f"{W}val") != "0"]
        numbered[language] = len(lists)

    items = sum(1 for line in RUSSIAN.values() if line.kind is Kind.ITEM)
    paragraphs = sum(1 for a in RUSSIAN if a.isdigit())
    assert numbered == {"ru": items + paragraphs, "zh": 0, "en": items}
