"""Where a reading lies between its limits. Either limit may be open."""

from typing import Any

from mendloop_engine.json_values import JsonObject

from mendloop.work_orders.record.drawn import Gauge

_MARGIN = 0.15


def limits_of(settings: JsonObject) -> tuple[float | None, float | None]:
    """The tolerance's lower and upper end; None where it is open."""
    tolerance: Any = settings.get("tolerance") or (None, None)
    low, high = (float(end) if end is not None else None for end in tolerance)
    return low, high


def gauge(settings: JsonObject, value: float, inside: bool) -> Gauge | None:
    """The reading on a scale that shows its tolerance with some room around; None when it has no tolerance."""
    low, high = limits_of(settings)
    if low is None and high is None:
        return None
    norm: Any = settings.get("norm")
    shown = [float(each) for each in (low, high, value, norm) if each is not None]
    room = (max(shown) - min(shown) or 1.0) * _MARGIN
    start, width = min(shown) - room, max(shown) - min(shown) + 2 * room

    def place(number: float) -> float:
        return round((number - start) / width * 100, 2)

    return Gauge(
        at=place(float(value)),
        band_from=place(low) if low is not None else 0.0,
        band_to=place(high) if high is not None else 100.0,
        norm=place(float(norm)) if norm is not None else None,
        low=f"{low:.10g}" if low is not None else "",
        high=f"{high:.10g}" if high is not None else "",
        inside=inside,
    )


def is_within(settings: JsonObject, value: float) -> bool:
    """True when the value keeps the field's tolerance, or the field has none."""
    low, high = limits_of(settings)
    return (low is None or low <= float(value)) and (high is None or float(value) <= high)
