"""Events in words: one sentence for each act, in the page's language. Every event name has one; a test looks."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from flask_babel import gettext as _

from app.negotiation.errors import N_
from app.negotiation.vocabulary import ConsentAnswer, Outcome, Role
from app.queries.people import People
from app.queries.proposals import reference
from app.queries.record import RecordRow
from app.web.languages import language, named
from app.web.names import role_name
from app.web.places import say_moment
from app.web.proposal_names import outcome_name, version_name
from app.web.round_forms import consent_name


class Told(Mapping[str, str]):
    """The words that sentences about one event are filled with, each made when it is asked for."""

    def __init__(self, row: RecordRow, people: People, zone: str) -> None:
        self._row, self._people, self._zone = row, people, zone
        self._subject, self._facts = row.subject, row.facts

    def __getitem__(self, name: str) -> str:
        return str(getattr(self, f"_{name}")())

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def _round(self) -> int | str:
        return self._subject.round or self._facts.get("number") or "?"

    def _paper(self) -> str:
        title = named(self._subject.titles)
        if self._subject.version is None:
            return title
        return f"{title}, {version_name(self._subject.version, self._subject.final)}"

    def _proposal(self) -> str:
        """As people call it: its number, else the short form of its id."""
        if self._subject.number is not None:
            return str(_("No. %(number)s", number=self._subject.number))
        return reference(self._subject.proposal or self._subject.id)

    def _who(self) -> str:
        """Whose the subject is."""
        return self._delegation(self._subject.delegation)

    def _by(self) -> str:
        """Who acted."""
        return self._delegation(self._row.delegation)

    def _delegation(self, delegation_id: str | None) -> str:
        code = self._people.code_of(delegation_id)
        return self._people.name(code, language()) if code else "–"

    def _places(self) -> int | str:
        return self._facts.get("places") or "?"

    def _reminded(self) -> str:
        codes = [str(code) for code in self._facts.get("delegations", ())]
        return ("、" if language() == "zh" else ", ").join(self._people.name(code, language()) for code in codes)

    def _deadline(self) -> str:
        return self._at("deadline")

    def _old(self) -> str:
        return self._at("old")

    def _new(self) -> str:
        return self._at("new")

    def _at(self, fact: str) -> str:
        value = self._facts.get(fact)
        return say_moment(datetime.fromisoformat(value), self._zone) if isinstance(value, str) else "–"

    def _outcome(self) -> str:
        value = str(self._facts.get("outcome", ""))
        return outcome_name(Outcome(value)) if value in set(Outcome) else value

    def _answer(self) -> str:
        value = str(self._facts.get("answer", ""))
        return consent_name(ConsentAnswer(value)) if value in set(ConsentAnswer) else value

    def _role(self) -> str:
        value = str(self._facts.get("role", ""))
        return role_name(Role(value)) if value in set(Role) else value


SENTENCES: Mapping[str, str] = {
    # rounds
    "round.create": N_("Round %(round)s is scheduled until %(deadline)s"),
    "round.reschedule": N_("Round %(round)s is given other times, until %(deadline)s"),
    "round.open": N_("Round %(round)s opens, until %(deadline)s"),
    "round.extend": N_("The deadline of round %(round)s moves from %(old)s to %(new)s"),
    "extension.grant": N_("%(who)s has a deadline of its own in round %(round)s: %(new)s"),
    "round.remind": N_("Reminded of round %(round)s: %(reminded)s"),
    "round.close": N_("Round %(round)s is closed; the last deadline was %(deadline)s"),
    "round.reopen": N_("Round %(round)s is open again, until %(deadline)s"),
    "round.conclude": N_("Round %(round)s is concluded"),
    "round.no_comments": N_("%(who)s declares that it has no comments in round %(round)s"),
    "round.comments_after_all": N_("%(who)s takes back its declaration of no comments in round %(round)s"),
    # proposals
    "proposal.submit": N_("%(who)s submits proposal %(proposal)s in round %(round)s"),
    "proposal.late": N_(
        "Proposal %(proposal)s of %(who)s arrives after the deadline of round %(round)s and is kept as late"
    ),
    "proposal.enter": N_("Proposal %(proposal)s of %(who)s is entered in round %(round)s from its letter"),
    "proposal.oral": N_("Proposal %(proposal)s of %(who)s is noted in the room, round %(round)s"),
    "proposal.confirm": N_("Proposal %(proposal)s of %(who)s, made orally, is confirmed"),
    "proposal.admit": N_("Late proposal %(proposal)s of %(who)s is admitted to round %(round)s"),
    "proposal.replace": N_("Proposal %(proposal)s of %(who)s is replaced by a newer one"),
    "proposal.withdraw": N_("Proposal %(proposal)s of %(who)s is withdrawn"),
    "proposal.let_go": N_("Proposal %(proposal)s of %(who)s, carried over, is let go by its side"),
    "proposal.restore": N_("Proposal %(proposal)s of %(who)s is restored"),
    "proposal.co_sponsor": N_("%(by)s co-sponsors proposal %(proposal)s of %(who)s"),
    "proposal.leave": N_("%(by)s no longer co-sponsors proposal %(proposal)s of %(who)s"),
    "position.take": N_("%(who)s takes a position on proposal %(proposal)s in round %(round)s"),
    "draft.upload": N_("A Word file of a first draft is uploaded"),
    "scan.store": N_("The scan of a letter is stored"),
    # decisions
    "decision.record": N_("Decision on proposal %(proposal)s of %(who)s: %(outcome)s"),
    "decision.correct": N_("Decision on proposal %(proposal)s of %(who)s corrected: %(outcome)s"),
    "decision.carry_over": N_("What is undecided on proposal %(proposal)s of %(who)s is carried over"),
    "recommendation.write": N_("A recommendation on proposal %(proposal)s of %(who)s"),
    "resolution.write": N_("The next text of a provision is written: %(paper)s"),
    "resolution.take": N_("The resulting text is taken from a Word file in %(places)s places: %(paper)s"),
    "provision.agree": N_("A provision is agreed: %(paper)s"),
    "provision.reopen": N_("A provision is reopened: %(paper)s"),
    # documents
    "document.create": N_("Document started: %(paper)s"),
    "document.negotiate": N_("%(paper)s goes into negotiation"),
    "document.agree": N_("%(paper)s is agreed at expert level"),
    "document.reopen": N_("%(paper)s is reopened for negotiation"),
    "document.adopt": N_("%(paper)s is adopted"),
    "document.withdraw": N_("%(paper)s is withdrawn"),
    "version.import": N_("%(paper)s is imported"),
    "version.add_language": N_("A language is added to %(paper)s"),
    "version.discard": N_("%(paper)s is discarded"),
    "version.issue": N_("%(paper)s is issued"),
    "version.keep_file": N_("The Word file of %(paper)s is kept as it was issued"),
    "version.sign": N_("The signature copy of %(paper)s is made"),
    "version.release": N_("%(paper)s is released to %(who)s"),
    "version.take_back": N_("The release of %(paper)s to %(who)s is taken back"),
    "consent.give": N_("%(who)s on %(paper)s: %(answer)s"),
    # the body and its members
    "body.create": N_("The body is set up"),
    "body.change": N_("The settings of the body are changed"),
    "delegation.add": N_("Delegation added: %(who)s"),
    "delegation.change": N_("Delegation changed: %(who)s"),
    "delegation.rank": N_("The order of delegations is changed: %(who)s"),
    "delegation.activate": N_("Delegation active again: %(who)s"),
    "delegation.deactivate": N_("Delegation no longer active: %(who)s"),
    "meeting.add": N_("Meeting added: %(paper)s"),
    "meeting.change": N_("Meeting changed: %(paper)s"),
    "member.invite": N_("Somebody is invited (%(role)s)"),
    "member.accept": N_("An invitation is accepted"),
    "member.withdraw_invitation": N_("An invitation is taken back"),
    "membership.begin": N_("A member begins: %(role)s, %(who)s"),
    "membership.end": N_("A membership ends: %(who)s"),
    "account.change_password": N_("A member has changed the password"),
    "account.set_password": N_("A member has set a new password by a link"),
    "account.offer_reset": N_("An officer has handed over a link to a new password"),
    "account.offer_setup": N_("A set-up link is made"),
}
"""Event name to sentence. Names of persons are in none of them."""


def sentence(row: RecordRow, people: People, zone: str) -> str:
    """Return an event as one sentence; one without words is said by its name."""
    words = SENTENCES.get(row.action)
    return str(_(words)) % Told(row, people, zone) if words else row.action


def reason(row: RecordRow) -> str:
    """Return the reason noted with an event, if there is one."""
    return str(row.facts.get("reason") or "")
