"""Templates: one draft each, and published versions that never change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.canonical import canonical_hash, canonical_text
from mendloop_engine.globs import glob_matches
from mendloop_engine.plan import Plan
from mendloop_engine.problems import Problems
from mendloop_engine.template import compile_plan, parse_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.library.models import Template, TemplateVersion
from mendloop.library.rows import access_row, own_rows
from mendloop.problems import Refusal


@dataclass(frozen=True, slots=True)
class Published:
    """A template with its newest version."""

    template: Template
    version: TemplateVersion


def publish_template(session: Session, actor: Actor, document: Mapping[str, Any]) -> TemplateVersion:
    """Make the next version of the template whose key the document names, and the document its draft.

    Refused with all problems at once. What is equal to the newest version makes no other one: that version is answered.
    """
    plan = compile_document(document)
    template = _template_for(session, actor, document)
    content_hash = canonical_hash(document)
    newest = _newest(session, template)
    if newest is not None and newest.content_hash == content_hash:
        return newest
    version = _next_version(actor, template, document, plan, newest.number + 1 if newest else 1)
    version.content_hash = content_hash
    session.add(version)
    session.flush()
    template.latest_version_id = version.id
    return version


def compile_document(document: Mapping[str, Any]) -> Plan:
    """The plan of a template document; refused with every problem that it has."""
    parsed = parse_template(document)
    if isinstance(parsed, Problems):
        raise Refusal(parsed)
    return compile_plan(parsed)


def list_templates(session: Session, actor: Actor) -> list[Published]:
    """All templates that have a version, in the order of their keys."""
    rows = session.execute(
        select(Template, TemplateVersion)
        .join(
            TemplateVersion,
            (TemplateVersion.organisation_id == Template.organisation_id)
            & (TemplateVersion.id == Template.latest_version_id),
        )
        .where(Template.organisation_id == actor.organisation_id)
        .order_by(Template.key)
    )
    return [Published(template, version) for template, version in rows]


def access_template(session: Session, actor: Actor, template_id: str) -> Template:
    """A template of the actor's organisation, or `Missing`."""
    return access_row(session, actor, Template, template_id)


def access_version(session: Session, actor: Actor, version_id: str) -> TemplateVersion:
    """A published version of the actor's organisation, or `Missing`."""
    return access_row(session, actor, TemplateVersion, version_id)


def list_versions(session: Session, actor: Actor, template: Template) -> list[TemplateVersion]:
    """All versions of a template, newest first."""
    query = own_rows(actor, TemplateVersion, TemplateVersion.template_id == template.id)
    return list(session.execute(query.order_by(TemplateVersion.number.desc())).scalars())


def roles_of_templates(session: Session, actor: Actor) -> dict[str, Mapping[str, str]]:
    """The skills that published templates ask for, with their titles as far as the templates give them."""
    roles: dict[str, Mapping[str, str]] = {}
    for found in list_templates(session, actor):
        roles |= {role: described.get("title") or {} for role, described in found.version.roles.items()}
    return dict(sorted(roles.items()))


def propose_templates(session: Session, actor: Actor, product_key: str, faults: Iterable[str] = ()) -> list[Published]:
    """The templates that say they apply to this product and these faults, the most special one first."""
    faults = list(faults)
    scored = [(_fit(found.version, product_key, faults), found) for found in list_templates(session, actor)]
    fitting = [(fit, found) for fit, found in scored if fit is not None]
    return [found for _, found in sorted(fitting, key=lambda pair: pair[0], reverse=True)]


def faults_named_for(session: Session, actor: Actor, product_key: str) -> frozenset[str]:
    """The patterns of fault codes that templates name for this product: what usually is wrong with it."""
    rules = (rule for found in list_templates(session, actor) for rule in found.version.applies_to)
    fitting = (rule for rule in rules if glob_matches(str(rule.get("product", "*")), product_key))
    return frozenset(str(code) for rule in fitting for code in rule.get("faults") or [])


def _fit(version: TemplateVersion, product_key: str, faults: list[str]) -> tuple[int, int] | None:
    """How special the best rule that matches is: a rule that names the fault beats one for any fault."""
    fits = [fit for rule in version.applies_to if (fit := _fit_of_rule(rule, product_key, faults)) is not None]
    return max(fits, default=None)


def _fit_of_rule(rule: Mapping[str, Any], product_key: str, faults: list[str]) -> tuple[int, int] | None:
    pattern = str(rule.get("product", "*"))
    if not glob_matches(pattern, product_key):
        return None
    named = rule.get("faults") or []
    if named and not any(glob_matches(str(code), fault) for fault in faults for code in named):
        return None
    return (1 if named else 0, len(pattern.rstrip("*")))


def _template_for(session: Session, actor: Actor, document: Mapping[str, Any]) -> Template:
    query = own_rows(actor, Template, Template.key == document["key"])
    template = session.execute(query.with_for_update()).scalar_one_or_none()
    if template is None:
        template = Template(organisation_id=actor.organisation_id, key=document["key"], revision=0)
        session.add(template)
    if template.revision == 0 or template.draft != document:
        template.draft, template.revision, template.changed_at = dict(document), template.revision + 1, utc_now()
    session.flush()
    return template


def _newest(session: Session, template: Template) -> TemplateVersion | None:
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
    "Published",
    "access_template",
    "access_version",
    "compile_document",
    "faults_named_for",
    "list_templates",
    "list_versions",
    "propose_templates",
    "publish_template",
    "roles_of_templates",
]
