"""A small record: at least one row in every protected table, written by use cases, on both databases."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Boolean, Column, Connection, Date, Engine, Enum, Integer, LargeBinary, create_engine, text

from app.models import Base, db
from app.models.accounts import User
from app.models.base import Canonical, Instant
from app.models.bodies import Body, Delegation, Meeting, Membership
from app.models.decisions import Decision, Recommendation, Resolution
from app.models.documents import (
    Agreement,
    Bracket,
    Document,
    Edition,
    ProvisionRow,
    ProvisionText,
    Release,
    StoredFile,
    Version,
)
from app.models.proposals import Change, Position, Proposal, Wish
from app.models.rounds import Answer, Consent, Extension, Round, RoundVersion
from app.models.schema import upgrade
from app.negotiation.actors import Actor, system
from app.negotiation.vocabulary import (
    Category,
    Channel,
    ConsentAnswer,
    DelegationKind,
    DocumentState,
    MeetingForm,
    Outcome,
    PositionKind,
    ProposalState,
    Role,
    RoundState,
    Visibility,
    WishKind,
)
from app.negotiation.workflows import ROUND
from app.services._advance import advance
from app.services._unit import record, use_case
from app.text.changes import Operation
from app.text.provision import Kind
from tests.postgres import Cluster

NOON = datetime(2025, 4, 9, 12, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFICER = Actor(Role.SECRETARIAT, user="u-officer", body="b-sco", delegation="d-secretariat", membership="m-officer")
CLERK = Actor(Role.ADMINISTRATOR, user="u-clerk", membership="m-clerk")


def app_on(url: str) -> Flask:
    """Return a bare application with the database at *url*."""
    app = Flask("record")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    return app


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an embedded database that is not there yet."""
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database: the test runs on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an embedded database with the record in it; to be copied, not changed."""
    path = tmp_path_factory.mktemp("record") / "record.db"
    with recorded(f"sqlite:///{path}"):
        return path


@pytest.fixture(scope="session")
def postgres_record(postgres_cluster: Cluster) -> str:
    """The name of a PostgreSQL database with the record in it; to be copied, not changed."""
    name = postgres_cluster.create_database()
    with recorded(postgres_cluster.url(name)):
        return name


@pytest.fixture(params=["sqlite", "postgresql"])
def recorded_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A bare application, in its context, whose database has a row in every protected table."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_record"), tmp_path)
        with opened(f"sqlite:///{copy}") as app:
            yield app
        return
    cluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create_database(request.getfixturevalue("postgres_record"))
    with opened(cluster.url(name)) as app:
        yield app
    cluster.drop_database(name)


@contextmanager
def recorded(url: str) -> Iterator[Flask]:
    """Give an application, in its context, with the record written at *url*."""
    upgrade(url)
    with opened(url) as app:
        write_record()
        yield app


@contextmanager
def opened(url: str) -> Iterator[Flask]:
    """Give a bare application on the database at *url*, in its context; no connection outlives it."""
    app = app_on(url)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def write_record() -> None:
    """Write the record: in the installation's chain and in a body's, made and changed."""
    add_account(actor=CLERK, now=NOON)
    make_body(actor=CLERK, now=NOON)
    make_other_body(actor=CLERK, now=NOON)
    change_other_body(actor=system("z-other"), now=NOON)
    write_draft(actor=OFFICER, now=NOON + HOUR)
    write_round(actor=OFFICER, now=NOON + 2 * HOUR)
    write_decisions(actor=OFFICER, now=NOON + 3 * HOUR)
    close_round(actor=OFFICER, now=NOON + 4 * HOUR)


def changed(column: Column[Any], value: Any) -> Any:
    """Return another value that the column can hold."""
    kinds: list[tuple[type, Any]] = [
        (Enum, lambda: next(member for member in column.type.enum_class if member != value)),
        (Canonical, lambda: {"changed": True}),
        (Boolean, lambda: not value),
        (Integer, lambda: (value or 0) + 7),
        (Instant, lambda: datetime(2001, 1, 1, tzinfo=UTC)),
        (Date, lambda: date(2001, 1, 1)),
        (LargeBinary, lambda: b"changed"),
    ]
    return next((make() for kind, make in kinds if isinstance(column.type, kind)), "changed")


def remove_triggers(connection: Connection) -> None:
    """Do by hand what an intruder would do first."""
    if connection.dialect.name == "postgresql":
        for name in connection.execute(
            text("SELECT p.oid::regprocedure::text FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace")
        ).scalars():
            connection.execute(text(f"DROP FUNCTION {name} CASCADE"))
        return
    for name in connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'trigger'")).scalars().all():
        connection.execute(text(f"DROP TRIGGER {name}"))


@use_case
def add_account(*, actor: Actor, now: datetime) -> None:
    """Add the officer's account."""
    account = User(
        public_id="u-officer", email="officer@example.org", name="An officer", fs_uniquifier="f", created_at=now
    )
    db.session.add(account)
    record("account.create", account, email="officer@example.org")


@use_case
def make_body(*, actor: Actor, now: datetime) -> None:
    """Make a body with a delegation and the secretariat's desk, in the installation's chain."""
    body = Body(
        id="b-sco",
        slug="sco",
        names={"en": "Expert group", "ru": "Экспертная группа", "zh": "专家组"},
        zone="Asia/Shanghai",
        languages=["ru", "zh"],
        rules={"order": "fixed"},
        created_at=now,
    )
    belarus = {"en": {"short": "Belarus"}}
    add(
        body,
        Delegation(id="d-blr", body_id="b-sco", code="BLR", kind=DelegationKind.MEMBER_STATE, rank=1, forms=belarus),
        Delegation(
            id="d-secretariat", body_id="b-sco", code="SEC", kind=DelegationKind.SECRETARIAT, rank=2, forms={"en": {}}
        ),
    )
    add(
        Membership(
            id="m-officer",
            user_id="u-officer",
            body_id="b-sco",
            delegation_id="d-secretariat",
            role=Role.SECRETARIAT,
            created_at=now,
        )
    )
    record("body.create", body)


@use_case
def make_other_body(*, actor: Actor, now: datetime) -> None:
    """Make a body whose chain is read after the installation's, as the first one's is read before it."""
    body = Body(id="z-other", slug="other", names={}, zone="UTC", languages=["en"], rules={}, created_at=now)
    add(body)
    record("body.create", body)


@use_case
def change_other_body(*, actor: Actor, now: datetime) -> None:
    """Change it in its own chain."""
    body = db.session.get_one(Body, "z-other")
    body.zone = "Asia/Tashkent"
    record("body.change", body)


@use_case
def write_draft(*, actor: Actor, now: datetime) -> None:
    """Write a document with a version, one provision and what hangs on it; change the body."""
    document = Document(
        id="doc",
        body_id="b-sco",
        slug="action-plan",
        symbol="SCO/1",
        titles={"en": "Action plan"},
        type_of_paper="action_plan",
        negotiating_language="ru",
        state=DocumentState.ADOPTED,
        adopted_on=date(2025, 6, 17),
        adopted_at_place={"en": "Karamay"},
        adopted_by={"en": "The ministers"},
        created_at=now,
    )
    file = StoredFile(
        id="file",
        body_id="b-sco",
        delegation_id="d-blr",
        purpose="import",
        name="draft.docx",
        media_type="application/zip",
        sha256="0" * 64,
        content=b"bytes",
        created_at=now,
    )
    add(document, file, meeting())
    add(Version(id="v0", document_id="doc", number=0, issued_at=now))
    text_ids = {"version_id": "v0", "key": "k1"}
    add(
        Edition(version_id="v0", language="ru", fingerprint="f" * 64, file_id="file"),
        ProvisionRow(**text_ids, rank=0, kind=Kind.PARAGRAPH, level=1, columns=["text"]),
        ProvisionText(
            **text_ids, language="ru", part="text", label="1.", content=[["Да", 0]], folded="да", provenance=[]
        ),
        Bracket(**text_ids, language="ru", part="text", ordinal=1, holders=["BLR"], since_version=0, reason="because"),
        Agreement(id="agreement", document_id="doc", key="k1", number=1, agreed=True, version_id="v0", at=now),
        Release(id="release", version_id="v0", delegation_id="d-blr", released_at=now),
    )
    body = db.session.get_one(Body, "b-sco")
    body.zone = "Europe/Moscow"
    record("version.import", document)
    record("body.change", body)


def meeting() -> Meeting:
    """Return a meeting of three days."""
    return Meeting(
        id="meeting",
        body_id="b-sco",
        titles={"en": "Second meeting"},
        places={"en": "Hangzhou"},
        starts_on=date(2025, 4, 9),
        ends_on=date(2025, 4, 11),
        form=MeetingForm.IN_PERSON,
    )


@use_case
def write_round(*, actor: Actor, now: datetime) -> None:
    """Open a round with a proposal in it."""
    round_ = Round(
        id="round",
        body_id="b-sco",
        number=1,
        visibility=Visibility.AT_CLOSE,
        state=RoundState.OPEN,
        opens_at=now,
        deadline=now + HOUR,
        zone="Asia/Shanghai",
    )
    round_ids = {"round_id": "round", "delegation_id": "d-blr"}
    proposal = Proposal(
        id="proposal",
        **round_ids,
        channel=Channel.LETTER,
        category=Category.SUBSTANTIVE,
        justification="Because",
        state=ProposalState.SUBMITTED,
        received_at=now,
        letter_number="17",
        letter_on=date(2025, 4, 8),
        token_hash="1" * 64,
        content_hash="2" * 64,
    )
    add(round_)
    add(RoundVersion(round_id="round", version_id="v0"), proposal)
    add(
        Extension(id="extension", **round_ids, number=1, deadline=now + HOUR, reason="Asked for", at=now),
        Answer(id="answer", **round_ids, number=1, no_comments=True, at=now),
        Change(
            id="change",
            proposal_id="proposal",
            ordinal=0,
            version_id="v0",
            key="k1",
            operation=Operation.AMEND,
            language="ru",
            wished={"parts": {"text": [["Нет", 0]]}},
            base_fingerprint="3" * 64,
        ),
    )
    record("round.open", round_)
    record("proposal.submit", proposal, facts={"reference": "BLR-1"})


@use_case
def write_decisions(*, actor: Actor, now: datetime) -> None:
    """Write what was wished, said, recommended, decided and consented to."""
    ids = {"delegation_id": "d-blr", "number": 1, "at": now}
    decision = Decision(id="decision", change_id="change", number=1, outcome=Outcome.ACCEPTED, at=now)
    add(
        Wish(
            id="wish",
            round_id="round",
            delegation_id="d-blr",
            version_id="v0",
            key="k1",
            language="ru",
            change_id="change",
            kind=WishKind.OWN,
        ),
        Position(id="position", proposal_id="proposal", **ids, kind=PositionKind.SUPPORTS, text="Good"),
        Consent(id="consent", version_id="v0", **ids, answer=ConsentAnswer.AGREED, letter_number="18"),
        Recommendation(id="recommendation", change_id="change", number=1, text="Accept", shared=True, at=now),
        decision,
        Resolution(
            id="resolution",
            round_id="round",
            version_id="v0",
            key="k1",
            language="ru",
            parts={"text": [["Нет", 0]]},
            holders={"text": [["BLR"], None]},
            provenance={},
            written_at=now,
        ),
    )
    record("decision.record", decision)


@use_case
def close_round(*, actor: Actor, now: datetime) -> None:
    """Close the round and rewrite a resolution."""
    round_ = db.session.get_one(Round, "round")
    advance(round_, ROUND, "close", actor=actor)
    round_.closed_at = now
    db.session.get_one(Proposal, "proposal").number = 1
    db.session.get_one(Resolution, "resolution").level = 2


def add(*rows: Base) -> None:
    """Write rows now: rows that only name each other's ids have no order of their own."""
    db.session.add_all(rows)
    db.session.flush()
