"""Which fault codes a new order offers: the trees that fit its product first, the rest within reach."""

from collections.abc import Iterable
from dataclasses import dataclass

from mendloop_engine.globs import glob_matches
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import Branch, fault_tree, faults_named_for, list_fault_codes

Group = list[Branch]
"""A code at the top of the tree with all that stand under it."""


@dataclass(frozen=True, slots=True)
class FaultChoice:
    """`fitting` are shown at once, `others` behind a fold. Where nothing is known of a product, all fit."""

    fitting: list[Group]
    others: list[Group]

    def has_others_of(self, codes: Iterable[str]) -> bool:
        """True when one of these codes is among the others, so that the fold must be open."""
        wanted = set(codes)
        return any(branch.fault_code.code in wanted for group in self.others for branch in group)


def faults_in_use(session: Session, actor: Actor) -> list[Branch]:
    """The problems that can be chosen, as a tree."""
    codes = list_fault_codes(session, actor, kind="problem")
    return fault_tree(code for code in codes if code.active)


def choose_among(session: Session, actor: Actor, product: str) -> FaultChoice:
    """The trees of fault codes for a product. A tree fits when a template names one of its codes for the product."""
    groups = _groups(faults_in_use(session, actor))
    named = faults_named_for(session, actor, product) if product else frozenset[str]()
    fitting = [group for group in groups if _is_named(group, named)]
    if not fitting:
        return FaultChoice(groups, [])
    return FaultChoice(fitting, [group for group in groups if group not in fitting])


def _groups(branches: Iterable[Branch]) -> list[Group]:
    groups: list[Group] = []
    for branch in branches:
        if branch.depth == 0:
            groups.append([])
        groups[-1].append(branch)
    return groups


def _is_named(group: Group, patterns: Iterable[str]) -> bool:
    return any(glob_matches(pattern, branch.fault_code.code) for pattern in patterns for branch in group)
