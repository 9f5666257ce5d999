"""Letters on the plan of ``plans``, and what they were understood to ask for in plain values."""

from app.text.changes import Operation
from app.text.formulas.letters import read_letter
from app.text.provision import States, without_empty
from app.text.runs import plain
from tests.text.plans import STATES, plan


def understood(language, letter, base=None):
    return read_letter(letter, base or plan(language), language=language, names=STATES, minted_from="v")


def told(content):
    return set(content.members) if isinstance(content, States) else plain(content)


def parts(provision):
    return {name: told(content) for name, content in provision.parts.items()}


def changes(read, base):
    """Return (key, part) to what an amendment makes of it, "" where it goes; other changes by their operation."""
    provisions, found = base.by_key(), {}
    for one in read.asked:
        change = one.change
        if change.operation is not Operation.AMEND:
            found[change.key] = change.operation
            continue
        before = without_empty(provisions[change.key].parts)
        for name in {**before, **change.parts}:
            if before.get(name) != change.parts.get(name):
                found[change.key, name] = told(change.parts.get(name, ()))
    return found


def amended(language, letter, base=None):
    """Return ``changes`` of a letter of which everything is understood."""
    base = base or plan(language)
    read = understood(language, letter, base)
    assert read.not_understood == ()
    return changes(read, base)


def refused(language, letter, base=None):
    """Return reason, words it is about and keys of what is not understood."""
    return [(one.reason, one.said, one.keys) for one in understood(language, letter, base).not_understood]
