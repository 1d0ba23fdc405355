"""What the gallery shows, over the API."""

from flask import after_this_request

from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE, PREFIX
from mendloop.drafts import services
from mendloop.drafts.services import Listed
from mendloop.drafts.shapes import BuiltinOut, BuiltinsOut, DesignableOut, DesignablesOut
from mendloop.edge.compression import compress

api = Api("gallery")


@api.get(
    "/builtin-templates",
    roles=ANY_ROLE,
    summary="Templates that come with the product, each with a drawing of its flow",
    response=BuiltinsOut,
)
def list_builtins() -> BuiltinsOut:
    after_this_request(compress)
    return BuiltinsOut(
        templates=[
            BuiltinOut(
                key=one.key,
                title=one.title,
                description=one.description,
                steps=one.steps,
                minutes=one.minutes,
                picture=one.picture,
            )
            for one in services.list_builtins()
        ]
    )


@api.get(
    "/drafts",
    roles=ANY_ROLE,
    summary="The organisation's templates that the reader may open in the designer, published or not",
    response=DesignablesOut,
)
def list_drafts() -> DesignablesOut:
    found = services.list_designable(current_session(), current_actor())
    return DesignablesOut(templates=[_describe(one) for one in found])


def _describe(one: Listed) -> DesignableOut:
    return DesignableOut(
        id=one.id,
        key=one.key,
        title=dict(one.title),
        steps=one.steps,
        standard_minutes=one.standard_minutes,
        saved_at=one.saved_at,
        saved_by_name=one.saved_by_name,
        latest_version=one.latest_version,
        changed=one.is_changed,
        archived=one.is_archived,
        right=one.right,
        picture=f"{PREFIX}/templates/{one.id}/picture?of={one.mark}",
    )
