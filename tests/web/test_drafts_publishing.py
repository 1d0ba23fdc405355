"""Publishing a draft: what refuses it, what must be accepted, what it means for orders, what is kept."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.accounts.demo import gather_people
from mendloop.database import Database, open_database, open_session, session_for, write_transaction
from mendloop.database.schema import migrate
from mendloop.demo import FEATURES, load_demo
from mendloop.drafts import services as drafts
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, builtin_document, codes_of, retitled, sit_down
from mendloop.testing.pump_shop import TEMPLATE, put_up
from mendloop.testing.visitor import Visitor
from mendloop_engine.canonical import canonical_hash, canonical_text

Visit = Callable[..., Visitor]
WARNING = "words.missing_translation"


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.dee))


def untranslated(document: dict[str, Any]) -> dict[str, Any]:
    """The same with one translation missing: a warning."""
    changed = copy.deepcopy(document)
    del changed["title"]["en"]
    return changed


def versions(desk: Desk) -> list[dict[str, Any]]:
    return list((desk.get("versions").json or {})["versions"])


def test_a_draft_becomes_a_version_with_who_when_and_why(dee: Desk, cast: Cast) -> None:
    dee.save(dee.document, {"receive": {"x": 1, "y": 2}})
    answer = dee.publish("For the spring campaign\n")
    assert answer.status_code == 201
    made = answer.json or {}
    assert (made["number"], made["note"], made["draft_revision"]) == (1, "For the spring campaign", 2)
    assert (made["published_by"], made["published_by_name"]) == (cast.dee.person_id, "Dee")
    assert made["content_hash"] == canonical_hash(dee.document)
    assert versions(dee) == [made]
    whole = dee.visitor.get(f"/api/v1/template-versions/{made['version_id']}").json or {}
    assert whole["document"] == dee.document
    assert whole["layout"] == {"receive": {"x": 1, "y": 2}}
    assert {key: whole[key] for key in made} == made
    assert dee.open()["latest_version"] == 1


def test_the_layout_is_no_content(dee: Desk) -> None:
    first = dee.publish().json or {}
    dee.save(dee.document, {"receive": {"x": 500, "y": 2}})
    again = dee.publish().json or {}
    assert (again["version_id"], again["number"]) == (first["version_id"], 1)


def test_publishing_again_after_a_lost_answer_makes_no_other_version(dee: Desk) -> None:
    assert (dee.publish("x").json, len(versions(dee))) == (dee.publish("x").json, 1)


def test_errors_refuse_with_all_problems(dee: Desk) -> None:
    dee.save({**dee.document, "start": "nowhere", "roles": {}})
    refused = dee.publish()
    assert refused.status_code == 422
    assert len(codes_of(refused)) > 1
    assert "reference.unknown_node" in codes_of(refused)
    assert versions(dee) == []


@pytest.mark.parametrize("document", [{"format": 1}, {"format": 1, "nodes": 3}, {"format": 1, "nodes": {"a": None}}])
def test_a_broken_draft_is_refused_and_never_fails(dee: Desk, document: dict[str, Any]) -> None:
    dee.save(document)
    assert dee.publish().status_code == 422


def test_a_failing_scenario_refuses(dee: Desk) -> None:
    document = copy.deepcopy(dee.document)
    document["scenarios"][0]["expect"] = {"ended": "scrapped"}
    dee.save(document)
    assert any(code.startswith("scenario") for code in codes_of(dee.publish()))


@pytest.mark.parametrize(
    ("acknowledged", "status"),
    [
        ([], 422),
        ([{"code": WARNING, "reason": "  "}], 422),
        ([{"code": "other", "reason": "so"}], 422),
        ([{"code": WARNING, "at": "/nodes", "reason": "elsewhere"}], 422),
        ([{"code": WARNING, "reason": "nobody here reads English"}], 201),
        ([{"code": WARNING, "at": "/title", "reason": "nobody here reads English"}], 201),
    ],
)
def test_a_warning_is_accepted_with_a_reason(dee: Desk, acknowledged: Any, status: int) -> None:
    dee.save(untranslated(dee.document))
    answer = dee.publish(acknowledged=acknowledged)
    assert answer.status_code == status
    if status == 422:
        assert codes_of(answer) == ["publish.not_acknowledged", WARNING]
    else:
        assert [one["reason"] for one in versions(dee)[0]["acknowledged"]] == ["nobody here reads English"]


def test_what_somebody_saved_meanwhile_is_not_published_unseen(dee: Desk) -> None:
    dee.save(retitled(dee.document, "Newer"))
    dee.revision = 1
    refused = dee.publish()
    assert refused.status_code == 409
    told = refused.json or {}
    assert (codes_of(refused), told["revision"], told["document"]["title"]["en"]) == (["draft.changed"], 2, "Newer")
    assert versions(dee) == []


def test_a_template_takes_the_key_of_its_draft_when_it_is_first_published_and_keeps_it(dee: Desk) -> None:
    dee.save({**dee.document, "key": "phone.glass"})
    assert dee.publish().status_code == 201
    assert dee.open()["key"] == "phone.glass"
    dee.save({**dee.document, "key": "phone.other"})
    refused = dee.publish()
    assert (refused.status_code, codes_of(refused)) == (422, ["template.key_fixed"])


def test_a_key_that_another_template_has_is_refused(visit: Visit, cast: Cast, dee: Desk) -> None:
    other = sit_down(visit(cast.dee), {"from": "blank"})
    other.save({**other.document, "key": "phone.screen_replacement"})
    assert codes_of(other.publish()) == ["template.key_taken"]


def test_running_orders_stay_on_their_versions_and_it_says_so(database: Database, cast: Cast, visit: Visit) -> None:
    workshop = put_up(database, cast)
    for _ in range(3):
        workshop.open_order()
    with session_for(database, cast.dee) as session:
        version = library.access_version(session, cast.dee, workshop.version_id)
    desk = Desk(visit(cast.dee), version.template_id)
    desk.open()
    desk.save(retitled(desk.document, "Second"))
    assert desk.publish().status_code == 201
    told = desk.get("running").json or {}
    assert told["versions"] == [{"version_id": workshop.version_id, "number": 1, "open_orders": 3}]
    assert (told["open_orders"], told["policy"]) == (3, "stay")
    assert "3" in told["message"]["zh-CN"]
    assert "3 open orders stay" in told["message"]["en"]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A database in which nobody is yet: the demonstration's people have the names of the cast."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    migrate(url)
    database = open_database(url)
    yield database
    database.close()


def test_the_demonstration_makes_a_draft_with_each_version(empty: Database) -> None:
    database = empty
    for _ in range(2):
        assert list(load_demo(database))[-1] == FEATURES[-1]
    lin = demo_owner(database)
    with session_for(database, lin) as session:
        listed = drafts.list_designable(session, lin)
        assert len(listed) == 4
        assert {(one.latest_version, one.is_changed) for one in listed} == {(1, False)}
        for one in listed:
            assert drafts.open_draft(session, lin, one.id).revision == 1


def demo_owner(database: Database) -> Actor:
    """The demonstration's owner, who signs in as lin."""
    with open_session(database) as session, write_transaction(session):
        return gather_people(session)["lin"]


def test_a_document_published_from_elsewhere_becomes_the_draft_unless_designers_went_on(
    database: Database, cast: Cast
) -> None:
    def publish(document: dict[str, Any]) -> str:
        with session_for(database, cast.dee) as session, write_transaction(session):
            return str(drafts.publish_document(session, cast.dee, document).template_id)

    def draft(template_id: str) -> tuple[int, str]:
        with session_for(database, cast.dee) as session:
            found = drafts.open_draft(session, cast.dee, template_id)
            return found.revision, json.loads(found.document)["title"]["en"]

    template_id = publish(TEMPLATE)
    publish(retitled(TEMPLATE, "Second"))
    assert draft(template_id) == (2, "Second")
    with session_for(database, cast.dee) as session, write_transaction(session):
        template = drafts.access_for(session, cast.dee, template_id, "edit")
        work = drafts.content_of(retitled(TEMPLATE, "Dee's own"))
        drafts.save_draft(session, cast.dee, template, 2, work, drafts.Origin())
    publish(retitled(TEMPLATE, "Third"))
    assert draft(template_id) == (3, "Dee's own")
    with session_for(database, cast.dee) as session:
        (listed,) = drafts.list_designable(session, cast.dee)
        assert (listed.latest_version, listed.is_changed) == (3, True)


def test_a_version_is_the_canonical_document(dee: Desk, database: Database, cast: Cast) -> None:
    made = dee.publish().json or {}
    with session_for(database, cast.dee) as session:
        version = library.access_version(session, cast.dee, made["version_id"])
    assert version.document == canonical_text(builtin_document("phone/screen_replacement"))
