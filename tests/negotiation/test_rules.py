"""Refusals speak, permissions default to no, the chain binds every field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.negotiation.actors import INSTALLATION, Actor, system
from app.negotiation.chain import EVENT_FIELDS, commitment, digest, event_hash
from app.negotiation.errors import DeadlinePassed, NotPermitted, TransitionNotAllowed
from app.negotiation.permissions import PERMITTED, may, require
from app.negotiation.vocabulary import Role

EXPERT = Actor(Role.EXPERT, "u", "b", "d", "m")


def test_a_refusal_says_what_and_why():
    assert str(TransitionNotAllowed("close", "closed")) == "Cannot close: it is closed."
    assert DeadlinePassed("18:00", "18:01").facts() == {"deadline": "18:00", "arrived": "18:01"}


def test_an_act_that_no_table_names_is_nobodys():
    assert not any(may(Actor(role), "text.rewrite") for role in Role)


def test_an_expert_drafts_but_does_not_submit():
    require(EXPERT, "draft.write")

    with pytest.raises(NotPermitted, match="expert"):
        require(EXPERT, "proposal.submit")


def test_an_administrator_has_no_part_in_the_texts():
    texts = [act for act in PERMITTED if act.split(".")[0] in ("draft", "proposal", "round", "version", "decision")]

    assert texts
    assert not any(may(Actor(Role.ADMINISTRATOR), act) for act in texts)


def test_an_actor_writes_in_the_chain_of_its_body():
    assert EXPERT.chain == "b"
    assert system().chain == INSTALLATION


def test_chair_and_secretariat_are_the_staff():
    assert [role for role in Role if Actor(role).is_staff] == [Role.SECRETARIAT, Role.CHAIR]


@given(st.lists(st.text() | st.none()), st.lists(st.text() | st.none()))
def test_different_fields_never_hash_alike(one, other):
    assert (event_hash(one) == event_hash(other)) == (one == other)


def test_a_commitment_in_one_place_is_none_in_another():
    assert commitment("content", "x") != commitment("person", "x")
    assert digest("a", ["b"]) != digest("ab", [])


def test_the_hash_of_an_event_binds_each_of_its_fields():
    event = [f"{name}:1" for name in EVENT_FIELDS]
    changed = [[*event[:n], other, *event[n + 1 :]] for n in range(len(event)) for other in (None, "", "2")]

    assert len({event_hash(one) for one in (event, *changed)}) == 1 + len(changed)
