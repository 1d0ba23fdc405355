"""Is this installation alive? For load balancers and for the person on call."""

from flask import Blueprint, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from mendloop import __version__
from mendloop.edge.access import public
from mendloop.edge.context import current_session

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def show_health() -> tuple[Response, int]:
    """200 when the database answers, else 503."""
    try:
        current_session().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="database unreachable", version=__version__), 503
    return jsonify(status="ok", version=__version__), 200
