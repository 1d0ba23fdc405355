"""Parts over the API, for whoever works with them. The same `api` has what `stock_api` tells of stock."""

from typing import Annotated

from pydantic import BaseModel, WithJsonSchema

from mendloop.api import current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.inventory import services
from mendloop.inventory.models import Part
from mendloop.inventory.stock_api import api


class PartOut(BaseModel):
    """A part; answers name it by its number. `fits`: the products it is made for, `*` for anything; none: any.
    `serial`: it was found by this serial number of a piece in stock."""

    number: str
    name: dict[str, str]
    unit: str
    fits: list[str]
    serial_tracked: bool
    serial: str | None = None


class PartsOut(BaseModel):
    """Parts that were found, at most fifty."""

    parts: list[PartOut]


class PartsQuery(BaseModel):
    """A piece of a number or a name, or the serial number of a piece in stock."""

    query: Annotated[str, WithJsonSchema({"type": "string", "maxLength": services.LONGEST_QUERY})] = ""


@api.get(
    "/parts",
    roles=ANY_ROLE,
    summary="Parts whose number or name contains the query, or of which a piece in stock has it as its serial number.",
    query=PartsQuery,
    response=PartsOut,
)
def get_parts(query: PartsQuery) -> PartsOut:
    found = services.find_pieces(current_session(), current_actor(), query.query)
    return PartsOut(parts=[_part(part, serial) for part, serial in found])


def _part(part: Part, serial: str | None) -> PartOut:
    return PartOut(
        number=part.number,
        name=part.name,
        unit=part.unit,
        fits=part.fits,
        serial_tracked=part.serial_tracked,
        serial=serial,
    )
