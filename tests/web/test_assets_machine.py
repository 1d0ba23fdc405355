"""Random repairs of nested assemblies against a plain tree: one place for each serial number, children follow, history
is complete, and what is made again from the facts is what is kept. `MENDLOOP_ASSET_RUNS` asks for more runs."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from mendloop.assets import services
from mendloop.assets.positions import children_of
from mendloop.assets.services import Position, Target, Thing
from mendloop.assets.turns import take_turn
from mendloop.database import open_database, session_for, write_transaction
from mendloop.testing.cast import Cast
from mendloop.testing.motor_shop import INSIDE, POSITIONS, new_pump, scene, stock_motor_shop

RUNS = int(os.environ.get("MENDLOOP_ASSET_RUNS", "8"))
STEPS = 25
SERIAL_PARTS = {"MOTOR": ("M-1", "M-2", "M-3"), "BEARING": ("B-1", "B-2", "B-3"), "CAGE": ("C-1", "C-2")}
ADDRESSES = {
    "MOTOR": ("motor",),
    "BEARING": ("motor/de", "wet-end/bearing"),
    "CAGE": ("motor/de/cage", "wet-end/bearing/cage"),
}
ALL_ADDRESSES = [address for addresses in ADDRESSES.values() for address in addresses]


@dataclass(eq=False)
class Node:
    """A thing in the plain tree; `inside` are the things in it by their places."""

    part: str
    serial: str | None = None
    inside: list[tuple[str, "Node"]] = field(default_factory=list)

    def walk(self, above: str = "") -> Iterator[tuple[str, "Node"]]:
        for slot, node in self.inside:
            yield above + slot, node
            yield from node.walk(f"{above}{slot}/")


def places(lines: tuple[Position, ...]) -> dict[str, tuple[Position, bool]]:
    """Every place below these positions by its address; True where it is not inside another part."""
    tree, found = children_of(lines), dict[str, tuple[Position, bool]]()

    def grow(parent: str | None, above: str, direct: bool) -> None:
        for line in tree.get(parent, ()):
            address = above + line.key
            if line.part is not None:
                found[address] = (line, direct)
                for inner, (position, _) in places(INSIDE.get(line.part, ())).items():
                    found[f"{address}/{inner}"] = (position, False)
            grow(line.key, f"{address}/", direct and line.part is None)

    grow(None, "", True)
    return found


TOP = places(POSITIONS)
WITHIN = {part: places(lines) for part, lines in INSIDE.items()}


def furnish(holder: Node, provided: dict[str, tuple[Position, bool]]) -> Node:
    for address, (position, direct) in provided.items():
        if direct:
            count = position.milli // 1000 if position.serial else 1
            holder.inside += [
                (address, furnish(Node(position.part or ""), WITHIN.get(position.part or "", {})))
            ] * count
    return holder


class Plain:
    """The judge: things in things, nothing else."""

    def __init__(self) -> None:
        self.assets = [furnish(Node("asset"), TOP) for _ in range(2)]
        self.loose: list[Node] = []

    def named(self, part: str, serial: str) -> Node | None:
        here = [node for holder in (*self.assets, *self.loose) for _, node in holder.walk()]
        return next((node for node in (*here, *self.loose) if (node.part, node.serial) == (part, serial)), None)

    def lift(self, wanted: Node) -> None:
        self.loose = [node for node in self.loose if node is not wanted]
        for holder in (*self.assets, *self.loose):
            for node in (holder, *(each for _, each in holder.walk())):
                node.inside = [(slot, each) for slot, each in node.inside if each is not wanted]

    def drop(self, node: Node) -> None:
        """Out of its place; it is not forgotten while it has a number or something inside."""
        self.lift(node)
        if node.serial is not None or node.inside:
            self.loose.append(node)

    def holder(self, asset: int, address: str) -> tuple[Node, str]:
        node, rest = self.assets[asset], address
        while True:
            ways = [(slot, each) for slot, each in node.inside if rest.startswith(f"{slot}/")]
            if not ways:
                return node, rest
            slot, node = max(ways, key=lambda way: len(way[0]))
            rest = rest[len(slot) + 1 :]

    def install(self, asset: int, address: str, part: str, serial: str) -> None:
        node = self.named(part, serial)
        if node is None:
            node = furnish(Node(part, serial), WITHIN.get(part, {}))
        else:
            self.lift(node)
        holder, slot = self.holder(asset, address)
        for other in [each for at, each in holder.inside if at == slot]:
            self.drop(other)
        holder.inside.append((slot, node))

    def remove(self, asset: int, address: str, part: str, serial: str | None) -> None:
        holder, slot = self.holder(asset, address)
        there = [each for at, each in holder.inside if at == slot and each.part == part]
        if serial is None:
            if there:
                self.drop(there[0])
            return
        node = self.named(part, serial)
        if node is None:
            node = next((each for each in there if each.serial is None), Node(part))
            node.serial = serial
        self.drop(node)

    def drawn(self, asset: int) -> list[tuple[str, str, str]]:
        return sorted((address, node.part, node.serial or "") for address, node in self.assets[asset].walk())


class Repairs(RuleBasedStateMachine):
    """Whatever engineers may tell of two pumps."""

    file: Path
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        copy = shutil.copy(self.file, self.file.with_name(f"{uuid.uuid4().hex}.db"))
        self.database = open_database(f"sqlite:///{copy}")
        self.actor = self.cast.sue
        self.session = session_for(self.database, self.actor)
        self.plain, self.minute = Plain(), 0
        self.seen: list[tuple[int, dict[tuple[int, str], set[str]]]] = []
        self.assets = services.known_serials(self.session, self.actor)

    def teardown(self) -> None:
        self.check_history()
        self.session.close()
        self.database.close()

    @rule(asset=st.integers(0, 1), data=st.data())
    def install(self, asset: int, data: st.DataObject) -> None:
        part, serial, address = self._something(data)
        self._do(services.install_part, asset, address, Thing(part, 1000, serial))
        self.plain.install(asset, address, part, serial)

    @rule(asset=st.integers(0, 1), data=st.data(), is_named=st.booleans())
    def remove(self, asset: int, data: st.DataObject, is_named: bool) -> None:
        part, serial, address = self._something(data)
        told = serial if is_named else None
        self._do(services.remove_part, asset, address, Thing(part, 1000, told))
        self.plain.remove(asset, address, part, told)

    @rule(asset=st.integers(0, 1), data=st.data())
    def replace(self, asset: int, data: st.DataObject) -> None:
        part, serial, address = self._something(data)
        _, old, _ = self._something(data, part)
        if old == serial:
            return
        self._do(services.remove_part, asset, address, Thing(part, 1000, old))
        self.plain.remove(asset, address, part, old)
        self._do(services.install_part, asset, address, Thing(part, 1000, serial))
        self.plain.install(asset, address, part, serial)

    @precondition(lambda self: self.minute > 5)
    @rule()
    def make_again(self) -> None:
        with write_transaction(self.session) as session:
            services.rebuild_units(session, self.actor)

    @invariant()
    def the_trees_are_the_same(self) -> None:
        for number, asset in enumerate(self.assets):
            branches = (each for top in services.tree_of(self.session, self.actor, asset) for each in top.walk())
            found = [(each.address, each.unit) for each in branches if each.unit is not None]
            assert sorted((at, unit.part, unit.serial or "") for at, unit in found) == self.plain.drawn(number)
            assert {unit.asset_id for _, unit in found} <= {asset.id}

    @invariant()
    def units_are_what_the_facts_say(self) -> None:
        assert services.unit_bytes(self.session, self.actor) == services.rebuilt_bytes(self.session, self.actor)

    @invariant()
    def every_serial_number_is_where_the_judge_has_it(self) -> None:
        for part, serials in SERIAL_PARTS.items():
            for serial in serials:
                unit = services.unit_by_serial(self.session, self.actor, part, serial)
                assert (unit is None) == (self.plain.named(part, serial) is None)
        self._remember()

    def check_history(self) -> None:
        """At every moment that was looked at, history has in every place what was seen there."""
        for number, asset in enumerate(self.assets):
            for address in ALL_ADDRESSES:
                stays = services.history_of_position(self.session, self.actor, asset.id, address)
                for last, seen in self.seen:
                    there = {stay.unit_id for stay in stays if stay.begin <= last < stay.end}
                    assert there == seen.get((number, address), set())
                for stay in stays:
                    journey = services.journey_of_unit(self.session, self.actor, stay.unit_id)
                    place = (stay.asset_id, stay.address, stay.begin, stay.end)
                    assert place in [(each.asset_id, each.address, each.begin, each.end) for each in journey]

    def _remember(self) -> None:
        seen: dict[tuple[int, str], set[str]] = {}
        for number, asset in enumerate(self.assets):
            for branch in (each for top in services.tree_of(self.session, self.actor, asset) for each in top.walk()):
                if branch.unit is not None:
                    seen.setdefault((number, branch.address), set()).add(branch.unit.id)
        with write_transaction(self.session) as session:
            self.seen.append((take_turn(session, self.actor), seen))

    def _do(self, act: Callable[..., object], asset: int, address: str, thing: Thing) -> None:
        self.minute += 1
        target = Target(address, self.assets[asset].id)
        with write_transaction(self.session) as session:
            act(session, self.actor, scene(self.actor, self.minute), target, thing)

    def _something(self, data: st.DataObject, part: str | None = None) -> tuple[str, str, str]:
        part = part or data.draw(st.sampled_from(sorted(SERIAL_PARTS)))
        return part, data.draw(st.sampled_from(SERIAL_PARTS[part])), data.draw(st.sampled_from(ADDRESSES[part]))


def deliver(file: Path, cast: Cast) -> None:
    """Two pumps, as they leave the factory."""
    database = open_database(f"sqlite:///{file}")
    with session_for(database, cast.sue) as session, write_transaction(session):
        product = stock_motor_shop(session, cast.sue)
        for serial in ("P-1", "P-2"):
            new_pump(session, cast.sue, product, serial)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_random_repairs_leave_what_a_plain_tree_has(prepared_sqlite: tuple[str, Cast], tmp_path: Path) -> None:
    class Machine(Repairs):
        file, cast = Path(shutil.copy(prepared_sqlite[0], tmp_path / "prepared.db")), prepared_sqlite[1]

    deliver(Machine.file, Machine.cast)
    generate_only = settings(  # what fails is short enough to be read, and making it shorter takes minutes
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    run_state_machine_as_test(Machine, settings=generate_only)
