"""How sure a share of few can be. Pure."""

from math import sqrt

Z = 1.959963984540054
"""Of the normal distribution, for 95 %."""
FEW = 10
"""With fewer orders nobody is compared with anybody."""


def wilson(share: float, n: int) -> tuple[float, float]:
    """Where the true share lies in 95 of 100 cases, after `n` trials (Wilson's score interval, 1927)."""
    if n <= 0:
        return 0.0, 1.0
    turned = 1 + Z * Z / n
    middle = share + Z * Z / (2 * n)
    reach = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, (middle - reach) / turned), min(1.0, (middle + reach) / turned)
