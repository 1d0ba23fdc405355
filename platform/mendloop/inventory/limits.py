"""How much a van should hold, and what it lacks: below its minimum a part is filled up to its maximum."""

from dataclasses import dataclass

from sqlalchemy import delete, func, literal, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.balances import IS_THERE
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import TRANSIT, WAREHOUSE
from mendloop.inventory.models import Part, StockBalance
from mendloop.inventory.models_of_desk import StockLimit, StockTransfer, StockTransferLine
from mendloop.inventory.transfers import ASKED, SENT
from mendloop.problems import Problem, Refusal


@dataclass(frozen=True, slots=True)
class Need:
    """A part that a place should hold, and how it stands. `coming` is on its way, `asked` was asked for already.

    `short` is what would fill it up; nothing while it holds its minimum. `in_store` is free in the warehouse.
    """

    part: Part
    place: str
    minimum: int
    maximum: int
    there: int
    coming: int
    asked: int
    in_store: int

    @property
    def is_low(self) -> bool:
        return self.there + self.coming < self.minimum

    @property
    def short(self) -> int:
        return self.maximum - self.there - self.coming if self.is_low else 0

    @property
    def can_send(self) -> int:
        return min(self.short, self.in_store)

    @property
    def to_send(self) -> int:
        """Less what was asked for: that is sent as what it was asked for as."""
        return max(0, min(self.short - self.asked, self.in_store))


def set_limit(session: Session, actor: Actor, place: str, part_id: str, minimum: int, maximum: int) -> None:
    """A place should hold from `minimum` to `maximum` of a part; a maximum of 0 says that it need not."""
    if maximum < minimum or minimum < 0:
        raise Refusal(Problem("stock.limits_crossed", at="/maximum"))
    key = {"organisation_id": actor.organisation_id, "place": place, "part_id": part_id}
    known = session.get(StockLimit, (actor.organisation_id, place, part_id))
    if maximum == 0:
        session.execute(
            delete(StockLimit).where(
                StockLimit.organisation_id == actor.organisation_id,
                StockLimit.place == place,
                StockLimit.part_id == part_id,
            )
        )
    elif known is None:
        session.add(StockLimit(**key, minimum=minimum, maximum=maximum))
    else:
        known.minimum, known.maximum = minimum, maximum
    session.flush()


def needs_of(session: Session, actor: Actor, place: str = "") -> list[Need]:
    """Every part with a limit, with how it stands; of one place, or of all."""
    statement = (
        select(StockLimit, Part)
        .join(Part, (Part.organisation_id == StockLimit.organisation_id) & (Part.id == StockLimit.part_id))
        .where(StockLimit.organisation_id == actor.organisation_id)
        .order_by(StockLimit.place, Part.number)
    )
    if place:
        statement = statement.where(StockLimit.place == place)
    found = [(limit, part) for limit, part in session.execute(statement)]
    there, store = _balances(session, actor, {part.id for _, part in found})
    coming, asked = _coming(session, actor), _asked(session, actor)
    return [
        Need(
            part,
            limit.place,
            limit.minimum,
            limit.maximum,
            there.get((limit.place, part.id), 0),
            coming.get((limit.place, part.id), 0),
            asked.get((limit.place, part.id), 0),
            store.get(part.id, 0),
        )
        for limit, part in found
    ]


def portions_to_fill(needs: list[Need], *, with_asked: bool = False) -> list[Portion]:
    """What can be sent from the warehouse at once; parts with serial numbers are picked by hand."""
    found = [(need.part, need.can_send if with_asked else need.to_send) for need in needs]
    return [Portion(part, milli) for part, milli in found if milli and not part.serial_tracked]


def _balances(session: Session, actor: Actor, part_ids: set[str]) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """What lies where, and what is free in the warehouse."""
    statement = select(StockBalance).where(
        StockBalance.organisation_id == actor.organisation_id, StockBalance.part_id.in_(sorted(part_ids)), IS_THERE
    )
    there: dict[tuple[str, str], int] = {}
    store: dict[str, int] = {}
    for row in session.execute(statement).scalars():
        there[row.location, row.part_id] = row.milli
        if row.location == WAREHOUSE:
            store[row.part_id] = row.milli - row.reserved
    return there, store


def _coming(session: Session, actor: Actor) -> dict[tuple[str, str], int]:
    """What is on its way to each place."""
    statement = (
        select(StockTransfer.target, StockBalance.part_id, func.sum(StockBalance.milli))
        .join(
            StockBalance,
            (StockBalance.organisation_id == StockTransfer.organisation_id)
            & (StockBalance.location == literal(f"{TRANSIT}:") + StockTransfer.id),
        )
        .where(StockTransfer.organisation_id == actor.organisation_id, StockTransfer.state == SENT)
        .group_by(StockTransfer.target, StockBalance.part_id)
    )
    return {(target, part): int(milli) for target, part, milli in session.execute(statement)}


def _asked(session: Session, actor: Actor) -> dict[tuple[str, str], int]:
    """What was asked for and nobody has sent yet."""
    statement = (
        select(StockTransfer.target, StockTransferLine.part_id, func.sum(StockTransferLine.milli))
        .join(
            StockTransferLine,
            (StockTransferLine.organisation_id == StockTransfer.organisation_id)
            & (StockTransferLine.transfer_id == StockTransfer.id),
        )
        .where(StockTransfer.organisation_id == actor.organisation_id, StockTransfer.state == ASKED)
        .group_by(StockTransfer.target, StockTransferLine.part_id)
    )
    return {(target, part): int(milli) for target, part, milli in session.execute(statement)}
