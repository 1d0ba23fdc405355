"""The positions that a template can name, for those who write it."""

from pydantic import BaseModel, Field

from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.assets.position_search import ProductPositions, positions_like, product_positions

api = Api("positions")
Words = dict[str, str]


class PositionsQuery(BaseModel):
    """`products`: patterns of product keys with commas between them; none: all. `position`: one to be looked up."""

    products: str = Field("", max_length=4000)
    text: str = Field("", max_length=200)
    position: str = Field("", max_length=200)


class PositionOut(BaseModel):
    """A position by its address, with the names of the products that have it."""

    address: str
    label: Words
    part: str | None
    products: list[Words]


class PositionsOut(BaseModel):
    """`lacking`: the products with a BOM in which `position` names nothing, or not one thing only."""

    positions: list[PositionOut]
    lacking: list[Words]


@api.get(
    "/bom-positions",
    roles=ANY_ROLE,
    summary="Positions in the BOMs of these products that the text finds, and where a position is not known.",
    query=PositionsQuery,
    response=PositionsOut,
)
def get_positions(query: PositionsQuery) -> PositionsOut:
    session, actor = current_session(), current_actor()
    globs = [each.strip() for each in query.products.split(",") if each.strip()]
    products = product_positions(session, actor, globs)
    found = positions_like(session, actor, products, query.text) if not query.position else []
    return PositionsOut(
        positions=[
            PositionOut(
                address=each.address,
                label=dict(each.label),
                part=each.part,
                products=[dict(title) for title in each.products],
            )
            for each in found
        ],
        lacking=_lacking(products, query.position, is_any_enough=not globs),
    )


def _lacking(products: list[ProductPositions], position: str, *, is_any_enough: bool) -> list[Words]:
    """A template that names no products is for some of them only, nobody knows which: one that has it is enough."""
    lacking = [dict(each.title) for each in products if position and not each.means_one(position)]
    return [] if is_any_enough and len(lacking) < len(products) else lacking
