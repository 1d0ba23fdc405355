"""Which codes stand above which. Pure."""

from collections.abc import Iterable, Mapping


def codes_above(code: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The codes above this one, the topmost first. A tree that was bent into a ring ends where it meets itself."""
    found: list[str] = []
    above = parents.get(code)
    while above is not None and above != code and above not in found:
        found.append(above)
        above = parents.get(above)
    return tuple(reversed(found))


def related_codes(faults: Iterable[str], parents: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """Every code that shares a code above with one of `faults`, with those shared ones; and the faults themselves."""
    faults = list(faults)
    shared = {above for fault in faults for above in codes_above(fault, parents)}
    found = {code: tuple(each for each in codes_above(code, parents) if each in shared) for code in parents}
    related = {code: above for code, above in found.items() if above or code in shared}
    return related | {fault: found.get(fault, ()) for fault in faults}
