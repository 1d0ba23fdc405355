"""Solved cases over the API: for an order, for a phone, by words; and what people say of them."""

from flask import after_this_request, request
from werkzeug.wrappers import Response

from mendloop.accounts.actor import ENGINEER, OWNER, SUPERVISOR
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.database import run_write
from mendloop.edge.compression import compress
from mendloop.edge.context import current_config
from mendloop.knowledge.push import services
from mendloop.knowledge.push.on_phone import list_of, table_for
from mendloop.knowledge.push.shapes import (
    AtQuery,
    FoundsOut,
    KnownOut,
    OnPhoneOut,
    SearchQuery,
    VoteIn,
    found_out,
    known_out,
    on_phone_out,
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
    session, actor = current_session(), current_actor()
    mine = list_of(session, actor)
    if request.if_none_match.contains_weak(mine.mark):
        return Response(status=304, headers={"ETag": f'"{mine.mark}"'})
    response = Response(
        on_phone_out(table_for(session, actor, mine)).model_dump_json(), content_type="application/json"
    )
    response.set_etag(mine.mark)
    response.headers["Cache-Control"] = "private, no-cache"
    after_this_request(compress)
    return response


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
