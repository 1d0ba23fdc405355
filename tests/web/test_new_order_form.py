"""The form of a new order: the fault codes that fit the product come first, and what is proposed fits both."""

import re
from collections.abc import Callable

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.library import services as library
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import PUMP, TEMPLATE, Workshop, put_up
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
FAN = "fan/axial/f-1"
WORDS = {"en": "Anything"}


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    """A shop that repairs pumps and fans; nobody has written down a process for valves."""
    shop = put_up(database, cast)
    fans = {**TEMPLATE, "key": "fan.quick", "applies_to": [{"product": "fan/*", "faults": ["F-2*"]}]}
    with session_for(database, cast.sue) as session, write_transaction(session):
        for key in (FAN, "valve/ball/v-1"):
            library.add_product(session, cast.sue, library.ProductDetails(key, WORDS))
        for code, parent in (("F", ""), ("F-1", "F"), ("F-2", "F"), ("F-21", "F-2"), ("V", "")):
            library.add_fault_code(session, cast.sue, library.FaultCodeDetails(code, "problem", WORDS, parent))
        library.publish_template(session, cast.sue, fans)
    return shop


@pytest.fixture
def sue(visit: Visit, cast: Cast, workshop: Workshop) -> Visitor:
    assert workshop.version_id
    return visit(cast.sue)


def codes(page: str) -> list[str]:
    return re.findall(r'name="fault_codes" value="([^"]+)"', page)


def parts(page: str) -> tuple[list[str], list[str]]:
    """The codes shown at once, and those behind the fold."""
    first, _, others = page.partition('id="other-faults"')
    return codes(first), codes(others)


@pytest.mark.parametrize("address", ["/orders/new?product={}", "/orders/new/fitting?product={}"])
@pytest.mark.parametrize(
    ("product", "fitting", "others"),
    [
        (PUMP, ["P-11"], ["F", "F-1", "F-2", "F-21", "V"]),
        (FAN, ["F", "F-1", "F-2", "F-21"], ["P-11", "V"]),
        ("valve/ball/v-1", ["F", "F-1", "F-2", "F-21", "P-11", "V"], []),
        ("", ["F", "F-1", "F-2", "F-21", "P-11", "V"], []),
    ],
)
def test_the_trees_that_fit_the_product_come_first_and_the_rest_is_within_reach(
    sue: Visitor, address: str, product: str, fitting: list[str], others: list[str]
) -> None:
    assert parts(sue.get(address.format(product)).text) == (fitting, others)


def test_the_button_for_browsers_without_scripts_shows_the_products_codes_and_keeps_what_was_entered(
    sue: Visitor,
) -> None:
    page = sue.submit("/orders/new", {"product": FAN, "asset": "F-77", "show": "1"})
    assert page.status_code == 200
    assert parts(page.text)[0] == ["F", "F-1", "F-2", "F-21"]
    assert 'value="F-77"' in page.text
    assert 'id="proposals"' not in page.text


def test_a_chosen_code_of_another_product_stays_chosen_and_in_sight(sue: Visitor) -> None:
    page = sue.get(f"/orders/new/fitting?product={FAN}&fault_codes=P-11").text
    assert re.search(r'id="other-faults" open>', page)
    assert re.search(r'value="P-11" checked', page)
    assert " open>" not in sue.get(f"/orders/new/fitting?product={FAN}&fault_codes=F-2").text


def test_what_fits_is_proposed_at_once(sue: Visitor, workshop: Workshop) -> None:
    page = sue.get(f"/orders/new/fitting?product={PUMP}&fault_codes=P-11").text
    assert re.search(rf'value="{workshop.version_id}"\s+checked', page)
    assert 'name="open"' in page
    assert 'name="open"' not in sue.get(f"/orders/new/fitting?product={PUMP}").text


def test_a_process_proposed_for_another_product_is_not_opened_unseen(sue: Visitor, workshop: Workshop) -> None:
    form = {"product": FAN, "fault_codes": "F-2", "priority": "normal", "open": "1", "template": workshop.version_id}
    answer = sue.submit("/orders/new", form)
    assert answer.status_code == 422
    assert "Product or faults were changed" in answer.text
    assert "all products under “fan”" in answer.text
    assert "order-line" not in sue.get("/orders/").text


@pytest.fixture
def any_fault(database: Database, cast: Cast, workshop: Workshop) -> str:
    """The version of a process for pumps whatever is wrong with them: it fits before a fault is named."""
    assert workshop.version_id
    document = {**TEMPLATE, "key": "pump.any", "title": {"en": "Any pump"}, "applies_to": [{"product": "pump/*"}]}
    with session_for(database, cast.sue) as session, write_transaction(session):
        return library.publish_template(session, cast.sue, document).id


def taken(page: str) -> tuple[str, str]:
    """The template that is chosen, and the one that was chosen by itself."""
    (chosen,) = re.findall(r'name="template" value="([^"]+)" checked', page)
    (proposed,) = re.findall(r'name="proposed" value="([^"]*)"', page)
    return chosen, proposed


def test_the_best_template_is_chosen_again_when_the_fault_is_named_later(
    sue: Visitor, workshop: Workshop, any_fault: str
) -> None:
    fitting, best = f"/orders/new/fitting?product={PUMP}", workshop.version_id
    assert taken(sue.get(fitting).text) == (any_fault, any_fault)
    named = f"{fitting}&fault_codes=P-11&template={any_fault}"
    assert taken(sue.get(f"{named}&proposed={any_fault}").text) == (best, best)


def test_a_template_that_a_person_chose_stays_chosen_while_it_fits(
    sue: Visitor, workshop: Workshop, any_fault: str
) -> None:
    by_hand = f"/orders/new/fitting?fault_codes=P-11&template={any_fault}&proposed="
    assert taken(sue.get(f"{by_hand}{workshop.version_id}&product={PUMP}").text) == (any_fault, "")
    assert taken(sue.get(f"{by_hand}&product={PUMP}").text) == (any_fault, "")
    assert any_fault not in sue.get(f"{by_hand}&product={FAN}&fault_codes=F-2").text


def test_what_was_chosen_by_itself_is_opened_only_while_it_is_the_best(
    sue: Visitor, workshop: Workshop, any_fault: str
) -> None:
    form = {"product": PUMP, "fault_codes": "P-11", "priority": "normal", "open": "1", "template": any_fault}
    seen = sue.submit("/orders/new", {**form, "proposed": any_fault})
    assert seen.status_code == 422
    assert taken(seen.text) == (workshop.version_id, workshop.version_id)
    assert sue.submit("/orders/new", {**form, "proposed": ""}).status_code == 302


def test_a_template_without_standard_times_says_nothing_of_minutes(
    database: Database, cast: Cast, sue: Visitor, workshop: Workshop
) -> None:
    assert workshop.version_id
    nodes = {name: {**node} for name, node in TEMPLATE["nodes"].items()}
    for node in nodes.values():
        node.pop("standard_minutes", None)
    untimed = {**TEMPLATE, "key": "valve.quick", "applies_to": [{"product": "valve/*"}], "nodes": nodes}
    with session_for(database, cast.sue) as session, write_transaction(session):
        library.publish_template(session, cast.sue, untimed)
    page = sue.get("/orders/new/fitting?product=valve/ball/v-1").text
    assert "usually 3 steps, with every detour 4 steps, version 1" in page
    assert "standard minutes" not in page


def test_a_product_must_be_chosen(sue: Visitor) -> None:
    page = sue.get("/orders/new").text
    assert re.search(r'<select id="product"[^>]*>\s*<option value="">Choose a product</option>', page)
    assert "selected>" not in page.partition('id="product"')[2].partition("</select>")[0]
    answer = sue.submit("/orders/new", {"product": "", "fault_codes": "P-11", "priority": "normal", "propose": "1"})
    assert answer.status_code == 422
    assert "This field is required." in answer.text


@pytest.mark.parametrize("query", ["", "?product=no/such", "?product=a&product=b", "?fault_codes=none&template=x"])
def test_the_parts_of_an_open_page_answer_whatever_is_asked(sue: Visitor, query: str) -> None:
    assert sue.get(f"/orders/new/fitting{query}").status_code == 200
