"""Reading drafts, versions and pictures, each only for who may see the template."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.canonical import canonical_hash
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import run_write
from mendloop.drafts.builtins import builtin_documents
from mendloop.drafts.content import content_of
from mendloop.drafts.models import TemplateRevision
from mendloop.drafts.picture import picture_of
from mendloop.drafts.rights import access_for, includes, right_of
from mendloop.drafts.store import current_revision, ensure_draft, find_draft
from mendloop.library.services import Template, TemplateVersion, access_version
from mendloop.library.services import list_versions as all_versions


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, and the hash of what it shows."""

    svg: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Builtin:
    """A built-in template as the gallery shows it."""

    key: str
    title: dict[str, str]
    description: dict[str, str]
    steps: int
    minutes: float
    picture: str


def open_draft(session: Session, actor: Actor, template_id: str) -> TemplateRevision:
    """The revision that counts. A template that was published without a draft gets one now."""
    template = access_for(session, actor, template_id, "view")
    if find_draft(session, actor, template_id) is None:
        run_write(session, lambda: ensure_draft(session, actor, template))
    return current_revision(session, actor, template_id)


def draft_revision(session: Session, actor: Actor, template_id: str) -> int | None:
    """The number of the revision that counts, None where there is no draft yet."""
    draft = find_draft(session, actor, template_id)
    return None if draft is None else draft.revision


def draft_title(session: Session, actor: Actor, template_id: str) -> dict[str, str]:
    """What the draft is called, as far as it is, and as far as the actor may know."""
    draft = find_draft(session, actor, template_id)
    return draft.title if draft and includes(right_of(session, actor, template_id), "view") else {}


def draft_picture(session: Session, actor: Actor, template_id: str) -> Drawn:
    """A drawing of the draft's flow."""
    revision = open_draft(session, actor, template_id)
    svg = picture_of(revision.content_hash, lambda: json.loads(revision.document))
    return Drawn(svg, revision.content_hash)


def latest_number(session: Session, actor: Actor, template: Template) -> int | None:
    """The number of the newest version, None before the first publishing."""
    if template.latest_version_id is None:
        return None
    return access_version(session, actor, template.latest_version_id).number


def versions_of(session: Session, actor: Actor, template_id: str) -> list[TemplateVersion]:
    """All versions, newest first."""
    return all_versions(session, actor, access_for(session, actor, template_id, "view"))


def list_builtins() -> list[Builtin]:
    """The templates that come with the product."""
    return [_builtin(document) for document in builtin_documents().values()]


def _builtin(document: Mapping[str, Any]) -> Builtin:
    content = content_of(document)
    return Builtin(
        key=document["key"],
        title=content.title,
        description=dict(document.get("description", {})),
        steps=len(content.steps),
        minutes=content.standard_minutes,
        picture=picture_of(canonical_hash(dict(document)), lambda: document),
    )
