"""What the gallery shows: built-in templates, the company's own, and their pictures."""

import copy
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from mendloop.drafts.picture import draw
from mendloop.drafts.picture.graph import graph_of
from mendloop.drafts.picture.placing import place
from mendloop.testing.cast import Cast
from mendloop.testing.designing import Desk, builtin_document, retitled, sit_down
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
NAMES = ("air_conditioner/does_not_cool", "phone/screen_replacement", "pump/overhaul", "washing_machine/does_not_drain")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def dee(visit: Visit, cast: Cast) -> Desk:
    return sit_down(visit(cast.dee))


def test_the_built_in_templates_are_shown_with_their_pictures(visit: Visit, cast: Cast) -> None:
    found = (visit(cast.dee).get("/api/v1/builtin-templates").json or {})["templates"]
    assert [one["key"] for one in found] == [builtin_document(name)["key"] for name in NAMES]
    for one in found:
        assert one["title"].keys() == one["description"].keys() == {"zh-CN", "en"}
        assert one["steps"] > 8
        assert one["minutes"] > 100
        assert one["picture"].startswith("<svg ")


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_draws_every_node_is_small_and_takes_the_pages_colours(name: str) -> None:
    document = builtin_document(name)
    picture = draw(document)
    assert len(picture) < 6000
    root = ET.fromstring(picture)
    shapes = [child for child in root if child.tag != f"{SVG}path" or "fill" in child.attrib]
    assert len(shapes) >= len(document["nodes"])
    assert not re.findall(r"#[0-9a-f]{3,8}|rgb\(|<text|<style| style=|<script|url\(", picture)
    assert "currentColor" in picture


@pytest.mark.parametrize("name", NAMES)
def test_no_two_nodes_stand_in_one_place_and_none_outside(name: str) -> None:
    graph = graph_of(builtin_document(name))
    placed = place(graph)
    assert placed.spots.keys() == graph.kinds.keys()
    assert len(set(placed.spots.values())) == len(placed.spots)
    assert all(0 < x < placed.width and 0 < y < placed.height for x, y in placed.spots.values())


def test_a_flow_of_thousands_is_drawn_as_far_as_one_can_see() -> None:
    nodes = {f"n{i}": {"kind": "step", "next": [{"to": f"n{i + 1}"}]} for i in range(3000)}
    assert len(draw({"format": 1, "start": "n0", "nodes": nodes})) < 60_000


def test_the_picture_of_a_draft_follows_it_and_is_not_sent_twice(dee: Desk) -> None:
    first = dee.get("picture")
    assert first.content_type == "image/svg+xml; charset=utf-8"
    assert "sandbox" in first.headers["Content-Security-Policy"]
    assert dee.get("picture", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    changed = copy.deepcopy(dee.document)
    changed["nodes"]["another"] = {"kind": "step", "next": []}
    dee.save(changed)
    second = dee.get("picture", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert second.text != first.text


def test_the_own_templates_are_listed_last_saved_first(dee: Desk) -> None:
    other = sit_down(dee.visitor, {"from": "builtin:pump.overhaul"})
    dee.save(retitled(dee.document, "Glass"))
    listed = (dee.visitor.get("/api/v1/drafts").json or {})["templates"]
    assert [one["id"] for one in listed] == [dee.template_id, other.template_id]
    first = listed[0]
    assert (first["title"]["en"], first["steps"], first["latest_version"]) == ("Glass", 9, None)
    assert (first["changed"], first["saved_by_name"], first["right"]) == (True, "Dee", "own")
    assert dee.visitor.get(first["picture"]).text == dee.get("picture").text


def test_the_list_says_whether_a_draft_differs_from_what_was_published(dee: Desk) -> None:
    def changed() -> tuple[int, bool]:
        (one,) = (dee.visitor.get("/api/v1/drafts").json or {})["templates"]
        return one["latest_version"], one["changed"]

    dee.publish()
    assert changed() == (1, False)
    dee.save(retitled(dee.document, "More"))
    assert changed() == (1, True)
    dee.publish()
    assert changed() == (2, False)


def test_what_was_undone_restored_or_only_moved_is_no_change(dee: Desk) -> None:
    def changed() -> bool:
        (one,) = (dee.visitor.get("/api/v1/drafts").json or {})["templates"]
        return bool(one["changed"])

    published = dee.document
    assert dee.publish().status_code == 201
    dee.save(retitled(published, "More"))
    assert changed()
    dee.save(dict(reversed(published.items())))
    assert not changed()
    dee.save(published, {"receive": {"x": 5, "y": 7}})
    assert not changed()
    dee.save(retitled(published, "More again"))
    (version,) = (dee.get("versions").json or {})["versions"]
    assert dee.send("POST", "restore", {"version_id": version["version_id"]}).status_code == 200
    assert not changed()


def test_a_one_in_the_place_of_a_yes_is_a_change(dee: Desk) -> None:
    """Python holds the two for equal; engineers do not."""
    dee.publish()
    said = json.dumps(dee.document)
    assert '"required": true' in said
    dee.save(json.loads(said.replace('"required": true', '"required": 1', 1)))
    (one,) = (dee.visitor.get("/api/v1/drafts").json or {})["templates"]
    assert one["changed"]


def test_the_pages_of_templates_lead_to_the_designer_where_one_may(visit: Visit, cast: Cast, dee: Desk) -> None:
    assert f'href="/designer/{dee.template_id}"' in dee.visitor.get("/templates/").text
    dee.publish("Spring campaign")
    for name, may_begin, may_edit in (
        ("dee", True, True),
        ("olive", True, True),
        ("sue", False, False),
        ("ada", False, False),
    ):
        page = visit(getattr(cast, name)).get("/templates/").text
        assert ('href="/designer/"' in page, f'href="/designer/{dee.template_id}"' in page) == (may_begin, may_edit)
    shown = dee.visitor.get(f"/templates/{dee.template_id}").text
    assert f'href="/designer/{dee.template_id}/versions"' in shown
    assert "Spring campaign" in shown
    assert "Look at it" in visit(cast.sue).get(f"/templates/{dee.template_id}").text
    assert "/designer/" not in visit(cast.ada).get(f"/templates/{dee.template_id}").text


def test_a_template_without_a_version_has_a_page_too(visit: Visit, cast: Cast, dee: Desk) -> None:
    assert "No version has been published yet" in dee.visitor.get(f"/templates/{dee.template_id}").text
    assert "<h1>Phone screen replacement</h1>" in dee.visitor.get(f"/templates/{dee.template_id}").text


def test_no_page_shows_the_name_for_other_systems(dee: Desk) -> None:
    """People name things by their titles; a template without one is not called by its key either."""
    key = dee.document["key"]
    dee.save({**dee.document, "title": {}})
    for page in ("/templates/", f"/templates/{dee.template_id}", f"/templates/{dee.template_id}/printed"):
        shown = dee.visitor.get(page).text
        assert key not in shown
        assert "Template without a name" in shown
    dee.save(retitled(builtin_document("phone/screen_replacement"), "Glass"))
    dee.publish()
    for page in ("/templates/", f"/templates/{dee.template_id}", f"/templates/{dee.template_id}/printed?version=1"):
        assert key not in dee.visitor.get(page).text


def test_where_no_step_has_a_standard_time_none_is_shown(dee: Desk) -> None:
    document = retitled(dee.document, "Glass")
    for node in document["nodes"].values():
        node.pop("standard_minutes", None)
    dee.save(document)
    assert dee.publish().status_code == 201
    for page in ("/templates/", f"/templates/{dee.template_id}", f"/templates/{dee.template_id}/printed?version=1"):
        assert not re.search(r"\b0 min", dee.visitor.get(page).text)
    assert "no standard time · 9 steps" in dee.visitor.get(f"/templates/{dee.template_id}/printed").text
