"""The laws of composition, for all inputs."""

from hypothesis import given
from hypothesis import strategies as st

from app.text.changes import Operation
from app.text.composing import base_of, compose, content_as_of, filtered, wished
from app.text.composition import ComposedBlock, ComposedProvision, ComposedStates
from app.text.conflicts import clusters, collision, conflicts, edits_of
from app.text.differences import edits
from app.text.provision import States, same_text
from app.text.tokens import tokens
from tests.text.strategies import DELEGATIONS, negotiations


@given(negotiations())
def test_rejecting_everything_gives_the_base(drawn):
    base, wishes = drawn

    assert base_of(compose(base, wishes, DELEGATIONS)) == base


@given(negotiations())
def test_accepting_what_a_delegation_sponsors_gives_what_it_asked_for(drawn):
    base, wishes = drawn

    composition = compose(base, wishes, DELEGATIONS)

    for sponsor in DELEGATIONS:
        assert same_text(filtered(composition, sponsor), wished(base, wishes, DELEGATIONS, sponsor))


@given(negotiations(), st.randoms(use_true_random=False))
def test_the_order_in_which_wishes_arrive_does_not_matter(drawn, random):
    base, wishes = drawn
    shuffled = list(wishes)
    random.shuffle(shuffled)

    assert compose(base, shuffled, DELEGATIONS) == compose(base, wishes, DELEGATIONS)


@given(negotiations())
def test_every_proposed_word_stands_with_its_sponsor(drawn):
    base, wishes = drawn
    by_key = base.by_key()

    composition = compose(base, wishes, DELEGATIONS)

    inserted = {
        (sponsor, item.provision.key, name, at, token)
        for item in composition.items
        if isinstance(item, ComposedProvision)
        for name, part in item.parts
        if not isinstance(part, ComposedStates)
        for at, gap in enumerate(part.gaps)
        for insertion in gap
        for sponsor in insertion.sponsors
        for token in insertion.tokens
    }
    in_blocks = {
        (sponsor, p.key, name)
        for item in composition.items
        if isinstance(item, ComposedBlock)
        for sponsor in item.sponsors
        for p in item.provisions
        for name in p.parts
    }
    for sponsor, change in ((w.sponsor, w.change) for w in wishes):
        for p in change.block if change.operation is Operation.INSERT else ():
            assert all((sponsor, p.key, name) in in_blocks for name in p.parts)
        if change.operation is Operation.AMEND:
            for name, content in (change.parts or {}).items():
                old = by_key[change.key].parts.get(name) or ()
                if isinstance(content, States) or (sponsor, change.key, name) in in_blocks:
                    continue
                for at, _, piece in edits(tokens(old), tokens(content)):
                    assert all((sponsor, change.key, name, at, token) in inserted for token in piece)


@given(negotiations())
def test_every_conflict_between_edits_is_reported_with_all_its_sponsors(drawn):
    base, wishes = drawn

    composition = compose(base, wishes, DELEGATIONS)
    found = conflicts(composition)

    reported = {
        (conflict.kind, conflict.key, conflict.part): {s for reading in conflict.readings for s in reading.sponsors}
        for conflict in found
    }
    for item in composition.items:
        for name, part in item.parts if isinstance(item, ComposedProvision) else ():
            if isinstance(part, ComposedStates):
                continue
            made = list(edits_of(part, DELEGATIONS, item.deleters).items())
            for i, (one, ones) in enumerate(made):
                for other, others in made[i + 1 :]:
                    for kind in collision(one, other):
                        key = (kind, item.provision.key, name)
                        assert any(
                            {*ones, *others} <= {s for reading in c.readings for s in reading.sponsors}
                            for c in found
                            if (c.kind, c.key, c.part) == key
                        ), reported
            assert all(len(group) > 1 for _, group in clusters([edit for edit, _ in made]))


@given(negotiations())
def test_a_conflict_always_has_two_readings(drawn):
    base, wishes = drawn

    for conflict in conflicts(compose(base, wishes, DELEGATIONS)):
        assert len(conflict.readings) > 1
        assert all(reading.sponsors for reading in conflict.readings)


@given(negotiations())
def test_a_composed_part_reads_as_each_delegation_wishes_it(drawn):
    base, wishes = drawn

    composition = compose(base, wishes, DELEGATIONS)

    for item in composition.items:
        for name, part in item.parts if isinstance(item, ComposedProvision) else ():
            assert (content_as_of(part, None) or ()) == (item.provision.parts.get(name, ()) or ()) or (
                name not in item.provision.parts
            )
