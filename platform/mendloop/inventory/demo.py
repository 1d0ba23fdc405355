"""Parts and stock of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendloop.inventory import services
from mendloop.inventory.layers import share
from mendloop.inventory.limits import set_limit
from mendloop.inventory.locations import VAN, kind_of, van_of

if TYPE_CHECKING:
    from mendloop.demo import Demo


def load_demo(demo: Demo) -> None:
    """Enter the parts that are missing, and put each new one where it belongs."""
    known = {part.number for part in services.list_parts(demo.session, demo.supervisor)}
    made = {
        line["number"]: services.create_part(
            demo.session,
            demo.supervisor,
            line["number"],
            line["name"],
            line.get("unit", "pcs"),
            fits=line.get("fits", []),
            serial_tracked=line.get("serial_tracked", False),
        )
        for line in demo.data["parts"]
        if line["number"] not in known
    }
    costs = {line["number"]: line.get("cost", 0) for line in demo.data["parts"]}
    for line in demo.data["stock"]:
        if line["part"] in made:
            place, quantity = _location(demo, line["location"]), line["quantity"]
            value = share(costs[line["part"]], services.thousandths(quantity), services.MILLI)
            services.receive_stock(demo.session, demo.supervisor, made[line["part"]], quantity, place, value=value)
            if kind_of(place) == VAN:
                least = services.thousandths(quantity)
                set_limit(demo.session, demo.supervisor, place, made[line["part"]].id, least, 2 * least)


def _location(demo: Demo, location: str) -> str:
    kind, _, account = location.partition(":")
    return van_of(demo.people[account].person_id) if kind == VAN else location
