"""How a line gets from one node to another without running through a third: as short as it may be, else round about.

Between two columns, and above and below each row of a picture, nothing ever stands: there a way is always free."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from mendloop.drafts.picture.placing import COLUMN, Placed

Spot = tuple[float, float]
HALF_WIDTH, HALF_HEIGHT = 11, 7
OVER = 9
"""How far above the heads of nodes a bow is pulled."""
ASIDE = 4
"""How far from the middle of a node's side a roundabout way leaves it, ways on and ways back to different sides."""
CORNER = 4
NEAR = 4
"""How far apart points along a curve are, in the mean: less than what they could jump over."""
Drawn = tuple[str, list[Spot]]
"""A path of SVG, and points along it."""


def way(placed: Placed, start: str, to: str, back: bool) -> str:
    """The first of all ways that touches no other node, as a path of SVG."""
    begin, end = placed.spots[start], placed.spots[to]
    others = [spot for name, spot in placed.spots.items() if name not in (start, to)]
    for path, points in _ways(begin, end, back):
        if not _touches(points, others):
            return path
    return _round_about(placed, begin, end, back)


def _ways(begin: Spot, end: Spot, back: bool) -> Iterator[Drawn]:
    if not back:
        yield _straight(begin, end)
    if begin[0] != end[0]:
        yield _bow(begin, end, -1)
        yield _bow(begin, end, 1)


def _straight(begin: Spot, end: Spot) -> Drawn:
    (x, y), (to_x, to_y) = begin, end
    if y == to_y:
        return f"M{x} {y}H{to_x}", _along([begin, end])
    if x == to_x:
        return f"M{x} {y}V{to_y}", _along([begin, end])
    middle = (x + to_x) // 2
    return _curve(begin, (middle, y), (middle, to_y), end)


def _bow(begin: Spot, end: Spot, side: int) -> Drawn:
    """Over the heads of what lies between, or, with `side` 1, under their feet."""
    (x, y), (to_x, to_y) = begin, end
    outermost = max(y, to_y) if side > 0 else min(y, to_y)
    height = outermost + side * (HALF_HEIGHT + OVER)
    return _curve((x, y + side * HALF_HEIGHT), (x, height), (to_x, height), (to_x, to_y + side * HALF_HEIGHT))


def _curve(begin: Spot, pull: Spot, other: Spot, end: Spot) -> Drawn:
    count = 12 + int(abs(end[0] - begin[0]) + abs(end[1] - begin[1])) // NEAR
    points = [_on_curve(begin, pull, other, end, index / count) for index in range(count + 1)]
    numbers = " ".join(f"{number:g}" for spot in (pull, other, end) for number in spot)
    return f"M{begin[0]:g} {begin[1]:g}C{numbers}", points


def _on_curve(begin: Spot, pull: Spot, other: Spot, end: Spot, share: float) -> Spot:
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    corners = (begin, pull, other, end)
    x, y = (sum(weight * spot[axis] for weight, spot in zip(weights, corners, strict=True)) for axis in (0, 1))
    return x, y


def _along(corners: list[Spot]) -> list[Spot]:
    """Points on a line through corners, nearer to each other than a node is wide."""
    points: list[Spot] = [corners[0]]
    for (x, y), (to_x, to_y) in pairwise(corners):
        count = max(1, int(max(abs(to_x - x), abs(to_y - y)) / HALF_HEIGHT))
        points += [(x + (to_x - x) * i / count, y + (to_y - y) * i / count) for i in range(1, count + 1)]
    return points


def _touches(points: Iterable[Spot], others: list[tuple[int, int]]) -> bool:
    points = list(points)
    left, right = min(x for x, _ in points) - HALF_WIDTH, max(x for x, _ in points) + HALF_WIDTH
    near = [spot for spot in others if left < spot[0] < right]
    return any(abs(x - at) < HALF_WIDTH and abs(y - line) < HALF_HEIGHT + 1 for x, y in points for at, line in near)


def _round_about(placed: Placed, begin: Spot, end: Spot, back: bool) -> str:
    """Beside the node, along between two rows, beside the other one; where both are beside one column, at once."""
    aside = ASIDE if back else -ASIDE
    (x, y), (to_x, to_y) = (begin[0], begin[1] + aside), (end[0], end[1] + aside)
    half = COLUMN / 2 + aside / 2
    if abs(to_x - x) in (0, COLUMN):
        lane = x + half if to_x >= x else x - half
        return _rounded([(x, y), (lane, y), (lane, to_y), (to_x, to_y)])
    leave, reach = (x + half, to_x - half) if to_x > x else (x - half, to_x + half)
    height = min(placed.gaps, key=lambda gap: abs(gap - y) + abs(gap - to_y)) + aside / 2
    return _rounded([(x, y), (leave, y), (leave, height), (reach, height), (reach, to_y), (to_x, to_y)])


def _rounded(corners: list[Spot]) -> str:
    """A line of level and upright pieces, round at its corners."""
    path = f"M{corners[0][0]:g} {corners[0][1]:g}"
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        come, leave = _toward(corner, before), _toward(corner, after)
        path += f"L{come[0]:g} {come[1]:g}Q{corner[0]:g} {corner[1]:g} {leave[0]:g} {leave[1]:g}"
    return path + f"L{corners[-1][0]:g} {corners[-1][1]:g}"


def _toward(corner: Spot, other: Spot) -> Spot:
    """A little way from a corner, half of the piece at most."""
    (x, y), (to_x, to_y) = corner, other
    length = abs(to_x - x) + abs(to_y - y)
    share = min(CORNER, length / 2) / length if length else 0
    return round(x + (to_x - x) * share, 1), round(y + (to_y - y) * share, 1)
