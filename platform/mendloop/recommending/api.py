"""Recommended parts over the API: of one order, and as a table that a phone keeps for when it has no network."""

import hashlib

from flask import after_this_request, request
from pydantic import BaseModel
from werkzeug.wrappers import Response

from mendloop.accounts.services import access_organisation, zone_of
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.edge.compression import compress
from mendloop.recommending.for_orders import NamedPart, Recommended, recommend_for_mine, recommend_for_order
from mendloop.recommending.services import Proposal
from mendloop.recommending.wording import why

api = Api("recommending")


class RecommendedOut(BaseModel):
    """A part, and how probable it is that the step needs it; `why` in words. `field` is where it is entered, `quantity`
    how much is planned, in the part's own unit."""

    part: str
    field: str
    probability: float
    planned: bool
    required: bool
    quantity: float
    why: dict[str, str]


class NamedPartOut(BaseModel):
    """A part; `fits`: the products it is made for, `*` for anything; none: any."""

    name: dict[str, str]
    unit: str
    fits: list[str]
    serial_tracked: bool


class RecommendedPartsOut(BaseModel):
    """By order and step, the most probable parts first, and what is known of each part by its number."""

    orders: dict[str, dict[str, list[RecommendedOut]]]
    parts: dict[str, NamedPartOut]


@api.get(
    "/orders/<order_id>/recommended-parts",
    roles=ANY_ROLE,
    summary="Parts that each step of an order will probably need, how probably, and why.",
    response=RecommendedPartsOut,
)
def get_recommended_parts(order_id: str) -> Response:
    return _answer(recommend_for_order(current_session(), current_actor(), order_id))


@api.get(
    "/my/recommended-parts",
    roles=ANY_ROLE,
    summary="The same for the orders of `/my/orders`, fifty at most: a table to be kept on the phone.",
    response=RecommendedPartsOut,
)
def get_my_recommended_parts() -> Response:
    return _answer(recommend_for_mine(current_session(), current_actor()))


def _answer(found: Recommended) -> Response:
    """The table; 304 for who has the same one already."""
    zone = zone_of(access_organisation(current_session(), current_actor()))
    orders = {
        order: {
            node: [_shown(each, found.parts.get(each.part), why(each.reasons, zone)) for each in proposals]
            for node, proposals in steps.items()
        }
        for order, steps in found.orders.items()
    }
    parts = {number: _named(part) for number, part in found.parts.items()}
    text = RecommendedPartsOut(orders=orders, parts=parts).model_dump_json()
    etag = hashlib.sha256(text.encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(etag):
        return Response(status=304, headers={"ETag": f'"{etag}"'})
    response = Response(text, content_type="application/json")
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    after_this_request(compress)
    return response


def _named(part: NamedPart) -> NamedPartOut:
    return NamedPartOut(name=part.name, unit=part.unit, fits=part.fits, serial_tracked=part.serial_tracked)


def _shown(proposal: Proposal, part: NamedPart | None, words: dict[str, str]) -> RecommendedOut:
    return RecommendedOut(
        part=proposal.part,
        field=proposal.field,
        probability=round(proposal.probability, 3),
        planned=proposal.planned,
        required=proposal.required,
        quantity=proposal.quantity(part.packs if part is not None else {}),
        why=words,
    )
