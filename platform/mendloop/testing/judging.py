"""How good probabilities are: Brier score, calibration by deciles, and whether what was used stood at the top."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import TypeAlias

from mendloop.recommending.proposing import chance, propose
from mendloop.recommending.question import Counts
from mendloop.recommending.repairs import ANY, Place, Tally
from mendloop.testing.known_repairs import STEPS, TEMPLATE, Known, KnownOrganisation

Said: TypeAlias = Mapping[str, float]
Judge: TypeAlias = Callable[[Known, str], tuple[Said, Sequence[str]]]
"""For a repair and a step: how probable each part that fits is said to be, and the parts in the order proposed."""
TOP = 3


@dataclass(frozen=True, slots=True)
class Decile:
    """What was said between two tenths: how often, what on average, and how often it came true."""

    count: int
    said: float
    came_true: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """`brier`: the mean squared error, 0 is perfect. `hits`: in how many of the steps that used a part one of the first
    three was used. `calibration_error`: how far apart said and came true are, on average over all that was said."""

    brier: float
    hits: float
    calibration_error: float
    deciles: tuple[Decile, ...]


def judge(known: Sequence[Known], say: Judge) -> Verdict:
    """Every step of every repair, every part that fits."""
    pairs: list[tuple[float, bool]] = []
    hits: list[bool] = []
    for each in known:
        for step in STEPS:
            said, ranked = say(each, step)
            used = each.repair.used[step]
            pairs += [(said[part], part in used) for part in each.truth[step]]
            if used:
                hits.append(bool(used & set(ranked[:TOP])))
    deciles = _deciles(pairs)
    error = sum(each.count * abs(each.said - each.came_true) for each in deciles) / len(pairs)
    return Verdict(mean((said - true) ** 2 for said, true in pairs), mean(hits), error, deciles)


def _deciles(pairs: Sequence[tuple[float, bool]]) -> tuple[Decile, ...]:
    filled: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for said, true in pairs:
        filled[min(9, int(said * 10))].append((said, true))
    return tuple(
        Decile(len(each), mean(said for said, _ in each), mean(true for _, true in each)) if each else Decile(0, 0, 0)
        for each in filled
    )


def learned(organisation: KnownOrganisation, tally: Tally) -> Judge:
    """The product, after the repairs in `tally`."""
    counts = {step: Counts(tally, step, organisation.above) for step in STEPS}

    def say(known: Known, step: str) -> tuple[Said, Sequence[str]]:
        question = organisation.question(step, known.repair)
        lines = {line.part: line for line in question.lines.taken}
        said = {part: chance(question, counts[step], part, lines.get(part)) for part in known.truth[step]}
        return said, [proposal.part for proposal in propose(question, counts[step])]

    return say


def most_used(tally: Tally) -> Judge:
    """What everybody else does: the parts that the product's repairs used most at this step."""

    def say(known: Known, step: str) -> tuple[Said, Sequence[str]]:
        place = Place(TEMPLATE, step, known.repair.product, ANY)
        repairs = tally.repairs.get(place, 0)
        uses = {part: tally.uses[place, part].used if (place, part) in tally.uses else 0 for part in known.truth[step]}
        said = {part: used / repairs if repairs else 0.0 for part, used in uses.items()}
        return said, sorted((part for part in uses if uses[part]), key=lambda part: (-uses[part], part))

    return say


def all_knowing(known: Known, step: str) -> tuple[Said, Sequence[str]]:
    """The truth: nobody can do better."""
    truth = known.truth[step]
    return truth, sorted(truth, key=lambda part: (-truth[part], part))


def tally_of(known: Sequence[Known]) -> Tally:
    """What these repairs teach."""
    tally = Tally()
    for each in known:
        tally.add(each.repair)
    return tally
