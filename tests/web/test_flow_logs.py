"""Event logs of others: read safely, written so that others read them, measured as the reference says."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.insights.flow.figures import Figures
from mendloop.insights.flow.log import Log
from mendloop.insights.flow.meaning import Meaning, guess
from mendloop.insights.flow.xes_reading import read_xes
from mendloop.insights.flow.xes_writing import write_xes
from mendloop.library.services import publish_template
from mendloop.problems import Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.phone_log import PHONE_TEMPLATE
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
LOGS = "/insights/flow/logs/"
SMALL = b"""<log xes.version="1.0" xmlns="http://www.xes-standard.org/"><string key="concept:name" value="Small"/>
<trace><string key="concept:name" value="A"/>
<event><string key="concept:name" value="Test"/><date key="time:timestamp" value="2026-01-01T08:00:00+08:00"/></event>
</trace></log>"""


@pytest.fixture(scope="module")
def repair_log(shared_dir: Path) -> bytes:
    return (shared_dir / "data" / "repair-log" / "repairExample.xes.gz").read_bytes()


@pytest.fixture(scope="module")
def reference(shared_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_dir / "data" / "repair-log" / "reference.json").read_text())
    return found


def log_of(content: bytes) -> Log:
    return read_xes(io.BytesIO(content)).log


def refused(content: bytes) -> tuple[str, object]:
    with pytest.raises(Refusal) as caught:
        read_xes(io.BytesIO(content))
    problem = caught.value.problems[0]
    return problem.code, problem.params.get("line")


def take_in(visitor: Visitor, content: bytes, name: str = "log.xes.gz") -> str:
    answer = visitor.submit(LOGS, {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_figures_of_the_public_repair_log_equal_the_reference(repair_log: bytes, reference: dict[str, Any]) -> None:
    log = log_of(repair_log)
    assert guess(log) == Meaning("Test Repair", "defectFixed", "true", "Restart Repair")
    figures = Figures(log, guess(log))
    assert (len(log.traces), log.events) == (reference["cases"], reference["events"])
    tested, restarts, cycle = figures.tested, figures.restarts, figures.cycle
    assert tested is not None
    assert restarts is not None
    assert tested.cases == reference["cases_with_test"]
    assert tested.first_passed == reference["first_test_pass"]
    assert tested.last_passed == reference["last_test_pass"]
    assert tested.rate is not None
    assert round(tested.rate.value, 4) == reference["first_time_fix_rate"]
    assert restarts.total == reference["total_restarts"]
    assert restarts.cases == reference["cases_with_restart"]
    assert restarts.most == reference["max_restarts"]
    assert round(cycle.mean, 2) == reference["mean_cycle_min"]
    assert (cycle.median, cycle.p90) == (reference["median_cycle_min"], reference["p90_cycle_min"])
    assert (len(figures.paired), figures.unpaired) == (reference["paired_tasks"], reference["unpaired_starts"])
    assert {each.name: each.minutes for each in figures.by_person} == reference["labour_min_by_resource"]
    assert {each.name: each.minutes for each in figures.by_activity} == reference["labour_min_by_activity"]
    assert {each.name: round(each.each, 2) for each in figures.by_activity} == reference["mean_min_by_activity"]


def test_the_page_of_the_public_log_shows_these_figures_and_every_variant_replays(
    database: Database, visit: Visit, cast: Cast, repair_log: bytes
) -> None:
    sue = visit(cast.sue)
    page = take_in(sue, repair_log)
    shown = sue.get(page).text
    for figure in ("73.4 %", "809 of 1,102", ">406<", "in 293 cases, at most 3", "61.5 min", "65.84 min", "91.7 min"):
        assert figure in shown, figure
    for figure in (">4,121<", "1 start without an end", "8,943 min", "16,688 min", "SolverC3", "70.7 % – 75.9 %"):
        assert figure in shown, figure
    with session_for(database, cast.sue) as session, write_transaction(session):
        publish_template(session, cast.dee, PHONE_TEMPLATE)
    replayed = sue.get(f"{page}/replay?template=phone.log").text
    assert "62 variants of 1,104 cases replayed on version 1" in replayed
    assert '<span class="tag good">fits</span> <strong>1,000</strong>' in replayed
    assert '<span class="tag ">fits so far, no end</span> <strong>104</strong>' in replayed
    assert "deviates" not in replayed
    assert "1508× · 8 min" in replayed


def test_the_first_variants_are_shown_at_once_and_the_rest_for_who_asks(
    visit: Visit, cast: Cast, repair_log: bytes
) -> None:
    sue = visit(cast.sue)
    page = take_in(sue, repair_log)
    first = sue.get(f"{page}?x=%22%3E").text
    assert first.count('class="flow-way"') == 20
    assert '<a class="button" href="?x=%22%3E&amp;rows=all">Show 42 more variants</a>' in first
    every = sue.get(f"{page}?rows=all").text
    assert every.count('class="flow-way"') == 62
    assert "more variants" not in every


def test_what_a_template_does_not_explain_is_listed_with_where_it_leaves_the_flow(
    database: Database, visit: Visit, cast: Cast, repair_log: bytes
) -> None:
    sue = visit(cast.sue)
    page = take_in(sue, repair_log)
    with session_for(database, cast.sue) as session, write_transaction(session):
        publish_template(session, cast.dee, PHONE_TEMPLATE)
    steps = {f"step-{n}": "" for n in range(8)}
    answer = sue.submit(f"{page}/steps", {"template": "phone.log", "version": "", **steps})
    assert answer.status_code == 302
    replayed = sue.get(f"{page}/replay?template=phone.log").text
    assert "extra: Register" in replayed
    assert '<span class="tag bad">deviates</span> <strong>1,104</strong>' in replayed


def test_what_the_words_of_a_log_mean_is_the_persons_to_say(visit: Visit, cast: Cast, repair_log: bytes) -> None:
    olive = visit(cast.olive)
    page = take_in(olive, repair_log)
    passed = json.dumps(["Archive Repair", "defectFixed", "true"])
    answer = olive.submit(f"{page}/meaning", {"name": "Phones", "passed": passed, "restart": ""})
    assert answer.status_code == 302
    shown = olive.get(page).text
    assert ">Phones<" in shown
    assert "964 of 1,000" in shown
    olive.submit(f"{page}/meaning", {"name": "Phones", "passed": "[]", "restart": "Nothing of it"})
    assert "Say below which activity is the test" in olive.get(page).text


def test_reading_what_was_written_gives_the_same_log(repair_log: bytes) -> None:
    log = log_of(repair_log)
    assert log_of(write_xes(log)) == log


def test_a_log_is_its_organisations_and_goes_only_when_somebody_is_sure(visit: Visit, cast: Cast) -> None:
    sue, cy, vera = visit(cast.sue), visit(cast.cy), visit(cast.vera)
    page = take_in(sue, SMALL, "small.xes")
    assert vera.get(page).status_code == 200
    assert gzip.decompress(vera.get(f"{page}/log.xes.gz").data) == SMALL
    for path in (page, f"{page}/replay", f"{page}/log.xes.gz"):
        assert cy.get(path).status_code == 404
    assert cy.submit(f"{page}/remove", {"sure": "1"}).status_code == 404
    assert vera.submit(f"{page}/remove", {"sure": "1"}).status_code == 403
    sue.submit(f"{page}/remove")
    assert "Small" in sue.get(LOGS).text
    assert sue.submit(f"{page}/remove", {"sure": "1"}).status_code == 302
    assert sue.get(page).status_code == 404


def test_the_same_file_is_taken_in_once(visit: Visit, cast: Cast) -> None:
    sue = visit(cast.sue)
    take_in(sue, SMALL, "small.xes")
    answer = sue.submit(LOGS, {"file": (io.BytesIO(SMALL), "x.xes")}, content_type="multipart/form-data")
    assert (answer.status_code, "imported already" in answer.text) == (409, True)
    assert sue.submit(LOGS, {}).status_code == 422


def test_what_is_no_log_is_refused_with_the_line() -> None:
    event = b'<log><trace><event><string key="concept:name" value="A"/>\n%s</event></trace></log>'
    assert refused(b"<log>\n<trace>") == ("xes.not_xml", 2)
    assert refused(b"<html>\n</html>") == ("xes.not_a_log", 1)
    assert refused(b"<log></log>") == ("xes.empty", None)
    assert refused(b"") == ("xes.not_xml", 1)
    assert refused(b"<log>\n<event></event></log>") == ("xes.misplaced", 2)
    assert refused(event % b"") == ("xes.no_time", 2)
    assert refused(event % b'<date key="time:timestamp" value="soon"/>') == ("xes.bad_value", 2)
    assert refused(event % b'<date key="time:timestamp" value="9999-12-31T23:59:59-12:00"/>') == ("xes.bad_value", 2)
    assert refused(event % b'<int key="n" value="99999999999999999999"/>') == ("xes.bad_value", 2)
    assert refused(b"<log>" + b'<list key="a">' * 30) == ("xes.too_deep", 1)
    assert refused(gzip.compress(SMALL)[:-9]) == ("xes.damaged", None)
    assert refused(b"\x1f\x8bnothing") == ("xes.damaged", None)


def test_no_entity_and_no_bomb_gets_in() -> None:
    entity = b'<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<log>&x;</log>'
    assert refused(entity) == ("xes.doctype", 1)
    bomb = gzip.compress(b"<log>" + b" " * 40_000_000)
    assert refused(bomb) == ("xes.too_packed", None)


def test_a_log_too_long_to_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mendloop.insights.flow.xes_reading.MOST_EVENTS", 0)
    assert refused(SMALL)[0] == "xes.too_many_events"
