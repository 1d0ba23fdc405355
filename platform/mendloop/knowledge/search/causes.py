"""Which cause a text speaks of, learned from all entries that have one: complement naive Bayes. Pure numbers.

A cause is unlikely where the question's features are common among the entries of *other* causes (Rennie and others,
"Tackling the Poor Assumptions of Naive Bayes Text Classifiers", ICML 2003). Every entry weighs the same however long
it is: each of its n features counts 1/sqrt(n).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import log, sqrt

from mendloop.knowledge.search.features import weight

SMOOTHING = 0.5


@dataclass(slots=True)
class Told:
    """What the entries that have a feature tell: how many they are, their weight, and how it falls to causes."""

    entries: int = 0
    weight: float = 0.0
    causes: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Learned:
    """What a question needs of all that was learned: its own features, and the weight of every cause."""

    entries: int
    """Of the whole index."""
    kinds: int
    """How many features there are."""
    causes: Mapping[str, float]
    features: Mapping[str, Told]


def share(features: Collection[str]) -> float:
    """What each feature of an entry counts."""
    return 1 / sqrt(len(features)) if features else 0.0


def rarity(entries: int, of: int) -> float:
    """How much a feature tells by being rare."""
    return log((of + 1) / (entries + 1)) + 1


def leanings(question: Iterable[str], learned: Learned, causes: Iterable[str]) -> dict[str, float]:
    """For each of `causes`, how much the question speaks for it; only differences between them mean something."""
    told = {each: learned.features[each] for each in question if each in learned.features}
    raw = {each: weight(each) ** 0.5 * rarity(told[each].entries, learned.entries) for each in told}
    length = sqrt(sum(value * value for value in raw.values())) or 1.0
    everything = sum(learned.causes.values()) + SMOOTHING * learned.kinds
    total = sum(raw.values()) / length
    score = {cause: total * log(max(everything - learned.causes.get(cause, 0.0), SMOOTHING)) for cause in causes}
    for each, value in raw.items():
        _speak(told[each], value / length, score)
    return score


def _speak(told: Told, value: float, score: dict[str, float]) -> None:
    elsewhere = log(told.weight + SMOOTHING)
    for cause in score:
        here = told.causes.get(cause)
        others = log(max(told.weight - here, 0.0) + SMOOTHING) if here else elsewhere
        score[cause] -= value * others
