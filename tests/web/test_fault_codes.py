"""Fault codes: trees of problems, causes and remedies."""

from collections.abc import Callable

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.library import services
from mendloop.library.services import FaultCodeDetails
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
LEAK = {"code": "P-1", "kind": "problem", "title_zh": "泄漏", "title_en": "Leak", "parent_code": "", "active": "y"}


@pytest.fixture
def tree(database: Database, cast: Cast) -> dict[str, str]:
    """P-1 with P-11 and P-111 below it, and a cause C-1; their addresses by code."""
    with session_for(database, cast.sue) as session, write_transaction(session):
        rows = [
            services.add_fault_code(session, cast.sue, FaultCodeDetails(code, kind, {"en": code}, parent))
            for code, kind, parent in (
                ("P-1", "problem", ""),
                ("C-1", "cause", ""),
                ("P-11", "problem", "P-1"),
                ("P-111", "problem", "P-11"),
            )
        ]
        return {row.code: f"/fault-codes/{row.id}" for row in rows}


def test_a_code_is_added_and_shown_in_its_tree(visit: Visit, cast: Cast) -> None:
    assert visit(cast.sue).submit("/fault-codes/new", LEAK).status_code == 302
    assert "Leak" in visit(cast.ada).get("/fault-codes/").text
    assert "Leak" not in visit(cast.cy).get("/fault-codes/").text


def test_the_tree_shows_parents_before_their_children(database: Database, cast: Cast, tree: dict[str, str]) -> None:
    with session_for(database, cast.ada) as session:
        branches = services.fault_tree(services.list_fault_codes(session, cast.ada, "problem"))
    assert [(branch.fault_code.code, branch.depth) for branch in branches] == [("P-1", 0), ("P-11", 1), ("P-111", 2)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "P 1"}, "A code begins with a letter or digit"),
        ({"code": "P-11"}, "This code exists already."),
        ({"kind": "guess"}, "Choose a kind."),
        ({"parent_code": "Z-9"}, "There is no such code"),
        ({"parent_code": "C-1"}, "The code above is of another kind."),
        ({"title_zh": "", "title_en": ""}, "Enter a name in at least one language."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    visit: Visit, cast: Cast, tree: dict[str, str], wrong: dict[str, str], words: str
) -> None:
    answer = visit(cast.sue).submit("/fault-codes/new", {**LEAK, "code": "P-2", **wrong})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_code_cannot_stand_below_itself(visit: Visit, cast: Cast, tree: dict[str, str]) -> None:
    for parent in ("P-1", "P-11", "P-111"):
        answer = visit(cast.sue).submit(tree["P-1"], {**LEAK, "parent_code": parent})
        assert answer.status_code == 422
        assert "A code cannot stand below itself." in answer.text


def test_the_codes_below_follow_a_new_code(database: Database, visit: Visit, cast: Cast, tree: dict[str, str]) -> None:
    assert visit(cast.sue).submit(tree["P-1"], {**LEAK, "code": "L-1"}).status_code == 302
    with session_for(database, cast.sue) as session:
        below = services.fault_code_by_code(session, cast.sue, "P-11")
        assert below
        assert below.parent_code == "L-1"


def test_a_form_may_begin_below_a_code(visit: Visit, cast: Cast, tree: dict[str, str]) -> None:
    page = visit(cast.sue).get("/fault-codes/new?parent=C-1").text
    assert '<option value="C-1" selected>' in page
    assert '<option value="cause" selected>' in page


def test_the_ritual_cases(visit: Visit, cast: Cast, tree: dict[str, str]) -> None:
    path = tree["P-1"]
    assert visit().get(path).status_code == 302
    assert visit(cast.ada).submit(path, LEAK).status_code == 403
    assert visit(cast.cy).get(path).status_code == 404
    assert visit(cast.cy).submit(path, LEAK).status_code == 404
    assert visit(cast.sue).get("/fault-codes/none-such").status_code == 404
    assert visit(cast.sue).client.post(path, data=LEAK).status_code == 400
