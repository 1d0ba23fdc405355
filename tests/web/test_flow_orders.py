"""How the organisation's own orders went: drawn, explained by any version, compared, and written as XES."""

import copy
import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mendloop.assets import services as assets
from mendloop.database import Database, run_write, session_for
from mendloop.insights.flow.log import Log, LogEvent, Trace
from mendloop.insights.flow.numbers import median_interval, share_interval
from mendloop.insights.flow.own_orders import OwnFlow, Period, flow_of
from mendloop.insights.flow.replay import Work, replay
from mendloop.insights.flow.tasks import tasks_of
from mendloop.insights.flow.template_net import net_of_template
from mendloop.insights.flow.xes_reading import read_xes
from mendloop.insights.flow.xes_writing import write_xes
from mendloop.library.services import product_by_key, publish_template
from mendloop.testing.cast import Cast
from mendloop.testing.phone_log import PHONE_TEMPLATE
from mendloop.testing.pump_shop import TEMPLATE, Phone, Workshop, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
FLOW = "/insights/flow/"
NET = net_of_template(PHONE_TEMPLATE)


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


def mend(workshop: Workshop, visit: Visit) -> str:
    """An order that is sent back once, then accepted."""
    order = workshop.open_order(workshop.cast.ada)
    ada, ivy = Phone(visit(workshop.cast.ada)), Phone(visit(workshop.cast.ivy))
    work_to_repair(ada, order)
    finish_repair(ada, order)
    inspect(ivy, order, "inspect#1", "rejected")
    ada.do("StartStep", order, visit="repair#2")
    finish_repair(ada, order, "repair#2")
    inspect(ivy, order, "inspect#2", "accepted")
    return order


def with_a_step_more() -> dict[str, object]:
    """The next version: before the end the pump is cleaned."""
    changed = copy.deepcopy(TEMPLATE)
    changed["nodes"]["inspect"]["next"][1]["to"] = "clean"
    changed["nodes"]["clean"] = {
        "kind": "step",
        "title": {"zh-CN": "清洁", "en": "Clean"},
        "role": "engineer",
        "fields": [],
        "next": [{"to": "done"}],
    }
    return changed


def flow(workshop: Workshop, version: str = "", *, all_versions: bool = False) -> OwnFlow:
    with session_for(workshop.database, workshop.cast.sue) as session:
        found = flow_of(session, workshop.cast.sue, "pump.quick", version, Period(), all_versions=all_versions)
        assert found is not None
        assert found.explained is not None
        return found


def test_what_the_engine_executed_fits_its_own_version_route_by_route(workshop: Workshop, visit: Visit) -> None:
    mend(workshop, visit)
    waiting = workshop.open_order(workshop.cast.ada)
    found = flow(workshop)
    assert {each.verdict: each.variant.count for each in found.explained} == {"fits": 1, "stops": 1}
    assert found.taken["inspect/0"] == 1
    assert found.taken["inspect/1"] == 1
    assert found.taken["measure/0"] == 1
    assert found.net.steps == ("isolate", "measure", "repair", "inspect")
    repair, isolate = found.figures["repair"], found.figures["isolate"]
    assert (repair.visits, repair.cases, repair.again) == (2, 1, 1)
    assert [each.state for each in isolate.still] == ["waiting"]
    assert isolate.still[0].case in found.ids
    assert found.ids[isolate.still[0].case] == waiting


def test_the_pages_show_it_to_who_may_see_figures_and_to_nobody_else(
    workshop: Workshop, visit: Visit, cast: Cast
) -> None:
    order = mend(workshop, visit)
    waiting = workshop.open_order(cast.ada)
    vera = visit(cast.vera)
    drawn = vera.get(FLOW).text
    assert '<svg class="flow-picture"' in drawn
    assert "Ways back" in drawn
    assert ">2×" in drawn
    listed = vera.get(f"{FLOW}step?step=isolate").text
    assert listed.index(waiting) < listed.index(order), "who stands there now comes first"
    ways = vera.get(f"{FLOW}variants").text
    assert "fits so far, no end" in ways
    assert f"/orders/{order}" in ways
    assert "One version only" in vera.get(f"{FLOW}compare").text
    assert vera.get(f"{FLOW}step?step=nothing").status_code == 404
    assert order not in visit(cast.cy).get(f"{FLOW}variants").text
    for stranger in (cast.ada, cast.stan, cast.dee):
        assert visit(stranger).get(FLOW).status_code == 403


def test_a_page_that_reads_the_newest_orders_only_says_so(
    workshop: Workshop, visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(workshop, visit)
    monkeypatch.setattr("mendloop.insights.flow.own_orders.MOST_ORDERS", 1)
    vera, says = visit(cast.vera), "only the newest 1 are read"
    assert says not in vera.get(FLOW).text
    workshop.open_order(cast.ada)
    for path in ("", "step?step=inspect", "variants", "compare"):
        assert says in vera.get(f"{FLOW}{path}").text, path


def test_older_repairs_are_held_against_a_newer_version(workshop: Workshop, visit: Visit, cast: Cast) -> None:
    order = mend(workshop, visit)
    with session_for(workshop.database, cast.sue) as session:
        newer = run_write(session, lambda: publish_template(session, cast.dee, with_a_step_more())).id
    found = flow(workshop, newer, all_versions=True)
    (told,) = found.explained
    assert told.verdict == "deviates"
    assert [(move.kind, move.firing.step) for move in told.replayed.deviations if move.firing] == [("missing", "clean")]
    page = visit(cast.sue).get(f"{FLOW}variants?of=all").text
    assert "missing: Clean" in page
    assert "Clean is missing after Inspect" in page
    compared = visit(cast.sue).get(f"{FLOW}compare").text
    assert "Version 1: 1 orders that ended. Version 2: 0." in compared
    assert "too few orders" in compared
    assert "Fixed the first time" in compared
    assert compared.index(">Replace bearing <") < compared.index(">Inspect <"), "in the order of the flow"
    assert f"/orders/{order}" in page


def test_own_orders_leave_as_xes_with_costs_for_those_who_may_see_them(
    workshop: Workshop, visit: Visit, cast: Cast
) -> None:
    mend(workshop, visit)
    visit(cast.sue).get("/costs/")
    answer = visit(cast.sue).get(f"{FLOW}orders.xes")
    log = read_xes(io.BytesIO(answer.data)).log
    (trace,) = log.traces
    assert [event.activity for event in trace.done()] == [
        *("Isolate", "Measure runout", "Replace bearing"),
        *("Inspect", "Replace bearing", "Inspect"),
    ]
    assert {event.transition for event in trace.events} == {"schedule", "start", "complete"}
    assert {event.resource for event in trace.done()} == {"Ada", "Ivy"}
    assert trace.attributes["version"] == 1
    assert isinstance(trace.attributes["cost:total"], Decimal)
    assert log_again(log) == log
    assert b"cost:total" not in visit(cast.vera).get(f"{FLOW}orders.xes").data
    assert b"<trace>" not in visit(cast.cy).get(f"{FLOW}orders.xes").data


def test_parts_that_came_out_are_told_with_place_lot_and_age(
    workshop: Workshop, visit: Visit, cast: Cast, database: Database
) -> None:
    begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with session_for(database, cast.sue) as session:
        run_write(session, lambda: wear_out(session, cast, begun))
    sue = visit(cast.sue)
    page = sue.get(f"{FLOW}failures?since=&by=position").text
    assert "shaft/front" in page
    assert ">40 d<" in page
    for group, shown in (("part", "BRG-6205"), ("lot", "BRG-6205 · L-9"), ("age", "30 – 90 d")):
        assert shown in sue.get(f"{FLOW}failures?since=&by={group}").text
    (heading, line) = csv.reader(io.StringIO(sue.get(f"{FLOW}failures.csv?since=").data.decode("utf-8-sig")))
    told = dict(zip(heading, line, strict=True))
    assert (told["BOM position"], told["Lot"], told["Days"]) == ("shaft/front", "L-9", "40.000")
    assert sue.get(f"{FLOW}failures.parquet?since=").data[:4] == b"PAR1"
    assert sue.get(f"{FLOW}failures.xlsx?since=").status_code == 200
    assert "No part came out" in visit(cast.cy).get(f"{FLOW}failures?since=").text


def wear_out(session: Session, cast: Cast, begun: dt.datetime) -> None:
    """A bearing of lot L-9 is built in, and taken out after 40 days."""
    product = product_by_key(session, cast.sue, "pump/centrifugal/ns-40")
    assert product is not None
    pump = assets.create_asset(session, cast.sue, assets.AssetDetails("P-70", product.id))
    target, thing = assets.Target("shaft/front", pump.id), assets.Thing("BRG-6205", lot="L-9")
    scene = assets.Scene(begun, cast.sue.person_id)
    assets.install_part(session, cast.sue, scene, target, thing)
    after = assets.Scene(begun + dt.timedelta(days=40), cast.sue.person_id)
    assets.remove_part(session, cast.sue, after, target, assets.Thing("BRG-6205"))


def works(*steps: str) -> list[Work]:
    return [Work(step, step) for step in steps]


def deviations(*steps: str, is_over: bool = False) -> list[tuple[str, str]]:
    found = replay(NET, works(*steps), end=NET.net.ends if is_over else 0)
    return [
        (move.kind, move.firing.step if move.firing else steps[move.work or 0])
        for move in found.moves
        if move.is_deviation
    ]


def test_an_explanation_has_as_few_deviations_as_can_be() -> None:
    assert deviations("register", "analyze", "simple", "test", "inform", "archive", is_over=True) == []
    assert deviations("register", "analyze", "inform", "simple", "test", "restart", "complex", "test") == []
    assert deviations("analyze", "register") == [("extra", "analyze")]
    assert deviations("analyze", "inform", "simple", "test") == [("missing", "register")]
    assert deviations("register", "analyze", "test") in (
        [("missing", "simple")],
        [("missing", "complex")],
        [("extra", "test")],
    )
    assert deviations("register", "register") == [("extra", "register")]
    assert ("missing", "archive") in deviations("register", is_over=True)


def test_work_too_long_to_be_explained_says_how_far_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mendloop.insights.flow.replay.MOST_LOOKED_AT", 4)
    found = replay(NET, works("register", "archive", *["register"] * 5))
    assert found.is_cut
    assert not found.fits
    assert [move.kind for move in found.moves] == ["done"]


def test_interrupted_work_counts_without_its_interruptions() -> None:
    times = (("schedule", 0), ("start", 10), ("suspend", 15), ("resume", 60), ("complete", 70))
    begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    events = tuple(LogEvent("A", what, begun + dt.timedelta(minutes=at)) for what, at in times)
    (task,) = tasks_of(Trace("1", events))
    assert (task.waited, task.worked) == (10, 15)


def test_intervals_are_those_of_the_tables() -> None:
    found = median_interval([float(each) for each in range(1, 11)])
    assert found is not None
    assert (found.low, found.high) == (2, 9), "ten values: from the second to the ninth, 97.9 %"
    few = median_interval([1, 2, 3, 4, 5])
    assert few is not None
    assert few.low is None
    share = share_interval(809, 1102)
    assert share is not None
    assert share.low == pytest.approx(0.7073, abs=1e-4)
    assert share.high == pytest.approx(0.7593, abs=1e-4)


NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda text: NOT_IN_XML.sub("", text))
NAMES = TEXTS.filter(lambda text: bool(text.strip()))
INSTANTS = st.datetimes(timezones=st.just(dt.UTC))
VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    INSTANTS,
)
KEYS = TEXTS.filter(lambda key: ":" not in key)
SAID = st.dictionaries(KEYS, VALUES, max_size=3)
EVENTS = st.builds(LogEvent, NAMES, st.sampled_from(["start", "complete", "schedule"]), INSTANTS, TEXTS, SAID)
TRACES = st.builds(Trace, NAMES, st.lists(EVENTS, max_size=3).map(tuple), SAID)
LOGS = st.builds(Log, TEXTS, st.lists(TRACES, min_size=1, max_size=3).map(tuple), SAID)


def log_again(log: Log) -> Log:
    return read_xes(io.BytesIO(write_xes(log))).log


@settings(max_examples=60, deadline=None)
@given(LOGS)
def test_any_log_comes_back_as_it_was_written(log: Log) -> None:
    assert log_again(log) == log


def test_what_xml_cannot_hold_becomes_a_mark_of_replacement() -> None:
    begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    log = Log("a\x00\ud800b", (Trace("1", (LogEvent("\x1b修程", "complete", begun),)),))
    again = log_again(log)
    assert again.name == "a\ufffd\ufffdb"
    assert again.traces[0].events[0].activity == "\ufffd修程"
