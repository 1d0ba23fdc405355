"""BOMs and assets as tables for a file, with headings in the reader's language."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import Asset
from mendloop.assets.pasting import COLUMNS, as_rows
from mendloop.assets.positions import WHOLE, Position
from mendloop.assets.structure import Node
from mendloop.assets.tree import tree_of
from mendloop.tables import Cell
from mendloop.words import local, translate

_TREE = ("level", "address", "name", "part", "quantity", "serial")
_ASSET = ("address", "name", "part", "serial", "lot", "quantity", "since")


def headings(language: str, names: Sequence[str]) -> list[str]:
    """What stands above the columns."""
    return [translate(language, f"bom.column.{name}") for name in names]


def rows_of_positions(language: str, positions: Sequence[Position]) -> Iterator[Sequence[Cell]]:
    """As they can be pasted into the editor again."""
    yield headings(language, COLUMNS)
    yield from as_rows(positions)


def rows_of_nodes(language: str, nodes: Sequence[Node]) -> Iterator[Sequence[Cell]]:
    """A BOM through all levels."""
    yield headings(language, _TREE)
    for node in (each for top in nodes for each in top.walk()):
        position = node.position
        name, number = local(position.label, language), position.part
        level = node.address.count("/") + 1
        yield [level, node.address, name, number, Decimal(position.milli) / WHOLE, "1" if position.serial else ""]


def rows_of_asset(session: Session, actor: Actor, asset: Asset) -> Iterator[Sequence[Cell]]:
    """What is built in now, position by position."""
    yield headings(actor.language, _ASSET)
    for branch in (each for top in tree_of(session, actor, asset) for each in top.walk()):
        name = local(branch.position.label, actor.language) if branch.position else ""
        unit = branch.unit
        if unit is None:
            yield [branch.address, name, branch.position.part if branch.position else "", "", "", None, ""]
        else:
            since = unit.since.isoformat(timespec="minutes")
            yield [branch.address, name, unit.part, unit.serial, unit.lot, Decimal(unit.milli) / WHOLE, since]
