"""Pasting a letter or a table: a delegation's own, or, by the secretariat, what came by note."""

from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.negotiation.errors import Missing, NotFound, NotReady
from app.negotiation.permissions import may
from app.queries.return_items import decode
from app.queries.returns import find_return
from app.queries.rounds import RoundRow
from app.services import returns
from app.services.pasted_letters import Pasted, understand_letter
from app.web.access import MEMBERS, for_roles
from app.web.acting import current_actor, now
from app.web.errors import sentence
from app.web.return_uploads import Behalf, asked_behalf, taking_round, texts_of
from app.web.round_files import LANGUAGES
from app.web.round_forms import document_name

bp = Blueprint("letter_pasting", __name__)


@dataclass(frozen=True)
class Typed:
    """What stands in the fields.

    Attributes:
        text: Version and language of the text it is about, ``version:language``.
        spoken: Language of the letter; "" to be guessed.
        again: Id of the preview whose words are read again; "" for a new letter.
    """

    words: str = ""
    text: str = ""
    spoken: str = ""
    again: str = ""


@bp.get("/rounds/<int:number>/returns/letter")
@for_roles(*MEMBERS)
def new(number: int) -> ResponseReturnValue:
    """Ask for the words, or with ``?again=`` show those of a preview to be corrected and read again."""
    behalf = asked_behalf()
    typed = Typed(text=request.args.get("text", ""), again=request.args.get("again", ""))
    if typed.again:
        row = find_return(typed.again, actor=current_actor())
        letter = decode(row.understood).letter
        behalf = Behalf(row.on_behalf_of, letter) if row.on_behalf_of is not None and letter is not None else None
        typed = replace(typed, words=row.words, text=f"{row.version_id}:{row.language}")
    return _page(taking_round(number, behalf), behalf, typed)


@bp.post("/rounds/<int:number>/returns/letter")
@for_roles(*MEMBERS)
def read(number: int) -> ResponseReturnValue:
    """Read the words and show what was understood of them."""
    behalf, actor, form = asked_behalf(), current_actor(), request.form
    round_ = taking_round(number, behalf)
    spoken = form.get("spoken", "")
    if spoken not in ("", *LANGUAGES):
        abort(400)
    typed = Typed(form.get("words", ""), form.get("text", ""), spoken, form.get("again", ""))
    version, _colon, language = typed.text.partition(":")
    try:
        pasted = understand_letter(
            round_.id, typed.words, version=version, language=language, spoken=spoken, actor=actor
        )
    except Missing:
        return _page(round_, behalf, typed, _("Paste the letter or the table.")), 422
    except NotReady as error:
        return _page(round_, behalf, typed, sentence(error)), 422
    if pasted.no_comments and pasted.is_empty:
        return _page(round_, behalf, typed, no_comments=True)
    problem = _nothing(pasted)
    if problem:
        return _page(round_, behalf, typed, problem), 422
    wanted = pasted.new
    if behalf is not None:
        wanted = replace(wanted, on_behalf_of=behalf.delegation, letter=behalf.letter)
    kept = returns.keep_return(round_.id, wanted, actor=actor, now=now())
    _forget(typed.again)
    return redirect(url_for("returns.show", return_id=kept), 303)


def _nothing(pasted: Pasted) -> str:
    """Return why a letter is not worth a preview; "" where it is."""
    if not pasted.new.asked and pasted.language != pasted.looks_like:
        return str(_("Nothing was understood. Is the letter in the language that you chose?"))
    if pasted.is_empty:
        return str(_("No proposal was found in this text. Does it name the provision, and say what to do with it?"))
    return ""


def _forget(return_id: str) -> None:
    """Drop the preview whose words were read again, where nothing was made of it yet."""
    if not return_id:
        return
    actor = current_actor()
    try:
        if find_return(return_id, actor=actor).confirmed_at is None:
            returns.drop_return(return_id, actor=actor, now=now())
            flash(_("The text was read again; this takes the place of the earlier preview."))
    except NotFound:
        return


def _page(
    round_: RoundRow, behalf: Behalf | None, typed: Typed, problem: str = "", *, no_comments: bool = False
) -> str:
    return render_template(
        "returns/paste.html",
        round=round_,
        behalf=behalf,
        typed=typed,
        texts=texts_of(round_),
        problem=problem,
        no_comments=no_comments,
        may_declare=may(current_actor(), "proposal.submit"),
        heads=LANGUAGES,
        document_name=document_name,
    )
