"""Solved cases over the API."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from mendloop.knowledge.push.known import Known
from mendloop.knowledge.push.models import CaseVote
from mendloop.knowledge.push.on_phone import OnPhone
from mendloop.knowledge.push.services import Found

Words = dict[str, str]


class KnownOut(BaseModel):
    """A case, an article or a bulletin; `number` is the order's that a case comes from.

    `checks` led to the cause: `step.field` or `step.field.item`, a reading with `+` or `-` behind it.
    """

    id: str
    kind: Literal["case", "article", "bulletin"]
    number: str
    title: Words
    symptom: Words
    cause: Words
    remedy: Words
    more: Words
    products: list[str]
    positions: list[str]
    faults: list[str]
    cause_codes: list[str]
    checks: list[str]
    parts: list[str]
    template: str
    helped: int
    not_helped: int
    minutes: int | None
    closed_at: str | None


class ReasonOut(BaseModel):
    """Why it is shown, for programs."""

    kind: str
    detail: str


class FoundOut(KnownOut):
    """The same with why it is shown; `mine` is what one has said of it oneself in this order."""

    why: Words
    reasons: list[ReasonOut]
    mine: bool | None


class FoundsOut(BaseModel):
    """The nearest first."""

    cases: list[FoundOut]


class AtQuery(BaseModel):
    """`at`: the check that has just failed, `step.field` or `step.field.item`, a reading with `+` or `-`."""

    at: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=20)] = 5


class VoteIn(BaseModel):
    """Whether it helped; null takes back what was said. `at` is when it was said, `place` where it was shown."""

    helped: bool | None
    at: AwareDatetime
    place: Annotated[str, Field(max_length=200)] = ""


class VoteOut(BaseModel):
    """What one has said of a case in an order."""

    order: str
    case: str
    place: str
    helped: bool | None
    at: dt.datetime


class OnPhoneOut(BaseModel):
    """What a phone keeps, and what codes, products and checks are called."""

    cases: list[KnownOut]
    votes: list[VoteOut]
    faults: dict[str, Words]
    products: dict[str, Words]
    checks: dict[str, Words]


class SearchQuery(BaseModel):
    """What somebody has typed so far; `kind`: only cases, articles or bulletins."""

    q: Annotated[str, Field(max_length=400)] = ""
    kind: Literal["", "case", "article", "bulletin"] = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 20


def known_out(known: Known) -> KnownOut:
    """As it is told."""
    return KnownOut(**_members(known))


def vote_out(vote: CaseVote) -> VoteOut:
    """As it is told."""
    return VoteOut(order=vote.order_id, case=vote.case_id, place=vote.place, helped=vote.helped, at=vote.said_at)


def found_out(found: Found) -> FoundOut:
    """As it is told."""
    reasons = [ReasonOut(kind=kind, detail=detail) for kind, detail in found.reasons]
    return FoundOut(**_members(found.known), why=found.why, reasons=reasons, mine=found.mine)


def on_phone_out(found: OnPhone) -> OnPhoneOut:
    """As it is told."""
    names = found.names
    return OnPhoneOut(
        cases=[known_out(each) for each in found.cases],
        votes=[vote_out(each) for each in found.votes],
        faults={code: dict(title) for code, title in names.faults.items()},
        products={key: dict(title) for key, title in names.products.items()},
        checks={key: dict(label) for key, label in names.checks.items()},
    )


def _members(known: Known) -> dict[str, Any]:
    same = ("id", "kind", "number", "template", "minutes")
    words = ("title", "symptom", "cause", "remedy", "more")
    lists = ("products", "positions", "faults", "cause_codes", "parts")
    return {
        **{name: getattr(known, name) for name in same},
        **{name: dict(getattr(known, name)) for name in words},
        **{name: list(getattr(known, name)) for name in lists},
        "checks": list(known.signs),
        "helped": known.votes.helped,
        "not_helped": known.votes.not_helped,
        "closed_at": known.closed_at or None,
    }
