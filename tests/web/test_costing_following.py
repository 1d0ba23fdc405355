"""Whoever follows the changes of costs knows what every order has cost so far, open ones too, and is not flooded."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from mendloop.costing import open_orders, services
from mendloop.costing.revisions import revisions
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory.services import PartFact, book_parts
from mendloop.testing.cast import Cast
from mendloop.testing.cost_shop import CUSTOMER, CostShop, friday, put_up_costs
from mendloop.testing.pump_shop import BEARING, PUMP
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop.work_orders.opening import moment

Visit = Callable[..., Visitor]
Json = dict[str, Any]
NOTHING = {"cost": 0, "revenue": 0, "cost_with_subs": 0, "revenue_with_subs": 0}
WORK: tuple[tuple[str, str, str, Json], ...] = (
    ("16:00", "StartStep", "travel_out#1", {}),
    ("16:45", "CompleteStep", "travel_out#1", {"answers": {}}),
    ("16:45", "StartStep", "repair#1", {}),
    ("17:00", "PauseStep", "repair#1", {"reason": "waiting_parts", "note": None}),
    ("17:20", "ResumeStep", "repair#1", {}),
    ("18:40", "CompleteStep", "repair#1", {"answers": {"used": []}}),
)


@pytest.fixture
def shop(database: Database, cast: Cast) -> CostShop:
    return put_up_costs(database, cast)


@dataclass
class Follower:
    """Another system: it remembers how far it has read, and what it was told last of each order."""

    visitor: Visitor
    after: int = 0
    told: dict[str, Json] = field(default_factory=dict)

    def ask(self) -> list[Json]:
        """Once."""
        found = dict(self.visitor.get(f"/api/v1/costs/events?after={self.after}").json or {})
        self.after, events = found["after"], list(found["events"])
        for event in events:
            assert (event["before"] or NOTHING) == self.told.get(event["order"], NOTHING)
            self.told[event["order"]] = event["after"]
        assert found["left"] == 0
        return events

    def look_up(self, order: str) -> Json:
        """What the order's sheet says."""
        sheet = dict(self.visitor.get(f"/api/v1/orders/{order}/costs").json or {})
        own = {name: sheet["totals"][name] for name in ("cost", "revenue")}
        below = sheet["sub_orders"] or {"cost": 0, "revenue": 0}
        return own | {f"{name}_with_subs": own[name] + below[name] for name in own}


@pytest.fixture
def erp(visit: Visit, cast: Cast) -> Follower:
    return Follower(visit(cast.sue))


def test_time_of_an_open_order_is_told_once_its_clock_has_ended(shop: CostShop, erp: Follower) -> None:
    order = shop.open_order()
    assert erp.ask() == []  # it costs nothing yet
    told = []
    for clock, kind, visit, more in WORK:
        shop.do(order, clock, kind, visit, **more)
        told.append([(event["status"], event["after"]["cost"]) for event in erp.ask()])
        assert erp.ask() == []  # and only once
    travel, hour = 4_500 + 450 + 500, 120 * 110  # with 10 % overhead, and 5.00 for the order
    until = [travel, travel + hour // 4, travel + hour * 35 // 60]
    ended = until[-1] + hour * 40 // 60 + round(1.5 * hour * 40 / 60)
    assert told == [[], [("open", until[0])], [], [("open", until[1])], [("open", until[2])], [("ended", ended)]]


def test_much_that_happens_between_two_questions_is_one_event(shop: CostShop, erp: Follower) -> None:
    order = shop.open_order()
    for clock, kind, visit, more in WORK[:-1]:
        shop.do(order, clock, kind, visit, **more)
    with session_for(shop.database, shop.cast.sue) as session:
        assert revisions(session, shop.cast.sue, order) == []  # a step makes none by itself
    (event,) = erp.ask()
    assert (event["order"], event["before"], event["after"]) == (order, None, erp.look_up(order))


def test_parts_and_rates_of_an_open_order_are_told(shop: CostShop, erp: Follower) -> None:
    order, sue = shop.open_order(), shop.cast.sue
    use_a_bearing(shop, order)
    assert [event["after"]["cost"] for event in erp.ask()] == [2_500 + 500]
    price = services.PriceDetails(BEARING, "90", "2026-01-02")
    with session_for(shop.database, sue) as session:
        run_write(session, lambda: services.add_price(session, sue, price))
    (event,) = erp.ask()
    assert (event["before"]["revenue"], event["after"]["revenue"]) == (4_500, 9_000)
    assert [cause.partition(":")[0] for cause in event["causes"]] == ["fact"]


def test_the_order_above_is_told_of_what_is_clocked_below(shop: CostShop, erp: Follower) -> None:
    main = shop.open_order()
    below = open_below(shop, main)
    shop.travel(below)
    assert [(event["order"], event["after"]["cost_with_subs"]) for event in erp.ask()] == [
        (below, 5_450), (main, 500 + 5_450)
    ]  # fmt: skip


def test_what_is_not_worked_out_in_time_is_said_and_told_later(
    shop: CostShop, erp: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        shop.travel(shop.open_order())
    monkeypatch.setattr(open_orders.catch_up, "__defaults__", (0.0,))
    left = []
    for _ in range(4):
        found = dict(erp.visitor.get(f"/api/v1/costs/events?after={erp.after}").json or {})
        erp.after = found["after"]
        left.append((len(found["events"]), found["left"]))
    assert left == [(1, 2), (1, 1), (1, 0), (0, 0)]


def test_who_follows_ends_with_what_the_sheets_say(shop: CostShop, erp: Follower) -> None:
    """Random work on several orders, with sub-orders, parts, bills and rates, looked at and followed now and then."""
    chance, work = random.Random(4), dict[str, int]()
    for _ in range(40):
        act = chance.choice(("open", "work", "work", "work", "work", "part", "bill", "rate", "look", "ask"))
        going = [order for order, done in work.items() if done < len(WORK)]
        if act == "open" and len(work) < 5:
            work[open_below(shop, chance.choice(going)) if going and chance.random() < 0.5 else shop.open_order()] = 0
        elif act == "rate":
            lay_down(shop, chance)
        elif act == "ask":
            erp.ask()
        elif going:
            order = chance.choice(going)
            work[order] += one_more(shop, erp, act, order, work[order])
    while erp.ask():
        pass
    assert erp.told
    assert erp.told == {order: erp.look_up(order) for order in erp.told}
    idle = {order: erp.look_up(order) for order in work if order not in erp.told}
    assert {sheet["cost"] for sheet in idle.values()} <= {500}, "what every order bears, and nothing that was done"
    erp.ask()  # they have been looked at now
    assert erp.told == {order: erp.look_up(order) for order in work}


def one_more(shop: CostShop, erp: Follower, act: str, order: str, done: int) -> int:
    if act == "work":
        clock, kind, visit, more = WORK[done]
        asked = {"type": kind, "at": moment(friday(clock)), "visit": visit, **more}
        with session_for(shop.database, shop.cast.ada) as session:
            decided = run_write(session, lambda: orders.decide_command(session, shop.cast.ada, order, new_id(), asked))
        return int(decided.accepted)  # an order with open sub-orders cannot end
    if act == "part":
        use_a_bearing(shop, order)
    elif act == "bill":
        shop.add_extra(order, "freight", "30", "Billed late")
    elif act == "look":
        erp.look_up(order)
    return 0


def open_below(shop: CostShop, parent: str) -> str:
    new = orders.NewOrder(
        product=PUMP, template_version=shop.version_id, asset="P-7", customer=CUSTOMER, fault_codes=("P-11",),
        warranty=True, assignee=shop.cast.ada.person_id, created=friday("15:00"), parent=parent,
    )  # fmt: skip
    with session_for(shop.database, shop.cast.sue) as session:
        return run_write(session, lambda: orders.open_work_order(session, shop.cast.sue, new)).id


def use_a_bearing(shop: CostShop, order: str) -> None:
    told, ada = [PartFact(BEARING, 1_000, "used")], shop.cast.ada.person_id
    with session_for(shop.database, shop.cast.sue) as session:
        run_write(
            session,
            lambda: book_parts(session, shop.cast.sue, ada, order, "repair#1", friday("17:30"), told),
        )


def lay_down(shop: CostShop, chance: random.Random) -> None:
    """For open orders, or for closed ones, too."""
    rate = services.RateDetails("cost", str(chance.randint(50, 300)), "2026-11-02", skill="engineer")
    reach = chance.choice((services.Reach(), services.Reach(True, "Forgotten")))
    with session_for(shop.database, shop.cast.sue) as session:
        run_write(session, lambda: services.add_rate(session, shop.cast.sue, rate, reach=reach))
