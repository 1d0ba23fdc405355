"""Makes a net smaller without changing whether it is sound (Berthelot's agglomeration of places; twins are merged).

A place whose takers need nothing else is left as soon as it is reached, whatever else happens. So each transition that
gives it and one that takes it become one, and the place goes. A run of the small net is a run of the large one: each
transition knows what it stands for, in order.
"""

from .net import Marking, Net, Transition


def reduced(net: Net) -> Net:
    """The smallest net that these rules lead to."""
    transitions = list(dict.fromkeys(net.transitions))
    start = net.start
    keep = net.ends | net.closing
    places = [1 << number for number in range(len(net.places)) if not keep >> number & 1]
    changed = True
    while changed:
        changed = False
        for place in list(places):
            found = _without(place, transitions, start)
            if found is not None:
                transitions, start = found
                places.remove(place)
                changed = True
        fewer = _without_twins(transitions)
        changed = changed or len(fewer) < len(transitions)
        transitions = fewer
    return Net(net.places, tuple(transitions), start, net.ends, net.closing)


def _without(place: Marking, transitions: list[Transition], start: Marking) -> tuple[list[Transition], Marking] | None:
    """The transitions and the start once `place` is gone; None where it has to stay."""
    givers = [each for each in transitions if each.gives & place]
    takers = [each for each in transitions if each.takes & place]
    if not takers or start & place or (len(givers) > 1 and len(takers) > 1):
        return None
    if any(taker.takes != place or not taker.gives or taker.gives & place for taker in takers):
        return None
    if any(giver.takes & place or giver.gives & taker.gives for giver in givers for taker in takers):
        return None
    joined = [_joined(giver, taker, place) for giver in givers for taker in takers]
    return [each for each in transitions if each not in givers and each not in takers] + joined, start


def _joined(giver: Transition, taker: Transition, place: Marking) -> Transition:
    return Transition(giver.takes, (giver.gives & ~place) | taker.gives, giver.path + taker.path)


def _without_twins(transitions: list[Transition]) -> list[Transition]:
    """One of those that do the same."""
    found: dict[tuple[Marking, Marking], Transition] = {}
    for each in transitions:
        found.setdefault((each.takes, each.gives), each)
    return list(found.values())
