"""Where parts can be, by the key of the place. Only the world outside may owe: no shelf holds less than nothing."""

WAREHOUSE, VAN, PERSON, ORDER, TRANSIT = "warehouse", "van", "person", "order", "transit"
REMOVED, QUARANTINE, SCRAP, RECYCLING = "removed", "quarantine", "scrap", "recycling"
SUPPLIER, CUSTOMER, DISCREPANCY, ADJUSTMENT = "supplier", "customer", "discrepancy", "adjustment"

OUTSIDE = (SUPPLIER, CUSTOMER, DISCREPANCY, ADJUSTMENT)
"""What is no shelf of ours: what suppliers deliver, what is built in, what nobody can explain, what counting finds."""
SHELVES = (WAREHOUSE, VAN, PERSON)
"""Where good parts wait to be used."""
OLD = (REMOVED, QUARANTINE, SCRAP, RECYCLING)
"""Where parts go that are not to be built in again as they are."""


def warehouse_of(name: str) -> str:
    """A central store; the first one needs no name."""
    return f"{WAREHOUSE}:{name}" if name else WAREHOUSE


def van_of(person_id: str) -> str:
    """The stock that a person carries along."""
    return f"{VAN}:{person_id}"


def removed_by(person_id: str) -> str:
    """The old parts that a person has taken out and still has."""
    return f"{REMOVED}:{person_id}"


def transit_of(transfer_id: str) -> str:
    """What one transfer has sent and nobody has received yet."""
    return f"{TRANSIT}:{transfer_id}"


def order_location(order_id: str) -> str:
    """What was issued to a work order and is not settled yet."""
    return f"{ORDER}:{order_id}"


def kind_of(key: str) -> str:
    """The kind of the location with this key."""
    return key.partition(":")[0]


def owner_of(key: str) -> str | None:
    """The person of a van, the work order of an order location."""
    return key.partition(":")[2] or None


def is_outside(key: str) -> bool:
    """Whether the place is not ours, so that it may owe."""
    return key in OUTSIDE
