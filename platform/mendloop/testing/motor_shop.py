"""A motor in a pump, and what both consist of, for tests of assets: serial-tracked assemblies inside each other."""

import datetime as dt

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets import services
from mendloop.assets.models import Asset
from mendloop.assets.services import AssetDetails, NewBom, Position, Scene, Subject
from mendloop.inventory import services as inventory
from mendloop.library.services import ProductDetails, add_product

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
PARTS = ("MOTOR", "BEARING", "CAGE", "FAN", "GASKET", "BOLT", "COOLER")
PRODUCT = "pump/ns-40"
INSIDE = {
    "MOTOR": (Position("de", part="BEARING", serial=True), Position("fan", part="FAN")),
    "BEARING": (Position("cage", part="CAGE", serial=True),),
}
POSITIONS = (
    Position("motor", part="MOTOR", serial=True),
    Position("wet-end", label={"en": "Wet end", "zh-CN": "泵头"}),
    Position("bearing", "wet-end", part="BEARING", serial=True),
    Position("gasket", "wet-end", part="GASKET"),
    Position("bolts", "wet-end", part="BOLT", milli=4000),
)


def stock_motor_shop(session: Session, actor: Actor) -> str:
    """Parts, a product and all BOMs; answers the product's id."""
    for number in PARTS:
        inventory.create_part(session, actor, number, {"en": number.title(), "zh-CN": number})
    product = add_product(session, actor, ProductDetails(PRODUCT, {"en": "Pump", "zh-CN": "泵"}))
    for number, positions in INSIDE.items():
        services.save_bom(session, actor, NewBom(Subject(part=number), positions))
    services.save_bom(session, actor, NewBom(Subject(product_id=product.id), POSITIONS))
    return product.id


def new_pump(session: Session, actor: Actor, product_id: str, serial: str) -> Asset:
    """An asset as it was delivered."""
    return services.create_asset(session, actor, AssetDetails(serial, product_id, "East City waterworks"))


def scene(actor: Actor, minutes: int = 0, order_id: str | None = None) -> Scene:
    """Somebody does something, so many minutes after noon."""
    return Scene(NOON + dt.timedelta(minutes=minutes), actor.person_id, order_id)
