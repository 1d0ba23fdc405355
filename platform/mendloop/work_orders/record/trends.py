"""How a reading went over an asset's repairs."""

from collections.abc import Iterator, Sequence

from mendloop_engine.json_values import JsonObject

from mendloop.work_orders.record.drawn import Dot, Trend
from mendloop.work_orders.record.gauges import limits_of
from mendloop.work_orders.record.past import Measured
from mendloop.work_orders.record.speech import Speech

MOST = 12
"""Readings that are drawn."""
_MARGIN = 0.15


def trend(settings: JsonObject, readings: Sequence[Measured], speech: Speech) -> Trend | None:
    """The last dozen readings over the band of their tolerance; None where there is nothing to compare with."""
    if len(readings) < 2:
        return None
    shown, (low, high) = readings[-MOST:], limits_of(settings)
    scale = _Scale([*(each.value for each in shown), *(limit for limit in (low, high) if limit is not None)])
    return Trend(
        dots=tuple(_dots(shown, scale, str(settings.get("unit") or ""), speech)),
        band_top=scale.place(high) if high is not None else 0.0,
        band_bottom=scale.place(low) if low is not None else 100.0,
        has_band=low is not None or high is not None,
        left_out=len(readings) - len(shown),
    )


class _Scale:
    """From the highest value at 0 to the lowest at 100, with some room above and below."""

    def __init__(self, values: Sequence[float]) -> None:
        room = (max(values) - min(values) or 1.0) * _MARGIN
        self._top, self._height = max(values) + room, max(values) - min(values) + 2 * room

    def place(self, value: float) -> float:
        return round((self._top - value) / self._height * 100, 2)


def _dots(readings: Sequence[Measured], scale: _Scale, unit: str, speech: Speech) -> Iterator[Dot]:
    for number, each in enumerate(readings):
        yield Dot(
            x=round(number / (len(readings) - 1) * 100, 2),
            y=scale.place(each.value),
            inside=each.inside,
            day=speech.instant(each.at)[:10],
            text=f"{each.value:.10g} {unit}".strip(),
            order=each.order,
        )
