"""The lines of a flow's picture: each gets to where it leads without running through anything else."""

import random
import re
import time
from itertools import pairwise
from typing import Any

import pytest
from mendloop.drafts.picture import draw
from mendloop.drafts.picture.graph import graph_of
from mendloop.drafts.picture.placing import place
from mendloop.drafts.picture.routing import way
from mendloop.testing.designing import builtin_document

NAMES = ("air_conditioner/does_not_cool", "phone/screen_replacement", "pump/overhaul", "washing_machine/does_not_drain")


def flow_at_random(seed: int) -> dict[str, Any]:
    """Steps in a line with some that fork, some that skip ahead and some that are sent back."""
    chance = random.Random(seed)
    names = [f"n{index}" for index in range(chance.randint(4, 30))]
    nodes: dict[str, Any] = {}
    for index, name in enumerate(names):
        ahead = [names[min(index + far, len(names) - 1)] for far in {1, *chance.choices(range(1, 9), k=2)}]
        behind = [{"to": chance.choice(names[:index]), "rework": True}] if index and chance.random() < 0.3 else []
        onward = [{"to": to} for to in (ahead if chance.random() < 0.4 else ahead[:1]) if to != name]
        nodes[name] = {"kind": chance.choice(["step", "step", "choice"]), "next": [*behind, *onward]}
    return {"format": 1, "start": names[0], "nodes": nodes}


FLOWS = [*(builtin_document(name) for name in NAMES), *(flow_at_random(seed) for seed in range(60))]


@pytest.mark.parametrize("document", FLOWS, ids=range(len(FLOWS)))
def test_no_way_runs_through_a_node_that_is_not_its_own(document: dict[str, Any]) -> None:
    graph = graph_of(document)
    placed = place(graph)
    for route in graph.routes:
        if route.start == route.to:
            continue
        points = points_of(way(placed, route.start, route.to, route.back))
        for name, (x, y) in placed.spots.items():
            hit = any(abs(at_x - x) < 10 and abs(at_y - y) < 6.5 for at_x, at_y in points)
            assert not hit or name in (route.start, route.to), (route, name)


def test_the_pictures_of_two_hundred_steps_are_drawn_at_once() -> None:
    start = time.thread_time()
    assert draw(flow_of(200))
    assert time.thread_time() - start < 0.5


def flow_of(count: int) -> dict[str, Any]:
    """Steps of which every fourth may be skipped and every tenth sends back to the second."""
    nodes: dict[str, Any] = {}
    for index in range(count):
        skip = [{"to": f"n{index + 4}"}] if index % 4 == 0 else []
        back = [{"to": "n1", "rework": True}] if index % 10 == 9 else []
        nodes[f"n{index}"] = {"kind": "step", "next": [*back, *skip, {"to": f"n{index + 1}"}]}
    return {"format": 1, "start": "n0", "nodes": nodes}


def points_of(path: str) -> list[tuple[float, float]]:
    """Points along a path of SVG, a unit or less from each other."""
    points: list[tuple[float, float]] = []
    for command, given in re.findall(r"([MLHVCQ])([^MLHVCQ]*)", path):
        numbers = [float(number) for number in given.split()]
        x, y = points[-1] if points else (0.0, 0.0)
        corners = {"H": [(numbers[0], y)], "V": [(x, numbers[0])]}.get(
            command, list(zip(numbers[::2], numbers[1::2], strict=False))
        )
        points += bent([(x, y), *corners]) if command != "M" else corners
    return points


def bent(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points along a Bézier curve of any degree; of degree one it is a line."""
    found = []
    for step in range(201):
        left = corners
        while len(left) > 1:
            left = [(a[0] + (b[0] - a[0]) * step / 200, a[1] + (b[1] - a[1]) * step / 200) for a, b in pairwise(left)]
        found.append(left[0])
    return found
