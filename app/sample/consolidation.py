"""What the group decides on the sample's first round, and how its agenda is adopted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import select

from app.models import db
from app.models.proposals import Change
from app.negotiation.vocabulary import ConsentAnswer, Outcome
from app.queries.texts import load_edition
from app.sample.loading import PARTNER, SLUGS, Loading
from app.sample.proposals import Decisions, Edit, Resolution, Translation, read_decisions, read_round
from app.sample.rounds import newest_version
from app.sample.states import MEETINGS, NEGOTIATING_LANGUAGE, STATES
from app.sample.wishes import Keys, wished_parts
from app.services import adoption, consents, decisions, issued_files, issuing, releases, resolutions
from app.text.canonical import decode_provision
from app.text.provision import Edition, Place, Provision

DECIDED_AT = datetime(2025, 4, 29, 3, 0, tzinfo=UTC)
AGREED_AT = datetime(2025, 5, 28, 9, 0, tzinfo=UTC)
ADOPTED_AT = datetime(2025, 6, 17, 10, 0, tzinfo=UTC)


def conclude(loading: Loading, round_id: str) -> None:
    """Decide on everything, word what needs wording, translate, and issue Rev.1 of both documents."""
    script, made = read_round(1), read_decisions()
    _decide(loading, made)
    _resolve(loading, round_id, made)
    issued_at = script.concluded_at or DECIDED_AT
    for name in script.documents:
        number = issuing.issue_version(SLUGS[name], 1, carry_over=False, actor=loading.officer, now=issued_at)
        issued_files.store_issued_files(SLUGS[name], number, actor=loading.officer, now=issued_at)
    keys = tuple(loading.keys["plan"][address] for address in made.agreed)
    decisions.agree_provisions(SLUGS["plan"], 1, keys, agreed=True, actor=loading.author("CHR"), now=issued_at)


def _decide(loading: Loading, made: Decisions) -> None:
    changes = _change_ids(loading)
    for decision in made.decisions:
        covering = changes[decision.covered_by][0] if decision.covered_by else None
        new = decisions.NewDecision(Outcome(decision.outcome), decision.reason, covering)
        change = changes[decision.on][decision.change - 1]
        decisions.decide({change: new}, actor=loading.officer, now=DECIDED_AT)


def _change_ids(loading: Loading) -> dict[str, list[str]]:
    by_proposal: dict[str, list[str]] = defaultdict(list)
    for proposal, change in db.session.execute(
        select(Change.proposal_id, Change.id).order_by(Change.proposal_id, Change.ordinal)
    ):
        by_proposal[proposal].append(change)
    return {ref: by_proposal[proposal] for ref, proposal in loading.proposals.items()}


def _resolve(loading: Loading, round_id: str, made: Decisions) -> None:
    version = newest_version(SLUGS["plan"])
    bases = {language: load_edition(version, language) for language in ("ru", "zh", "en")}
    texts: dict[tuple[str, str], resolutions.NewResolution] = {}
    for resolution in made.resolutions:
        name = _document_of(loading, resolution.at)
        if name == "plan":
            key = loading.keys[name][resolution.at]
            texts[key, NEGOTIATING_LANGUAGE] = _worded(loading, resolution, bases[NEGOTIATING_LANGUAGE])
    for (key, language), parts in _translated(loading, made.translations, bases).items():
        texts[key, language] = parts
    for (key, language), new in texts.items():
        resolutions.resolve(
            round_id, version, key, language, text=new, lock_version=None, actor=loading.officer, now=DECIDED_AT
        )


def _document_of(loading: Loading, address: str) -> str:
    return next(name for name, keys in loading.keys.items() if address in keys)


def _worded(loading: Loading, resolution: Resolution, base: Edition) -> resolutions.NewResolution:
    keys = loading.keys["plan"]
    key = keys[resolution.at]
    holders = {resolution.edits[0].part: resolution.holders} if resolution.holders else {}
    if resolution.at.startswith("+"):
        block = tuple(_with(p, resolution.edits, keys) for p in _proposed(key))
        return resolutions.NewResolution(block=block)
    provision = base.by_key()[key]
    place = None
    if resolution.after:
        sibling = base.by_key()[keys[resolution.after]]
        place = Place(sibling.parent, sibling.key)
    return resolutions.NewResolution(
        parts=wished_parts(provision, resolution.edits, keys), place=place, holders=holders
    )


def _with(provision: Provision, edits: Iterable[Edit], keys: Keys) -> Provision:
    return replace(provision, parts=wished_parts(provision, edits, keys))


def _proposed(key: str) -> tuple[Provision, ...]:
    """Return the block that a proposal inserts under its first provision's key."""
    wished = db.session.scalars(select(Change.wished).where(Change.key == key)).first() or {}
    return tuple(decode_provision(value) for value in wished.get("block", ()))


def _translated(
    loading: Loading, translations: tuple[Translation, ...], bases: dict[str, Edition]
) -> dict[tuple[str, str], resolutions.NewResolution]:
    """Return the wordings in other languages, those of one provision together."""
    keys = loading.keys["plan"]
    found: dict[tuple[str, str], Provision] = {}
    blocks: dict[tuple[str, str], tuple[Provision, ...]] = {}
    for translation in translations:
        key, language = keys[translation.at], translation.language
        if translation.at.startswith("+"):
            (first, *rest) = _proposed(key)
            empty = replace(first, parts=dict.fromkeys(first.parts, ()))
            blocks[key, language] = (_with(empty, (translation.edit,), keys), *rest)
            continue
        base = found.get((key, language)) or bases[language].by_key()[key]
        found[key, language] = _with(base, (translation.edit,), keys)
    made = {at: resolutions.NewResolution(parts=p.parts) for at, p in found.items()}
    return made | {at: resolutions.NewResolution(block=block) for at, block in blocks.items()}


def adopt_agenda(loading: Loading) -> None:
    """Have every delegation agree to the agenda, then the ministers adopt it."""
    slug, meeting = SLUGS["agenda"], MEETINGS[-1]
    for state in STATES:
        actor = loading.author(state.code)
        consents.give_consent(slug, 1, ConsentAnswer.AGREED, actor=actor, now=AGREED_AT)
    adoption.agree_document(slug, actor=loading.officer, now=AGREED_AT)
    number = adoption.adopt_document(
        slug,
        on=date(2025, 6, 17),
        place=dict(meeting.places),
        by=dict(meeting.names),
        actor=loading.officer,
        now=ADOPTED_AT,
    )
    issued_files.store_issued_files(slug, number, actor=loading.officer, now=ADOPTED_AT)
    releases.release_version(slug, number, loading.delegations[PARTNER], actor=loading.officer, now=ADOPTED_AT)
