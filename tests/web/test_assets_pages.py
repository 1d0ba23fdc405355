"""Pages of BOMs and assets, and the same over the API."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.assets import services
from mendloop.assets.models import Asset
from mendloop.database import Database, run_write, session_for
from mendloop.testing.cast import Cast
from mendloop.testing.motor_shop import PRODUCT, new_pump, stock_motor_shop
from mendloop.testing.visitor import Visitor
from openpyxl import load_workbook

Visit = Callable[..., Visitor]
TEXT = "key\tparent\tname\tpart\tquantity\tserial\nwet-end\t\tWet end\t\t\t\ngasket\twet-end\t\tGASKET\t2\t\n"


class Works:
    def __init__(self, database: Database, visit: Visit, cast: Cast) -> None:
        self.visit, self.cast, self.database = visit, cast, database
        with session_for(database, cast.sue) as session:
            self.product: str = run_write(session, lambda: stock_motor_shop(session, cast.sue))
            asset: Asset = run_write(session, lambda: new_pump(session, cast.sue, self.product, "P-1"))
            self.asset, self.tag = asset.id, asset.tag
        self.sue = visit(cast.sue)

    def unit_id(self, part: str) -> str:
        with session_for(self.database, self.cast.sue) as session:
            units = services.units_in(session, self.cast.sue, self.asset)
            return next(unit.id for unit in units if unit.part == part)


@pytest.fixture
def works(database: Database, visit: Visit, cast: Cast) -> Works:
    return Works(database, visit, cast)


def test_every_page_is_there_for_those_who_may_read_and_for_nobody_else(works: Works, visit: Visit, cast: Cast) -> None:
    pages = [
        "/assets/", "/assets/?text=P-1", f"/assets/{works.asset}", f"/assets/{works.asset}/position?at=motor/de",
        f"/assets/units/{works.unit_id('MOTOR')}", "/assets/tasks", f"/bom?product={works.product}", "/bom?part=MOTOR",
        f"/bom/diff?product={works.product}&from=1&to=1", "/where-used", "/where-used?part=CAGE",
        f"/bom/file.csv?product={works.product}", f"/assets/{works.asset}/file.xlsx",
    ]  # fmt: skip
    for path in pages:
        assert visit(cast.ada).get(path).status_code == 200, path
        foreign = visit(cast.cy).get(path)
        assert "P-1" not in foreign.text.replace("text=P-1", "").replace('value="P-1"', "")
        assert foreign.status_code == 404 or path.startswith(("/assets/?", "/assets/tasks")) or path in {
            "/assets/", "/where-used"
        }, path  # fmt: skip


def test_pages_carry_no_script_and_no_style_of_their_own(works: Works) -> None:
    for path in (
        f"/assets/{works.asset}",
        "/assets/new",
        f"/bom/edit?product={works.product}",
        "/where-used?part=CAGE",
    ):
        page = works.sue.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page


def test_the_short_address_on_the_label_leads_to_the_asset(works: Works, visit: Visit, cast: Cast) -> None:
    answer = works.sue.get(f"/a/{works.tag.lower()}")
    assert (answer.status_code, answer.location) == (302, f"/assets/{works.asset}")
    assert visit(cast.cy).get(f"/a/{works.tag}").status_code == 404


def test_pasted_lines_are_looked_at_first_and_kept_as_the_next_revision(works: Works) -> None:
    path = f"/bom/edit?product={works.product}"
    preview = works.sue.submit(path, {"text": TEXT, "preview": "1"})
    assert preview.status_code == 200
    assert "2 lines, nothing wrong" in preview.text
    assert "Revision 2" not in works.sue.get(f"/bom?product={works.product}").text
    saved = works.sue.submit(path, {"text": TEXT, "save": "1", "note": "Two gaskets"})
    assert saved.status_code == 302
    page = works.sue.get(saved.location).text
    assert "Revision 2" in page
    assert "Two gaskets" in page
    compared = works.sue.get(f"/bom/diff?product={works.product}&from=1&to=2").text
    assert "removed" in compared
    assert "× 2" in compared


def test_what_is_wrong_with_pasted_lines_is_said_at_each(works: Works) -> None:
    text = TEXT + "lost\tnowhere\tLost\t\t\t\nstrange\t\t\tNOT-ENTERED\t1\t\n"
    answer = works.sue.submit(f"/bom/edit?product={works.product}", {"text": text, "save": "1"})
    assert answer.status_code == 422
    assert "lost stands in nowhere" in answer.text
    healed = text.replace("nowhere", "wet-end")
    answer = works.sue.submit(f"/bom/edit?product={works.product}", {"text": healed, "save": "1"})
    assert "there is no part NOT-ENTERED" in answer.text
    told = {"text": healed, "save": "1", "enter_parts": "y"}
    assert works.sue.submit(f"/bom/edit?product={works.product}", told).status_code == 302
    assert works.sue.get("/bom?part=NOT-ENTERED").status_code == 200


def test_an_engineer_reads_and_does_not_write(works: Works, visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    for path in ("/assets/new", f"/assets/{works.asset}/edit", f"/bom/edit?product={works.product}"):
        assert ada.get(path).status_code == 403
        assert ada.submit(path, {}).status_code == 403
    assert ada.submit(f"/assets/{works.asset}/position?at=motor", {"act": "remove", "part": "MOTOR"}).status_code == 403


def test_an_asset_is_taken_in_and_changed(works: Works) -> None:
    form = {
        "product_id": works.product,
        "serial": "P-2",
        "customer": "Hotel",
        "site": "Cellar",
        "commissioned": "2025-03-01",
    }
    made = works.sue.submit("/assets/new", form)
    assert made.status_code == 302
    page = works.sue.get(made.location).text
    assert "Cellar" in page
    assert "MOTOR" in page
    again = works.sue.submit("/assets/new", form)
    assert again.status_code == 409
    assert "There is an asset P-2 of this product already." in again.text
    assert works.sue.submit("/assets/new", {**form, "commissioned": "yesterday", "serial": "P-3"}).status_code == 422
    assert works.sue.submit(f"{made.location}/edit", {**form, "site": "Roof"}).status_code == 302
    assert "Roof" in works.sue.get(made.location).text


def test_a_change_by_hand_is_entered_once_however_often_it_is_sent(works: Works) -> None:
    path = f"/assets/{works.asset}/position?at=motor/de"
    form = {"act": "replace", "part": "BEARING", "serial": "B-7", "quantity": "1", "key": "one key"}
    for _ in range(2):
        assert works.sue.submit(path, form).status_code == 302
    page = works.sue.get(path).text
    assert page.count("<code>B-7</code>") == 2  # now, and in the history
    assert works.sue.submit(path, {**form, "quantity": "none"}).status_code == 422


def test_the_history_of_a_position_says_where_what_came_out_is_now(works: Works) -> None:
    path = f"/assets/{works.asset}/position?at=motor"
    works.sue.submit(path, {"act": "remove", "part": "MOTOR", "serial": "M-1", "quantity": "1", "key": "a"})
    assert "Now in no asset" in works.sue.get(path).text
    made = works.sue.send("POST", "/api/v1/assets", json={"serial": "P-2", "product": PRODUCT}).json or {}
    act = {"act": "replace", "position": "motor", "part": "MOTOR", "serial": "M-1"}
    works.sue.send("POST", f"/api/v1/assets/{made['id']}/acts", json=act)
    page = works.sue.get(path).text
    assert "Now in <a" in page
    assert f'href="/assets/{made["id"]}/position?at=motor">P-2 · motor</a>' in page
    assert "Now in" not in works.sue.get(f"/assets/{made['id']}/position?at=motor/de").text


def test_a_contradiction_is_shown_until_somebody_has_looked(works: Works) -> None:
    path = f"/assets/{works.asset}/position?at=motor"
    works.sue.submit(path, {"act": "install", "part": "MOTOR", "serial": "M-2", "quantity": "1"})
    assert "nobody said where it went" in works.sue.get(f"/assets/{works.asset}").text
    tasks = works.sue.get("/api/v1/asset-tasks").json
    assert tasks
    settle = f"/assets/tasks/{tasks['tasks'][0]['id']}"
    assert works.sue.submit(settle, {"note": " "}).status_code == 422
    assert works.sue.submit(settle, {"note": "It went to the workshop."}).status_code == 302
    assert "nobody said" not in works.sue.get("/assets/tasks").text


def test_files_hold_what_pages_show_and_no_formula(works: Works) -> None:
    formula = TEXT + "evil\t\t=1+1\t\t\t\n"
    works.sue.submit(f"/bom/edit?product={works.product}", {"text": formula, "save": "1"})
    csv = works.sue.get(f"/bom/file.csv?product={works.product}")
    assert "gasket" in csv.text
    assert ",=1" not in csv.text
    book = load_workbook(io.BytesIO(works.sue.get(f"/bom/file.xlsx?product={works.product}&levels=all").data))
    assert [cell.value for cell in book.worksheets[0]["B"]][1:] == ["wet-end", "wet-end/gasket", "evil"]
    assert works.sue.get(f"/bom/file.exe?product={works.product}").status_code == 404


def test_an_order_is_opened_for_an_asset_and_leads_back_to_it(works: Works) -> None:
    page = works.sue.get(f"/orders/new?product={PRODUCT}&asset=P-1").text
    assert 'value="P-1"' in page
    assert '<option value="P-1">' in page


def test_the_api_tells_the_same(works: Works) -> None:
    def get(path: str) -> Any:
        return works.sue.get(f"/api/v1{path}").json

    assert [each["serial"] for each in get(f"/assets?product={PRODUCT}")["assets"]] == ["P-1"]
    inside = {each["address"]: each["part"] for each in get(f"/assets/{works.asset}")["inside"]}
    assert inside["motor/de/cage"] == "CAGE"
    assert get("/bom?part=MOTOR")["positions"][0] == {
        "key": "de", "parent": None, "label": {}, "part": "BEARING", "quantity": 1.0, "serial": True
    }  # fmt: skip
    totals = {each["part"]: each["quantity"] for each in get(f"/bom/explosion?product={PRODUCT}")["totals"]}
    assert (totals["CAGE"], totals["BOLT"]) == (2.0, 4.0)
    uses = get("/where-used?part=CAGE")
    assert [(each["level"], each["product"] or each["assembly"]) for each in uses["uses"]] == [
        (1, "BEARING"), (2, "MOTOR"), (2, PRODUCT), (3, PRODUCT)
    ]  # fmt: skip
    assert uses["assets"][0]["quantity"] == 2.0


def test_what_is_built_in_over_the_api_has_a_history(works: Works) -> None:
    act = {"act": "replace", "position": "motor", "part": "MOTOR", "serial": "M-2", "key": "k"}
    answer = works.sue.send("POST", f"/api/v1/assets/{works.asset}/acts", json=act)
    assert (answer.status_code, answer.json) == (200, {"conflicts": []})
    stays = (works.sue.get(f"/api/v1/assets/{works.asset}/history?position=motor").json or {})["stays"]
    assert [(stay["serial"], stay["until"] is None) for stay in stays] == [(None, False), ("M-2", True)]
    journey = works.sue.get(f"/api/v1/units/{stays[1]['unit']}/history").json or {}
    assert [stay["address"] for stay in journey["stays"]] == ["motor"]
    for wrong in ({"act": "burn"}, {"quantity": 0}, {"position": "a//b"}, {"part": ""}, {"at": "2026-11-23T10:00:00"}):
        assert (
            works.sue.send("POST", f"/api/v1/assets/{works.asset}/acts", json={**act, **wrong, "key": None}).status_code
            == 422
        )


def test_a_bom_is_kept_over_the_api_and_refused_with_its_faults(works: Works) -> None:
    positions = [{"key": "fan", "part": "FAN"}, {"key": "self", "part": "MOTOR"}]
    refused = works.sue.send("POST", "/api/v1/bom", json={"part": "MOTOR", "positions": positions})
    assert refused.status_code == 422
    assert [each["code"] for each in (refused.json or {})["problems"]] == ["bom.circle"]
    kept = works.sue.send("POST", "/api/v1/bom", json={"part": "MOTOR", "positions": positions[:1]})
    assert (kept.status_code, (kept.json or {})["revision"]) == (201, 2)
    diff = works.sue.get("/api/v1/bom/diff?part=MOTOR&one=1&two=2").json or {}
    assert [(each["kind"], each["key"]) for each in diff["differences"]] == [("removed", "de")]
    both = works.sue.send("POST", "/api/v1/bom", json={"part": "MOTOR", "product": PRODUCT, "positions": []})
    assert both.status_code == 422


def test_an_asset_is_taken_in_over_the_api(works: Works, visit: Visit, cast: Cast) -> None:
    body = {"serial": "P-9", "product": PRODUCT, "commissioned": "2026-01-02"}
    made = works.sue.send("POST", "/api/v1/assets", json=body)
    assert made.status_code == 201
    assert len((made.json or {})["inside"]) > 8
    assert visit(cast.ada).send("POST", "/api/v1/assets", json=body).status_code == 403
    assert visit(cast.cy).get(f"/api/v1/assets/{works.asset}").status_code == 404
