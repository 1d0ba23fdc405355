"""Makes a net smaller without changing whether it is sound (Berthelot's agglomeration of places; twins are merged).

A place whose takers need nothing else is left as soon as it is reached, whatever else happens. So each transition that
gives it and one that takes it become one, and the place goes. Of two places that are always given and taken together
one is enough. A run of the small net is a run of the large one: each transition knows what it stands for, in order.
"""

from collections.abc import Iterable

from .net import Either, Joined, Marking, Net, Transition, bits


def reduced(net: Net) -> Net:
    """The smallest net that these rules lead to, without the places that nothing touches any more."""
    work = _Work(net)
    work.reduce()
    return work.net()


MOST_MORE = 8
"""So many more transitions may come of it when a place goes: fewer places are fewer markings."""


MOST_WORK = 400_000
"""So many places of transitions are looked at. The nets of the companies we know take a hundredth; a net reduced in
part has the same verdict, only the search may take it for too large."""


class _Work:
    """The transitions left, by number, and who gives and takes each place."""

    def __init__(self, net: Net) -> None:
        self._whole = net
        self._left: dict[int, Transition] = {}
        self._givers: dict[Marking, dict[int, None]] = {}
        self._takers: dict[Marking, dict[int, None]] = {}
        self._twins: dict[tuple[Marking, Marking], int] = {}
        self._count = self._work = 0
        self._again: dict[Marking, None] = {}
        for transition in net.transitions:
            self._add(transition)
        keep = net.ends | net.closing | net.start
        self._may_go = {1 << number for number in range(len(net.places)) if not keep >> number & 1}
        self._again = dict.fromkeys(sorted(self._may_go))

    def reduce(self) -> None:
        """Looks at each place, and again whenever something around it has changed."""
        while self._again and self._work < MOST_WORK:
            place = next(iter(self._again))
            del self._again[place]
            if place in self._may_go and self._is_double(place):
                self._drop(place)
            elif place in self._may_go and self._can_go(place):
                self._may_go.remove(place)
                self._merge_around(place)

    def _is_double(self, place: Marking) -> bool:
        """Whether another place is given and taken by the very same transitions."""
        givers, takers = self._givers.get(place, {}), self._takers.get(place, {})
        if not givers or not takers:
            return False
        beside = self._left[next(iter(takers))].takes & ~place & ~self._whole.start
        self._work += beside.bit_count()
        return any(
            self._takers[other].keys() == takers.keys() and self._givers.get(other, {}).keys() == givers.keys()
            for other in bits(beside)
        )

    def _drop(self, place: Marking) -> None:
        self._may_go.remove(place)
        for number in {**self._givers[place], **self._takers[place]}:
            gone = self._remove(number)
            self._add(Transition(gone.takes & ~place, gone.gives & ~place, gone.origin))

    def _can_go(self, place: Marking) -> bool:
        givers = [self._left[number] for number in self._givers.get(place, ())]
        takers = [self._left[number] for number in self._takers.get(place, ())]
        if not takers or len(givers) * len(takers) > len(givers) + len(takers) + MOST_MORE:
            return False
        if any(taker.takes != place or not taker.gives or taker.gives & place for taker in takers):
            return False
        return not any(giver.takes & place or giver.gives & taker.gives for giver in givers for taker in takers)

    def _merge_around(self, place: Marking) -> None:
        givers, takers = list(self._givers.get(place, ())), list(self._takers[place])
        first, second = [self._remove(each) for each in givers], [self._remove(each) for each in takers]
        for giver in first:
            for taker in second:
                gives = (giver.gives & ~place) | taker.gives
                self._add(Transition(giver.takes, gives, Joined(giver.origin, taker.origin)))

    def _add(self, added: Transition) -> None:
        """One of those that do the same is kept."""
        number = self._twins.get((added.takes, added.gives))
        if number is not None:
            kept = self._left[number]
            if kept.origin != added.origin:
                self._left[number] = Transition(kept.takes, kept.gives, Either(kept.origin, added.origin))
            self._look_again(added)
            return
        number = self._count = self._count + 1
        self._left[number] = added
        self._twins[added.takes, added.gives] = number
        for place in bits(added.gives):
            self._givers.setdefault(place, {})[number] = None
        for place in bits(added.takes):
            self._takers.setdefault(place, {})[number] = None
        self._look_again(added)

    def _remove(self, number: int) -> Transition:
        gone = self._left.pop(number)
        del self._twins[gone.takes, gone.gives]
        for place in bits(gone.gives):
            del self._givers[place][number]
        for place in bits(gone.takes):
            del self._takers[place][number]
        self._look_again(gone)
        return gone

    def _look_again(self, changed: Transition) -> None:
        places = changed.takes | changed.gives
        self._work += places.bit_count()
        for place in bits(places):
            self._again[place] = None

    def net(self) -> Net:
        """What is left, its places numbered afresh: few places make short markings."""
        whole, transitions = self._whole, list(self._left.values())
        used = _together([whole.start | whole.ends | whole.closing, *(each.takes | each.gives for each in transitions)])
        fresh = {place: 1 << number for number, place in enumerate(bits(used))}

        def moved(marking: Marking) -> Marking:
            return sum(fresh[place] for place in bits(marking))

        return Net(
            tuple(whole.names(used)),
            tuple(Transition(moved(each.takes), moved(each.gives), each.origin) for each in transitions),
            moved(whole.start),
            moved(whole.ends),
            moved(whole.closing),
        )


def _together(markings: Iterable[Marking]) -> Marking:
    found = 0
    for marking in markings:
        found |= marking
    return found
