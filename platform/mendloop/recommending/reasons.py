"""Why a part is proposed: what earlier repairs used, and what the template plans. Facts here, words elsewhere. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from mendloop.recommending.question import Counts, Question
from mendloop.recommending.repairs import ANY, TOGETHER, product_levels, together_as

ENOUGH = 10
"""After so many repairs like this one nobody needs to hear of others."""
SAME, FAMILY, FAULTS, PRODUCT, STEP, PLAN, REQUIRED, LISTED = (
    "same",
    "family",
    "faults",
    "product",
    "step",
    "planned",
    "required",
    "listed",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind` says which repairs: `same` (this product and fault), `family` (this fault, related products), `faults`
    (this product, related faults), `product` (this product, any fault), `step` (all at this step); or what the
    template says: `planned`, `required`; or what people say of the fault: `listed`.

    `product` and `fault` are where it was counted; `*` is any. `last_at` and `last_number`: the latest that used it.
    """

    kind: str
    repairs: int = 0
    used: int = 0
    product: str = ANY
    fault: str = ANY
    last_at: str = ""
    last_number: str = ""


def reasons_for(question: Question, counts: Counts, part: str, *, planned: bool, required: bool) -> tuple[Reason, ...]:
    """What speaks for it: repairs like this one; where those are few, the nearest others that used it; the template."""
    found: list[Reason] = []
    for kind, product, fault in _nearest_first(question, counts, part):
        reason = _counted(question, counts, part, (kind, product, fault))
        if reason.repairs and (kind == SAME or reason.used):
            found.append(reason)
        if reason.used or (kind == SAME and reason.repairs >= ENOUGH):
            break
    if planned:
        found.append(Reason(REQUIRED if required else PLAN))
    if part in question.listed:
        found.append(Reason(LISTED, fault=question.listed[part].faults[0]))
    return tuple(found)


def _nearest_first(question: Question, counts: Counts, part: str) -> Iterator[tuple[str, str, str]]:
    levels = product_levels(question.product)
    fault = _telling_fault(question, counts, part)
    yield SAME, levels[-1], fault
    if fault == ANY:
        yield from ((STEP, level, ANY) for level in reversed(levels[:-1]))
        return
    yield from ((FAMILY, level, fault) for level in reversed(levels[:-1]))
    yield from ((FAULTS, levels[-1], code) for code in reversed(question.above.get(fault, ())))
    yield PRODUCT, levels[-1], ANY
    yield from ((STEP, level, ANY) for level in reversed(levels[:-1]))


def _telling_fault(question: Question, counts: Counts, part: str) -> str:
    """The fault under which most of what is known was counted; all together, where that was seen before."""
    together = together_as(question.above)
    if together and counts.seen(question.product, together, part).used:
        return together
    by_fault = {fault: counts.seen(question.product, fault, part) for fault in question.faults}
    return max(by_fault, key=lambda fault: (by_fault[fault].used, by_fault[fault].repairs, fault))


def _counted(question: Question, counts: Counts, part: str, where: tuple[str, str, str]) -> Reason:
    kind, product, fault = where
    seen, latest = counts.seen(product, fault, part), counts.latest(product, fault, part)
    single = len(question.above) <= 1 and TOGETHER not in fault
    named = ANY if single and kind == SAME else fault
    return Reason(kind, seen.repairs, seen.used, product, named, *latest)
