"""Where a reading lies between its limits."""

from typing import Any

from mendloop_engine.json_values import JsonObject

from mendloop.work_orders.record.shapes import Gauge

_MARGIN = 0.15


def gauge(settings: JsonObject, value: float, inside: bool) -> Gauge | None:
    """The reading on a scale that shows its tolerance with some room around; None when it has no tolerance."""
    tolerance: Any = settings.get("tolerance")
    if not tolerance:
        return None
    low, high = float(tolerance[0]), float(tolerance[1])
    norm: Any = settings.get("norm")
    shown = [low, high, float(value), *([float(norm)] if norm is not None else [])]
    room = (max(shown) - min(shown) or 1.0) * _MARGIN
    start, width = min(shown) - room, max(shown) - min(shown) + 2 * room

    def place(number: float) -> float:
        return round((number - start) / width * 100, 2)

    return Gauge(
        at=place(float(value)),
        band_from=place(low),
        band_to=place(high),
        norm=place(float(norm)) if norm is not None else None,
        low=f"{low:.10g}",
        high=f"{high:.10g}",
        inside=inside,
    )


def is_within(settings: JsonObject, value: float) -> bool:
    """True when the value keeps the field's tolerance, or the field has none."""
    tolerance: Any = settings.get("tolerance")
    return not tolerance or float(tolerance[0]) <= float(value) <= float(tolerance[1])
