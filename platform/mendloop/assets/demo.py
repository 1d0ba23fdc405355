"""BOMs and assets of the demonstration: what machines consist of, and the machines that orders are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mendloop.assets import services
from mendloop.assets.services import AssetDetails, NewBom, Position, Subject
from mendloop.clock import utc_now
from mendloop.inventory import services as inventory
from mendloop.library import services as library

if TYPE_CHECKING:
    from mendloop.demo import Demo


def load_demo(demo: Demo) -> None:
    """Enter what is missing, unless there are assets already."""
    if services.count_assets(demo.session, demo.supervisor):
        return
    products = {product.key: product.id for product in library.list_products(demo.session, demo.supervisor)}
    _enter_parts(demo)
    for line in demo.data["boms"]:
        subject = Subject(part=line["part"]) if "part" in line else Subject(product_id=products[line["product"]])
        positions = [_position(each) for each in line["positions"]]
        services.save_bom(demo.session, demo.supervisor, NewBom(subject, positions))
    customers = {each["id"]: each["name"]["zh-CN"] for each in demo.data["customers"]}
    for line in demo.data["assets"]:
        begun = utc_now() - dt.timedelta(days=line.get("commissioned_days_ago", 400))
        details = AssetDetails(
            line["asset"], products[line["product"]], customers[line["customer"]], line.get("site", ""), begun.date()
        )
        services.create_asset(demo.session, demo.supervisor, details, begun)


def _enter_parts(demo: Demo) -> None:
    known = {part.number for part in inventory.list_parts(demo.session, demo.supervisor)}
    for line in demo.data["bom_parts"]:
        if line["number"] not in known:
            tracked = line.get("serial_tracked", False)
            inventory.create_part(
                demo.session, demo.supervisor, line["number"], line["name"], fits=line["fits"], serial_tracked=tracked
            )


def _position(line: Mapping[str, Any]) -> Position:
    return Position(
        key=line["key"],
        parent=line.get("in"),
        label=line.get("label", {}),
        part=line.get("part"),
        milli=round(line.get("quantity", 1) * 1000),
        serial=line.get("serial", False),
    )
