"""Where parts can be, by the key of the place. The outside world (supplier, customer, the unexplained) may owe."""

WAREHOUSE, SUPPLIER, CUSTOMER = "warehouse", "supplier", "customer"
REMOVED, RECYCLING, DISCREPANCY = "removed", "recycling", "discrepancy"
VAN, ORDER = "van", "order"


def van_of(person_id: str) -> str:
    """The stock that a person carries along."""
    return f"{VAN}:{person_id}"


def order_location(order_id: str) -> str:
    """What was built in, or lies ready, at a work order."""
    return f"{ORDER}:{order_id}"


def kind_of(key: str) -> str:
    """The kind of the location with this key."""
    return key.partition(":")[0]


def owner_of(key: str) -> str | None:
    """The person of a van, the work order of an order location."""
    return key.partition(":")[2] or None
