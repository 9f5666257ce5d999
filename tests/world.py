"""A small world with speaking people and places: ten delegations, their members, and noon."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.models import db
from app.models.accounts import User
from app.models.bodies import Delegation
from app.models.documents import Document
from app.negotiation.actors import Actor, system
from app.negotiation.vocabulary import DelegationKind, Role
from app.queries.members import list_memberships
from app.services import bodies, versions
from app.services._unit import record, use_case
from app.text.provision import TEXT, Edition, Kind, Provision, States
from app.text.runs import text

NOON = datetime(2025, 4, 10, 4, 0, tzinfo=UTC)
"""10 April 2025, 12:00 in Beijing."""
DAY = timedelta(days=1)

STATES = {
    "BLR": ("Беларусь", "Республика Беларусь", "白俄罗斯", "Belarus"),
    "IND": ("Индия", "Республика Индия", "印度", "India"),
    "IRN": ("Иран", "Исламская Республика Иран", "伊朗", "Iran"),
    "KAZ": ("Казахстан", "Республика Казахстан", "哈萨克斯坦", "Kazakhstan"),
    "CHN": ("Китай", "Китайская Народная Республика", "中国", "China"),
    "KGZ": ("Кыргызстан", "Кыргызская Республика", "吉尔吉斯斯坦", "Kyrgyzstan"),
    "PAK": ("Пакистан", "Исламская Республика Пакистан", "巴基斯坦", "Pakistan"),
    "RUS": ("Россия", "Российская Федерация", "俄罗斯", "Russia"),
    "TJK": ("Таджикистан", "Республика Таджикистан", "塔吉克斯坦", "Tajikistan"),
    "UZB": ("Узбекистан", "Республика Узбекистан", "乌兹别克斯坦", "Uzbekistan"),
}
DESKS = {
    "CHR": (DelegationKind.CHAIR, "Председатель", "主席", "Chair"),
    "SEC": (DelegationKind.SECRETARIAT, "Секретариат", "秘书处", "Secretariat"),
    "OBS": (DelegationKind.OBSERVER, "Партнёр", "伙伴", "Partner"),
}
GROUPS = {
    "PARTIES": {"ru": "Стороны", "zh": "各方", "en": "the Sides"},
    "INTERESTED": {"ru": "заинтересованные Стороны", "zh": "感兴趣的成员国", "en": "interested Sides"},
}


@dataclass(frozen=True)
class World:
    """The body and its actors. ``actor("BLR")`` is Belarus's focal point."""

    body: str
    delegations: dict[str, str]
    actors: dict[tuple[str, Role], Actor]

    def actor(self, code: str, role: Role = Role.FOCAL_POINT) -> Actor:
        """Return a delegation's actor."""
        return self.actors[code, role]

    @property
    def secretariat(self) -> Actor:
        return self.actors["SEC", Role.SECRETARIAT]

    @property
    def chair(self) -> Actor:
        return self.actors["CHR", Role.CHAIR]

    @property
    def observer(self) -> Actor:
        return self.actors["OBS", Role.OBSERVER]

    @property
    def administrator(self) -> Actor:
        return self.actors["", Role.ADMINISTRATOR]


def make_world() -> World:
    """Make the body, its delegations and members through the use cases."""
    body = bodies.create_body(
        "sco",
        names={"ru": "Экспертная группа ШОС", "zh": "上合组织专家组", "en": "SCO expert group"},
        zone="Asia/Shanghai",
        languages=["ru", "zh", "en"],
        rules={"order_of_states": "fixed", "notation": "holder", "groups": GROUPS},
        delegations=[_delegation(code) for code in (*STATES, *DESKS)],
        actor=system(),
        now=NOON,
    )
    delegations = {d.code: d.id for d in db.session.query(Delegation).filter_by(body_id=body)}
    wanted: list[tuple[str, Role]] = [(code, role) for code in STATES for role in (Role.FOCAL_POINT, Role.EXPERT)]
    wanted += [("CHR", Role.CHAIR), ("SEC", Role.SECRETARIAT), ("OBS", Role.OBSERVER), ("", Role.ADMINISTRATOR)]
    actors = {(code, role): _member(delegations.get(code), code, role) for code, role in wanted}
    return World(body, delegations, actors)


def _delegation(code: str) -> bodies.NewDelegation:
    if code in STATES:
        ru, ru_full, zh, en = STATES[code]
        forms = {"ru": {"short": ru, "full": ru_full}, "zh": {"short": zh}, "en": {"short": en}}
        return bodies.NewDelegation(code, DelegationKind.MEMBER_STATE, forms)
    kind, ru, zh, en = DESKS[code]
    return bodies.NewDelegation(code, kind, {"ru": {"short": ru}, "zh": {"short": zh}, "en": {"short": en}})


def _member(delegation: str | None, code: str, role: Role) -> Actor:
    user = User(
        email=f"{role}.{code or 'all'}@example.org".lower(),
        name=f"{role} {code}".strip(),
        fs_uniquifier=f"{role}-{code}",
        created_at=NOON,
    )
    db.session.add(user)
    db.session.commit()
    public_id = user.public_id
    bodies.add_membership(public_id, delegation, role, actor=system(), now=NOON)
    return list_memberships(public_id)[0].actor


def paragraph(key: str, words: str, *, label: str = "", parent: str | None = None, level: int = 0) -> Provision:
    """Return a paragraph."""
    return Provision(key, Kind.PARAGRAPH, level, parent, {TEXT: text(words)}, label)


def small_plan(language: str = "ru") -> Edition:
    """Return a draft of a title, a section, three paragraphs, two items and a table of two measures."""
    return Edition(
        language,
        (
            Provision("title", Kind.TITLE, 0, None, {TEXT: text("План действий")}),
            Provision("s1", Kind.HEADING, 0, None, {TEXT: text("ОБЩИЕ ПОЛОЖЕНИЯ")}, "I."),
            paragraph("p1", "Стороны развивают сотрудничество в цифровой сфере.", label="1.", parent="s1", level=1),
            paragraph("p2", "Стороны создают единую платформу обмена опытом.", label="2.", parent="s1", level=1),
            Provision("p2a", Kind.ITEM, 2, "p2", {TEXT: text("обмениваются информацией;")}, "а)"),
            Provision("p2b", Kind.ITEM, 2, "p2", {TEXT: text("проводят консультации.")}, "б)"),
            paragraph("p3", "План не является международным договором.", label="3.", parent="s1", level=1),
            Provision(
                "t1",
                Kind.TABLE,
                0,
                None,
                {"measure": text("Мероприятия"), "time": text("Сроки исполнения"), "who": text("Исполнители")},
                columns=("measure", "time", "who"),
            ),
            _row("r1", "1.1", "Семинар по центрам обработки данных", "2026 год", "KAZ", "RUS"),
            _row("r2", "1.2", "Обзор национальных подходов", "2026–2027 гг.", "INTERESTED"),
        ),
    )


def _row(key: str, label: str, measure: str, time: str, *who: str) -> Provision:
    parts = {"measure": text(measure), "time": text(time), "who": States(frozenset(who))}
    return Provision(key, Kind.ROW, 1, "t1", parts, label)


def make_document(world: World, slug: str = "plan", edition: Edition | None = None) -> str:
    """Start a document with a Version 0 of the small plan and return its id."""
    document = versions.create_document(
        slug,
        titles={"ru": "План действий", "zh": "行动计划", "en": "Action plan"},
        type_of_paper="action_plan",
        negotiating_language="ru",
        actor=world.secretariat,
        now=NOON,
    )
    _store(document, edition or small_plan(), actor=world.secretariat, now=NOON)
    return document


@use_case
def _store(document_id: str, edition: Edition, *, actor: Actor, now: datetime) -> None:
    document = db.session.get_one(Document, document_id)
    version = versions.add_version(document, {edition.language: edition}, number=0, now=now)
    record("version.import", version)
