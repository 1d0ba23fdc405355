"""One place where refusals become answers: problem+json for programs, a page for people."""

from http import HTTPStatus

import structlog
from flask import Flask, current_app, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.wrappers import Response

from mendloop.api.answers import problem_response
from mendloop.database.transactions import DatabaseBusy, is_retryable
from mendloop.edge.context import close_session, current_language, is_api_request
from mendloop.edge.pages_above import page_above
from mendloop.problems import Problem, Refusal
from mendloop.words import catalogue, words_of

CODES = {404: "not_found", 403: "forbidden", 405: "method_not_allowed", 413: "body_too_large", 415: "not_json"}
log = structlog.get_logger()


def install_error_handlers(app: Flask) -> None:
    """Answer every exception in the form that the asker reads."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(DatabaseBusy, _busy)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(MethodNotAllowed, _not_that_way)
    app.register_error_handler(Exception, _unexpected)


def _refusal(refusal: Refusal) -> Response:
    return _answer(refusal.status, refusal.problems)


def _csrf(_error: CSRFError) -> Response:
    return _answer(400, (Problem("csrf"),))


def _busy(_error: DatabaseBusy) -> Response:
    response = _answer(503, (Problem("busy"),))
    response.headers["Retry-After"] = "2"
    return response


def _database(error: DBAPIError) -> Response:
    if is_retryable(error):  # somebody else was faster, and PostgreSQL will not decide between the two
        return _answer(409, (Problem("conflict"),))
    return _unexpected(error)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    response = _answer(status, (Problem(CODES.get(status, f"http_{status}")),))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _not_that_way(error: MethodNotAllowed) -> Response:
    """A person who opens where a form is sent to is brought to the page above it."""
    addresses = current_app.create_url_adapter(request)
    above = page_above(request, addresses) if addresses is not None and not is_api_request() else None
    return redirect(above) if above is not None else _http(error)


def _unexpected(error: Exception) -> Response:
    log.error("request_failed", error=type(error).__name__, exc_info=error)
    close_session()
    return _http(InternalServerError())


def _answer(status: int, problems: tuple[Problem, ...]) -> Response:
    if is_api_request():
        return problem_response(status, problems)
    words = [_words(problem, status) for problem in problems]
    page = render_template("error.html", status=status, words=words)
    return Response(page, status=status, content_type="text/html; charset=utf-8")


def _words(problem: Problem, status: int) -> str:
    language = current_language()
    words = words_of(problem, language)
    if words != problem.code:
        return words
    return catalogue(language).get(f"problem.http_{status}", HTTPStatus(status).phrase)
