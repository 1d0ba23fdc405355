"""Writing: a case is finished on one page, from what its record offers."""

from collections.abc import Iterator, Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.database import run_write
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.knowledge.again import draft_case
from mendloop.knowledge.blueprint import blueprint
from mendloop.knowledge.cases import access_case, content_of, edit_case, publish_case, submit_case
from mendloop.knowledge.content import TEXTS
from mendloop.knowledge.drafting import Sentences
from mendloop.knowledge.following import read_record
from mendloop.knowledge.forms import CaseForm, case_data, other_language
from mendloop.knowledge.models import Case
from mendloop.knowledge.roles import WRITERS, may_edit, may_review
from mendloop.library.services import fault_tree, list_fault_codes, load_plan
from mendloop.pages.forms import show_problems
from mendloop.problems import Forbidden, Refusal
from mendloop.words import local
from mendloop.work_orders.services import access_work_order

TAKE = "take"
MOST_CHIPS = 12
SHOWN = 5
"""Chips that are offered at once; the others are in a fold."""


@blueprint.get("/knowledge/cases/<case_id>/edit")
@allow(*WRITERS)
def edit(case_id: str) -> str:
    """The form, filled from the draft."""
    case = _own(case_id)
    form = CaseForm(formdata=None, data=case_data(content_of(case), case.revision, current_language()))
    return _page(case, form)


@blueprint.post("/knowledge/cases/<case_id>/edit")
@allow(*WRITERS)
def save(case_id: str) -> Response | str | tuple[str, int]:
    """Keep what was written; `submit` hands it over, `publish` publishes it. `take` puts a sentence into a text."""
    case, form = _own(case_id), CaseForm()
    if TAKE in request.form:
        return _page(case, _with_sentence(case, form, request.form[TAKE]))
    try:
        run_write(current_session(), lambda: _save(case_id, form))
    except Refusal as refusal:
        return _refused(case_id, form, refusal)
    told = next((name for name in ("publish", "submit") if name in request.form), "save")
    flash("", f"case.told.{told}")
    if told == "save":
        return redirect(url_for("knowledge.edit", case_id=case_id))
    return redirect(url_for("knowledge.show_case", case_id=case_id))


@blueprint.post("/knowledge/orders/<order_id>/draft")
@allow(*WRITERS)
def draft(order_id: str) -> Response:
    """Go to the case of an order that has ended; it is drafted anew where it is missing."""
    session, actor = current_session(), current_actor()
    case = run_write(session, lambda: draft_case(session, actor, order_id))
    page = "knowledge.edit" if may_edit(actor, case) and not case.version else "knowledge.show_case"
    return redirect(url_for(page, case_id=case.id))


def chips_of(case: Case, language: str) -> Mapping[str, list[str]]:
    """What the record offers for each text; nothing for a case without an order."""
    session, actor = current_session(), current_actor()
    if case.order_id is None:
        return {}
    order = access_work_order(session, actor, case.order_id)
    plan = load_plan(session, actor, order.plan_hash)
    sentences = Sentences(*read_record(session, actor, order.id, plan), language)
    offered = {
        "symptom": [*sentences.symptom(), *sentences.signs(), *sentences.answers()],
        "cause": [*sentences.cause(), *sentences.signs(), *sentences.answers()],
        "remedy": [*sentences.remedy(), *sentences.done(), *sentences.parts()],
    }
    return {name: list(dict.fromkeys(said))[:MOST_CHIPS] for name, said in offered.items()}


def _offered(case: Case, form: CaseForm) -> dict[str, list[tuple[str, str]]]:
    """What the record offers and is not written yet, with what taking it sends."""
    chips = chips_of(case, current_language())
    return {
        name: [(f"{name}:{n}", said) for n, said in enumerate(offered) if said not in str(form[name].data or "")]
        for name, offered in chips.items()
    }


def _save(case_id: str, form: CaseForm) -> None:
    session, actor = current_session(), current_actor()
    given = str(form.revision.data or "")
    revision = int(given) if given.isdecimal() else 0
    case = edit_case(session, actor, case_id, revision, form.edits(current_language()))
    if "publish" in request.form:
        publish_case(session, actor, case_id, case.revision)
    elif "submit" in request.form:
        submit_case(session, actor, case_id, case.revision)


def _refused(case_id: str, form: CaseForm, refusal: Refusal) -> tuple[str, int]:
    """The page again with what was written. After somebody else's changes both stand there, and it can be saved."""
    current_session().rollback()
    case, theirs = _own(case_id), {}
    show_problems(form, refusal)
    if any(problem.code == "case.changed_meanwhile" for problem in refusal.problems):
        content = content_of(case)
        theirs = {
            name: said
            for name in TEXTS
            if (said := getattr(content, name).get(current_language(), "")) != (form[name].data or "").strip()
        }
        form.revision.data = str(case.revision)
    return _page(case, form, theirs), refusal.status


def _with_sentence(case: Case, form: CaseForm, taken: str) -> CaseForm:
    """`cause:2` puts the third sentence offered for the cause behind what is written there."""
    name, _, number = taken.partition(":")
    offered = chips_of(case, current_language()).get(name, [])
    if number.isdigit() and int(number) < len(offered):
        written = str(form[name].data or "").rstrip()
        form[name].data = f"{written}\n{offered[int(number)]}".strip()
    return form


def _page(case: Case, form: CaseForm, theirs: Mapping[str, str] | None = None) -> str:
    form.offer(dict(_codes(case)))
    return render_template(
        "case_edit.html",
        case=case,
        content=content_of(case),
        form=form,
        chips=_offered(case, form),
        shown=SHOWN,
        theirs=theirs or {},
        other=other_language(current_language()),
        may_review=may_review(current_actor()),
    )


def _codes(case: Case) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The codes in use, and those that the case has."""
    content, language = content_of(case), current_language()
    every = list_fault_codes(current_session(), current_actor())
    for name, kind in (("faults", "problem"), ("cause_codes", "cause"), ("remedy_codes", "remedy")):
        own = getattr(content, name)
        tree = fault_tree(code for code in every if code.kind == kind and (code.active or code.code in own))
        yield name, [(each.fault_code.code, local(each.fault_code.title, language)) for each in tree]


def _own(case_id: str) -> Case:
    case = access_case(current_session(), current_actor(), case_id)
    if not may_edit(current_actor(), case):
        raise Forbidden
    return case
