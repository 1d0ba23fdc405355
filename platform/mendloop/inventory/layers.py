"""What parts cost. A layer is what came in together; what leaves takes its share along, and no cent is lost or made.

The share is rounded, half to even, as of what the layer was when it was opened: parts that leave it one by one cost,
added up, what they would have cost leaving together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

POOL = 0
"""The number of the one layer that a moving average has."""


@dataclass(frozen=True, slots=True)
class Layer:
    """`milli` are left of `opened_milli` that came in for `opened_value`. Older ones have the lower `since`."""

    number: int
    since: int
    opened_milli: int
    opened_value: int
    milli: int

    @property
    def value(self) -> int:
        """What is left is worth that much."""
        return share(self.opened_value, self.milli, self.opened_milli)


@dataclass(frozen=True, slots=True)
class Piece:
    """What leaves one layer: how much, for how much, and what is left."""

    layer: Layer
    milli: int
    value: int
    rest: Layer


def share(value: int, part: int, whole: int) -> int:
    """`value * part / whole`, rounded half to even; without ever leaving whole numbers."""
    quotient, remainder = divmod(value * part, whole)
    twice = 2 * remainder
    return quotient + (twice > whole or (twice == whole and quotient % 2 == 1))


def leaving(layers: Iterable[Layer], milli: int) -> Iterator[Piece]:
    """How `milli` leave these layers, the oldest first."""
    for layer in sorted(layers, key=lambda layer: (layer.since, layer.number)):
        if milli <= 0:
            return
        taken = min(milli, layer.milli)
        rest = replace(layer, milli=layer.milli - taken)
        yield Piece(layer, taken, layer.value - rest.value, rest)
        milli -= taken


def without(layer: Layer, milli: int, value: int) -> Layer:
    """What is left when so much has left a layer for `value`; where that is not its share, the rest costs the rest."""
    rest = replace(layer, milli=layer.milli - milli)
    if rest.milli and layer.value - rest.value != value:
        return Layer(layer.number, layer.since, rest.milli, layer.value - value, rest.milli)
    return rest


def as_it_came(layers: Iterable[Layer], number: int, milli: int, value: int) -> Piece | None:
    """So much out of the very layer that it came into, for what it came for; None where that is not there any more."""
    layer = next((each for each in layers if each.number == number), None)
    if layer is None or milli > layer.milli or value > layer.value or (milli == layer.milli and value != layer.value):
        return None
    return Piece(layer, milli, value, without(layer, milli, value))


def joined(layer: Layer | None, milli: int, value: int) -> Layer:
    """The pool after more came in: everything in it costs the same from now on."""
    if layer is None:
        return Layer(POOL, POOL, milli, value, milli)
    together = layer.milli + milli
    return replace(layer, opened_milli=together, opened_value=layer.value + value, milli=together)
