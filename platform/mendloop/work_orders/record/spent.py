"""What an order took, beside what its template gives for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mendloop.work_orders.record.shapes import StepPart
from mendloop.work_orders.record.speech import Speech

KEYS = {"cancelled": "record.total_cancelled", "ended": "record.total"}


@dataclass(frozen=True, slots=True)
class Spent:
    """Whole minutes: worked in all, in steps that have a standard (`compared`), in those that have none (`untimed`).

    `standard` is 0 where nothing has one: then there is nothing to compare with.
    """

    worked: int
    compared: int
    untimed: int
    standard: float

    @property
    def is_over(self) -> bool:
        """True when what can be compared took longer than its standard."""
        return self.standard > 0 and self.compared > self.standard

    def words(self, status: str, steps: Sequence[StepPart], speech: Speech) -> str:
        """The minutes as people read them; what is compared with a standard says what of it has none."""
        key = KEYS.get(status, "record.total_ahead")
        if status == "cancelled" or not self.standard:
            return speech.say(key if status == "cancelled" else f"{key}_alone", minutes=self.worked)
        said = speech.say(key, minutes=self.worked, standard=f"{self.standard:.10g}")
        if self.untimed:
            said += speech.say("record.total_untimed", minutes=self.untimed)
        again = any(len(step.visits) > 1 for step in steps)
        return said + speech.say("record.total_again") if again else said
