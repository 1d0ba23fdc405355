"""Own orders as XES, for any program that mines processes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from flask import stream_with_context
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor
from mendloop.accounts.services import names_of_people
from mendloop.costing import services as costing
from mendloop.database import session_for
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_database, current_language, current_session
from mendloop.insights.flow.asking import asked
from mendloop.insights.flow.blueprint import READERS, blueprint
from mendloop.insights.flow.log import Trace
from mendloop.insights.flow.own_log import distinct, spoken
from mendloop.insights.flow.own_orders import Period, own_traces, titles_of
from mendloop.insights.flow.xes import MEDIA_TYPE
from mendloop.insights.flow.xes_writing import stream_xes
from mendloop.library import services as library
from mendloop.library.services import TemplateVersion
from mendloop.problems import Missing
from mendloop.tables import exact
from mendloop.words import local
from mendloop.work_orders import services as orders

AT_ONCE = 200
SEES_COSTS = frozenset({OWNER, SUPERVISOR})


@blueprint.get("/orders.xes")
@allow(*READERS)
def export_orders() -> Response:
    """The orders of `?template=`, of one `?version=` or of all of them, opened in the period; read as they are sent."""
    wanted, actor = asked(), current_actor()
    template = library.template_by_key(current_session(), actor, wanted.template)
    if template is None:
        raise Missing
    versions = library.list_versions(current_session(), actor, template)
    chosen = [each for each in versions if each.id == wanted.filters.version] or versions
    body = _pieces(actor, current_language(), wanted.template, chosen, wanted.period)
    headers = {"Content-Disposition": f'attachment; filename="{wanted.template}.xes"'}
    return Response(stream_with_context(body), content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def _pieces(actor: Actor, language: str, name: str, versions: list[TemplateVersion], period: Period) -> Iterator[bytes]:
    """By a session of their own: the request's is gone by then."""
    titles = distinct(titles_of((each.document for each in reversed(versions)), language))
    roles = _roles(versions, language)
    numbers = {each.id: each.number for each in versions}
    with session_for(current_database(), actor) as session:
        people, costs = names_of_people(session, actor), _costs(session, actor)
        found = orders.orders_of_versions(session, actor, numbers, period.since, period.until)
        cases = (
            _with(spoken(own.trace, titles, people, roles), numbers[order.template_version_id], costs.get(order.id))
            for start in range(0, len(found), AT_ONCE)
            for order, own in zip(
                found[start : start + AT_ONCE], own_traces(session, actor, found[start : start + AT_ONCE]), strict=True
            )
        )
        yield from stream_xes(name, cases, {"lifecycle:model": "standard"})


def _with(trace: Trace, version: int, cost: Mapping[str, str | Decimal] | None) -> Trace:
    return replace(trace, attributes={**trace.attributes, "version": version, **(cost or {})})


def _roles(versions: list[TemplateVersion], language: str) -> dict[str, str]:
    """Who does each step."""
    found: dict[str, str] = {}
    for each in reversed(versions):
        nodes = json.loads(each.document)["nodes"]
        names = {role: local(said.get("title"), language) or role for role, said in each.roles.items()}
        found |= {name: names.get(node["role"], node["role"]) for name, node in nodes.items() if "role" in node}
    return found


def _costs(session: Session, actor: Actor) -> dict[str, Mapping[str, str | Decimal]]:
    """What closed orders cost, for those who may see it."""
    if not actor.has_any(SEES_COSTS):
        return {}
    settings = costing.book_of(session, actor).settings
    told = {each.order_id: exact(each.cost, settings.exponent) for each in costing.earned(session, actor)}
    return {
        order_id: {"cost:total": amount, "cost:currency": settings.currency}
        for order_id, amount in told.items()
        if amount is not None
    }
