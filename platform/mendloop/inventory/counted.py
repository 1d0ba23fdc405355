"""What is counted and not measured: whole numbers only, and of what has serial numbers each by its own."""

from mendloop.inventory.models import Part
from mendloop.problems import Problem

WHOLE = 1000
"""One of something that is counted, in thousandths."""
COUNTED = frozenset(
    {
        *("pcs", "pc", "piece", "pieces", "ea", "each", "unit", "units", "set", "sets", "pair", "pairs"),
        *("box", "boxes", "pack", "packs", "carton", "cartons", "kit", "kits"),
        *("件", "个", "只", "套", "台", "对", "双", "副", "组", "盒", "箱", "包", "块", "根", "支", "把", "片", "条"),
    }
)
"""Units of which there is no half. Anything else, a bottle or a roll too, can be used up in parts."""


def is_counted(part: Part) -> bool:
    """Whether there is no half of it."""
    return part.serial_tracked or part.unit.strip().casefold() in COUNTED


def whole_faults(part: Part, milli: int, at: str = "/quantity") -> list[Problem]:
    """What is wrong with so much of it, if anything is."""
    if milli % WHOLE == 0 or not is_counted(part):
        return []
    params = {"part": part.number, "quantity": f"{milli / WHOLE:g}"}
    return [Problem("stock.quantity_not_whole", at=at, params=params)]


def named_faults(part: Part, serial: str | None, at: str = "/serial") -> list[Problem]:
    """What has serial numbers moves by them."""
    if serial or not part.serial_tracked:
        return []
    return [Problem("stock.serials_needed", at=at, params={"part": part.number})]


def rounded_up(part: Part, milli: int) -> int:
    """As much as one has to take so that it is enough."""
    return -(-milli // WHOLE) * WHOLE if is_counted(part) else milli
