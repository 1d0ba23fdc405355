"""The shapes of orders' parts, as the API tells them. Quantities are in the part's own unit, money in minor units."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel


class PlaceOut(BaseModel):
    """So much at a place. `owner` is the person of a van."""

    number: str
    location: str
    kind: str
    owner: str | None
    quantity: int | float


class ComingOut(BaseModel):
    """So much was asked for and is still to come, from a place of ours by a transfer to `target`, or from the supplier.
    `number` is the part that comes: one that stands in, where that was asked for."""

    id: str
    number: str
    location: str
    kind: str
    owner: str | None
    quantity: int | float
    state: Literal["asked", "sent", "to_buy", "ordered"]
    transfer: str | None
    target: str | None


class OrderPartOut(BaseModel):
    """One part of an order. `wanted` has still to come, `missing` of it nobody could hold, and `coming` is what was
    asked for. `open` waits to be settled, and `explained_open` of it is explained and not decided. `used_here` is what
    of `used` was said on this sheet and by no step; `serials` lie at the order, `serials_used` are built in. What is
    `serial_tracked` is taken by its serial number."""

    number: str
    name: dict[str, str]
    unit: str
    known: bool
    planned: int | float
    from_plan: int | float
    source: Literal["plan", "hand", "engineer"] | None
    note: str
    wanted: int | float
    reserved: list[PlaceOut]
    missing: int | float
    coming: list[ComingOut]
    issued: int | float
    used: int | float
    used_here: int | float
    returned: int | float
    explained: int | float
    open: int | float
    explained_open: int | float
    unplanned: int | float
    serial_tracked: bool
    serials: list[str]
    serials_used: list[str]
    stand_ins: list[str]
    cost: int | None


class ExplanationOut(BaseModel):
    """What somebody said about a part, and what became of that."""

    id: str
    number: str
    quantity: int | float
    reason: str
    note: str
    state: Literal["proposed", "accepted", "refused", "withdrawn"]
    proposed_by: str
    proposed_at: dt.datetime
    decided_by: str | None
    answer: str


class OldPartOut(BaseModel):
    """An old or defective part under its tag; `target` once it has been received."""

    tag: str
    order: str
    number: str
    name: dict[str, str]
    quantity: int | float
    serial: str | None
    defective: bool
    taken_at: dt.datetime
    target: str | None


class PieceOut(BaseModel):
    """One of a part lies there under this serial number. `owner` is the person of a van."""

    number: str
    serial: str
    location: str
    kind: str
    owner: str | None


class OrderPartsOut(BaseModel):
    """An order's parts. `reasons` are those that an explanation can have; `settled`: the order may end.

    `pieces` may be taken by their serial numbers by whoever asks, nearest first: of every part at most two hundred.

    `cost` is in whole minor units, and null for engineers, who are not told what anything costs."""

    order: str
    status: str
    settled: bool
    cost: int | None
    parts: list[OrderPartOut]
    pieces: list[PieceOut]
    explanations: list[ExplanationOut]
    old_parts: list[OldPartOut]
    reasons: list[str]


class MissingOut(BaseModel):
    """What is missing for an order: what was asked for; of the rest, where it lies, what has to be bought, and where
    parts lie that may stand in."""

    order: str
    number: str
    name: dict[str, str]
    quantity: int | float
    coming: list[ComingOut]
    moves: list[PlaceOut]
    buy: int | float
    instead: list[PlaceOut]


class MissingPartsOut(BaseModel):
    """For all open orders, who is served first first."""

    missing: list[MissingOut]


class PurchaseOut(BaseModel):
    """So much of a part has to be bought for an order, as somebody has asked."""

    id: str
    order: str
    number: str
    name: dict[str, str]
    quantity: int | float
    asked_by: str
    asked_at: dt.datetime
    ordered_at: dt.datetime | None


class PurchasesOut(BaseModel):
    """The purchase list."""

    purchases: list[PurchaseOut]


class OldPartsOut(BaseModel):
    """Those that nobody has received yet."""

    old_parts: list[OldPartOut]
