"""A workshop whose costs can be worked out by hand: one Friday afternoon at a pump, with everything that costs money.

Hours are 09:00-12:00 and 13:00-18:00 in Shanghai. An engineer's hour costs 120.00, on the way 60.00; customers are
charged 200.00. A bearing costs 25.00 and is sold for 45.00. Overhead is 10 % of labour and 5.00 an order, the markup
20 %, the tax 13 %. Under warranty the maker pays 80 % of parts; travel is always ours.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mendloop.costing import extras
from mendloop.costing import services as costing
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, PUMP
from mendloop.work_orders import services as orders
from mendloop.work_orders.opening import moment

CHINA = dt.timezone(dt.timedelta(hours=8))
HOURS = {day: "09:00-12:00, 13:00-18:00" if day < 5 else "" for day in range(7)}
CUSTOMER = "Mill Lane Farm"


def _words(english: str, chinese: str) -> dict[str, str]:
    return {"en": english, "zh-CN": chinese}


def _step(title: dict[str, str], minutes: int, to: str, fields: list[dict[str, Any]], **more: str) -> dict[str, Any]:
    following = [{"to": to}]
    return {
        "kind": "step", "role": "engineer", "title": title, "standard_minutes": minutes, "fields": fields,
        "next": following, **more,
    }  # fmt: skip


_PARTS = {
    "id": "used", "type": "parts", "label": _words("Parts", "用料"), "allow_other": True,
    "lines": [{"part": BEARING, "label": _words("Bearing", "轴承"), "quantity": 2, "unit": "pcs"}],
}  # fmt: skip
TEMPLATE: dict[str, Any] = {
    "format": 1,
    "key": "pump.call_out",
    "title": _words("Pump call-out", "离心泵上门维修"),
    "applies_to": [{"product": "pump/*"}],
    "roles": {"engineer": {"title": _words("Engineer", "工程师")}},
    "start": "travel_out",
    "nodes": {
        "travel_out": _step(_words("Drive there", "出发到场"), 30, "repair", [], time="travel"),
        "repair": _step(_words("Replace bearings", "更换轴承"), 90, "done", [_PARTS]),
        "done": {"kind": "end", "outcome": "repaired", "title": _words("Repaired", "修复")},
    },
}


def friday(clock: str) -> dt.datetime:
    """That afternoon, as the clock on the wall showed it."""
    return dt.datetime.fromisoformat(f"2026-11-20T{clock}").replace(tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class CostShop:
    """What was put up."""

    database: Database
    cast: Cast
    version_id: str

    def open_order(self, *, warranty: bool = True, customer: str = CUSTOMER) -> str:
        """An order of that Friday."""
        new = orders.NewOrder(
            product=PUMP,
            template_version=self.version_id,
            asset="P-7",
            customer=customer,
            fault_codes=("P-11",),
            warranty=warranty,
            assignee=self.cast.ada.person_id,
            created=friday("15:00"),
        )
        with session_for(self.database, self.cast.sue) as session:
            return run_write(session, lambda: orders.open_work_order(session, self.cast.sue, new)).id

    def do(self, order: str, clock: str, kind: str, visit: str, **payload: Any) -> None:
        """Ada's command at that time."""
        asked = {"type": kind, "at": moment(friday(clock)), "visit": visit, **payload}
        ada = self.cast.ada
        with session_for(self.database, ada) as session:
            decision = run_write(session, lambda: orders.decide_command(session, ada, order, new_id(), asked))
        assert decision.accepted, decision.problems  # noqa: S101 - this is a part for tests

    def travel(self, order: str) -> None:
        """16:00 to 16:45 on the way."""
        self.do(order, "16:00", "StartStep", "travel_out#1")
        self.do(order, "16:45", "CompleteStep", "travel_out#1", answers={})

    def repair(self, order: str) -> None:
        """16:45 to 18:40 at work, 20 minutes of it waiting for parts; two bearings."""
        self.do(order, "16:45", "StartStep", "repair#1")
        self.do(order, "17:00", "PauseStep", "repair#1", reason="waiting_parts", note=None)
        self.do(order, "17:20", "ResumeStep", "repair#1")
        used = [{"part": BEARING, "quantity": 2, "action": "used"}]
        self.do(order, "18:40", "CompleteStep", "repair#1", answers={"used": used})

    def add_extra(self, order: str, kind: str, amount: str, why: str) -> str:
        """Another cost; the key of its fact."""
        details = costing.ExtraDetails(kind, kind.title(), amount, "2026-11-20", why)
        with session_for(self.database, self.cast.sue) as session:
            return run_write(session, lambda: extras.add_extra(session, self.cast.sue, order, details)).key


def put_up_costs(database: Database, cast: Cast) -> CostShop:
    """The workshop with its pump, its process, its bearings and everything that is laid down about costs."""
    with session_for(database, cast.sue) as session:
        version = run_write(session, lambda: _lay_down(session, cast))
    return CostShop(database, cast, version)


def _lay_down(session: Session, cast: Cast) -> str:
    sue = cast.sue
    library.add_product(session, sue, library.ProductDetails(PUMP, _words("Centrifugal pump NS-40", "离心泵 NS-40")))
    library.add_fault_code(session, sue, library.FaultCodeDetails("P-11", "problem", _words("Noise", "异响")))
    bearing = inventory.create_part(session, sue, BEARING, _words("Bearing 6205", "轴承 6205"))
    inventory.receive_stock(session, sue, bearing, 10, value=25_000)
    _lay_down_costs(session, cast)
    return library.publish_template(session, sue, TEMPLATE).id


def _lay_down_costs(session: Session, cast: Cast) -> None:
    sue, since = cast.sue, "2026-01-01"
    percents = {"overhead_percent": "10", "overhead_fixed": "5", "markup_percent": "20", "tax_percent": "13"}
    settings = costing.SettingsDetails("CNY", HOURS, "1.5", "2", "3", "120", **percents)
    costing.change_settings(session, sue, settings)
    costing.add_rate(session, sue, costing.RateDetails("cost", "120", since, skill="engineer"))
    costing.add_rate(session, sue, costing.RateDetails("cost", "60", since, skill="engineer", kind="travel"))
    costing.add_rate(session, sue, costing.RateDetails("price", "200", since))
    costing.add_price(session, sue, costing.PriceDetails(BEARING, "45", since))
    makers = costing.CoverageDetails("Maker's warranty", ("part",), "manufacturer", "80", warranty=True)
    costing.add_coverage(session, sue, makers)
    costing.add_coverage(session, sue, costing.CoverageDetails("Travel is ours", ("labour.travel",), "us"))
