"""Loads the sample: every act of the invented rounds, in the order of time, through the use cases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.models import db
from app.models.bodies import Body, Delegation
from app.negotiation.actors import system
from app.negotiation.vocabulary import DelegationKind, MeetingForm, Role
from app.queries.members import list_memberships
from app.sample import consolidation, states
from app.sample.draft import read as read_draft
from app.sample.loading import PARTNER, SLUGS, Loading
from app.sample.proposals import read_round
from app.sample.rounds import play
from app.sample.wishes import addressed
from app.sample.word_files import FOLDER, file_name
from app.services import accounts, bodies, imports, meetings, versions

STARTED_AT = datetime(2025, 3, 3, 2, 0, tzinfo=UTC)
"""When the group's drafting room was opened."""
_KINDS = {
    "state": DelegationKind.MEMBER_STATE,
    "secretariat": DelegationKind.SECRETARIAT,
    "chair": DelegationKind.CHAIR,
}
_PARTNER_NAMES = {"ru": "Партнёр ШОС", "zh": "上合伙伴", "en": "SCO partner"}
_PAPERS = {"plan": "action_plan", "agenda": "agenda"}


def is_loaded() -> bool:
    """Whether the installation holds any body."""
    return db.session.scalar(select(Body.id).limit(1)) is not None


def load_sample(*, now: datetime, told: Callable[[str], None] = lambda _step: None) -> None:
    """Make the sample in an empty installation.

    Args:
        now: The instant of loading; round 2 counts from it.
        told: Hears each step in a word or two.
    """
    told("people")
    loading = _people(now)
    _meetings(loading)
    for name in ("plan", "agenda"):
        told(f"draft: {name}")
        _import(loading, name)
    told("round 1")
    round_id = play(loading, read_round(1))
    told("decisions")
    consolidation.conclude(loading, round_id)
    told("adoption")
    consolidation.adopt_agenda(loading)
    told("round 2")
    play(loading, read_round(2))


def _people(now: datetime) -> Loading:
    new = [
        bodies.NewDelegation(d.code, _KINDS[d.kind], d.names) for d in sorted(states.DELEGATIONS, key=lambda d: d.rank)
    ]
    partner = {language: {"short": name, "full": name} for language, name in _PARTNER_NAMES.items()}
    new.append(bodies.NewDelegation(PARTNER, DelegationKind.OBSERVER, partner))
    body = bodies.create_body(
        states.BODY_SLUG,
        names=states.BODY_NAMES,
        zone=states.ZONE,
        languages=states.LANGUAGES,
        rules={**states.BODY_RULES, "short_names": dict(states.BODY_SHORT_NAMES)},
        delegations=new,
        sample=True,
        actor=system(),
        now=STARTED_AT,
    )
    rows = db.session.execute(select(Delegation.code, Delegation.id).where(Delegation.body_id == body))
    loading = Loading(now, body, {row.code: row.id for row in rows})
    for person in states.PEOPLE:
        _member(loading, person)
    return loading


def _member(loading: Loading, person: states.Person) -> None:
    role = Role(person.role)
    code = person.delegation or (PARTNER if role == Role.OBSERVER else "")
    name = person.names["ru"]
    user = accounts.create_account(person.email, name, language="ru", actor=system(), now=STARTED_AT)
    bodies.add_membership(user, loading.delegations.get(code), role, actor=system(), now=STARTED_AT)
    loading.actors.setdefault((code, role), list_memberships(user)[0].actor)


def _meetings(loading: Loading) -> None:
    for meeting in states.MEETINGS:
        meetings.add_meeting(
            titles=meeting.names,
            places=meeting.places,
            starts_on=meeting.held_on,
            ends_on=meeting.held_on,
            form=MeetingForm.VIDEO if meeting.by_video else MeetingForm.IN_PERSON,
            higher=meeting.code == "ministers",
            actor=loading.officer,
            now=STARTED_AT,
        )


def _import(loading: Loading, name: str) -> None:
    """Start a document and import its Word files, as an officer would."""
    at = STARTED_AT + timedelta(days=1)
    titles = {language: _title(name, language) for language in states.LANGUAGES}
    slug = SLUGS[name]
    versions.create_document(
        slug,
        titles=titles,
        type_of_paper=_PAPERS[name],
        negotiating_language=states.NEGOTIATING_LANGUAGE,
        actor=loading.officer,
        now=at,
    )
    for language in states.LANGUAGES:
        data = (FOLDER / file_name(name, language)).read_bytes()
        understood = imports.understand(data, file_name(name, language), actor=loading.officer)
        imports.keep_import(slug, language, understood, data, file_name(name, language), actor=loading.officer, now=at)
        if language == states.NEGOTIATING_LANGUAGE:
            loading.keys[name] = addressed(name, understood.texts)
    imports.save_version_0(slug, actor=loading.officer, now=at)


def _title(name: str, language: str) -> str:
    found = next(line for line in read_draft(name, language) if line.address == "title")
    words = " ".join(str(part) for part in found.parts.values())
    return ("" if language == "zh" else " ").join(words.split())
