"""Deciding: what a reviewer, or a case's writer, does with it."""

from collections.abc import Callable
from typing import Any, TypeAlias

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import Actor
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.knowledge import cases, joining
from mendloop.knowledge.blueprint import blueprint
from mendloop.knowledge.case_views import case_page
from mendloop.knowledge.forms import ActForm
from mendloop.knowledge.roles import REVIEWERS, WRITERS
from mendloop.problems import Missing, Refusal
from mendloop.words import words_of

Act: TypeAlias = Callable[[Session, Actor, str, ActForm], Any]


def _submit(session: Session, actor: Actor, case_id: str, form: ActForm) -> None:
    cases.submit_case(session, actor, case_id, form.revision.data or 0)


def _publish(session: Session, actor: Actor, case_id: str, form: ActForm) -> None:
    cases.publish_case(session, actor, case_id, form.revision.data or 0, form.note.data or "")


def _send_back(session: Session, actor: Actor, case_id: str, form: ActForm) -> None:
    cases.send_back(session, actor, case_id, form.note.data or "")


def _dismiss(session: Session, actor: Actor, case_id: str, form: ActForm) -> None:
    cases.dismiss_case(session, actor, case_id, form.note.data or "")


def _take_up(session: Session, actor: Actor, case_id: str, _form: ActForm) -> None:
    cases.take_up_again(session, actor, case_id)


def _merge(session: Session, actor: Actor, case_id: str, form: ActForm) -> None:
    joining.merge_case(session, actor, case_id, _named(form), form.note.data or "")


def _retire(session: Session, actor: Actor, case_id: str, form: ActForm) -> None:
    joining.retire_case(session, actor, case_id, _named(form) or None, form.note.data or "")


def _restore(session: Session, actor: Actor, case_id: str, _form: ActForm) -> None:
    joining.restore_case(session, actor, case_id)


def _restore_version(session: Session, actor: Actor, case_id: str, form: ActForm) -> None:
    joining.restore_version(session, actor, case_id, form.version.data or 0)


def _named(form: ActForm) -> str:
    """A case by its id, or by the address of its page."""
    return str(form.into.data or "").strip().split("?")[0].rstrip("/").rpartition("/")[2]


OWN: dict[str, Act] = {"submit": _submit, "dismiss": _dismiss, "take-up": _take_up}
"""What a case's writer may do as well."""
JUDGED: dict[str, Act] = {
    "publish": _publish,
    "send-back": _send_back,
    "merge": _merge,
    "retire": _retire,
    "restore": _restore,
    "restore-version": _restore_version,
}
"""What only reviewers do."""


def _do(case_id: str, name: str, act: Act) -> Response | tuple[str, int]:
    session, actor, form = current_session(), current_actor(), ActForm()
    try:
        run_write(session, lambda: act(session, actor, case_id, form))
    except Missing:
        raise
    except Refusal as refusal:
        session.rollback()
        told = [words_of(problem, current_language()) for problem in refusal.problems]
        return case_page(cases.access_case(session, actor, case_id), told), refusal.status
    flash("", f"case.told.{name.replace('-', '_')}")
    return redirect(url_for("knowledge.show_case", case_id=case_id))


def _install(name: str, act: Act, roles: tuple[str, ...]) -> None:
    def view(case_id: str) -> Response | tuple[str, int]:
        return _do(case_id, name, act)

    rule = f"/knowledge/cases/<case_id>/{name}"
    blueprint.add_url_rule(rule, name.replace("-", "_"), allow(*roles)(view), methods=["POST"])


for _name, _act in OWN.items():
    _install(_name, _act, WRITERS)
for _name, _act in JUDGED.items():
    _install(_name, _act, REVIEWERS)
