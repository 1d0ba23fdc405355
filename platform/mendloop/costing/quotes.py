"""Quotes: made, frozen, and answered once. What was decided is a fact beside the quote, never a change of it."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from mendloop_engine.canonical import canonical_text
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.clock import utc_now
from mendloop.costing.inputs import inputs_now
from mendloop.costing.material import Material, gather
from mendloop.costing.models import CostQuote, CostQuoteDecision
from mendloop.costing.planned import parts_off_the_route, planned_numbers
from mendloop.costing.quoting import WantedPart, make_lines, make_totals
from mendloop.costing.reading import Reader
from mendloop.costing.worth import packs_of, worth_today
from mendloop.database import new_id
from mendloop.library.services import product_by_key
from mendloop.order_parts.services import needs_of
from mendloop.problems import Conflict, Missing, Problem, Refusal
from mendloop.work_orders.access import lock_work_order

APPROVED, REFUSED, WITHDRAWN, OPEN, EXPIRED = "approved", "refused", "withdrawn", "open", "expired"
SALT = "mendloop.quote"
LONGEST_LINK = 300
MOST_DAYS = 90


class TooLate(Refusal):
    """The quote is not open for an answer any more."""

    status = 409


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with the answer to it, if there is one."""

    row: CostQuote
    decision: CostQuoteDecision | None

    @property
    def document(self) -> dict[str, Any]:
        """As it was sent."""
        found: dict[str, Any] = json.loads(self.row.document)
        return found

    @property
    def state(self) -> str:
        """What became of it until now."""
        if self.decision is not None:
            return self.decision.decision
        return OPEN if utc_now() < self.row.expires_at else EXPIRED


@dataclass(frozen=True, slots=True)
class QuoteHolder:
    """Whoever has the link: they see this organisation's quote, and nothing else of it."""

    organisation_id: str
    quote_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a customer says to a quote."""

    decision: str
    name: str
    remark: str
    language: str


def make_quote(session: Session, actor: Actor, order_id: str, days: str, remark: str, key: str = "") -> CostQuote:
    """Freeze what is planned now; refused, with every reason, while something has no price.

    The same `key` again is the same quote, whatever became of it since.
    """
    lock_work_order(session, actor, order_id)
    quote_id = _id_of(order_id, key) if key else new_id()
    known = session.get(CostQuote, (actor.organisation_id, quote_id)) if key else None
    if known is not None:
        return _same(known, days, remark, key)
    material = gather(session, actor, order_id, inputs_now(session, actor, order_id))
    lines, problems = make_lines(material, _wanted(session, actor, material))
    reader = Reader()
    valid, note = _days(reader, days), reader.text("remark", remark, longest=1000)
    if problems or reader.problems:
        raise Refusal([*problems, *reader.problems])
    totals, settings = make_totals(material, lines), material.book.settings
    number = _next_number(session, actor, order_id)
    text = canonical_text(
        {
            "organisation": access_organisation(session, actor).name,
            "order": material.number,
            "number": number,
            "customer": material.customer,
            "product": _product(session, actor, str(material.order.get("product") or "")),
            "asset": str(material.order.get("asset") or ""),
            "currency": settings.currency,
            "exponent": settings.exponent,
            "lines": [line.to_json() for line in lines],
            "totals": totals,
            "remark": note,
        }
    )
    now = utc_now()
    quote = CostQuote(
        organisation_id=actor.organisation_id,
        id=quote_id,
        order_id=order_id,
        number=number,
        made_at=now,
        made_by=actor.person_id,
        expires_at=now + dt.timedelta(days=valid),
        total=totals["total"],
        document=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
    session.add(quote)
    session.flush()
    return quote


def _days(reader: Reader, text: str) -> int:
    """How many days it is open for an answer."""
    found = text.strip()
    if not (found.isascii() and found.isdigit() and len(found) < 9 and 1 <= int(found) <= MOST_DAYS):
        reader.wrong("quote.days_invalid", "days", most=MOST_DAYS)
        return 0
    return int(found)


def _id_of(order_id: str, key: str) -> str:
    """What the asker calls it by is all there is to know it by."""
    return str(uuid.uuid5(uuid.UUID(order_id), key))


def _same(known: CostQuote, days: str, remark: str, key: str) -> CostQuote:
    asked = (dt.timedelta(days=int(days)), remark.strip())
    if asked != (known.expires_at - known.made_at, json.loads(known.document)["remark"]):
        raise Conflict(Problem("cost.key_taken", at="/key", params={"key": key}))
    return known


def quotes_of(session: Session, actor: Actor, order_id: str) -> list[Quote]:
    """The order's quotes, newest first."""
    statement = select(CostQuote).where(
        CostQuote.organisation_id == actor.organisation_id, CostQuote.order_id == order_id
    )
    rows = session.execute(statement.order_by(CostQuote.number.desc())).scalars()
    return [_with_decision(session, row) for row in rows]


def access_quote(session: Session, actor: Actor | QuoteHolder, quote_id: str) -> Quote:
    """The quote, if it belongs to the organisation; else `Missing`."""
    row = session.get(CostQuote, (actor.organisation_id, quote_id))
    if row is None:
        raise Missing
    return _with_decision(session, row)


def answer_quote(session: Session, holder: QuoteHolder, answer: Answer) -> None:
    """The customer's decision: the first one, before the quote's time is over, is the only one."""
    quote = access_quote(session, holder, holder.quote_id)
    _check_open(quote)
    reader = Reader()
    reader.one_of("decision", answer.decision, (APPROVED, REFUSED))
    name = reader.text("name", answer.name, required=True, longest=100)
    remark = reader.text("remark", answer.remark, longest=1000)
    reader.finish()
    _decide(session, quote, answer.decision, name=name, remark=remark, language=answer.language)


def withdraw_quote(session: Session, actor: Actor, order_id: str, quote_id: str) -> None:
    """We do not offer this any more."""
    quote = access_quote(session, actor, quote_id)
    if quote.row.order_id != order_id:
        raise Missing
    _check_open(quote)
    _decide(session, quote, WITHDRAWN, decided_by=actor.person_id)


def zone_of_holder(session: Session, holder: QuoteHolder) -> dt.tzinfo:
    """The time zone in which the quote's times are told."""
    nobody = Actor("", holder.organisation_id, "", frozenset(), "")
    return zone_of(access_organisation(session, nobody))


def link_of(secret: str, quote: CostQuote) -> str:
    """What the customer's address ends with; nobody can make one without the secret."""
    made = _serializer(secret).dumps([quote.organisation_id, quote.id])
    return str(made)


def read_link(secret: str, token: str) -> QuoteHolder:
    """Whose link it is; `Missing` when we did not make it. Signatures are compared in constant time."""
    if len(token) > LONGEST_LINK:
        raise Missing
    try:
        organisation_id, quote_id = _serializer(secret).loads(token)
    except (BadSignature, ValueError) as error:
        raise Missing from error
    return QuoteHolder(str(organisation_id), str(quote_id))


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT, signer_kwargs={"digest_method": hashlib.sha256})


def _check_open(quote: Quote) -> None:
    if quote.state != OPEN:
        raise TooLate(Problem(f"quote.{quote.state}"))


def _decide(session: Session, quote: Quote, decision: str, **more: Any) -> None:
    row = quote.row
    key = {"organisation_id": row.organisation_id, "quote_id": row.id, "digest": row.digest}
    session.add(CostQuoteDecision(**key, decision=decision, decided_at=utc_now(), **more))
    session.flush()


def _with_decision(session: Session, row: CostQuote) -> Quote:
    return Quote(row, session.get(CostQuoteDecision, (row.organisation_id, row.id)))


def _next_number(session: Session, actor: Actor, order_id: str) -> int:
    statement = select(func.max(CostQuote.number)).where(
        CostQuote.organisation_id == actor.organisation_id, CostQuote.order_id == order_id
    )
    return (session.execute(statement).scalar() or 0) + 1


def _product(session: Session, actor: Actor, key: str) -> dict[str, str]:
    found = product_by_key(session, actor, key)
    return dict(found.title) if found is not None else {"en": key}


def _wanted(session: Session, actor: Actor, material: Material) -> Iterable[WantedPart]:
    """The order's planned parts. What only an unusual step would take is not offered, unless somebody planned it."""
    needs, packs = needs_of(session, actor, material.order_id), packs_of(session, actor, planned_numbers(material.plan))
    detours = parts_off_the_route(material.plan, material.order, packs)
    worth = worth_today(session, actor, (need.line.number for need in needs))
    for need in needs:
        number, wanted = need.line.number, need.line.milli
        if wanted == need.line.planned:
            wanted -= detours.get(number, 0)
        name, unit = (dict(need.part.name), need.part.unit) if need.part else ({"en": number}, "pcs")
        if wanted > 0:
            yield WantedPart(number, name, unit, wanted, worth.of(number, wanted))


__all__ = [
    "APPROVED",
    "EXPIRED",
    "OPEN",
    "REFUSED",
    "WITHDRAWN",
    "Answer",
    "Quote",
    "QuoteHolder",
    "TooLate",
    "access_quote",
    "answer_quote",
    "link_of",
    "make_quote",
    "quotes_of",
    "read_link",
    "withdraw_quote",
    "zone_of_holder",
]
