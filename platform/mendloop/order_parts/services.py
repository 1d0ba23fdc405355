"""What other features may ask of orders' parts."""

from mendloop.order_parts.acts import Asked
from mendloop.order_parts.asking import Purchase, ask_for_missing, note_ordered, purchases, purchases_in
from mendloop.order_parts.changing import plan_another, plan_part, reserve_again
from mendloop.order_parts.explaining import REASONS, decide_explanation, explain_part
from mendloop.order_parts.explanations import explanations_of, waiting_explanations
from mendloop.order_parts.following import unsettled_problems
from mendloop.order_parts.giving_back import give_back_parts
from mendloop.order_parts.missing import missing_parts, reserve_waiting
from mendloop.order_parts.needs import expected_numbers, needs_of
from mendloop.order_parts.old_parts import (
    TARGETS,
    access_old_part,
    old_parts_of,
    receive_old_part,
    waiting_old_parts,
)
from mendloop.order_parts.stand_ins import change_stand_ins, stand_ins_for
from mendloop.order_parts.taking import issue_parts
from mendloop.order_parts.using import Used, use_parts

__all__ = [
    "REASONS",
    "TARGETS",
    "Asked",
    "Purchase",
    "Used",
    "access_old_part",
    "ask_for_missing",
    "change_stand_ins",
    "decide_explanation",
    "expected_numbers",
    "explain_part",
    "explanations_of",
    "give_back_parts",
    "issue_parts",
    "missing_parts",
    "needs_of",
    "note_ordered",
    "old_parts_of",
    "plan_another",
    "plan_part",
    "purchases",
    "purchases_in",
    "receive_old_part",
    "reserve_again",
    "reserve_waiting",
    "stand_ins_for",
    "unsettled_problems",
    "use_parts",
    "waiting_explanations",
    "waiting_old_parts",
]
