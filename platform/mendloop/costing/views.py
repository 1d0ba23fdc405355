"""Pages of what is laid down about costs: settings, rate cards, prices, who pays what, special days."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor
from mendloop.accounts.services import names_of_people, people_with_role
from mendloop.clock import utc_now
from mendloop.costing import facts, services
from mendloop.costing.forms import CoverageForm, DayForm, PriceForm, RateForm, ReachForm, SettingsForm
from mendloop.costing.register_pages import HEADINGS, Teller, settings_data
from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.library.services import USUAL_WORK_ROLES, roles_of_templates
from mendloop.pages.forms import Form, SelectChoice, show_problems
from mendloop.pages.render import current_zone, t, work_role_name
from mendloop.problems import Missing, Refusal
from mendloop.words import words_of

blueprint = Blueprint("costing", __name__, template_folder="pages")
WRITERS = (OWNER, SUPERVISOR)


class Add(Protocol):
    """What lays down something of a register."""

    def __call__(self, session: Session, actor: Actor, details: Any, *, reach: services.Reach) -> object: ...


@dataclass(frozen=True, slots=True)
class Register:
    """A page with a table of facts of one kind and a form that adds one."""

    path: str
    kind: str
    form: type[ReachForm]
    add: Add


REGISTERS = (
    Register("rates", facts.RATE, RateForm, services.add_rate),
    Register("prices", facts.PRICE, PriceForm, services.add_price),
    Register("coverage", facts.COVERAGE, CoverageForm, services.add_coverage),
    Register("calendar", facts.DAY, DayForm, services.set_days),
)


@blueprint.get("/costs/settings")
@allow(*WRITERS)
def show_settings() -> str:
    """The form, filled."""
    settings = services.book_of(current_session(), current_actor()).settings
    return _settings_page(SettingsForm(formdata=None, data=settings_data(settings)))


@blueprint.post("/costs/settings")
@allow(*WRITERS)
def change_settings() -> Response | tuple[str, int]:
    """Keep the changes."""
    form, session, actor, start = SettingsForm(), current_session(), current_actor(), utc_now()
    try:
        run_write(session, lambda: services.change_settings(session, actor, form.details, form.reach))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _settings_page(form), refusal.status
    _tell("cost.saved", form.reach, start)
    return redirect(url_for("costing.show_settings"))


def current_teller() -> Teller:
    """Says facts to the reader of this request."""
    session, actor = current_session(), current_actor()
    settings = services.book_of(session, actor).settings
    return Teller(settings, names_of_people(session, actor), current_language())


def _tell(words: str, reach: services.Reach, start: dt.datetime) -> None:
    """That it was done; and how many closed orders that has changed, if it was meant to."""
    if not reach.closed:
        flash("", words)
        return
    session, actor = current_session(), current_actor()
    left = services.keep_up(session, actor)
    told = [t(words), t("cost.closed_changed", count=services.changed_since(session, actor, start))]
    flash(" ".join([*told, t("cost.closed_left", count=left)] if left else told), "cost.told")


def _settings_page(form: Form) -> str:
    return render_template("costs_settings.html", form=form, here="settings")


def _install(register: Register) -> None:
    def show() -> str:
        return _page(register, _empty(register))

    def add() -> Response | tuple[str, int]:
        form, session, actor, start = _filled(register), current_session(), current_actor(), utc_now()
        try:
            run_write(session, lambda: register.add(session, actor, form.details, reach=form.reach))
        except Refusal as refusal:
            show_problems(form, refusal)
            return _page(register, form), refusal.status
        return _back(register, "cost.saved", form.reach, start)

    def take_back(key: str) -> Response | tuple[str, int]:
        reach, session, actor, start = ReachForm().reach, current_session(), current_actor(), utc_now()
        try:
            run_write(session, lambda: services.take_back(session, actor, register.kind, key, reach))
        except Missing:
            raise
        except Refusal as refusal:
            form = _empty(register)
            form.form_errors += [words_of(problem, current_language()) for problem in refusal.problems]
            return _page(register, form), refusal.status
        return _back(register, "cost.taken_back", reach, start)

    path = f"/costs/{register.path}"
    for rule, name, view, method in (
        (path, f"show_{register.path}", show, "GET"),
        (path, f"add_{register.path}", add, "POST"),
        (f"{path}/<key>/take-back", f"take_back_{register.path}", take_back, "POST"),
    ):
        blueprint.add_url_rule(rule, name, allow(*WRITERS)(view), methods=[method])


def _back(register: Register, words: str, reach: services.Reach, start: dt.datetime) -> Response:
    _tell(words, reach, start)
    return redirect(url_for(f"costing.show_{register.path}"))


def _empty(register: Register) -> ReachForm:
    today = utc_now().astimezone(current_zone()).date().isoformat()
    return _with_choices(register.form(formdata=None, data={"since": today} | ({"percent": "100"})))


def _filled(register: Register) -> ReachForm:
    return _with_choices(register.form())


def _with_choices(form: ReachForm) -> ReachForm:
    if isinstance(form, RateForm):
        session, actor = current_session(), current_actor()
        people = [SelectChoice(person.id, person.name) for person in people_with_role(session, actor, "engineer")]
        titles = roles_of_templates(session, actor)
        skills = [SelectChoice(role, work_role_name(role, titles.get(role))) for role in {*USUAL_WORK_ROLES, *titles}]
        form.person.choices = [SelectChoice("", t("cost.anybody")), *people]
        form.skill.choices = [
            SelectChoice("", t("cost.any_skill")),
            *sorted(skills, key=lambda choice: str(choice.value)),
        ]
    return form


def _page(register: Register, form: Form) -> str:
    teller = current_teller()
    found = services.register_of(current_session(), current_actor(), register.kind)
    ordered = sorted(found, key=lambda fact: fact.key) if register.kind == facts.DAY else list(reversed(found))
    return render_template(
        "costs_register.html",
        register=register,
        here=register.path,
        form=form,
        headings=HEADINGS[register.kind],
        rows=[(fact.key, teller.cells(fact)) for fact in ordered],
        currency=teller.settings.currency,
    )


for _register in REGISTERS:
    _install(_register)
