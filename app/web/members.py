"""Members: who is what, inviting, ending, links for new passwords."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.negotiation.errors import Refused
from app.negotiation.memberships import fits, invitable_by
from app.negotiation.vocabulary import Role
from app.queries.bodies import get_own_body
from app.queries.delegations import DelegationRow, list_delegations
from app.queries.invitations import list_open_invitations
from app.queries.members import MemberRow, get_member, list_members
from app.services import invitations, members
from app.services.invitations import IssuedLink, NewMember
from app.web import links
from app.web.access import for_roles
from app.web.acting import acting_row, current_actor, now
from app.web.errors import sentence
from app.web.languages import named
from app.web.lines import Person, read_people
from app.web.names import role_name, state_name
from app.web.passwords import email_address

bp = Blueprint("members", __name__, url_prefix="/members")

INVITING = (Role.SECRETARIAT, Role.FOCAL_POINT)


class InviteForm(FlaskForm):
    """One person."""

    name = StringField(_l("Name"), [InputRequired(_l("Enter the name.")), Length(max=200)])
    email = StringField(_l("E-mail address"), [InputRequired(_l("Enter the e-mail address.")), email_address])
    role = SelectField(_l("Role"))
    delegation = SelectField(_l("Delegation"))


class InviteListForm(FlaskForm):
    """Many persons, a line each."""

    list_delegation = SelectField(_l("Delegation of all who have no code on their line"))
    people = TextAreaField(_l("Persons"), [InputRequired(_l("Enter at least one person."))])


class ReasonForm(FlaskForm):
    """Why."""

    reason = TextAreaField(_l("Reason"), [InputRequired(_l("Enter a reason.")), Length(max=2000)])


@dataclass(frozen=True)
class Group:
    """A delegation with its people."""

    delegation: DelegationRow
    people: tuple[MemberRow, ...]


@bp.get("")
@for_roles(*INVITING)
def index() -> ResponseReturnValue:
    """List the members by delegation, and the invitations that are open."""
    actor = current_actor()
    looked_for = request.args.get("q", "").strip()
    delegations = _delegations()
    return render_template(
        "members/index.html",
        groups=_grouped(delegations, list_members(actor=actor), looked_for),
        open_invitations=list_open_invitations(actor=actor, now=now()),
        looked_for=looked_for,
        many=len(delegations) > 12,
    )


def _grouped(delegations: Sequence[DelegationRow], people: Sequence[MemberRow], looked_for: str) -> tuple[Group, ...]:
    by_delegation = {
        key: tuple(rows)
        for key, rows in groupby(
            sorted(people, key=lambda p: p.delegation_id or ""), key=lambda p: p.delegation_id or ""
        )
    }
    wanted = looked_for.casefold()
    groups = []
    for delegation in delegations:
        rows = by_delegation.get(delegation.id, ())
        names = " ".join(str(name) for forms in delegation.forms.values() for name in forms.values())
        if wanted and wanted not in f"{delegation.code} {names}".casefold():
            rows = tuple(row for row in rows if wanted in f"{row.name} {row.email}".casefold())
            if not rows:
                continue
        groups.append(Group(delegation, rows))
    return tuple(groups)


@bp.get("/invite")
@for_roles(*INVITING)
def invite() -> ResponseReturnValue:
    """Ask whom to invite."""
    return _invite_page(_one(filled=False), _many(filled=False))


@bp.post("/invite")
@for_roles(*INVITING)
def invite_one() -> ResponseReturnValue:
    """Invite one person and show the link to hand over."""
    form = _one()
    if not form.validate():
        return _invite_page(form, _many(filled=False), 422)
    wanted = [NewMember(form.name.data or "", form.email.data or "", Role(form.role.data), form.delegation.data)]
    problems = [problem for _at, problem in _problems(wanted)]
    if problems:
        form.form_errors.extend(problems)
        return _invite_page(form, _many(filled=False), 422)
    return _issue(wanted)


@bp.post("/invite-list")
@for_roles(*INVITING)
def invite_list() -> ResponseReturnValue:
    """Invite a pasted list, all or none, and show the links."""
    form = _many()
    if not form.validate():
        return _invite_page(_one(filled=False), form, 422)
    read = read_people(form.people.data or "", invitable_by(current_actor().role))
    problems = list(read.problems)
    wanted, places = _placed(read.rows, form.list_delegation.data, problems)
    problems += [_("Line %(number)s: %(problem)s", number=places[at], problem=said) for at, said in _problems(wanted)]
    if problems:
        form.people.errors = problems
        return _invite_page(_one(filled=False), form, 422)
    return _issue(wanted)


def _placed(people: Sequence[Person], usual: str | None, problems: list[str]) -> tuple[list[NewMember], list[int]]:
    """Return whom to invite where, and the line each stood on; unknown codes go to *problems*."""
    by_code = {row.code.upper(): row.id for row in _delegations()}
    wanted, places = [], []
    for person in people:
        delegation = by_code.get(person.code) if person.code else usual
        if delegation is None:
            said = _("“%(word)s” is neither a role nor the code of a delegation.", word=person.code)
            problems.append(_("Line %(number)s: %(problem)s", number=person.number, problem=said))
            continue
        wanted.append(NewMember(person.name, person.email, person.role, delegation))
        places.append(person.number)
    return wanted, places


def _problems(wanted: Sequence[NewMember]) -> list[tuple[int, str]]:
    """Return what stands in the way of inviting, with the place in the list."""
    delegations = {row.id: row for row in _delegations()}
    there = {(row.email.lower(), row.delegation_id, row.role) for row in list_members(actor=current_actor())}
    seen = set()
    found = []
    for at, member in enumerate(wanted):
        key = (member.email.lower(), member.delegation_id, member.role)
        delegation = delegations.get(member.delegation_id or "")
        if delegation is None or not fits(member.role, delegation.kind):
            found.append((at, _("This role does not belong to this delegation.")))
        elif key in there:
            found.append((at, _("%(email)s has this role already.", email=member.email)))
        elif key in seen:
            found.append((at, _("%(email)s stands twice in the list.", email=member.email)))
        seen.add(key)
    return found


def _issue(wanted: Sequence[NewMember]) -> ResponseReturnValue:
    body = get_own_body(current_actor())
    issued = invitations.invite_members(
        wanted,
        days=links.invitation_days(),
        letter=links.invitation_letter(named(body.names), body.zone),
        actor=current_actor(),
        now=now(),
    )
    return show_links(issued, back=url_for("members.index"))


def show_links(issued: Sequence[IssuedLink], *, back: str) -> ResponseReturnValue:
    """Show links once, to be handed over; the page may be printed, and sent again it makes new links."""
    row = acting_row()
    addressed = [(link, links.address(link)) for link in issued]
    return render_template("members/links.html", links=addressed, zone=row.zone if row else "UTC", back=back)


@bp.route("/<membership>/end", methods=["GET", "POST"])
@for_roles(*INVITING)
def end(membership: str) -> ResponseReturnValue:
    """Ask why, then end a role."""
    member = get_member(membership, actor=current_actor())
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            members.end_membership(membership, form.reason.data or "", actor=current_actor(), now=now())
        except Refused as error:
            form.form_errors.append(sentence(error))
        else:
            flash(_("%(name)s no longer has this role.", name=member.name))
            return redirect(url_for("members.index"), 303)
    delegation = next((row for row in _delegations() if row.id == member.delegation_id), None)
    failed = bool(form.errors or form.form_errors)
    return render_template("members/end.html", member=member, delegation=delegation, form=form), 422 if failed else 200


@bp.post("/<membership>/reset-link")
@for_roles(Role.SECRETARIAT)
def reset_link(membership: str) -> ResponseReturnValue:
    """Make a link for a new password and show it, to be handed over."""
    link = invitations.offer_reset(membership, days=links.invitation_days(), actor=current_actor(), now=now())
    return show_links([link], back=url_for("members.index"))


@bp.post("/invitations/<invitation>/withdraw")
@for_roles(*INVITING)
def withdraw(invitation: str) -> ResponseReturnValue:
    """End an invitation that waits."""
    invitations.withdraw_invitation(invitation, actor=current_actor(), now=now())
    flash(_("The invitation is withdrawn; its link no longer works."))
    return redirect(url_for("members.index"), 303)


def _delegations() -> tuple[DelegationRow, ...]:
    """Return the delegations the actor may invite to."""
    actor = current_actor()
    rows = list_delegations(actor.body or "", active_only=True)
    return rows if actor.role == Role.SECRETARIAT else tuple(row for row in rows if row.id == actor.delegation)


def _one(*, filled: bool = True) -> InviteForm:
    form = InviteForm() if filled else InviteForm(formdata=None)
    form.role.choices = [(str(role), role_name(role)) for role in invitable_by(current_actor().role)]
    form.delegation.choices = _choices()
    if not filled:
        form.delegation.data = request.args.get("delegation")
    return form


def _many(*, filled: bool = True) -> InviteListForm:
    form = InviteListForm() if filled else InviteListForm(formdata=None)
    form.list_delegation.choices = _choices()
    return form


def _choices() -> list[tuple[str, str]]:
    return [(row.id, f"{state_name(row.forms)} ({row.code})") for row in _delegations()]


def _invite_page(one: InviteForm, many: InviteListForm, status: int = 200) -> ResponseReturnValue:
    roles = ", ".join(role_name(role) for role in invitable_by(current_actor().role))
    days = links.invitation_days()
    return render_template("members/invite.html", one=one, many=many, roles=roles, days=days), status
