"""An organisation's search in its folder: what it finds and why, what others write, and what a killed writer leaves."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from mendloop.knowledge.search import open_index
from mendloop.knowledge.search.entries import Entry, Index, Question, Reason
from mendloop.knowledge.search.marking import marks

KILLS = int(os.environ.get("MENDLOOP_KNOWLEDGE_KILLS", "2"))

SEAL = Entry(
    "seal",
    title="机械密封漏水",
    symptom="轴端一直滴水，停机也渗",
    cause="动静环磨损",
    product="pump/centrifugal/harbour-80",
    positions=("pump/rotor/seal",),
    faults=("P-13",),
    cause_codes=("CA-M6",),
    checks=("inspect.leak+", "run.pressure-"),
    parts=("MS-40/2",),
)
BEARING = Entry(
    "bearing",
    title="Bearing worn, grease dry",
    symptom="squeals, the driven end gets hot after an hour",
    product="pump/centrifugal/harbour-100",
    positions=("pump/rotor/bearings",),
    faults=("P-111",),
    cause_codes=("CA-M5",),
    checks=("run.temperature+",),
    parts=("6310-2RS",),
    helped=3,
    not_helped=1,
)
DRAIN = Entry(
    "drain",
    title="排水泵线圈断路",
    symptom="不排水，泵不响",
    product="washing-machine/brook/700",
    faults=("WM-D2",),
    parts=("DP-700",),
)
MANUAL = Entry("manual", kind="article", title="Overhaul of the pump", symptom="seals and bearings, order WO-2024-0117")
ALL = (SEAL, BEARING, DRAIN, MANUAL)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = open_index(tmp_path / "index")
    opened.put(ALL, 4)
    yield opened
    opened.close()


def found(index: Index, question: Question) -> list[str]:
    return [hit.entry_id for hit in index.search(question)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("机封漏，一直滴水", "seal"),
        ("轴承发烫还尖叫", "bearing"),  # written in English
        ("das Lager ist heiss und quietscht", "bearing"),
        ("不下水，drain pump 没声音", "drain"),
        ("need a 6310 2rs", "bearing"),
    ],
)
def test_the_case_is_found_in_other_words_and_other_languages(index: Index, text: str, first: str) -> None:
    assert found(index, Question(text))[0] == first


def test_each_hit_says_why(index: Index) -> None:
    question = Question(
        "driven end squeals", "pump/centrifugal/harbour-80", ("pump/rotor",), checks=("run.temperature+",)
    )
    (reasons,) = [hit.reasons for hit in index.search(question) if hit.entry_id == "bearing"]
    assert reasons == (
        Reason("check", "run.temperature+"),
        Reason("position", "pump/rotor"),
        Reason("product", "pump/centrifugal"),
        Reason("words", "driven,end,squeals"),
        Reason("cause", "CA-M5"),
        Reason("helped", "3/4"),
    )


@pytest.mark.parametrize(
    "question",
    [
        Question(product="pump/centrifugal/harbour-80"),
        Question(positions=("pump/rotor/seal",)),
        Question(faults=("P-13",)),
        Question(checks=("run.pressure-",)),
        Question(parts=("ms40-2",)),
    ],
)
def test_a_case_is_found_without_a_single_word(index: Index, question: Question) -> None:
    assert found(index, question)[0] == "seal"


def test_a_reading_that_is_off_to_the_other_side_is_another_one(index: Index) -> None:
    assert found(index, Question(checks=("run.pressure+",))) == []


def test_nothing_known_finds_nothing(index: Index) -> None:
    assert index.search(Question()) == []
    assert index.search(Question("？！ …")) == []
    assert index.suggest(" ，") == []


def test_only_the_kinds_asked_for_are_found(index: Index) -> None:
    assert found(index, Question("pump seal bearing", kinds=("article",))) == ["manual"]
    assert "manual" not in found(index, Question("pump seal bearing", kinds=("case", "bulletin")))


def test_what_is_left_out_is_not_found(index: Index) -> None:
    assert "seal" not in found(index, Question("机封漏水", "pump/centrifugal", without=("seal", "nobody")))


def test_what_the_organisation_calls_it_finds_it(index: Index) -> None:
    assert found(index, Question("zwilk")) == []
    hits = index.search(Question("zwilk"), {"mechanical seal": ["zwilk", "机械密封"]})
    assert hits[0].entry_id == "seal"


def test_it_helped_moves_a_case_before_its_equal(index: Index) -> None:
    twins = [
        Entry(id_, symptom="makes a rattling noise at full load", cause_codes=("CA-M1",)) for id_ in ("one", "two")
    ]
    index.put(twins)
    question = Question("rattling noise")
    first, second = found(index, question)[:2]
    voted = next(twin for twin in twins if twin.id == second)
    index.put([Entry(voted.id, symptom=voted.symptom, cause_codes=voted.cause_codes, helped=1)])
    assert found(index, question)[:2] == [second, first]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("be", "bearing"),
        ("berring", "bearing"),
        ("bearing dr", "bearing"),
        ("gerase", "bearing"),
        ("排", "drain"),
        ("机械密", "seal"),
        ("机械蜜封", "seal"),
        ("几械密封", "seal"),
        ("线圈断陆", "drain"),
        ("dp700", "drain"),
        ("DP-7", "drain"),
        ("dp 700", "drain"),
        ("6310", "bearing"),
        ("63102rs", "bearing"),
        ("wo20240117", "manual"),
        ("2024-0117", "manual"),
        ("overhaul pum", "manual"),
    ],
)
def test_it_is_suggested_while_somebody_types(index: Index, typed: str, first: str) -> None:
    assert index.suggest(typed)[0].entry_id == first


def test_suggestions_know_what_the_organisation_calls_things(index: Index) -> None:
    assert [each.entry_id for each in index.suggest("小喷壶", synonyms={"机械密封": ["小喷壶"]})] == ["seal"]


@pytest.mark.parametrize(
    ("line", "typed", "marked"),
    [
        ("Bearing worn", "bea", "[Bea]ring worn"),
        ("Bearing worn", "baering", "[Bearing] worn"),
        ("Überhitzung", "uberh", "[Überh]itzung"),
        ("机械密封漏水", "密封", "机械[密封]漏水"),
        ("机械密封漏水", "蜜封", "机械[密封]漏水"),
        ("换 DP-700 泵", "dp7", "换 [DP-700] 泵"),
        ("nothing of it", "bearing", "nothing of it"),
    ],
)
def test_what_was_typed_is_marked(line: str, typed: str, marked: str) -> None:
    shown, end = "", 0
    for start, stop in marks(line, typed):
        shown, end = f"{shown}{line[end:start]}[{line[start:stop]}]", stop
    assert shown + line[end:] == marked


def test_an_entry_that_is_put_again_takes_the_place_of_the_old_one(index: Index) -> None:
    index.put([Entry("drain", symptom="forgets the time")], 5)
    assert (index.size, index.seen) == (4, 5)
    assert found(index, Question("forgets the time"))[0] == "drain"
    assert index.suggest("排水泵") == []


def test_what_is_removed_is_forgotten(index: Index) -> None:
    index.remove(["drain", "nobody"], 6)
    assert (index.size, index.seen) == (3, 6)
    assert index.suggest("排水泵") == []


def test_what_one_has_written_the_other_finds(index: Index, tmp_path: Path) -> None:
    other = open_index(tmp_path / "index")
    assert found(other, Question("driven end squeals"))[0] == "bearing"
    index.put([Entry("new", symptom="driven end squeals and stops")], 9)
    assert found(other, Question("driven end squeals and stops"))[0] == "new"
    other.remove(["new"], 10)
    assert "new" not in found(index, Question("driven end squeals and stops"))
    assert index.seen == 10
    other.close()


def test_a_folder_that_is_deleted_begins_anew_under_who_has_it_open(index: Index, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "index")
    assert index.seen == 0
    index.put(ALL, 4)
    assert found(index, Question("driven end squeals"))[0] == "bearing"


@pytest.mark.parametrize("broken", ["index.db", "words-*"])
def test_a_broken_one_opens_empty_and_can_be_made_again(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "index"
    opened = open_index(folder)
    opened.put(ALL, 4)
    opened.close()
    for path in folder.glob(broken):
        if path.is_dir():
            (path / "meta.json").write_text("{ not", encoding="ascii")
        else:
            path.write_bytes(b"not a database" * 1000)
    again = open_index(folder)
    assert (again.seen, again.size) == (0, 0)
    again.put(ALL, 4)
    assert found(again, Question("driven end squeals"))[0] == "bearing"
    again.close()


WRITER = """
import itertools, sys
from pathlib import Path
from mendloop.knowledge.search import open_index
from mendloop.knowledge.search.entries import Entry
index = open_index(Path(sys.argv[1]))
print("open", flush=True)
for number in itertools.count(index.seen + 1):
    index.put([Entry(f"case-{number}", symptom=f"pump number{number} rattles", cause_codes=("CA",))], number)
"""


def test_a_killed_writer_leaves_what_it_had_kept(tmp_path: Path) -> None:
    """As often as it is killed: it opens, knows the last change it kept, and has every entry up to it."""
    folder, chance = tmp_path / "index", random.Random(KILLS)
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.4))
            writer.send_signal(signal.SIGKILL)
        index = open_index(folder)
        seen = index.seen
        assert index.size == seen > 0
        assert all(
            found(index, Question(f"number{number}", limit=1)) == [f"case-{number}"] for number in range(1, seen + 1)
        )
        index.close()
