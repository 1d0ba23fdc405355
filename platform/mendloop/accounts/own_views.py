"""The page of one's own account."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ROLES
from mendloop.accounts.browser_sessions import count_sessions_of
from mendloop.accounts.forms import OwnPasswordForm
from mendloop.accounts.own_account import (
    NewPassword,
    change_own_password,
    own_sign_in_name,
    owner_of,
    sign_out_everywhere,
)
from mendloop.accounts.sign_in_views import end_this_session
from mendloop.clock import utc_now
from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.pages.forms import show_problems
from mendloop.problems import Refusal

blueprint = Blueprint("own_account", __name__, template_folder="pages")


@blueprint.get("/account")
@allow()
def show_account() -> str:
    """Who one is here, and what one may change oneself."""
    return _page(OwnPasswordForm(formdata=None))


@blueprint.post("/account/password")
@allow()
def change_password() -> Response | tuple[str, int]:
    """A new password, or the form again with everything that is wrong."""
    form = OwnPasswordForm()
    given = NewPassword(form.current.data or "", form.new.data or "", form.repeated.data or "")
    if not form.validate():
        return _page(form), 422
    try:
        change_own_password(current_session(), current_actor(), given, request.remote_addr or "", _token())
    except Refusal as refusal:
        show_problems(form, refusal)
        return _page(form), refusal.status
    session.rotate()  # type: ignore[attr-defined]
    flash("", "own_password.changed")
    return redirect(url_for("own_account.show_account"))


@blueprint.post("/account/sign-out-everywhere")
@allow()
def leave_everywhere() -> Response:
    """End all sessions of the person, this one too."""
    with write_transaction(current_session()) as database:
        sign_out_everywhere(database, current_actor(), _token())
    answer = end_this_session()
    flash("", "own_account.left_everywhere")
    return answer


def _page(form: OwnPasswordForm) -> str:
    database, actor = current_session(), current_actor()
    return render_template(
        "own_account.html",
        form=form,
        roles=[role for role in ROLES if role in actor.roles],
        sign_in_name=own_sign_in_name(database, actor),
        sessions=count_sessions_of(database, owner_of(actor), utc_now()),
    )


def _token() -> str | None:
    token: str | None = session.token  # type: ignore[attr-defined]
    return token
