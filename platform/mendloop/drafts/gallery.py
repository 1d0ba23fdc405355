"""What a designer may open: the organisation's templates, published or not."""

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, Actor
from mendloop.accounts.services import names_of_people
from mendloop.drafts.changed import changed_drafts
from mendloop.drafts.models import TemplateDraft
from mendloop.drafts.rights import BY_ROLE, includes, right_by_role, rights_to_all
from mendloop.library.services import Template, TemplateVersion, all_templates, list_templates


@dataclass(frozen=True, slots=True)
class Listed:
    """A template as the gallery shows it. `is_changed`: its draft means something else than what was published last."""

    id: str
    key: str
    title: Mapping[str, str]
    steps: int
    standard_minutes: float
    saved_at: dt.datetime
    saved_by_name: str
    latest_version: int | None
    is_changed: bool
    is_archived: bool
    right: str
    mark: str
    """Changes with what its picture shows."""


def list_designable(session: Session, actor: Actor) -> list[Listed]:
    """All templates that the actor may at least look at, what was saved last first."""
    rights = _rights(session, actor)
    names = names_of_people(session, actor)
    drafts = _drafts(session, actor)
    versions = {found.template.id: found.version for found in list_templates(session, actor, archived=True)}
    pairs = [(drafts[name], version) for name, version in versions.items() if name in drafts]
    changed = changed_drafts(session, actor, pairs)
    listed = [
        _describe(template, drafts.get(template.id), versions.get(template.id), names, right, changed)
        for template in all_templates(session, actor)
        if includes(right := rights.get(template.id, rights[""]), "view")
    ]
    return sorted((one for one in listed if one is not None), key=lambda one: one.saved_at, reverse=True)


def unpublished(session: Session, actor: Actor) -> list[Listed]:
    """Those of them of which there is no version yet."""
    return [one for one in list_designable(session, actor) if one.latest_version is None and not one.is_archived]


def _rights(session: Session, actor: Actor) -> dict[str, str]:
    """The actor's right by template; under "" that to all others."""
    usual = BY_ROLE[OWNER] if OWNER in actor.roles else right_by_role(actor.roles)
    return {**rights_to_all(session, actor), "": usual}


def _drafts(session: Session, actor: Actor) -> dict[str, TemplateDraft]:
    query = select(TemplateDraft).where(TemplateDraft.organisation_id == actor.organisation_id)
    return {draft.template_id: draft for draft in session.execute(query).scalars()}


def _describe(
    template: Template,
    draft: TemplateDraft | None,
    version: TemplateVersion | None,
    names: Mapping[str, str],
    right: str,
    changed: AbstractSet[str],
) -> Listed | None:
    facts = draft or version
    if facts is None:
        return None
    by, at = _last_change(facts)
    return Listed(
        id=template.id,
        key=template.key,
        title=facts.title,
        steps=facts.steps,
        standard_minutes=facts.standard_minutes,
        saved_at=at,
        saved_by_name=names.get(by, ""),
        latest_version=version.number if version else None,
        is_changed=version is None or template.id in changed,
        is_archived=template.archived_at is not None,
        right=right,
        mark=facts.content_hash[:12],
    )


def _last_change(facts: TemplateDraft | TemplateVersion) -> tuple[str, dt.datetime]:
    if isinstance(facts, TemplateDraft):
        return facts.saved_by, facts.saved_at
    return facts.published_by, facts.published_at
