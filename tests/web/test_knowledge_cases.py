"""Closing an order drafts a case; its writer finishes it, a reviewer publishes it, nothing is lost on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, run_write, session_for, write_transaction
from mendloop.knowledge import services as knowledge
from mendloop.knowledge.again import draft_missing
from mendloop.knowledge.following import case_of_order, order_ended
from mendloop.library.services import load_plan
from mendloop.problems import Conflict, Forbidden, Missing, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import (
    BEARING,
    PUMP,
    Phone,
    Workshop,
    finish_repair,
    inspect,
    photo_bytes,
    put_up,
    shot,
    work_to_repair,
)
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy import event
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def mended(workshop: Workshop, visit: Visit) -> str:
    """An order on a pump whose shaft ran out."""
    return mend_another(workshop, visit)


def drafted(database: Database, actor: Actor, order: str) -> knowledge.Case:
    with session_for(database, actor) as session:
        case = case_of_order(session, actor, order)
        assert case is not None
        return case


def act(database: Database, actor: Actor, work: Callable[..., Any], *arguments: Any) -> Any:
    with session_for(database, actor) as session:
        return run_write(session, lambda: work(session, actor, *arguments))


def edits(**texts: str) -> knowledge.CaseEdits:
    said = {"title": "Noise", "symptom": "rattles", "cause": "worn", "remedy": "new bearing"} | texts
    title, symptom, cause, remedy = ({"en": said[name]} for name in ("title", "symptom", "cause", "remedy"))
    return knowledge.CaseEdits(title, symptom, cause, remedy)


def publish(database: Database, cast: Cast, order: str) -> knowledge.Case:
    """The order's case, finished and published."""
    case = drafted(database, cast.sue, order)
    edited = act(database, cast.sue, knowledge.edit_case, case.id, case.revision, edits())
    published: knowledge.Case = act(database, cast.sue, knowledge.publish_case, case.id, edited.revision)
    return published


def mend_another(workshop: Workshop, visit: Visit) -> str:
    order = workshop.open_order(workshop.cast.ada)
    ada, ivy = Phone(visit(workshop.cast.ada)), Phone(visit(workshop.cast.ivy))
    work_to_repair(ada, order)
    finish_repair(ada, order)
    inspect(ivy, order, "inspect#1", "accepted")
    return order


def routine_order(workshop: Workshop) -> str:
    """One that names no fault."""
    sue = workshop.cast.sue
    new = orders.NewOrder(product=PUMP, template_version=workshop.version_id, assignee=workshop.cast.ada.person_id)
    with session_for(workshop.database, sue) as session:
        return run_write(session, lambda: orders.open_work_order(session, sue, new)).id


def look_and_find_nothing(phone: Phone, order: str) -> None:
    before = phone.upload(photo_bytes("firebrick"))
    phone.do("StartStep", order, visit="isolate#1")
    phone.do("CompleteStep", order, visit="isolate#1", answers={"before": shot(before)})
    phone.do("StartStep", order, visit="measure#1")
    phone.do("CompleteStep", order, visit="measure#1", answers={"runout": {"value": 0.02}})


def end_again(session: Session, actor: Actor, order_id: str) -> None:
    """The same event told once more."""
    order = orders.access_work_order(session, actor, order_id)
    order_ended(session, actor, order_id, load_plan(session, actor, order.plan_hash))


def lose_case(session: Session, actor: Actor, order_id: str) -> None:
    """As after a backup of the records alone was restored: no act and no case is there."""
    case = case_of_order(session, actor, order_id)
    assert case is not None
    case.order_id = None
    session.flush()


def test_the_end_of_an_order_drafts_a_case_from_its_record(database: Database, cast: Cast, mended: str) -> None:
    case = drafted(database, cast.ada, mended)
    content = knowledge.content_of(case)
    assert (case.status, case.author, case.version) == ("draft", cast.ada.person_id, 0)
    assert (content.product, content.faults, content.template) == (PUMP, ("P-11",), "pump.quick")
    assert content.template_version == 1
    assert content.symptom == {"en": "rattles"}
    (sign,) = content.path
    assert (sign.key, sign.value, sign.low, sign.high, sign.unit) == ("measure.runout+", "0.06", "0", "0.05", "mm")
    assert "0.06" in content.cause["en"]
    assert [(part.number, part.milli, part.name["zh-CN"]) for part in content.parts] == [(BEARING, 1000, "轴承 6205")]
    assert content.remedy["en"] == "Replace bearing\nBearing 6205 × 1"
    (pair,) = content.photos
    assert pair.before != pair.after
    assert content.closed_at


def test_an_order_in_which_nothing_was_found_drafts_nothing(
    database: Database, cast: Cast, workshop: Workshop, visit: Visit
) -> None:
    order = routine_order(workshop)
    ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
    look_and_find_nothing(ada, order)
    inspect(ivy, order, "inspect#1", "accepted")
    with session_for(database, cast.sue) as session:
        assert orders.access_work_order(session, cast.sue, order).status == "ended"
        assert case_of_order(session, cast.sue, order) is None
    with pytest.raises(Conflict, match=r"case\.nothing_to_learn"):
        act(database, cast.sue, knowledge.draft_case, order)


def test_an_order_that_was_given_up_drafts_nothing(database: Database, cast: Cast, workshop: Workshop) -> None:
    order = workshop.open_order(cast.ada)
    act(database, cast.sue, orders.cancel_work_order, order, "the pump was sold")
    with session_for(database, cast.sue) as session:
        assert case_of_order(session, cast.sue, order) is None
    with pytest.raises(Conflict, match=r"case\.order_not_ended"):
        act(database, cast.sue, knowledge.draft_case, order)


def test_an_end_told_again_makes_no_second_case_and_touches_none_that_somebody_has_edited(
    database: Database, cast: Cast, mended: str
) -> None:
    first = drafted(database, cast.ada, mended)
    act(database, cast.ada, end_again, mended)
    assert drafted(database, cast.ada, mended).id == first.id
    act(database, cast.ada, knowledge.edit_case, first.id, 1, edits(cause="a foot stood off"))
    act(database, cast.ada, end_again, mended)
    assert knowledge.content_of(drafted(database, cast.ada, mended)).cause == {"en": "a foot stood off"}


def test_a_draft_that_was_lost_is_drawn_again_from_the_record(
    database: Database, cast: Cast, mended: str, visit: Visit
) -> None:
    before = knowledge.content_of(drafted(database, cast.sue, mended))
    act(database, cast.sue, lose_case, mended)
    assert act(database, cast.sue, draft_missing) == 1
    assert act(database, cast.sue, draft_missing) == 0
    assert knowledge.content_of(drafted(database, cast.sue, mended)) == before
    act(database, cast.sue, lose_case, mended)
    assert visit(cast.bo).send("POST", f"/api/v1/orders/{mended}/case").status_code == 403
    told = visit(cast.ada).send("POST", f"/api/v1/orders/{mended}/case")
    assert (told.status_code, told.json["status"]) == (200, "draft")  # type: ignore[index]


def test_a_case_goes_from_its_writer_to_a_reviewer_and_back_before_everybody_reads_it(
    database: Database, cast: Cast, mended: str
) -> None:
    case = drafted(database, cast.ada, mended)
    with pytest.raises(Missing):
        act(database, cast.bo, knowledge.access_case, case.id)
    edited = act(database, cast.ada, knowledge.edit_case, case.id, 1, edits())
    act(database, cast.ada, knowledge.submit_case, case.id, edited.revision)
    with session_for(database, cast.sue) as session:
        assert [each.id for each in knowledge.cases_to_review(session, cast.sue)] == [case.id]
        assert knowledge.cases_to_review(session, cast.ada) == []
    with pytest.raises(Forbidden):
        act(database, cast.ada, knowledge.publish_case, case.id, edited.revision)
    with pytest.raises(Refusal, match=r"case\.note_missing"):
        act(database, cast.sue, knowledge.send_back, case.id, " ")
    act(database, cast.sue, knowledge.send_back, case.id, "which bearing?")
    edited = act(database, cast.ada, knowledge.edit_case, case.id, edited.revision, edits(remedy="bearing 6205"))
    act(database, cast.ada, knowledge.submit_case, case.id, edited.revision)
    published = act(database, cast.dee, knowledge.publish_case, case.id, edited.revision)
    assert (published.status, published.version) == ("published", 1)
    assert act(database, cast.vera, knowledge.access_case, case.id).id == case.id
    with pytest.raises(Missing):
        act(database, cast.cy, knowledge.access_case, case.id)


def test_two_who_write_at_the_same_time_lose_nothing(database: Database, cast: Cast, mended: str, visit: Visit) -> None:
    case = drafted(database, cast.ada, mended)
    ada, sue = visit(cast.ada), visit(cast.sue)
    form = {"revision": "1", "title": "Noise", "symptom": "rattles", "remedy": "new bearing"}
    path = f"/knowledge/cases/{case.id}/edit"
    assert sue.submit(path, {**form, "cause": "what Sue knows"}).status_code == 302
    refused = ada.submit(path, {**form, "cause": "what Ada knows"})
    assert refused.status_code == 409
    assert "what Sue knows" in refused.text
    assert "what Ada knows" in refused.text
    assert 'name="revision" type="hidden" value="2"' in refused.text
    assert ada.submit(path, {**form, "revision": "2", "cause": "what both know"}).status_code == 302
    assert knowledge.content_of(drafted(database, cast.ada, mended)).cause == {"en": "what both know"}


def test_a_sentence_of_the_record_is_taken_over_without_a_script(cast: Cast, mended: str, visit: Visit) -> None:
    ada = visit(cast.ada)
    page = ada.get("/knowledge/?status=mine").text
    path = page.split('class="row-link" href="')[1].split('"')[0]
    offered = ada.get(path).text
    assert 'value="symptom:1"' in offered
    form = {"revision": "1", "title": "Noise", "symptom": "My own words.", "take": "symptom:1"}
    taken = ada.submit(path, form).text
    assert "My own words.\nShaft runout 0.06 mm (0–0.05)</textarea>" in taken


def test_a_change_to_a_published_case_waits_and_every_version_can_be_read_and_published_again(
    database: Database, cast: Cast, mended: str, visit: Visit
) -> None:
    case = publish(database, cast, mended)
    edited = act(database, cast.ada, knowledge.edit_case, case.id, case.revision, edits(cause="a bent shaft"))
    assert (edited.status, edited.version) == ("draft", 1)
    assert "a bent shaft" not in visit(cast.vera).get(f"/knowledge/cases/{case.id}").text
    act(database, cast.sue, knowledge.publish_case, case.id, edited.revision)
    vera = visit(cast.vera)
    assert "a bent shaft" in vera.get(f"/knowledge/cases/{case.id}").text
    assert "a bent shaft" not in vera.get(f"/knowledge/cases/{case.id}?version=1").text
    versions = vera.get(f"/knowledge/cases/{case.id}/versions").text
    assert "<del>worn</del><ins>a bent shaft</ins>" in versions
    restored = act(database, cast.sue, knowledge.restore_version, case.id, 1)
    assert restored.version == 3
    assert "a bent shaft" not in vera.get(f"/knowledge/cases/{case.id}").text


def test_a_merged_case_points_to_the_other_one_which_gets_its_votes_and_orders(
    database: Database, cast: Cast, workshop: Workshop, mended: str, visit: Visit
) -> None:
    first = publish(database, cast, mended)
    second = publish(database, cast, mend_another(workshop, visit))
    act(database, cast.ada, knowledge.count_votes_changed, first.id, 2, 1)
    act(database, cast.ada, knowledge.count_votes_changed, second.id, 3, 0)
    with pytest.raises(Conflict, match=r"case\.no_survivor"):
        act(database, cast.sue, knowledge.merge_case, first.id, first.id)
    act(database, cast.sue, knowledge.merge_case, first.id, second.id)
    with session_for(database, cast.sue) as session:
        assert knowledge.votes_of(session, cast.sue, second.id) == (5, 1)
        assert len(knowledge.orders_of(session, cast.sue, second.id)) == 2
        changed = knowledge.entries_after(session, cast.sue, 0)
        assert [(entry.id, entry.helped, entry.not_helped) for entry in changed.entries] == [(second.id, 5, 1)]
    assert f"/knowledge/cases/{second.id}" in visit(cast.vera).get(f"/knowledge/cases/{first.id}").text
    act(database, cast.sue, knowledge.restore_case, first.id)
    with session_for(database, cast.sue) as session:
        assert knowledge.votes_of(session, cast.sue, second.id) == (3, 0)


def test_a_case_is_retired_in_favour_of_another_but_never_in_a_ring(
    database: Database, cast: Cast, workshop: Workshop, mended: str, visit: Visit
) -> None:
    first = publish(database, cast, mended)
    second = publish(database, cast, mend_another(workshop, visit))
    act(database, cast.sue, knowledge.retire_case, first.id, second.id, "superseded")
    with pytest.raises(Conflict):
        act(database, cast.sue, knowledge.retire_case, second.id, first.id)
    with session_for(database, cast.ada) as session:
        found = knowledge.find_cases(session, cast.ada, knowledge.CaseFilters())
        assert [each.id for each in found.cases] == [second.id]


def test_drawing_a_draft_asks_the_database_a_handful_of_questions(database: Database, cast: Cast, mended: str) -> None:
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        asked.append(arguments[2])

    with session_for(database, cast.ada) as session, write_transaction(session):
        order = orders.access_work_order(session, cast.ada, mended)
        plan = load_plan(session, cast.ada, order.plan_hash)
        event.listen(database.engine, "before_cursor_execute", note)
        order_ended(session, cast.ada, mended, plan)
        session.flush()
        event.remove(database.engine, "before_cursor_execute", note)
    assert len(asked) <= 8
