"""What the API says about BOMs and assets."""

import datetime as dt

from pydantic import BaseModel

Words = dict[str, str]


class PositionIO(BaseModel):
    """A place in a BOM: `parent` is the key of the position it stands in. Quantities are in the part's unit."""

    key: str
    parent: str | None = None
    label: Words = {}
    part: str | None = None
    quantity: float = 1
    serial: bool = False


class BomIn(BaseModel):
    """A new revision, of a product by its key or of a part by its number."""

    product: str | None = None
    part: str | None = None
    positions: list[PositionIO]
    effective_from: dt.datetime | None = None
    note: str = ""


class BomOut(BaseModel):
    """A revision with its own positions, in their order."""

    id: str
    revision: int
    effective_from: dt.datetime
    note: str
    revisions: list[int]
    positions: list[PositionIO]


class BomQuery(BaseModel):
    """Of what: a product by its key, or a part by its number. Without a revision: the one in effect."""

    product: str | None = None
    part: str | None = None
    revision: int | None = None


class NodeOut(BaseModel):
    """A position through all levels. `address` is the way to it by keys."""

    address: str
    label: Words
    part: str | None
    quantity: float
    serial: bool


class TotalOut(BaseModel):
    """How much of a part there is altogether."""

    part: str
    quantity: float


class ExplosionOut(BaseModel):
    """A BOM through all levels, and what it comes to."""

    nodes: list[NodeOut]
    totals: list[TotalOut]


class DiffQuery(BaseModel):
    """Two revisions."""

    product: str | None = None
    part: str | None = None
    one: int
    two: int


class DifferenceOut(BaseModel):
    """A position that was added, removed or changed; `changed` says what of it."""

    kind: str
    key: str
    before: PositionIO | None
    after: PositionIO | None
    changed: list[str]


class DiffOut(BaseModel):
    """All that differs."""

    differences: list[DifferenceOut]


class PartQuery(BaseModel):
    """A part by its number."""

    part: str


class UseOut(BaseModel):
    """`part` stands in a product's or an assembly's BOM; level 1 is the part that was asked for."""

    level: int
    part: str
    product: str | None
    assembly: str | None
    revision: int
    key: str
    quantity: float


class BuiltInOut(BaseModel):
    """An asset that has the part in it now."""

    asset: str
    serial: str
    quantity: float
    serials: list[str]


class WhereUsedOut(BaseModel):
    """BOMs through all levels upwards, and assets."""

    uses: list[UseOut]
    assets: list[BuiltInOut]


class AssetOut(BaseModel):
    """An asset; `tag` is on its label, and `/a/<tag>` its address."""

    id: str
    serial: str
    tag: str
    product: str
    customer: str
    site: str
    commissioned: dt.date | None


class AssetsOut(BaseModel):
    """A page of assets, the newest first; `next` is the value of `after` for the following page."""

    assets: list[AssetOut]
    next: str | None


class AssetsQuery(BaseModel):
    """Filters of the list."""

    text: str = ""
    product: str | None = None
    after: str = ""


class AssetIn(BaseModel):
    """A new asset of a product, by the product's key."""

    serial: str
    product: str
    customer: str = ""
    site: str = ""
    commissioned: dt.date | None = None


class UnitOut(BaseModel):
    """A place in an asset and what is in it; `part` None: nothing. `expected` is the part that belongs there."""

    address: str
    expected: str | None
    unit: str | None
    part: str | None
    serial: str | None
    lot: str | None
    quantity: float | None
    since: dt.datetime | None
    order: str | None


class AssetTreeOut(AssetOut):
    """An asset with everything in it, from top to bottom."""

    inside: list[UnitOut]
    orders: list[str]


class PlaceQuery(BaseModel):
    """An address in the asset."""

    position: str


class StayOut(BaseModel):
    """A unit in a place; `until` None: it is there still. `came_with`, `left_with`: the assembly it was inside."""

    unit: str
    part: str
    serial: str | None
    asset: str | None
    address: str
    since: dt.datetime
    until: dt.datetime | None
    came_with: str | None
    left_with: str | None
    order: str | None


class HistoryOut(BaseModel):
    """First come first."""

    stays: list[StayOut]


class ActIn(BaseModel):
    """`act` is install, remove or replace. `key` is the asker's own: the same key twice is one act."""

    act: str
    position: str
    part: str
    quantity: float = 1
    serial: str | None = None
    lot: str | None = None
    at: dt.datetime | None = None
    note: str | None = None
    key: str | None = None


class ActOut(BaseModel):
    """Where that contradicts what was known; each is a task now."""

    conflicts: list[str]


class TaskOut(BaseModel):
    """What the field said, and where that was known to be."""

    id: str
    kind: str
    asset: str | None
    address: str | None
    part: str
    serial: str | None
    found_asset: str | None
    found_address: str | None
    order: str | None
    raised_at: dt.datetime


class TasksOut(BaseModel):
    """Those that nobody has settled."""

    tasks: list[TaskOut]


class SettleIn(BaseModel):
    """What somebody found."""

    note: str
