"""An overhaul in the pump workshop: what the pump consists of, and orders within an order."""

from typing import Any

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets import services as assets
from mendloop.assets.services import NewBom, Position, Subject
from mendloop.database import run_write
from mendloop.inventory import services as inventory
from mendloop.library.services import ProductDetails, add_product, product_by_key
from mendloop.testing.pump_shop import PUMP, Workshop
from mendloop.work_orders import services as orders

MOTOR = "motor/ns-motor"
"""A product of its own, besides being a part of the pump."""


def open_sub(session: Session, sue: Actor, workshop: Workshop, parent: str | None, **more: Any) -> orders.WorkOrder:
    """A new order that is a part of another one."""
    new = orders.NewOrder(product=PUMP, template_version=workshop.version_id, parent=parent, **more)
    return run_write(session, lambda: orders.open_work_order(session, sue, new))


def give_pump_a_bom(session: Session, sue: Actor) -> None:
    """The pump has a motor, and in it a fan. In the caller's write transaction."""
    for number in ("NS-MOTOR", "NS-FAN"):
        inventory.create_part(session, sue, number, {"en": number.title(), "zh-CN": number})
    add_product(session, sue, ProductDetails(MOTOR, {"en": "Motor", "zh-CN": "电机"}))
    assets.save_bom(session, sue, NewBom(Subject(part="NS-MOTOR"), [Position("fan", part="NS-FAN")]))
    pump = product_by_key(session, sue, PUMP)
    if pump is not None:
        motor = Position("motor", label={"en": "Drive", "zh-CN": "驱动"}, part="NS-MOTOR", serial=True)
        assets.save_bom(session, sue, NewBom(Subject(product_id=pump.id), [motor]))
