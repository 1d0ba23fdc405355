"""From a draft to a version: everything is checked, warnings are accepted with reasons, and running orders stay."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problems
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.checking.services import check_for_publishing
from mendloop.database import write_transaction
from mendloop.drafts.content import content_of
from mendloop.drafts.models import TemplateDraft, TemplateRevision
from mendloop.drafts.rights import access_for
from mendloop.drafts.store import FIRST, Origin, conflict, current_revision, ensure_draft, save_draft
from mendloop.library import services as library
from mendloop.library.services import Circumstances, Template, TemplateVersion
from mendloop.problems import Problem, Refusal


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Why a warning was accepted: its code, at one place or, without one, wherever it stands."""

    code: str
    reason: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published, and what is said about it."""

    expected_revision: int
    note: str = ""
    acknowledged: tuple[Acknowledged, ...] = ()


def publish_draft(session: Session, actor: Actor, template_id: str, publication: Publication) -> TemplateVersion:
    """Make the next version of the draft as it was at the expected revision, in a write transaction of its own.

    Raises `DraftChanged` when somebody saved meanwhile, `Refusal` with all problems, errors and unaccepted warnings.
    The check, which takes long, is made before the transaction begins.
    """
    access_for(session, actor, template_id, "publish")
    seen = _expected(session, actor, template_id, publication)
    checked = _checked(json.loads(seen.document), publication)
    with write_transaction(session):
        template = access_for(session, actor, template_id, "publish")
        _lock(session, actor, template)
        seen = _expected(session, actor, template_id, publication)
        return _publish(session, actor, template, seen, checked, publication)


def publish_document(session: Session, actor: Actor, document: Mapping[str, Any], note: str = "") -> TemplateVersion:
    """Publish a document that comes from elsewhere, and make it the draft, unless designers went on with theirs."""
    library.compile_document(document)
    template = library.template_by_key(session, actor, document["key"])
    revision = _draft_it(session, actor, template, document) if template else FIRST
    version = library.publish_template(session, actor, document, Circumstances(note, draft_revision=revision))
    ensure_draft(session, actor, library.access_template(session, actor, version.template_id))
    return version


def _draft_it(session: Session, actor: Actor, template: Template, document: Mapping[str, Any]) -> int | None:
    """The draft's revision that the document is; None where the draft is somebody's unpublished work."""
    before = library.newest_version(session, template)
    draft = ensure_draft(session, actor, template)
    current = json.loads(current_revision(session, actor, template.id).document)
    if before is None or current != json.loads(before.document):
        return None
    return save_draft(session, actor, template, draft.revision, content_of(document), Origin("published")).revision


def _expected(session: Session, actor: Actor, template_id: str, publication: Publication) -> TemplateRevision:
    current = current_revision(session, actor, template_id)
    if current.revision != publication.expected_revision:
        raise conflict(session, actor, current, publication.expected_revision)
    return current


def _checked(document: Mapping[str, Any], publication: Publication) -> Plan:
    checked = check_for_publishing(document)
    problems = Problems(checked.problems)
    if problems.errors or checked.plan is None:
        raise Refusal(problems)
    unaccepted = [problem for problem in problems if not _is_accepted(problem, publication.acknowledged)]
    if unaccepted:
        params = {"count": len(unaccepted)}
        raise Refusal([Problem("publish.not_acknowledged", at="/acknowledged", params=params), *unaccepted])
    return checked.plan


def _is_accepted(problem: Problem, acknowledged: Iterable[Acknowledged]) -> bool:
    return any(one.code == problem.code and one.at in {None, problem.at} and one.reason.strip() for one in acknowledged)


def _lock(session: Session, actor: Actor, template: Template) -> None:
    """Nobody saves or publishes this template until we are through (SQLite has one writer anyway).

    The draft before the template, as a save locks them: otherwise the two would wait for each other.
    """
    own = (TemplateDraft.organisation_id == actor.organisation_id, TemplateDraft.template_id == template.id)
    session.execute(select(TemplateDraft).where(*own).with_for_update())
    session.refresh(template, with_for_update=True)


def _publish(
    session: Session,
    actor: Actor,
    template: Template,
    seen: TemplateRevision,
    plan: Plan,
    publication: Publication,
) -> TemplateVersion:
    document = json.loads(seen.document)
    _settle_key(session, actor, template, str(document["key"]))
    accepted = [{"code": one.code, "at": one.at, "reason": one.reason.strip()} for one in publication.acknowledged]
    about = Circumstances(publication.note.strip(), seen.layout, accepted, seen.revision)
    return library.publish_version(session, actor, template, document, plan, about)


def _settle_key(session: Session, actor: Actor, template: Template, key: str) -> None:
    """A template takes the key of its draft when it is first published, and keeps it through all versions."""
    if key == template.key:
        return
    if template.latest_version_id is not None:
        raise Refusal(Problem("template.key_fixed", at="/key", params={"key": template.key}))
    if library.template_by_key(session, actor, key) is not None:
        raise Refusal(Problem("template.key_taken", at="/key", params={"key": key}))
    template.key = key
    session.flush()
