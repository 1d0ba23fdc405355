"""Drafts: beginning one, reading it, saving it, putting it away."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mendloop.database import Database, TenancyError, session_for, write_transaction
from mendloop.drafts.creating import blank_document
from mendloop.drafts.models import TemplateRevision
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, builtin_document, codes_of, retitled, sit_down
from mendloop.testing.pump_shop import TEMPLATE, put_up
from mendloop.testing.visitor import Visitor
from mendloop_engine.check import check_template
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

Visit = Callable[..., Visitor]


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.dee)


@pytest.fixture
def desk(dee: Visitor) -> Desk:
    return sit_down(dee)


def begin(visitor: Visitor, **start: Any) -> Any:
    return visitor.send("POST", "/api/v1/templates", json=start)


def texts_in(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and "title" in value:
        yield value["title"]
    for each in value.values() if isinstance(value, dict) else ():
        yield from texts_in(each)


def test_a_blank_template_has_no_problem(dee: Visitor) -> None:
    assert check_template(blank_document()).problems == ()
    desk = sit_down(dee, {"from": "blank", "title": {"zh-CN": "电梯保养", "en": "Lift service"}})
    assert desk.document["title"]["en"] == "Lift service"
    assert check_template(desk.document).problems == ()


def test_a_blank_template_is_written_in_the_language_of_its_title(dee: Visitor) -> None:
    """Nothing lacks a translation that nobody has asked for."""
    english = sit_down(dee, {"from": "blank", "title": {"en": "Lift service"}}).document
    assert english["languages"] == ["en"]
    assert check_template(english).problems == ()
    assert sit_down(dee, {"from": "blank", "title": {"zh-CN": "电梯保养"}}).document["languages"] == ["zh-CN"]
    assert "zh-CN" not in {language for words in texts_in(english) for language in words}
    assert "languages" not in sit_down(dee, {"from": "blank"}).document
    assert "languages" not in sit_down(dee, {"document": {"format": 1}, "title": {"en": "Taken in"}}).document


def test_a_draft_is_answered_with_everything_the_designer_needs(desk: Desk, cast: Cast) -> None:
    found = desk.open()
    assert found["document"] == builtin_document("phone/screen_replacement")
    assert (found["revision"], found["layout"], found["latest_version"]) == (1, {}, None)
    assert found["rights"] == ["view", "edit", "publish", "own"]
    assert (found["saved_by"], found["saved_by_name"]) == (cast.dee.person_id, "Dee")
    assert found["people"] == []
    assert found["archived"] is False


def test_the_order_in_which_nodes_were_made_is_kept(desk: Desk) -> None:
    document = retitled(desk.document, "x")
    document["nodes"] = dict(reversed(document["nodes"].items()))
    desk.save(document)
    assert list(desk.open()["document"]["nodes"]) == list(document["nodes"])


def test_a_template_made_from_another_is_a_copy_under_a_free_key(dee: Visitor, desk: Desk) -> None:
    desk.save(retitled(desk.document, "Changed"), {"receive": {"x": 1, "y": 2}})
    copy = sit_down(dee, {"from": f"template:{desk.template_id}"}).open()
    assert copy["key"] == copy["document"]["key"] == "phone.screen_replacement_2"
    assert copy["document"]["title"]["en"] == "Changed (copy)"
    assert copy["layout"] == {"receive": {"x": 1, "y": 2}}


def test_a_copy_says_so_in_each_language_and_no_two_are_called_the_same(dee: Visitor, desk: Desk) -> None:
    desk.save({**desk.document, "title": {"zh-CN": "手机换屏", "en": "Screen"}})
    first = sit_down(dee, {"from": f"template:{desk.template_id}"})
    assert first.document["title"] == {"zh-CN": "手机换屏（副本）", "en": "Screen (copy)"}
    for source, number in ((desk, 2), (first, 3)):
        found = sit_down(dee, {"from": f"template:{source.template_id}"}).document["title"]
        assert found == {"zh-CN": f"手机换屏（副本 {number}）", "en": f"Screen (copy {number})"}


def test_a_copy_is_called_what_nothing_in_the_lists_is_called(dee: Visitor, desk: Desk) -> None:
    """Neither what a draft is called now nor what people still read of the version that was published."""
    desk.save(retitled(desk.document, "Screen (copy)"))
    assert desk.publish().status_code == 201
    desk.save(retitled(desk.document, "Screen"))
    found = sit_down(dee, {"from": f"template:{desk.template_id}"}).document["title"]
    assert found == {"zh-CN": "Screen（副本 2）", "en": "Screen (copy 2)"}


def test_a_copy_of_a_long_title_is_not_longer_and_one_without_a_title_stays_so(dee: Visitor, desk: Desk) -> None:
    desk.save({**desk.document, "title": {"en": "x" * 200}})
    title = sit_down(dee, {"from": f"template:{desk.template_id}"}).document["title"]["en"]
    assert (len(title), title[-9:]) == (200, "xx (copy)")
    desk.save({**desk.document, "title": 7})
    assert sit_down(dee, {"from": f"template:{desk.template_id}"}).document["title"] == 7


def test_a_document_can_be_taken_in_with_its_layout(dee: Visitor) -> None:
    document = {"format": 1, "nodes": "nonsense"}
    found = sit_down(dee, {"document": document, "layout": {"a": {"x": 1, "y": 1}}, "key": "taken.in"}).open()
    assert found["document"] == document | {"key": "taken.in"}
    assert found["layout"] == {"a": {"x": 1, "y": 1}}


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ({"from": "builtin:no.such"}, "draft.source_unknown"),
        ({"from": "template:01900000-0000-7000-8000-000000000000"}, "draft.source_unknown"),
        ({"from": "template:"}, "draft.source_unknown"),
        ({"from": "elsewhere"}, "draft.source_unknown"),
        ({"from": "blank", "key": "Not A Key"}, "template.key_invalid"),
        ({"from": "blank", "key": "x" * 121}, "template.key_invalid"),
        ({"from": "blank", "key": "phone.screen_replacement"}, "template.key_taken"),
        ({"document": {"format": 2}}, "draft.format_unknown"),
        ({"document": {"format": True}}, "draft.format_unknown"),
        ({"document": []}, "request.shape"),
    ],
)
def test_what_cannot_be_a_beginning_is_refused(dee: Visitor, desk: Desk, start: Any, code: str) -> None:
    answer = begin(dee, **start)
    assert answer.status_code == 422
    assert codes_of(answer) == [code]


def test_a_save_makes_the_next_revision(desk: Desk) -> None:
    answer = desk.save(retitled(desk.document, "Second"), {"receive": {"x": 3.5, "y": -2}})
    assert answer.status_code == 200
    assert answer.json
    assert answer.json["revision"] == 2
    found = desk.open()
    assert found["document"]["title"]["en"] == "Second"
    assert found["layout"] == {"receive": {"x": 3.5, "y": -2}}
    assert found["saved_at"].replace("+00:00", "Z") == answer.json["saved_at"]


def test_a_broken_draft_is_saved(desk: Desk) -> None:
    broken = {"format": 1, "title": 7, "nodes": {"a": None, "b": {"kind": 3, "next": [{}]}}, "start": ["x"]}
    assert desk.save(broken).status_code == 200
    assert desk.open()["document"] == broken


def test_saving_the_same_again_makes_no_other_revision(desk: Desk) -> None:
    desk.save(retitled(desk.document, "Once"))
    again = desk.save(desk.document)
    assert again.json
    assert again.json["revision"] == 2


def test_a_change_of_the_layout_alone_is_a_revision(desk: Desk) -> None:
    assert (desk.save(desk.document, {"receive": {"x": 9, "y": 9}}).json or {})["revision"] == 2


def test_a_draft_of_nearly_two_megabytes_is_saved(desk: Desk) -> None:
    large = {**desk.document, "filler": "修" * 640_000}
    assert desk.save(large).status_code == 200
    assert desk.open()["document"]["filler"] == large["filler"]


def test_a_revision_is_never_changed(database: Database, desk: Desk, cast: Cast) -> None:
    own = TemplateRevision.organisation_id == cast.dee.organisation_id
    change = update(TemplateRevision).where(own).values(note=desk.template_id)
    with (
        session_for(database, cast.dee) as session,
        pytest.raises(DBAPIError, match="immutable"),
        write_transaction(session),
    ):
        session.execute(change)


def test_a_template_that_was_never_published_can_be_deleted(dee: Visitor, desk: Desk) -> None:
    desk.save(retitled(desk.document, "x"))
    desk.send("PUT", "presence", {"session": "a"})
    assert desk.send("DELETE", "").status_code == 204
    assert desk.get("draft").status_code == 404
    assert begin(dee, key="phone.screen_replacement").status_code == 201


def test_a_published_template_can_only_be_archived(dee: Visitor, visit: Visit, cast: Cast, desk: Desk) -> None:
    assert desk.publish().status_code == 201
    refused = desk.send("DELETE", "")
    assert refused.status_code == 409
    assert codes_of(refused) == ["template.is_published"]
    assert desk.open()["revision"] == 1, "nothing of it is gone"
    proposals = "/api/v1/template-proposals?product=phone/aurora/5&fault=PH-D1"
    for archived, proposed in ((True, 0), (False, 1)):
        assert desk.send("PUT", "archived", {"archived": archived}).status_code == 204
        assert len((visit(cast.sue).get(proposals).json or {})["templates"]) == proposed
        assert desk.open()["archived"] is archived


def test_a_template_that_was_published_without_a_draft_gets_one_when_it_is_opened(
    database: Database, cast: Cast, visit: Visit
) -> None:
    put_up(database, cast)
    with session_for(database, cast.dee) as session:
        template = library.template_by_key(session, cast.dee, "pump.quick")
    assert template
    desk = Desk(visit(cast.dee), template.id)
    found = desk.open()
    assert found["document"] == TEMPLATE
    assert (found["revision"], found["latest_version"], found["saved_by_name"]) == (1, 1, "Sue")
    assert desk.open()["revision"] == 1


def test_what_belongs_to_a_draft_cannot_be_deleted_without_its_organisation(database: Database, cast: Cast) -> None:
    with session_for(database, cast.dee) as session, pytest.raises(TenancyError), write_transaction(session):
        session.connection().execute(delete(TemplateRevision.__table__))  # type: ignore[arg-type]


def test_a_draft_is_sent_compressed(desk: Desk) -> None:
    plain = desk.get("draft")
    squeezed = desk.get("draft", headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert len(squeezed.data) < len(plain.data) / 3
    assert json.loads(plain.data)
