"""Quotes over the API: made, read, withdrawn. The customer answers by the link, not here."""

from flask import url_for

from mendloop.api import current_actor, current_session
from mendloop.costing import quotes, shapes
from mendloop.costing.quotes import Quote
from mendloop.costing.register_api import READERS, api, write
from mendloop.edge.context import current_config
from mendloop.problems import Missing
from mendloop.work_orders.access import access_work_order

__all__ = ["api"]


@api.get("/orders/<order_id>/quotes", roles=READERS, summary="An order's quotes.", response=shapes.QuotesOut)
def get_quotes(order_id: str) -> shapes.QuotesOut:
    session, actor = current_session(), current_actor()
    access_work_order(session, actor, order_id)
    return shapes.QuotesOut(quotes=[_quote(quote) for quote in quotes.quotes_of(session, actor, order_id)])


@api.post(
    "/orders/<order_id>/quotes",
    roles=READERS,
    summary="Make a quote of what is planned now; the same key again is the same quote.",
    request=shapes.QuoteIn,
    response=shapes.QuoteOut,
    status=201,
)
def post_quote(order_id: str, body: shapes.QuoteIn) -> shapes.QuoteOut:
    made = write(quotes.make_quote, order_id, str(body.days), body.remark, body.key)
    return get_quote(order_id, made.id)


@api.get(
    "/orders/<order_id>/quotes/<quote_id>",
    roles=READERS,
    summary="A quote, its link, and what became of it.",
    response=shapes.QuoteOut,
)
def get_quote(order_id: str, quote_id: str) -> shapes.QuoteOut:
    quote = quotes.access_quote(current_session(), current_actor(), quote_id)
    if quote.row.order_id != order_id:
        raise Missing
    return _quote(quote)


@api.post(
    "/orders/<order_id>/quotes/<quote_id>/withdraw",
    roles=READERS,
    summary="We do not offer this any more; asking again is harmless.",
    response=shapes.QuoteOut,
)
def post_withdrawal(order_id: str, quote_id: str) -> shapes.QuoteOut:
    if get_quote(order_id, quote_id).state != quotes.WITHDRAWN:
        write(quotes.withdraw_quote, order_id, quote_id)
    return get_quote(order_id, quote_id)


def _quote(quote: Quote) -> shapes.QuoteOut:
    row, document, decision = quote.row, quote.document, quote.decision
    token = quotes.link_of(current_config().secret_key, row)
    return shapes.QuoteOut(
        id=row.id,
        order=row.order_id,
        number=row.number,
        state=quote.state,
        made_at=row.made_at,
        made_by=row.made_by,
        expires_at=row.expires_at,
        total=row.total,
        digest=row.digest,
        link=url_for("quotes.show_quote", token=token, _external=True),
        decision=None
        if decision is None
        else shapes.DecisionOut(
            decision=decision.decision,
            at=decision.decided_at,
            by=decision.decided_by,
            name=decision.name,
            remark=decision.remark,
        ),
        **{name: document[name] for name in ("currency", "exponent", "lines", "totals", "remark")},
    )
