"""Knowledge of the demonstration: cases of the built-in trades, one that waits for a review, bulletins, synonyms."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import product as every_pair
from typing import TYPE_CHECKING, Any

from mendloop_engine.plan import Plan, PlanField

from mendloop.clock import utc_now
from mendloop.inventory.services import parts_by_number
from mendloop.knowledge.adding import add_case
from mendloop.knowledge.article_content import ArticleContent
from mendloop.knowledge.articles import ArticleFilters, find_articles, publish_article, write_new_article
from mendloop.knowledge.cases import publish_case, submit_case
from mendloop.knowledge.content import CaseContent, Done, PartUsed, Sign
from mendloop.knowledge.push.services import Word, vote_on_case
from mendloop.knowledge.settings import change_synonyms
from mendloop.library.services import Published, list_templates, load_plan
from mendloop.work_orders.listing import Filters, find_orders

if TYPE_CHECKING:
    from mendloop.demo import Demo

VOTERS = ("ada", "bo", "ivy")


def load_demo(demo: Demo) -> None:
    """Everything, unless there are articles already."""
    if find_articles(demo.session, demo.supervisor, ArticleFilters(published=False)):
        return
    said = json.loads((demo.templates / "demo_knowledge.json").read_text(encoding="utf-8"))
    change_synonyms(demo.session, demo.supervisor, "\n".join(said["synonyms"]))
    templates = {found.template.key: found for found in list_templates(demo.session, demo.supervisor)}
    for line in said["cases"]:
        _load_case(demo, line, templates[line["template"]])
    for line in said["articles"]:
        _load_article(demo, line)


def _load_case(demo: Demo, line: Mapping[str, Any], published: Published) -> None:
    session, author = demo.session, demo.people[line["author"]]
    case = add_case(session, author, author.person_id, _content(demo, line, published))
    if line.get("status") == "review":
        submit_case(session, author, case.id, case.revision)
        return
    publish_case(session, demo.supervisor, case.id, case.revision)
    _load_votes(demo, line, case.id)
    case.published_at = case.changed_at = _ago(line)


def _load_votes(demo: Demo, line: Mapping[str, Any], case_id: str) -> None:
    """Engineers said it in orders of the same product's family."""
    family = line["product"].partition("/")[0]
    orders = find_orders(demo.session, demo.supervisor, Filters(product=family))
    said = [True] * line["helped"] + [False] * line["not_helped"]
    for helped, (order, person) in zip(said, every_pair(orders, VOTERS), strict=False):
        vote_on_case(demo.session, demo.people[person], order.id, case_id, Word(helped, utc_now()))


def _content(demo: Demo, line: Mapping[str, Any], published: Published) -> CaseContent:
    plan = load_plan(demo.session, demo.supervisor, published.version.plan_hash)
    steps = [plan.step(node) for node in line["steps"]]
    return CaseContent(
        title=line["title"],
        symptom=line["symptom"],
        cause=line["cause"],
        remedy=line["remedy"],
        product=line["product"],
        positions=tuple(step.position for step in steps if step.position),
        faults=tuple(line["faults"]),
        cause_codes=tuple(line["cause_codes"]),
        remedy_codes=tuple(line["remedy_codes"]),
        path=tuple(_sign(plan, each) for each in line["path"]),
        steps=tuple(Done(step.id, step.title) for step in steps),
        parts=tuple(_parts(demo, line["parts"])),
        minutes=line["minutes"],
        template=line["template"],
        template_title=published.version.title,
        template_version=published.version.number,
        closed_at=_ago(line).isoformat(),
    )


def _sign(plan: Plan, said: Mapping[str, str]) -> Sign:
    """A reading or a check of the template's own, with its limits."""
    check, mark = said["check"].rstrip("+-"), said["check"][-1:] if said["check"][-1:] in "+-" else ""
    node, name, *item = check.split(".")
    step = plan.step(node)
    field = next(each for each in step.fields if each.id == name)
    label, settings = _within(field, item[0]) if item else (field.label, field.settings)
    ends: Any = settings.get("tolerance") or ("", "")
    low, high = (str(end) for end in ends)
    unit = str(settings.get("unit") or "")
    return Sign(check, step.title, label, mark, said["value"], unit, low, high, said["note"])


def _within(field: PlanField, item: str) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    """An item of a checklist or a column of a table."""
    rows: Any = field.settings.get("items") or field.settings.get("columns") or ()
    row = next(each for each in rows if each["id"] == item)
    return row["label"], row.get("settings") or {}


def _parts(demo: Demo, lines: Iterable[tuple[str, float]]) -> Iterator[PartUsed]:
    for number, quantity in lines:
        part = parts_by_number(demo.session, demo.supervisor, [number])[number]
        yield PartUsed(number, part.name, round(quantity * 1000), part.unit)


def _load_article(demo: Demo, line: Mapping[str, Any]) -> None:
    session, actor = demo.session, demo.people[line["author"]]
    content = ArticleContent(line["title"], line["body"], tuple(line["products"]), tuple(line["faults"]))
    article = write_new_article(session, actor, line["kind"], content)
    publish_article(session, actor, article.id, article.revision)
    article.published_at = article.changed_at = _ago(line)


def _ago(line: Mapping[str, Any]) -> dt.datetime:
    return utc_now() - dt.timedelta(days=line["days_ago"])
