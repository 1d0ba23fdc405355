"""Pages of stock. Each module here puts its own routes on the blueprint."""

from mendloop.inventory import desk_views, part_views, showing
from mendloop.inventory.blueprint import blueprint

PAGES = (showing, part_views, desk_views)

__all__ = ["PAGES", "blueprint"]
