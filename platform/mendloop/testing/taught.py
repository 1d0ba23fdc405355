"""Earlier repairs for the demonstration's pump, so that its phones have something to propose."""

from mendloop.accounts.models import Login
from mendloop.accounts.services import find_actor
from mendloop.database import Database, bind_organisation, open_session, session_for, write_transaction
from mendloop.inventory.services import create_part
from mendloop.recommending.services import Repair, count_repair
from mendloop.testing.played import PUMP

FAULT, TEMPLATE, NODE = "P-12", "pump.overhaul", "parts"
REPAIRS = 41
USED = {"BRG-6309C3": 38, "SEAL-H80": 34, "GSK-H80": 20, "EL-ROTEX-38": 30, "KEY-8X7": 12, "OR-45X3": 9, "SHIM-H80": 6}
"""Parts, and in how many of the repairs they were used. From the coupling on nobody planned them."""
NAMES = {
    "EL-ROTEX-38": ({"zh-CN": "联轴器弹性块", "en": "Coupling element"}, False),
    "KEY-8X7": ({"zh-CN": "平键 8×7", "en": "Key 8×7"}, True),
    "OR-45X3": ({"zh-CN": "O 形圈 45", "en": "O-ring 45"}, False),
}
"""The third is known to stock, the last is not; the second has serial numbers."""


def teach_pump_repairs(database: Database) -> None:
    """Enter the parts and count the repairs, once."""
    with open_session(database) as session:
        login = session.get_one(Login, "lin")
        bind_organisation(session, login.organisation_id)
        found = find_actor(session, login.organisation_id, login.person_id)
    if found is None:
        raise LookupError("lin")
    lin = found[0]
    with session_for(database, lin) as session, write_transaction(session):
        for number, (name, has_serial) in NAMES.items():
            create_part(session, lin, number, name, serial_tracked=has_serial)
        for repair in range(REPAIRS):
            parts = frozenset(part for part, used in USED.items() if repair < used)
            at = f"2026-{1 + repair // 28:02}-{1 + repair % 28:02}T08:00:00.000Z"
            count_repair(session, lin, Repair(f"2025-{repair:05}", at, TEMPLATE, PUMP, (FAULT,), {NODE: parts}))
