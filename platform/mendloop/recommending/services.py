"""What other features may ask: count a repair that has ended, and propose parts for one that has not."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from mendloop_engine.plan import Plan
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import parents_of_fault_codes
from mendloop.recommending.fault_parts import listed_parts
from mendloop.recommending.fault_tree import codes_above, related_codes
from mendloop.recommending.planned import Lines, field_for_others, lines_for, listed_lines, planned_lines
from mendloop.recommending.proposing import Proposal, propose
from mendloop.recommending.question import Counts, Question, worth_a_look
from mendloop.recommending.repairs import (
    Repair,
    Tally,
    faults_counted,
    parts_used,
    product_levels,
    steps_with_parts,
)
from mendloop.recommending.rows import Area, add_counts, read_parts, read_repairs, read_uses

__all__ = ["Proposal", "Recommender", "Repair", "count_repair", "parts_used", "steps_with_parts"]


def count_repair(session: Session, actor: Actor, repair: Repair) -> None:
    """Learn from a repair, once, in the transaction in which its order ended."""
    tally = Tally()
    tally.add(repair)
    add_counts(session, actor.organisation_id, tally)


class Recommender:
    """Proposes parts for any number of orders; what they share is read once."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session, self._actor = session, actor
        self._organisation_id = actor.organisation_id
        self._parents = parents_of_fault_codes(session, actor)

    def recommend(self, plan: Plan, product: str, faults: Iterable[str]) -> dict[str, list[Proposal]]:
        """For each step that asks for parts: which it will probably need, the most probable first."""
        faults = tuple(faults)
        above = {fault: codes_above(fault, self._parents) for fault in faults}
        asking = _asking(plan, product)
        if not asking:
            return {}
        chains = [(*above[fault], fault) for fault in sorted(above)]
        listed = listed_parts(self._session, self._actor, {code for chain in chains for code in chain})
        questions = [
            Question(plan.key, node, product, above, lines, field, listed_lines(field, chains, listed))
            for node, (lines, field) in asking.items()
        ]
        related = related_codes(faults, self._parents)
        tally = self._read(questions, {*faults_counted(faults), *related})
        return {each.node: propose(each, Counts(tally, each.node, related)) for each in questions}

    def _read(self, questions: Sequence[Question], faults: Collection[str]) -> Tally:
        """The counts that these questions, all of one order, are answered from."""
        template, product, own = questions[0].template, questions[0].product, questions[0].faults
        nodes = [each.node for each in questions]
        area = Area(self._organisation_id, template, nodes, product_levels(product), faults)
        repairs = read_repairs(self._session, area)
        if not repairs:
            return Tally()
        parts = {line.part for each in questions for line in (*each.lines.taken, *each.listed.values())}
        for node in nodes:
            here = {(place.product, place.fault): count for place, count in repairs.items() if place.node == node}
            parts |= read_parts(self._session, replace(area, nodes=[node]), worth_a_look(product, own, here))
        return Tally(repairs, read_uses(self._session, area, parts))


def _asking(plan: Plan, product: str) -> dict[str, tuple[Lines, str | None]]:
    """The steps that ask for parts: what is planned for this product, and where other parts go. Worked out once."""
    found: dict[str, tuple[Lines, str | None]] = plan.once(
        ("recommending", product),
        lambda: {
            step.id: (lines_for(product, planned_lines(step)), field_for_others(step))
            for step in steps_with_parts(plan)
        },
    )
    return found
