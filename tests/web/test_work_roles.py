"""Roles of steps: who has them, what they are called, for the designer and for everybody who waits for one."""

import json
from collections.abc import Callable
from pathlib import Path

from mendloop.accounts.services import PersonDetails, add_person
from mendloop.database import Database, session_for, write_transaction
from mendloop.importing.excel.role_names import role_name_from
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import TEMPLATE
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
OURS = {"zh-CN": "化验员", "en": "Oil analyst"}


def renamed_role(database: Database, cast: Cast) -> str:
    """A published template whose inspector has a key that no catalogue knows."""
    document = json.loads(json.dumps(TEMPLATE).replace('"inspector"', '"role_0abc"'))
    document["roles"]["role_0abc"] = {"title": OURS}
    with session_for(database, cast.olive) as session, write_transaction(session):
        return library.publish_template(session, cast.olive, document).template_id


def test_the_designer_learns_which_roles_there_are_and_how_many_have_them(visit: Visit, cast: Cast) -> None:
    roles = {one["key"]: one for one in (visit(cast.dee).get("/api/v1/work-roles").json or {})["work_roles"]}
    assert {key: one["people"] for key, one in roles.items()} == {"engineer": 3, "inspector": 1}
    assert roles["inspector"]["title"] == {"zh-CN": "质检", "en": "Inspector"}


def test_who_has_left_and_other_companies_do_not_count(database: Database, visit: Visit, cast: Cast) -> None:
    details = PersonDetails("Max", "max", "en", ("engineer",), ("welding",), active=False, password="long enough")
    with session_for(database, cast.olive) as session, write_transaction(session):
        add_person(session, cast.olive, details)
    found = (visit(cast.dee).get("/api/v1/work-roles").json or {})["work_roles"]
    assert "welding" not in {one["key"] for one in found}
    assert "welding" not in {one["key"] for one in (visit(cast.cy).get("/api/v1/work-roles").json or {})["work_roles"]}


def test_a_role_is_called_as_its_template_says_wherever_people_read_it(
    database: Database, visit: Visit, cast: Cast
) -> None:
    template = renamed_role(database, cast)
    found = (visit(cast.dee).get("/api/v1/work-roles").json or {})["work_roles"]
    assert {one["key"]: one for one in found}["role_0abc"] == {"key": "role_0abc", "title": OURS, "people": 0}
    details = PersonDetails("Max", "max", "en", ("engineer",), ("role_0abc",), password="long enough")
    with session_for(database, cast.olive) as session, write_transaction(session):
        add_person(session, cast.olive, details)
    for page in (f"/templates/{template}", "/people/"):
        text = visit(cast.sue).get(page).text
        assert "Oil analyst" in text
        assert "role_0abc" not in text


def test_a_workbooks_role_gets_the_name_that_the_designer_gives(checkout: Path) -> None:
    cases = json.loads((checkout / "tests" / "conformance" / "role_keys.json").read_text(encoding="utf-8"))
    assert {words: role_name_from(words) for words in cases} == cases
    assert len(set(cases.values())) == len(cases)
