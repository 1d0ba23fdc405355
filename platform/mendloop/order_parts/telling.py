"""Orders' parts as the API tells them: what is found is put into its shapes."""

from collections.abc import Iterable

from mendloop.inventory.locations import kind_of, owner_of
from mendloop.inventory.services import Part, quantity_of
from mendloop.order_parts.asking import Purchase
from mendloop.order_parts.coming import Coming
from mendloop.order_parts.explaining import REASONS
from mendloop.order_parts.missing import Move, Short
from mendloop.order_parts.models import OldPart, PartExplanation
from mendloop.order_parts.near import Piece
from mendloop.order_parts.shapes import (
    ComingOut,
    ExplanationOut,
    MissingOut,
    OldPartOut,
    OrderPartOut,
    OrderPartsOut,
    PieceOut,
    PlaceOut,
    PurchaseOut,
)
from mendloop.order_parts.sheet import PartsSheet, SheetLine


def sheet_out(
    order_id: str, status: str, sheet: PartsSheet, pieces: Iterable[Piece], tells_costs: bool
) -> OrderPartsOut:
    """The sheet as the API tells it; what parts cost, only to who may know."""
    return OrderPartsOut(
        order=order_id,
        status=status,
        settled=sheet.is_settled,
        cost=sheet.cost if tells_costs else None,
        parts=[_line(line, tells_costs) for line in sheet.lines],
        pieces=[_piece(each) for each in pieces],
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
        coming=[_coming(each) for each in short.coming],
        moves=[_place(move) for move in short.moves],
        buy=quantity_of(short.buy),
        instead=[_place(move) for move in short.instead],
    )


def purchase_out(purchase: Purchase) -> PurchaseOut:
    """One line of the purchase list."""
    request, short = purchase.coming.request, purchase.short
    return PurchaseOut(
        id=request.id,
        order=short.order_id,
        number=short.number,
        name=_name(short.part, short.number),
        quantity=quantity_of(purchase.coming.milli),
        asked_by=request.asked_by,
        asked_at=request.asked_at,
        ordered_at=request.ordered_at,
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


def _line(line: SheetLine, tells_costs: bool) -> OrderPartOut:
    moved = line.moved
    cost = moved.cost if moved is not None else 0
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
        reserved=[_place(each) for each in (*_held(line), *line.held_instead)],
        missing=quantity_of(line.missing),
        coming=[_coming(each) for each in (line.short.coming if line.short is not None else ())],
        serial_tracked=line.part is not None and line.part.serial_tracked,
        used_here=quantity_of(line.used_here),
        open=quantity_of(line.open),
        explained_open=quantity_of(line.proposed),
        serials=sorted(line.lying.serials) if line.lying is not None else [],
        serials_used=list(line.serials_used),
        stand_ins=[part.number for part in line.stand_ins],
        cost=cost if tells_costs else None,
        **sums,
    )


def _held(line: SheetLine) -> list[Move]:
    return [Move(line.number, held.location, held.milli) for held in line.held]


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


def _coming(each: Coming) -> ComingOut:
    return ComingOut(
        id=each.request.id,
        number=each.number,
        location=each.source,
        kind=kind_of(each.source),
        owner=owner_of(each.source),
        quantity=quantity_of(each.milli),
        state=each.state,  # type: ignore[arg-type]
        transfer=each.request.transfer_id,
        target=each.target or None,
    )


def _place(move: Move) -> PlaceOut:
    return PlaceOut(
        number=move.number,
        location=move.source,
        kind=kind_of(move.source),
        owner=owner_of(move.source),
        quantity=quantity_of(move.milli),
    )


def _piece(piece: Piece) -> PieceOut:
    return PieceOut(
        number=piece.number,
        serial=piece.serial,
        location=piece.location,
        kind=kind_of(piece.location),
        owner=owner_of(piece.location),
    )


def _name(part: Part | None, number: str) -> dict[str, str]:
    return dict(part.name) if part is not None else {"en": number}
