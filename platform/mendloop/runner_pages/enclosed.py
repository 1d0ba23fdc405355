"""The answers of the API that a page of the engineer's app brings along."""

import json
from collections.abc import Iterator

from mendloop.pages.enclosing import Enclosed, enclose, enclosed_answer, enclosed_session, may_enclose


def enclosed_for(screen: str) -> tuple[Enclosed, ...]:
    """What `screen` will ask for first, as far as this person may have it; nothing for who is not signed in."""
    return tuple(_ask(screen.split("/"))) if may_enclose() else ()


def _ask(parts: list[str]) -> Iterator[Enclosed]:
    yield from enclosed_session()
    if parts == [""]:
        yield from enclosed_answer("/my/orders")
    elif parts[0] == "orders" and len(parts) > 1:
        yield from _order(parts[1])


def _order(order_id: str) -> Iterator[Enclosed]:
    for order in enclosed_answer(f"/orders/{order_id}"):
        yield order
        yield from enclosed_answer(f"/plans/{json.loads(order.content)['plan_hash']}")


__all__ = ["Enclosed", "enclose", "enclosed_for"]
