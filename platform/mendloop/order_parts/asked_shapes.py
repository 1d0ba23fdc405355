"""What can be asked for with an order's parts over the API. Quantities are in the part's own unit."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from mendloop.order_parts.acts import LONGEST_KEY, MOST_MILLI, Asked
from mendloop.order_parts.using import Used

Key = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_KEY)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Quantity = Annotated[int | float, Field(gt=0, le=MOST_MILLI // 1000)]
Known = Annotated[int | float, Field(ge=0, le=MOST_MILLI // 1000)]
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


class UsedIn(AskedIn):
    """What was built in. `seen` of it had been said by steps and `seen_here` on the sheet, when this was said: what a
    step said meanwhile is the same."""

    seen: Known | None = None
    seen_here: Known = 0

    def used(self) -> Used:
        """As services take it."""
        asked, seen = self.asked(), None if self.seen is None else round(self.seen * 1000)
        return Used(asked.number, asked.milli, asked.serial, seen, round(self.seen_here * 1000))


class IssueIn(BaseModel):
    """Parts for an order. `key` is made by whoever asks: the same one again asks for the same thing. Without a source
    they come from where they are held, the van, the warehouses. `extra`: also what nobody planned."""

    key: Key
    lines: Annotated[list[AskedIn], Field(max_length=200)]
    source: Place = ""
    extra: bool = False


class GiveBackIn(BaseModel):
    """Issued parts that were not needed; without a target they go back to where they came from. `used`: they had been
    built in, and came out again."""

    key: Key
    lines: Annotated[list[AskedIn], Field(max_length=200)]
    target: Place = ""
    defective: bool = False
    used: bool = False


class UseIn(BaseModel):
    """Issued parts were built in. A step that says so as well takes it over: it counts once."""

    key: Key
    lines: Annotated[list[UsedIn], Field(max_length=200)]


class PlanIn(BaseModel):
    """How much of a part is meant for the order; nothing crosses it out."""

    key: Key
    number: Number
    quantity: Known
    note: Annotated[str, StringConstraints(max_length=500)] = ""


class AskIn(BaseModel):
    """Ask for what is missing of a part; only from one place, or from `supplier`, where that is named. `instead`: have
    this part brought, which stands in for it."""

    key: Key
    number: Number
    source: Place = ""
    instead: Annotated[str, StringConstraints(max_length=100)] = ""


class ExplainIn(AskedIn):
    """What became of an issued part that is neither built in nor back."""

    key: Key
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


class OrderedIn(BaseModel):
    """Whether the supplier has been asked for a line of the purchase list."""

    ordered: bool
