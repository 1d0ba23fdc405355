"""Signing in and out, and the language of the pages."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from mendloop.accounts.demo_accounts import DEMO_PASSWORD, demo_accounts
from mendloop.accounts.forms import SignInForm
from mendloop.accounts.models import Login
from mendloop.accounts.services import change_own_language, find_actor
from mendloop.accounts.sign_in import (
    TooSoon,
    WrongPassword,
    check_delay,
    check_password,
    record_failure,
    record_success,
)
from mendloop.database import bind_organisation, write_transaction
from mendloop.edge.access import public
from mendloop.edge.context import LANGUAGE_COOKIE, actor_or_none, current_language, current_session
from mendloop.edge.identity import SignedIn
from mendloop.problems import BadRequest, Problem
from mendloop.words import LANGUAGES

blueprint = Blueprint("sign_in", __name__, template_folder="pages")


@blueprint.get("/sign-in")
@public
def show_sign_in() -> str | Response:
    """The first page; whoever is signed in already goes on."""
    if actor_or_none() is not None:
        return redirect(_after_sign_in())
    return _page(SignInForm(formdata=None))


@blueprint.post("/sign-in")
@public
def sign_in() -> tuple[str, int] | Response:
    """Check name and password, begin a new session."""
    form = SignInForm()
    if not form.validate():
        return _page(form, "problem.sign_in.wrong"), 422
    name, address = form.sign_in_name.data or "", request.remote_addr or ""
    try:
        check_delay(current_session(), name, address)
        _begin_session(check_password(current_session(), name, form.password.data or ""), address)
    except TooSoon as wait:
        return _page(form, "problem.sign_in.wait", wait.seconds), 429
    except WrongPassword:
        with write_transaction(current_session()):
            record_failure(current_session(), name, address)
        return _page(form, "problem.sign_in.wrong"), 401
    return redirect(_after_sign_in())


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session; nothing of it is kept on the server."""
    return end_this_session()


@blueprint.post("/language")
@public
def choose_language() -> Response:
    """Switch the language of the pages, for the person or, before sign-in, for this browser."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise BadRequest(Problem("language.unknown"))
    actor = actor_or_none()
    if actor is not None:
        with write_transaction(current_session()):
            change_own_language(current_session(), actor, language)
    return _keep_language(redirect(_safe_path(request.form.get("next", ""))), language)


def end_this_session() -> Response:
    """To the sign-in page as nobody, in the language that was read until now."""
    answer = _keep_language(redirect(url_for("sign_in.show_sign_in")), current_language())
    logout_user()
    session.clear()
    session.rotate()  # type: ignore[attr-defined]
    return answer


def _keep_language(answer: Response, language: str) -> Response:
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="Lax", secure=request.is_secure)
    return answer


def _begin_session(login: Login, address: str) -> None:
    database = current_session()
    name, organisation_id, person_id = login.sign_in_name, login.organisation_id, login.person_id
    bind_organisation(database, organisation_id)
    found = find_actor(database, organisation_id, person_id)
    if found is None:
        raise WrongPassword
    with write_transaction(database):
        record_success(database, name, address)
    session.clear()
    session.rotate()  # type: ignore[attr-defined]
    login_user(SignedIn(*found))


def _page(form: SignInForm, problem: str | None = None, count: int = 0) -> str:
    accounts = demo_accounts(current_session())
    password = DEMO_PASSWORD if accounts else ""
    return render_template(
        "sign_in.html", form=form, problem=problem, count=count, accounts=accounts, demo_password=password
    )


def _after_sign_in() -> str:
    return _safe_path(request.args.get("next", ""))


def _safe_path(target: str) -> str:
    """A path on this host, or the home page: never an address elsewhere."""
    parts = urlsplit(target)
    is_path = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if is_path and target.isprintable() else "/"
