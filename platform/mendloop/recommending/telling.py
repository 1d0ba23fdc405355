"""Proposals in words, for a page: how probable, why, where from, and the order that used it last.

This is for other features too: `tell_parts` needs no order, so that it can be asked before one is opened.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.inventory.services import Part, parts_by_number
from mendloop.recommending.reasons import LISTED, Reason
from mendloop.recommending.services import Proposal, Recommender
from mendloop.recommending.wording import why

TEMPLATE, FAULT_LIST, OWN_ORDERS = "template", "fault_list", "own_orders"
SOURCES = (TEMPLATE, FAULT_LIST, OWN_ORDERS)
"""Where a proposal comes from."""


@dataclass(frozen=True, slots=True)
class Told:
    """A proposed part. `percent` is never 0 nor 100; `part` is None where stock does not know the number. `quantity` is
    in the part's own unit.

    `counted` says which repairs speak for it, None where none does.
    """

    number: str
    part: Part | None
    percent: int
    quantity: float
    required: bool
    sources: tuple[str, ...]
    why: str
    counted: Reason | None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step that asks for parts, the most probable first."""

    node: str
    title: Mapping[str, str]
    parts: tuple[Told, ...]

    @property
    def count(self) -> int:
        """How many are proposed."""
        return len(self.parts)


def tell_parts(
    session: Session, actor: Actor, plan: Plan, product: str, faults: Collection[str], nodes: Collection[str] = ()
) -> list[ToldStep]:
    """What each step of the plan that asks for parts will probably need, in the plan's order; `nodes`: only these."""
    found = Recommender(session, actor).recommend(plan, product, sorted(set(faults)))
    proposals = {node: each for node, each in found.items() if not nodes or node in nodes}
    known = parts_by_number(session, actor, {each.part for some in proposals.values() for each in some})
    zone = zone_of(access_organisation(session, actor))
    return [
        ToldStep(
            node,
            plan.step(node).title,
            tuple(_told(each, known.get(each.part), why(each.reasons, zone)[actor.language]) for each in some),
        )
        for node, some in proposals.items()
    ]


def latest_numbers(steps: Iterable[ToldStep]) -> set[str]:
    """The numbers of the orders that are named as the latest."""
    return {each.counted.last_number for step in steps for each in step.parts if each.counted is not None}


def _told(proposal: Proposal, part: Part | None, words: str) -> Told:
    return Told(
        number=proposal.part,
        part=part,
        percent=min(99, max(1, round(proposal.probability * 100))),
        quantity=proposal.quantity(part.packs if part is not None else {}),
        required=proposal.required,
        sources=tuple(_sources(proposal)),
        why=words,
        counted=next((reason for reason in proposal.reasons if reason.used), None),
    )


def _sources(proposal: Proposal) -> Iterator[str]:
    if proposal.planned:
        yield TEMPLATE
    if any(reason.kind == LISTED for reason in proposal.reasons):
        yield FAULT_LIST
    if any(reason.used for reason in proposal.reasons):
        yield OWN_ORDERS
