"""Publishing, versions, revisions and going back, over the API."""

from typing import Any

from werkzeug.wrappers import Response

from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import write_transaction
from mendloop.drafts import services
from mendloop.drafts.answers import answer_with, conflict_answer
from mendloop.drafts.models import TemplateRevision
from mendloop.drafts.services import Acknowledged, DraftChanged, Publication, Saved, TemplateVersion
from mendloop.drafts.shapes import (
    PublishIn,
    RestoreIn,
    RevisionOut,
    RevisionsOut,
    RevisionsQuery,
    RunningOut,
    RunningVersionOut,
    SavedOut,
    VersionOut,
    VersionsOut,
    WholeRevisionOut,
    WholeVersionOut,
)
from mendloop.problems import Missing, Problem, Refusal
from mendloop.words import LANGUAGES, translate

api = Api("template_versions")
LARGEST = 2**31 - 1


@api.post(
    "/templates/<template_id>/publish",
    roles=ANY_ROLE,
    summary="Make a version of the draft; refused with all problems, and with warnings that nobody accepted",
    request=PublishIn,
    response=VersionOut,
    status=201,
)
def publish(template_id: str, body: PublishIn) -> VersionOut | Response:
    accepted = tuple(Acknowledged(one.code, one.reason, one.at) for one in body.acknowledged)
    publication = Publication(body.expected_revision, body.note, accepted)
    try:
        version = services.publish_draft(current_session(), current_actor(), template_id, publication)
    except DraftChanged as changed:
        return conflict_answer(changed)
    return _version_out(version, current_actor().name)


@api.get(
    "/templates/<template_id>/versions",
    roles=ANY_ROLE,
    summary="All versions of a template: who, when, and what was said about them",
    response=VersionsOut,
)
def list_versions(template_id: str) -> VersionsOut:
    session, actor = current_session(), current_actor()
    names = services.names_of_people(session, actor)
    versions = services.versions_of(session, actor, template_id)
    return VersionsOut(versions=[_version_out(one, names.get(one.published_by, "")) for one in versions])


@api.get(
    "/template-versions/<version_id>",
    roles=ANY_ROLE,
    summary="A version with its document and layout",
    response=WholeVersionOut,
)
def get_version(version_id: str) -> Response:
    session, actor = current_session(), current_actor()
    version = services.read_version(session, actor, version_id)
    facts = _version_out(version, services.name_of(session, actor, version.published_by)).model_dump(mode="json")
    return answer_with(facts, {"document": version.document, "layout": version.layout})


@api.post(
    "/templates/<template_id>/restore",
    roles=ANY_ROLE,
    summary="Make a version, or an earlier revision, the draft: a revision like any other",
    request=RestoreIn,
    response=SavedOut,
)
def restore(template_id: str, body: RestoreIn) -> SavedOut | Response:
    try:
        saved = _restore(template_id, body)
    except DraftChanged as changed:
        return conflict_answer(changed)
    return SavedOut(revision=saved.revision, saved_at=saved.saved_at)


@api.get(
    "/templates/<template_id>/revisions",
    roles=ANY_ROLE,
    summary="The saves of a draft that are kept, newest first",
    query=RevisionsQuery,
    response=RevisionsOut,
)
def list_revisions(template_id: str, query: RevisionsQuery) -> RevisionsOut:
    session, actor = current_session(), current_actor()
    names = services.names_of_people(session, actor)
    found = services.list_revisions(session, actor, template_id, query.before)
    return RevisionsOut(revisions=[_revision_out(one, names.get(one.saved_by, "")) for one in found])


@api.get(
    "/templates/<template_id>/revisions/<revision>",
    roles=ANY_ROLE,
    summary="A save with its document and layout",
    response=WholeRevisionOut,
)
def get_revision(template_id: str, revision: str) -> Response:
    session, actor = current_session(), current_actor()
    found = services.read_revision(session, actor, template_id, _number(revision))
    facts = _revision_out(found, services.name_of(session, actor, found.saved_by)).model_dump(mode="json")
    return answer_with(facts, {"document": found.document, "layout": found.layout})


@api.get(
    "/templates/<template_id>/running",
    roles=ANY_ROLE,
    summary="How many orders are open on each version, and what publishing means for them: they stay",
    response=RunningOut,
)
def list_running(template_id: str) -> RunningOut:
    found = services.running_orders(current_session(), current_actor(), template_id)
    count = sum(one.open_orders for one in found)
    key = "publish.running" if count else "publish.none_running"
    return RunningOut(
        versions=[
            RunningVersionOut(version_id=one.version_id, number=one.number, open_orders=one.open_orders)
            for one in found
        ],
        open_orders=count,
        policy="stay",
        message={language: translate(language, key, count=count) for language in LANGUAGES},
    )


def _restore(template_id: str, body: RestoreIn) -> Saved:
    actor, expected = current_actor(), body.expected_revision
    with write_transaction(current_session()) as session:
        if body.version_id is not None and body.revision is None:
            return services.restore_version(session, actor, template_id, body.version_id, expected)
        if body.revision is not None and body.version_id is None:
            return services.restore_revision(session, actor, template_id, body.revision, expected)
        services.access_for(session, actor, template_id, "edit")
        raise Refusal(Problem("draft.restore_what", at="/version_id"))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > LARGEST:
        raise Missing
    return int(text)


def _version_out(version: TemplateVersion, name: str) -> VersionOut:
    return VersionOut(
        version_id=version.id,
        template_id=version.template_id,
        number=version.number,
        title=version.title,
        note=version.note,
        published_at=version.published_at,
        published_by=version.published_by,
        published_by_name=name,
        steps=version.steps,
        standard_minutes=version.standard_minutes,
        content_hash=version.content_hash,
        draft_revision=version.draft_revision,
        acknowledged=version.acknowledged,
    )


def _revision_out(found: TemplateRevision, name: str) -> RevisionOut:
    facts: dict[str, Any] = {key: getattr(found, key) for key in ("revision", "saved_at", "saved_by", "origin", "note")}
    return RevisionOut(saved_by_name=name, **facts)
