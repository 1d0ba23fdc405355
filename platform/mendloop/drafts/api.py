"""Drafts over the API: begin one, read it, save it, put it away."""

from typing import Any

from flask import after_this_request, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import DESIGNER, OWNER, Actor
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.config import Config
from mendloop.database import write_transaction
from mendloop.drafts import services
from mendloop.drafts.answers import answer_with, conflict_answer
from mendloop.drafts.models import TemplateRevision
from mendloop.drafts.people_api import present_out
from mendloop.drafts.services import DraftChanged, Origin, Start
from mendloop.drafts.shapes import ArchivedIn, DraftOut, SavedOut, SaveIn, StartIn, TemplateMadeOut
from mendloop.edge.compression import compress

api = Api("drafts")
DESIGNERS = (OWNER, DESIGNER)
MAX_BYTES = 2_000_000


def draft_bytes(_config: Config) -> int:
    """How large a body with a document may be."""
    return MAX_BYTES


@api.post(
    "/templates",
    roles=DESIGNERS,
    summary="Begin a template: blank, from a built-in one, from one of the company's own, or from a document",
    request=StartIn,
    response=TemplateMadeOut,
    status=201,
    max_bytes=draft_bytes,
)
def post_template(body: StartIn) -> TemplateMadeOut:
    start = Start(body.source, body.key, body.title, body.document, body.layout)
    with write_transaction(current_session()) as session:
        template = services.create_template(session, current_actor(), start)
        return TemplateMadeOut(template_id=template.id, key=template.key)


@api.get(
    "/templates/<template_id>/draft",
    roles=ANY_ROLE,
    summary="A template's draft, the reader's rights to it, and who else is there",
    response=DraftOut,
)
def get_draft(template_id: str) -> Response:
    session, actor = current_session(), current_actor()
    revision = services.open_draft(session, actor, template_id)
    facts = _facts(session, actor, template_id, revision)
    return answer_with(facts, {"document": revision.document, "layout": revision.layout})


@api.put(
    "/templates/<template_id>/draft",
    roles=ANY_ROLE,
    summary="Save the draft as the revision after the expected one; 409 with both sides when somebody was faster",
    request=SaveIn,
    response=SavedOut,
    max_bytes=draft_bytes,
)
def put_draft(template_id: str, body: SaveIn) -> SavedOut | Response:
    content = services.content_of(body.document, body.layout)
    content.prepare()
    try:
        with write_transaction(current_session()) as session:
            template = services.access_for(session, current_actor(), template_id, "edit")
            origin = Origin(session=body.session, note=body.note.strip())
            saved = services.save_draft(session, current_actor(), template, body.expected_revision, content, origin)
    except DraftChanged as changed:
        return conflict_answer(changed)
    return SavedOut(revision=saved.revision, saved_at=saved.saved_at)


@api.delete("/templates/<template_id>", roles=ANY_ROLE, summary="Take away a template that was never published")
def delete_template(template_id: str) -> None:
    with write_transaction(current_session()) as session:
        services.delete_template(session, current_actor(), template_id)


@api.put(
    "/templates/<template_id>/archived",
    roles=ANY_ROLE,
    summary="Offer a template for new orders no more, or again; running orders are not touched",
    request=ArchivedIn,
)
def put_archived(template_id: str, body: ArchivedIn) -> None:
    with write_transaction(current_session()) as session:
        services.archive_template(session, current_actor(), template_id, body.archived)


@api.get(
    "/templates/<template_id>/picture",
    roles=ANY_ROLE,
    summary="A drawing of the draft's flow: SVG that takes its colours from the page it is put into",
    response_media="image/svg+xml",
)
def get_picture(template_id: str) -> Response:
    after_this_request(compress)
    drawn = services.draft_picture(current_session(), current_actor(), template_id)
    answer = Response(drawn.svg, content_type="image/svg+xml; charset=utf-8")
    answer.set_etag(drawn.content_hash)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer.make_conditional(request)


def _facts(session: Session, actor: Actor, template_id: str, revision: TemplateRevision) -> dict[str, Any]:
    template = services.access_for(session, actor, template_id, "view")
    people = services.who_is_here(session, actor, template_id)
    return {
        "template_id": template_id,
        "key": template.key,
        "revision": revision.revision,
        "saved_at": revision.saved_at.isoformat(),
        "saved_by": revision.saved_by,
        "saved_by_name": services.name_of(session, actor, revision.saved_by),
        "session": revision.session,
        "rights": services.included(services.right_of(session, actor, template_id)),
        "latest_version": services.latest_number(session, actor, template),
        "archived": template.archived_at is not None,
        "people": [present_out(one).model_dump(mode="json") for one in people],
    }
