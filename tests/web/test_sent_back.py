"""The reason why work was sent back: what was chosen for it reads as it is called, not by its name for machines."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import pytest
from mendloop.database import Database, run_write, session_for
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import TEMPLATE, Phone, Workshop, finish_repair, put_up, work_to_repair
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    """The pump's process, in which the verdict itself is the reason for rework."""
    shop = put_up(database, cast)
    document = deepcopy(TEMPLATE) | {"key": "pump.verdict"}
    document["nodes"]["inspect"]["next"][0]["reason_field"] = "verdict"
    with session_for(database, cast.sue) as session:
        version = run_write(session, lambda: str(library.publish_template(session, cast.sue, document).id))
    return replace(shop, version_id=version)


@pytest.fixture
def sent_back(workshop: Workshop, visit: Visit, cast: Cast) -> Callable[..., str]:
    """`sent_back(**written)`: an order that the inspector has sent back."""

    def send(**written: str) -> str:
        order = workshop.open_order(cast.ada)
        ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
        work_to_repair(ada, order)
        finish_repair(ada, order)
        ivy.do("StartStep", order, visit="inspect#1")
        ivy.do("CompleteStep", order, visit="inspect#1", answers={"verdict": "rejected"}, **written)
        ada.do("StartStep", order, visit="repair#2")
        return order

    return send


@pytest.mark.parametrize(
    ("language", "in_record", "in_timeline"),
    [
        ("en", "Sent back: Rejected", "Sent back to “Replace bearing”: Rejected"),
        ("zh-CN", "返工原因：退回", "退回“更换轴承”返工：退回"),
    ],
)
def test_a_chosen_reason_reads_in_the_language_of_the_reader(
    language: str, in_record: str, in_timeline: str, sent_back: Callable[..., str], visit: Visit, cast: Cast
) -> None:
    order = sent_back()
    sue = visit(cast.sue)
    sue.submit("/language", {"language": language, "next": "/orders/"})
    page = sue.get(f"/orders/{order}").text
    assert in_record in page
    assert in_timeline in page
    assert "rejected" not in page


def test_a_written_reason_reads_as_it_was_written(sent_back: Callable[..., str], visit: Visit, cast: Cast) -> None:
    page = visit(cast.sue).get(f"/orders/{sent_back(rework_reason='still rattles')}").text
    assert "Sent back: still rattles" in page
    assert "Sent back to “Replace bearing”: still rattles" in page
