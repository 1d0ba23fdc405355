"""The library for browser applications."""

from flask import after_this_request
from pydantic import BaseModel
from werkzeug.wrappers import Response

from mendloop.api import Api, current_actor, current_session
from mendloop.api.answers import json_response
from mendloop.api.routes import ANY_ROLE
from mendloop.edge.compression import compress
from mendloop.library import services
from mendloop.library.services import Published

api = Api("library")


class ProductOut(BaseModel):
    """A kind of thing that is repaired."""

    id: str
    key: str
    title: dict[str, str]


class ProductsOut(BaseModel):
    """All products in use."""

    products: list[ProductOut]


class FaultCodeOut(BaseModel):
    """A node of the fault tree."""

    code: str
    kind: str
    title: dict[str, str]
    parent_code: str | None


class FaultCodesOut(BaseModel):
    """All fault codes in use."""

    fault_codes: list[FaultCodeOut]


class WorkRoleOut(BaseModel):
    """A role of steps; `people`: how many of those who work here now have it."""

    key: str
    title: dict[str, str]
    people: int


class WorkRolesOut(BaseModel):
    """All roles that templates ask for or somebody has."""

    work_roles: list[WorkRoleOut]


class TemplateOut(BaseModel):
    """A template with its newest version."""

    id: str
    key: str
    title: dict[str, str]
    version_id: str
    version: int
    steps: int
    standard_minutes: float


class TemplatesOut(BaseModel):
    """Templates, the best first where they were proposed."""

    templates: list[TemplateOut]


class ProposalQuery(BaseModel):
    """What is broken; `fault` may be given several times."""

    product: str
    fault: str | list[str] = []


@api.get("/products", roles=ANY_ROLE, response=ProductsOut, summary="Products in use")
def list_products() -> ProductsOut:
    """In the order of their keys."""
    products = services.list_products(current_session(), current_actor(), only_active=True)
    return ProductsOut(products=[ProductOut(id=row.id, key=row.key, title=row.title) for row in products])


@api.get("/fault-codes", roles=ANY_ROLE, response=FaultCodesOut, summary="Fault codes in use")
def list_fault_codes() -> FaultCodesOut:
    """In the order of their codes."""
    codes = services.list_fault_codes(current_session(), current_actor())
    return FaultCodesOut(
        fault_codes=[
            FaultCodeOut(code=row.code, kind=row.kind, title=row.title, parent_code=row.parent_code)
            for row in codes
            if row.active
        ]
    )


@api.get("/work-roles", roles=ANY_ROLE, response=WorkRolesOut, summary="Roles of steps, and how many people have each")
def list_work_roles() -> WorkRolesOut:
    """In the order of their keys."""
    found = services.work_roles(current_session(), current_actor())
    return WorkRolesOut(
        work_roles=[WorkRoleOut(key=one.key, title=dict(one.title), people=one.people) for one in found]
    )


@api.get("/templates", roles=ANY_ROLE, response=TemplatesOut, summary="Published templates")
def list_templates() -> TemplatesOut:
    """Each with its newest version."""
    found = services.list_templates(current_session(), current_actor())
    return TemplatesOut(templates=[_out(one) for one in found])


@api.get(
    "/template-proposals",
    roles=ANY_ROLE,
    query=ProposalQuery,
    response=TemplatesOut,
    summary="Templates that apply to a product and its faults, the best first",
)
def propose_templates(query: ProposalQuery) -> TemplatesOut:
    """What to offer when a work order is made."""
    faults = [query.fault] if isinstance(query.fault, str) else query.fault
    found = services.propose_templates(current_session(), current_actor(), query.product, faults)
    return TemplatesOut(templates=[_out(one) for one in found])


@api.get("/plans/<plan_hash>", roles=ANY_ROLE, summary="A compiled plan by its hash", response=dict[str, object])
def read_plan(plan_hash: str) -> Response:
    """Canonical JSON. It never changes, so that a device may keep it."""
    after_this_request(compress)
    answer = json_response(services.plan_text(current_session(), current_actor(), plan_hash), 200)
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _out(found: Published) -> TemplateOut:
    return TemplateOut(
        id=found.template.id,
        key=found.template.key,
        title=found.version.title,
        version_id=found.version.id,
        version=found.version.number,
        steps=found.version.steps,
        standard_minutes=found.version.standard_minutes,
    )
