"""How near an entry is to a repair, and in which order those that are near are shown. Pure numbers.

Each signal is between 0 (nothing in common) and 1 (all that was asked for); more of any of them never ranks an entry
lower. What helped others moves an entry by at most `OUTCOME` / 2: among near equals, never over a much better match.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import fmean

TEXT, FAULT, CHECKS, PRODUCT, POSITION, PARTS, TEMPLATE = 1.0, 0.4, 0.4, 0.35, 0.3, 0.25, 0.1
CAUSE = 2.0
"""What most near cases had in the end counts more than which words they share: words are chosen by chance."""
OUTCOME = 0.3
DOUBT = 1.5
"""Before anybody said so, an entry counts as if this many had been helped by it and as many had not."""
AGAIN = 0.15
"""A cause that is shown already counts so much less the next time: who reads five wants to see what else it may be."""
TRUST = 0.3
"""By how much what was learned from all entries is believed beside the nearest; less is more."""
SHARPNESS = 0.25
"""How far apart likely and unlikely causes are held; at 1 the likeliest would leave nothing to words and signals."""
LEAST_VOTE = 0.02
"""The share of the nearest that a cause has which none of them has."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What an entry has in common with a repair."""

    text: float = 0.0
    product: float = 0.0
    position: float = 0.0
    faults: float = 0.0
    checks: float = 0.0
    parts: float = 0.0
    template: float = 0.0
    helped: int = 0
    not_helped: int = 0


def nearness(signals: Signals) -> float:
    """How much it has in common, by what each signal is worth."""
    return (
        TEXT * signals.text
        + PRODUCT * signals.product
        + POSITION * signals.position
        + FAULT * signals.faults
        + CHECKS * signals.checks
        + PARTS * signals.parts
        + TEMPLATE * signals.template
    )


def outcome(helped: int, not_helped: int) -> float:
    """From -1/2 to 1/2: the mean of a Beta posterior, less what is expected before anybody said anything."""
    return (helped + DOUBT) / (helped + not_helped + 2 * DOUBT) - 0.5


def score(signals: Signals, cause: float) -> float:
    """What an entry is ranked by; `cause` is how likely its cause is, beside the likeliest one's 1."""
    return _by_itself(signals) + CAUSE * cause


def _by_itself(signals: Signals) -> float:
    return nearness(signals) + OUTCOME * outcome(signals.helped, signals.not_helped)


def likely_causes(votes: Mapping[str, float], leanings: Mapping[str, float]) -> dict[str, float]:
    """How likely each cause is beside the likeliest: what the nearest cases had, and what all taught (`causes.py`).

    A cause that nothing was taught of is taken for one like the others.
    """
    total = sum(votes.values())
    if not total:
        return {}
    usual = fmean(leanings.values()) if leanings else 0.0
    odds = {cause: log(votes[cause] / total + LEAST_VOTE) + leanings.get(cause, usual) / TRUST for cause in votes}
    most = max(odds.values())
    return {cause: exp(SHARPNESS * (value - most)) for cause, value in odds.items()}


def votes(near: Sequence[tuple[float, Sequence[str]]]) -> dict[str, float]:
    """What the near cases say of causes, each by the square of how near it is."""
    found: dict[str, float] = {}
    for nearness_, causes in near:
        for cause in causes:
            found[cause] = found.get(cause, 0.0) + nearness_**2 / len(causes)
    return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry on its way into the order: `number` is whatever the caller knows it by."""

    number: int
    signals: Signals
    causes: tuple[str, ...] = ()

    def likelihood(self, likely: Mapping[str, float], shown: Mapping[str, int]) -> float:
        """How likely its likeliest cause is, less where it was shown already."""
        return max((likely.get(cause, 0.0) * AGAIN ** shown.get(cause, 0) for cause in self.causes), default=0.0)


def order(candidates: Sequence[Ranked], likely: Mapping[str, float], most: int) -> list[tuple[Ranked, float]]:
    """The best first, each chosen with an eye on what stands before it."""
    left = [(_by_itself(each.signals), each) for each in candidates]
    shown, chosen = dict[str, int](), list[tuple[Ranked, float]]()
    while left and len(chosen) < most:
        scores = [(own + CAUSE * each.likelihood(likely, shown), -each.number) for own, each in left]
        best = max(range(len(left)), key=scores.__getitem__)
        one = left.pop(best)[1]
        chosen.append((one, scores[best][0]))
        for cause in one.causes:
            shown[cause] = shown.get(cause, 0) + 1
    return chosen
