"""An asset of 3,000 positions: its page holds what is opened, all of it is within reach, with or without a script."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mendloop.assets import services
from mendloop.assets.limbs import LINES, everything, lay_out
from mendloop.assets.services import AssetDetails, NewBom, Position, Subject
from mendloop.database import Database, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.library.services import ProductDetails, add_product
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
GROUPS, ASSEMBLIES, INSIDE, FLAT = 10, 14, 19, 250
LINE = re.compile(r'<a class="row-link" href="/assets/[^/"]+/position\?at=([^"]+)"')
DEEPER = re.compile(r'<details data-inside="([^"]+)"><summary>.*?</summary><p class="bom-more"><a href="([^"]+)">')
NEXT = re.compile(r'<a href="([^"]+)">More lines</a>')


@pytest.fixture
def lift(database: Database, cast: Cast) -> tuple[str, str]:
    """The ids of the product and of its asset: groups of assemblies, and one group with very many lines."""

    def deliver() -> tuple[str, str]:
        for number in range(60):
            inventory.create_part(session, cast.sue, f"L-{number}", {"en": f"Part {number}", "zh-CN": f"零件{number}"})
        product = add_product(session, cast.sue, ProductDetails("lift/big", {"en": "Lift", "zh-CN": "电梯"}))
        for each in range(ASSEMBLIES):
            inside = [Position(f"k{at}", part=f"L-{20 + (each + at) % 40}") for at in range(INSIDE)]
            services.save_bom(session, cast.sue, NewBom(Subject(part=f"L-{each}"), inside))
        tops = [Position(f"g{group}", label={"en": f"Group {group}"}) for group in range(GROUPS)]
        assemblies = [
            Position(f"g{group}a{each}", f"g{group}", part=f"L-{each}", serial=True)
            for group in range(GROUPS)
            for each in range(ASSEMBLIES)
        ]
        flat = [Position("flat", label={"en": "Wiring"})]
        flat += [Position(f"w{at}", "flat", {"en": f"Wire {at}"}, "L-59") for at in range(FLAT)]
        new = NewBom(Subject(product_id=product.id), [*tops, *assemblies, *flat])
        services.save_bom(session, cast.sue, new)
        return product.id, services.create_asset(session, cast.sue, AssetDetails("L-1", product.id)).id

    with session_for(database, cast.sue) as session:
        return run_write(session, deliver)


def addresses_of(page: str) -> set[str]:
    return {unescape(each).replace("%2F", "/") for each in LINE.findall(page)}


@pytest.mark.long
def test_all_of_a_large_asset_is_reached_by_links_and_by_what_a_script_fetches(
    lift: tuple[str, str], visit: Visit, cast: Cast
) -> None:
    sue, asset = visit(cast.sue), lift[1]
    everywhere = {each["address"] for each in (sue.get(f"/api/v1/assets/{asset}").json or {})["inside"]}
    assert len(everywhere) == GROUPS + GROUPS * ASSEMBLIES * (1 + INSIDE) + 1 + FLAT > 3000
    wanted = {each for each in everywhere if each.startswith(("g0/g0a1", "flat"))}
    for way in (0, 1):  # what a script fetches, and where the link inside leads
        waiting, seen = [f"/assets/{asset}"], set[str]()
        while waiting:
            page = sue.get(waiting.pop()).text
            assert len(LINE.findall(page)) <= LINES + 1
            seen |= addresses_of(page)
            further = [found[way] for found in DEEPER.findall(page)] + NEXT.findall(page)
            waiting += [unescape(each) for each in further if re.search(r"at=(g0|flat)(&|$)|g0a1", unescape(each))]
        assert wanted <= seen, sorted(wanted - seen)[:5]


def test_a_position_is_found_by_whatever_its_line_says(lift: tuple[str, str], visit: Visit, cast: Cast) -> None:
    sue = visit(cast.sue)
    for text, address, said in (
        ("G3A4/K7", "g3/g3a4/k7", "1 line has"),
        ("wire 249", "flat/w249", "1 line has"),
        ("零件13", "g9/g9a13", "10 lines have"),
        ("l-59", "flat/w0", "more are not listed"),
        ("nothing of the kind", "", "0 lines have"),
    ):
        page = sue.get(f"/assets/{lift[1]}", query_string={"find": text}).text
        assert said in page
        assert (address in addresses_of(page)) == bool(address)


def test_what_is_not_in_the_asset_is_missing_and_so_is_what_others_have(
    lift: tuple[str, str], visit: Visit, cast: Cast
) -> None:
    product, asset = lift
    paths = [f"/assets/{asset}?at=g99", f"/assets/{asset}/inside?at=g3/nothing", f"/bom?product={product}&at=nowhere"]
    assert [visit(cast.sue).get(path).status_code for path in paths] == [404, 404, 404]
    assert visit(cast.cy).get(f"/assets/{asset}/inside?at=g3").status_code == 404
    assert visit(cast.cy).get(f"/bom/inside?product={product}&at=g3").status_code == 404


@dataclass(frozen=True)
class Twig:
    """A thing in a tree."""

    children: tuple["Twig", ...] = ()


TREES = st.recursive(
    st.just(Twig()), lambda inner: st.builds(Twig, st.lists(inner, max_size=6).map(tuple)), max_leaves=40
)


@given(st.lists(TREES, max_size=8), st.integers(1, 30), st.integers(0, 9))
def test_whole_levels_are_shown_as_long_as_there_is_room(tree: list[Twig], room: int, first: int) -> None:
    level = lay_out(tree, first, room)
    shown = list(level.shown())
    assert len(shown) <= max(room, len(tree[first:]))
    assert len(level.limbs) == len(tree[first:])
    if sum(1 for _ in everything(tree[first:])) <= room:
        assert len(shown) == sum(1 for _ in everything(tree[first:]))
