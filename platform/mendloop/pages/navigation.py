"""Where one can go, by role."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mendloop.accounts.actor import DESIGNER, ENGINEER, OWNER, ROLES, STOREKEEPER, SUPERVISOR, VIEWER, Actor

OFFICE = frozenset({OWNER, SUPERVISOR, DESIGNER, STOREKEEPER, VIEWER})


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the product: words, address, picture in static/icons.svg, who may see it, and where it belongs."""

    key: str
    path: str
    icon: str
    roles: frozenset[str]
    group: str = "nav.group.work"


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


@dataclass(frozen=True, slots=True)
class Group:
    """Places that belong together, under the words of `key`."""

    key: str
    links: list[Link]


GROUPS = ("nav.group.work", "nav.group.learning", "nav.group.stock", "nav.group.set_up", "nav.group.company")
PLACES = (
    Place("nav.inbox", "/inbox", "bell", frozenset(ROLES)),
    Place("nav.orders", "/orders/", "orders", frozenset({OWNER, SUPERVISOR, VIEWER})),
    Place("nav.board", "/board", "columns", frozenset({OWNER, SUPERVISOR, VIEWER})),
    Place("nav.my_work", "/go", "wrench", frozenset({ENGINEER})),
    Place("nav.van", "/van", "stock", frozenset({ENGINEER})),
    Place("nav.templates", "/templates/", "flow", OFFICE, "nav.group.set_up"),
    Place("nav.products", "/products/", "box", OFFICE, "nav.group.set_up"),
    Place("nav.assets", "/assets/", "chip", OFFICE, "nav.group.stock"),
    Place("nav.stock", "/stock/", "stock", OFFICE, "nav.group.stock"),
    Place("nav.costs", "/costs/", "coins", frozenset({OWNER, SUPERVISOR}), "nav.group.stock"),
    Place("nav.knowledge", "/knowledge/", "book", frozenset(ROLES), "nav.group.learning"),
    Place("nav.my_figures", "/insights/mine", "chart", frozenset({ENGINEER}), "nav.group.learning"),
    Place("nav.insights", "/insights/", "chart", frozenset({OWNER, SUPERVISOR, VIEWER}), "nav.group.learning"),
    Place("nav.fault_codes", "/fault-codes/", "tree", OFFICE, "nav.group.set_up"),
    Place("nav.people", "/people/", "people", frozenset({OWNER, SUPERVISOR}), "nav.group.company"),
    Place("nav.organisation", "/organisation", "house", frozenset({OWNER}), "nav.group.company"),
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


def groups_for(actor: Actor, path: str) -> list[Group]:
    """What the actor may open, in order; groups in which there is nothing for them are left out."""
    seen = [place for place in PLACES if actor.has_any(place.roles)]
    groups = (Group(key, [_link(place, path) for place in seen if place.group == key]) for key in GROUPS)
    return [group for group in groups if group.links]


def _link(place: Place, path: str) -> Link:
    return Link(place.key, place.path, place.icon, path.startswith(place.path.rstrip("/")))


def home_of(actor: Actor) -> str:
    """Where the actor's work is."""
    return next(path for path, roles in HOMES if actor.has_any(roles))
