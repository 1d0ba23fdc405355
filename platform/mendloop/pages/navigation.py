"""Where one can go, by role."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import DESIGNER, ENGINEER, OWNER, ROLES, STOREKEEPER, SUPERVISOR, VIEWER, Actor

OFFICE = frozenset({OWNER, SUPERVISOR, DESIGNER, STOREKEEPER, VIEWER})


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the product: its words, its address, its picture in static/icons.svg, and who may see it."""

    key: str
    path: str
    icon: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits at a place: words with a `{count}`, who is to see them, and how it is counted."""

    words: str
    roles: frozenset[str]
    count: Callable[[Session, Actor], int]


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one page shows it."""

    key: str
    path: str
    icon: str
    is_here: bool


PLACES = (
    Place("nav.orders", "/orders/", "orders", frozenset({OWNER, SUPERVISOR, VIEWER})),
    Place("nav.my_work", "/go", "wrench", frozenset({ENGINEER})),
    Place("nav.van", "/van", "stock", frozenset({ENGINEER})),
    Place("nav.templates", "/templates/", "flow", OFFICE),
    Place("nav.products", "/products/", "box", OFFICE),
    Place("nav.assets", "/assets/", "chip", OFFICE),
    Place("nav.stock", "/stock/", "stock", OFFICE),
    Place("nav.costs", "/costs/", "coins", frozenset({OWNER, SUPERVISOR})),
    Place("nav.fault_codes", "/fault-codes/", "tree", OFFICE),
    Place("nav.people", "/people/", "people", frozenset({OWNER, SUPERVISOR})),
    Place("nav.organisation", "/organisation", "house", frozenset({OWNER})),
)
assert frozenset(ROLES) == frozenset().union(*(place.roles for place in PLACES))  # noqa: S101 - every role lands somewhere


HOMES = (
    ("/orders/", frozenset({OWNER, SUPERVISOR, VIEWER})),
    ("/go", frozenset({ENGINEER})),
    ("/stock/desk", frozenset({STOREKEEPER})),
    ("/templates/", frozenset({DESIGNER})),
)
"""Where the work of each role is, for who has several the first of them."""
assert frozenset(ROLES) == frozenset().union(*(roles for _, roles in HOMES))  # noqa: S101 - as above

WAITING: dict[str, Waiting] = {}
"""By the key of a place; each feature says for itself what waits there."""


def links_for(actor: Actor, path: str) -> list[Link]:
    """What the actor may open, in order."""
    return [
        Link(place.key, place.path, place.icon, path.startswith(place.path.rstrip("/")))
        for place in PLACES
        if actor.has_any(place.roles)
    ]


def home_of(actor: Actor) -> str:
    """Where the actor's work is."""
    return next(path for path, roles in HOMES if actor.has_any(roles))
