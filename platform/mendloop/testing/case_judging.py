"""How good a search for cases is: every case is looked for by its own words among all others, where it is not.

What is looked for counts as found where a case with the same fault is. P@1 says how often it comes first, Hit@5 how
often it is among the first five, MRR is the mean of one divided by the place of the first.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log, sqrt
from pathlib import Path
from typing import NamedTuple, TypeAlias

from mendloop.knowledge.search.entries import Entry, Index, Question

LEAST_OF_A_FAULT = 3
PLACES = 20
"""Hits that ours is asked for; what comes later counts as not found."""
Search: TypeAlias = Callable[[int], Sequence[int]]
"""The places of cases for the text of one, the best first and without itself."""


class Labelled(NamedTuple):
    """What somebody wrote of a repair, and the fault that it was put down to."""

    text: str
    fault: str


class Measures(NamedTuple):
    """How often the first, and how often one of the first five, had the same fault; and the mean reciprocal rank."""

    first: float
    among_five: float
    reciprocal_rank: float

    def __str__(self) -> str:
        return "  ".join(f"{each:.3f}" for each in self)


def read_labelled(path: Path) -> list[Labelled]:
    """The cases of a file of JSON lines, fit for judging."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return fit(Labelled(said["problem"], said["fault_type"]) for said in map(json.loads, lines))


def fit(cases: Iterable[Labelled]) -> list[Labelled]:
    """Each text once, and only faults that are there at least three times."""
    once = list({case.text: case for case in reversed(list(cases))}.values())[::-1]
    often = Counter(case.fault for case in once)
    return [case for case in once if often[case.fault] >= LEAST_OF_A_FAULT]


def judge(cases: Sequence[Labelled], search: Search, places: Sequence[int] | None = None) -> Measures:
    """The measures of a search over the cases at `places`; over all, where nothing is said."""
    places = range(len(cases)) if places is None else places
    ranks = [_rank(cases, place, search(place)) for place in places]
    return Measures(
        sum(rank == 1 for rank in ranks) / len(ranks),
        sum(0 < rank <= 5 for rank in ranks) / len(ranks),
        sum(1 / rank for rank in ranks if rank) / len(ranks),
    )


def _rank(cases: Sequence[Labelled], place: int, found: Sequence[int]) -> int:
    """Where the first with the same fault stands; 0: nowhere."""
    same = (rank for rank, other in enumerate(found, start=1) if cases[other].fault == cases[place].fault)
    return next(same, 0)


def as_entries(cases: Sequence[Labelled]) -> Iterator[Entry]:
    """What a repair shop would have in its index."""
    return (Entry(str(place), symptom=case.text, faults=(case.fault,)) for place, case in enumerate(cases))


def ours(index: Index, cases: Sequence[Labelled]) -> Search:
    """The product's search, asked as the product asks it."""

    def search(place: int) -> Sequence[int]:
        question = Question(cases[place].text, without=(str(place),), limit=PLACES)
        return [int(hit.entry_id) for hit in index.search(question)]

    return search


def by_character_grams(cases: Sequence[Labelled]) -> Search:
    """The baseline: TF-IDF over the 2 to 5 characters that follow each other inside words, by cosine."""
    vectors = _vectors([Counter(_grams(case.text)) for case in cases])
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for gram, value in vector.items():
            having[gram].append((place, value))

    def search(place: int) -> Sequence[int]:
        near = [0.0] * len(cases)
        for gram, value in vectors[place].items():
            for other, held in having[gram]:
                near[other] += value * held
        near[place] = -1.0
        return sorted(range(len(cases)), key=lambda other: -near[other])[:-1]

    return search


def _grams(text: str) -> Iterator[str]:
    for word in text.lower().split():
        padded = f" {word} "
        for length in range(2, 6):
            if length >= len(padded):
                yield padded
                break
            yield from (padded[at : at + length] for at in range(len(padded) - length + 1))


def _vectors(counts: Sequence[Counter[str]]) -> list[dict[str, float]]:
    often = Counter(gram for each in counts for gram in each)
    rare = {gram: log((1 + len(counts)) / (1 + times)) + 1 for gram, times in often.items()}
    weighed = [{gram: times * rare[gram] for gram, times in each.items()} for each in counts]
    lengths = [sqrt(sum(value * value for value in each.values())) or 1.0 for each in weighed]
    return [
        {gram: value / length for gram, value in each.items()} for each, length in zip(weighed, lengths, strict=True)
    ]
