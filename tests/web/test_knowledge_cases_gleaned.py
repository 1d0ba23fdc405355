"""What a record gives to a draft, field by field."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, run_write, session_for
from mendloop.knowledge import services as knowledge
from mendloop.knowledge.following import case_of_order
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, Phone
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders


def both(text: str) -> dict[str, str]:
    """The same words for everybody."""
    return {"en": text, "zh-CN": text}


TEMPLATE: dict[str, Any] = {
    "format": 1,
    "key": "pump.look",
    "title": both("Look at a pump"),
    "applies_to": [{"product": PUMP}],
    "roles": {"engineer": {"title": both("Engineer")}},
    "start": "look",
    "nodes": {
        "look": {
            "kind": "step",
            "title": both("Look"),
            "role": "engineer",
            "fields": [
                {"id": "complaint", "type": "long_text", "label": both("Complaint")},
                {"id": "level", "type": "reading", "label": both("Oil level"), "unit": "mm", "tolerance": [10, None]},
                {
                    "id": "by_eye",
                    "type": "checklist",
                    "label": both("By eye"),
                    "items": [{"id": "tight", "label": both("No leak")}, {"id": "clean", "label": both("Clean")}],
                },
                {
                    "id": "cause",
                    "type": "choice",
                    "label": both("Cause"),
                    "options": [{"id": "wear", "label": both("Wear")}, {"id": "ca_2", "label": both("Dirt")}],
                },
            ],
            "next": [{"to": "done"}],
        },
        "done": {"kind": "end", "outcome": "done", "title": both("Done")},
    },
}


@pytest.fixture
def draft(database: Database, cast: Cast, visit: Callable[..., Visitor]) -> Callable[..., knowledge.CaseContent]:
    """`draft(answers)`: the draft of an order in which these were given."""

    def lay_down(session: Any) -> str:
        sue = cast.sue
        library.add_product(session, sue, library.ProductDetails(PUMP, {"en": "Pump"}))
        for code, title in (("CA-1", "Wear"), ("CA-2", "Something else")):
            library.add_fault_code(session, sue, library.FaultCodeDetails(code, "cause", {"en": title}))
        version = library.publish_template(session, sue, TEMPLATE).id
        new = orders.NewOrder(product=PUMP, template_version=version, assignee=cast.ada.person_id, fault_text="hot")
        return orders.open_work_order(session, sue, new).id

    def play(answers: dict[str, Any]) -> knowledge.CaseContent:
        with session_for(database, cast.sue) as session:
            order = run_write(session, lambda: lay_down(session))
        ada = Phone(visit(cast.ada))
        ada.do("StartStep", order, visit="look#1")
        ada.do("CompleteStep", order, visit="look#1", answers=answers)
        with session_for(database, cast.sue) as session:
            case = case_of_order(session, cast.sue, order)
            assert case is not None
            return knowledge.content_of(case)

    return play


def test_checks_readings_and_what_was_written_lead_to_three_texts(draft: Callable[..., knowledge.CaseContent]) -> None:
    content = draft(
        {
            "complaint": "hot and smells",
            "level": {"value": 4},
            "by_eye": {"tight": {"result": "not_ok", "note": "drips at the seal"}, "clean": {"result": "ok"}},
            "cause": "wear",
        }
    )
    assert [sign.key for sign in content.path] == ["look.level-", "look.by_eye.tight"]
    assert [(sign.low, sign.high) for sign in content.path] == [("10", ""), ("", "")]
    assert content.symptom == {"en": "hot\nComplaint: hot and smells"}
    assert content.cause == {"en": "Cause: Wear\ndrips at the seal"}
    assert content.remedy == {"en": "Look"}
    assert content.cause_codes == ("CA-1",)


def test_an_option_may_be_a_code_and_a_dash_says_nothing(draft: Callable[..., knowledge.CaseContent]) -> None:
    fine = {"level": {"value": 12}, "by_eye": {name: {"result": "ok"} for name in ("tight", "clean")}}
    content = draft({**fine, "complaint": "-", "cause": "ca_2"})
    assert content.cause_codes == ("CA-2",)
    assert content.symptom == {"en": "hot"}
    assert content.path == ()
