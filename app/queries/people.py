"""Who is named in texts and beside proposals: delegations and groups, in the body's order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.models import db
from app.models.bodies import Body, Delegation
from app.negotiation.vocabulary import DelegationKind


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation or desk; *forms*: language to name forms."""

    id: str
    code: str
    kind: DelegationKind
    rank: int
    forms: Mapping[str, Any]
    active: bool


@dataclass(frozen=True)
class People:
    """The delegations of a body in protocol rank, and its groups of states.

    Attributes:
        groups: Code to names per language.
        by_alphabet: Whether states print in the alphabet of the page's language, not in protocol rank.
    """

    delegations: tuple[DelegationRow, ...]
    groups: Mapping[str, Mapping[str, str]]
    by_alphabet: bool = False

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The codes in protocol rank, groups last."""
        return (*(d.code for d in self.delegations), *self.groups)

    @cached_property
    def by_code(self) -> Mapping[str, DelegationRow]:
        """Code to delegation."""
        return {d.code: d for d in self.delegations}

    @cached_property
    def by_id(self) -> Mapping[str, DelegationRow]:
        """Id to delegation."""
        return {d.id: d for d in self.delegations}

    @property
    def states(self) -> tuple[DelegationRow, ...]:
        """The member states."""
        return tuple(d for d in self.delegations if d.kind == DelegationKind.MEMBER_STATE)

    def code_of(self, delegation_id: str | None) -> str | None:
        """Return the code of a delegation by its id, if there is one."""
        found = self.by_id.get(delegation_id or "")
        return found.code if found else None

    def name(self, code: str, language: str, form: str = "short") -> str:
        """Return a name in a language and form, else the nearest there is, else the code."""
        if code in self.groups:
            names = self.groups[code]
            return names.get(language) or next(iter(names.values()), code)
        if code not in self.by_code:
            return code
        forms = self.by_code[code].forms
        mine: Mapping[str, str] = forms.get(language) or next(iter(forms.values()), {})
        return mine.get(form) or mine.get("short") or mine.get("full") or code

    def listed(self, code: str, language: str) -> str:
        """Return a name as running text has it: with its article where the body stores that, else the full one."""
        forms: Mapping[str, str] = self.by_code[code].forms.get(language, {}) if code in self.by_code else {}
        return forms.get("listed") or self.name(code, language, "full")

    def in_order(self, codes: Iterable[str], language: str) -> tuple[str, ...]:
        """Return codes as they print in a language: the body's order, groups last, unknown codes after them."""
        ranks = {code: rank for rank, code in enumerate(self.order)}
        if not self.by_alphabet:
            return tuple(sorted(codes, key=lambda code: (ranks.get(code, len(ranks)), code)))
        return tuple(sorted(codes, key=lambda code: (code in self.groups, self.name(code, language).casefold(), code)))


def load_people(body_id: str) -> People:
    """Return everybody whom the texts and proposals of a body may name."""
    rules = db.session.scalar(select(Body.rules).where(Body.id == body_id)) or {}
    rows = db.session.execute(
        select(Delegation.id, Delegation.code, Delegation.kind, Delegation.rank, Delegation.forms, Delegation.active)
        .where(Delegation.body_id == body_id)
        .order_by(Delegation.rank)
    )
    return People(
        tuple(DelegationRow(*row) for row in rows), rules.get("groups", {}), rules.get("order_of_states") == "alphabet"
    )


def names_by_code(people: People) -> dict[str, set[str]]:
    """Return code to every name by which a text may mean a state, a group or another delegation."""
    names = {d.code: {n for forms in d.forms.values() for n in forms.values() if n} for d in people.states}
    names |= {code: set(forms.values()) for code, forms in people.groups.items()}
    names |= {
        d.code: {str(forms[form]) for forms in d.forms.values() for form in ("short", "full") if forms.get(form)}
        for d in people.delegations
        if d.code not in names
    }
    return names
