"""Pages of orders' parts. Each module here puts its own routes on the blueprint."""

from mendloop.order_parts import list_views, order_views, purchase_views
from mendloop.order_parts.blueprint import blueprint

PAGES = (order_views, list_views, purchase_views)

__all__ = ["PAGES", "blueprint"]
