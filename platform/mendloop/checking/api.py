"""Checking over the API: asked at every pause in typing, so every answer is quick and nothing is written down."""

import hashlib
from functools import cache
from typing import Any

from flask import after_this_request, json, request
from mendloop_engine.fields import BUILT_IN
from mendloop_engine.schema import template_schema
from mendloop_engine.template import examine_template
from pydantic import BaseModel, Field
from werkzeug.wrappers import Response

from mendloop.api import Api
from mendloop.api.answers import json_response
from mendloop.api.routes import ANY_ROLE
from mendloop.checking import naming, services
from mendloop.checking.answers import CheckOut, ReadOut, check_out, read_out
from mendloop.config import Config
from mendloop.edge.compression import compress

api = Api("checking")
MOST_SOURCE = 20_000


def template_bytes(_config: Config) -> int:
    """A template may have two million bytes; what is around it a few."""
    return 2_100_000


class SchemaQuery(BaseModel):
    """`hash`: the schema that is meant, so that a browser may keep it for good."""

    hash: str = ""


class CheckIn(BaseModel):
    """A draft, however broken. What is large in the answer can be left out."""

    document: Any
    plan: bool = True
    expressions: bool = True


class ExpressionIn(BaseModel):
    """An expression, and the place in the draft where it is to stand."""

    document: Any
    at: str
    source: str = Field(max_length=MOST_SOURCE)


class NamesIn(BaseModel):
    """A place in the draft; `prefix`: only names that begin so."""

    document: Any
    at: str
    prefix: str = ""


class NameOut(BaseModel):
    """Something that can be read."""

    name: str
    type: Any
    label: dict[str, str]


class FunctionOut(BaseModel):
    """Something that can be called; `member`: behind a dot."""

    name: str
    member: bool
    signatures: list[str]
    result: str
    label: dict[str, str]


class NamesOut(BaseModel):
    """What can be written at a place."""

    names: list[NameOut]
    functions: list[FunctionOut]


@api.get(
    "/templates/schema",
    roles=ANY_ROLE,
    query=SchemaQuery,
    response=dict[str, Any],
    summary="The JSON Schema of templates. Asked for by its hash it never changes.",
)
def read_schema(query: SchemaQuery) -> Response:
    text, digest = _schema()
    after_this_request(compress)
    answer = json_response(text, 200)
    answer.set_etag(digest)
    known = query.hash == digest
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable" if known else "private, no-cache"
    return answer.make_conditional(request.environ)


@cache
def _schema() -> tuple[str, str]:
    text = json.dumps(template_schema(BUILT_IN), ensure_ascii=False)
    return text, hashlib.sha256(text.encode()).hexdigest()


@api.post(
    "/templates/check",
    roles=ANY_ROLE,
    request=CheckIn,
    response=CheckOut,
    max_bytes=template_bytes,
    summary="Everything that is wrong with a draft, its plan if nothing is, and its expressions as trees",
)
def check_template(body: CheckIn) -> CheckOut:
    after_this_request(compress)
    checked = services.check_document(body.document)
    return check_out(checked, plan=body.plan, expressions=body.expressions)


@api.post(
    "/expressions/check",
    roles=ANY_ROLE,
    request=ExpressionIn,
    response=ReadOut,
    max_bytes=template_bytes,
    summary="One expression as if it stood at a place of a draft: its tree and type, or what is wrong with it",
)
def check_expression(body: ExpressionIn) -> ReadOut:
    return read_out(services.check_expression(body.document, body.at, body.source))


@api.post(
    "/expressions/names",
    roles=ANY_ROLE,
    request=NamesIn,
    response=NamesOut,
    max_bytes=template_bytes,
    summary="The names and functions that an expression at a place of a draft can use",
)
def list_names(body: NamesIn) -> NamesOut:
    after_this_request(compress)
    examined = examine_template(body.document)
    scope = services.access_scope(examined, body.at)
    names = naming.names_at(examined.outline, scope, body.at, body.prefix)
    return NamesOut(
        names=[NameOut(name=each.name, type=each.type.to_json(), label=dict(each.label)) for each in names],
        functions=[_function_out(each) for each in naming.functions()],
    )


def _function_out(each: naming.Function) -> FunctionOut:
    return FunctionOut(
        name=each.name,
        member=each.member,
        signatures=list(each.signatures),
        result=each.result,
        label=dict(each.label),
    )
