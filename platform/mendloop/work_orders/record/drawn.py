"""Small drawings of a record, as numbers from 0 to 100: the page draws them as SVG, the print with the same numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gauge:
    """A reading against its limits, placed on a scale from 0 to 100."""

    at: float
    band_from: float
    band_to: float
    norm: float | None
    low: str
    high: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One reading of a trend; `y` counts from the top. `order` is empty for a pass of this order."""

    x: float
    y: float
    inside: bool
    day: str
    text: str
    order: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The same reading of the same asset over its earlier repairs, oldest first; the last dot is the reading itself."""

    dots: tuple[Dot, ...]
    band_top: float
    band_bottom: float
    has_band: bool
    """False where the reading has no tolerance."""
    left_out: int
    """Readings that are older still."""
