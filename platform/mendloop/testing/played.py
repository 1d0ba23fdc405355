"""Orders of the demonstration that are played up to a point, for tests that begin in the middle."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.models import Login
from mendloop.accounts.services import find_actor
from mendloop.clock import utc_now
from mendloop.database import (
    Database,
    bind_organisation,
    new_id,
    open_session,
    session_for,
    write_transaction,
)
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import van_of
from mendloop.library.services import access_version, list_templates, load_plan
from mendloop.work_orders.access import WorkOrder, access_work_order
from mendloop.work_orders.demonstration.playing import Player
from mendloop.work_orders.opening import NewOrder, open_work_order

PUMP = "pump/centrifugal/harbour-80"
CAST = {"engineer": "ada", "engineer:2": "bo", "inspector": "ivy"}


def play_pump_order(database: Database, data_folder: Path, acts: int) -> str:
    """The id of a new order for a pump on which the first `acts` acts of its template's scenario are done, by Ada."""
    with open_session(database) as session:
        people = {name: _actor(session, name) for name in ("lin", *CAST.values())}
    with session_for(database, people["lin"]) as session, write_transaction(session):
        return _play(session, people, data_folder, acts)


def play_further(database: Database, data_folder: Path, order_id: str, first: int, last: int) -> None:
    """Do the acts from `first` up to `last` of the scenario on an order that was begun by `play_pump_order`."""
    with open_session(database) as session:
        people = {name: _actor(session, name) for name in ("lin", *CAST.values())}
    lin = people["lin"]
    with session_for(database, lin) as session, write_transaction(session):
        order = access_work_order(session, lin, order_id)
        _play_acts(session, people, data_folder, order, slice(first, last))


def fill_van(database: Database, name: str, parts: Mapping[str, int]) -> None:
    """One more of each of these parts into somebody's van, for what it costs, in minor units."""
    with open_session(database) as session:
        people = {each: _actor(session, each) for each in ("lin", name)}
    lin, van = people["lin"], van_of(people[name].person_id)
    with session_for(database, lin) as session, write_transaction(session):
        for number, part in sorted(inventory.parts_by_number(session, lin, parts).items()):
            one = Portion(part, 1000, f"SN-{new_id()[-6:]}" if part.serial_tracked else None)
            desk.receive(session, lin, one, parts[number], van)


def put_pieces(database: Database, name: str, number: str, serials: Sequence[str]) -> None:
    """A new part that has serial numbers, and these pieces of it in somebody's van."""
    with open_session(database) as session:
        people = {each: _actor(session, each) for each in ("lin", name)}
    lin, van = people["lin"], van_of(people[name].person_id)
    with session_for(database, lin) as session, write_transaction(session):
        names = {"en": "Power supply", "zh-CN": "电源模块"}
        part = inventory.create_part(session, lin, number, names, serial_tracked=True)
        for serial in serials:
            desk.receive(session, lin, Portion(part, 1000, serial), 100, van)


def _actor(session: Session, name: str) -> Actor:
    login = session.get_one(Login, name)
    bind_organisation(session, login.organisation_id)
    found = find_actor(session, login.organisation_id, login.person_id)
    if found is None:
        raise LookupError(name)
    return found[0]


def _play(session: Session, people: dict[str, Actor], data_folder: Path, acts: int) -> str:
    lin, opened = people["lin"], utc_now() - dt.timedelta(hours=3)
    published = next(each for each in list_templates(session, lin) if each.template.key.startswith("pump"))
    new = NewOrder(
        product=PUMP,
        template_version=published.version.id,
        asset="P-2041A",
        fault_codes=("P-12",),
        assignee=people["ada"].person_id,
        created=opened,
    )
    order = open_work_order(session, lin, new)
    _play_acts(session, people, data_folder, order, slice(acts))
    return order.id


def _play_acts(session: Session, people: dict[str, Actor], data_folder: Path, order: WorkOrder, which: slice) -> None:
    lin = people["lin"]
    player = Player(
        session=session,
        order=order,
        plan=load_plan(session, lin, order.plan_hash),
        person=lambda role: people[CAST.get(role) or CAST[role.partition(":")[0]]],
        data_folder=data_folder,
        trade="pump",
        clock=dt.datetime.fromisoformat(order.changed_at or order.created_at.isoformat()),
    )
    version = access_version(session, lin, order.template_version_id)
    for act in json.loads(version.document)["scenarios"][0]["acts"][which]:
        player.clock += dt.timedelta(minutes=2)
        player.play(act)
