"""What other features may ask of work orders."""

from mendloop.work_orders.access import access_work_order
from mendloop.work_orders.chain import events_of, verify_record
from mendloop.work_orders.deciding import Decision, decide_command
from mendloop.work_orders.listing import count_open_by_version, my_orders, orders_by_id
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.opening import (
    NewOrder,
    assign_work_order,
    cancel_work_order,
    check_assignee,
    open_work_order,
)
from mendloop.work_orders.proposing import propose
from mendloop.work_orders.rebuilding import rebuild_read_models
from mendloop.work_orders.step_events import orders_of_versions, step_events
from mendloop.work_orders.sub_orders import SubOrder, parent_of, sub_orders

__all__ = [
    "Decision",
    "NewOrder",
    "SubOrder",
    "WorkOrder",
    "access_work_order",
    "assign_work_order",
    "cancel_work_order",
    "check_assignee",
    "count_open_by_version",
    "decide_command",
    "events_of",
    "my_orders",
    "open_work_order",
    "orders_by_id",
    "orders_of_versions",
    "parent_of",
    "propose",
    "rebuild_read_models",
    "step_events",
    "sub_orders",
    "verify_record",
]
