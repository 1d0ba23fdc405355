"""From bytes to a typed request: through the JSON guard, then through the route's pydantic model."""

from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from mendloop.edge.json_guard import MAX_BYTES, read_json
from mendloop.problems import Problem, Refusal, TooLarge

Model = TypeVar("Model", bound=BaseModel)


class WrongMedia(Refusal):
    """The body is not JSON by its content type."""

    status = 415


def parse_body(model: type[Model], limit: int = MAX_BYTES) -> Model:
    """The request's JSON body as `model`; every deviation is a problem with its JSON pointer."""
    if request.mimetype != "application/json":
        raise WrongMedia(Problem("not_json"))
    body = request.get_data(cache=False)
    if len(body) > limit:
        raise TooLarge(Problem("body_too_large", params={"limit": limit}))
    return _validate(model, read_json(body))


def parse_query(model: type[Model]) -> Model:
    """The query string as `model`. A name given several times is a list."""
    values = {name: found if len(found) > 1 else found[0] for name, found in request.args.lists()}
    return _validate(model, values, strict=False)


def _validate(model: type[Model], document: object, strict: bool | None = None) -> Model:
    try:
        return model.model_validate(document, strict=strict)
    except ValidationError as error:
        raise Refusal([_problem(detail) for detail in error.errors(include_url=False)]) from error


def _problem(detail: object) -> Problem:
    assert isinstance(detail, dict)  # noqa: S101 - pydantic's ErrorDetails
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in detail["loc"])
    return Problem("request.shape", at=pointer, params={"reason": str(detail["msg"])[:200]})
