"""Pages of people and of the organisation."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mendloop.accounts import services
from mendloop.accounts.actor import OWNER, SUPERVISOR
from mendloop.accounts.forms import OrganisationForm, PersonForm
from mendloop.accounts.models import Person
from mendloop.accounts.services import PersonDetails
from mendloop.database import write_transaction
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_session
from mendloop.library.services import USUAL_WORK_ROLES, roles_of_templates
from mendloop.pages.forms import SelectChoice, show_problems
from mendloop.pages.render import work_role_name
from mendloop.problems import Refusal

blueprint = Blueprint("people", __name__, template_folder="pages")


@blueprint.get("/people/")
@allow(OWNER, SUPERVISOR)
def list_people() -> str:
    """Everybody of the organisation."""
    people = services.list_people(current_session(), current_actor())
    return render_template("people.html", people=people, titles=roles_of_templates(current_session(), current_actor()))


@blueprint.get("/people/new")
@allow(OWNER)
def new_person() -> str:
    """An empty form."""
    form = PersonForm(formdata=None, language=current_actor().language, roles=["engineer"], work_roles=["engineer"])
    return _person_page(form, None)


@blueprint.post("/people/new")
@allow(OWNER)
def add_person() -> Response | tuple[str, int]:
    """Take the person in, or show the form again with what is wrong."""
    form = PersonForm()
    try:
        with write_transaction(current_session()) as session:
            person = services.add_person(session, current_actor(), _details(form))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _person_page(form, None), refusal.status
    flash(person.name, "people.added")
    return redirect(url_for("people.list_people"))


@blueprint.get("/people/<person_id>")
@allow(OWNER)
def edit_person(person_id: str) -> str:
    """The form, filled."""
    person = services.access_person(current_session(), current_actor(), person_id)
    form = PersonForm(
        formdata=None,
        obj=person,
        sign_in_name=services.sign_in_name_of(current_session(), person),
        work_roles=person.template_roles,
    )
    return _person_page(form, person)


@blueprint.post("/people/<person_id>")
@allow(OWNER)
def change_person(person_id: str) -> Response | tuple[str, int]:
    """Keep the changes, or show the form again with what is wrong."""
    person = services.access_person(current_session(), current_actor(), person_id)
    form = PersonForm()
    try:
        with write_transaction(current_session()) as session:
            services.change_person(session, current_actor(), person_id, _details(form))
    except Refusal as refusal:
        show_problems(form, refusal)
        return _person_page(form, person), refusal.status
    flash(form.name.data or "", "people.changed")
    return redirect(url_for("people.list_people"))


@blueprint.get("/organisation")
@allow(OWNER)
def edit_organisation() -> str:
    """The organisation's settings."""
    organisation = services.access_organisation(current_session(), current_actor())
    return render_template("organisation.html", form=OrganisationForm(formdata=None, obj=organisation))


@blueprint.post("/organisation")
@allow(OWNER)
def change_organisation() -> Response | tuple[str, int]:
    """Keep the settings."""
    form = OrganisationForm()
    if not form.validate():
        return render_template("organisation.html", form=form), 422
    with write_transaction(current_session()) as session:
        services.change_organisation(
            session, current_actor(), form.name.data or "", form.language.data, form.time_zone.data
        )
    flash("", "organisation.changed")
    return redirect(url_for("people.edit_organisation"))


def _person_page(form: PersonForm, person: Person | None) -> str:
    roles = roles_of_templates(current_session(), current_actor())
    known = USUAL_WORK_ROLES | roles.keys() | set(person.template_roles if person else ())
    form.work_roles.choices = [SelectChoice(role, work_role_name(role, roles.get(role))) for role in sorted(known)]
    return render_template("person.html", form=form, person=person)


def _details(form: PersonForm) -> PersonDetails:
    return PersonDetails(
        name=(form.name.data or "").strip(),
        sign_in_name=(form.sign_in_name.data or "").strip(),
        language=form.language.data or "",
        roles=tuple(form.roles.data or ()),
        work_roles=tuple(form.work_roles.data or ()),
        active=bool(form.active.data),
        password=form.password.data or "",
    )
