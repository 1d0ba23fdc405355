"""Who is there, and who may, over the API."""

import json

from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import write_transaction
from mendloop.drafts import services
from mendloop.drafts.services import PersonsRight, Present
from mendloop.drafts.shapes import PeopleOut, PresenceIn, PresenceQuery, PresentOut, RightOut, RightsIn, RightsOut
from mendloop.problems import Problem, Refusal

api = Api("draft_people")
LONGEST_SELECTION = 4000


@api.put(
    "/templates/<template_id>/presence",
    roles=ANY_ROLE,
    summary="Say every four seconds that one is here; who is silent for 15 seconds is gone",
    request=PresenceIn,
    response=PeopleOut,
)
def put_presence(template_id: str, body: PresenceIn) -> PeopleOut:
    if len(json.dumps(body.selection, ensure_ascii=False)) > LONGEST_SELECTION:
        raise Refusal(Problem("presence.selection_long", at="/selection", params={"limit": LONGEST_SELECTION}))
    with write_transaction(current_session()) as session:
        services.access_for(session, current_actor(), template_id, "view")
        people = services.be_present(session, current_actor(), template_id, body.session, body.selection)
        revision = services.draft_revision(session, current_actor(), template_id)
    return PeopleOut(people=[present_out(one) for one in people], revision=revision)


@api.delete("/templates/<template_id>/presence", roles=ANY_ROLE, summary="Say that one leaves", query=PresenceQuery)
def delete_presence(template_id: str, query: PresenceQuery) -> None:
    with write_transaction(current_session()) as session:
        services.access_for(session, current_actor(), template_id, "view")
        services.leave(session, current_actor(), template_id, query.session)


@api.get(
    "/templates/<template_id>/rights",
    roles=ANY_ROLE,
    summary="What everybody may do with this template",
    response=RightsOut,
)
def get_rights(template_id: str) -> RightsOut:
    listed = services.list_rights(current_session(), current_actor(), template_id)
    return RightsOut(people=[_right_out(one) for one in listed])


@api.put(
    "/templates/<template_id>/rights",
    roles=ANY_ROLE,
    summary="Give people rights to this template; owners of the organisation keep theirs",
    request=RightsIn,
    response=RightsOut,
)
def put_rights(template_id: str, body: RightsIn) -> RightsOut:
    with write_transaction(current_session()) as session:
        services.change_rights(session, current_actor(), template_id, body.people)
    return _all_rights(template_id)


def _all_rights(template_id: str) -> RightsOut:
    listed = services.rights_of_everybody(current_session(), current_actor(), template_id)
    return RightsOut(people=[_right_out(one) for one in listed])


def present_out(one: Present) -> PresentOut:
    """Somebody who is here, as the API says it."""
    return PresentOut(
        session=one.session, person_id=one.person_id, name=one.name, selection=one.selection, since=one.since
    )


def _right_out(one: PersonsRight) -> RightOut:
    return RightOut(
        person_id=one.person_id,
        name=one.name,
        roles=list(one.roles),
        right=one.right,
        by_role=one.by_role,
        fixed=one.is_fixed,
    )
