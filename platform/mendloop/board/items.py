"""What stands on the board: a card for each order, and in the other view one for each person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mendloop.board.lanes import rank_of
from mendloop.board.reading import Person
from mendloop.board.shapes import Card
from mendloop.board.standing import PAUSED, RUNNING
from mendloop.work_orders.shapes import ActiveOut

ORDERS, PEOPLE = VIEWS = ("orders", "people")
AT_WORK, STOPPED, FREE = PEOPLE_LANES = ("at_work", "stopped", "free")


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is at, or has paused: an open step of an order."""

    card: Card
    active: ActiveOut


@dataclass(frozen=True, slots=True)
class Worker:
    """A person with everything that they have begun; `waiting` is how many open orders are theirs besides."""

    person: Person
    tasks: tuple[Task, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Item:
    """One card on the board, and everything it can be found by. `people` is empty where nobody has the order."""

    id: str
    view: str
    lane: str
    rank: str
    shows: Card | Worker
    people: frozenset[str]
    products: frozenset[str]
    templates: frozenset[str]
    risks: frozenset[str]
    text: str
    html: dict[str, tuple[object, str]] = field(default_factory=dict, compare=False, repr=False)
    """By language, with what it depends on; made when first somebody wants it."""


def order_item(card: Card) -> Item:
    """An order's card."""
    told = card.facts.card
    people = {told.assigned_to, *(each.by for each in told.active)} - {None}
    return Item(
        id=f"o-{told.id}",
        view=ORDERS,
        lane=card.lane,
        rank=rank_of(card),
        shows=card,
        people=frozenset(str(each) for each in people),
        products=frozenset([told.product.key]),
        templates=frozenset([card.facts.template]),
        risks=frozenset(risk.kind for risk in card.risks),
        text=_findable(_texts_of(card)),
    )


def people_items(cards: Iterable[Card], people: Mapping[str, Person]) -> Iterator[Item]:
    """Everybody who works, and whoever else has begun something."""
    tasks: dict[str, list[Task]] = {}
    owned: dict[str, set[str]] = {}
    for card in cards:
        told = card.facts.card
        if told.status == "open" and told.assigned_to:
            owned.setdefault(told.assigned_to, set()).add(told.id)
        for active in told.active:
            if active.by is not None and active.status in (RUNNING, PAUSED):
                tasks.setdefault(active.by, []).append(Task(card, active))
    for person in people.values():
        begun = sorted(tasks.get(person.id, ()), key=lambda task: (task.active.status != RUNNING, task.active.since))
        waiting = owned.get(person.id, set()) - {task.card.facts.card.id for task in begun}
        if person.works or begun:
            yield _person_item(Worker(person, tuple(begun), len(waiting)))


def _person_item(worker: Worker) -> Item:
    cards = [task.card for task in worker.tasks]
    return Item(
        id=f"p-{worker.person.id}",
        view=PEOPLE,
        lane=_people_lane(worker.tasks),
        rank=f"{worker.person.name} {worker.person.id}",
        shows=worker,
        people=frozenset([worker.person.id]),
        products=frozenset(card.facts.card.product.key for card in cards),
        templates=frozenset(card.facts.template for card in cards),
        risks=frozenset(risk.kind for card in cards for risk in card.risks),
        text=_findable([worker.person.name, *(text for card in cards for text in _texts_of(card))]),
    )


def _people_lane(tasks: Sequence[Task]) -> str:
    statuses = {task.active.status for task in tasks}
    return AT_WORK if RUNNING in statuses else STOPPED if PAUSED in statuses else FREE


def _texts_of(card: Card) -> list[str]:
    told = card.facts.card
    names = [each.by_name or "" for each in told.active]
    titles = [*told.title.values(), *told.product.name.values()]
    return [told.number, told.asset, told.customer, told.assigned_to_name or "", *names, *titles]


def _findable(texts: Iterable[str]) -> str:
    return "\n".join(texts).casefold()
