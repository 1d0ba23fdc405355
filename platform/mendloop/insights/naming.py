"""What is called how: people, teams, templates, versions, products and faults, where facts have only their keys."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.insights.filters import Filters
from mendloop.insights.models import InsightOrder
from mendloop.library.services import (
    all_templates,
    list_fault_codes,
    list_products,
    list_versions,
    roles_of_templates,
)
from mendloop.words import catalogue, local

MOST_CUSTOMERS = 200
Choices = dict[str, list[tuple[str, str]]]


def names(session: Session, actor: Actor, split: str, language: str) -> dict[str, str]:
    """Names by key, of everything that figures can be split by in this way."""
    if split == "person":
        return names_of_people(session, actor)
    if split == "team":
        titles = roles_of_templates(session, actor)
        return {role: _role(role, title, language) for role, title in titles.items()}
    if split == "product":
        return {product.key: local(product.title, language) for product in list_products(session, actor)}
    if split == "fault":
        return {code.code: f"{code.code} {local(code.title, language)}" for code in list_fault_codes(session, actor)}
    if split in ("template", "version"):
        return _templates(session, actor, split, language)
    return {}


def choices(session: Session, actor: Actor, filters: Filters, language: str) -> Choices:
    """What filters can be set to: only what there are orders of, by name."""
    found = _keys(session, actor, filters)
    made: Choices = {}
    for split, keys in found.items():
        named = names(session, actor, split, language)
        made[split] = sorted(((key, named.get(key, key)) for key in keys if key), key=lambda pair: (pair[1], pair[0]))
    made["customer"] = made["customer"][:MOST_CUSTOMERS]
    return made


def _keys(session: Session, actor: Actor, filters: Filters) -> dict[str, set[str]]:
    mine = InsightOrder.organisation_id == actor.organisation_id
    columns = (InsightOrder.person, InsightOrder.team, InsightOrder.template, InsightOrder.version)
    rows = session.execute(select(*columns, InsightOrder.product).where(mine).distinct()).all()
    chosen = [row for row in rows if filters.template in ("", row.template)]
    found = {name: {getattr(row, name) for row in rows} for name in ("person", "team", "template", "product")}
    found["version"] = {row.version for row in chosen}
    faults = session.execute(select(InsightOrder.faults).where(mine).distinct()).scalars()
    found["fault"] = {code for text in faults for code in text.split("|")}
    customers = select(InsightOrder.customer).where(mine).distinct().limit(MOST_CUSTOMERS)
    found["customer"] = set(session.execute(customers).scalars())
    for name, value in filters.chosen:
        found[name].add(value)
    return found


def _templates(session: Session, actor: Actor, split: str, language: str) -> dict[str, str]:
    named: dict[str, str] = {}
    for template in all_templates(session, actor):
        versions = list_versions(session, actor, template)
        if split == "template":
            named[template.key] = local(versions[0].title, language) if versions else template.key
        else:
            named |= {each.id: f"{local(each.title, language)} v{each.number}" for each in versions}
    return named


def _role(role: str, title: Mapping[str, str], language: str) -> str:
    return catalogue(language).get(f"work_role.{role}") or local(title, language) or role
