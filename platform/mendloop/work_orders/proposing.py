"""Which template fits a job: the product proposes, the supervisor decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from mendloop_engine.globs import glob_matches
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import Published, load_plan, propose_templates
from mendloop.work_orders.progress import Route, usual_route


@dataclass(frozen=True, slots=True)
class Proposal:
    """A template that says it applies, and why: the rule for the product, and the faults that a rule names.

    `usual` is the way through it that is taken when nothing special is found.
    """

    published: Published
    product_rule: str
    faults: tuple[str, ...]
    usual: Route

    @property
    def version_id(self) -> str:
        """The version an order would be pinned to."""
        return self.published.version.id


def propose(session: Session, actor: Actor, product: str, faults: Iterable[str]) -> list[Proposal]:
    """The templates that apply to this product and these faults, the most special one first."""
    faults = list(faults)
    fitting = propose_templates(session, actor, product, faults)
    return [_explain(found, product, faults, _usual(session, actor, found)) for found in fitting]


def _usual(session: Session, actor: Actor, found: Published) -> Route:
    plan = load_plan(session, actor, found.version.plan_hash)
    return usual_route(plan, [plan.start])


def _explain(found: Published, product: str, faults: list[str], usual: Route) -> Proposal:
    rules = [
        (str(rule.get("product", "*")), _named(rule.get("faults") or [], faults)) for rule in found.version.applies_to
    ]
    matching = [(pattern, named) for pattern, named in rules if glob_matches(pattern, product)]
    best, _ = max(matching, key=lambda rule: (bool(rule[1]), len(rule[0])))
    named = (fault for _, faults_of_rule in matching for fault in faults_of_rule)
    return Proposal(found, best, tuple(dict.fromkeys(named)), usual)


def _named(patterns: Iterable[str], faults: list[str]) -> list[str]:
    return [fault for fault in faults if any(glob_matches(str(pattern), fault) for pattern in patterns)]
