"""Publishing: from a document to a version that never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mendloop_engine.canonical import canonical_hash, canonical_text
from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problems
from mendloop_engine.template import compile_plan, parse_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.library.models import Template, TemplateVersion
from mendloop.library.rows import own_rows
from mendloop.problems import Refusal


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is kept beside a version's content: a note, where the nodes stood (JSON), warnings that were accepted with
    their reasons, and the draft's revision that it was made of."""

    note: str = ""
    layout: str = "{}"
    acknowledged: Sequence[Mapping[str, Any]] = ()
    draft_revision: int | None = None


NONE = Circumstances()


def publish_template(
    session: Session, actor: Actor, document: Mapping[str, Any], circumstances: Circumstances = NONE
) -> TemplateVersion:
    """Make the next version of the template whose key the document names, which is made when it is not there.

    Refused with all problems at once. What is equal to the newest version makes no other one: that version is answered.
    """
    plan = compile_document(document)
    query = own_rows(actor, Template, Template.key == document["key"])
    template = session.execute(query.with_for_update()).scalar_one_or_none()
    template = template or add_template(session, actor, document["key"])
    return publish_version(session, actor, template, document, plan, circumstances)


def publish_version(
    session: Session,
    actor: Actor,
    template: Template,
    document: Mapping[str, Any],
    plan: Plan,
    circumstances: Circumstances = NONE,
) -> TemplateVersion:
    """The same for a template that is known, locked by the caller, and a document that was compiled."""
    content_hash = canonical_hash(document)
    newest = newest_version(session, template)
    if newest is not None and newest.content_hash == content_hash:
        return newest
    version = _next_version(actor, template, document, plan, newest.number + 1 if newest else 1)
    version.content_hash = content_hash
    version.note, version.layout = circumstances.note, circumstances.layout
    version.acknowledged = [dict(one) for one in circumstances.acknowledged]
    version.draft_revision = circumstances.draft_revision
    session.add(version)
    session.flush()
    template.latest_version_id = version.id
    session.flush()
    return version


def compile_document(document: Mapping[str, Any]) -> Plan:
    """The plan of a template document; refused with every problem that it has."""
    parsed = parse_template(document)
    if isinstance(parsed, Problems):
        raise Refusal(parsed)
    return compile_plan(parsed)


def add_template(session: Session, actor: Actor, key: str) -> Template:
    """A template of which nothing is published yet. Its key is free: the caller has looked."""
    template = Template(organisation_id=actor.organisation_id, key=key)
    session.add(template)
    session.flush()
    return template


def newest_version(session: Session, template: Template) -> TemplateVersion | None:
    """The version with the highest number, if there is any."""
    newest = select(func.max(TemplateVersion.number)).where(
        TemplateVersion.organisation_id == template.organisation_id, TemplateVersion.template_id == template.id
    )
    query = select(TemplateVersion).where(
        TemplateVersion.organisation_id == template.organisation_id,
        TemplateVersion.template_id == template.id,
        TemplateVersion.number == newest.scalar_subquery(),
    )
    return session.execute(query).scalar_one_or_none()


def _next_version(
    actor: Actor, template: Template, document: Mapping[str, Any], plan: Plan, number: int
) -> TemplateVersion:
    steps = [node for node in document["nodes"].values() if node["kind"] == "step"]
    return TemplateVersion(
        organisation_id=actor.organisation_id,
        template_id=template.id,
        number=number,
        title=dict(document["title"]),
        applies_to=list(document.get("applies_to", [])),
        roles=dict(document.get("roles", {})),
        document=canonical_text(document),
        plan=canonical_text(plan.to_json()),
        plan_hash=plan.hash,
        steps=len(steps),
        standard_minutes=sum(float(step.get("standard_minutes", 0)) for step in steps),
        published_at=utc_now(),
        published_by=actor.person_id,
    )


__all__ = [
    "Circumstances",
    "add_template",
    "compile_document",
    "newest_version",
    "publish_template",
    "publish_version",
]
