"""Solved cases over the API: for an order, for a phone, by words; and what people say of them."""

import hashlib

from flask import after_this_request, request
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ENGINEER, OWNER, SUPERVISOR
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import run_write
from mendloop.edge.compression import compress
from mendloop.edge.context import current_config
from mendloop.knowledge.push import services
from mendloop.knowledge.push.shapes import (
    AtQuery,
    FoundsOut,
    KnownOut,
    OnPhoneOut,
    SearchQuery,
    VoteIn,
    found_out,
    known_out,
    vote_out,
)
from mendloop.knowledge.search.entries import EntryKind

api = Api("knowledge_push")


@api.get(
    "/orders/<order_id>/cases",
    roles=ANY_ROLE,
    summary="Solved cases, articles and bulletins that may help in an order, each with why.",
    query=AtQuery,
    response=FoundsOut,
)
def get_cases_of_order(order_id: str, query: AtQuery) -> FoundsOut:
    session, actor, folder = current_session(), current_actor(), current_config().data_folder
    found = services.cases_for_order(session, actor, folder, order_id, query.at, query.limit)
    return FoundsOut(cases=[found_out(each) for each in found])


@api.post(
    "/orders/<order_id>/cases/<case_id>/vote",
    roles=(ENGINEER, SUPERVISOR, OWNER),
    summary="Say whether a case helped in an order, or take it back. Saying it again is harmless.",
    request=VoteIn,
)
def post_vote(order_id: str, case_id: str, body: VoteIn) -> None:
    session, actor = current_session(), current_actor()
    word = services.Word(body.helped, body.at, body.place)
    run_write(session, lambda: services.vote_on_case(session, actor, order_id, case_id, word))


@api.get(
    "/my/cases",
    roles=ANY_ROLE,
    summary="Cases, articles and bulletins of the products in `/my/orders`: a table to be kept on the phone.",
    response=OnPhoneOut,
)
def get_my_cases() -> Response:
    found = services.what_my_phone_needs(current_session(), current_actor())
    names = found.names
    out = OnPhoneOut(
        cases=[known_out(each) for each in found.cases],
        votes=[vote_out(each) for each in found.votes],
        faults={code: dict(title) for code, title in names.faults.items()},
        products={key: dict(title) for key, title in names.products.items()},
        checks={key: dict(label) for key, label in names.checks.items()},
    )
    return _unless_known(out.model_dump_json())


@api.get(
    "/knowledge/search",
    roles=ANY_ROLE,
    summary="Cases, articles and bulletins by words, part numbers or fault codes, as somebody types.",
    query=SearchQuery,
    response=list[KnownOut],
)
def search_knowledge(query: SearchQuery) -> list[KnownOut]:
    kinds: tuple[EntryKind, ...] = (query.kind,) if query.kind else ()
    session, actor, folder = current_session(), current_actor(), current_config().data_folder
    found = services.search_everything(session, actor, folder, query.q, kinds, query.limit)
    return [known_out(each.known) for each in found]


def _unless_known(text: str) -> Response:
    """The table; 304 for who has the same one already."""
    etag = hashlib.sha256(text.encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(etag):
        return Response(status=304, headers={"ETag": f'"{etag}"'})
    response = Response(text, content_type="application/json")
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    after_this_request(compress)
    return response
