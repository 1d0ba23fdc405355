"""Another organisation, and nobody at all, get nothing of drafts: each route, each way in."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from mendloop.database import Database, session_for
from mendloop.drafts import services as drafts
from mendloop.drafts.models import TemplateDraft, TemplatePresence, TemplateRevision, TemplateRight
from mendloop.problems import Missing
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, retitled, sit_down
from mendloop.testing.visitor import Visitor
from sqlalchemy import select

Visit = Callable[..., Visitor]
NOBODYS_ID = "01900000-0000-7000-8000-000000000000"
SAVE = {"expected_revision": 1, "document": {"format": 1}}
ROUTES: list[tuple[str, str, Any]] = [
    ("GET", "draft", None),
    ("PUT", "draft", SAVE),
    ("DELETE", "", None),
    ("PUT", "archived", {"archived": True}),
    ("GET", "picture", None),
    ("POST", "publish", {"expected_revision": 1}),
    ("GET", "versions", None),
    ("POST", "restore", {"revision": 1}),
    ("GET", "revisions", None),
    ("GET", "revisions/1", None),
    ("GET", "running", None),
    ("PUT", "presence", {"session": "a"}),
    ("DELETE", "presence?session=a", None),
    ("GET", "rights", None),
    ("PUT", "rights", {"people": {}}),
]


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    desk = sit_down(visit(cast.dee))
    desk.save(retitled(desk.document, "Secret"))
    desk.send("PUT", "presence", {"session": "a", "selection": "secret"})
    return desk


def test_every_route_of_a_template_is_tried_here(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/templates/<template_id>")]
    features = ("api.drafts.", "api.template_versions.", "api.draft_people.")
    routed = {
        (method, rule.rule.removeprefix("/api/v1/templates/<template_id>").strip("/").replace("<revision>", "1"))
        for rule in rules
        if rule.endpoint.startswith(features)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routed == {(method, what.partition("?")[0]) for method, what, _ in ROUTES}


@pytest.mark.parametrize(("method", "what", "body"), ROUTES)
def test_a_stranger_is_answered_as_if_there_were_nothing(
    visit: Visit, cast: Cast, dee: Desk, method: str, what: str, body: Any
) -> None:
    cy = visit(cast.cy)
    foreign = Desk(cy, dee.template_id).send(method, what, body)
    missing = Desk(cy, NOBODYS_ID).send(method, what, body)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.data == missing.data
    assert Desk(visit(), dee.template_id).send(method, what, body).status_code in {400, 401}
    assert dee.open()["revision"] == 2


def test_foreign_versions_sources_and_people_are_not_there(visit: Visit, cast: Cast, dee: Desk) -> None:
    version = (dee.publish().json or {})["version_id"]
    cy = sit_down(visit(cast.cy), {"from": "blank"})
    assert cy.visitor.get(f"/api/v1/template-versions/{version}").status_code == 404
    assert cy.send("POST", "restore", {"version_id": version}).status_code == 404
    start = {"from": f"template:{dee.template_id}"}
    assert cy.visitor.send("POST", "/api/v1/templates", json=start).status_code == 422
    assert cy.send("PUT", "rights", {"people": {cast.dee.person_id: "own"}}).status_code == 422
    assert [one["key"] for one in (cy.visitor.get("/api/v1/drafts").json or {})["templates"]] == ["template"]


def test_the_same_key_may_be_used_next_door(visit: Visit, cast: Cast, dee: Desk) -> None:
    assert dee.open()["key"] == "phone.screen_replacement"
    assert sit_down(visit(cast.cy)).open()["key"] == "phone.screen_replacement"


def test_services_find_nothing_of_another_organisation(database: Database, cast: Cast, dee: Desk) -> None:
    with session_for(database, cast.cy) as session:
        for ask in (drafts.open_draft, drafts.versions_of, drafts.list_revisions, drafts.list_rights):
            with pytest.raises(Missing):
                ask(session, cast.cy, dee.template_id)
        for table in (TemplateDraft, TemplateRevision, TemplatePresence, TemplateRight):
            own = table.organisation_id == cast.cy.organisation_id
            assert list(session.execute(select(table).where(own)).scalars()) == []


def test_a_colleague_without_the_right_is_told_so_and_sees_nothing(visit: Visit, cast: Cast, dee: Desk) -> None:
    ada = Desk(visit(cast.ada), dee.template_id)
    for method, what, body in ROUTES:
        answer = ada.send(method, what, body)
        assert answer.status_code == 403, (method, what)
        assert "Secret" not in answer.text
        assert "secret" not in answer.text
    version = (dee.publish().json or {})["version_id"]
    assert ada.visitor.get(f"/api/v1/template-versions/{version}").status_code == 403
