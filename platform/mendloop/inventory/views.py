"""Pages of stock. Each module here puts its own routes on the blueprint."""

from mendloop.inventory import (
    count_views,
    desk_views,
    discrepancy_views,
    exchange_views,
    label_views,
    movement_views,
    part_views,
    showing,
    transfer_views,
    van_views,
)
from mendloop.inventory.blueprint import blueprint

PAGES = (
    *(showing, part_views, desk_views, transfer_views, van_views, count_views, discrepancy_views, movement_views),
    *(exchange_views, label_views),
)

__all__ = ["PAGES", "blueprint"]
