"""A repair process of n steps in a row, for measuring and for crowds."""

from typing import Any

from mendloop.accounts.actor import Actor
from mendloop.database import Database, session_for, write_transaction
from mendloop.library.services import ProductDetails, add_product, product_by_key, publish_template
from mendloop.work_orders.services import NewOrder, open_work_order

PRODUCT = "bench/machine"


def straight_template(steps: int) -> dict[str, Any]:
    """Steps that each take one reading and go on to the next; a reading that is off goes there by another edge."""
    nodes: dict[str, Any] = {f"step_{n}": _step(n, steps) for n in range(steps)}
    nodes["done"] = {"kind": "end", "outcome": "repaired"}
    return {
        "format": 1,
        "key": f"bench.straight_{steps}",
        "title": _both(f"{steps} steps"),
        "applies_to": [{"product": "bench/*"}],
        "roles": {"engineer": {"title": _both("Engineer")}},
        "start": "step_0",
        "nodes": nodes,
    }


def open_straight_orders(database: Database, actor: Actor, steps: int, count: int) -> list[str]:
    """Publish the template and open `count` orders on it; their ids."""
    with session_for(database, actor) as session, write_transaction(session):
        version = publish_template(session, actor, straight_template(steps))
        if product_by_key(session, actor, PRODUCT) is None:
            add_product(session, actor, ProductDetails(PRODUCT, _both("Machine")))
        new = NewOrder(PRODUCT, version.id)
        return [open_work_order(session, actor, new).id for _ in range(count)]


def _step(number: int, steps: int) -> dict[str, Any]:
    following = f"step_{number + 1}" if number + 1 < steps else "done"
    return {
        "kind": "step",
        "role": "engineer",
        "title": _both(f"Step {number + 1}"),
        "standard_minutes": 5,
        "fields": [
            {
                "id": "runout",
                "type": "reading",
                "label": _both("Runout"),
                "unit": "mm",
                "norm": 0.02,
                "tolerance": [0, 0.05],
            }
        ],
        "next": [{"when": "runout.value > 0.05", "to": following, "label": _both("off")}, {"to": following}],
    }


def _both(text: str) -> dict[str, str]:
    return {"zh-CN": text, "en": text}
