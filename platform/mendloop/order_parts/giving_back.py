"""What was issued and not needed, in one tap back to where it came from; what was built in, and came out again."""

from collections.abc import Mapping, Sequence

from mendloop_engine.json_values import Json
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import desk
from mendloop.inventory import services as inventory
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.ledger import Posted
from mendloop.inventory.locations import OLD, SHELVES, kind_of, removed_by, van_of
from mendloop.inventory.services import Part
from mendloop.inventory.undoing import UNUSED, Use, latest, take_back, uses_of
from mendloop.order_parts.acts import Asked, as_known, begin_act, known_parts, said
from mendloop.order_parts.following import parts_booked
from mendloop.order_parts.holding import hold_again
from mendloop.order_parts.lying import WHOLE, check_named, check_serials, lying_at, pieces
from mendloop.problems import Conflict, Problem, Refusal
from mendloop.work_orders.access import lock_work_order


def give_back_parts(
    session: Session,
    actor: Actor,
    order_id: str,
    asked: Sequence[Asked],
    key: str,
    *,
    target: str = "",
    defective: bool = False,
    used: bool = False,
) -> None:
    """Back to the shelves they came from, or to `target`; defective ones to the old parts of whoever says so.

    `used`: they had been built in, and came out again. The order does not bear them any more.
    """
    told = (order_id, said(asked), target, defective, *([True] * used))
    order = begin_act(session, actor, order_id, key, "return", *told)
    if order is None:
        return
    if target and kind_of(target) not in SHELVES:
        raise Refusal(Problem("order_parts.target_unknown", at="/target"))
    asked = as_known(session, actor, asked)
    parts = known_parts(session, actor, asked)
    if used:
        inventory.lock_parts(session, actor, [part.id for part in parts.values()])
        asked = _out_again(session, actor, order_id, asked, parts, key)
    to = removed_by(actor.person_id) if defective else target
    portions = _portions(session, actor, order_id, asked, to, van_of(order.assigned_to or actor.person_id))
    check_named(portion for place, portion in portions if kind_of(place) in SHELVES)
    for number, place in enumerate(dict.fromkeys(place for place, _ in portions)):
        own = [portion for each, portion in portions if each == place]
        slip = Slip(key=f"return:{key}:{number}", reason="defective" if defective else None)
        desk.give_back(session, actor, order_id, own, place, slip)
    parts_booked(session, actor, order_id)
    if defective:
        hold_again(session, actor, order_id, order.assigned_to)  # it is wanted once more


def return_slip(
    session: Session, actor: Actor, order_id: str, portions: Sequence[Portion], target: str, slip: Slip
) -> Posted:
    """Take in what is on a slip of the desk: what goes to no shelf was no good, and is wanted once more."""
    order = lock_work_order(session, actor, order_id)
    posted = desk.give_back(session, actor, order_id, portions, target, slip)
    if order.status == "open" and not posted.again:
        parts_booked(session, actor, order_id)
        if kind_of(target) in OLD:
            hold_again(session, actor, order_id, order.assigned_to)
    return posted


def _out_again(
    session: Session, actor: Actor, order_id: str, asked: Sequence[Asked], parts: Mapping[str, Part], key: str
) -> list[Asked]:
    """What had been built in lies at the order once more; answers it by the serial numbers it went in with."""
    found: list[Asked] = []
    for number, each in enumerate(asked):
        part_id = parts[each.number].id
        uses = _meant(each, uses_of(session, actor, order_id, part_id))
        slip = Slip(key=f"{UNUSED}:{key}:{number}")
        take_back(session, actor, part_id, uses, slip.act(UNUSED, order_id))
        found += _as_asked(each.number, uses)
    return found


def _meant(each: Asked, uses: Sequence[Use]) -> list[Use]:
    """What nobody has named first, then all that have serial numbers, or nobody knows which."""
    mine = [use for use in uses if each.serial in (None, use.serial)]
    unnamed = [use for use in mine if use.serial is None]
    named = [use for use in mine if use.serial is not None]
    there, loose = (sum(use.milli for use in some) for some in (mine, unnamed))
    wanted = WHOLE if each.serial else each.milli or there
    check_serials(Asked(each.number, wanted, each.serial), [*dict.fromkeys(str(use.serial) for use in named)], loose)
    found = latest([*named, *unnamed], wanted)
    if not found or sum(use.milli for use in found) < wanted:
        params: dict[str, Json] = {"part": each.number, "quantity": inventory.quantity_of(there)}
        raise Conflict(Problem("order_parts.not_that_much_used", at="/quantity", params=params))
    return found


def _as_asked(number: str, uses: Sequence[Use]) -> list[Asked]:
    unnamed = sum(use.milli for use in uses if not use.serial)
    named = [Asked(number, WHOLE, use.serial) for use in uses if use.serial]
    return [*([Asked(number, unnamed)] if unnamed else []), *named]


def _portions(
    session: Session, actor: Actor, order_id: str, asked: Sequence[Asked], target: str, home: str
) -> list[tuple[str, Portion]]:
    """Where to, and what. What came from nowhere that stock knew goes to the van of whoever has the order."""
    lying = lying_at(session, actor, order_id)
    found = [piece for each in asked for piece in pieces(lying, each)]
    return [(target or (source if kind_of(source) in SHELVES else home), portion) for source, portion in found]
