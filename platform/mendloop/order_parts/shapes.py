"""An order's parts as the API tells them. Quantities are in the part's own unit, money in minor units."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from mendloop.inventory.locations import kind_of, owner_of
from mendloop.inventory.services import Part, quantity_of
from mendloop.order_parts.acts import LONGEST_KEY, MOST_MILLI, Asked
from mendloop.order_parts.explaining import REASONS
from mendloop.order_parts.missing import Move, Short
from mendloop.order_parts.models import OldPart, PartExplanation
from mendloop.order_parts.sheet import PartsSheet, SheetLine

Key = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_KEY)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Quantity = Annotated[int | float, Field(gt=0, le=MOST_MILLI // 1000)]
Text = Annotated[str, StringConstraints(max_length=1000)]
Place = Annotated[str, StringConstraints(max_length=60)]


class AskedIn(BaseModel):
    """So much of a part, or the one with a serial number. Without a quantity: one of it when it is issued, else all."""

    number: Number
    quantity: Quantity | None = None
    serial: Annotated[str, StringConstraints(max_length=200)] | None = None

    def asked(self) -> Asked:
        """As services take it."""
        milli = None if self.quantity is None else max(1, round(self.quantity * 1000))
        return Asked(self.number.strip(), milli, (self.serial or "").strip() or None)


class IssueIn(BaseModel):
    """Parts for an order. `key` is made by whoever asks: the same one again asks for the same thing. Without a source
    they come from where they are held, the van, the warehouses. `extra`: also what nobody planned."""

    key: Key
    lines: Annotated[list[AskedIn], Field(max_length=200)]
    source: Place = ""
    extra: bool = False


class GiveBackIn(BaseModel):
    """Issued parts that were not needed; without a target they go back to where they came from."""

    key: Key
    lines: Annotated[list[AskedIn], Field(max_length=200)]
    target: Place = ""
    defective: bool = False


class UseIn(BaseModel):
    """Issued parts that were built in and that no step has a field for."""

    key: Key
    lines: Annotated[list[AskedIn], Field(max_length=200)]


class PlanIn(BaseModel):
    """How much of a part is meant for the order; nothing crosses it out."""

    key: Key
    number: Number
    quantity: Annotated[int | float, Field(ge=0, le=MOST_MILLI // 1000)]
    note: Annotated[str, StringConstraints(max_length=500)] = ""


class ExplainIn(BaseModel):
    """What became of an issued part that is neither built in nor back."""

    key: Key
    number: Number
    quantity: Quantity | None = None
    serial: Annotated[str, StringConstraints(max_length=200)] | None = None
    reason: Annotated[str, StringConstraints(max_length=40)]
    note: Text = ""


class DecisionIn(BaseModel):
    """Whether that will do; a refusal says why."""

    accept: bool
    answer: Text = ""


class ReceiveOldIn(BaseModel):
    """Where an old part goes: quarantine, scrap, recycling or the warehouse."""

    target: Place


class StandInsIn(BaseModel):
    """Numbers of the parts that may stand in for a part, the first choice first."""

    part: Number
    stand_ins: Annotated[list[Number], Field(max_length=20)]


class PlaceOut(BaseModel):
    """So much at a place. `owner` is the person of a van."""

    number: str
    location: str
    kind: str
    owner: str | None
    quantity: int | float


class OrderPartOut(BaseModel):
    """One part of an order. `wanted` has still to come, `missing` of it nobody could hold; `open` waits to be settled,
    and `explained_open` of it is explained and not decided."""

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
    issued: int | float
    used: int | float
    returned: int | float
    explained: int | float
    open: int | float
    explained_open: int | float
    unplanned: int | float
    serials: list[str]
    stand_ins: list[str]
    cost: int


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


class OrderPartsOut(BaseModel):
    """An order's parts. `reasons` are those that an explanation can have; `settled`: the order may end."""

    order: str
    status: str
    settled: bool
    cost: int
    parts: list[OrderPartOut]
    explanations: list[ExplanationOut]
    old_parts: list[OldPartOut]
    reasons: list[str]


class MissingOut(BaseModel):
    """What is missing for an order: where it lies, what has to be bought, where parts lie that may stand in."""

    order: str
    number: str
    name: dict[str, str]
    quantity: int | float
    moves: list[PlaceOut]
    buy: int | float
    instead: list[PlaceOut]


class MissingPartsOut(BaseModel):
    """For all open orders, who waits longest first."""

    missing: list[MissingOut]


class OldPartsOut(BaseModel):
    """Those that nobody has received yet."""

    old_parts: list[OldPartOut]


def sheet_out(order_id: str, status: str, sheet: PartsSheet) -> OrderPartsOut:
    """The sheet as the API tells it."""
    return OrderPartsOut(
        order=order_id,
        status=status,
        settled=sheet.is_settled,
        cost=sheet.cost,
        parts=[_line(line) for line in sheet.lines],
        explanations=[_explanation(each, sheet.parts) for each in sheet.explanations],
        old_parts=[old_part_out(each, sheet.parts) for each in sheet.old],
        reasons=list(REASONS),
    )


def missing_out(short: Short) -> MissingOut:
    """One thing that is missing."""
    return MissingOut(
        order=short.order_id,
        number=short.number,
        name=_name(short.part, short.number),
        quantity=quantity_of(short.milli),
        moves=[_place(move) for move in short.moves],
        buy=quantity_of(short.buy),
        instead=[_place(move) for move in short.instead],
    )


def old_part_out(old: OldPart, parts: dict[str, Part]) -> OldPartOut:
    """One old part."""
    part = parts[old.part_id]
    return OldPartOut(
        tag=old.tag,
        order=old.order_id,
        number=part.number,
        name=_name(part, part.number),
        quantity=quantity_of(old.milli),
        serial=old.serial,
        defective=old.defective,
        taken_at=old.taken_at,
        target=old.target,
    )


_SUMS = ("issued", "used", "returned", "explained", "unplanned")


def _line(line: SheetLine) -> OrderPartOut:
    moved = line.moved
    sums = {name: quantity_of(getattr(moved, name) if moved is not None else 0) for name in _SUMS}
    return OrderPartOut(
        number=line.number,
        name=_name(line.part, line.number),
        unit=line.part.unit if line.part is not None else "",
        known=line.part is not None,
        planned=quantity_of(line.planned),
        from_plan=quantity_of(line.line.planned if line.line is not None else 0),
        source=line.line.source if line.line is not None else None,  # type: ignore[arg-type]
        note=(line.line.note if line.line is not None else None) or "",
        wanted=quantity_of(line.wanted),
        reserved=[_place(Move(line.number, held.location, held.milli)) for held in line.held],
        missing=quantity_of(line.missing),
        open=quantity_of(line.open),
        explained_open=quantity_of(line.proposed),
        serials=sorted(line.lying.serials) if line.lying is not None else [],
        stand_ins=[part.number for part in line.stand_ins],
        cost=moved.cost if moved is not None else 0,
        **sums,
    )


def _explanation(each: PartExplanation, parts: dict[str, Part]) -> ExplanationOut:
    return ExplanationOut(
        id=each.id,
        number=parts[each.part_id].number,
        quantity=quantity_of(each.milli),
        reason=each.reason,
        note=each.note or "",
        state=each.state,  # type: ignore[arg-type]
        proposed_by=each.proposed_by,
        proposed_at=each.proposed_at,
        decided_by=each.decided_by,
        answer=each.answer or "",
    )


def _place(move: Move) -> PlaceOut:
    return PlaceOut(
        number=move.number,
        location=move.source,
        kind=kind_of(move.source),
        owner=owner_of(move.source),
        quantity=quantity_of(move.milli),
    )


def _name(part: Part | None, number: str) -> dict[str, str]:
    return dict(part.name) if part is not None else {"en": number}
