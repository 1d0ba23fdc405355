"""What of an order belongs on which copy of its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mendloop_engine.plan import PlanField

from mendloop.accounts.actor import OWNER, SUPERVISOR, Actor

PAYERS = frozenset({OWNER, SUPERVISOR})
"""Who may see what orders cost."""
CUSTOMERS_MOMENTS = frozenset({"OrderOpened", "StepCompleted", "OrderEnded", "OrderCancelled"})
"""What of the timeline concerns the customer: not who paused, who was assigned, what was missing."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Whom a record is for. A customer sees no internal field, no finding, no clock, no stock, and no cost but the
    quote that was accepted."""

    is_customers: bool = False
    has_costs: bool = False

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return "customer" if self.is_customers else "house"

    def seen(self, field: PlanField, answer: Any) -> tuple[PlanField, Any] | None:
        """The field and its answer as far as they are shown; None when they are not."""
        if not self.is_customers:
            return field, answer
        if field.internal:
            return None
        return _without_internal_columns(field, answer) if field.type == "table" else (field, answer)


CUSTOMERS = Copy(is_customers=True, has_costs=True)
"""What a customer is given."""


def copy_for(actor: Actor, *, is_customers: bool) -> Copy:
    """The copy as this person may see it: money is for those who may see it."""
    return Copy(is_customers, has_costs=actor.has_any(PAYERS))


def _without_internal_columns(field: PlanField, rows: Sequence[Mapping[str, Any]]) -> tuple[PlanField, Any] | None:
    columns: Any = field.settings["columns"]
    kept = [column for column in columns if not column.get("internal")]
    names = {column["id"] for column in kept}
    if not kept:
        return None
    stripped = [{name: value for name, value in row.items() if name in names} for row in rows]
    return replace(field, settings={**field.settings, "columns": kept}), stripped
