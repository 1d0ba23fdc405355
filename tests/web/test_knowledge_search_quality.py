"""The nearest cases beside TF-IDF over characters: every case is looked for by its own words among all others."""

import json
from pathlib import Path
from typing import Protocol

import pytest
from mendloop.knowledge.search import open_index
from mendloop.testing.case_judging import (
    Labelled,
    Measures,
    as_entries,
    by_character_grams,
    judge,
    ours,
    read_labelled,
)

REPORTS = Path(__file__).parents[3] / "shared" / "data" / "cases"
CHINESE = Path(__file__).with_name("knowledge_symptoms_zh.json")
CLEARLY = 0.05
"""So much better each measure has to be."""
Both = tuple[Measures, Measures]


class Beside(Protocol):
    """Measures both searches over the same cases."""

    def __call__(self, name: str, cases: list[Labelled], every: int = 1) -> Both: ...


@pytest.fixture
def beside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Beside:
    """Both searches over the same cases, measured and printed."""

    def measure(name: str, cases: list[Labelled], every: int = 1) -> Both:
        index = open_index(tmp_path / "index")
        index.put(as_entries(cases))
        places = range(0, len(cases), every)
        both = [judge(cases, search, places) for search in (ours(index, cases), by_character_grams(cases))]
        index.close()
        with capsys.disabled():
            print(f"\n{name}, {len(places)} of {len(cases)}: P@1, Hit@5, MRR {both[0]} | characters {both[1]}")
        return both[0], both[1]

    return measure


def clearly_better(mine: Measures, theirs: Measures) -> bool:
    return all(one > other + CLEARLY for one, other in zip(mine, theirs, strict=True))


def chinese() -> list[Labelled]:
    told = json.loads(CHINESE.read_text(encoding="utf-8"))
    return [Labelled(text, fault) for fault, texts in told.items() for text in texts]


def test_chinese_symptoms_of_the_trades_find_the_same_fault_in_other_words(beside: Beside) -> None:
    assert clearly_better(*beside("chinese", chinese()))


def test_the_chinese_symptoms_are_many_and_no_two_alike() -> None:
    cases = chinese()
    assert len({case.fault for case in cases}) >= 12
    assert len({case.text for case in cases}) == len(cases) >= 100


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.skipif(not REPORTS.is_dir(), reason="the labelled repair reports lie beside the checkout, not in it")
@pytest.mark.parametrize("name", ["laptops", "vacuums", "printers"])
def test_repair_reports_find_the_same_fault_more_often(beside: Beside, name: str) -> None:
    assert clearly_better(*beside(name, read_labelled(REPORTS / f"{name}.jsonl")))


@pytest.mark.long
@pytest.mark.skipif(not REPORTS.is_dir(), reason="the labelled repair reports lie beside the checkout, not in it")
def test_a_case_left_out_is_as_good_as_one_that_was_never_there(tmp_path: Path) -> None:
    """`without` is how the others leave a case out: the same answers as where it was removed."""
    cases = read_labelled(REPORTS / "printers.jsonl")
    index = open_index(tmp_path / "index")
    entries = list(as_entries(cases))
    index.put(entries)
    search = ours(index, cases)
    differ = 0
    for place in range(0, len(cases), 20):
        left_out = search(place)
        index.remove([str(place)])
        differ += search(place)[:5] != left_out[:5]
        index.put([entries[place]])
    index.close()
    assert differ <= 3
