"""Templates and their published versions: finding, proposing, putting away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.globs import glob_matches
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.library.models import Template, TemplateVersion
from mendloop.library.rows import access_row, own_rows
from mendloop.problems import Conflict, Problem


@dataclass(frozen=True, slots=True)
class Published:
    """A template with its newest version."""

    template: Template
    version: TemplateVersion


def list_templates(session: Session, actor: Actor, archived: bool = False) -> list[Published]:
    """All templates that have a version, in the order of their keys; archived ones only when they are asked for too."""
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
    return [Published(template, version) for template, version in rows if archived or template.archived_at is None]


def all_templates(session: Session, actor: Actor) -> list[Template]:
    """Every template, published or not, archived or not, in the order of their keys."""
    return list(session.execute(own_rows(actor, Template).order_by(Template.key)).scalars())


def template_by_key(session: Session, actor: Actor, key: str) -> Template | None:
    """The template with this key."""
    return session.execute(own_rows(actor, Template, Template.key == key)).scalar_one_or_none()


def archive_template(session: Session, template: Template, archived: bool) -> None:
    """Offer it for new orders no more, or again. Orders that run are not touched."""
    template.archived_at = utc_now() if archived else None
    session.flush()


def remove_template(session: Session, template: Template) -> None:
    """Take away a template that was never published; `Conflict` when it was: orders may run its versions."""
    if template.latest_version_id is not None:
        raise Conflict(Problem("template.is_published"))
    session.delete(template)
    session.flush()


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
    for found in list_templates(session, actor, archived=True):
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


__all__ = [
    "Published",
    "access_template",
    "access_version",
    "all_templates",
    "archive_template",
    "faults_named_for",
    "list_templates",
    "list_versions",
    "propose_templates",
    "remove_template",
    "roles_of_templates",
    "template_by_key",
]
