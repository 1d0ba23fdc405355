"""What is built into assets: facts win, assemblies bring what is inside them, one serial number is in one place."""

from collections.abc import Iterator

import pytest
from mendloop.assets import services
from mendloop.assets.conflicts import Conflict as Conflicting
from mendloop.assets.models import Asset, AssetFact, AssetUnit
from mendloop.assets.services import PartMoved, Target, Thing
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.problems import Conflict, Missing, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.motor_shop import NOON, PRODUCT, new_pump, scene, stock_motor_shop
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session


class Shop:
    """Two pumps as delivered, and short words for what is done to them."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.actor, self.cast = session, cast.sue, cast
        self.product = stock_motor_shop(session, self.actor)
        self.one, self.two = (new_pump(session, self.actor, self.product, serial) for serial in ("P-1", "P-2"))
        self.minutes = 0

    def install(self, asset: Asset, address: str, part: str, serial: str | None = None, milli: int = 1000) -> list[str]:
        thing = Thing(part, milli, serial)
        return self._kinds(
            services.install_part(self.session, self.actor, self._now(), Target(address, asset.id), thing)
        )

    def remove(self, asset: Asset, address: str, part: str, serial: str | None = None, milli: int = 1000) -> list[str]:
        thing = Thing(part, milli, serial)
        return self._kinds(
            services.remove_part(self.session, self.actor, self._now(), Target(address, asset.id), thing)
        )

    def tree(self, asset: Asset) -> dict[str, str]:
        """Everything in it: address → part, serial and quantity; - where nothing is."""
        found: dict[str, str] = {}
        for branch in (each for top in services.tree_of(self.session, self.actor, asset) for each in top.walk()):
            if branch.unit is not None:
                many = f" x{branch.unit.milli / 1000:g}" if branch.unit.milli != 1000 else ""
                found[branch.address] = f"{branch.unit.part}{many} {branch.unit.serial or ''}".strip()
            elif branch.is_empty:
                found[branch.address] = "-"
        return found

    def history(self, asset: Asset, address: str) -> list[tuple[str | None, int | None, int | None]]:
        """Serial number, minute in and minute out of each that was there."""
        stays = services.history_of_position(self.session, self.actor, asset.id, address)
        return [
            (serial_of(stay), minute(stay.came_with or stay.first), minute(stay.left_with or stay.last))
            for stay in stays
        ]

    def check(self) -> None:
        assert services.unit_bytes(self.session, self.actor) == services.rebuilt_bytes(self.session, self.actor)

    def _now(self) -> services.Scene:
        self.minutes += 1
        return scene(self.actor, self.minutes)

    def _kinds(self, conflicts: list[Conflicting]) -> list[str]:
        self.check()
        return [conflict.kind for conflict in conflicts]


def serial_of(stay: services.Stay) -> str | None:
    return stay.first.serial or (stay.last.serial if stay.last is not None else None)


def minute(fact: AssetFact | None) -> int | None:
    """After noon of the day on which all of it happens; 0 for what was there from the beginning."""
    if fact is None or fact.reason == "built":
        return None if fact is None else 0
    return round((fact.at - NOON).total_seconds() / 60)


@pytest.fixture
def shop(database: Database, cast: Cast) -> Iterator[Shop]:
    with session_for(database, cast.sue) as opened, write_transaction(opened):
        yield Shop(opened, cast)


DELIVERED = {
    "motor": "MOTOR",
    "motor/de": "BEARING",
    "motor/de/cage": "CAGE",
    "motor/fan": "FAN",
    "wet-end/bearing": "BEARING",
    "wet-end/bearing/cage": "CAGE",
    "wet-end/gasket": "GASKET",
    "wet-end/bolts": "BOLT x4",
}


def test_an_asset_is_delivered_with_everything_its_bom_provides(shop: Shop) -> None:
    assert shop.tree(shop.one) == shop.tree(shop.two) == DELIVERED
    shop.check()


def test_an_assembly_takes_along_what_is_inside_and_brings_it_into_another_asset(shop: Shop) -> None:
    assert shop.remove(shop.one, "motor/de/cage", "CAGE", "C-old") == []
    assert shop.install(shop.one, "motor/de/cage", "CAGE", "C-7") == []
    assert shop.remove(shop.one, "motor", "MOTOR", "M-1") == []
    assert shop.tree(shop.one) == {
        "motor": "-", "motor/de": "-", "motor/de/cage": "-", "motor/fan": "-",
        **{address: part for address, part in DELIVERED.items() if address.startswith("wet-end")},
    }  # fmt: skip
    assert shop.install(shop.two, "motor", "MOTOR", "M-1") == ["occupied"]
    assert shop.tree(shop.two)["motor"] == "MOTOR M-1"
    assert shop.tree(shop.two)["motor/de/cage"] == "CAGE C-7"
    unit = services.unit_by_serial(shop.session, shop.actor, "CAGE", "C-7")
    assert unit
    assert unit.asset_id == shop.two.id


def test_the_history_of_a_position_and_of_a_thing_follow_the_assembly(shop: Shop) -> None:
    shop.install(shop.one, "motor/de/cage", "CAGE", "C-7")  # minute 1
    shop.remove(shop.one, "motor", "MOTOR", "M-1")  # 2
    shop.install(shop.one, "motor", "MOTOR", "M-2")  # 3, with a cage nobody has a number of
    shop.remove(shop.two, "motor", "MOTOR", "M-3")  # 4
    shop.install(shop.two, "motor", "MOTOR", "M-1")  # 5
    found = shop.history(shop.one, "motor/de/cage")
    assert [(serial, out) for serial, _, out in found] == [(None, 1), ("C-7", 2), (None, None)]
    assert shop.history(shop.two, "motor/de/cage")[-1] == ("C-7", 5, None)
    unit = services.unit_by_serial(shop.session, shop.actor, "CAGE", "C-7")
    assert unit
    journey = services.journey_of_unit(shop.session, shop.actor, unit.id)
    assert [(stay.asset_id, stay.address) for stay in journey] == [
        (shop.one.id, "motor/de/cage"), (None, "de/cage"), (shop.two.id, "motor/de/cage")
    ]  # fmt: skip


def test_a_serial_number_that_turns_up_elsewhere_has_moved_and_somebody_is_asked_to_look(shop: Shop) -> None:
    shop.remove(shop.one, "motor", "MOTOR", "M-9")
    shop.install(shop.one, "motor", "MOTOR", "M-1")
    shop.remove(shop.two, "motor", "MOTOR", "M-2")
    assert shop.install(shop.two, "motor", "MOTOR", "M-1") == ["elsewhere"]
    assert shop.tree(shop.one)["motor"] == "-"
    assert shop.tree(shop.two)["motor"] == "MOTOR M-1"
    (task,) = services.open_conflicts(shop.session, shop.actor)
    assert (task.kind, task.found_asset_id, task.found_address) == ("elsewhere", shop.one.id, "motor")
    with pytest.raises(Refusal):
        services.settle_conflict(shop.session, shop.actor, task.id, "  ")
    services.settle_conflict(shop.session, shop.actor, task.id, "The plate had been read wrongly.")
    assert services.open_conflicts(shop.session, shop.actor) == []
    with pytest.raises(Conflict):
        services.settle_conflict(shop.session, shop.actor, task.id, "Again.")


def test_what_was_not_known_to_be_there_is_believed_when_it_is_taken_out(shop: Shop) -> None:
    shop.install(shop.one, "motor", "MOTOR", "M-1")
    assert shop.remove(shop.one, "motor", "MOTOR", "M-77") == ["not_there"]
    assert shop.remove(shop.one, "wet-end/bolts", "BOLT", milli=5000) == ["not_there"]
    assert shop.tree(shop.one)["motor"] == "MOTOR M-1"
    assert shop.tree(shop.one)["wet-end/bolts"] == "-"
    unit = services.unit_by_serial(shop.session, shop.actor, "MOTOR", "M-77")
    assert unit
    assert unit.place is None


def test_a_place_that_no_bom_provides_is_shown_and_asked_about(shop: Shop) -> None:
    assert shop.install(shop.one, "roof/cooler", "COOLER", "K-1") == ["unknown_position"]
    assert shop.tree(shop.one)["roof/cooler"] == "COOLER K-1"


def test_small_parts_give_way_without_a_word_and_no_more_of_them_than_needed(shop: Shop) -> None:
    assert shop.install(shop.one, "wet-end/gasket", "GASKET") == []
    assert shop.install(shop.one, "wet-end/bolts", "BOLT", milli=3000) == []
    bolts = [unit.milli for unit in services.units_in(shop.session, shop.actor, shop.one.id) if unit.part == "BOLT"]
    assert sorted(bolts) == [1000, 3000]
    assert shop.tree(shop.one)["wet-end/gasket"] == "GASKET"


def test_an_assembly_is_repaired_on_the_bench_and_never_put_into_itself(shop: Shop) -> None:
    shop.remove(shop.one, "motor", "MOTOR", "M-1")
    motor = services.unit_by_serial(shop.session, shop.actor, "MOTOR", "M-1")
    assert motor
    bench = Target("de", unit_id=motor.id)
    services.replace_part(shop.session, shop.actor, scene(shop.actor, 9), bench, (None, Thing("BEARING", 1000, "B-5")))
    inside = services.units_inside(shop.session, shop.actor, motor.id)
    assert [(unit.part, unit.serial) for unit in inside if unit.part == "BEARING"] == [("BEARING", "B-5")]
    bearing = next(unit for unit in inside if unit.part == "BEARING")
    within = Target("x", unit_id=bearing.id)
    with pytest.raises(Refusal) as refused:
        services.install_part(shop.session, shop.actor, scene(shop.actor, 10), within, Thing("MOTOR", 1000, "M-1"))
    assert [problem.code for problem in refused.value.problems] == ["asset.inside_itself"]
    shop.install(shop.two, "motor", "MOTOR", "M-1")
    assert shop.tree(shop.two)["motor/de"] == "BEARING B-5"


def test_the_same_act_asked_for_twice_is_done_once(shop: Shop) -> None:
    told = services.Scene(NOON, shop.actor.person_id, key="a key of the asker's")
    target = Target("wet-end/gasket", shop.one.id)
    for _ in range(2):
        services.install_part(shop.session, shop.actor, told, target, Thing("GASKET", 1000, None, "LOT-1"))
    assert len(services.history_of_position(shop.session, shop.actor, shop.one.id, "wet-end/gasket")) == 2
    shop.check()


def moved(action: str, position: str, part: str, serial: str | None = None) -> PartMoved:
    return PartMoved(part, 1000, action, position, NOON, "ada", serial)


def test_a_completed_step_takes_out_what_was_removed_and_builds_in_what_was_used(shop: Shop) -> None:
    order = new_id()
    services.link_order(shop.session, shop.actor, order, shop.one.id)
    facts = [
        moved("used", "gasket", "GASKET"),
        moved("used", "motor", "MOTOR", "M-2"),
        moved("removed", "motor", "MOTOR", "M-1"),
        moved("returned", "fan", "FAN"),
        moved("used", "", "BOLT"),
    ]
    assert services.parts_were_moved(shop.session, shop.actor, order, "repair#1", facts) == []
    assert shop.tree(shop.one)["motor"] == "MOTOR M-2"
    (stay,) = [
        each
        for each in services.history_of_position(shop.session, shop.actor, shop.one.id, "motor")
        if each.last is None
    ]
    assert (stay.first.order_id, stay.first.visit, stay.first.by) == (order, "repair#1", "ada")
    shop.check()


def test_a_position_may_be_named_by_its_end_as_long_as_only_one_has_it(shop: Shop) -> None:
    order = new_id()
    services.link_order(shop.session, shop.actor, order, shop.one.id)
    services.parts_were_moved(shop.session, shop.actor, order, "a#1", [moved("used", "de", "BEARING", "B-1")])
    assert shop.tree(shop.one)["motor/de"] == "BEARING B-1"
    told = services.parts_were_moved(shop.session, shop.actor, order, "a#1", [moved("used", "cage", "CAGE", "C-1")])
    assert [conflict.kind for conflict in told] == ["unknown_position"]


def test_the_field_is_believed_however_large_the_bom_has_become(shop: Shop) -> None:
    order = new_id()
    services.link_order(shop.session, shop.actor, order, shop.one.id)
    many = [services.Position(f"p{number}", part="CAGE") for number in range(4999)]
    services.save_bom(shop.session, shop.actor, services.NewBom(services.Subject(part="FAN"), many))
    five = [services.Position(f"f{number}", part="FAN") for number in range(5)]
    services.save_bom(shop.session, shop.actor, services.NewBom(services.Subject(part="MOTOR"), five))
    facts = [moved("used", "motor", "MOTOR", "M" * 300), moved("used", "gasket", "GASKET")]
    services.parts_were_moved(shop.session, shop.actor, order, "a#1", facts)
    assert shop.tree(shop.one)["motor"] == f"MOTOR {'M' * 200}"
    shop.check()


def test_an_order_about_no_known_asset_moves_nothing(shop: Shop) -> None:
    services.parts_were_moved(shop.session, shop.actor, new_id(), "a#1", [moved("used", "motor", "MOTOR", "M-1")])
    assert services.unit_by_serial(shop.session, shop.actor, "MOTOR", "M-1") is None


def test_an_order_finds_its_asset_by_the_number_or_takes_it_in_when_told_to(shop: Shop) -> None:
    link = services.link_named_order
    order = new_id()
    assert link(shop.session, shop.actor, order, PRODUCT, ("P-99", "Hotel"), create=False) is None
    assert link(shop.session, shop.actor, order, PRODUCT, (" P-1 ", ""), create=False) is shop.one
    made = link(shop.session, shop.actor, order, PRODUCT, ("P-99", "Hotel"), create=True)
    assert made
    assert (made.customer, shop.tree(made)) == ("Hotel", DELIVERED)
    assert services.asset_of_order(shop.session, shop.actor, order) is made
    assert services.orders_of_asset(shop.session, shop.actor, made.id) == [order]


def test_the_database_itself_keeps_one_serial_number_in_one_place(shop: Shop) -> None:
    shop.install(shop.one, "motor", "MOTOR", "M-1")
    row = {
        "organisation_id": shop.actor.organisation_id, "id": new_id(), "part_number": "MOTOR", "serial": "M-1",
        "milli": 1000, "asset_id": shop.two.id, "slot": "motor", "since": utc_now(), "sequence": 1,
    }  # fmt: skip
    with pytest.raises(IntegrityError), shop.session.begin_nested():
        shop.session.connection().execute(insert(AssetUnit), row)


def test_facts_cannot_be_changed(shop: Shop) -> None:
    forging = update(AssetFact).where(AssetFact.organisation_id == shop.actor.organisation_id).values(reason="forged")
    with pytest.raises(DBAPIError), shop.session.begin_nested():
        shop.session.connection().execute(forging)


def test_units_are_made_again_from_the_facts(shop: Shop) -> None:
    shop.install(shop.one, "motor", "MOTOR", "M-1")
    shop.remove(shop.one, "motor", "MOTOR", "M-1")
    shop.install(shop.two, "motor", "MOTOR", "M-1")
    before = services.unit_bytes(shop.session, shop.actor)
    services.rebuild_units(shop.session, shop.actor)
    assert services.unit_bytes(shop.session, shop.actor) == before


def test_two_assets_of_a_product_have_two_serial_numbers(shop: Shop) -> None:
    with pytest.raises(Conflict):
        new_pump(shop.session, shop.actor, shop.product, " P-1 ")


def test_assets_are_found_by_their_own_number_their_tag_and_by_what_is_inside(shop: Shop) -> None:
    shop.install(shop.two, "motor/de", "BEARING", "B-5")
    for text in ("p-2", shop.two.tag, "B-5"):
        found = services.find_assets(shop.session, shop.actor, services.AssetFilters(text=text))
        assert [asset.id for asset in found] == [shop.two.id], text
    assert services.asset_by_tag(shop.session, shop.actor, shop.one.tag.lower()).id == shop.one.id


def test_another_organisation_knows_none_of_them(database: Database, shop: Shop) -> None:
    shop.session.commit()
    cy = shop.cast.cy
    with session_for(database, cy) as other:
        with pytest.raises(Missing):
            services.access_asset(other, cy, shop.one.id)
        with pytest.raises(Missing):
            services.asset_by_tag(other, cy, shop.one.tag)
        assert services.find_assets(other, cy, services.AssetFilters()) == []
        assert services.history_of_position(other, cy, shop.one.id, "motor") == []
