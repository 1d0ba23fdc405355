"""Putting all routes of the API on the application, and describing them."""

from collections.abc import Iterable
from functools import cache

from flask import Flask, json
from werkzeug.wrappers import Response

from mendloop.api.answers import json_response
from mendloop.api.openapi import describe
from mendloop.api.routes import PREFIX, Api
from mendloop.edge.access import public


def install_api(app: Flask, apis: Iterable[Api]) -> None:
    """Every feature's routes under /api/v1, and /api/v1/openapi.json made from them."""
    apis = list(apis)
    for api in apis:
        api.install(app)

    @cache
    def document() -> str:
        """Made when somebody first asks for it: an application starts in half the time without."""
        return json.dumps(describe(route for api in apis for route in api.routes))

    @public
    def show_openapi() -> Response:
        return json_response(document(), 200)

    app.add_url_rule(f"{PREFIX}/openapi.json", "api.openapi", show_openapi)
