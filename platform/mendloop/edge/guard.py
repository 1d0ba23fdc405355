"""The gate that every request passes before its view: who is it, may they, did the request come from our pages."""

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from mendloop.edge.access import Access, access_of
from mendloop.edge.context import current_actor, current_config, is_api_request
from mendloop.problems import BadRequest, Forbidden, Problem, Refusal, TooLarge

csrf = CSRFProtect()


class SignedOut(Refusal):
    """Nobody is signed in."""

    status = 401

    def __init__(self) -> None:
        super().__init__(Problem("signed_out"))


def install_guard(app: Flask) -> None:
    """Register the gate. It must come before every other before_request function."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    csrf.init_app(app)
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # Flask answers 404 or 405 itself
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None:
        abort(403)
    _bound_body(access)
    _refuse_nul()
    answer = _check_person(access)
    if answer is None:
        csrf.protect()
    return answer


def _bound_body(access: Access) -> None:
    """Say how large the body may be before anything looks at it: whoever looks first fixes the bound."""
    if access.max_bytes is None:
        return
    limit = access.max_bytes(current_config())
    request.max_content_length = limit
    if (request.content_length or 0) > limit:
        raise TooLarge(Problem("body_too_large", params={"limit": limit}))


def _refuse_nul() -> None:
    """No text of ours holds a NUL, and PostgreSQL cannot keep one: addresses and forms with one are malformed."""
    given = [request.path, *(value for part in (request.args, request.form) for _, value in part.items(multi=True))]
    if any("\0" in value for value in given):
        raise BadRequest(Problem("json.nul"))


def _check_person(access: Access) -> Response | None:
    if access.roles is None:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if not current_actor().has_any(access.roles):
        raise Forbidden
    return None


def _ask_to_sign_in() -> Response:
    if is_api_request() or request.method not in {"GET", "HEAD"}:
        raise SignedOut
    return redirect(url_for("sign_in.show_sign_in", next=request.full_path.rstrip("?")))
